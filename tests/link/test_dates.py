"""Dates that the reports of a pile lend each other: only stated ones, to those without, and never against a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.link import date_pile
from onrecord.link.dates import share_dates
from onrecord.link.reports import read_report
from onrecord.model.claims import Reading
from onrecord.model.text import Document, Published
from tests.link.builders import Draft, link, make_document

TEXT = (
    "Flood at Orsk\nThe dam at Orsk broke early in the morning and the river took the lower town.\n"
    "Rescue teams brought four hundred people to the school on the hill, the mayor said.\n"
    "He asked the region for boats, tents and bread, and for news of the upper villages.\n"
)


def reading(document: Document) -> Reading:
    return Reading(document.id, document.published)


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
    bare, dated = make_document(TEXT, "Orsk Mirror"), make_document(TEXT, "Orsk Post", stated)
    first = interval(bare, own) if own else reading(bare)
    second = reading(dated) if stated else interval(dated, "2004-01-01/2005-01-01")
    got = date_pile([bare, dated], [first, second])
    assert got[0].published.value == value, reason
    assert got[1] == second
    if value and value != own:
        assert "Orsk Post.txt of 2004-03-10" in got[0].published.basis
    assert date_pile([dated, bare], [second, first]) == got[::-1]


STORIES = [
    ("three close reports lend their days", ("2004-03-10", "2004-03-11", "2004-03-12"), "2004-02-25/2004-03-26"),
    ("two are too few", ("2004-03-10", "2004-03-11"), None),
    ("a story told over months lends nothing", ("2004-03-10", "2004-06-11", "2004-09-12"), None),
]


@pytest.mark.parametrize(("reason", "days", "value"), STORIES, ids=[case[0] for case in STORIES])
def test_story_lends_its_days(reason: str, days: tuple[str, ...], value: str | None) -> None:
    documents = [make_document(f"Flood\nReport {day} on the flood.", day, day) for day in days]
    bare = make_document("Flood\nA report on the flood.", "bare")
    reports = {one.id: read_report(one, one.published) for one in (*documents, bare)}
    published = {id: report.document.published for id, report in reports.items()}
    found = share_dates(reports, published, (), dict.fromkeys(reports, "flood"))
    assert (found[bare.id].value if bare.id in found else None) == value, reason


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
    dated = make_document(TEXT, "A", "2004-03-10")
    other = replace(make_document(TEXT, "B", "2004-03-11"))
    readings = (reading(dated), reading(other))
    assert date_pile([dated, other], readings) == readings
