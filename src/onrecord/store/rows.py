"""The record's rows as every face shows them: values in, plain JSON objects out, fields as in docs/record.md.

Nothing is worked out here: a row only puts together what reading and linking found, with the words of each span.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Container, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from onrecord.model.claims import QUADS, DatedBy, Event, Mention, Reading, Skip, Statement, TimeRef
from onrecord.model.days import news_days
from onrecord.model.lookup import chosen, shown_of
from onrecord.model.offsets import Span
from onrecord.model.record import (
    Actor,
    Contradiction,
    Corroboration,
    Evidence,
    Figure,
    Inherited,
    Lineage,
    Record,
    TimelineEntry,
)
from onrecord.model.text import Document
from onrecord.store.held import most_claims, place_of

Row = dict[str, Any]

# The tables of the record, in the order they are written; each is one `--table` of the export.
TABLES: tuple[str, ...] = (
    "documents", "statements", "events", "figures", "actors", "lineages", "corroborations", "contradictions",
    "timeline", "skips",
)  # fmt: skip


# tables each of whose rows is made from one value of the record
KEYED: tuple[str, ...] = ("actors", "lineages", "contradictions")
Keyed = Actor | Lineage | Corroboration | Contradiction

FACTS: tuple[str, ...] = ("title", "outlet", "author", "url", "language")


class Rows:
    """Makes the rows of one record. Holds look-ups by id only; documents and claims are not copied."""

    def __init__(self, documents: Sequence[Document], readings: Iterable[Reading], record: Record) -> None:
        self.documents = sorted(documents, key=lambda d: (d.path, d.id))
        self._document = {d.id: d for d in documents}
        self._reading = {r.document: r for r in readings}
        self._record = record
        self._actors = record.actors
        self._shown = shown_of(record.actors)
        self._actor_of = record.resolved
        self._lineage_of = {d: lineage.id for lineage in record.lineages for d in lineage.documents}
        self._lent_to = {lent.event: lent for lent in record.inherited}

    def of(self, table: str) -> Iterator[Row]:
        """All rows of a table of what was read in reports, in order."""
        rows: Iterator[Row] = getattr(self, f"_{table}")()
        return rows

    def some(self, documents: Container[str]) -> Rows:
        """The rows of some documents only: documents, statements, events, figures, mentions, skips."""
        some = copy.copy(self)
        some.documents = [d for d in self.documents if d.id in documents]
        return some

    def in_parts(self, documents: Container[str], size: int) -> Iterator[Rows]:
        """The same, of so many documents at a time, which are at hand then."""
        these = self.some(documents).documents
        for first in range(0, len(these), size):
            part = copy.copy(self)
            part.documents = [document.whole() for document in these[first : first + size]]
            part._document = {d.id: d for d in part.documents}
            part._reading = {d.id: self._reading[d.id].whole() for d in part.documents}
            mentions = (mention.id for reading in part._reading.values() for mention in reading.mentions)
            part._actor_of = chosen(self._actor_of, mentions)
            yield part

    def rests_on(self, document: str) -> list[object]:
        """All that the rows of a document, of its claims and its mentions are made from."""
        reading = self._reading[document]
        actors = (self._shown(self._actor_of.get(m.id, "")) for m in reading.mentions)
        return [
            self._document[document],
            reading,
            self._lineage_of.get(document),
            [(one.id, one.name, one.kind, one.country, one.sector) if one else None for one in actors],
            [self._record.group_of.get(statement.id) for statement in reading.statements],
            [self._record.group_of.get(event.id) for event in reading.events],
            [self._lent_to.get(event.id) for event in reading.events],
            self._record.figures.get(document, ()),
        ]

    def place_of(self, document: str) -> bytes:
        return place_of(self._document[document])

    def most_claims(self, document: str) -> int:
        return most_claims(self._reading[document])

    def values_of(self, table: str) -> Sequence[Keyed]:
        """The values that the rows of a keyed table are made from, in order."""
        if table == "actors":
            by_name = sorted(self._actors.values(), key=attrgetter("name", "id"))
            return sorted(by_name, key=lambda a: len(a.mentions), reverse=True)
        found: tuple[Keyed, ...] = getattr(self._record, table)
        return sorted(found, key=lambda value: value.id)

    def row_of(self, value: Keyed) -> Row:
        """The row of one value of a keyed table."""
        if isinstance(value, Actor):
            return self._an_actor(value)
        if isinstance(value, Lineage):
            return self._lineage(value)
        return self._corroboration(value) if isinstance(value, Corroboration) else self._contradiction(value)

    def mentions(self) -> Iterator[tuple[str, str, int, str, int]]:
        """Where each actor is named: actor, document, start, the mention's id in its reading, end."""
        for d, reading in self._read():
            for m in reading.mentions:
                actor = self._actor_of.get(m.id)
                if actor is not None:
                    yield actor, d.id, m.span.start, m.id, m.span.end

    def _documents(self) -> Iterator[Row]:
        for d in self.documents:
            published = self._reading[d.id].published
            parts = [{"kind": p.kind, **_offsets(d, p.span)} for p in d.parts]
            facts = {name: getattr(d, name) for name in FACTS}
            yield {
                "id": d.id,
                "path": d.path,
                **{name: fact.value for name, fact in facts.items()},
                "published": {
                    "value": published.value,
                    "precision": published.precision,
                    "basis": published.basis,
                    "text": published.text,
                    "cues": [{"words": cue.words, "span": span_row(d, cue.span)} for cue in published.cues],
                },
                "lineage": self._lineage_of.get(d.id),
                "text_sha256": d.text_sha256,
                "basis": {name: fact.basis for name, fact in facts.items()},
                "origins": [
                    {"name": o.name, "kind": o.kind, "span": span_row(d, o.span) if o.span else None} for o in d.origins
                ],
                "parts": parts,
            }

    def _statements(self) -> Iterator[Row]:
        for d, reading in self._read():
            mentions = {m.id: m for m in reading.mentions}
            times = {t.id: t for t in reading.times}
            for s in sorted(reading.statements, key=lambda s: (s.content[0], s.id)):
                said = times.get(s.said or "")
                yield {
                    "id": s.id,
                    "document": d.id,
                    "path": d.path,
                    "kind": s.kind,
                    "content": [span_row(d, span) for span in s.content],
                    "cue": span_row(d, s.cue) if s.cue else None,
                    "cue_kind": s.cue_kind,
                    "speaker": span_row(d, mentions[s.speaker].span) if s.speaker else None,
                    "actor": self._actor_row(s.speaker),
                    "addressee": self._actor_row(s.addressee),
                    "relays": self._relays(d, s),
                    "negated": s.negated,
                    "certainty": s.certainty,
                    "said": _when(d, reading, said, s.dated),
                    "part": s.part,
                    "probability": s.probability,
                    "group": self._record.group_of.get(s.id),
                }  # fmt: skip

    def _relays(self, d: Document, statement: Statement) -> list[Row]:
        return [
            {
                "span": span_row(d, relay.span),
                "actor": self._actor_row(relay.mention),
                "cue": span_row(d, relay.cue) if relay.cue else None,
            }
            for relay in statement.relays
        ]

    def _events(self) -> Iterator[Row]:
        for d, reading in self._read():
            mentions = {m.id: m for m in reading.mentions}
            for e in sorted(reading.events, key=lambda e: (e.trigger, e.id)):
                yield {
                    "id": e.id,
                    "document": d.id,
                    "path": d.path,
                    "event_type": e.type,
                    "mode": e.mode,
                    "contexts": list(e.contexts),
                    "trigger": span_row(d, e.trigger),
                    "evidence": span_row(d, e.evidence),
                    "actors": self._arguments(d, mentions, e.actors),
                    "recipients": self._arguments(d, mentions, e.recipients),
                    **self._circumstances(d, reading, e),
                    "status": e.status,
                    "told_by": e.told_by,
                    "group": self._record.group_of.get(e.id),
                    "quad": QUADS[e.type],
                    "scale": e.scale,
                    "cameo": e.cameo,
                    "goldstein": e.goldstein,
                    "score": round(e.score, 4),
                }

    def _arguments(self, d: Document, mentions: dict[str, Mention], ids: Sequence[str]) -> list[Row]:
        return [{"span": span_row(d, mentions[id].span), "actor": self._actor_row(id, sector=True)} for id in ids]

    def _circumstances(self, d: Document, reading: Reading, event: Event) -> Row:
        """Date, place and magnitudes of an event."""
        time = next((t for t in reading.times if t.id == event.time), None)
        place = next((p for p in reading.places if p.id == event.place), None)
        amounts = {q.id: q.span for q in reading.quantities}
        figures = {f.span: f.id for f in self._record.figures.get(d.id, ()) if event.magnitudes}
        return {
            "date": _lent_row(d, self._lent_to.get(event.id), time) or _when(d, reading, time, event.dated),
            "place": {
                "name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon,
                "geonameid": place.geonameid, "precision": place.precision, "span": span_row(d, place.span),
            } if place else None,
            "magnitudes": [figures[amounts[id]] for id in event.magnitudes if amounts[id] in figures],
        }  # fmt: skip

    def _figures(self) -> Iterator[Row]:
        for d in self.documents:
            yield from map(self._figure, self._record.figures.get(d.id, ()))

    def _figure(self, f: Figure) -> Row:
        d = self._document[f.document]
        return {
            "id": f.id, "document": d.id, "path": d.path, "span": span_row(d, f.span), "value": f.value, "unit": f.unit,
            "bound": f.bound, "low": f.low, "high": f.high, "what": f.what, "of": f.of, "date": f.date,
            "giver": self._actor_row(f.giver), "receiver": self._actor_row(f.receiver), "group": f.group,
        }  # fmt: skip

    def _an_actor(self, a: Actor) -> Row:
        return {
            "id": a.id,
            "name": a.name,
            "kind": a.kind,
            "country": a.country,
            "sector": a.sector,
            "aliases": list(a.aliases),
            "roles": [{"title": r.title, "from": r.since, "to": r.until, "source": r.source} for r in a.roles],
            "wikidata": a.wikidata,
            "mentions": len(a.mentions),
            "basis": list(a.basis),
        }

    def _lineage(self, lineage: Lineage) -> Row:
        copies = [
            {
                "document": c.document,
                "of": c.of,
                "share": round(c.share, 4),
                "kind": c.kind,
                "edits": [
                    {
                        "op": edit.op,
                        "from": span_row(self._document[c.of], edit.before) if edit.before else None,
                        "to": span_row(self._document[c.document], edit.after) if edit.after else None,
                    }
                    for edit in c.edits
                ],
            }
            for c in lineage.copies
        ]
        origin = dataclasses.asdict(lineage.origin)
        return {"id": lineage.id, "documents": list(lineage.documents), "origin": origin, "copies": copies}

    def _corroboration(self, c: Corroboration) -> Row:
        reasons = [
            {
                "name": reason.name,
                "weight": round(reason.weight, 4),
                "words": reason.words,
                "evidence": [self._evidence(evidence) for evidence in reason.evidence],
            }
            for reason in c.reasons
        ]
        counts = {"documents": c.documents, "outlets": c.outlets, "lineages": c.lineages, "first_hand": c.first_hand}
        return {"id": c.id, "of": c.of, **counts, "reasons": reasons}

    def _contradiction(self, c: Contradiction) -> Row:
        spans = [self._evidence(evidence) for evidence in c.spans]
        asked = c.inference and {"label": c.inference.label, "score": c.inference.score, "model": c.inference.model}
        row = {"id": c.id, "kind": c.kind, "left": c.left, "right": c.right, "spans": spans, "words": c.words}
        return {**row, "inference": asked}

    def timeline(self) -> list[tuple[TimelineEntry, bool]]:
        """The entries of the timeline in order, and whether each is of a group of events."""
        return [(entry, not entry.of.startswith("st_")) for entry in sorted(self._record.timeline, key=_place_in_time)]

    def row_of_entry(self, t: TimelineEntry, is_event: bool) -> Row:
        return {
            "date": {"value": t.date, "precision": t.precision, "by": t.by},
            "event_group": t.of if is_event else None,
            "statement": None if is_event else t.of,
            "headline": t.headline,
            "documents": list(t.documents),
            "lineages": t.lineages,
            "score": round(t.score, 4),
        }

    def _skips(self) -> Iterator[Row]:
        for d, reading in self._read():
            for skip in reading.skips:
                yield skip_row(skip, d)

    def _read(self) -> Iterator[tuple[Document, Reading]]:
        return ((d, self._reading[d.id]) for d in self.documents)

    def _evidence(self, evidence: Evidence) -> Row:
        return {"document": evidence.document, **span_row(self._document[evidence.document], evidence.span)}

    def _actor_row(self, mention: str | None, sector: bool = False) -> Row | None:
        actor = self._shown(self._actor_of.get(mention or "", ""))
        if actor is None:
            return None
        row: Row = {"id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country}
        return row | {"sector": actor.sector} if sector else row


def _place_in_time(entry: TimelineEntry) -> tuple[str, str, str]:
    """Where an entry stands in the timeline: one known to be no later than a day under that day."""
    last = entry.date.partition("/")[2] if entry.by == "report" else entry.date
    return last, entry.date, entry.of


def span_row(document: Document, span: Span) -> Row:
    """A span with its place in the original file and its words."""
    document = document.whole()
    return {**_offsets(document, span), "text": document.words(span)}


def skip_row(skip: Skip, document: Document | None = None) -> Row:
    """A skip; `document` is its report where there is one."""
    span = span_row(document, skip.span) if document and skip.span and len(skip.span) else None
    path = document.path if document else skip.document
    return {
        "document": skip.document, "path": path, "stage": skip.stage, "reason": skip.reason, "detail": skip.detail,
        "span": span,
    }  # fmt: skip


def _when(document: Document, reading: Reading, time: TimeRef | None, dated: DatedBy | None) -> Row | None:
    """When something happened or was said: its own time, else the days of its report's news, else None."""
    if time is not None:
        return _date_row(document, time, dated or "clause")
    days = news_days(reading.published.value) if dated == "report" else None
    if days is None:
        return None
    basis = f"told as news of the report's day, {reading.published.value}"
    return {"value": "/".join(days), "precision": "interval", "text": None, "basis": basis, "by": "report"}


def _lent_row(document: Document, lent: Inherited | None, time: TimeRef | None) -> Row | None:
    """The date that an event takes from another report's telling of it."""
    if lent is None:
        return None
    basis = f"as event {lent.donor} of another report has it"
    text = document.words(time.span) if time else None
    return {"value": lent.value, "precision": lent.precision, "text": text, "basis": basis, "by": "group"}


def _date_row(document: Document, time: TimeRef, by: str) -> Row:
    words = document.words(time.span)
    return {"value": time.value, "precision": time.precision, "text": words, "basis": time.basis, "by": by}


def _offsets(document: Document, span: Span) -> Row:
    raw = document.offsets.to_raw(span)
    return {"start": span.start, "end": span.end, "raw_start": raw.start, "raw_end": raw.end}
