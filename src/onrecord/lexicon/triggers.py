"""Triggers: the words that tell of an event, its PLOVER type and mode, who does it to whom, and what it must act on.

Rows keep their order: of two that fit equally well the first wins. Types, modes and word classes are checked at load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import LexiconError
from onrecord.lexicon.cameo import CameoTable, read_cameo
from onrecord.lexicon.plover import EventKind, check_contexts, event_type, mode_of, read_kinds
from onrecord.lexicon.table import read_table, split_cell, split_listed
from onrecord.model.claims import EventType

Kind = Literal["verb", "noun", "adjective"]
KINDS: tuple[Kind, ...] = ("verb", "noun", "adjective")
Frame = Literal["plain", "mutual", "visit", "host", "doer", "victim"]
FRAMES: tuple[Frame, ...] = ("plain", "mutual", "visit", "host", "doer", "victim")
Outer = Literal["agree", "promise", "future", "refuse", "threaten", "demand", "end", "breach"]
OUTERS: tuple[Outer, ...] = ("agree", "promise", "future", "refuse", "threaten", "demand", "end", "breach")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger: its head word, the other words of its phrase, and what it takes.

    `wanted` and `barred` are lemmas of which an object must, or must not, be one; None: anything goes. "*" in `barred`
    means that there must be no object.
    """

    head: str
    rest: tuple[str, ...]
    kind: Kind
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    frame: Frame
    toward: tuple[str, ...]
    wanted: frozenset[str] | None
    barred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Triggers:
    """All triggers by kind and head lemma, and the tables that their rules use."""

    by_head: Mapping[tuple[Kind, str], tuple[Trigger, ...]]
    kinds: Mapping[EventType, EventKind]
    words: Mapping[str, frozenset[str]]
    context_words: Mapping[str, tuple[str, ...]]
    decisions: Mapping[tuple[Outer, str], tuple[EventType, str | None]]
    cameo: CameoTable

    def is_a(self, name: str, lemma: str) -> bool:
        """Whether a lemma belongs to a word class."""
        return lemma in self.words[name]

    def decide(self, outer: Outer, type: EventType, mode: str | None) -> tuple[EventType, str | None] | None:
        """What an act becomes under another word, or None where it stays what it is."""
        for inner in (f"{type}/{mode}", type, "*"):
            found = self.decisions.get((outer, inner))
            if found is not None:
                return found
        return None


def load_triggers() -> Triggers:
    """Read and check the trigger tables."""
    kinds, words = read_kinds(), _read_words()
    decisions, codes = _read_decisions(kinds), read_cameo(kinds)
    return Triggers(_read_triggers(kinds, words), kinds, words, _read_contexts(), decisions, codes)


def _read_words(name: str = "trigger_words.tsv") -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for line, row in read_table(name, ("class", "words")):
        words = split_cell(row["words"])
        doubled = sorted({word for word in words if words.count(word) > 1})
        if doubled or row["class"] in classes:
            raise LexiconError(f"{name}:{line}: {', '.join(doubled) or row['class']} stands here twice")
        classes[row["class"]] = frozenset(words)
    return classes


def _read_contexts(name: str = "contexts.tsv") -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line, row in read_table(name, ("context", "words")):
        check_contexts((row["context"],), name, line)
        for word in split_cell(row["words"]):
            if row["context"] in found.setdefault(word, []):
                raise LexiconError(f"{name}:{line}: {word} stands here twice")
            found[word].append(row["context"])
    return {word: tuple(contexts) for word, contexts in found.items()}


def _read_decisions(
    kinds: Mapping[EventType, EventKind], name: str = "decisions.tsv"
) -> dict[tuple[Outer, str], tuple[EventType, str | None]]:
    found: dict[tuple[Outer, str], tuple[EventType, str | None]] = {}
    for line, row in read_table(name, ("outer", "inner", "type", "mode")):
        outer = next((outer for outer in OUTERS if outer == row["outer"]), None)
        if outer is None:
            raise LexiconError(f"{name}:{line}: {row['outer']!r} is none of {', '.join(OUTERS)}")
        if (outer, row["inner"]) in found:
            raise LexiconError(f"{name}:{line}: {outer} {row['inner']} stands here twice")
        if row["inner"] != "*":
            inner, _, inner_mode = row["inner"].partition("/")
            mode_of(inner_mode or "-", kinds[event_type(inner, name, line)], name, line)
        type_ = event_type(row["type"], name, line)
        found[outer, row["inner"]] = (type_, mode_of(row["mode"], kinds[type_], name, line))
    return found


def _read_triggers(
    kinds: Mapping[EventType, EventKind], words: Mapping[str, frozenset[str]], name: str = "triggers.tsv"
) -> dict[tuple[Kind, str], tuple[Trigger, ...]]:
    columns = ("words", "kind", "type", "mode", "contexts", "frame", "toward", "object")
    found: dict[tuple[Kind, str], list[Trigger]] = {}
    seen: set[tuple[str, str, str]] = set()
    for line, row in read_table(name, columns):
        for phrase in split_cell(row["words"]):
            key = (phrase, row["kind"], row["object"])
            if key in seen:
                raise LexiconError(f"{name}:{line}: {phrase!r} with this object stands here twice")
            seen.add(key)
            trigger = _trigger(phrase, row, kinds, words, f"{name}:{line}")
            found.setdefault((trigger.kind, trigger.head), []).append(trigger)
    return {head: tuple(rows) for head, rows in found.items()}


def _trigger(
    phrase: str,
    row: Mapping[str, str],
    kinds: Mapping[EventType, EventKind],
    words: Mapping[str, frozenset[str]],
    place: str,
) -> Trigger:
    name, _, line = place.partition(":")
    kind = next((kind for kind in KINDS if kind == row["kind"]), None)
    frame = next((frame for frame in FRAMES if frame == row["frame"]), None)
    if kind is None or frame is None:
        raise LexiconError(f"{place}: unknown kind {row['kind']!r} or frame {row['frame']!r}")
    type_ = event_type(row["type"], name, int(line))
    contexts = split_listed(row["contexts"])
    check_contexts(contexts, name, int(line))
    parts = phrase.split()
    head = parts.pop() if kind == "noun" else parts.pop(0)
    return Trigger(
        head=head,
        rest=tuple(parts),
        kind=kind,
        type=type_,
        mode=mode_of(row["mode"], kinds[type_], name, int(line)),
        contexts=contexts,
        frame=frame,
        toward=split_listed(row["toward"]) or kinds[type_].toward,
        wanted=_object_words([part for part in split_listed(row["object"]) if not part.startswith("!")], words, place),
        barred=_object_words([part[1:] for part in split_listed(row["object"]) if part.startswith("!")], words, place)
        or frozenset(),
    )


def _object_words(parts: Iterable[str], words: Mapping[str, frozenset[str]], place: str) -> frozenset[str] | None:
    """The lemmas that a list of classes and =words stands for; None for an empty list."""
    found: set[str] = set()
    for part in parts:
        if part == "*":
            found.add(part)
        elif part.startswith("="):
            found.add(part[1:])
        elif part in words:
            found |= words[part]
        else:
            raise LexiconError(f"{place}: no word class {part!r}")
    return frozenset(found) or None
