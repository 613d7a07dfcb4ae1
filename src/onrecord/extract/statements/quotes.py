"""Quotations: where each begins and ends, whatever marks it is set in and however carelessly.

A quotation left open at the end of a paragraph goes on where the next one opens with a mark again, and else ends
there, or before the words that say who spoke ("…, he said"). Marks that cannot be paired are ignored; single marks
inside double ones are the speaker's own, and so are double ones of which both halves stand there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

DOUBLE = re.compile("``|''|[“”„‟\"«»＂「」『』]")
SINGLE = re.compile("[‘’‚‛'‹›`]")
OPENERS = frozenset("“„‟«‘‚‹「『")
BEFORE_OPENING = frozenset("([{—–-/:…“\"'‘")  # what a quotation may follow without a space
NAMED = r"(?:[Hh]e|[Ss]he|[Tt]hey|the [a-z]{3,20}|[A-Z][\w.’-]{0,30}(?: [A-Z][\w.’-]{0,30}){0,3})"
SPOKE = r"(?:said|says|added|adds)"
SAID_AFTER = re.compile(rf"[,?!](?= (?:{NAMED} {SPOKE}|{SPOKE} (?:[A-Z]\w*|the|an?))\b)")
SAYS = re.compile(rf"(?:{NAMED} )?{SPOKE}\b")
WORDS = re.compile(r"\w[\w’'-]*")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, a span a paragraph, marks included; `first` to `last` are the tokens it covers."""

    spans: tuple[Span, ...]
    first: int
    last: int
    closed: bool
    words: int

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed report with its quotations: `inside[i]` is the one that token i stands in; `starts` of tokens."""

    parsed: Parsed
    quotes: tuple[Quote, ...]
    inside: tuple[int | None, ...]
    starts: tuple[int, ...]

    def token_at(self, offset: int) -> int:
        """The last token that starts before an offset."""
        return max(0, bisect_left(self.starts, offset) - 1)


def mark_quotes(parsed: Parsed) -> Marked:
    """Find every quotation of a report."""
    starts = [token.start for token in parsed.tokens]
    quotes: list[Quote] = []
    inside: list[int | None] = [None] * len(starts)
    for spans, closed in _joined(parsed):
        first, last = bisect_left(starts, spans[0].start), bisect_left(starts, spans[-1].end)
        words = sum(len(WORDS.findall(parsed.words(span))) for span in spans)
        if first >= last or words == 0:
            continue
        for token in range(first, last):
            inside[token] = len(quotes)
        quotes.append(Quote(spans, first, last, closed, words))
    return Marked(parsed, tuple(quotes), tuple(inside), tuple(starts))


def _joined(parsed: Parsed) -> Iterator[tuple[tuple[Span, ...], bool]]:
    """Quotations in order, those that run over paragraphs in one piece; whether each was closed."""
    open_spans: tuple[Span, ...] = ()
    paragraphs = list(_paragraphs(parsed))
    reopened = [DOUBLE.match(parsed.text, paragraph.start) is not None for paragraph in paragraphs]
    for number, paragraph in enumerate(paragraphs):
        if open_spans and not reopened[number]:
            yield open_spans, False
            open_spans = ()
        goes_on = number + 1 < len(paragraphs) and reopened[number + 1]
        for span, closed in _in_paragraph(parsed.text, paragraph, goes_on):
            spans = (*open_spans, span)
            open_spans = ()
            if closed:
                yield spans, True
            else:
                open_spans = spans
    if open_spans:
        yield open_spans, False


def _paragraphs(parsed: Parsed) -> Iterator[Span]:
    """The characters of each parsed paragraph."""
    start = end = 0
    number: int | None = None
    for index, sentence in enumerate(parsed.sentences):
        span = parsed.sentence_span(index)
        if sentence.paragraph != number:
            if number is not None:
                yield Span(start, end)
            number, start = sentence.paragraph, span.start
        end = span.end
    if number is not None:
        yield Span(start, end)


def _in_paragraph(text: str, paragraph: Span, goes_on: bool) -> Iterator[tuple[Span, bool]]:
    """Quotations of one paragraph with whether they are closed; single marks count where no double ones stand.

    `goes_on`: the next paragraph opens with a mark, so one left open here may go on there.
    """
    double = list(_double_quotes(text, paragraph, goes_on))
    single = [
        (span, True) for span in _single_quotes(text, paragraph) if not any(span.overlaps(other) for other, _ in double)
    ]
    yield from sorted([*double, *single])


def _double_quotes(text: str, paragraph: Span, goes_on: bool) -> Iterator[tuple[Span, bool]]:
    marks = list(DOUBLE.finditer(text, paragraph.start, paragraph.end))
    start: int | None = None
    inner = False
    for at, mark in enumerate(marks):
        if start is None:
            if _may_open(text, mark.start(), mark.end(), paragraph):
                start = mark.start()
        elif inner:
            inner = False
        elif mark.group() == "“" and [later.group() for later in marks[at + 1 : at + 3]] == ["”", "”"]:
            inner = True
        else:
            cut = _cut_before(text, start, mark, paragraph)
            yield Span(start, mark.end() if cut is None else cut), True
            start = None if cut is None else mark.start()
    if start is not None:
        said = None if goes_on else SAID_AFTER.search(text, start + 1, paragraph.end)
        cut = said.end() if said else None
        yield Span(start, paragraph.end if cut is None else cut), cut is not None


def _cut_before(text: str, start: int, mark: re.Match[str], paragraph: Span) -> int | None:
    """Where a quotation that was never closed ends, if this mark opens another: white space before it, a word after."""
    spaced = mark.end() < paragraph.end and text[mark.start() - 1].isspace() and text[mark.end()].isalnum()
    opens = spaced and SAYS.match(text, mark.end()) is None
    said = SAID_AFTER.search(text, start + 1, mark.start()) if opens else None
    if said is not None:
        return said.end()
    if not opens or mark.group() not in OPENERS:
        return None
    end = mark.start()
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _single_quotes(text: str, paragraph: Span) -> Iterator[Span]:
    start: int | None = None
    for mark in SINGLE.finditer(text, paragraph.start, paragraph.end):
        if start is None:
            if _may_open(text, mark.start(), mark.end(), paragraph) and mark.group() not in "’›":
                start = mark.start()
        elif mark.group() not in OPENERS and _may_close(text, mark.start(), mark.end(), paragraph):
            yield Span(start, mark.end())
            start = None


def _may_open(text: str, start: int, end: int, paragraph: Span) -> bool:
    """Whether a mark can open: something follows at once, and what stands before lets it."""
    if end >= paragraph.end:
        return False
    if text[start:end] in OPENERS:
        return True
    before = text[start - 1] if start > paragraph.start else " "
    return (
        not text[end].isspace()
        and (before.isspace() or before in BEFORE_OPENING)
        and (text[end] not in ",.;:)" or text[end : end + 2] in ("..", ". "))
    )


def _may_close(text: str, start: int, end: int, paragraph: Span) -> bool:
    """Whether a single mark can close: it follows a word or a stop and no letter follows it."""
    after = text[end] if end < paragraph.end else " "
    return not text[start - 1].isspace() and not after.isalnum()
