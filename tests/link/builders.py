"""Reports and their readings made by hand, a call a claim, so that linking is tested without any extractor."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.link import Asking, link_claims
from onrecord.model.claims import (
    Bound,
    CueKind,
    DatedBy,
    Event,
    EventType,
    Mention,
    PlaceRef,
    Quantity,
    Reading,
    Statement,
    Status,
    TimeRef,
)
from onrecord.model.ids import make_id
from onrecord.model.offsets import OffsetMap, Span
from onrecord.model.record import Actor, Judgement, Record, Verdict
from onrecord.model.text import Document, Fact, Origin, OriginKind, Part, PartKind, Precision, Published

PERSONS = {"Kofi Annan": "GHA", "Madeleine Albright": "USA", "William Cohen": "USA", "Slobodan Milosevic": "SRB"}
STATES = {"Sudan": "SDN", "Chad": "TCD", "Serbia": "SRB", "Washington": "USA", "Belgrade": "SRB", "Iraq": "IRQ"}
ACTORS = {
    name: Actor(
        make_id("ac", name), name, "person" if name in PERSONS else "state", country, None, (), (), None, None, (), ()
    )
    for name, country in {**STATES, **PERSONS}.items()
}
ALIASES = {"Belgrade": "Serbia", "Khartoum": "Sudan", "the UN chief": "Kofi Annan"}


def make_document(
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    origins: Sequence[tuple[str, OriginKind]] = (),
    url: str | None = None,
    kinds: Sequence[PartKind] = ("title",),
) -> Document:
    """A document whose lines are parts: `kinds` for the first ones, body for the rest."""
    parts, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if line:
            kind = kinds[number] if number < len(kinds) else "body"
            parts.append(Part(kind, Span(start, start + len(line))))
        start += len(line) + 1
    nothing = Fact(None, "test")
    return Document(
        id=make_id("do", text, outlet, published, url),
        path=f"{outlet}.txt",
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        offsets=OffsetMap.identity(len(text)),
        parts=tuple(parts),
        title=nothing,
        outlet=Fact(outlet, "test"),
        author=nothing,
        url=Fact(url, "test"),
        language=Fact("en", "test"),
        published=Published(published, "day" if published else "unknown", "test"),
        origins=tuple(Origin(name, kind, None) for name, kind in origins),
    )


@dataclass
class Draft:
    """A report to which claims are added by the words they stand on."""

    document: Document
    mentions: dict[str, Mention] = field(default_factory=dict)
    times: dict[str, TimeRef] = field(default_factory=dict)
    places: list[PlaceRef] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    resolved: dict[str, str] = field(default_factory=dict)

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def mention(self, words: str) -> str:
        span = self.span(words)
        id = make_id("me", self.document.id, span.start, span.end)
        actor = ACTORS[ALIASES.get(words, words)]
        self.mentions[id] = Mention(id, span, span, "name", actor.kind, 0, words, country=actor.country)
        self.resolved[id] = actor.id
        return id

    def time(self, words: str, start: str, end: str | None = None, precision: Precision = "day") -> str:
        span = self.span(words)
        id = make_id("ti", self.document.id, span.start, span.end)
        self.times[id] = TimeRef(id, span, "DATE", start if end is None else start[:7], precision, start, end or start)
        return id

    def amount(self, words: str, value: float, unit: str, what: str, bound: Bound = "exactly") -> str:
        span = self.span(words)
        id = make_id("qu", self.document.id, span.start, span.end)
        self.quantities.append(Quantity(id, span, value, None, None, unit, bound, what))
        return id

    def event(
        self,
        evidence: str,
        trigger: str,
        type: EventType,
        by: Sequence[str] = (),
        to: Sequence[str] = (),
        time: str | None = None,
        status: Status = "actual",
        amounts: Sequence[str] = (),
        told_by: str = "narrator",
        place: int | None = None,
        dated: DatedBy | None = None,
    ) -> str:
        span, cause = self.span(evidence), self.span(trigger)
        id = make_id("ev", self.document.id, type, cause.start, span.start)
        where = self.place(cause, place) if place is not None else None
        actors, recipients = (tuple(self.mention(name) for name in names) for names in (by, to))
        event = Event(
            id, type, None, (), cause, span, actors, recipients, status, told_by, time, where, tuple(amounts), 0.8,
            dated=dated,
        )  # fmt: skip
        self.events.append(event)
        return id

    def place(self, span: Span, geonameid: int) -> str:
        id = make_id("pl", self.document.id, span.start, geonameid)
        self.places.append(PlaceRef(id, span, str(geonameid), "literal", None, None, None, geonameid, "city"))
        return id

    def statement(
        self, content: str, cue: str, speaker: str | None, cue_kind: CueKind = "say", said: str | None = None
    ) -> str:
        span = self.span(content)
        id = make_id("st", self.document.id, span.start)
        by = self.mention(speaker) if speaker else None
        self.statements.append(Statement(id, "indirect", (span,), self.span(cue), cue_kind, by, said=said))
        return id

    def reading(self) -> Reading:
        return Reading(
            self.document.id,
            self.document.published,
            tuple(self.mentions.values()),
            tuple(self.times.values()),
            tuple(self.places),
            tuple(self.quantities),
            tuple(self.statements),
            tuple(self.events),
        )


def link(drafts: Sequence[Draft], judgements: Sequence[Judgement] = (), asking: Asking | None = None) -> Record:
    """The record of some drafts."""
    resolved = {mention: actor for draft in drafts for mention, actor in draft.resolved.items()}
    actors = {actor.id: actor for actor in ACTORS.values()}
    documents = [draft.document for draft in drafts]
    return link_claims(documents, [draft.reading() for draft in drafts], judgements, actors, resolved, asking=asking)


def judge(verdict: Verdict, *subjects: str, at: str = "2024-01-01T00:00:00Z", why: str = "") -> Judgement:
    return Judgement(make_id("jd", verdict, *subjects, at), verdict, subjects, "an editor", at, why)


def renamed(draft: Draft, outlet: str) -> Document:
    """The same document at another outlet."""
    document = draft.document
    return replace(document, id=make_id("do", document.id, outlet), outlet=Fact(outlet, "test"))
