"""When, where, how much, by whose word and in what context: what stands around a trigger, syntax first.

A time or place belongs to the trigger it hangs on, else to its clause or the nearest above it that has just one;
for the places of verbs `where` has the last word.
The day of publication is never filled in: which acts are news of that day is for `anchoring`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.sites import Site, object_lemmas
from onrecord.extract.syntax import SUBJECTS, kids
from onrecord.model.claims import Mention, PlaceRef, Quantity, Statement, TimeRef
from onrecord.model.offsets import Span
from onrecord.model.text import Published

CLAUSE_EDGES = frozenset({"advcl", "relcl", "parataxis", "conj", "ccomp"})
LOOSE_ENDS = frozenset({"PUNCT", "SPACE", "CCONJ"})  # neither begin nor end a clause
DAY_LENGTH = 10  # "2014-03-18"
ON_TRIGGER = 0  # the level of what hangs on a trigger's own words; clauses count from 1
MEANWHILE = frozenset(
    {"during", "at", "in", "on", "amid", "alongside"}
)  # talks "at" which something is said share its day
AGES = frozenset({"old", "aged"})
STEPS_UP = 12  # words between a time and its verb; longer ways lead out of the clause


class Placed(Protocol):
    """Anything that stands somewhere in the text."""

    @property
    def span(self) -> Span: ...


Found = TypeVar("Found", bound=Placed)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Times, places, quantities and statements of one report, by where they stand."""

    times: Mapping[int, tuple[TimeRef, ...]]
    places: Mapping[int, tuple[PlaceRef, ...]]
    quantities: tuple[Quantity, ...]
    statements: Mapping[int, tuple[Statement, ...]]
    latest: date | None


def gather(
    scene: Scene,
    times: Iterable[TimeRef],
    places: Iterable[PlaceRef],
    quantities: Iterable[Quantity],
    statements: Iterable[Statement],
    published: Published | None = None,
) -> Circumstances:
    """Sort what earlier stages found by sentence; `latest` is the report's day or, where that is not known, the latest
    day that a time names."""
    dated = tuple(time for time in times if time.type in ("DATE", "TIME"))
    exact = (day_of(time.start) for time in dated if time.precision in ("day", "minute"))
    days = sorted(day for day in exact if day is not None)
    written = day_of(published.value) if published is not None and published.precision in ("day", "minute") else None
    return Circumstances(
        times=_by_sentence(scene, dated),
        places=_by_sentence(scene, (place for place in places if place.kind == "literal")),
        quantities=tuple(sorted(quantities, key=lambda quantity: quantity.span)),
        statements=_told_in(scene, sorted(statements, key=_length)),
        latest=written or (days[-1] if days else None),
    )


def day_of(value: str | None) -> date | None:
    """An ISO day as a date; None where there is none, or none that a calendar has."""
    try:
        return date.fromisoformat(value[:DAY_LENGTH]) if value else None
    except ValueError:
        return None


def _told_in(scene: Scene, statements: Iterable[Statement]) -> dict[int, tuple[Statement, ...]]:
    """Statements by the sentences their content runs over, in the order given."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        sentences: dict[int, None] = {}
        for span in statement.content:
            first, last = bisect_left(scene.starts, span.start), bisect_left(scene.starts, span.end)
            sentences.update((scene.token(index).sentence, None) for index in range(first, last))
        for sentence in sentences:
            found.setdefault(sentence, []).append(statement)
    return {sentence: tuple(told) for sentence, told in found.items()}


def _length(statement: Statement) -> tuple[int, str]:
    return sum(len(span) for span in statement.content), statement.id


def _by_sentence(scene: Scene, found: Iterable[Found]) -> dict[int, tuple[Found, ...]]:
    by_sentence: dict[int, list[Found]] = {}
    for value in found:
        index = scene.token_at(value.span.start)
        if index is not None:
            by_sentence.setdefault(scene.token(index).sentence, []).append(value)
    return {sentence: tuple(values) for sentence, values in by_sentence.items()}


def evidence_span(scene: Scene, site: Site, route: Route, arguments: Iterable[Mention]) -> Span:
    """The trigger's clause with its arguments, inside its sentence."""
    parsed = scene.parsed
    sentence = parsed.sentences[scene.token(site.token).sentence]
    members = {*site.words, *route.path}
    for mention in arguments:
        first, last = bisect_left(scene.starts, mention.span.start), bisect_left(scene.starts, mention.span.end)
        members.update(range(max(first, sentence.first), min(last, sentence.last)))
    open_ = [route.carrier if route.carrier is not None else _phrase_top(site, route)]
    while open_:
        index = open_.pop()
        members.add(index)
        open_.extend(
            child
            for child in parsed.children[index]
            if scene.token(child).dep not in CLAUSE_EDGES or scene.token(child).pos not in ("VERB", "AUX")
        )
    kept = [index for index in members if sentence.first <= index < sentence.last]
    first, last = min(kept), max(kept)
    while last > first and scene.token(last).pos in LOOSE_ENDS:
        last -= 1
    while first < last and scene.token(first).pos in LOOSE_ENDS and first not in site.words:
        first += 1
    return parsed.span(first, last + 1)


