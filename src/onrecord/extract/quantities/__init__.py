"""Quantities: every amount in a report with its value, unit and bound, and the words for what is counted or measured.

Dates, years, clock times, ordinals, list numbers and numbers in names are no quantities. A range keeps both its ends,
the lower one as its value; a vague plural ("dozens") is a lower bound.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from onrecord.extract.quantities.amounts import Amount, read_amounts
from onrecord.extract.quantities.counted import find_counted
from onrecord.extract.quantities.naming import is_age, is_label
from onrecord.extract.quantities.parties import with_parties
from onrecord.extract.quantities.ranges import WINDOW, Figure, join_ranges
from onrecord.lexicon import Lexicon
from onrecord.lexicon.units import Units
from onrecord.model.claims import Bound, Quantity
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

__all__ = ["find_quantities", "with_parties"]

COMPARED = re.compile(
    r"\b(?:(?:up|down)?\s*from|compared (?:with|to)|against|versus|another|an additional|a further|than)"
    r"\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
OF_THEM = re.compile(r"\s+of\s+(?:them|those|whom|which)\b")
SPELLS = frozenset({"day", "week", "month", "year", "decade"})
LARGE = 1000  # from this size on a bare number is an amount whatever it stands with
COMPARING = 80  # characters between a count and the bare one it is compared with


def find_quantities(parsed: Parsed, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The quantities of a report, in order."""
    units = lexicon.units
    starts = [token.start for token in parsed.tokens]
    ends = [token.end for token in parsed.tokens]
    found: list[Quantity] = []
    for start, end in _blocks(parsed):
        amounts = [_on_tokens(amount, starts, ends) for amount in read_amounts(parsed.text, start, end, units)]
        before: Quantity | None = None
        for figure in join_ranges(parsed.text, start, [figure for figure in amounts if figure is not None]):
            quantity = _make(parsed, figure, start, end, units)
            if quantity is not None:
                before = _like(parsed, before, quantity)
                found.append(before)
    return tuple(found)


def _like(parsed: Parsed, before: Quantity | None, quantity: Quantity) -> Quantity:
    """A figure with what it takes from the one before it.

    That is the bound, where it repeats it in brackets in another unit, and the unit, where it is a bare count that the
    words about it compare with that one, add to it or take from it ("10,000 of them").
    """
    if before is None:
        return quantity
    between = parsed.text[before.span.end : quantity.span.start]
    if between.strip() == "(" and quantity.bound == "exactly" and before.bound in {"about", "at_least", "at_most"}:
        low, high = _ends(quantity.value, None, before.bound)
        return replace(quantity, bound=before.bound, low=low, high=high)
    if quantity.unit or not before.unit or len(between) > COMPARING:
        return quantity
    if not (COMPARED.search(between) or OF_THEM.match(parsed.text, quantity.span.end)):
        return quantity
    return replace(quantity, unit=before.unit, what=before.what, what_span=before.what_span)


def _blocks(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The stretches of text that were parsed as one paragraph."""
    start = end = -1
    paragraph = -1
    for index, sentence in enumerate(parsed.sentences):
        span = parsed.sentence_span(index)
        if sentence.paragraph != paragraph:
            if end > start:
                yield start, end
            start, paragraph = span.start, sentence.paragraph
        end = span.end
    if end > start:
        yield start, end


def _on_tokens(amount: Amount, starts: list[int], ends: list[int]) -> Figure | None:
    """The tokens that an amount touches."""
    first = bisect_right(ends, amount.start)
    last = bisect_left(starts, amount.end)
    return Figure(amount.start, amount.end, first, last, amount) if first < last else None


def _make(parsed: Parsed, figure: Figure, start: int, end: int, units: Units) -> Quantity | None:
    """The quantity that a figure is, or None where it is a date, a label, or a number that counts nothing."""
    amount = figure.low
    if is_age(parsed, figure.first, figure.last, amount):
        amount = replace(amount, unit="years old")
    elif not amount.unit and not amount.share and is_label(parsed, figure.first, figure.last, amount, units):
        return None
    counted = find_counted(parsed, figure.first, figure.last, bool(amount.unit), units)
    unit = "share" if amount.share else amount.unit or counted.unit
    if not unit and not (amount.scaled or amount.vague or amount.value >= LARGE or _is_governed(parsed, figure)):
        return None
    bound = _bound(parsed, figure, start, end, units)
    high = _clean(figure.high.value) if figure.high is not None else None
    low, high = _ends(_clean(amount.value), high, bound)
    span = Span(figure.start, figure.end)
    return Quantity(
        id=make_id("qu", parsed.document, span.start, span.end),
        span=span,
        value=_clean(amount.value),
        low=low,
        high=high,
        unit=unit,
        bound=bound,
        what=counted.what or unit,
        what_span=counted.span,
    )


def _is_governed(parsed: Parsed, figure: Figure) -> bool:
    """Whether a bare number stands where an amount does: as subject, object or predicate."""
    return any(
        parsed.tokens[i].dep in {"nsubj", "nsubjpass", "dobj", "attr"} and parsed.tokens[i].pos == "NUM"
        for i in range(figure.first, figure.last)
    )


def _clean(value: float) -> float:
    return round(value, 6)


def _bound(parsed: Parsed, figure: Figure, start: int, end: int, units: Units) -> Bound:
    """The bound that words beside a figure put on it."""
    text = parsed.text
    if figure.high is not None:
        return "range"
    before = text[max(start, figure.start - WINDOW) : figure.start]
    before = re.sub(r"(?:\bthe|\ba|\ban|[(\"“‘'])\s*$", "", before.rstrip()) if before else before
    match = units.before.search(before.rstrip())
    if match is not None and not (match.group().lower() == "over" and _is_no_bound(parsed, figure)):
        return units.bounds_before[" ".join(match.group().lower().split())]
    after = units.after.match(text, figure.end, end)
    if after is not None:
        return units.bounds_after[" ".join(after.group().lower().split())]
    return "at_least" if figure.low.vague else "exactly"


def _is_no_bound(parsed: Parsed, figure: Figure) -> bool:
    """Whether "over" belongs to the verb before it ("handed over 300 rifles") or says how long ("over six years")."""
    over = parsed.tokens[figure.first - 1]
    after = parsed.tokens[figure.last - 1 : figure.last + 1]
    return (
        over.dep == "prt"
        or over.head == figure.first - 2
        or (over.dep == "prep" and any(token.lemma in SPELLS for token in after))
    )


def _ends(value: float, high: float | None, bound: Bound) -> tuple[float | None, float | None]:
    """The lower and upper end that a figure's words give."""
    if high is not None:
        return value, high
    return (value if bound == "at_least" else None), (value if bound == "at_most" else None)
