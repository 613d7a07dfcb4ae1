"""Terms of office: dates told by day, month or year, what they cover, and the share of a stretch."""

from __future__ import annotations

import pytest

from onrecord.lexicon.terms import Tenure, first_day, last_day, make_tenure, share


def term(since: str, until: str = "", seen: str = "") -> Tenure:
    return make_tenure("president", "President", "KEN", since, until, seen, "a test")


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2004-02-10", "2004-02-10", "2004-02-10"),
        ("2004-02", "2004-02-01", "2004-02-29"),  # a leap year
        ("2005-02", "2005-02-01", "2005-02-28"),
        ("2004", "2004-01-01", "2004-12-31"),
    ],
)
def test_a_date_stands_for_all_its_days(told: str, first: str, last: str) -> None:
    assert (first_day(told), last_day(told)) == (first, last)


@pytest.mark.parametrize("told", ["", "soon", "2004-13", "2004-02-30", "04-02-2004", "2004-2"])
def test_what_is_no_date_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_day(told)


@pytest.mark.parametrize(
    ("since", "until", "seen"),
    [("2004-05-01", "2004-04-30", ""), ("2004-05", "", "2004-04-30"), ("2004-05", "", "")],
)
def test_a_term_that_ends_before_it_begins_or_was_never_seen_is_refused(since: str, until: str, seen: str) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        term(since, until, seen)


def test_a_month_without_its_day_belongs_to_both_holders() -> None:
    one, two = term("2001", "2004-06"), term("2004-06", "2008")
    assert one.covers("2004-06-30", "2004-06-30")
    assert two.covers("2004-06-01", "2004-06-01")
    assert not two.covers("2004-05-31", "2004-05-31")
    assert one.told == ("2001", "2004-06")


@pytest.mark.parametrize(
    ("terms", "days", "expected"),
    [
        ([term("2000", "2010")], ("2004-01-01", "2004-01-10"), 1.0),
        ([term("2000", "2004-01-05")], ("2004-01-01", "2004-01-10"), 0.5),
        ([term("2000", "2004-01-05"), term("2004-01-04", "2009")], ("2004-01-01", "2004-01-10"), 1.0),  # they overlap
        ([term("2005", "2009")], ("2004-01-01", "2004-01-10"), 0.0),
        ([term("2004-01-01", "", "2004-01-05")], ("2004-01-01", "2004-01-10"), 0.5),  # as far as it is known
    ],
)
def test_share_counts_each_day_once(terms: list[Tenure], days: tuple[str, str], expected: float) -> None:
    assert share(terms, days) == expected


def test_share_of_an_unknown_day_weighs_terms_by_their_length() -> None:
    assert share([term("2001", "2002")], None) == 730
