"""What some lineages tell and others, which wrote of the same parties at the same time, do not mention.

A fact about texts, not a reproach: a report may leave out what its writer did not know or had no room for.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from onrecord.analysis.happenings import Happening, countries, first_day, happenings
from onrecord.store import Row, View
from onrecord.store.narrow import NarrowReport, headlines, named_in, narrow_reports

TOLD_BY = 2  # lineages that tell of a happening at the least: what one alone tells, the others did not leave out
SOON = 7  # days after it in which a report had the chance to tell of it


def find_omissions(view: View) -> Iterator[Row]:
    """One row for each happening of two lineages or more that another lineage had the chance to tell of and did not.

    The chance: a report that came out on its day or within a week after and names one of those who did it and, where
    it was done to somebody, one of these. The most widely told come first.
    """
    reports = narrow_reports(view)
    came_out = sorted((day, id) for id, report in reports.items() if (day := first_day(report.published)))
    named = named_in(view)
    words = headlines(view)
    told = [one for one in happenings(view) if len(one.lineages) >= TOLD_BY and one.day and one.actors]
    for one in sorted(told, key=lambda one: (-len(one.lineages), one.day, one.group)):
        last = (datetime.date.fromisoformat(one.day) + datetime.timedelta(days=SOON)).isoformat()
        chances: dict[str, list[NarrowReport]] = defaultdict(list)
        for _, id in came_out[bisect_left(came_out, (one.day, "")) : bisect_right(came_out, (last, "\U0010ffff"))]:
            report = reports[id]
            if report.lineage not in one.lineages and _had_chance(one, named.get(id, set())):
                chances[report.lineage].append(report)
        if chances:
            yield {
                "event_group": one.group,
                "date": one.day,
                "headline": words.get(one.group, ""),
                "told_by": sorted(one.lineages),
                "left_out_by": [_silent(lineage, chances[lineage]) for lineage in sorted(chances)],
            }


def _silent(lineage: str, reports: list[NarrowReport]) -> Row:
    outlets = sorted({report.outlet for report in reports if report.outlet})
    return {"lineage": lineage, "outlets": outlets, "documents": sorted(report.id for report in reports)}


def _had_chance(one: Happening, named: set[str]) -> bool:
    return all(_names(named, side) for side in (one.actors, one.recipients) if side)


def _names(named: set[str], side: tuple[Row, ...]) -> bool:
    """Whether a report names a side: of one with several states (two presidents who met), two of them."""
    states = set(countries(side))
    known = states & named if states else {party["id"] for party in side} & named
    return len(known) >= min(2, max(1, len(states)))
