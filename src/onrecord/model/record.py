"""The record: what many reports say together, and what stands behind it.

Made anew from readings and judgements at every build; every row names the claims or documents it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from onrecord.model.claims import ActorKind, Bound, DatedBy
from onrecord.model.offsets import Span
from onrecord.model.text import Precision

CopyKind = Literal["verbatim", "edited", "paraphrased", "cites"]
COPY_KINDS: tuple[CopyKind, ...] = ("verbatim", "edited", "paraphrased", "cites")
ContradictionKind = Literal["number", "date", "place", "actor", "denial", "dispute", "wording", "inferred"]
InferenceLabel = Literal["contradiction", "entailment", "neutral"]
Verdict = Literal["accept", "reject", "merge", "split", "edit", "undo"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "merge", "split", "edit", "undo")


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """An office an actor held: ISO dates or None, and where that is known from."""

    title: str
    since: str | None
    until: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of the record; `mentions` are mention ids, `basis` why they are one, in words."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    aliases: tuple[str, ...]
    roles: tuple[RoleHeld, ...]
    wikidata: str | None
    key: str | None
    mentions: tuple[str, ...]
    basis: tuple[str, ...]


class ShownActor(Protocol):
    """What is shown of an actor where something names it: an `Actor`, or so much of one."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def country(self) -> str | None: ...
    @property
    def sector(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between an original and its copy; the spans lie in `of` and in `document`."""

    op: Literal["dropped", "added", "changed"]
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Copy:
    """`document` repeats `share` (0..1) of `of`."""

    document: str
    of: str
    share: float
    kind: CopyKind
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a lineage's text comes from, an agency or an outlet by name, and how that is known."""

    agency: str | None
    outlet: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Reports that descend from one text or one wire: one source, however many papers print it."""

    id: str
    documents: tuple[str, ...]
    origin: Provenance
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of several reports that are one: `members` are ids of events, statements or quantities."""

    id: str
    kind: Literal["event", "statement", "figure"]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as the record has it; `of` is the actor or event it measures, `group` those that measure the same.

    `giver` and `receiver` are mention ids."""

    id: str
    document: str
    span: Span
    value: float
    unit: str
    bound: Bound
    low: float | None
    high: float | None
    what: str
    of: str | None
    date: str | None
    group: str
    giver: str | None = None
    receiver: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span in a named document."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against, in words, with its weight and its evidence."""

    name: str
    weight: float
    words: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How many stand behind a group, counted by document, outlet and lineage."""

    id: str
    of: str
    documents: int
    outlets: int
    lineages: int
    first_hand: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """What a model of the user's own says of two texts: its likeliest label, how likely a contradiction is (0..1)."""

    label: InferenceLabel
    score: float
    model: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both hold, `spans` of each, and why in words; `inference` where a model was asked."""

    id: str
    kind: ContradictionKind
    left: str
    right: str
    spans: tuple[Evidence, Evidence]
    words: str
    inference: Inference | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline; `of` is an event group or a statement, `by` how its date is known."""

    date: str
    precision: Precision
    of: str
    headline: str
    documents: tuple[str, ...]
    lineages: int
    score: float
    by: DatedBy = "clause"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided: never derived, never overwritten. `undo` names the judgement it takes back.

    `edits` are the fields of its one subject that an "edit" puts a value of its own into (`EDITABLE`).
    """

    id: str
    verdict: Verdict
    subjects: tuple[str, ...]
    by: str
    at: str
    why: str
    edits: tuple[tuple[str, str], ...] = ()


# what a person may put right, by the table of what it is about; a value is checked against the family it belongs to
EDITABLE: dict[str, tuple[str, ...]] = {
    "events": ("type", "status"),
    "statements": ("speaker", "cue_kind", "certainty"),
    "figures": ("value", "unit", "bound"),
    "documents": ("outlet", "published"),
    "actors": ("name", "country"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A remark and tags on anything that has an id. A row with `takes_back` takes an earlier note back."""

    id: str
    subject: str
    tags: tuple[str, ...]
    words: str
    by: str
    at: str
    takes_back: str | None = None


@dataclass(frozen=True, slots=True)
class Inherited:
    """An event without days of its own, the event of its group whose days it takes, and these as a time value."""

    event: str
    donor: str
    value: str | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Changed:
    """Groups that are new, or not as they were when they were last written with their corroborations, and the ids of
    those that are no more."""

    made: tuple[Group, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestsOn:
    """By id, a hash of all that an actor or the rows of a report are made from; none where that was not worked out.
    Those of actors are in the order of their rows. `groups` is what must be written of groups; None: of all."""

    actors: Mapping[str, bytes] = field(default_factory=dict)
    reports: Mapping[str, bytes] = field(default_factory=dict)
    groups: Changed | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that linking makes, the actors by id, the figures by report. `resolved` gives for a mention's id that
    of its actor, `group_of` for a claim's that of its group.

    Where `rests_on` says which groups have changed, `corroborations` are those of these.
    """

    actors: Mapping[str, Actor] = field(default_factory=dict)
    resolved: Mapping[str, str] = field(default_factory=dict)
    lineages: tuple[Lineage, ...] = ()
    groups: Sequence[Group] = ()
    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    corroborations: tuple[Corroboration, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    inherited: tuple[Inherited, ...] = ()
    group_of: Mapping[str, str] = field(default_factory=dict)
    rests_on: RestsOn = field(default_factory=RestsOn)
