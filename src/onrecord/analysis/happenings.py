"""Event groups as one happening each: its day, its parties, who tells it. The ground floor of this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from onrecord.lexicon.cameo import read_cameo
from onrecord.lexicon.plover import read_kinds
from onrecord.store import Row, View
from onrecord.store.narrow import NarrowEvent, actor_rows, narrow_events, narrow_reports, parties_of_events

ScaleFrom = Literal["events", "type"]
HAPPENED = ("actual", "alleged", "historical")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event group. `weight` is lineages / (lineages + 1), as in the timeline; `sure` that a report tells it in its
    own voice, or two lineages do. Parties are actor rows; `day` is the first ISO day, '' where no report dates it.
    `hostility` is from -10, the most friendly, to 10, the most hostile: the Goldstein value of its events' CAMEO codes,
    mode and contexts included, with its sign turned; each lineage counts once. Where no event has one (a record of an
    earlier version, another program's events), it is the value of the bare type, and `scale_from` says so.
    """

    group: str
    type: str
    day: str
    actors: tuple[Row, ...]
    recipients: tuple[Row, ...]
    documents: frozenset[str]
    lineages: frozenset[str]
    events: tuple[str, ...]
    sure: bool
    hostility: float
    scale_from: ScaleFrom

    @property
    def weight(self) -> float:
        return len(self.lineages) / (len(self.lineages) + 1)


def happenings(view: View) -> Iterator[Happening]:
    """The event groups that some report tells as having happened, in order of their ids."""
    lineage_of = {id: report.lineage for id, report in narrow_reports(view).items()}
    parties = parties_of_events(view)
    actors = actor_rows(view, {id for held in parties.values() for found in held.values() for id in found})
    for group, events in groupby(narrow_events(view), key=lambda event: event.group):
        told = [event for event in events if event.status in HAPPENED]
        if told:
            doers, others = (
                tuple(actors[id] for id in sorted({id for e in told for id in parties[role].get(e.id, ())}))
                for role in ("actor", "recipient")
            )
            yield _happening(group, told, doers, others, lineage_of)


def _happening(
    group: str,
    told: list[NarrowEvent],
    actors: tuple[Row, ...],
    recipients: tuple[Row, ...],
    lineage_of: dict[str, str],
) -> Happening:
    documents = frozenset(event.document for event in told)
    lineages = frozenset(lineage_of[document] for document in documents)
    own = any(event.told_by == "narrator" and event.status == "actual" for event in told)
    return Happening(
        group,
        told[0].type,
        min((day for event in told if (day := first_day(event.date))), default=""),
        actors,
        recipients,
        documents,
        lineages,
        tuple(sorted(event.id for event in told)),
        own or len(lineages) > 1,
        *_hostility(told, lineage_of),
    )


def _hostility(told: list[NarrowEvent], lineage_of: dict[str, str]) -> tuple[float, ScaleFrom]:
    """The mean over lineages of what the event read most surely in each says; and where that comes from."""
    surest: dict[str, float] = {}
    for event in sorted(told, key=lambda event: (-event.score, event.id)):
        if event.goldstein is not None:
            surest.setdefault(lineage_of[event.document], event.goldstein)
    if not surest:
        return type_hostility()[told[0].type], "type"
    return -sum(surest.values()) / len(surest), "events"


@cache
def type_hostility() -> dict[str, float]:
    """How hostile an act of each PLOVER type is, by the CAMEO code of the type without mode or context."""
    table = read_cameo(read_kinds())
    return {type: -codes[-1].goldstein for (type, mode), codes in table.items() if mode is None}


def first_day(value: str) -> str:
    """The day that the value of a date begins with, '' where it names none: a month or a year is no day."""
    return value[:10] if len(value) >= 10 and value[4] == value[7] == "-" and value[8:10].isdigit() else ""


def countries(parties: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({party["country"] for party in parties if party["country"]}))
