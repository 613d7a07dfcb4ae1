"""What the reports of a pile say of each other's dates: a report without one came out near its copies and its story.

Only reports whose own date is stated lend it, so that no inferred date feeds another; what a report's own text allows
is never left. Events without days of their own take those of the dated events grouped with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from onrecord.link.reports import Days, Report, ToldEvent
from onrecord.model.record import Group
from onrecord.model.text import Published

STATED = frozenset({"minute", "day"})
MOSTLY = 0.7  # of both texts: what two reports share before the date of one bears on the other
COPIED = timedelta(days=21)  # a copy comes out within weeks of its original, mostly on the day
TOLD = timedelta(days=14)  # around the middle dated reports of a story, others of it come out
DONORS = 3  # dated reports that a story must have before it lends its days
CLOSE = 14  # days: a story whose dated reports lie further apart is told over and over, and lends nothing


def share_dates(
    reports: Mapping[str, Report],
    published: Mapping[str, Published],
    copies: Iterable[tuple[str, str]],
    stories: Mapping[str, str],
) -> dict[str, Published]:
    """The dates of reports that have none, where others of the pile narrow them; `copies` are pairs of one text."""
    stated = {id: reports[id].published for id, one in published.items() if one.precision in STATED}
    donors: dict[str, dict[str, Days]] = defaultdict(dict)
    for pair in copies:
        for one, other in (pair, pair[::-1]):
            days = stated.get(other)
            if one not in stated and days:
                donors[one][other] = days
    of_story: dict[str, dict[str, Days]] = defaultdict(dict)
    for id, days in sorted(stated.items()):
        if days and id in stories:
            of_story[stories[id]][id] = days
    found: dict[str, Published] = {}
    for id in sorted(published.keys() - stated.keys()):
        told = of_story.get(stories.get(id, ""), {})
        if id in donors:
            shared = _around(donors[id], COPIED)
            found[id] = _narrowed(reports[id], published[id], shared, "a copy of it is", donors[id], reports)
        elif len(told) >= DONORS and _spread(told) <= CLOSE:
            shared = _around(told, TOLD)
            found[id] = _narrowed(reports[id], published[id], shared, "others tell its story", told, reports)
    return {id: one for id, one in found.items() if one != published[id]}


def inherit_days(groups: Iterable[Group], told: Mapping[str, ToldEvent]) -> tuple[tuple[str, str], ...]:
    """Events without days of their own, each with the event of its group whose time it takes: the most precise one."""
    found: list[tuple[str, str]] = []
    for group in groups:
        dated = [told[id] for id in group.members if id in told and told[id].days]
        if not dated:
            continue
        donor = min(dated, key=lambda one: (_length(one.days), one.id))
        bare = (id for id in group.members if id in told and told[id].days is None)
        found.extend((id, donor.id) for id in bare if told[id].document != donor.document)
    return tuple(sorted(found))


def _length(days: Days | None) -> int:
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days if days else 0


def _around(donors: Mapping[str, Days], reach: timedelta) -> Days:
    first = min(date.fromisoformat(days[0]) for days in donors.values()) - reach
    last = max(date.fromisoformat(days[1]) for days in donors.values()) + reach
    return first.isoformat(), last.isoformat()


def _spread(donors: Mapping[str, Days]) -> int:
    days = [date.fromisoformat(first) for first, _ in donors.values()]
    return (max(days) - min(days)).days


def _narrowed(
    report: Report, own: Published, shared: Days, why: str, donors: Mapping[str, Days], reports: Mapping[str, Report]
) -> Published:
    """A report's own days met with those that others lend; its own where they do not meet."""
    first, last = report.published or shared
    first, last = max(first, shared[0]), min(last, shared[1])
    if first > last:
        return own
    named = sorted(donors, key=lambda id: (donors[id], id))[:3]
    lenders = ", ".join(f"{reports[id].document.path} of {donors[id][0]}" for id in named)
    before = f"{own.basis}, and " if report.published else ""
    basis = f"{before}by the pile: {why} dated ({lenders}{' and more' if len(donors) > len(named) else ''})"
    return replace(own, value=f"{first}/{last}", precision="interval", basis=basis)
