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
from typing import Any

import msgspec

from onrecord.lexicon import Lexicon
from onrecord.lexicon.words import load_function_words
from onrecord.link.actors import link_actors
from onrecord.link.alignment import edits_of_copy
from onrecord.link.contradictions import Asking
from onrecord.link.copies import find_bonds, find_rewritten, same_text
from onrecord.link.corroboration import Standing, Witness, corroborate, find_witnesses, id_of, standings
from onrecord.link.dates import MOSTLY, date_readings, inherit_days
from onrecord.link.edits import apply_edits, edit_actors
from onrecord.link.figures import in_group
from onrecord.link.first_hand import marks_of_claims
from onrecord.link.grouping import find_reprints, group_events, group_figures, group_statements
from onrecord.link.groups import judge_groups, verdicts
from onrecord.link.kept import Kept, hash_bytes, hash_of
from onrecord.link.lineages import make_lineages
from onrecord.link.opposing import find_contradictions
from onrecord.link.pile import Pile, read_pile
from onrecord.link.reports import Report, Texts, read_report
from onrecord.link.stories import group_stories
from onrecord.link.timeline import Entered, in_order, is_named_so, make_entry
from onrecord.model.claims import Reading
from onrecord.model.judgements import standing
from onrecord.model.record import (
    Actor,
    Contradiction,
    Corroboration,
    Figure,
    Group,
    Inherited,
    Judgement,
    Lineage,
    Record,
    RestsOn,
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
    reports = {id: hash_of((told, cast.shown[id])) for id, told in record.rests_on.reports.items()}
    return replace(record, rests_on=replace(record.rests_on, actors=cast.rests_on, reports=reports))


def link_claims(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    judgements: Sequence[Judgement],
    actors: Mapping[str, Actor],
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
    places = standings(lineages, {report.id: report.document.outlet.value for report in pile.reports.values()})
    states = {
        id: hash_of((rests_on, (place := places[id]).lineage, place.outlet, place.copy_of))
        for id, rests_on in pile.rests_on.items()
    }
    reprints = find_reprints(pile, kept)
    events = judge_groups(group_events(pile, lineage_of, reprints["event"], kept), decided)
    statements = judge_groups(group_statements(pile, reprints["statement"], kept), decided)
    figures = judge_groups(group_figures(pile, _by_member(events), reprints["figure"], kept), decided)
    groups = (*events, *statements, *figures)
    group_of = _by_member(groups)
    contradictions = find_contradictions(pile, groups, group_of, lineage_of, states, decided, asking, kept)
    corroborations, rests_on = _corroborations(pile, groups, places, states, contradictions, decided, kept)
    dated = _dates(pile, events, lineage_of, states, kept)
    return Record(
        actors=actors,
        resolved=resolved,
        lineages=lineages,
        groups=tuple(sorted(groups, key=lambda group: group.id)),
        figures=_figures(pile, group_of),
        corroborations=corroborations,
        contradictions=contradictions,
        inherited=tuple(sorted((lent for one in dated for lent in one.inherited), key=attrgetter("event"))),
        timeline=in_order(one.entered for one in dated if one.entered),
        rests_on=RestsOn(
            reports=_told_in(pile, readings, group_of, states, dated) if kept.stamps else {}, corroborations=rests_on
        ),
    )


def _told_in(
    pile: Pile,
    readings: Iterable[Reading],
    group_of: Mapping[str, str],
    states: Mapping[str, bytes],
    dated: Iterable[_Dated],
) -> dict[str, bytes]:
    """For each report a hash of what its rows are made from, but for what they show of actors."""
    lent: dict[str, list[Inherited]] = defaultdict(list)
    for one in dated:
        for days in one.inherited:
            lent[pile.events.document_of[days.event]].append(days)
    found = {}
    for reading in readings:
        id, of = reading.document, pile.keys[reading.document]
        claims = [one.id for one in of.events]
        claims += [one.id for one in of.statements]
        claims += [one.figure.id for one in of.measured]
        found[id] = hash_of((states[id], reading.published, [group_of.get(claim) for claim in claims], lent.get(id)))
    return found


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


def _figures(pile: Pile, group_of: Mapping[str, str]) -> tuple[Figure, ...]:
    keys = (key for of in pile.keys.values() for key in of.measured)
    found = (in_group(key.figure, group_of[key.figure.id]) for key in keys if key.figure.id in group_of)
    return tuple(sorted(found, key=lambda figure: figure.id))


def _corroborations(
    pile: Pile,
    groups: Iterable[Group],
    places: Mapping[str, Standing],
    states: Mapping[str, bytes],
    contradictions: Iterable[Contradiction],
    judgements: Iterable[Judgement],
    kept: Kept,
) -> tuple[tuple[Corroboration, ...], dict[str, bytes]]:
    """Those that are not as they were written, and what each rests on."""
    accepted = verdicts(judgements, "accept")
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in contradictions:
        for claim in (contradiction.left, contradiction.right):
            against[claim].append(contradiction)
    changed: list[tuple[Group, list[Contradiction], list[Judgement]]] = []
    rests: dict[str, bytes] = {}
    document_of = {
        "event": pile.events.document_of, "statement": pile.statements.document_of, "figure": pile.measured.document_of,
    }  # fmt: skip
    for group in groups:
        id, members = id_of(group), group.members
        spoken, for_it = list[Contradiction](), list[Judgement]()
        if not against.keys().isdisjoint(members):
            spoken = list({one.id: one for id in members for one in against.get(id, ())}.values())
        if accepted:
            for_it = list({one.id: one for id in (group.id, *members) for one in accepted.get(id, ())}.values())
        if kept.stamps:
            placed = document_of[group.kind]
            if len(members) == 1 and not spoken and not for_it:  # as most groups are
                rests[id] = pile.contents[members[0]] + states[placed[members[0]]]
            else:
                told = {placed[id] for id in members}
                told.update(span.document for one in spoken for span in one.spans)
                parts = [*(pile.contents[id] for id in members), *sorted(states[one] for one in told)]
                if spoken or for_it:
                    parts.append(hash_of(([(one.id, one.words) for one in spoken], [one.id for one in for_it])))
                rests[id] = hash_bytes(parts)
            if kept.written.get(id) == rests[id]:
                continue
        changed.append((group, spoken, for_it))
    witnesses = _witnesses(pile, (group for group, _, _ in changed))
    marks = marks_of_claims(((one.id, one.document, one.span) for one in witnesses.values()), pile.reports, kept)
    found = [corroborate(group, witnesses, places, spoken, for_it, marks) for group, spoken, for_it in changed]
    return tuple(sorted(found, key=lambda one: one.id)), rests


def _witnesses(pile: Pile, groups: Iterable[Group]) -> dict[str, Witness]:
    """The claims of some groups as something to count."""
    members: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        members[group.kind].extend(group.members)
    return find_witnesses(
        (pile.events[id] for id in members["event"]),
        (pile.statements[id] for id in members["statement"]),
        (pile.measured[id].figure for id in members["figure"]),
    )


class _Dated(msgspec.Struct, frozen=True, array_like=True):
    """What comes of the days of an event group: events with those that lend them theirs, and an entry."""

    state: bytes
    inherited: tuple[Inherited, ...]
    entered: Entered | None


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(tuple[_Dated, ...]).decode


def _dates(
    pile: Pile, groups: Iterable[Group], lineage_of: Mapping[str, str], states: Mapping[str, bytes], kept: Kept
) -> list[_Dated]:
    """Of each event group, as it was kept with the report of its first member or found now."""
    by_document: dict[str, list[Group]] = defaultdict(list)
    document_of = pile.events.document_of
    for group in groups:
        by_document[document_of[group.members[0]]].append(group)
    found: list[_Dated] = []
    for document, of in by_document.items():
        packed: Sequence[Any] | None = kept.get("dated", document)
        known = {one.state: one for one in _unpack(packed[0])} if packed else {}
        made = []
        for group in of:
            state = hash_of((group.id, [(pile.contents[id], states[document_of[id]]) for id in group.members]))
            held = known.get(state)
            if held is None or (held.entered and not is_named_so(held.entered, pile.resolved)):
                entered = make_entry(group, pile.events, pile.resolved, pile.reports, lineage_of)
                held = _Dated(state, inherit_days(group, pile.events), entered)
            made.append(held)
        if made != list(known.values()):
            kept.put("dated", document, (_pack(made),))
        found.extend(made)
    return found
