"""How hostile one state's acts towards another are, day by day or week by week, with what each figure is made of.

An act counts with the Goldstein value of its events, turned so that hostile is above nought, times how many
independent sources stand behind it, lineages / (lineages + 1). The band runs from what is sure (told by a report in its
own voice, or by two lineages) to all that is told, each at full weight. A period in which no report came out that could
have told of it has no figure: not nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from onrecord.analysis.happenings import Happening, countries, first_day, happenings
from onrecord.store import Row, View

Step = Literal["day", "week"]
STEPS: tuple[Step, ...] = ("day", "week")
LATE = 1  # days after a period in which a report of it may still come out


def find_tension(view: View, step: Step = "day") -> Iterator[Row]:
    """One row for each directed pair of states and period from its first act to its last; a week is named by its
    Monday."""
    by_pair: dict[tuple[str, str], dict[datetime.date, list[Happening]]] = defaultdict(lambda: defaultdict(list))
    for one in happenings(view):
        if one.day:
            for source in countries(one.actors):
                for target in countries(one.recipients):
                    if source != target:
                        by_pair[source, target][_period(one.day, step)].append(one)
    came_out = [day for row in view.rows("documents") if (day := first_day(row["published"]))]
    coverage = [datetime.date.fromisoformat(day) for day in came_out]
    length = datetime.timedelta(days=7 if step == "week" else 1)
    for pair in sorted(by_pair):
        periods = by_pair[pair]
        period = min(periods)
        while period <= max(periods):
            reports = sum(period <= day < period + length + datetime.timedelta(days=LATE) for day in coverage)
            yield _row(pair, period, periods.get(period, ()), reports)
            period += length


def _period(day: str, step: Step) -> datetime.date:
    found = datetime.date.fromisoformat(day)
    return found - datetime.timedelta(days=found.weekday()) if step == "week" else found


def _row(pair: tuple[str, str], period: datetime.date, acts: Sequence[Happening], reports: int) -> Row:
    known = bool(acts) or reports > 0
    sure = sum(act.hostility * act.weight for act in acts if act.sure)
    whole = sum(act.hostility for act in acts)
    index = sum(act.hostility * act.weight for act in acts)
    return {
        "source": pair[0],
        "target": pair[1],
        "period": period.isoformat(),
        "index": round(index, 2) if known else None,
        "low": round(min(sure, index, whole), 2) if known else None,
        "high": round(max(sure, index, whole), 2) if known else None,
        "reports": reports,
        "acts": [
            {"event_group": act.group, "event_type": act.type, "scale": round(act.hostility, 2),
             "scale_from": act.scale_from, "lineages": len(act.lineages),
             "part": round(act.hostility * act.weight, 2), "events": list(act.events)}
            for act in acts
        ],
    }  # fmt: skip
