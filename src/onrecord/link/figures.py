"""Amounts as the record has them, and which of them measure the same: one unit, one thing counted, one event or day.

Figures that measure the same stand in one group whether or not they agree; where they cannot both hold is for
`contradictions` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.link.blocks import Blocks
from onrecord.link.keys import GROUP, STORY, FigureKey, InContext
from onrecord.link.reports import STEM, Link, Report, ToldEvent, fold_words, likeness, stems, together
from onrecord.model.claims import Reading
from onrecord.model.days import Days
from onrecord.model.record import Figure

MONEY_AND_SHARES = 0.6  # of the stems in common: "$60 million" says little of what it is for
AGE = "years old"  # an age is no figure of the record
COUNTED = 0.5  # the same for things that are counted
SAME_SENTENCE = 0.65  # of the stems of two sentences, from which bare counts ("people") may differ and be of one thing
NEIGHBOURS = 200  # figures, in the order of what they count, with which one is compared: a large story has thousands
SURE = 2.0  # weight of a link through one event group; likeness (0..1) is added to all


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in context: the stem of what is counted, all stems of it, and its days.

    `around` are the stems of its sentence, `to` the keys of those to whom the event it measures was done.
    """

    figure: Figure
    head: str
    words: frozenset[str]
    days: Days | None
    around: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self.figure.id


def make_figures(
    report: Report, reading: Reading, told: Sequence[ToldEvent], function_words: frozenset[str]
) -> tuple[Measured, ...]:
    """The quantities of one report as figures. An id is the quantity's own; a group is not known yet ("")."""
    measures: dict[str, ToldEvent] = {}
    for event in sorted(told, key=lambda event: (-event.event.score, event.id)):
        for id in event.event.magnitudes:
            measures.setdefault(id, event)
    found = []
    for quantity in reading.quantities:
        if quantity.unit == AGE:
            continue
        of = measures.get(quantity.id)
        words = fold_words(quantity.what)
        figure = Figure(
            quantity.id,
            report.id,
            quantity.span,
            quantity.value,
            quantity.unit,
            quantity.bound,
            quantity.low,
            quantity.high,
            quantity.what,
            of.id if of else None,
            of.time.value if of and of.time and of.days else None,
            "",
            quantity.giver,
            quantity.receiver,
        )
        content = stems(words, function_words)
        days, to = (of.days, of.recipients) if of else (None, frozenset[str]())
        around = stems(report.wording.words_around(quantity.span), function_words)
        found.append(Measured(figure, _head(quantity.unit, words, function_words), content, days, around, to))
    return tuple(found)


def in_group(figure: Figure, group: str) -> Figure:
    """The same figure with its group, field by field: a pile has many."""
    f = figure
    return Figure(
        f.id, f.document, f.span, f.value, f.unit, f.bound, f.low, f.high, f.what, f.of, f.date, group, f.giver,
        f.receiver,
    )  # fmt: skip


def _head(unit: str, words: Sequence[str], function_words: frozenset[str]) -> str:
    """The unit itself where it names what is counted ("troops sent to the border"), else the noun counted."""
    return unit.casefold().removesuffix("s")[:STEM] if unit.casefold() in words else head_of(words, function_words)


def head_of(words: Sequence[str], function_words: frozenset[str]) -> str:
    """The stem of the noun counted, the last word of the first phrase: "troops" of "fresh troops near the border"."""
    phrase: list[str] = []
    for word in words:
        if word not in function_words:
            phrase.append(word)
        elif phrase:
            break
    return phrase[-1].removesuffix("s")[:STEM] if phrase else ""


def names_of_figure(key: FigureKey) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The blocks that a figure stands in: of one unit and one thing counted in one story, or of one event."""
    yield STORY, ("story", key.figure.unit, key.head)
    if key.figure.of:
        yield GROUP, ("event", key.figure.unit, key.head)


def pair_figures(
    blocks: Blocks, measured: InContext[Measured], stories: Mapping[str, str], group_of: Mapping[str, str]
) -> list[list[Link]]:
    """For each block the pairs of figures that measure the same; `group_of` gives the group of an event."""
    return [_pairs([measured[id] for id in ids], stories, group_of) for ids in blocks]


def _pairs(block: Iterable[Measured], stories: Mapping[str, str], group_of: Mapping[str, str]) -> list[Link]:
    """Those of one block, each compared with the ones that follow it in the order of what they count."""
    ordered = sorted(block, key=lambda one: (sorted(one.words), one.id))
    links = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            weight = weigh(one, other, stories, group_of)
            if weight > 0:
                left, right = sorted((one.id, other.id))
                links.append(Link(left, right, weight))
    return links


def weigh(one: Measured, other: Measured, stories: Mapping[str, str], group_of: Mapping[str, str]) -> float:
    """How surely two figures measure the same; 0 where they do not."""
    left, right = one.figure, other.figure
    if left.unit != right.unit or one.head != other.head or together(one.days, other.days) is False:
        return 0.0
    if left.value != right.value and (left.document == right.document or _is_part(one.to, other.to)):
        return 0.0  # one report counts two things; what went to two is not what went to one of them
    if left.value != right.value and not (one.words and other.words):
        return 0.0  # nothing says what is counted
    alike = likeness(one.words, other.words) if one.words or other.words else 1.0
    events = [group_of.get(figure.of or "") for figure in (left, right)]
    if events[0] and events[0] == events[1]:
        return SURE + alike
    least = MONEY_AND_SHARES if _is_money_or_share(left.unit) else COUNTED
    bare = _is_bare(one) or _is_bare(other)
    apart = bare and left.value != right.value and likeness(one.around, other.around) < SAME_SENTENCE
    if stories[left.document] != stories[right.document] or alike < least or apart:
        return 0.0
    return alike if one.words else 0.0


def _is_bare(one: Measured) -> bool:
    """Whether nothing says of whom or what: "the dead", "people", "years old"; then only the number can tell."""
    unit = {word[:STEM] for word in fold_words(one.figure.unit)}
    return len(one.words - unit) < (1 if one.words & unit else 2)


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one < other or other < one)


def _is_money_or_share(unit: str) -> bool:
    return unit == "percent" or (len(unit) == 3 and unit.isupper())  # ISO 4217
