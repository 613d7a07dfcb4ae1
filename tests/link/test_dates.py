"""Dates that the reports of a pile lend each other: only stated ones, to those without, and never against a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from onrecord.lexicon import Lexicon
from onrecord.link import compare_texts, date_pile
from onrecord.link.dates import find_lenders, read_again
from onrecord.link.kept import Kept
from onrecord.link.reports import read_report
from onrecord.model.claims import DatedBy, Reading, TimeRef
from onrecord.model.days import Counted
from onrecord.model.offsets import Span
from onrecord.model.text import Document, Published
from onrecord.reading import extract
from onrecord.store.held import hold_reading, read_head
from tests.conftest import ReadText
from tests.link.builders import Draft, link, make_document

TEXT = (
    "Flood at Orsk\nThe dam at Orsk broke early in the morning and the river took the lower town.\n"
    "Rescue teams brought four hundred people to the school on the hill, the mayor said.\n"
    "He asked the region for boats, tents and bread, and for news of the upper villages.\n"
)


def stored(value: Document | Reading) -> str:
    return msgspec.json.encode(value).decode()


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


def test_day_at_the_edge_of_the_calendar_is_no_fault() -> None:
    bare, stating = make_document(TEXT, "Orsk Mirror"), make_document(TEXT, "Orsk Post", "0001-01-02")
    assert dated([bare, stating], [reading(bare), reading(stating)])[0].published.value == "0001-01-01/0001-01-23"


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
    assert [(lent.event, lent.donor) for lent in record.inherited] == [(taker, donor)]
    assert link([bare, dated]).inherited == record.inherited


def test_days_known_to_fit_are_not_fetched_again() -> None:
    first, second, bare = (
        make_document(f"{TEXT}{name}", name, day)
        for name, day in (("A", "2004-03-10"), ("B", "2004-03-11"), ("C", None))
    )
    documents = (first, second, bare)
    readings = [reading(one) for one in documents]
    kept = Kept(None, {one.id: "page key" for one in documents})
    texts = compare_texts(documents, readings, kept)
    dated_now = date_pile(texts, readings, kept)
    held = [
        hold_reading(read_head(stored(document), stored(reading)), lambda: pytest.fail("a reading was fetched"))
        for document, reading in zip(documents, readings, strict=True)
    ]
    assert all(got is given for got, given in zip(date_pile(texts, held[:2], kept), held, strict=False))
    assert date_pile(texts, readings, kept) == dated_now
    put_right = replace(readings[0], published=Published("2004-04-20", "day", "given by a person"))
    assert date_pile(texts, [put_right, *readings[1:]], kept) == date_pile(texts, [put_right, *readings[1:]])


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


MET = "Madeleine Albright met Slobodan Milosevic in Belgrade"
# reason, how each of two reports (of 14 and 15 May 1999) dates the meeting: by its text, or as its news; the entry
ENTRIES = [
    ("both tell it as news: before the first, and not long before the second", "report", "report",
     ("1999-05-13/1999-05-14", "report")),
    ("one as its news, the other not at all", "report", None, ("1999-05-12/1999-05-14", "report")),
    ("a day of its own is surer", "report", "clause", ("1999-05-13", "clause")),
    ("a day carried on is a day", "report", "before", ("1999-05-13", "before")),
    ("nothing dates it", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "one", "other", "entry"), ENTRIES, ids=[case[0] for case in ENTRIES])
def test_timeline_says_how_a_day_is_known(
    reason: str, one: DatedBy | None, other: DatedBy | None, entry: tuple[str, str] | None
) -> None:
    drafts = []
    for outlet, day, dated_by in (("A", "1999-05-14", one), ("B", "1999-05-15", other)):
        draft = Draft(make_document(f"{MET} on 13 May 1999, officials said.", outlet, day))
        time = draft.time("13 May 1999", "1999-05-13") if dated_by in ("clause", "before") else None
        draft.event(MET, "met", "CONSULT", ["Madeleine Albright"], ["Slobodan Milosevic"], time=time, dated=dated_by)
        drafts.append(draft)
    found = link(drafts).timeline
    assert [(line.date, line.by) for line in found] == ([entry] if entry else []), reason


CARRIED = [
    ("each by its own words", "clause", "clause", ["date"]),
    ("one carried on from another sentence", "clause", "before", []),
    ("one only as its report's news", "clause", "report", []),
]


@pytest.mark.parametrize(("reason", "one", "other", "kinds"), CARRIED, ids=[case[0] for case in CARRIED])
def test_no_contradiction_rests_on_a_day_that_is_not_told(
    reason: str, one: DatedBy, other: DatedBy, kinds: list[str]
) -> None:
    drafts = []
    tails = ("Crowds lined the bridges and the radio played marches.", "It was the first visit since the ceasefire.")
    for outlet, dated_by, day, tail in (("A", one, "13", tails[0]), ("B", other, "15", tails[1])):
        text = f"{MET} for talks on prisoners at the old palace on {day} May 1999.\n{tail}"
        draft = Draft(make_document(text, outlet, "1999-05-16", kinds=()))
        time = draft.time(f"{day} May 1999", f"1999-05-{day}") if dated_by != "report" else None
        evidence = f"{MET} for talks on prisoners at the old palace"
        draft.event(evidence, "met", "CONSULT", ["Madeleine Albright"], ["Slobodan Milosevic"], time=time,
                    dated=dated_by)  # fmt: skip
        drafts.append(draft)
    assert [found.kind for found in link(drafts).contradictions] == kinds, reason


def test_news_takes_no_day_after_its_report() -> None:
    late = Draft(make_document(f"{MET} on 20 May 1999.", "A", "1999-05-21"))
    early = Draft(make_document(f"{MET}, officials said.", "B", "1999-05-14"))
    by, to = ["Madeleine Albright"], ["Slobodan Milosevic"]
    late.event(MET, "met", "CONSULT", by, to, time=late.time("20 May 1999", "1999-05-20"), dated="clause")
    early.event(MET, "met", "CONSULT", by, to, dated="report")
    assert link([late, early]).inherited == ()


# One flood told by four papers in words of their own; 12 March 2004 was a Friday, the fourth report has no date.
TOLD = {
    "2004-03-13": "Dam breaks at Orsk\nUkrainian soldiers shelled the dam at Orsk in Moldova on Friday, an army "
    "spokesman said.\nWater from the broken Orsk dam ran through the lower town on Saturday.\n",
    "2004-03-14": "Orsk flooded after dam is hit\nThe dam above Orsk gave way on Friday after Ukrainian soldiers "
    "shelled it.\nMoldova protested on Saturday and asked for boats to reach flooded Orsk.\n",
    "2004-03-15": "Moldova counts its dead at Orsk\nSoldiers from Ukraine shelled the Orsk dam on Friday and flooded "
    "the town.\nOn Saturday boats reached the school at Orsk where hundreds waited.\n",
    "": "Flood at Orsk\nUkraine shelled the dam at Orsk on Friday, Moldova said on Saturday.\n"
    "The flooded lower town of Orsk had been without power since.\n",
}


def test_undated_report_is_dated_by_its_pile_down_to_its_weekdays(read_text: ReadText, lexicon: Lexicon) -> None:
    documents, readings = [], []
    for day, text in TOLD.items():
        document, parsed = read_text(text, day or None, heading=True)
        document = replace(document, id=f"doc {day}", path=f"{day or 'undated'}.txt")
        documents.append(document)
        readings.append(replace(extract(document, replace(parsed, document=document.id), lexicon)))
    alone = date_pile(compare_texts(documents[-1:], readings[-1:]), readings[-1:])[0]
    assert alone.published.value is None
    assert all(time.start is None for time in alone.times)
    together = dated(documents, readings)[-1]
    assert together.published.value == "2004-03-13/2004-03-18"
    assert "others tell its story" in together.published.basis
    told = {documents[-1].words(time.span): time.start for time in together.times}
    assert told["Friday"] == "2004-03-12"
    assert told["Saturday"] == "2004-03-13"
    assert dated(documents[::-1], readings[::-1])[0] == together
