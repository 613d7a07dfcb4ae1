"""Event groups as one happening each: its day, its parties, who tells it. The ground floor of this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon.cameo import read_cameo
from onrecord.lexicon.plover import read_kinds
from onrecord.store import Row, View

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
        *_hostility(told, lineage_of),
    )


def _hostility(told: list[Row], lineage_of: dict[str, str]) -> tuple[float, ScaleFrom]:
    """The mean over lineages of what the event read most surely in each says; and where that comes from."""
    surest: dict[str, Row] = {}
    for row in sorted(told, key=lambda row: (-row["score"], row["id"])):
        if row["goldstein"] is not None:
            surest.setdefault(lineage_of[row["document"]], row)
    if not surest:
        return type_hostility()[told[0]["event_type"]], "type"
    return -sum(row["goldstein"] for row in surest.values()) / len(surest), "events"


@cache
def type_hostility() -> dict[str, float]:
    """How hostile an act of each PLOVER type is, by the CAMEO code of the type without mode or context."""
    table = read_cameo(read_kinds())
    return {type: -codes[-1].goldstein for (type, mode), codes in table.items() if mode is None}


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
