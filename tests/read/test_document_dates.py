"""Dates as pages state them, and the order in which they are believed."""

from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon
from onrecord.read.dates import date_in_address, find_dates, is_date_line, read_date
from onrecord.read.document import make_document
from onrecord.read.page import RawPage, Told

STATED = (
    ("March 20, 2003", "2003-03-20"),
    ("20 March 2003", "2003-03-20"),
    ("20th of March 2003", "2003-03-20"),
    ("Mar. 20th, 2003", "2003-03-20"),
    ("20-Mar-2003", "2003-03-20"),
    ("20.03.2003", "2003-03-20"),
    ("2003/3/20", "2003-03-20"),
    ("2003年3月20日", "2003-03-20"),
    ("03/20/2003", "2003-03-20"),
    ("20/03/2003", "2003-03-20"),
    ("20 Mar 2003 05:34 GMT", "2003-03-20T05:34+00:00"),
    ("Thursday 20 March 2003 05.34 GMT", "2003-03-20T05:34+00:00"),
    ("Published: 05:34 GMT, 20 March 2003", "2003-03-20T05:34+00:00"),
    ("March 20, 2003 at 9:16 p.m. EST", "2003-03-20T21:16-05:00"),
    ("12:05 AM, March 20, 2003", "2003-03-20T00:05"),
    ("Thu, 20 Mar 2003 05:34:00 +0300", "2003-03-20T05:34+03:00"),
    ("2003-03-20T05:34:56.789Z", "2003-03-20T05:34+00:00"),
    ("2003-03-20 05:34 UTC+3", "2003-03-20T05:34+03:00"),
    ("March 20, 2003, 5:34 IST", "2003-03-20T05:34"),  # India, Israel or Ireland: no offset
)
NOT_STATED = (
    "04/03/2003",
    "31 February 2003",
    "March 2003",
    "20 March",
    "3 2003",
    "1/2",
    "v. 1.2.3",
    "12345-11-11-22",
    "",
)


@pytest.mark.parametrize(("words", "value"), STATED)
def test_date_is_read(words: str, value: str) -> None:
    found = read_date(words)
    assert found == (value, "minute" if "T" in value else "day")
    assert is_date_line(words)


@pytest.mark.parametrize("words", NOT_STATED)
def test_what_is_no_whole_or_plain_date_is_left_alone(words: str) -> None:
    assert list(find_dates(words)) == []
    assert read_date(words) is None


@pytest.mark.parametrize("value", ["1970-01-01T00:00:00Z", "1970-01-01"])
def test_a_date_nobody_set_is_none(value: str) -> None:
    assert read_date(value) is None


def test_midnight_sharp_is_a_bare_day() -> None:
    assert read_date("2011-03-11T00:00:00Z") == ("2011-03-11", "day")


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://x.org/2014/03/18/crimea.html", "2014-03-18"),
        ("https://x.org/world/2014/mar/18/crimea", "2014-03-18"),
        ("https://x.org/crimea-20140318.html", "2014-03-18"),
        ("https://x.org/2014/03/crimea", "2014-03"),
        ("https://x.org/20141399/crimea", None),
        ("https://x.org/story?date=2014/03/18", None),
        ("https://x.org/id/1234567890", None),
    ],
)
def test_date_in_an_address(address: str, value: str | None) -> None:
    found = date_in_address(address)
    assert (found[0] if found else None) == value


def _published(raw: str, lexicon: Lexicon, told: Told | None = None) -> tuple[str | None, str]:
    document = make_document(RawPage("a", "html", raw, told or Told()), lexicon)
    return document.published.value, document.published.basis


BODY = "<p>The prime minister of Nepal resigned on Tuesday after two days of protests, his office said.</p>" * 3
META = '<meta property="article:published_time" content="2025-09-09T14:00:00+05:45">'
LINK = '<link rel="canonical" href="https://x.example/2025/09/10/nepal">'


def test_metadata_is_believed_before_the_line_and_the_address(lexicon: Lexicon) -> None:
    raw = f"<head>{META}{LINK}</head><h1>Nepal's prime minister resigns</h1><p>8 September 2025</p>{BODY}"
    value, basis = _published(raw, lexicon)
    assert value == "2025-09-09T14:00+05:45"
    assert basis == (
        "meta article:published_time; stated date line says 2025-09-08; date in the canonical link says 2025-09-10"
    )


def test_line_is_believed_before_the_address(lexicon: Lexicon) -> None:
    raw = f"<head>{LINK}</head><h1>Nepal's prime minister resigns</h1><p>9 September 2025</p>{BODY}"
    assert _published(raw, lexicon)[0] == "2025-09-09"


@pytest.mark.parametrize(
    "line", ["Last updated 9 September 2025", "Modified: 9 September 2025", "Accessed 9 September 2025"]
)
def test_date_of_a_later_change_is_no_publication_date(line: str, lexicon: Lexicon) -> None:
    raw = f"<h1>Nepal's prime minister resigns</h1><p>{line}</p>{BODY}"
    assert _published(raw, lexicon) == (None, "no date on the page")


def test_dates_in_the_body_and_far_below_are_not_the_reports(lexicon: Lexicon) -> None:
    raw = f"<h1>Nepal's prime minister resigns</h1>{BODY}<p>He took office on 15 July 2024, the ministry said.</p>"
    raw += "<ul><li>Old story one<li>Old story two</ul><p>© 2019 Daily Courier</p>"
    assert _published(raw, lexicon) == (None, "no date on the page")


def test_unreadable_metadata_is_passed_over(lexicon: Lexicon) -> None:
    raw = f'<head><meta name="date" content="yesterday">{LINK}</head><h1>Nepal</h1>{BODY}'
    assert _published(raw, lexicon)[0] == "2025-09-10"
