"""What people put right in what was read, put in before anything is linked: types, statuses, speakers, amounts, dates.

Only the value changes; the words, the spans and the ids stay, so that an edit can be undone and every other judgement
still finds its subject. A value that does not fit (a type that is none, a speaker of another report) is passed over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from onrecord.model.claims import (
    BOUNDS,
    CUE_KINDS,
    EVENT_TYPES,
    STATUSES,
    Certainty,
    Event,
    Quantity,
    Reading,
    Statement,
)
from onrecord.model.judgements import standing
from onrecord.model.record import Actor, Judgement
from onrecord.model.text import Document, Fact, Precision, Published

Edits = dict[str, dict[str, tuple[str, Judgement]]]  # subject -> field -> value and the judgement that gave it
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def edits_of(judgements: Iterable[Judgement]) -> Edits:
    """Edits that stand; of two for one field the later."""
    found: Edits = {}
    for judgement in standing(sorted(judgements, key=lambda one: (one.at, one.id))):
        if judgement.verdict == "edit":
            for field, value in judgement.edits:
                found.setdefault(judgement.subjects[0], {})[field] = (value.strip(), judgement)
    return found


def apply_edits(
    documents: Sequence[Document], readings: Sequence[Reading], judgements: Iterable[Judgement]
) -> tuple[list[Document], list[Reading]]:
    """Documents and readings with what people put right in them."""
    edits = edits_of(judgements)
    if not edits:
        return list(documents), list(readings)
    return [_document(d, edits) for d in documents], [_reading(r, edits) for r in readings]


def edit_actors(actors: Mapping[str, Actor], judgements: Iterable[Judgement]) -> dict[str, Actor]:
    """The actors that people gave a name or a country, with these; their old names stay as aliases."""
    return {id: _actor(actors[id], fields) for id, fields in edits_of(judgements).items() if id in actors}


def _actor(actor: Actor, fields: dict[str, tuple[str, Judgement]]) -> Actor:
    for field, (value, judgement) in fields.items():
        basis = (*actor.basis, f"{field} given by {judgement.by}: {judgement.why}")
        if field == "name" and value:
            aliases = tuple(sorted({*actor.aliases, actor.name}))
            actor = replace(actor, name=value, aliases=aliases, basis=basis)
        elif field == "country" and re.fullmatch(r"[A-Z]{3}|", value):
            actor = replace(actor, country=value or None, basis=basis)
    return actor


def _document(document: Document, edits: Edits) -> Document:
    outlet = edits.get(document.id, {}).get("outlet")
    if outlet is None:
        return document
    return replace(document, outlet=Fact(outlet[0] or None, _basis(outlet[1])))


def _basis(judgement: Judgement) -> str:
    return f"given by {judgement.by}: {judgement.why}"


def _reading(reading: Reading, edits: Edits) -> Reading:
    published = edits.get(reading.document, {}).get("published")
    if published is not None and DAY.fullmatch(published[0]):
        day = published[0]
        reading = replace(reading, published=Published(day, PRECISION[len(day)], _basis(published[1])))
    mentions = {mention.id for mention in reading.mentions}
    return replace(
        reading,
        events=tuple(_event(e, edits[e.id]) if e.id in edits else e for e in reading.events),
        statements=tuple(_statement(s, edits[s.id], mentions) if s.id in edits else s for s in reading.statements),
        quantities=tuple(_quantity(q, edits[q.id]) if q.id in edits else q for q in reading.quantities),
    )


def _event(event: Event, fields: dict[str, tuple[str, Judgement]]) -> Event:
    for type in EVENT_TYPES:
        if type == fields.get("type", ("",))[0] and type != event.type:
            event = replace(event, type=type, mode=None)  # a mode belongs to its type
    for status in STATUSES:
        if status == fields.get("status", ("",))[0]:
            event = replace(event, status=status)
    return event


def _statement(statement: Statement, fields: dict[str, tuple[str, Judgement]], mentions: set[str]) -> Statement:
    for kind in CUE_KINDS:
        if kind == fields.get("cue_kind", ("",))[0]:
            statement = replace(statement, cue_kind=kind)
    for certainty in CERTAINTIES:
        if certainty == fields.get("certainty", ("",))[0]:
            statement = replace(statement, certainty=certainty)
    speaker = fields.get("speaker", ("",))[0]
    return replace(statement, speaker=speaker) if speaker in mentions else statement


def _quantity(quantity: Quantity, fields: dict[str, tuple[str, Judgement]]) -> Quantity:
    if "value" in fields:
        try:
            value = float(fields["value"][0].replace(",", ""))
        except ValueError:
            value = quantity.value
        value = value if math.isfinite(value) else quantity.value
        quantity = replace(quantity, value=value, low=None, high=None)
    for bound in BOUNDS:
        if bound == fields.get("bound", ("",))[0] and bound != "range":  # a range needs two ends
            quantity = replace(quantity, bound=bound)
    unit = fields.get("unit", ("",))[0]
    return replace(quantity, unit=unit) if unit else quantity
