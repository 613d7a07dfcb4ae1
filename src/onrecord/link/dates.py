"""What the reports of a pile say of each other's dates: a report without one came out near its copies and its story.

Only reports whose own date is stated lend it, so that no inferred date feeds another; what a report's own text allows
is never left. Where the lenders agree on which Saturday they mean, one that tells of "Saturday" came out within six
days of it; and once a report is dated closely enough, the days counted from its own are read again. Events without
days of their own take those of the dated events grouped with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.link.kept import Kept
from onrecord.link.reports import Report, ToldEvent
from onrecord.model.claims import Reading, TimeRef
from onrecord.model.days import Days, step
from onrecord.model.record import Group, Inherited
from onrecord.model.text import Published

STATED = frozenset({"minute", "day"})
MOSTLY = 0.7  # of both texts: what two reports share before the date of one bears on the other
COPIED = 21  # days: a copy comes out within weeks of its original, mostly on the day
TOLD = 14  # days: around the middle dated reports of a story, others of it come out
DONORS = 3  # dated reports that a story must have before it lends its days
CLOSE = 14  # days: a story whose dated reports lie further apart is told over and over, and lends nothing
WEEK = 6  # days: a weekday named alone lies no further from its report
BACKED = 2  # lenders that must mean one day by a weekday, where they do not print the same text


@dataclass(frozen=True, slots=True)
class Lenders:
    """The dated reports that bear on a report's date, each with its days: why, within how many days around them it came
    out, and how many must mean one day by a weekday."""

    days: Mapping[str, Days]
    why: str
    reach: int
    least: int


def date_readings(
    reports: Mapping[str, Report],
    readings: Iterable[Reading],
    copies: Iterable[tuple[Collection[str], Collection[str]]],
    stories: Mapping[str, str],
    kept: Kept,
) -> tuple[Reading, ...]:
    """The readings in their order, each report that states no date narrowed by those that do, and its weekdays read
    again; of two sides of `copies` each report prints the text of each other."""
    read = {reading.document: reading for reading in readings}
    lenders = find_lenders(reports, {id: one.published for id, one in read.items()}, copies, stories)
    dated = []
    for id, reading in read.items():
        if id in lenders:
            told = (map(date.fromisoformat, told_days(read[lender], kept)[1]) for lender in sorted(lenders[id].days))
            reading = _dated(reading, lenders[id], reports, meant_days(told))
        dated.append(reading if told_days(reading, kept)[0] else read_again(reading))
    return tuple(dated)


def told_days(reading: Reading, kept: Kept) -> tuple[bool, Sequence[str]]:
    """Whether the counted days of a reading fit its report's date, and the days that it tells of near to it."""
    found: Sequence[Any] | None = kept.get("days", reading.document)
    if found is None or found[0] != reading.published.value:
        told = [day.isoformat() for day in sorted(days_near(reading))]
        found = reading.published.value, read_again(reading) is reading, told
        kept.put("days", reading.document, found)
    return found[1], found[2]


def _dated(
    reading: Reading, lent: Lenders, reports: Mapping[str, Report], meant: Mapping[int, Counter[date]]
) -> Reading:
    """A reading with its report's days met with those around its lenders, then with those that its weekdays leave."""
    first = step(min(date.fromisoformat(days[0]) for days in lent.days.values()), -lent.reach)
    last = step(max(date.fromisoformat(days[1]) for days in lent.days.values()), lent.reach)
    whole = (first or date.min).isoformat(), (last or date.max).isoformat()
    around = _met(reports[reading.document].published, whole)
    if around is None:
        return reading
    named = sorted(lent.days, key=lambda id: (lent.days[id], id))[:3]
    shown = ", ".join(f"{reports[id].document.path} of {lent.days[id][0]}" for id in named)
    own = f"{reading.published.basis}, and " if reports[reading.document].published else ""
    basis = f"{own}by the pile: {lent.why} dated ({shown}{' and more' if len(lent.days) > len(named) else ''})"
    by_weekdays = days_by_weekdays(reading, meant, lent.least)
    narrowed = _met(around, by_weekdays) if by_weekdays else None
    if narrowed and narrowed != around:
        around, basis = narrowed, f"{basis}, and they agree on the weekdays that it names"
    value = f"{around[0]}/{around[1]}"
    if value == reading.published.value:
        return reading
    return replace(reading, published=replace(reading.published, value=value, precision="interval", basis=basis))


def _met(one: Days | None, other: Days) -> Days | None:
    """The days in both; None where there are none."""
    first, last = max(one[0], other[0]) if one else other[0], min(one[1], other[1]) if one else other[1]
    return (first, last) if first <= last else None


