"""What people decided, by what it is about: shown at once, whether the record has been linked with it or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model.judgements import standing
from onrecord.model.record import Judgement, Note
from onrecord.store import View


@dataclass(frozen=True, slots=True)
class Decisions:
    """The log, which of it stands, and both by subject."""

    log: tuple[Judgement, ...]
    by_subject: dict[str, tuple[Judgement, ...]]
    notes: dict[str, tuple[Note, ...]]

    def on(self, id: str) -> tuple[Judgement, ...]:
        """Standing judgements on one thing, oldest first."""
        return self.by_subject.get(id, ())

    def last(self, id: str) -> str:
        """The id of the last standing judgement on one thing, '' where there is none: what a form has seen."""
        held = self.by_subject.get(id, ())
        return held[-1].id if held else ""

    def verdict(self, *ids: str | None) -> str:
        """The last word on a claim or its group: accept, reject or ''."""
        held = [one for id in ids if id for one in self.by_subject.get(id, ()) if one.verdict in ("accept", "reject")]
        return max(held, key=lambda one: (one.at, one.id)).verdict if held else ""

    def mine(self, by: str) -> Judgement | None:
        """The last judgement of one person that stands."""
        held = {one.id: one for found in self.by_subject.values() for one in found if one.by == by}
        return max(held.values(), key=lambda one: (one.at, one.id), default=None)


def read_decisions(view: View) -> Decisions:
    log = view.judgements()
    return Decisions(log, _by_subject(standing(log)), _notes(view.notes()))


def _by_subject(judgements: Iterable[Judgement]) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        for subject in dict.fromkeys(judgement.subjects):
            found[subject].append(judgement)
    return {subject: tuple(held) for subject, held in found.items()}


def _notes(notes: Iterable[Note]) -> dict[str, tuple[Note, ...]]:
    found: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.subject].append(note)
    return {subject: tuple(held) for subject, held in found.items()}
