"""The second ground floor of this room: what linking worked out before and need not work out again.

Everything kept rests on one report's stored text and reading, or on those of two, and on nothing else of the pile: so a
record is the same whether it is at hand or made anew. It is a cache: losing it costs time only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, get_args

Kind = Literal["words", "sketch", "terms", "anchors", "marks", "heard", "edits", "claims", "said", "chains", "actors"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# what rests on another report besides
PAIRED: tuple[Kind, ...] = ("heard", "edits")
Value = Sequence[object]  # whole numbers, bytes, text, and lists or dicts of these


class Kept:
    """Values by kind and report; those held from before are fetched a kind at a time, those made now are noted."""

    def __init__(
        self,
        fetch: Callable[[Kind], Mapping[str, Value]] | None = None,
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
        if kind not in self._held:
            self._held[kind] = self._fetch(kind) if self._fetch else {}
        made = self._made[kind].get(document)
        return self._held[kind].get(document) if made is None else made

    def put(self, kind: Kind, document: str, value: Value) -> None:
        if document in self.stamps:
            self._made[kind][document] = value

    def made(self) -> Iterator[tuple[Kind, str, bool, Value]]:
        """What was made now, to be kept: kind, report, whether it rests on another report too, value."""
        for kind, values in self._made.items():
            yield from ((kind, document, kind in PAIRED, value) for document, value in values.items())
