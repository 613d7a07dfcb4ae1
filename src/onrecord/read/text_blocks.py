"""A plain text as blocks: pasted pages, mails and wire copy, one paragraph a block.

Blank lines part blocks. Inside a run of full lines the hard wrap is told from the lines' lengths: a line that had no
room for the next one's first word goes on there. A sentence that blank lines cut in two is one block again. Joined
pieces have a single space between them, which the runs lead back to the break. Tags pasted as text are stepped over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lexicon.furniture import MOST_CHARS, Furniture
from onrecord.read.blocks import Block, BlockText
from onrecord.read.dates import is_date_line

NARROWEST, WIDEST = (
    50,
    110,
)  # columns of hard-wrapped text: mails wrap at 65 to 80, wire copy at 69, some editors at 100
RAGGED = 12  # a wrapped line may end this much before the edge though the next word would fit (hand-made breaks)
SHORTEST_BROKEN = 25  # code points; a shorter block is a label or a menu line rather than half a sentence

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|center|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_BREAK_TAG = re.compile(r"</?(?:br|p|div|h[1-6]|li|ul|ol|tr|td|table|blockquote)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_SHOWN = re.compile(r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_ITEM = re.compile(r"(?:[-*•·–—▪►]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+")
_ENDS = re.compile(r"""[.!?…:;。؟۔]["'”’»)\]]*$""")


@dataclass(frozen=True, slots=True)
class _Line:
    """Raw [start, end) of one line without the white space around it; `indent` the columns before it."""

    start: int
    end: int
    indent: int

    def __len__(self) -> int:
        return self.end - self.start


def read_text(raw: str, furniture: Furniture) -> tuple[Block, ...]:
    """The blocks of a plain text, in order."""
    groups: list[list[_Line]] = []
    for run in _runs_of_lines(raw):
        groups.extend(_paragraphs(raw, run, furniture))
    blocks = (_block(raw, group) for group in _heal(raw, groups, furniture))
    return tuple(block for block in blocks if block.text)


def _runs_of_lines(raw: str) -> Iterator[list[_Line]]:
    """Lines without a blank one between them."""
    run: list[_Line] = []
    behind = 0
    for found in _LINE.finditer(raw):
        gap = raw[behind : found.start()]
        behind = found.end()
        pieces = [line for start, end in _cut(raw, found.start(), found.end()) if (line := _line(raw, start, end))]
        blank = (
            not pieces
            or gap.replace("\r\n", "\n").count("\n") > 1
            or "\x0c" in gap
            or gap.count("\r") > 1 + gap.count("\n")
        )
        if blank and run:
            yield run
            run = []
        for piece in pieces[:-1]:  # cut by <br>, <p> and the like: each stands alone
            yield [*run, piece]
            run = []
        run.extend(pieces[-1:])
    if run:
        yield run


def _cut(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line between pasted block tags."""
    if raw.find("<", start, end) >= 0:
        for tag in _BREAK_TAG.finditer(raw, start, end):
            yield start, tag.start()
            start = tag.end()
    yield start, end


def _line(raw: str, start: int, end: int) -> _Line | None:
    """A line by its seen characters, a mail's quote marks left out; None where nothing is seen."""
    quoted = _QUOTED.match(raw, start, end)
    inner = quoted.end() if quoted else start
    first = _SHOWN.search(raw, inner, end)
    if first is None:
        return None
    while end > first.start() and not _SHOWN.match(raw, end - 1):
        end -= 1
    return _Line(first.start(), end, first.start() - inner)


def _paragraphs(raw: str, run: list[_Line], furniture: Furniture) -> Iterator[list[_Line]]:
    """The paragraphs of a run of lines: a hard wrap is joined, lines of their own stay alone."""
    width = max(len(line) + line.indent for line in run)
    group = [run[0]]
    for before, line in pairwise(run):
        if _goes_on(raw, before, line, width) and not _stands_alone(raw, before, line, furniture):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _goes_on(raw: str, before: _Line, line: _Line, width: int) -> bool:
    if _ITEM.match(raw, line.start, line.end) or line.indent >= before.indent + 2:
        return False
    ended = _ENDS.search(raw[max(before.start, before.end - 8) : before.end]) is not None
    if NARROWEST <= width <= WIDEST:
        word = re.compile(r"\S+").match(raw, line.start, line.end)
        room = width - before.indent - len(before) - 1 - (len(word.group()) if word else 0)
        if room < 0:
            return True
        if not ended and room <= RAGGED and len(before) >= NARROWEST:
            return True
    return not ended and len(before) >= SHORTEST_BROKEN and raw[line.start].islower()


def _stands_alone(raw: str, before: _Line, line: _Line, furniture: Furniture) -> bool:
    """Whether a line is a byline, date or label on its own, or the one before it is; wrapped prose has none."""
    if raw[line.start].islower() or max(len(line), len(before)) > WIDEST:
        return False
    return any(
        is_date_line(words) or furniture.name_block(words) is not None
        for words in (raw[line.start : line.end], raw[before.start : before.end])
    )


def _heal(raw: str, groups: list[list[_Line]], furniture: Furniture) -> Iterator[list[_Line]]:
    """Join a sentence that blank lines cut in two: no stop before the gap, a small letter behind it."""
    waiting: list[_Line] = []
    for number, group in enumerate(groups):
        if waiting and number > 1 and _cut_in_two(raw, waiting, group, furniture):
            waiting.extend(group)
            continue
        if waiting:
            yield waiting
        waiting = list(group)
    if waiting:
        yield waiting


def _cut_in_two(raw: str, before: list[_Line], behind: list[_Line], furniture: Furniture) -> bool:
    start, end = before[0].start, before[-1].end
    tail = raw[max(start, end - 8) : end]
    if end - start < SHORTEST_BROKEN or _ENDS.search(tail) or not raw[behind[0].start].islower():
        return False
    words = raw[behind[0].start : behind[-1].end]
    if len(words.split(None, 3)) < 3 or words.startswith(("http", "www.")):
        return False
    return all(
        len(piece) > MOST_CHARS or furniture.name_block(piece) is None
        for piece in (raw[start : start + MOST_CHARS + 1][: end - start], words)
    )


def _block(raw: str, lines: list[_Line]) -> Block:
    text = BlockText(markup=False)
    behind = lines[0].start
    for line in lines:
        text.add_space(behind, line.start)
        at = line.start
        for tag in _TAG.finditer(raw, line.start, line.end):
            text.add(raw, at, tag.start())
            at = tag.end()
        text.add(raw, at, line.end)
        behind = line.end
    words, runs = text.finish()
    return Block(words, runs)
