"""WorldEvents: dated events of public knowledge, by the words that a report names them with.

Words are folded as names are (`spelling.fold_words`). A group is met where one of its forms stands in the sentence, or,
for a group that may stand anywhere, in the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.errors import LexiconError
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.table import read_table, split_listed

EventKnown = Literal["named", "happened", "recurring", "planned"]
EVENT_KNOWN: tuple[EventKnown, ...] = ("named", "happened", "recurring", "planned")


@dataclass(frozen=True, slots=True)
class Words:
    """Forms of which one must be met: each is words between blanks, open at its end where it is the start of a word."""

    forms: tuple[str, ...]
    anywhere: bool = False

    def met(self, sentence: str, report: str) -> bool:
        """Whether a form stands in a stretch of folded words between blanks (" russia s invasion ")."""
        text = report if self.anywhere else sentence
        return any(form in text for form in self.forms)


@dataclass(frozen=True, slots=True)
class WorldEvent:
    """An event from `first` to `last`; `heads` are the words that name it, word by word, `others` what goes with them."""

    first: date
    last: date
    kind: EventKnown
    heads: tuple[tuple[tuple[str, ...], bool], ...]
    others: tuple[Words, ...]
    without: Words
    label: str

    def fits(self, sentence: str, report: str) -> bool:
        """Whether everything but the head is met, and nothing speaks for another event."""
        return all(words.met(sentence, report) for words in self.others) and not self.without.met(sentence, report)


@dataclass(frozen=True, slots=True, eq=False)
class WorldEvents:
    """All events, found by the first word of their heads; equal only to itself."""

    by_word: Mapping[str, tuple[tuple[WorldEvent, tuple[str, ...], bool], ...]]
    starts: tuple[tuple[str, WorldEvent, tuple[str, ...]], ...]

    def named_at(self, words: tuple[str, ...], index: int) -> list[tuple[WorldEvent, int]]:
        """Events whose head stands at a word, with the number of its words."""
        found = []
        for event, form, open_end in self.by_word.get(words[index], ()):
            stretch = words[index : index + len(form)]
            same = stretch == form
            begun = open_end and stretch[:-1] == form[:-1] and stretch[-1:] and stretch[-1].startswith(form[-1])
            if same or begun:
                found.append((event, len(form)))
        found.extend((event, 1) for start, event, form in self.starts if words[index].startswith(start) and form)
        return found


def load_world_events() -> WorldEvents:
    """Read and check the table."""
    by_word: dict[str, list[tuple[WorldEvent, tuple[str, ...], bool]]] = defaultdict(list)
    starts: list[tuple[str, WorldEvent, tuple[str, ...]]] = []
    for line, row in read_table("world_events.tsv", ("first", "last", "kind", "words", "without")):
        event = _event(line, row)
        for form, open_end in event.heads:
            if open_end and len(form) == 1:
                starts.append((form[0], event, form))
            else:
                by_word[form[0]].append((event, form, open_end))
    return WorldEvents({word: tuple(found) for word, found in by_word.items()}, tuple(starts))


def _event(line: int, row: Mapping[str, str]) -> WorldEvent:
    try:
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
    except ValueError:
        raise LexiconError(f"world_events.tsv:{line}: no day: {row['first']!r} or {row['last']!r}") from None
    kind = next((known for known in EVENT_KNOWN if known == row["kind"]), None)
    if kind is None or first > last:
        raise LexiconError(f"world_events.tsv:{line}: an unknown kind, or it ends before it begins")
    groups = [group.strip() for group in row["words"].split(" & ")]
    if not all(groups) or groups[0].startswith("@"):
        raise LexiconError(f"world_events.tsv:{line}: the first group must name the event: {row['words']!r}")
    heads = tuple((fold_words(form.rstrip("*")), form.endswith("*")) for form in split_listed(groups[0]))
    if not all(words for words, _ in heads):
        raise LexiconError(f"world_events.tsv:{line}: an empty form in {groups[0]!r}")
    label = " ".join(form for group in groups[:3] for form in split_listed(group.lstrip("@"))[:1]).replace("*", "")
    others = tuple(_words(group.lstrip("@"), group.startswith("@")) for group in groups[1:])
    return WorldEvent(first, last, kind, heads, others, _words(row["without"], False), f"{label} ({row['first']})")


def _words(cell: str, anywhere: bool) -> Words:
    forms = []
    for form in split_listed(cell):
        open_end = form.endswith("*")
        forms.append(f" {' '.join(fold_words(form.rstrip('*')))}{'' if open_end else ' '}")
    return Words(tuple(forms), anywhere)
