"""Quotations of their own that go on with what was reported before: 'She said the port was shut. "Nobody came."'

Such a quotation has no cue. It belongs to the last statement before it where that stands in the sentence before, in
the same paragraph or at the end of the one above, and says who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.evidence import tokens_of
from onrecord.extract.statements.quotes import Marked, Quote
from onrecord.extract.statements.speech import stands_alone
from onrecord.model.offsets import Span

MIN_WORDS = 4  # of a quotation that can be a sentence
ENDS = ".?!…"
MARKS = "“”„‟\"«»‘’‚'` "


def with_continued(marked: Marked, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Attributions, in the order of the text, with the quotations that go on with them as further content."""
    held = frozenset(index for one in found for index in tokens_of(marked, one.content))
    by_sentence = dict(_last_in_sentence(marked, found, held))
    further: dict[int, list[Span]] = {}
    number_of = {id(one): number for number, one in enumerate(found)}
    latest: tuple[int, Attribution] | None = None  # the sentence that the last continued statement reached
    for quote in marked.quotes:
        if (
            quote.words < MIN_WORDS
            or not held.isdisjoint(range(quote.first, quote.last))
            or not _is_sentence(marked, quote)
        ):
            continue
        sentence = marked.parsed.tokens[quote.first].sentence
        one = by_sentence.get(sentence - 1)
        if one is None and latest is not None and latest[0] == sentence - 1:
            one = latest[1]
        if one is not None and _is_near(marked, sentence):
            further.setdefault(number_of[id(one)], []).extend(quote.spans)
            latest = marked.parsed.tokens[quote.last - 1].sentence, one
    return tuple(
        replace(one, content=(*one.content, *further[number])) if number in further else one
        for number, one in enumerate(found)
    )


def _last_in_sentence(
    marked: Marked, found: Sequence[Attribution], held: frozenset[int]
) -> Iterator[tuple[int, Attribution]]:
    """The outermost reported statements of each sentence that say who speaks, in order."""
    for one in found:
        if one.cue is None or one.source is None or one.cue.register != "speech" or one.bare or one.direct:
            continue
        if one.cue.token not in held:
            yield marked.parsed.tokens[one.cue.token].sentence, one


def _is_sentence(marked: Marked, quote: Quote) -> bool:
    """Whether a quotation is a whole sentence or more, with no word of the report's own in them."""
    parsed = marked.parsed
    if not stands_alone(marked, quote) or parsed.words(quote.spans[-1]).rstrip(MARKS)[-1:] not in tuple(ENDS):
        return False
    return quote.last >= len(parsed.tokens) or (
        parsed.tokens[quote.last].sentence != parsed.tokens[quote.last - 1].sentence
    )


def _is_near(marked: Marked, sentence: int) -> bool:
    """Whether the sentence before stands in the same paragraph or the one above."""
    sentences = marked.parsed.sentences
    return sentences[sentence].paragraph - sentences[sentence - 1].paragraph <= 1
