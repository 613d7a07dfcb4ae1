"""The second ground floor of this room: what linking worked out before and need not work out again.

Everything kept rests on one report's stored text and reading, or on those of two, and on nothing else of the pile, or
stands beside a hash of what else it rests on: so a record is the same whether it is at hand or made anew. It is a
cache: losing it costs time only. What is kept of the pile as a whole is numbers in columns beside hashes of what they
rest on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

Kind = Literal[
    "words", "sketch", "overlaps", "terms", "anchors", "series", "days", "lineage", "edits", "marks", "heard", "claims",
    "keys", "columns", "chains", "people", "actors", "opposed", "dated", "linked events", "linked statements",
    "linked figures", "reprinted events", "reprinted statements", "reprinted figures", "grouped events",
    "grouped statements", "grouped figures", "counted", "written",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# fetched a report at a time: large, and asked for of few
SINGLY: tuple[Kind, ...] = ("heard", "claims", "keys", "edits")
# what rests on another report besides
PAIRED: tuple[Kind, ...] = ("heard", "edits")
Value = Sequence[object]  # whole numbers, bytes, text, and lists or dicts of these
WHOLE = ""  # stands for the pile in place of a report


class Kept:
    """Values by kind and report; those held from before are fetched a kind or (`SINGLY`) a report at a time, those made
    now are noted."""

    def __init__(
        self,
        fetch: Callable[[Kind, str | None], Mapping[str, Value]] | None = None,
        stamps: Mapping[str, str] | None = None,
        written: int = -1,
    ) -> None:
        """`stamps` tell what is stored of each report from anything else that might be stored of it. A report without
        one is not as it is stored, people having put something right in it: nothing of it is kept.

        `written` is how many groups, each with its corroboration, are written of the last linking; -1: not known.
        """
        self.stamps = stamps or {}
        self.written = written
        self._fetch = fetch
        self._held: dict[Kind, Mapping[str, Value]] = {}
        self._made: dict[Kind, dict[str, Value]] = {kind: {} for kind in KINDS}

    def get(self, kind: Kind, document: str) -> Value | None:
        """What is kept of a report, if anything."""
        if document not in self.stamps:
            return None
        made = self._made[kind].get(document)
        if made is not None or self._fetch is None:
            return made
        held = self._held.get(kind)
        if held is None:
            if kind in SINGLY:
                return self._fetch(kind, document).get(document)
            held = self._held[kind] = self._fetch(kind, None)
        return held.get(document)

    def put(self, kind: Kind, document: str, value: Value) -> None:
        if document in self.stamps:
            self._made[kind][document] = value

    def get_whole(self, kind: Kind) -> Value | None:
        """What is kept of the pile as a whole, if anything."""
        return self._fetch(kind, WHOLE).get(WHOLE) if self._fetch and self.stamps else None

    def put_whole(self, kind: Kind, value: Value) -> None:
        if self.stamps:
            self._made[kind][WHOLE] = value

    def let_go(self, *kinds: Kind) -> None:
        """Hold no longer in memory what nothing will ask for again."""
        for kind in kinds:
            self._held.pop(kind, None)

    def made(self) -> Iterator[tuple[Kind, str, bool, Value]]:
        """What was made now, to be kept: kind, report, whether it rests on another report too, value; in order."""
        for kind, values in self._made.items():
            yield from ((kind, document, kind in PAIRED, values[document]) for document in sorted(values))


_pack = msgspec.msgpack.Encoder().encode


def hash_of(value: object) -> bytes:
    return hashlib.blake2b(_pack(value), digest_size=16).digest()


def hash_bytes(parts: Iterable[bytes]) -> bytes:
    return hashlib.blake2b(b"\x1f".join(parts), digest_size=16).digest()
