"""Many readings in, one record out: actors, lineages, groups, figures, corroboration, contradictions, timeline.

Every step is a plain function over values, called here by name and in order; no step knows another. Lineages are
decided before anything is counted. What people decided comes last and is never overruled. The order of the input does
not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.words import load_function_words
from onrecord.link.actors import link_actors
from onrecord.link.actors.sheets import read_sheet
from onrecord.link.alignment import edits_of_copy
from onrecord.link.columns import Numbers, mixed, numbers_in, paired, summed
from onrecord.link.contradictions import Asking
from onrecord.link.copies import Traits, find_bonds, find_rewritten, same_text, traits_of
from onrecord.link.copies.overlaps import packed_sketch
from onrecord.link.copies.rewritten import anchors_of
from onrecord.link.corroboration import standings
from onrecord.link.counting import find_corroborations
from onrecord.link.dates import MOSTLY, date_readings, told_days
from onrecord.link.edits import apply_edits, edit_actors
from onrecord.link.entering import date_groups
from onrecord.link.first_hand import marks_of
from onrecord.link.grouping import group_events, group_figures, group_statements
from onrecord.link.groups import Grouped, Groups
from onrecord.link.kept import Kept, hash_of
from onrecord.link.keys import ClaimKind
from onrecord.link.lineages import make_lineages
from onrecord.link.opposing import find_contradictions
from onrecord.link.pile import Figures, Pile, read_pile
from onrecord.link.reports import Report, Texts, read_reports
from onrecord.link.stories import group_stories, terms_of
from onrecord.link.timeline import in_order
from onrecord.model.claims import Reading
from onrecord.model.judgements import standing
from onrecord.model.record import Actor, Inherited, Judgement, Lineage, Record, RestsOn
from onrecord.model.text import Document

__all__ = ["Asking", "Kept", "Texts", "apply_edits", "compare_texts", "date_pile", "link_claims", "link_record"]


def compare_texts(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    kept: Kept | None = None,
    base: ActorBase | None = None,
) -> Texts:
    """The texts of a pile compared; a document without a reading has the date that it states. Given the `base` of
    actors, what is kept of a new report's reading is made in the same pass."""
    kept = kept or Kept()
    reports = read_reports(documents, {reading.document: reading.published for reading in readings})
    in_file = (reports[document.id] for document in documents)
    traits = _read_new(in_file, {one.document: one for one in readings}, base, kept)
    same = same_text(traits)
    original = {id: group[0] for group in same for id in group}
    # reports of the very same words count once, so that reprints make no word common
    texts = [report for id, report in reports.items() if original.get(id, id) == id]
    stories = group_stories(texts, load_function_words(), kept)
    bonds = find_bonds(texts, kept, traits)
    return Texts(reports, same, bonds, {id: stories[original.get(id, id)] for id in reports})


def _read_new(
    reports: Iterable[Report], readings: Mapping[str, Reading], base: ActorBase | None, kept: Kept
) -> dict[str, Traits]:
    """What bears on copies of each report, and of new ones all that is kept and rests on nothing else, made while these
    are in memory: of a large pile they are not for long. `reports` come in the order of their file; of those of the
    very same words only one is compared with others."""
    function_words, met, traits = load_function_words(), set[bytes](), dict[str, Traits]()
    for report in reports:
        is_new = report.id in kept.stamps and kept.get("words", report.id) is None
        traits[report.id] = traits_of(report, kept)
        words = traits[report.id].words
        if is_new and not (words and words in met):
            terms_of(report, function_words, kept)
            packed_sketch(report, kept)
            anchors_of(report, function_words, kept)
        met.add(words)
        if is_new and base and report.id in readings:
            reading = readings[report.id].whole()
            marks_of(report, kept)
            told_days(reading, kept)
            read_sheet(report.document.whole(), reading, base, kept)
    return traits


def date_pile(texts: Texts, readings: Sequence[Reading], kept: Kept | None = None) -> tuple[Reading, ...]:
    """The readings, those of reports without a stated date with what the dated ones of the pile say of it, and days
    counted from a report's own read again where that is now known."""
    prints = {group[0]: group for group in texts.same}
    alike = [(group, group) for group in texts.same]
    for bond in texts.bonds:
        if min(bond.left_share, bond.right_share) >= MOSTLY:
            alike.append((prints.get(bond.left, (bond.left,)), prints.get(bond.right, (bond.right,))))
    return date_readings(texts.reports, readings, alike, texts.stories, kept or Kept())


def link_record(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    base: ActorBase,
    texts: Texts | None = None,
    asking: Asking | None = None,
    kept: Kept | None = None,
) -> Record:
    """The record of some documents and what was read in them, with what people decided about it.

    `base` are the actors known beforehand, `texts` the documents' texts compared, where that is done already; `asking`
    is a language-inference model that is asked about contradictions, `kept` what earlier linking worked out.
    """
    cast = link_actors(documents, readings, judgements, base, kept, lambda made: edit_actors(made, judgements))
    of_actors = cast.actors, cast.resolved, cast.acting, cast.shown
    record = link_claims(documents, readings, judgements, *of_actors, texts, asking, kept)
    return replace(record, rests_on=replace(record.rests_on, actors=cast.rests_on))


