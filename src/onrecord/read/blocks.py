"""Raw page -> blocks -> the stored text, with every stored character led back to the raw page.

A block is one heading, paragraph, caption or menu line: its words, the runs that lead back to the raw page, and what
its markup hints at. White space is collapsed to single spaces. Characters that are never seen (soft hyphen, zero-width
space, byte order mark, direction marks, control characters) are left out of the stored text, because they would split
words and hide them from every later match; they stay in the raw file, and the runs step over them. Zero-width joiners
stay where they shape letters (Persian, Indic scripts, emoji) and go between ASCII characters, where they shape nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from onrecord.model.offsets import OffsetMap, Run, Span

BREAK = "\n\n"  # between two blocks of the stored text

_UNSEEN = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_PLAIN = (
    r"[^\s\u2800&\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_PIECE = re.compile(
    rf"(?P<space>[\s\u2800]+)|(?P<unseen>(?:{_UNSEEN})+|(?<=[\x00-\x7f])[\u200c\u200d]+(?=[\x00-\x7f]|$))"
    r"|(?P<reference>&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
    r"|(?P<broken>[\ud800-\udfff]+)|(?P<joiner>[\u200c\u200d]+)|(?P<other>&)"
    rf"|(?P<plain>{_PLAIN}+(?: {_PLAIN}+)*)"
)
_UNSEEN_ONLY = re.compile(_UNSEEN)


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is never empty. `runs` count from 0 at the block's start and lead to raw offsets.

    `tag` is the nearest block element, "" in a plain text; `heading` 1..6 or 0; `link_share` 0..1 the part of the words
    that are links; `hints` come from elements and class names around it ("article", "nav", "byline", "related", …).
    `href` is the first address linked to.
    """

    text: str
    runs: tuple[Run, ...]
    tag: str = ""
    heading: int = 0
    link_share: float = 0.0
    hints: frozenset[str] = frozenset()
    href: str = ""

    @property
    def raw_start(self) -> int:
        return self.runs[0].raw_start

    @property
    def raw_end(self) -> int:
        return self.runs[-1].raw_end


class BlockText:
    """Gathers the text of one block, piece by piece in the order of the raw page, and its runs with it.

    `markup`: in HTML some old references need no semicolon (``&copy``); in a plain text they all do ("?a=1&copy=2").
    """

    def __init__(self, markup: bool = True) -> None:
        self._markup = markup
        self._pieces: list[str] = []
        self._runs: list[list[int]] = []
        self._length = 0
        self._space: tuple[int, int] | None = None

    def __len__(self) -> int:
        return self._length

    def add(self, raw: str, start: int, end: int) -> None:
        """Take in raw[start:end], markup already cut away; character references are resolved."""
        for match in _PIECE.finditer(raw, start, end):
            kind, (low, high) = match.lastgroup, match.span()
            if kind == "space":
                self._add_space(low, high)
            elif kind in {"plain", "joiner", "other"}:
                self._put(match.group(), low, high)
            elif kind == "broken":
                self._put("\ufffd" * (high - low), low, high)
            elif kind == "reference":
                self._add_reference(match.group(), low, high)

    def add_space(self, start: int, end: int) -> None:
        """A line break or an element's edge: white space where words stand on both sides."""
        self._add_space(start, end)

    def ends_sentence(self) -> bool:
        """Whether the last word seen closes a sentence."""
        tail = "".join(self._pieces[-3:]).rstrip("\"'”’»)] ")
        return tail.endswith((".", "!", "?", "…", "。", "؟", "۔"))

    def finish(self) -> tuple[str, tuple[Run, ...]]:
        """The block's text and runs; a trailing white space is left out."""
        return "".join(self._pieces), tuple(Run(*run) for run in self._runs)

    def _add_reference(self, words: str, start: int, end: int) -> None:
        value = unescape(words) if self._markup or words.endswith(";") else words
        if value.isspace():
            self._add_space(start, end)
        elif value := _UNSEEN_ONLY.sub("", value):
            self._put(value, start, end)

    def _add_space(self, start: int, end: int) -> None:
        if self._length and self._space is None and end > start:
            self._space = (start, end)

    def _put(self, value: str, start: int, end: int) -> None:
        if self._space is not None:
            (low, high), self._space = self._space, None
            self._append(" ", low, high)
        self._append(value, start, end)

    def _append(self, value: str, start: int, end: int) -> None:
        last = self._runs[-1] if self._runs else None
        grown = self._length + len(value)
        exact = len(value) == end - start
        if last and exact and last[3] == start and last[1] - last[0] == last[3] - last[2]:
            last[1], last[3] = grown, end
        else:
            self._runs.append([self._length, grown, start, end])
        self._pieces.append(value)
        self._length = grown


def join_blocks(blocks: Iterable[Block], raw: str) -> tuple[str, OffsetMap, tuple[Span, ...]]:
    """The stored text, its map, and where each block stands in it.

    A break between blocks is led back to the white space behind the earlier one, or to no characters at all.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    spans: list[Span] = []
    at = 0
    for block in blocks:
        if spans:
            pieces.append(BREAK)
            behind = runs[-1].raw_end
            white = _WHITE.match(raw, behind, block.raw_start)
            runs.append(Run(at, at + len(BREAK), behind, white.end() if white else behind))
            at += len(BREAK)
        pieces.append(block.text)
        runs.extend(Run(run.start + at, run.end + at, run.raw_start, run.raw_end) for run in block.runs)
        spans.append(Span(at, at + len(block.text)))
        at += len(block.text)
    return "".join(pieces), OffsetMap(tuple(runs)), tuple(spans)


_WHITE = re.compile(r"\s*")
