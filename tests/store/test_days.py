"""Days from and until are compared as days, whatever their precision, and said to be wrong where they are none."""

from __future__ import annotations

import pytest

from onrecord.errors import SettingsError
from onrecord.store import check_days, fits_days


@pytest.mark.parametrize(
    ("value", "since", "until", "fits"),
    [
        ("2022-02-10", "2022", "", True),
        ("2022-02-10", "2022-02", "2022-02", True),
        ("2022-02-10", "2022-02-11", "", False),
        ("2022-02-10", "", "2022-02-09", False),
        ("2022-02", "2022-02-15", "", True),  # some day of the month may fit
        ("2022", "2022-11", "2022-12", True),
        ("2021", "2022-01", "", False),
        ("2022-W06", "2022-02-13", "", True),  # Monday the 7th to Sunday the 13th
        ("2022-W06", "2022-02-14", "", False),
        ("2022-01-28/2022-02-02", "2022-02", "2022-02", True),
        ("2022-01-28/2022-02-02", "2022-02-03", "", False),
        ("2022-02-10T21:30", "2022-02-10", "2022-02-10", True),
        ("201", "2015", "2015", True),  # a decade; as strings it would lie before
        ("2021-Q4", "2021-12-31", "2021-12-31", True),  # as strings "Q" would lie behind every digit
        ("2022-SU", "2022-03", "2022-04", False),
        ("XXXX-02-10", "2022", "", False),  # in no calendar
        (None, "2022", "", False),
        (None, "", "", False),
    ],
)
def test_rows_fit_where_their_days_may(value: str | None, since: str, until: str, fits: bool) -> None:
    check_days(since, until)
    assert fits_days(value, since, until) is fits


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2022-13", "", "from: '2022-13' is not in the calendar"),
        ("", "2022-02-30", "to: '2022-02-30' is not in the calendar"),
        ("8 Aug", "", "from: '8 Aug' is none; it is a day, week, month or year"),
        ("", "'; DROP TABLE", "to: "),
        ("2022-03", "2022-02", "the first lies behind the last"),
    ],
)
def test_days_that_are_none_say_what_is_wrong(since: str, until: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words.replace("(", r"\(")):
        check_days(since, until)
