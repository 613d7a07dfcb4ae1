"""What the rules read and give: a setting (words found, anchor day, direction), a sense (value and days), a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.extract.times.periods import Period
from onrecord.lexicon.times import TimeWords
from onrecord.model.claims import TimeType
from onrecord.model.days import Counted
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Precision

RESULTS = re.compile(r"[$€£#]\s?\d|\d%|\b(?:million|billion|a share)\b")
Direction = Literal["past", "future", "open"]
Anchor = Literal["text", "report", "before"]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a time expression means. `anchor`: the text alone gave it, the report's date did, or the date before it.

    `counted`: how a day is counted from the report's, whether that is known or not.
    """

    type: TimeType
    value: str | None
    precision: Precision = "unknown"
    start: date | None = None
    end: date | None = None
    modifier: str | None = None
    anchor: Anchor = "text"
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where words were found: tokens [first, last) of a parse; `day` is the anchor, None where it is not known.

    `before` is the last date with known days earlier in the text, `near` whether it stands in the same sentence;
    `quarter` is the last quarter of a year that the report named for itself.
    """

    parsed: Parsed
    first: int
    last: int
    words: TimeWords
    day: date | None
    direction: Direction
    before: Sense | None = None
    near: bool = False
    quarter: Sense | None = None

    @property
    def word_before(self) -> str:
        """The word right before, in lower case; "" at the start of the report."""
        return self.parsed.tokens[self.first - 1].lower if self.first else ""

    @property
    def tells_results(self) -> bool:
        """Whether the sentence tells of sums and a quarter was named: "a year ago" is that quarter a year before."""
        sentence = self.parsed.sentence_span(self.parsed.tokens[self.first].sentence)
        return self.quarter is not None and RESULTS.search(self.parsed.words(sentence)) is not None

    @property
    def token_after(self) -> Token | None:
        return self.parsed.tokens[self.last] if self.last < len(self.parsed.tokens) else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over the text of a paragraph and what it means; `name` says in words what it is, for the basis.

    In `pattern` a blank stands for white space and %(month)s for any word of that kind. `read` gives None where the
    words are no time expression after all.
    """

    name: str
    pattern: str
    read: Callable[[re.Match[str], Setting], Sense | None]


def dated(period: Period | None, anchor: Anchor = "text", modifier: str | None = None) -> Sense | None:
    """A DATE for a period."""
    if period is None:
        return None
    return Sense("DATE", period.value, period.precision, period.start, period.end, modifier, anchor)


def vague(value: str | None, kind: TimeType = "DATE", modifier: str | None = None) -> Sense:
    """A time with no known days."""
    return Sense(kind, value, "unknown", None, None, modifier)


def counted_day(counted: Counted, report: date | None, form: str, part: str | None) -> Sense | None:
    """A day counted from the report's, or a part of it; with no known days but its `form` where the report has none."""
    kind: TimeType = "TIME" if part else "DATE"
    suffix = f"T{part}" if part else ""
    if report is None:
        return Sense(kind, f"{form}{suffix}", "unknown", counted=counted)
    day = counted.day(report)
    return Sense(kind, f"{day}{suffix}", "day", day, day, None, "report", counted) if day else None
