"""Claims that cannot both hold: numbers that exclude each other, two days for one event, an assertion and its denial.

Few and sure rather than many: an amount that may have grown between two reports contradicts nothing, nor does one that
a round figure allows. Which side is right is not said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.link.reports import Days, Link, Report, Said, ToldEvent, days_between, together
from onrecord.model.claims import NARRATOR
from onrecord.model.ids import make_id
from onrecord.model.record import Contradiction, ContradictionKind, Evidence, Figure, Group

ABOUT = 0.1  # an "about 100" allows 90 to 110
ROUND = 0.05  # a number with no more than two figures before its noughts ("35,000") is round and allows 5 in 100 …
ROUND_FROM = 20.0  # … from here on: "3 killed" is exact
SAME_TIME = 1  # days between two reports in which a count is not expected to have moved on
SHOWN = 60  # characters of a claim's words in a contradiction's own
NEAR_DENIAL = 400  # characters, about two sentences: an accusation so far before "denied it" is the one denied
DENIED = 0.6  # of the shorter one's stems in common: what is denied is what was said
DENIED_LEAST = 4


def limits(figure: Figure) -> tuple[float, float]:
    """The values a figure allows, with what its bound and a round number leave open."""
    value, spread = figure.value, ABOUT if figure.bound == "about" else ROUND if _is_round(figure.value) else 0.0
    low, high = value - abs(value) * spread, value + abs(value) * spread
    if figure.bound == "at_least":
        return low, float("inf")
    if figure.bound == "at_most":
        return float("-inf"), high
    if figure.low is not None and figure.high is not None:
        return min(low, figure.low), max(high, figure.high)
    return low, high


def _is_round(value: float) -> bool:
    digits = f"{abs(value):.0f}"
    return abs(value) >= ROUND_FROM and value % 10 == 0 and len(digits.rstrip("0")) <= 2


def find_numbers(
    groups: Iterable[Group],
    figures: Mapping[str, Figure],
    days: Mapping[str, Days | None],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> Iterator[Contradiction]:
    """In each figure group, amounts that exclude the one most lineages give; `days` are those measured."""
    for group in groups:
        by_amount: dict[tuple[float, float], list[Figure]] = defaultdict(list)
        for figure in sorted((figures[id] for id in group.members), key=lambda f: (f.document, f.span, f.id)):
            by_amount[limits(figure)].append(figure)
        if len(by_amount) < 2:
            continue
        ranked = sorted(by_amount, key=lambda amount: (-_lineages(by_amount[amount], lineage_of), amount))
        for amount in ranked[1:]:
            if amount[1] < ranked[0][0] or ranked[0][1] < amount[0]:
                pair = _comparable(by_amount[ranked[0]], by_amount[amount], days, reports, lineage_of)
                if pair:
                    left, right = _as_claim(pair[0]), _as_claim(pair[1])
                    yield _contradiction("number", left, right, reports, "cannot both hold")


def _lineages(figures: Sequence[Figure], lineage_of: Mapping[str, str]) -> int:
    return len({lineage_of[figure.document] for figure in figures})


def _comparable(
    left: Sequence[Figure],
    right: Sequence[Figure],
    days: Mapping[str, Days | None],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> tuple[Figure, Figure] | None:
    """The first two figures of different sources given at one time, or, undated reports, for one known day.

    A source that gives both amounts counts two things, and shows that these are not one.
    """
    sources = [{lineage_of[figure.document] for figure in side} for side in (left, right)]
    both = sources[0] & sources[1]
    for one in left:
        for other in right:
            if lineage_of[one.document] in both or lineage_of[other.document] in both:
                continue
            gap = _gap(reports[one.document].published, reports[other.document].published)
            if gap is not None and gap <= SAME_TIME:
                return one, other
            if gap is None and days.get(one.id) is not None and days.get(one.id) == days.get(other.id):
                return one, other
    return None


def _gap(one: Days | None, other: Days | None) -> int | None:
    """Days between two ranges, 0 where they overlap; None where either is unknown or wider than a week."""
    if one is None or other is None or max(days_between(*one), days_between(*other)) > 7:
        return None
    return max(days_between(one[1], other[0]), days_between(other[1], one[0]), 0)


def find_dates(
    moved: Iterable[Link], told: Mapping[str, ToldEvent], group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Contradiction]:
    """One for each two event groups that are told as one event of different days; `moved` pairs such events."""
    seen: set[tuple[str, ...]] = set()
    for link in sorted(moved, key=lambda link: (-link.weight, link.left, link.right)):
        if link.left in group_of and link.right in group_of:
            groups = tuple(sorted((group_of[link.left], group_of[link.right])))
            if groups not in seen and len(set(groups)) == 2:
                seen.add(groups)
                one, other = told[link.left], told[link.right]
                words = " and ".join(event.days[0] for event in (one, other) if event.days)
                yield _contradiction("date", _shown(one), _shown(other), reports, f"are one event dated {words}")


def find_denied_events(
    groups: Iterable[Group], told: Mapping[str, ToldEvent], said: Mapping[str, Said], reports: Mapping[str, Report]
) -> Iterator[Contradiction]:
    """One for each event group that some tell as done and others as not done, or in somebody's denial of it."""
    for group in groups:
        events = sorted((told[id] for id in group.members), key=lambda e: (e.document, e.event.trigger, e.id))
        denied = [event for event in events if _is_denied(event, said)]
        done = [event for event in events if event.event.status == "actual" and not _is_denied(event, said)]
        if denied and done:
            yield _contradiction("denial", _shown(done[0]), _shown(denied[0]), reports, "assert and deny one event")


