"""Bringing attributions together: one a cue, direct speech before the tree's reading, and who passed on whose words.

Contents take in a quotation whole or not at all, and never the phrase that names another source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.extract.statements.attribution import Attribution, Passing
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import PASSES_ON
from onrecord.model.offsets import Span

LONGEST = 5000  # code points; no sentence of a report is longer, so no statement inside another starts further off
MIN_PIECE = 3  # code points; what an aside leaves over is at least a short word


def join(marked: Marked, speech: Sequence[Attribution], others: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """What the rules find, in the order of the text; a cue gives one attribution, and an empty content none."""
    by_cue = {a.cue.token: a for a in speech if a.cue is not None}
    for other in _without_light_verbs([replace(other, content=_with_marks(marked, other)) for other in others]):
        token = other.cue.token if other.cue else -1
        rival = by_cue.get(token)
        if rival is not None and not _embeds(rival, other):
            continue
        by_cue[token] = other
    kept = [a for a in _without_asides(list(by_cue.values())) if a.content]
    kept.sort(key=lambda a: (a.content[0].start, a.content[-1].end, a.cue.token if a.cue else -1))
    return tuple(kept)


def _with_marks(marked: Marked, other: Attribution) -> tuple[Span, ...]:
    """A content that runs into a quotation takes all of it: sentences may end inside, the statement does not."""
    spans = list(other.content)
    for at, span in enumerate(spans):
        first = bisect_right(marked.quotes, span.start, key=lambda quote: quote.end)
        last = bisect_left(marked.quotes, span.end, key=lambda quote: quote.start)
        for quote in marked.quotes[first:last]:
            begins, cue = span.start <= quote.start + 1, other.cue
            if begins and quote.end > span.end and not (cue and quote.start <= cue.span.start < quote.end):
                start = min(span.start, quote.start)
                spans[at] = Span(start, max(span.end, quote.spans[0].end))
    return tuple(spans)


def _without_light_verbs(others: Sequence[Attribution]) -> list[Attribution]:
    """ "voiced fears that …" is one attribution, that of the noun."""
    nouns = [other.cue.span for other in others if other.cue is not None and other.cue.verb is None]
    starts = {span.start: span for span in nouns}
    return [
        other
        for other in others
        if other.cue is None
        or other.cue.verb is None
        or not (other.cue.span.start in starts and starts[other.cue.span.start].end > other.cue.span.end)
    ]


def _embeds(speech: Attribution, other: Attribution) -> bool:
    """Whether a clause holds the quotation among words of the report's own: then the clause is the content."""
    inside = all(any(span.contains(piece) for span in other.content) for piece in speech.content)
    return inside and sum(map(len, other.content)) > 1.15 * sum(map(len, speech.content))


def _without_asides(found: Sequence[Attribution]) -> Iterable[Attribution]:
    """Take phrases such as ", according to two officials" out of the contents of others."""
    asides = sorted(
        Span(min(one.cue.span.start, one.source.phrase.start), max(one.cue.span.end, one.source.phrase.end))
        for one in found
        if one.cue is not None and one.source is not None and one.cue.is_phrase
    )
    for one in found:
        yield replace(one, content=tuple(piece for span in one.content for piece in _around(span, asides)))


def _around(span: Span, asides: Sequence[Span]) -> Iterable[Span]:
    """What is left of a span before and after the first aside that lies within it."""
    at = bisect_left(asides, span.start, key=lambda aside: aside.start)
    if at == len(asides) or not span.contains(asides[at]) or asides[at] == span:
        return (span,)
    pieces = (Span(span.start, asides[at].start), Span(asides[at].end, span.end))
    return tuple(piece for piece in pieces if len(piece) > MIN_PIECE)


def with_relays(found: Sequence[Attribution]) -> Iterable[Attribution]:
    """Attributions, given in the order of the text, with whoever passes another's words on as their relay."""
    starts = [one.content[0].start for one in found]
    for inner in found:
        if inner.cue is None:
            yield inner
            continue
        first = bisect_left(starts, inner.cue.span.start - LONGEST)
        last = bisect_right(starts, inner.cue.span.start)
        passed = [passing for outer in found[first:last] if (passing := _passing(inner, inner.cue.span, outer))]
        yield replace(inner, relays=(*inner.relays, *passed)) if passed else inner


def _passing(inner: Attribution, cue: Span, outer: Attribution) -> Passing | None:
    """The source of `outer` as one who passed `inner` on, where its content holds the cue of `inner`."""
    if outer is inner or outer.source is None or outer.direct or outer.kind not in PASSES_ON:
        return None
    if inner.source is not None and inner.source.head == outer.source.head:
        return None
    if not any(span.contains(cue) for span in outer.content):
        return None
    return Passing(outer.source, outer.cue.span if outer.cue else None)