def find_lenders(
    reports: Mapping[str, Report],
    published: Mapping[str, Published],
    copies: Iterable[tuple[Collection[str], Collection[str]]],
    stories: Mapping[str, str],
) -> dict[str, Lenders]:
    """For each report that states no date those of the pile that bear on it: its copies, else the reports of its
    story, if there are enough of them and they lie close together."""
    stated = {id: days for id, one in published.items() if one.precision in STATED and (days := reports[id].published)}
    undated = sorted(id for id, one in published.items() if one.precision not in STATED)
    printed: dict[str, dict[str, Days]] = defaultdict(dict)
    for pair in copies:
        for takers, givers in (pair, pair[::-1]):
            lent = {id: stated[id] for id in givers if id in stated}
            for id in takers:
                if lent and id not in stated:
                    printed[id].update(lent)
    of_story: dict[str, dict[str, Days]] = defaultdict(dict)
    for id, days in sorted(stated.items()):
        if id in stories:
            of_story[stories[id]][id] = days
    found = {}
    for id in undated:
        told = of_story.get(stories.get(id, ""), {})
        if id in printed:
            found[id] = Lenders(printed[id], "a copy of it is", COPIED, 1)
        elif len(told) >= DONORS and _spread(told) <= CLOSE:
            found[id] = Lenders(told, "others tell its story", TOLD, BACKED)
    return found


def _spread(lenders: Mapping[str, Days]) -> int:
    days = [date.fromisoformat(first) for first, _ in lenders.values()]
    return (max(days) - min(days)).days


def meant_days(told: Iterable[Iterable[date]]) -> dict[int, Counter[date]]:
    """For each weekday (1 to 7) the days of it that reports tell of near to their own, with how many do."""
    found: dict[int, Counter[date]] = defaultdict(Counter)
    for days in told:
        for day in days:
            found[day.isoweekday()][day] += 1
    return found


def days_near(reading: Reading) -> set[date]:
    """The single days that a report tells of within a week of its own."""
    ends = _ends(reading.published)
    singles = {day for time in reading.times if (day := _single(time))} if ends else set()
    return {day for day in singles if ends and (ends[0] - day).days <= WEEK >= (day - ends[1]).days}


def _single(time: TimeRef) -> date | None:
    return date.fromisoformat(time.start) if time.start and time.start == time.end and time.type != "SET" else None


def days_by_weekdays(reading: Reading, meant: Mapping[int, Counter[date]], least: int) -> Days | None:
    """The days on which a report can have come out by the weekdays that it names; None where they say nothing, or
    contradict each other. A weekday counts where at least `least` reports, and most that name it, mean one day."""
    first, last = date.min, date.max
    for begin, end in _bounds(reading, meant, least):
        first, last = max(first, begin), min(last, end)
    return (first.isoformat(), last.isoformat()) if date.min < first <= last else None


def _bounds(reading: Reading, meant: Mapping[int, Counter[date]], least: int) -> Iterator[tuple[date, date]]:
    for counted in {time.counted for time in reading.times if time.counted and time.type in ("DATE", "TIME")}:
        days = meant.get(counted.weekday or 0, Counter())
        day, number = max(days.items(), key=lambda item: (item[1], item[0]), default=(None, 0))
        bounds = counted.reports(day) if day and number >= least and 2 * number > days.total() else None
        if bounds:
            yield bounds


def read_again(reading: Reading) -> Reading:
    """A reading whose counted days ("on Wednesday", "yesterday") fit its report's date as it now is."""
    ends = _ends(reading.published)
    if ends is None:
        return reading
    times = tuple(_read(time, ends, reading.published) if time.counted else time for time in reading.times)
    return reading if times == reading.times else replace(reading, times=times)


def _read(time: TimeRef, ends: tuple[date, date], published: Published) -> TimeRef:
    """A counted day, if the first and the last day that the report may be of give the same one."""
    days = {time.counted.day(end) for end in ends} if time.counted else set()
    day = days.pop() if len(days) == 1 else None
    if day is None or day.isoformat() == time.start:
        return time
    value, (_, mark, part) = day.isoformat(), (time.value or "").partition("T")
    return replace(
        time,
        value=f"{value}{mark}{part}",
        precision="minute" if time.precision == "minute" else "day",
        start=value,
        end=value,
        basis=f"{time.basis.partition(',')[0]}, from the report's date {published.value}",
    )


def _ends(published: Published) -> tuple[date, date] | None:
    """The first and last day of a date of days; None for months, years and what is unknown."""
    first, _, last = (published.value or "").partition("/")
    try:
        return date.fromisoformat(first[:10]), date.fromisoformat((last or first)[:10])
    except ValueError:
        return None


def inherit_days(group: Group, told: Mapping[str, ToldEvent]) -> tuple[Inherited, ...]:
    """Events of a group without days of their own, each with the one of it whose time they take: the most precise one.
    What a report tells as its news takes no day after its own."""
    members = [told[id] for id in group.members]
    dated = [one for one in members if one.days]
    if not dated:
        return ()
    donor = min(dated, key=lambda one: (_length(one.days), one.id))
    lent = donor.time
    bare = [one for one in members if one.days is None and one.document != donor.document and _may_take(one, donor)]
    return tuple(Inherited(one.id, donor.id, lent.value, lent.precision) for one in bare) if lent else ()


def _may_take(one: ToldEvent, donor: ToldEvent) -> bool:
    return one.news is None or donor.days is None or donor.days[0] <= one.news[1]


def _length(days: Days | None) -> int:
    return (date.fromisoformat(days[1]) - date.fromisoformat(days[0])).days if days else 0
