"""Many readings in, one record out: actors, lineages, groups, figures, corroboration, contradictions, timeline.

Every step is a plain function over values, called here by name and in order; no step knows another. Lineages are
decided before anything is counted. What people decided comes last and is never overruled. The order of the input does
not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.lexicon import Lexicon
from onrecord.lexicon.words import load_function_words
from onrecord.link.actors import link_actors
from onrecord.link.alignment import edits_of_copy
from onrecord.link.contradictions import (
    Asking,
    ask,
    denied_events,
    find_actors,
    find_dates,
    find_denied_accusations,
    find_denied_events,
    find_denied_statements,
    find_flat_denials,
    find_inferred,
    find_numbers,
    find_places,
    find_wordings,
)
from onrecord.link.copies import find_bonds, find_rewritten, same_text
from onrecord.link.corroboration import corroborate, find_witnesses, id_of, standings
from onrecord.link.dates import MOSTLY, date_readings, inherit_days
from onrecord.link.edits import apply_edits, edit_actors
from onrecord.link.figures import pair_figures
from onrecord.link.first_hand import marks_of_claims
from onrecord.link.groups import Stamp, judge_groups, make_groups, verdicts
from onrecord.link.kept import Kept
from onrecord.link.lineages import make_lineages
from onrecord.link.pile import Pile, hash_of, read_pile
from onrecord.link.reports import Link, Report, Texts, fold_words, read_report
from onrecord.link.same_events import (
    pair_denied,
    pair_elsewhere,
    pair_events,
    pair_moved,
    pair_swapped,
    sides_of,
)
from onrecord.link.same_statements import pair_statements
from onrecord.link.stories import group_stories
from onrecord.link.timeline import make_timeline
from onrecord.model.claims import Reading
from onrecord.model.judgements import standing
from onrecord.model.offsets import Span
from onrecord.model.record import (
    Actor,
    Contradiction,
    Corroboration,
    Evidence,
    Figure,
    Group,
    Judgement,
    Lineage,
    Record,
)
from onrecord.model.text import Document

__all__ = ["Asking", "Kept", "Texts", "apply_edits", "compare_texts", "date_pile", "link_claims", "link_record"]


def compare_texts(documents: Sequence[Document], readings: Sequence[Reading], kept: Kept | None = None) -> Texts:
    """The texts of a pile compared; a document without a reading has the date that it states."""
    published = {reading.document: reading.published for reading in readings}
    ordered = sorted(documents, key=lambda document: document.id)
    reports = {one.id: read_report(one, published.get(one.id, one.published)) for one in ordered}
    same = same_text(reports.values(), kept)
    original = {id: group[0] for group in same for id in group}
    # reports of the very same words count once, so that reprints make no word common
    texts = [report for id, report in reports.items() if original.get(id, id) == id]
    stories = group_stories(texts, load_function_words(), kept)
    return Texts(reports, same, find_bonds(texts, kept), {id: stories[original.get(id, id)] for id in reports})


def date_pile(texts: Texts, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, those of reports without a stated date with what the dated ones of the pile say of it, and days
    counted from a report's own read again where that is now known."""
    prints = {group[0]: group for group in texts.same}
    alike = [(group, group) for group in texts.same]
    for bond in texts.bonds:
        if min(bond.left_share, bond.right_share) >= MOSTLY:
            alike.append((prints.get(bond.left, (bond.left,)), prints.get(bond.right, (bond.right,))))
    return date_readings(texts.reports, readings, alike, texts.stories)


REPRINT = 100.0  # weight of a link between claims of two prints of the very same words: above all others


def link_record(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    lexicon: Lexicon,
    texts: Texts | None = None,
    asking: Asking | None = None,
    kept: Kept | None = None,
) -> Record:
    """The record of some documents and what was read in them, with what people decided about it.

    `texts` are the documents' texts compared, where that is done already; `asking` is a language-inference model that
    is asked about contradictions; `kept` what earlier linking worked out.
    """
    cast = link_actors(documents, readings, judgements, lexicon, kept, lambda made: edit_actors(made, judgements))
    record = link_claims(documents, readings, judgements, cast.actors, cast.resolved, texts, asking, kept, cast.acting)
    return replace(record, cast=cast.rests_on, shown=cast.shown)