def link_claims(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    actors: Mapping[str, Actor],
    resolved: Mapping[str, str],
    acting: Mapping[str, bytes] | None = None,
    shown: Mapping[str, bytes] | None = None,
    texts: Texts | None = None,
    asking: Asking | None = None,
    kept: Kept | None = None,
) -> Record:
    """The record, its actors being known: `resolved` gives for a mention's id one of `actors`.

    `acting` is for each report a hash of what claims rest on of the actors of its mentions, `shown` one of what rows
    show of these, where that is known; nothing is kept where it is not.
    """
    decided, kept = _in_order(judgements), kept if kept and shown else Kept()
    texts = texts or compare_texts(documents, readings, kept)
    pile = read_pile(texts, readings, actors, resolved, kept, acting or {})
    lineages = _lineages(pile.reports, texts, kept)
    lineage_of = {document: lineage.id for lineage in lineages for document in lineage.documents}
    places = standings(lineages, {report.id: report.document.outlet.value for report in pile.reports.values()})
    states = {
        id: hash_of((rests_on, (place := places[id]).lineage, place.outlet, place.copy_of))
        for id, rests_on in pile.rests_on.items()
    }
    numbers = numbers_in(states[id][:8] for id in pile.documents)
    named = paired(numbers, numbers_in(shown[id] for id in pile.documents)) if shown else numbers
    events = group_events(pile, lineage_of, kept).judged(decided)
    event_group = events.by_claim()
    statements = group_statements(pile, kept).judged(decided)
    figures = group_figures(pile, events, event_group, kept).judged(decided)
    grouped: dict[ClaimKind, Grouped] = {"event": events, "statement": statements, "figure": figures}
    group_of = event_group | statements.by_claim() | figures.by_claim()
    contradictions = find_contradictions(pile, grouped, group_of, lineage_of, numbers, decided, asking, kept)
    corroborations, changed = find_corroborations(pile, grouped, places, numbers, contradictions, decided, kept)
    dated = date_groups(pile, events, lineage_of, named, kept)
    inherited = tuple(sorted((lent for one in dated for lent in one.inherited), key=attrgetter("event")))
    told_in = _told_in(pile, readings, grouped, named, inherited) if kept.stamps else {}
    return Record(
        actors=actors,
        resolved=resolved,
        lineages=lineages,
        groups=Groups(events, statements, figures),
        figures=Figures(pile, group_of),
        corroborations=corroborations,
        contradictions=contradictions,
        inherited=inherited,
        timeline=in_order(one.entered for one in dated if one.entered),
        group_of=group_of,
        rests_on=RestsOn(reports=told_in, groups=changed),
    )


def _told_in(
    pile: Pile,
    readings: Iterable[Reading],
    grouped: Mapping[ClaimKind, Grouped],
    states: Numbers,
    inherited: Iterable[Inherited],
) -> dict[str, bytes]:
    """For each report a hash of what its rows are made from; `states` are hashes of all of it but groups and days."""
    lent: dict[str, list[Inherited]] = defaultdict(list)
    for days in inherited:
        lent[pile.events.document_of[days.event]].append(days)
    for of in grouped.values():
        claims = paired(of.table.codes, of.codes_of_rows())
        states = mixed(states) + summed(claims, of.table.reports, len(pile.documents))
    known = dict(zip(pile.documents, states.tolist(), strict=True))
    return {one.document: hash_of((known[one.document], one.published, lent.get(one.document))) for one in readings}


def _in_order(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that stand, the oldest first."""
    return standing(sorted(judgements, key=lambda judgement: (judgement.at, judgement.id)))


def _lineages(reports: Mapping[str, Report], texts: Texts, kept: Kept) -> tuple[Lineage, ...]:
    """Lineages of reports, with what each copy changed."""
    doubles = {id for group in texts.same for id in group[1:]}
    once = [report for report in reports.values() if report.id not in doubles]
    rewritten = find_rewritten(once, texts.bonds, load_function_words(), kept)

    def with_edits(lineage: Lineage) -> Lineage:
        copies = []
        for copy in lineage.copies:
            if copy.of in lineage.documents:  # of a passage taken from elsewhere, all the rest would be an edit
                edits, only_cut = edits_of_copy(reports[copy.of], reports[copy.document], kept)
                kind = "edited" if copy.kind == "verbatim" and not only_cut else copy.kind
                copy = replace(copy, kind=kind, edits=edits)
            copies.append(copy)
        return replace(lineage, copies=tuple(copies))

    return make_lineages(list(reports.values()), (*texts.bonds, *rewritten), texts.same, kept, with_edits)
