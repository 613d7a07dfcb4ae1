"""What one report claims, each claim on spans of its text: mentions, times, places, quantities, statements, events.

Ids are content hashes of document and spans (`make_id`), so that a later stage can name an earlier one's value.
Nothing here is resolved beyond its own report: that is `onrecord.model.record`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.days import Counted
from onrecord.model.offsets import Span
from onrecord.model.text import Precision, Published

MentionKind = Literal["name", "nominal", "pronoun"]
ActorKind = Literal["person", "state", "organisation", "group", "role"]
ACTOR_KINDS: tuple[ActorKind, ...] = ("person", "state", "organisation", "group", "role")

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Bound = Literal["exactly", "about", "at_least", "at_most", "range"]
BOUNDS: tuple[Bound, ...] = ("exactly", "about", "at_least", "at_most", "range")

StatementKind = Literal["direct", "indirect", "mixed"]
CueKind = Literal[
    "say", "claim", "deny", "warn", "promise", "demand", "ask", "accuse", "praise", "threaten", "believe", "report",
    "confirm", "offer", "regret", "reject",
]  # fmt: skip
CUE_KINDS: tuple[CueKind, ...] = (
    "say", "claim", "deny", "warn", "promise", "demand", "ask", "accuse", "praise", "threaten", "believe", "report",
    "confirm", "offer", "regret", "reject",
)  # fmt: skip
Certainty = Literal["certain", "probable", "possible", "unknown"]

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
EVENT_TYPES: tuple[EventType, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
# PLOVER quad classes: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. SANCTION
# is 4 as in its own section of the manual (the manual's quad table says 3).
QUADS: dict[EventType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
Status = Literal["actual", "planned", "hypothetical", "negated", "historical", "alleged"]
STATUSES: tuple[Status, ...] = ("actual", "planned", "hypothetical", "negated", "historical", "alleged")
NARRATOR = "narrator"
# how the day of an event or statement is known: from its clause, its sentence, the sentence before, the report's day
DatedBy = Literal["clause", "sentence", "before", "report"]


@dataclass(frozen=True, slots=True)
class Skip:
    """Something left out, and why: `reason` is a short fixed phrase, `detail` says what was found.

    `document` is a document id, or the input's path where no document came of it.
    """

    document: str
    stage: str
    reason: str
    detail: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names or points to an actor.

    `head` is its head word: "officials" of "Russian officials", the whole name of a name.
    `chain` joins the mentions of one actor inside the report; `name` is the chain's best name there. `key` is the row
    of the built-in actor base it was found to be (for example ``state:RUS``, ``person:vladimir-putin``), or None, and
    `rule` how. `country` (ISO 3166 alpha-3) is the state the actor is, belongs to or speaks for, `sector` its PLOVER
    sector, `role` an office or role read in the text ("foreign minister").
    """

    id: str
    span: Span
    head: Span
    kind: MentionKind
    actor_kind: ActorKind
    chain: int
    name: str
    key: str | None = None
    rule: str = ""
    country: str | None = None
    sector: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time expression with its TIMEX3 type and value (None where it can't be anchored).

    `start` and `end` are ISO days, inclusive; `basis` says which rule and anchor gave them. `counted`: how the day is
    counted from the report's ("on Wednesday", "yesterday"), so that it can be read again where that becomes known.
    """

    id: str
    span: Span
    type: TimeType
    value: str | None
    precision: Precision
    start: str | None = None
    end: str | None = None
    modifier: str | None = None
    basis: str = ""
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place name; `kind` tells a place from a government or people that goes by its name. Degrees WGS 84."""

    id: str
    span: Span
    name: str
    kind: Literal["literal", "metonym", "demonym"]
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: Literal["site", "city", "region", "country", "area"]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: `value` (or `low`..`high`), `unit` ("USD", "troops", "killed", "percent", …), what it counts.

    `giver` and `receiver` are mention ids of those who give and get it, where the sentence names them.
    """

    id: str
    span: Span
    value: float
    low: float | None
    high: float | None
    unit: str
    bound: Bound
    what: str
    what_span: Span | None = None
    giver: str | None = None
    receiver: str | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """One who passed a statement on ("…, Reuters reported"): mention id, or None where only the words are known."""

    span: Span
    mention: str | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. `speaker` and `addressee` are mention ids; `speaker` None means the source is not named.

    `said` is a time's id, `dated` how it is known when it was said ("report": no time, but news of the report's days;
    None: not known). `content` may be in pieces ("…," he said. "…"). `probability`, 0 to 1, that this is a
    statement with this content, cue and source phrase; calibrated on news articles.
    """

    id: str
    kind: StatementKind
    content: tuple[Span, ...]
    cue: Span | None
    cue_kind: CueKind
    speaker: str | None
    addressee: str | None = None
    relays: tuple[Relay, ...] = ()
    negated: bool = False
    certainty: Certainty = "unknown"
    said: str | None = None
    part: Literal["body", "title", "caption"] = "body"
    probability: float = 0.0
    dated: DatedBy | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, as PLOVER has it. Actors, recipients are mention ids; times, places, quantities theirs.

    `score` is how likely the type is right (0..1). `scale` is PLOVER's conflict-cooperation score (-10..10) of the mode
    or type, `cameo` the CAMEO code nearest to type, mode and contexts, `goldstein` that code's value (-10..10). `dated`
    is how its day is known, as in a statement.
    """

    id: str
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    trigger: Span
    evidence: Span
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: Status
    told_by: str = NARRATOR
    time: str | None = None
    place: str | None = None
    magnitudes: tuple[str, ...] = ()
    score: float = 0.0
    scale: float | None = None
    cameo: str | None = None
    goldstein: float | None = None
    dated: DatedBy | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one report; `published` is its date after what the text itself says was weighed."""

    document: str
    published: Published
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeRef, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    skips: tuple[Skip, ...] = ()

    def whole(self) -> Reading:
        """This reading with all of it at hand, for who asks for much of it."""
        return self