def _phrase_top(site: Site, route: Route) -> int:
    return route.path[-1] if route.path else site.token


def nearest(
    scene: Scene, anchors: Collection[int], clause: int, sites: frozenset[int], found: Sequence[Found]
) -> Found | None:
    """Of what stands in the sentence: what hangs on a trigger's words, else the only one in its clause or one above."""
    clauses = _clauses_above(scene, clause)
    by_level: dict[int, list[Found]] = {}
    for value in found:
        level = _level(scene, value, anchors, clauses, sites)
        if level is not None:
            by_level.setdefault(level, []).append(value)
    if not by_level:
        return None
    lowest = min(by_level)
    if lowest == ON_TRIGGER:
        return min(by_level[lowest], key=lambda value: abs(value.span.start - scene.token(clause).start))
    return by_level[lowest][0] if len(by_level[lowest]) == 1 else None


def _clauses_above(scene: Scene, index: int) -> dict[int, int]:
    """The verbs over a word with their distance in clauses; not past one coordinated to a verb with its own subject."""
    found: dict[int, int] = {}
    for above in (index, *scene.parsed.ancestors(index)):
        if scene.is_verbal(above):
            found[above] = len(found) + 1
            if scene.token(above).dep == "conj" and kids(scene.parsed, above, *SUBJECTS):
                break
    return found


def _level(
    scene: Scene, value: Placed, anchors: Collection[int], clauses: Mapping[int, int], sites: frozenset[int]
) -> int | None:
    """How many clauses up a time or place stands; None where it belongs to another trigger or to a clause below."""
    index = scene.token_at(value.span.start)
    if index is None:
        return None
    for step, above in enumerate((index, *scene.parsed.ancestors(index))):
        if above in anchors:
            return ON_TRIGGER
        if above in clauses:
            return clauses[above]
        if step == STEPS_UP:
            return None
        if above != index and (scene.is_verbal(above) or above in sites) and not _goes_along(scene, above):
            return None
    return max(clauses.values(), default=0) + 1


def _goes_along(scene: Scene, index: int) -> bool:
    """Whether a word tells of something at the time of its clause: "speaking on Monday", "at the talks"."""
    token = scene.token(index)
    if scene.is_verbal(index):
        return token.dep == "advcl" and token.tag == "VBG" and not kids(scene.parsed, index, "mark", *SUBJECTS)
    return token.dep == "pobj" and scene.token(token.head).lower in MEANWHILE


def magnitudes(
    scene: Scene, evidence: Span, anchors: Collection[int], quantities: Sequence[Quantity]
) -> tuple[str, ...]:
    """The quantities inside an event's evidence that measure the act or what takes part in it."""
    first = bisect_left(quantities, evidence.start, key=lambda quantity: quantity.span.start)
    last = bisect_left(quantities, evidence.end, key=lambda quantity: quantity.span.start)
    inside = (quantity for quantity in quantities[first:last] if quantity.span.end <= evidence.end)
    return tuple(quantity.id for quantity in inside if _measures(scene, quantity, anchors))


def _measures(scene: Scene, quantity: Quantity, anchors: Collection[int]) -> bool:
    """Whether the way up from a quantity meets the act before another verb, and it is no age or date."""
    index = scene.token_at(quantity.span.start)
    if index is None:
        return False
    for step, above in zip(range(STEPS_UP), (index, *scene.parsed.ancestors(index)), strict=False):
        if above in anchors:
            return True
        if step and (scene.is_verbal(above) or scene.token(above).lower in AGES):
            return False
    return False


def teller(around: Circumstances, scene: Scene, index: int) -> Statement | None:
    """The shortest statement whose content holds a token."""
    span = scene.span(index)
    for statement in around.statements.get(scene.token(index).sentence, ()):
        if any(content.contains(span) for content in statement.content):
            return statement
    return None


def contexts_of(scene: Scene, site: Site) -> tuple[str, ...]:
    """The row's contexts and those of the words that the trigger acts on."""
    found = list(site.trigger.contexts)
    words = [*object_lemmas(scene, site.token, site.words)]
    words.extend(scene.lemma(index) for index in site.words)
    words.extend(scene.lemma(child) for child in kids(scene.parsed, site.token, "amod", "compound"))
    for word in words:
        found.extend(scene.triggers.context_words.get(word, ()))
    return tuple(dict.fromkeys(found))
