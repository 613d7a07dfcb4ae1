"""The dated event groups in order of days, each with a headline made of its actors, its type and its reports' words.

A group that no report dates, but some tell as their news, lies in the days up to the first of these reports, and its
entry says so; one that nothing dates has no entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from onrecord.link.reports import MUTUAL, Report, ToldEvent, days_between
from onrecord.model.claims import DatedBy, Status
from onrecord.model.record import Group, ShownActor, TimelineEntry
from onrecord.model.text import PRECISIONS, Precision

HEADLINE = 120  # characters: what a list shows in one line
QUOTED_LEAST = 30  # characters left for the quotation, or it is left out
EDGES = " ,;:—–-"  # what a clause cut out of its sentence begins and ends with
NAMED = 2  # actors named on one side
DOUBT: dict[Status, str] = {"negated": "denied", "alleged": "alleged", "planned": "planned", "hypothetical": "possible"}
PART_OF_DAY = re.compile("T[A-Z]{2}$")  # TIMEX3 "2008-08-07TNI": a night has the date of its day
# A score orders entries, it measures no truth: lineages / (lineages + 1), so that the second lineage adds most, times
# factors for how sure the best reading of the event is, how grave the act is (friendly or hostile, by its Goldstein
# value), and whether any report tells it as news: what lies months before all of them is background.
LEAST_FACTOR = 0.5
LEAST_GRAVE = 0.8
BACKGROUND = 0.6
NEWS = 92  # days before a report within which what it tells is news
MOST_GRAVE = 10.0  # the greatest Goldstein value


class Entered(msgspec.Struct, frozen=True, array_like=True):
    """The entry of a group, and the day that it stands under."""

    start: str
    entry: TimelineEntry


def make_entry(
    group: Group,
    told: Mapping[str, ToldEvent],
    resolved: Mapping[str, ShownActor],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> Entered | None:
    """The entry of an event group; None where nothing dates it."""
    events = [told[id] for id in group.members]
    dated = _date(events)
    if dated is None:
        return None
    date, precision, start, by = dated
    documents = tuple(sorted({event.document for event in events}))
    lineages = len({lineage_of[document] for document in documents})
    best = _best(events, reports)
    headline = make_headline(best, events, resolved, reports)
    score = _score(lineages, events, reports)
    return Entered(start, TimelineEntry(date, precision, group.id, headline, documents, lineages, score, by))


def in_order(entries: Iterable[Entered]) -> tuple[TimelineEntry, ...]:
    """The timeline."""

    def place(entered: Entered) -> tuple[str, int, str, float, str]:
        entry = entered.entry
        return entered.start, PRECISIONS.index(entry.precision), entry.date, -entry.score, entry.of

    return tuple(entered.entry for entered in sorted(entries, key=place))


def _score(lineages: int, events: Sequence[ToldEvent], reports: Mapping[str, Report]) -> float:
    sure = _between(LEAST_FACTOR, max(event.event.score for event in events))
    values = [abs(event.event.goldstein) for event in events if event.event.goldstein is not None]
    grave = _between(LEAST_GRAVE, max(values, default=0.0) / MOST_GRAVE)
    news = 1.0 if any(_is_news(event, reports[event.document]) for event in events) else BACKGROUND
    return round(lineages / (lineages + 1) * sure * grave * news, 4)


def _between(least: float, share: float) -> float:
    return least + (1 - least) * min(1.0, max(0.0, share))


def _is_news(event: ToldEvent, report: Report) -> bool:
    """Whether an event's last day is not long before its report came out; where either is unknown, it may be."""
    if event.event.status == "historical":
        return False
    return not event.days or not report.published or days_between(event.days[1], report.published[0]) <= NEWS


def _date(events: Sequence[ToldEvent]) -> tuple[str, Precision, str, DatedBy] | None:
    """The most precise day its reports give, of those the one given most often, else the days of the news; with the day
    it stands under and how it is known."""
    given: Counter[tuple[int, bool, str, str]] = Counter()
    for event in events:
        if event.time and event.days:
            value = PART_OF_DAY.sub("", event.time.value or event.days[0])
            given[PRECISIONS.index(event.time.precision), not event.is_dated, event.days[0], value] += 1
    if not given:
        return _news(events)
    best, _ = min(given.items(), key=lambda item: (item[0][:2], -item[1], item[0]))
    rank, carried, start, value = best
    by = (event.event.dated for event in events if event.days and event.days[0] == start and event.event.dated)
    return value, PRECISIONS[rank], start, "before" if carried else min(by, default="clause")


def _news(events: Iterable[ToldEvent]) -> tuple[str, Precision, str, DatedBy] | None:
    """The days of the first report that tells it as its news, those left out that others rule out."""
    days = sorted({event.news for event in events if event.news}, key=lambda days: (days[1], days[0]))
    if not days:
        return None
    start = max(first for first, _ in days if first <= days[0][1])
    return f"{start}/{days[0][1]}", "interval", days[0][1], "report"


def _best(events: Sequence[ToldEvent], reports: Mapping[str, Report]) -> ToldEvent:
    """The event to quote: one that says who and to whom, read surely, from the earliest report."""

    def rank(event: ToldEvent) -> tuple[bool, bool, float, str, str]:
        published = reports[event.document].published
        complete = bool(event.event.actors) and bool(event.event.recipients)
        day = published[0] if published else "9999"
        return not complete, event.event.status in {"negated", "hypothetical"}, -event.event.score, day, event.id

    return min(events, key=rank)


def make_headline(
    best: ToldEvent, events: Sequence[ToldEvent], resolved: Mapping[str, ShownActor], reports: Mapping[str, Report]
) -> str:
    """`United States → Ukraine: AID — “…”`: as much of the evidence as one line holds."""
    document = reports[best.document].document
    actors, recipients = (_names(ids, resolved) for ids in (best.event.actors, best.event.recipients))
    arrow = ", " if best.event.type in MUTUAL else " → "
    sides = arrow.join(side for side in (actors, recipients) if side)
    if recipients and not actors and best.event.type not in MUTUAL:
        sides = f"→ {recipients}"
    status = best.event.status
    doubt = f" ({DOUBT[status]})" if status in DOUBT and all(e.event.status == status for e in events) else ""
    head = f"{sides}: {best.event.type}{doubt}" if sides else f"{best.event.type}{doubt}"
    room = HEADLINE - len(head) - len(" — “”")
    if room < QUOTED_LEAST:
        return _cut(head, HEADLINE)
    words = " ".join(document.words(best.event.evidence).split()).lstrip(EDGES)
    return f"{head} — “{_cut(words, room)}”"


def _names(ids: Sequence[str], resolved: Mapping[str, ShownActor]) -> str:
    names = list(dict.fromkeys(name for id in ids if (name := _name(id, resolved)) is not None))
    return ", ".join(names[:NAMED]) + (" and others" if len(names) > NAMED else "")


def _name(mention: str, resolved: Mapping[str, ShownActor]) -> str | None:
    actor = resolved.get(mention)
    return actor.name if actor else None


def _cut(words: str, room: int) -> str:
    """A text cut at a word's end to fit, with an ellipsis where something was left out."""
    if len(words) <= room:
        return words
    kept = words[: room - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(EDGES) + "…"
