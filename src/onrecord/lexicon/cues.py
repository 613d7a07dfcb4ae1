"""Cues: the verbs, nouns, adjectives and phrases by which a report attributes words and thoughts to someone.

Each cue says what kind of statement it makes and in which forms the content can follow it; rows are checked at load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table, split_listed
from onrecord.model.claims import CUE_KINDS, CueKind

Register = Literal["speech", "thought", "sign", "act"]
REGISTERS: tuple[Register, ...] = ("speech", "thought", "sign", "act")
Frame = Literal["quote", "that", "to", "ing", "object", "small", "name"]
FRAMES: tuple[Frame, ...] = ("quote", "that", "to", "ing", "object", "small", "name")
NominalPos = Literal["noun", "adjective"]
SourceKind = Literal["people", "text"]

Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb, with its particle where it needs one ("point out"), and what can follow it."""

    word: str
    kind: CueKind
    register: Register
    frames: frozenset[Frame]
    prepositions: frozenset[str]
    hearer: bool


@dataclass(frozen=True, slots=True)
class NominalCue:
    """A noun or adjective ("warning", "confident"); `complements` are "that", "to" and prepositions."""

    word: str
    kind: CueKind
    complements: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues, by lemma; `prepositions` by their words ("according to" is ``("according", "to")``)."""

    verbs: Mapping[str, VerbCue]
    nouns: Mapping[str, NominalCue]
    adjectives: Mapping[str, NominalCue]
    prepositions: Mapping[tuple[str, ...], CueKind]
    light_verbs: frozenset[str]
    sources: Mapping[str, SourceKind]


def load_cues() -> Cues:
    """Read and check every cue table."""
    return Cues(
        verbs=_read_verbs(),
        nouns=_read_nominals("noun"),
        adjectives=_read_nominals("adjective"),
        prepositions=_read_prepositions(),
        light_verbs=frozenset(row["word"] for _, row in _rows("cue_light_verbs.tsv", ("word",), ("word",))),
        sources=_read_sources(),
    )


def _read_verbs(name: str = "cues.tsv") -> dict[str, VerbCue]:
    found: dict[str, VerbCue] = {}
    columns = ("word", "kind", "register", "frames", "prepositions", "hearer")
    for place, row in _rows(name, columns, ("word",)):
        frames = frozenset(_one_of(frame, FRAMES, place) for frame in split_listed(row["frames"]))
        prepositions = frozenset(split_listed(row["prepositions"]))
        if not frames and not prepositions:
            raise LexiconError(f"{place}: {row['word']} has neither a frame nor a preposition")
        found[row["word"]] = VerbCue(
            word=row["word"],
            kind=_one_of(row["kind"], CUE_KINDS, place),
            register=_one_of(row["register"], REGISTERS, place),
            frames=frames,
            prepositions=prepositions,
            hearer=_one_of(row["hearer"], ("yes", "no"), place) == "yes",
        )
    return found


def _read_nominals(pos: NominalPos, name: str = "cue_nominals.tsv") -> dict[str, NominalCue]:
    found: dict[str, NominalCue] = {}
    for place, row in _rows(name, ("word", "pos", "kind", "complements"), ("word", "pos")):
        if _one_of(row["pos"], ("noun", "adjective"), place) != pos:
            continue
        complements = frozenset(split_listed(row["complements"]))
        if not complements:
            raise LexiconError(f"{place}: {row['word']} has no complement")
        found[row["word"]] = NominalCue(row["word"], _one_of(row["kind"], CUE_KINDS, place), complements)
    return found


def _read_prepositions(name: str = "cue_prepositions.tsv") -> dict[tuple[str, ...], CueKind]:
    rows = _rows(name, ("phrase", "kind"), ("phrase",))
    return {tuple(row["phrase"].split()): _one_of(row["kind"], CUE_KINDS, place) for place, row in rows}


def _read_sources(name: str = "cue_sources.tsv") -> dict[str, SourceKind]:
    rows = _rows(name, ("word", "kind"), ("word",))
    return {row["word"]: _one_of(row["kind"], ("people", "text"), place) for place, row in rows}


def _rows(name: str, columns: tuple[str, ...], unique: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows with their place ("cues.tsv:12"); an empty or doubled key is an error."""
    seen: set[tuple[str, ...]] = set()
    for number, row in read_table(name, columns):
        place, key = f"{name}:{number}", tuple(row[column] for column in unique)
        if not all(key):
            raise LexiconError(f"{place}: empty {' or '.join(unique)}")
        if key in seen:
            raise LexiconError(f"{place}: {' '.join(key)} stands here twice")
        seen.add(key)
        yield place, row


def _one_of(word: str, allowed: tuple[Choice, ...], place: str) -> Choice:
    for choice in allowed:
        if word == choice:
            return choice
    raise LexiconError(f"{place}: {word!r} is none of {', '.join(allowed)}")