def link_claims(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    actors: tuple[Actor, ...],
    resolved: Mapping[str, str],
    texts: Texts | None = None,
    asking: Asking | None = None,
    kept: Kept | None = None,
    acting: Mapping[str, bytes] | None = None,
) -> Record:
    """The record, its actors being known: `resolved` gives for a mention's id one of `actors`.

    `acting` is for each report a hash of the actors of its mentions, where that is known.
    """
    decided, kept = _in_order(judgements), kept or Kept()
    texts = texts or compare_texts(documents, readings, kept)
    pile = read_pile(texts, readings, actors, resolved, kept, acting or {})
    lineages = _lineages(pile.reports, texts, kept)
    lineage_of = {document: lineage.id for lineage in lineages for document in lineage.documents}
    events = judge_groups(_event_groups(pile, lineage_of, kept), decided)
    event_group = _by_member(events)
    statements = judge_groups(_statement_groups(pile, kept), decided)
    figures = judge_groups(_figure_groups(pile, event_group), decided)
    groups = (*events, *statements, *figures)
    contradictions = _contradictions(pile, groups, lineage_of, decided, asking)
    corroborations, rests_on = _corroborations(pile, groups, lineages, contradictions, decided, kept)
    return Record(
        actors=actors,
        resolved=resolved,
        lineages=lineages,
        groups=tuple(sorted(groups, key=lambda group: group.id)),
        figures=_figures(pile, figures),
        corroborations=corroborations,
        contradictions=contradictions,
        inherited=inherit_days(events, pile.events),
        timeline=make_timeline(events, pile.events, pile.resolved, pile.reports, lineage_of),
        rests_on=rests_on,
    )


