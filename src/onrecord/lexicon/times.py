"""TimeWords: the words that time expressions are made of, read from `time_words`, `time_modifiers` and `holidays`.

Keys are lower case. A form stands once in its kind; its value is one that the kind allows, or the load fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table

Caution = Literal["-", "short", "name", "word"]

# what the values of each kind of word must look like
KINDS: Mapping[str, str] = {
    "month": r"[1-9]|1[0-2]",
    "weekday": r"[1-7]",
    "unit": r"S|MIN|H|D|W|F|M|Q|Y|E|C|L",
    "season": r"SP|SU|FA|WI",
    "part": r"MO|AF|EV|NI",
    "clock": r"\d\d:\d\d",
    "number": r"\d+",
    "vague": r"X",
    "ordinal": r"\d+|-1",
    "day": r"-?[0-2]",
    "decade": r"[2-9]",
    "reference": r"PAST_REF|PRESENT_REF|FUTURE_REF",
    "frequency": r"PT?\d+[HDWMQY]",
    "planned": r"1",
    "awaited": r"1",
    "scheduling": r"1",
    "ahead": r"1",
    "lasting": r"1",
    "month_lead": r"1",
    "year_lead": r"1",
    "length_lead": r"1",
    "clock_lead": r"1",
    "unsure": r"1",
    "feared": r"1",
    "unheld": r"1",
    "telling": r"1",
    "zone": r"Z|\?|[+-]\d\d:\d\d",
}
MODIFIERS: Mapping[str, frozenset[str]] = {
    "amount": frozenset({"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"}),
    "date": frozenset({"START", "MID", "END", "BEFORE", "AFTER", "APPROX"}),
}
CAUTIONS: tuple[Caution, ...] = ("-", "short", "name", "word")
HOLIDAY_RULE = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)|easter(?P<easter>[+-]\d+)|(?P<nth_month>\d+)/(?P<weekday>[1-7])/(?P<nth>[1-4]|-1)"
)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """When a holiday falls: month and day, days from Easter Sunday, or the nth weekday of a month (-1 the last)."""

    month: int | None = None
    day: int | None = None
    easter: int | None = None
    weekday: int | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """Time words: `kinds` maps a kind and a lower-case form to the form's value; equal only to itself."""

    kinds: Mapping[str, Mapping[str, str]]
    cautions: Mapping[str, Caution]
    amount_modifiers: Mapping[str, str]
    date_modifiers: Mapping[str, str]
    holidays: Mapping[str, HolidayRule]

    def get(self, kind: str, form: str) -> str | None:
        """The value of a form, whatever its case and inner white space; None where it is none of that kind."""
        return self.kinds[kind].get(" ".join(form.lower().split()))

    def has(self, kind: str, form: str) -> bool:
        """Whether a form is of a kind: for the kinds that are mere lists."""
        return form.lower() in self.kinds[kind]

    def number(self, kind: str, form: str) -> int | None:
        """`get` for the kinds whose values are whole numbers."""
        value = self.get(kind, form)
        return None if value is None else int(value)

    def caution(self, form: str) -> Caution:
        return self.cautions.get(" ".join(form.lower().split()), "-")

    def pattern(self, kind: str) -> str:
        """A regular expression that matches any form of a kind."""
        return alternatives(self.kinds[kind])


def alternatives(forms: Iterable[str]) -> str:
    """A regular expression for any of these forms, longer ones first, white space of any kind between words."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(r"\s{1,3}".join(re.escape(word) for word in form.split()) for form in ordered) + ")"


def load_times() -> TimeWords:
    """Read and check the three files."""
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    cautions: dict[str, Caution] = {}
    for line, row in read_table("time_words.tsv", ("kind", "form", "value", "caution")):
        kind, form, value = row["kind"], row["form"].lower(), row["value"]
        if kind not in KINDS or not re.fullmatch(KINDS[kind], value):
            raise LexiconError(f"time_words.tsv:{line}: no {kind} has the value {value!r}")
        caution = next((known for known in CAUTIONS if known == row["caution"]), None)
        if caution is None:
            raise LexiconError(f"time_words.tsv:{line}: unknown caution {row['caution']!r}")
        if form in kinds[kind]:
            raise LexiconError(f"time_words.tsv:{line}: {kind} {form!r} stands twice")
        kinds[kind][form] = value
        if kind in ("month", "weekday", "season"):
            cautions[form] = caution
    modifiers = _load_modifiers()
    return TimeWords(kinds, cautions, modifiers["amount"], modifiers["date"], _load_holidays())


def _load_modifiers() -> dict[str, dict[str, str]]:
    modifiers: dict[str, dict[str, str]] = {on: {} for on in MODIFIERS}
    for line, row in read_table("time_modifiers.tsv", ("form", "on", "modifier")):
        on, form = row["on"], row["form"].lower()
        if on not in MODIFIERS or row["modifier"] not in MODIFIERS[on]:
            raise LexiconError(f"time_modifiers.tsv:{line}: no modifier {row['modifier']!r} on {on!r}")
        if form in modifiers[on]:
            raise LexiconError(f"time_modifiers.tsv:{line}: {form!r} stands twice")
        modifiers[on][form] = row["modifier"]
    return modifiers


def _load_holidays() -> dict[str, HolidayRule]:
    holidays: dict[str, HolidayRule] = {}
    for line, row in read_table("holidays.tsv", ("name", "rule")):
        match = HOLIDAY_RULE.fullmatch(row["rule"])
        if match is None:
            raise LexiconError(f"holidays.tsv:{line}: no rule for a day: {row['rule']!r}")
        if row["name"].lower() in holidays:
            raise LexiconError(f"holidays.tsv:{line}: {row['name']!r} stands twice")
        found = {key: int(value) for key, value in match.groupdict().items() if value is not None}
        if "nth_month" in found:
            found["month"] = found.pop("nth_month")
        holidays[row["name"].lower()] = HolidayRule(**found)
    return holidays
