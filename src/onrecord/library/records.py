"""The rows of docs/record.md as frozen values: what iterating over a table gives.

Fields have the names of the record's; where one is a word of Python, an underscore follows it (`Role.from_`). A list
is a tuple, a span of words a `Span`; unknown is None. Values compare by what they hold and can be pickled.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.library.shown import Shown


@dataclass(frozen=True)
class Span:
    """Words of a report: code points [start, end) of its text, and of the decoded original."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    text: str


@dataclass(frozen=True)
class Cited(Span):
    """Words of a report that is named."""

    document: str


@dataclass(frozen=True)
class ActorRef:
    """An actor in short; `country` is ISO 3166 alpha-3."""

    id: str
    name: str
    kind: str
    country: str | None


@dataclass(frozen=True)
class PartyRef(ActorRef):
    """An actor in short, with its PLOVER sector."""

    sector: str | None


@dataclass(frozen=True)
class Party:
    """One side of an event: the words, and who that is where it is known."""

    span: Span
    actor: PartyRef | None


@dataclass(frozen=True)
class Date:
    """A day: TIMEX3 value or None, its precision, the words, how they were read, and who says so."""

    value: str | None
    precision: str
    text: str | None
    basis: str
    by: str


@dataclass(frozen=True)
class Cue:
    """Words that bound a report's date, and where they stand."""

    words: str
    span: Span


@dataclass(frozen=True)
class Published:
    """A report's date: a day, a minute, an interval `from/to` or None, with the cues found."""

    value: str | None
    precision: str
    basis: str
    text: str | None
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Basis:
    """Where each fact on a report was read."""

    title: str
    outlet: str
    author: str
    url: str
    language: str


@dataclass(frozen=True)
class Sign:
    """A sign that a report's text comes from elsewhere."""

    name: str
    kind: str
    span: Span | None


@dataclass(frozen=True)
class Part:
    """A block of a report's text."""

    kind: str
    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class Document(Shown):
    """A report. `text` is its stored text; shown in a notebook, its claims are marked in it."""

    id: str
    path: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    language: str | None
    published: Published
    lineage: str | None
    text_sha256: str
    basis: Basis
    origins: tuple[Sign, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The stored text; all offsets are into it."""
        return str(self._record.text(self.id))


@dataclass(frozen=True)
class Relay:
    """One who passed a statement on."""

    span: Span
    actor: ActorRef | None
    cue: Span | None


@dataclass(frozen=True)
class Statement(Shown):
    """Who said what, in one report."""

    id: str
    document: str
    path: str
    kind: str
    content: tuple[Span, ...]
    cue: Span | None
    cue_kind: str
    speaker: Span | None
    actor: ActorRef | None
    addressee: ActorRef | None
    relays: tuple[Relay, ...]
    negated: bool
    certainty: str
    said: Date | None
    part: str
    probability: float
    group: str | None


@dataclass(frozen=True)
class Place:
    """Where; degrees WGS 84."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str
    span: Span


@dataclass(frozen=True)
class Event(Shown):
    """Who did what to whom, as one report tells it; PLOVER type and mode."""

    id: str
    document: str
    path: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    trigger: Span
    evidence: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: Date | None
    place: Place | None
    magnitudes: tuple[str, ...]
    status: str
    told_by: str
    group: str | None
    quad: int
    scale: float | None
    cameo: str | None
    goldstein: float | None
    score: float


@dataclass(frozen=True)
class Figure(Shown):
    """An amount, what it counts, and who gives and gets it."""

    id: str
    document: str
    path: str
    span: Span
    value: float
    unit: str
    bound: str
    low: float | None
    high: float | None
    what: str
    of: str | None
    date: str | None
    giver: ActorRef | None
    receiver: ActorRef | None
    group: str | None


@dataclass(frozen=True)
class Role:
    """An office somebody held, ISO dates or None."""

    title: str
    from_: str | None
    to: str | None
    source: str


@dataclass(frozen=True)
class Actor:
    """A person, state, organisation, group or role with all its spellings."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    aliases: tuple[str, ...]
    roles: tuple[Role, ...]
    wikidata: str | None
    mentions: int
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Where a lineage's text comes from, and how that is known."""

    agency: str | None
    outlet: str | None
    basis: str


@dataclass(frozen=True)
class Edit:
    """One change between an original and its copy."""

    op: str
    from_: Span | None
    to: Span | None


@dataclass(frozen=True)
class Copy:
    """`document` repeats `share` (0 to 1) of the report `of`."""

    document: str
    of: str
    share: float
    kind: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Lineage:
    """Reports that descend from one text or wire: one source."""

    id: str
    documents: tuple[str, ...]
    origin: Origin
    copies: tuple[Copy, ...]


@dataclass(frozen=True)
class Reason:
    """Why a corroboration counts as it does, in words, with evidence."""

    name: str
    weight: float
    words: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True)
class Corroboration:
    """How many reports, outlets and independent lineages stand behind a group."""

    id: str
    of: str
    documents: int
    outlets: int
    lineages: int
    first_hand: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Inference:
    """What a language-inference model of one's own says of two sentences; `score`: how likely a contradiction is."""

    label: str
    score: float
    model: str


@dataclass(frozen=True)
class Contradiction(Shown):
    """Two claims that cannot both hold."""

    id: str
    kind: str
    left: str
    right: str
    spans: tuple[Cited, ...]
    words: str
    inference: Inference | None


@dataclass(frozen=True)
class Day:
    """The day of a timeline's entry, and who says so."""

    value: str
    precision: str
    by: str


@dataclass(frozen=True)
class TimelineEntry(Shown):
    """One line of the timeline."""

    date: Day
    event_group: str | None
    statement: str | None
    headline: str
    documents: tuple[str, ...]
    lineages: int
    score: float


@dataclass(frozen=True)
class Skip:
    """Something that was left out, and why."""

    document: str
    path: str
    stage: str
    reason: str
    detail: str
    span: Span | None
