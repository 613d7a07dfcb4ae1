"""What some lineages tell and others, which wrote of the same parties at the same time, do not mention.

A fact about texts, not a reproach: a report may leave out what its writer did not know or had no room for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onrecord.analysis.happenings import Happening, countries, first_day, happenings
from onrecord.store import Row, View

TOLD_BY = 2  # lineages that tell of a happening at the least: what one alone tells, the others did not leave out
SOON = 7  # days after it in which a report had the chance to tell of it


def find_omissions(view: View) -> Iterator[Row]:
    """One row for each happening of two lineages or more that another lineage had the chance to tell of and did not.

    The chance: a report that came out on its day or within a week after and names one of those who did it and, where
    it was done to somebody, one of these. The most widely told come first.
    """
    reports = {row["id"]: row for row in view.rows("documents")}
    came_out = {id: first_day(row["published"]) for id, row in reports.items()}
    named = _named(view)
    lineages: dict[str, list[str]] = {}
    for id, row in reports.items():
        lineages.setdefault(row["lineage"], []).append(id)
    headlines = {row["event_group"]: row["headline"] for row in view.rows("timeline")}
    told = [one for one in happenings(view) if len(one.lineages) >= TOLD_BY and one.day and one.actors]
    for one in sorted(told, key=lambda one: (-len(one.lineages), one.day, one.group)):
        silent = []
        for lineage in sorted(set(lineages) - one.lineages):
            chances = [id for id in sorted(lineages[lineage]) if _had_chance(one, came_out[id], named.get(id, set()))]
            if chances:
                outlets = sorted({reports[id]["outlet"] for id in chances if reports[id]["outlet"]})
                silent.append({"lineage": lineage, "outlets": outlets, "documents": chances})
        if silent:
            yield {
                "event_group": one.group,
                "date": one.day,
                "headline": headlines.get(one.group, ""),
                "told_by": sorted(one.lineages),
                "left_out_by": silent,
            }


def _named(view: View) -> dict[str, set[str]]:
    """Ids and countries of all who act, speak or are acted upon in each report."""
    found: dict[str, set[str]] = {}
    for row in view.rows("events"):
        for side in (*row["actors"], *row["recipients"]):
            _add(found, row["document"], side["actor"])
    for row in view.rows("statements"):
        _add(found, row["document"], row["actor"])
    return found


def _add(found: dict[str, set[str]], document: str, actor: Row | None) -> None:
    if actor:
        found.setdefault(document, set()).update(key for key in (actor["id"], actor["country"]) if key)


def _had_chance(one: Happening, came_out: str, named: set[str]) -> bool:
    if not came_out:
        return False
    gap = (datetime.date.fromisoformat(came_out) - datetime.date.fromisoformat(one.day)).days
    return 0 <= gap <= SOON and all(_names(named, side) for side in (one.actors, one.recipients) if side)


def _names(named: set[str], side: tuple[Row, ...]) -> bool:
    """Whether a report names a side: of one with several states (two presidents who met), two of them."""
    states = set(countries(side))
    known = states & named if states else {party["id"] for party in side} & named
    return len(known) >= min(2, max(1, len(states)))