def _in_order(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that stand, the oldest first."""
    return standing(sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)))


def _by_member(groups: Iterable[Group]) -> dict[str, str]:
    return {member: group.id for group in groups for member in group.members}


def _lineages(reports: Mapping[str, Report], texts: Texts, kept: Kept) -> tuple[Lineage, ...]:
    """Lineages of reports, with what each copy changed."""
    doubles = {id for group in texts.same for id in group[1:]}
    once = [report for report in reports.values() if report.id not in doubles]
    rewritten = find_rewritten(once, texts.bonds, load_function_words(), kept)
    lineages = []
    for lineage in make_lineages(list(reports.values()), (*texts.bonds, *rewritten), texts.same):
        copies = []
        for copy in lineage.copies:
            if copy.of in lineage.documents:  # of a passage taken from elsewhere, all the rest would be an edit
                edits, only_cut = edits_of_copy(reports[copy.of], reports[copy.document], kept)
                kind = "edited" if copy.kind == "verbatim" and not only_cut else copy.kind
                copy = replace(copy, kind=kind, edits=edits)
            copies.append(copy)
        lineages.append(replace(lineage, copies=tuple(copies)))
    return tuple(lineages)


def _reprinted(pile: Pile, claims: Iterable[tuple[str, str, Span]]) -> Iterator[Link]:
    """Claims on the same words of reports whose words are all the same; a claim is its id, its report, its span."""
    by_document: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for id, document, span in claims:
        by_document[document].append((span, id))
    for group in pile.same:
        first: dict[tuple[tuple[str, ...], int], str] = {}
        for document in group:
            times: Counter[tuple[str, ...]] = Counter()
            for span, id in sorted(by_document[document]):
                words = fold_words(pile.reports[document].document.words(span))
                times[words] += 1
                original = first.setdefault((words, times[words]), id)
                if original != id:
                    left, right = sorted((original, id))
                    yield Link(left, right, REPRINT)


def _event_groups(pile: Pile, lineage_of: Mapping[str, str], kept: Kept) -> tuple[Group, ...]:
    claims = ((one.id, one.document, one.event.trigger) for one in pile.events.values())
    links = (
        *pair_events(list(pile.events.values()), pile.stories, lineage_of, pile.reports, kept),
        *_reprinted(pile, claims),
    )
    stamps = {event.id: Stamp(event.days, sides_of(event)) for event in pile.events.values()}
    return make_groups("event", stamps, links, pile.came_out)


def _statement_groups(pile: Pile, kept: Kept) -> tuple[Group, ...]:
    claims = ((one.id, one.document, one.span) for one in pile.statements.values())
    links = (
        *pair_statements(list(pile.statements.values()), pile.stories, pile.fresh, kept),
        *_reprinted(pile, claims),
    )
    stamps = {said.id: Stamp(said.days, (said.speaks_for,)) for said in pile.statements.values()}
    return make_groups("statement", stamps, links, pile.came_out)


def _figure_groups(pile: Pile, event_group: Mapping[str, str]) -> tuple[Group, ...]:
    claims = ((one.id, one.figure.document, one.figure.span) for one in pile.measured.values())
    links = (*pair_figures(list(pile.measured.values()), event_group), *_reprinted(pile, claims))
    stamps = {id: Stamp(one.days) for id, one in pile.measured.items()}
    return make_groups("figure", stamps, links, pile.came_out)


def _figures(pile: Pile, groups: Iterable[Group]) -> tuple[Figure, ...]:
    found = (replace(pile.measured[id].figure, group=group) for id, group in _by_member(groups).items())
    return tuple(sorted(found, key=lambda figure: figure.id))


def _contradictions(
    pile: Pile,
    groups: Sequence[Group],
    lineage_of: Mapping[str, str],
    judgements: Iterable[Judgement],
    asking: Asking | None,
) -> tuple[Contradiction, ...]:
    """All contradictions between claims that still stand; one that a person rejected is left out."""
    group_of = _by_member(groups)
    events = [event for event in pile.events.values() if event.id in group_of]
    said = [one for one in pile.statements.values() if one.id in group_of]
    by_kind: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_kind[group.kind].append(group)
    days = {id: one.days for id, one in pile.measured.items()}
    figures = {id: one.figure for id, one in pile.measured.items()}
    moved, elsewhere, swapped = (
        pair(events, pile.stories, lineage_of) for pair in (pair_moved, pair_elsewhere, pair_swapped)
    )
    denied = denied_events(events, pile.statements)
    denials = pair_denied(events, denied, pile.stories)
    accused = list(find_denied_accusations(events, said, group_of, pile.reports))
    answered = {group_of.get(one.right, one.right) for one in accused}
    found = [
        *accused,
        *find_numbers(by_kind["figure"], figures, days, pile.reports, lineage_of),
        *find_dates(moved, pile.events, group_of, pile.reports),
        *find_places(elsewhere, pile.events, group_of, pile.reports),
        *find_actors(swapped, pile.events, group_of, pile.reports),
        *find_wordings(said, pile.stories, pile.reports, lineage_of),
        *find_denied_events(denials, denied, pile.events, pile.statements, group_of, pile.reports),
        *find_flat_denials(events, said, group_of, pile.reports),
        *find_denied_statements(said, answered, pile.stories, group_of, pile.reports),
    ]
    if asking and asking.bar > 0:
        evidence = {one.id: Evidence(one.document, one.event.evidence) for one in events}
        evidence.update((one.id, Evidence(one.document, one.span)) for one in said)
        known = {frozenset((one.left, one.right)) for one in found}
        found.extend(find_inferred(groups, evidence, lineage_of, known, pile.reports, asking))
    rejected = set(verdicts(judgements, "reject"))
    unique = {one.id: one for one in found if one.id not in rejected}
    kept = [unique[id] for id in sorted(unique)]
    return ask(kept, pile.reports, asking) if asking else tuple(kept)


def _corroborations(
    pile: Pile,
    groups: Iterable[Group],
    lineages: Sequence[Lineage],
    contradictions: Iterable[Contradiction],
    judgements: Iterable[Judgement],
    kept: Kept,
) -> tuple[tuple[Corroboration, ...], dict[str, bytes]]:
    """Those that are not as they were written, and what each rests on."""
    outlets = {report.id: report.document.outlet.value for report in pile.reports.values()}
    places = standings(lineages, outlets)
    figures = [one.figure for one in pile.measured.values()]
    witnesses = find_witnesses(pile.events.values(), pile.statements.values(), figures)
    marks = marks_of_claims(((one.id, one.document, one.span) for one in witnesses.values()), pile.reports, kept)
    accepted = verdicts(judgements, "accept")
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in contradictions:
        for claim in (contradiction.left, contradiction.right):
            against[claim].append(contradiction)
    state = {
        id: hash_of((rests_on, (place := places[id]).lineage, place.outlet, place.copy_of))
        for id, rests_on in pile.rests_on.items()
    }
    found, rests = [], {}
    for group in groups:
        spoken = {one.id: one for id in group.members for one in against.get(id, ())}
        for_it = {one.id: one for id in (group.id, *group.members) for one in accepted.get(id, ())}
        if kept.stamps:
            told = {witnesses[id].document for id in group.members}
            told.update(span.document for one in spoken.values() for span in one.spans)
            words = [(one.id, one.words) for one in spoken.values()]
            id = id_of(group)
            rests[id] = hash_of((group.members, sorted(state[one] for one in told), words, list(for_it)))
            if kept.written.get(id) == rests[id]:
                continue
        found.append(corroborate(group, witnesses, places, list(spoken.values()), list(for_it.values()), marks))
    return tuple(sorted(found, key=lambda one: one.id)), rests