def _is_denied(event: ToldEvent, said: Mapping[str, Said]) -> bool:
    if event.event.status == "negated":
        return True
    source = said.get(event.event.told_by) if event.event.told_by != NARRATOR else None
    return source is not None and is_denial(source)


def is_denial(said: Said) -> bool:
    """A denial ("denied that"), not the denial of one ("did not deny")."""
    return said.statement.cue_kind == "deny" and not said.statement.negated


def find_denied_accusations(
    told: Iterable[ToldEvent], said: Iterable[Said], group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Contradiction]:
    """An accusation, and its denial by the accused soon after it in the same report; one for each group and denier."""
    by_document: dict[str, list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: (event.event.evidence, event.id)):
        if event.event.type == "ACCUSE" and event.event.status != "negated":
            by_document[event.document].append(event)
    seen: set[tuple[str, str]] = set()
    for denial in sorted(said, key=lambda one: (one.document, one.id)):
        if not is_denial(denial) or denial.statement.cue is None:
            continue
        cue = denial.statement.cue.start
        near = [
            event
            for event in by_document.get(denial.document, ())
            if 0 <= cue - event.event.evidence.start <= NEAR_DENIAL and _accuses(event, denial)
        ]
        if near:
            groups = group_of.get(near[-1].id, near[-1].id), denial.speaker or group_of.get(denial.id, denial.id)
            if groups not in seen:
                seen.add(groups)
                yield _contradiction("denial", _shown(near[-1]), _spoken(denial), reports, "accuse and deny")


def _accuses(event: ToldEvent, denial: Said) -> bool:
    """Whether an accusation is of those who deny, and not by them."""
    return bool(event.recipients & denial.speaks_for) and not event.actors & denial.speaks_for


def find_denied_statements(
    said: Sequence[Said], stories: Mapping[str, str], group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Contradiction]:
    """What one side says and another denies in the same words, within one story; one for each two groups."""
    by_story: dict[str, list[Said]] = defaultdict(list)
    for one in sorted(said, key=lambda one: (one.document, one.id)):
        if one.speaks_for and len(one.words) >= DENIED_LEAST:
            by_story[stories[one.document]].append(one)
    seen: set[tuple[str, str]] = set()
    for story in sorted(by_story):
        denials = [one for one in by_story[story] if is_denial(one)]
        for denial in denials:
            for claim in by_story[story]:
                groups = group_of.get(claim.id, claim.id), group_of.get(denial.id, denial.id)
                if groups not in seen and _denies(denial, claim):
                    seen.add(groups)
                    yield _contradiction(
                        "denial", _spoken(claim), _spoken(denial), reports, "assert and deny one thing"
                    )


def _denies(denial: Said, claim: Said) -> bool:
    if claim.statement.cue_kind == "deny" or claim.statement.negated or denial.speaks_for & claim.speaks_for:
        return False
    if together(denial.days, claim.days) is False:
        return False
    shared = len(denial.words & claim.words)
    return shared >= DENIED_LEAST and shared >= DENIED * min(len(denial.words), len(claim.words))


Claim = tuple[str, Evidence]


def _as_claim(figure: Figure) -> Claim:
    return figure.id, Evidence(figure.document, figure.span)


def _shown(event: ToldEvent) -> Claim:
    return event.id, Evidence(event.document, event.event.evidence)


def _spoken(said: Said) -> Claim:
    return said.id, Evidence(said.document, said.span)


def _contradiction(
    kind: ContradictionKind, left: Claim, right: Claim, reports: Mapping[str, Report], why: str
) -> Contradiction:
    words = f"{_quote(left[1], reports)} and {_quote(right[1], reports)} {why}"
    return Contradiction(make_id("cn", kind, left[0], right[0]), kind, left[0], right[0], (left[1], right[1]), words)


def _quote(evidence: Evidence, reports: Mapping[str, Report]) -> str:
    document = reports[evidence.document].document
    words = " ".join(document.words(evidence.span).split())
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rsplit(' ', 1)[0]}…"
    return f"“{shown}” ({document.outlet.value or 'outlet unknown'})"
