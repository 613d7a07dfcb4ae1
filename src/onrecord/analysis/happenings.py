"""Event groups as one happening each: its day, its parties, who tells it. The ground floor of this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.store import Row, View

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
    lineage_of = {row["id"]: row["lineage"] for row in view.rows("documents")}
    by_group: dict[str, list[Row]] = defaultdict(list)
    for row in view.rows("events"):
        by_group[row["group"] or row["id"]].append(row)
    for group in sorted(by_group):
        rows = by_group[group]
        if any(row["status"] in HAPPENED for row in rows):
            yield _happening(group, rows, lineage_of)


def _happening(group: str, rows: list[Row], lineage_of: dict[str, str]) -> Happening:
    told = [row for row in rows if row["status"] in HAPPENED]
    documents = frozenset(row["document"] for row in told)
    lineages = frozenset(lineage_of[document] for document in documents)
    own = any(row["told_by"] == "narrator" and row["status"] == "actual" for row in told)
    return Happening(
        group,
        told[0]["event_type"],
        min((day for row in told if (day := _day(row["date"]))), default=""),
        _parties(row for event in told for row in event["actors"]),
        _parties(row for event in told for row in event["recipients"]),
        documents,
        lineages,
        tuple(sorted(row["id"] for row in told)),
        own or len(lineages) > 1,
    )


def _parties(rows: Iterable[Row]) -> tuple[Row, ...]:
    found = {row["actor"]["id"]: row["actor"] for row in rows if row["actor"]}
    return tuple(found[id] for id in sorted(found))


def _day(date: Row | None) -> str:
    """The day of an event that its text dates; what is only told as a report's news has none."""
    return "" if (date or {}).get("by") == "report" else first_day(date)


def first_day(date: Row | None) -> str:
    """The day of a date row, '' where it names none: a month or a year is no day."""
    value = (date or {}).get("value") or ""
    return value[:10] if len(value) >= 10 and value[4] == value[7] == "-" and value[8:10].isdigit() else ""


def countries(parties: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({party["country"] for party in parties if party["country"]}))
