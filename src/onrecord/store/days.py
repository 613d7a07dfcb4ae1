"""Days from and until, as lists take them beside a query: years, months, weeks or days, an end that may be open.

A row fits where its days may lie in what is asked, as with `since:` and `until:` of the query language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.errors import SettingsError
from onrecord.model.timex import Days, days_of

FORMS = "a day, week, month or year, as in 2022-01-30, 2022-W04, 2022-01 or 2022"


def check_days(since: str, until: str) -> None:
    """SettingsError where one is none, or where the first lies behind the last."""
    first, last = _read("from", since), _read("to", until)
    if first and last and first[0] > last[1]:
        raise SettingsError(f"from {since} to {until} holds no day: the first lies behind the last")


def fits_days(value: str | None, since: str, until: str) -> bool:
    """Whether the days of a TIMEX3 or ISO value may lie between two that `check_days` has passed; "" is no bound."""
    held = _days(value) if value else None
    first, last = _days(since), _days(until)
    return (
        held is not None
        and (first is None or held[1] >= first[0])
        and (last is None or held[0] <= last[1])
    )  # fmt: skip


def _read(name: str, value: str) -> Days | None:
    if not value:
        return None
    found = _days(value)
    if found is None:
        what = "is not in the calendar" if re.fullmatch(r"\d{4}(-\d\d){1,2}", value) else "is none"
        raise SettingsError(f"{name}: {value[:40]!r} {what}; it is {FORMS}")
    return found


@lru_cache(maxsize=50_000)
def _days(value: str) -> Days | None:
    return days_of(value)
