"""The second ground floor of this room: what linking worked out before and need not work out again.

Everything kept rests on one report's stored text and reading, or on those of two, and on nothing else of the pile, or
stands beside a hash of what else it rests on: so a record is the same whether it is at hand or made anew. It is a
cache: losing it costs time only.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from onrecord.link.reports import Link

Kind = Literal[
    "words", "sketch", "overlaps", "terms", "anchors", "series", "days", "lineage", "edits", "marks", "heard", "claims",
    "keys", "chains", "actors", "told", "said", "measured", "reprinted", "opposed", "dated",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# fetched a report at a time: large, and asked for of few
SINGLY: tuple[Kind, ...] = ("heard", "claims", "edits")
# what rests on another report besides
PAIRED: tuple[Kind, ...] = ("heard", "edits")
Value = Sequence[object]  # whole numbers, bytes, text, and lists or dicts of these


class Kept:
    """Values by kind and report; those held from before are fetched a kind or (`SINGLY`) a report at a time, those made
    now are noted."""

    def __init__(
        self,
        fetch: Callable[[Kind, str | None], Mapping[str, Value]] | None = None,
        stamps: Mapping[str, str] | None = None,
        written: Mapping[str, bytes] | None = None,
    ) -> None:
        """`stamps` tell what is stored of each report from anything else that might be stored of it. A report without
        one is not as it is stored, people having put something right in it: nothing of it is kept.

        `written` are the hashes of what each corroboration was made from that a row was written of.
        """
        self.stamps = stamps or {}
        self.written = written or {}
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
        if kind in SINGLY:
            return self._fetch(kind, document).get(document)
        if kind not in self._held:
            self._held[kind] = self._fetch(kind, None)
        return self._held[kind].get(document)

    def put(self, kind: Kind, document: str, value: Value) -> None:
        if document in self.stamps:
            self._made[kind][document] = value

    def let_go(self, *kinds: Kind) -> None:
        """Hold no longer in memory what nothing will ask for again."""
        for kind in kinds:
            self._held.pop(kind, None)

    def made(self) -> Iterator[tuple[Kind, str, bool, Value]]:
        """What was made now, to be kept: kind, report, whether it rests on another report too, value."""
        for kind, values in self._made.items():
            yield from ((kind, document, kind in PAIRED, value) for document, value in values.items())


_pack = msgspec.msgpack.Encoder().encode


def hash_of(value: object) -> bytes:
    return hashlib.blake2b(_pack(value), digest_size=16).digest()


def hash_bytes(parts: Iterable[bytes]) -> bytes:
    return hashlib.blake2b(b"\x1f".join(parts), digest_size=16).digest()


Name = tuple[str, ...]
Blocks = Mapping[Name, Sequence[str]]  # ids of claims that are compared with each other
Linked = Mapping[Name, Sequence[Link]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the links of a claim rest on: its report, a hash of all that it is, and names that only count as the same as
    another claim's (a story, a lineage) or not; "" is the same as none."""

    document: str
    content: bytes
    names: tuple[str, ...] = ()


def link_blocks(
    kind: Kind, blocks: Blocks, standing: Mapping[str, Standing], pair: Callable[[Blocks], Linked], kept: Kept
) -> Linked:
    """The links of each block of two or more claims. Of one whose claims stand as they did when its kept links were
    found, these; all others are paired. They are kept with the report of a block's first claim."""
    found: dict[Name, Sequence[Link]] = {}
    changed: dict[Name, Sequence[str]] = {}
    state_of: dict[Name, bytes] = {}
    owned: dict[str, list[Name]] = defaultdict(list)
    held: dict[str, dict[bytes, Sequence[Any]]] = {}
    for name, block in blocks.items():
        if len(block) < 2:
            continue
        ids = sorted(block)
        placed = [standing[id] for id in ids]
        owner, state = placed[0].document, _state(placed)
        state_of[name] = state
        owned[owner].append(name)
        if owner not in held:
            known: Sequence[Any] | None = kept.get(kind, owner)
            held[owner] = {state: links for state, links in known[0]} if known else {}
        links = held[owner].get(state)
        if links is None:
            changed[name] = ids
        else:
            found[name] = [Link(*link) for link in links]
    found.update(pair(changed))
    for owner, names in owned.items():
        if {state_of[name] for name in names} != held[owner].keys():
            values = {state_of[name]: [(one.left, one.right, one.weight) for one in found[name]] for name in names}
            kept.put(kind, owner, (list(values.items()),))
    return found


def _state(placed: Sequence[Standing]) -> bytes:
    """A hash of all that the links of a block rest on; that a story is named otherwise now is no part of it."""
    numbers = []
    for names in zip(*(one.names for one in placed), strict=True):
        known: dict[str, int] = {"": 0}
        numbers.append([known.setdefault(name, len(known)) for name in names])
    return hash_of(([one.content for one in placed], numbers))
