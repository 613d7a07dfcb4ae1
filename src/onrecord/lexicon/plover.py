"""PLOVER's own tables: its types with quad, scores and modes, and its contexts. Checked when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table, split_listed
from onrecord.model.claims import EVENT_TYPES, QUADS, EventType

# fmt: off
EVERY_CONTEXT = frozenset({
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory",
    "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology",
    "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class EventKind:
    """A PLOVER type: its quad, its score and its modes' scores, and the prepositions that lead to its recipient."""

    type: EventType
    quad: int
    score: float
    modes: Mapping[str, float]
    toward: tuple[str, ...]

    def scale(self, mode: str | None) -> float:
        """The conflict-cooperation score of a mode, or of the type without one."""
        return self.score if mode is None else self.modes[mode]


def read_kinds(name: str = "plover.tsv") -> dict[EventType, EventKind]:
    """Read and check the table of types: each once, with the quad that the model gives it."""
    kinds: dict[EventType, EventKind] = {}
    for line, row in read_table(name, ("type", "quad", "score", "modes", "toward")):
        type_ = event_type(row["type"], name, line)
        if type_ in kinds:
            raise LexiconError(f"{name}:{line}: {type_} stands here twice")
        modes = dict(part.split("=") for part in split_listed(row["modes"]))
        scores = {mode: float(score) for mode, score in modes.items()}
        if int(row["quad"]) != QUADS[type_]:
            raise LexiconError(f"{name}:{line}: {type_} is of quad {QUADS[type_]}")
        kinds[type_] = EventKind(type_, int(row["quad"]), float(row["score"]), scores, split_listed(row["toward"]))
    missing = [type_ for type_ in EVENT_TYPES if type_ not in kinds]
    if missing:
        raise LexiconError(f"{name}: no row for {', '.join(missing)}")
    return kinds


def event_type(word: str, name: str, line: int) -> EventType:
    """A cell as an event type; LexiconError where it is none."""
    for type_ in EVENT_TYPES:
        if word == type_:
            return type_
    raise LexiconError(f"{name}:{line}: {word!r} is no event type")


def mode_of(word: str, kind: EventKind, name: str, line: int) -> str | None:
    """A cell as a mode of a type, None for "-"; LexiconError where the type has none such."""
    if word == "-":
        return None
    if word not in kind.modes:
        raise LexiconError(f"{name}:{line}: {kind.type} has no mode {word!r}")
    return word


def check_contexts(contexts: Iterable[str], name: str, line: int) -> None:
    """LexiconError where a word is none of the contexts."""
    unknown = [context for context in contexts if context not in EVERY_CONTEXT]
    if unknown:
        raise LexiconError(f"{name}:{line}: unknown context {', '.join(unknown)}")
