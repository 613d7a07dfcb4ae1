"""Event groups as one happening each: its day, its parties, who tells it. The ground floor of this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from onrecord.store import Row, View
from onrecord.store.narrow import NarrowEvent, actor_rows, narrow_events, narrow_reports, parties_of_events

# How hostile (+) or friendly (-) an act of each PLOVER type is, from -10 to 10. Set by hand, in the order in which
# Goldstein (1992) has like acts of the WEIS scheme; an order of magnitude, no measurement.
SCALE: dict[str, float] = {
    "AGREE": -3.0, "CONSULT": -1.5, "SUPPORT": -4.0, "CONCEDE": -3.0, "COOPERATE": -5.5, "AID": -7.0, "RETREAT": -5.0,
    "REQUEST": 1.5, "ACCUSE": 2.5, "REJECT": 4.0, "THREATEN": 5.5, "PROTEST": 6.0, "SANCTION": 6.0, "MOBILIZE": 7.0,
    "COERCE": 7.5, "ASSAULT": 9.5,
}  # fmt: skip
HAPPENED = ("actual", "alleged", "historical")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event group. `weight` is lineages / (lineages + 1), as in the timeline; `sure` that a report tells it in its
    own voice, or two lineages do. Parties are actor rows; `day` is the first ISO day, '' where no report dates it.
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
    )


def first_day(value: str) -> str:
    """The day that the value of a date begins with, '' where it names none: a month or a year is no day."""
    return value[:10] if len(value) >= 10 and value[4] == value[7] == "-" and value[8:10].isdigit() else ""


def countries(parties: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({party["country"] for party in parties if party["country"]}))
