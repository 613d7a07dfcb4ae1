"""What one says and another denies.

A denial of what a report tells in its own voice is a contradiction; a denial of what somebody said is a dispute
between two speakers, which the report only passes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.link.contradictions.shown import Opposed, contradict, shown, spoken
from onrecord.link.reports import Link, Report, Said, ToldEvent, together
from onrecord.model.claims import NARRATOR
from onrecord.model.record import ContradictionKind

NEAR_DENIAL = 400  # characters, about two sentences: an accusation so far before "denied it" is the one denied
DENIED = 0.6  # of the shorter one's stems in common: what is denied is what was said
DENIED_LEAST = 4
ABOUT_DENIER, ABOUT_LEAST = 0.5, 2  # the same, names apart, where what is said is about those who deny it
POINTING = frozenset({"claim", "claims", "accusa", "allega", "charge", "report", "sugges", "assert", "statem"})  # stems
ACCUSED, DENIED_SAID = "denied accusations", "denied statements"  # rules
FLAT = frozenset({"denied", "denies", "deny"})  # stems of acts of denying
NEXT = 150  # characters, about a sentence, between what is said of somebody and his denial of it in other words


def denied_events(told: Iterable[ToldEvent], said: Mapping[str, Said]) -> frozenset[str]:
    """Ids of the events told as not so, or in a denial."""
    found = set()
    for event in told:
        source = said.get(event.event.told_by) if event.event.told_by != NARRATOR else None
        if event.event.status == "negated" or (source is not None and source.denies):
            found.add(event.id)
    return frozenset(found)


def find_denied_events(
    pairs: Iterable[Link],
    denied: frozenset[str],
    told: Mapping[str, ToldEvent],
    said: Mapping[str, Said],
    group_of: Mapping[str, str],
    reports: Mapping[str, Report],
) -> Iterator[Opposed]:
    """One for each group told as so and group told as not so; `pairs` are such events."""
    seen: set[tuple[str, str, str]] = set()
    for link in sorted(pairs, key=lambda link: (-link.weight, link.left, link.right)):
        if link.left in group_of and link.right in group_of:
            yes, no = (link.left, link.right) if link.right in denied else (link.right, link.left)
            kind: ContradictionKind = "dispute" if _are_two_speakers(told[yes], told[no], said) else "denial"
            key = kind, group_of[yes], group_of[no]
            if key not in seen:
                seen.add(key)
                why = "are said and denied" if kind == "dispute" else "assert and deny one event"
                found = contradict(kind, shown(told[yes]), shown(told[no]), reports, why)
                yield Opposed("denied events", (-link.weight, link.left, link.right), key, found)


def _are_two_speakers(yes: ToldEvent, no: ToldEvent, said: Mapping[str, Said]) -> bool:
    """Whether an event is said by one and denied by another, and told by no report itself."""
    sources = said.get(yes.event.told_by), said.get(no.event.told_by)
    return None not in sources and not _is_one_side(*sources)


def _is_one_side(one: Said | None, other: Said | None) -> bool:
    return bool(one and other and one.speaks_for & other.speaks_for)


def find_denied_accusations(
    told: Iterable[ToldEvent], said: Iterable[Said], group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Opposed]:
    """An accusation, and its denial by the accused soon after it in the same report; one for each group and denier."""
    by_document: dict[str, list[ToldEvent]] = defaultdict(list)
    for event in sorted(told, key=lambda event: (event.event.evidence, event.id)):
        if event.event.type == "ACCUSE" and event.event.status != "negated":
            by_document[event.document].append(event)
    seen: set[tuple[str, str]] = set()
    for denial in sorted(said, key=lambda one: (one.document, one.id)):
        if not denial.denies or denial.statement.cue is None:
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
                found = contradict("dispute", shown(near[-1]), spoken(denial), reports, "accuse and deny")
                yield Opposed(ACCUSED, (denial.document, denial.id), groups, found)


def find_flat_denials(
    told: Iterable[ToldEvent], said: Iterable[Said], group_of: Mapping[str, str], reports: Mapping[str, Report]
) -> Iterator[Opposed]:
    """What is said of somebody and denied by him with no more words than "denied it", next in the same paragraph."""
    by_document: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_document[one.document].append(one)
    seen: set[str] = set()
    for event in sorted(told, key=lambda event: event.id):
        if event.event.type != "REJECT" or event.cause not in FLAT or group_of[event.id] in seen:
            continue
        around = by_document[event.document]
        trigger = event.event.trigger
        if any(one.statement.cue and one.statement.cue.overlaps(trigger) for one in around):
            continue  # that denial has words of its own
        text = reports[event.document].document.text
        before = [one for one in around if one.about & event.actors and not one.speaks_for & event.actors]
        near = [
            one for one in before if _is_next(_end(one), trigger.start, text) and not one.denies and len(one.core) > 1
        ]
        if near:
            seen.add(group_of[event.id])
            claim = max(near, key=lambda one: (_end(one), one.id))
            found = contradict("dispute", spoken(claim), shown(event), reports, "are said and denied")
            yield Opposed("flat denials", (event.id,), (group_of[event.id],), found)


def _end(said: Said) -> int:
    return max(span.end for span in said.statement.content or (said.span,))


def _is_next(end: int, start: int, text: str) -> bool:
    """Whether one stretch follows another soon and in the same paragraph."""
    return end <= start <= end + NEXT and "\n" not in text[end:start]


def _accuses(event: ToldEvent, denial: Said) -> bool:
    """Whether an accusation is of those who deny, and not by them."""
    return bool(event.recipients & denial.speaks_for) and not event.actors & denial.speaks_for


def find_denied_statements(
    said: Sequence[Said],
    stories: Mapping[str, str],
    group_of: Mapping[str, str],
    reports: Mapping[str, Report],
) -> Iterator[Opposed]:
    """What one side says and another denies in the same words, within one story, or just after it in one report; one
    for each two groups."""
    by_story: dict[str, list[Said]] = defaultdict(list)
    for one in sorted(said, key=lambda one: (one.document, one.id)):
        if one.speaks_for or one.speaker:
            by_story[stories[one.document]].append(one)
    seen: set[tuple[str, str]] = set()
    for story in sorted(by_story):
        asserted = [one for one in by_story[story] if _asserts(one)]
        for denial in (one for one in by_story[story] if one.denies):
            for claim in asserted:
                if claim.about.isdisjoint(denial.speaks_for) and len(denial.words & claim.words) < DENIED_LEAST:
                    continue  # most pairs of a large story
                groups = group_of.get(claim.id, claim.id), group_of.get(denial.id, denial.id)
                if groups not in seen and _denies(denial, claim, reports[denial.document].document.text):
                    seen.add(groups)
                    found = contradict("dispute", spoken(claim), spoken(denial), reports, "assert and deny one thing")
                    order = (story, denial.document, denial.id, claim.document, claim.id)
                    yield Opposed(DENIED_SAID, order, groups, found)


def without_answered(found: Sequence[Opposed], group_of: Mapping[str, str]) -> Iterator[Opposed]:
    """What remains where a denial that answers an accusation is known to be of nothing else."""
    right = (one.contradiction.right for one in found if one.rule == ACCUSED)
    answered = {group_of.get(id, id) for id in right}
    yield from (one for one in found if one.rule != DENIED_SAID or one.same[-1] not in answered)


def _denies(denial: Said, claim: Said, text: str) -> bool:
    """Whether a denial is of a claim that asserts something; `text` is that of the denial's report."""
    if _is_of_one_side(denial, claim) or together(denial.days, claim.days) is False:
        return False
    shared, shorter = len(denial.words & claim.words), min(len(denial.words), len(claim.words))
    core, shorter_core = len(denial.core & claim.core), min(len(denial.core), len(claim.core))
    if claim.about & denial.speaks_for and core >= ABOUT_LEAST and core >= ABOUT_DENIER * shorter_core:
        return True
    if _points_back(denial, claim):
        return denial.words <= POINTING or (len(denial.core) > 1 and (core > 0 or _follows(denial, claim, text)))
    return shared >= DENIED_LEAST and shared >= DENIED * shorter


def _asserts(claim: Said) -> bool:
    return not claim.denies and claim.statement.cue_kind != "reject" and not claim.statement.negated


def _is_of_one_side(denial: Said, claim: Said) -> bool:
    one_speaker = denial.speaker is not None and denial.speaker == claim.speaker
    return one_speaker or not denial.speaks_for.isdisjoint(claim.speaks_for)


def _points_back(denial: Said, claim: Said) -> bool:
    """Whether a denial follows soon on what somebody said of those who deny."""
    near = denial.document == claim.document and 0 < denial.span.start - claim.span.start <= NEAR_DENIAL
    return near and bool(claim.about & denial.speaks_for)


def _follows(denial: Said, claim: Said, text: str) -> bool:
    """Whether a denial is the next thing in the paragraph after a claim, and about the same."""
    return _is_next(_end(claim), denial.span.start, text) and bool(denial.about & claim.about)
