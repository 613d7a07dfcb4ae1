"""Dates that the reports of a pile lend each other: only stated ones, to those without, and never against a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from onrecord.link import compare_texts, date_pile
from onrecord.link.dates import find_lenders, read_again
from onrecord.link.reports import read_report
from onrecord.model.claims import Reading, TimeRef
from onrecord.model.days import Counted
from onrecord.model.offsets import Span
from onrecord.model.text import Document, Published
from tests.link.builders import Draft, link, make_document

TEXT = (
    "Flood at Orsk\nThe dam at Orsk broke early in the morning and the river took the lower town.\n"
    "Rescue teams brought four hundred people to the school on the hill, the mayor said.\n"
    "He asked the region for boats, tents and bread, and for news of the upper villages.\n"
)


def reading(document: Document) -> Reading:
    return Reading(document.id, document.published)


def dated(documents: Sequence[Document], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return date_pile(compare_texts(documents, readings), readings)


def interval(document: Document, value: str) -> Reading:
    return Reading(document.id, Published(value, "interval", "bounded by its own text"))


CASES = [
    ("a copy has the weeks around its original", None, "2004-03-10", "2004-02-18/2004-03-31"),
    ("its own text narrows them", "2004-03-01/2004-12-31", "2004-03-10", "2004-03-01/2004-03-31"),
    ("against its own text nothing is lent", "2006-01-01/2006-12-31", "2004-03-10", "2006-01-01/2006-12-31"),
    ("an interval is not lent", None, None, None),
]


@pytest.mark.parametrize(("reason", "own", "stated", "value"), CASES, ids=[case[0] for case in CASES])
def test_copy_lends_its_date(reason: str, own: str | None, stated: str | None, value: str | None) -> None:
    bare, stating = make_document(TEXT, "Orsk Mirror"), make_document(TEXT, "Orsk Post", stated)
    first = interval(bare, own) if own else reading(bare)
    second = reading(stating) if stated else interval(stating, "2004-01-01/2005-01-01")
    got = dated([bare, stating], [first, second])
    assert got[0].published.value == value, reason
    assert got[1] == second
    if value and value != own:
        assert "Orsk Post.txt of 2004-03-10" in got[0].published.basis
    assert dated([stating, bare], [second, first]) == got[::-1]


STORIES = [
    ("three close reports lend their days", ("2004-03-10", "2004-03-11", "2004-03-12"), 3),
    ("two are too few", ("2004-03-10", "2004-03-11"), None),
    ("a story told over months lends nothing", ("2004-03-10", "2004-06-11", "2004-09-12"), None),
]


@pytest.mark.parametrize(("reason", "days", "lenders"), STORIES, ids=[case[0] for case in STORIES])
def test_story_lends_its_days(reason: str, days: tuple[str, ...], lenders: int | None) -> None:
    documents = [make_document(f"Flood\nReport {day} on the flood.", day, day) for day in days]
    bare = make_document("Flood\nA report on the flood.", "bare")
    reports = {one.id: read_report(one, one.published) for one in (*documents, bare)}
    published = {id: report.document.published for id, report in reports.items()}
    found = find_lenders(reports, published, (), dict.fromkeys(reports, "flood"))
    assert (len(found[bare.id].days) if bare.id in found else None) == lenders, reason


def test_undated_event_takes_the_day_of_the_one_it_is_grouped_with() -> None:
    words = "Madeleine Albright met Slobodan Milosevic in Belgrade"
    dated = Draft(make_document(f"{words} on 13 May 1999.", "A", "1999-05-14"))
    bare = Draft(make_document(f"{words}, officials said.", "B", "1999-05-14"))
    time = dated.time("13 May 1999", "1999-05-13")
    by, to = ["Madeleine Albright"], ["Slobodan Milosevic"]
    donor = dated.event(words, "met", "CONSULT", by, to, time=time)
    taker = bare.event(words, "met", "CONSULT", by, to)
    record = link([dated, bare])
    assert record.inherited == ((taker, donor),)
    assert link([bare, dated]).inherited == record.inherited


def test_pile_of_dated_reports_is_left_as_it_is() -> None:
    one, other = make_document(TEXT, "A", "2004-03-10"), make_document(TEXT, "B", "2004-03-11")
    readings = (reading(one), reading(other))
    assert dated([one, other], readings) == readings


def counted(id: str, counted_: Counted, day: str | None = None) -> TimeRef:
    """A weekday as reading leaves it: with its day where the report is dated, else only how it is counted."""
    value = day or f"XXXX-WXX-{counted_.weekday}"
    return TimeRef(id, Span(0, 4), "DATE", value, "day" if day else "unknown", day, day, None, "a weekday, x", counted_)


BACK, LAST, NEXT, YESTERDAY = Counted(0, 6), Counted(-1, 6), Counted(0, 3, "ahead"), Counted(-1)
WEEKDAYS = [
    ("a Saturday told as past lies up to six days back", (BACK,), ("2004-03-13",), "2004-03-13/2004-03-19"),
    ("'last Saturday' is not told on that day", (LAST,), ("2004-03-13",), "2004-03-14/2004-03-20"),
    ("'Wednesday' still to come ends the stretch", (BACK, NEXT), ("2004-03-13", "2004-03-17"), "2004-03-13/2004-03-17"),
    ("lenders that mean two Saturdays say nothing", (BACK,), ("2004-03-13", "2004-03-20"), "2004-02-22/2004-04-04"),
    ("a Saturday of long ago is another one", (BACK,), ("2003-03-15",), "2004-02-22/2004-04-04"),
    ("another weekday says nothing", (NEXT,), ("2004-03-13",), "2004-02-22/2004-04-04"),
]


@pytest.mark.parametrize(("reason", "named", "meant", "value"), WEEKDAYS, ids=[case[0] for case in WEEKDAYS])
def test_weekdays_that_copies_agree_on_narrow_the_date(
    reason: str, named: tuple[Counted, ...], meant: tuple[str, ...], value: str
) -> None:
    bare, stating = make_document(TEXT, "Orsk Mirror"), make_document(TEXT, "Orsk Post", "2004-03-14")
    taker = replace(reading(bare), times=tuple(counted(f"ti_{n}", one) for n, one in enumerate(named)))
    days = [counted(f"ti_{n}", Counted(0, date.fromisoformat(day).isoweekday()), day) for n, day in enumerate(meant)]
    giver = replace(reading(stating), times=tuple(days))
    assert dated([bare, stating], [taker, giver])[0].published.value == value, reason


READ_AGAIN = [
    ("a weekday within a narrow date", "2004-03-13/2004-03-19", BACK, "2004-03-13"),
    ("a weekday that two days of a wide one put apart", "2004-03-12/2004-03-19", BACK, None),
    ("yesterday needs the day itself", "2004-03-13/2004-03-14", YESTERDAY, None),
    ("a date that a person put right", "2004-03-14", YESTERDAY, "2004-03-13"),
    ("a month is no day", "2004-03", BACK, None),
    ("nothing known", None, BACK, None),
]


@pytest.mark.parametrize(("reason", "published", "how", "day"), READ_AGAIN, ids=[case[0] for case in READ_AGAIN])
def test_counted_days_are_read_again(reason: str, published: str | None, how: Counted, day: str | None) -> None:
    told = Reading("doc", Published(published, "interval", "test"), times=(counted("ti_1", how),))
    (time,) = read_again(told).times
    assert (time.start, time.end) == (day, day), reason
    assert time.id == "ti_1"
    if day:
        assert (time.value, time.precision) == (day, "day")
        assert str(published) in time.basis


def test_part_of_a_day_keeps_its_part() -> None:
    evening = TimeRef("ti_1", Span(0, 4), "TIME", "XXXX-WXX-6TEV", "unknown", basis="a weekday, x", counted=BACK)
    told = Reading("doc", Published("2004-03-14", "day", "test"), times=(evening,))
    assert read_again(told).times[0].value == "2004-03-13TEV"


def test_story_must_agree_on_a_weekday_twice() -> None:
    documents = [make_document(f"Flood\nReport {n} on the flood.", str(n), f"2004-03-1{n}") for n in (3, 4, 5)]
    bare = make_document("Flood\nA report on the flood.", "bare")
    texts = compare_texts([*documents, bare], ())
    texts = replace(texts, bonds=(), stories=dict.fromkeys(texts.reports, "flood"))
    taker = replace(reading(bare), times=(counted("ti_0", BACK),))
    saturday = counted("ti_1", BACK, "2004-03-13")
    for backing, value in ((1, "2004-02-28/2004-03-29"), (2, "2004-03-13/2004-03-19")):
        lenders = [replace(reading(one), times=(saturday,) if n < backing else ()) for n, one in enumerate(documents)]
        got = date_pile(texts, [*lenders, taker])[-1]
        assert got.published.value == value
        assert got.times[0].start == ("2004-03-13" if backing == 2 else None)
