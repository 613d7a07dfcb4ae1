"""Dates set beside words rather than told: of posts shown in a report, of its corrections, of photographs and rights.

A post or a photograph is not later than the report that shows it; a correction or a notice of rights not earlier.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.extract.dating.bounds import DAY, ZONES, Bound, bound
from onrecord.extract.dating.telling import told_at
from onrecord.extract.dating.written import Written, find_written
from onrecord.extract.syntax import verb_above
from onrecord.lexicon.times import TimeWords
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Cue, Document

MONTH = timedelta(days=31)
OLD_POST = timedelta(days=731)  # posts shown are seldom older than two years
POST = re.compile(
    r"\(@\w{1,30}\)\s{0,2}$|\b(?:post(?:ed)? (?:shared )?by|posted by)\b[^\n]{0,80}\bon\s(?:\w+day,\s)?$", re.I
)
CHANGED = re.compile(
    r"\b(?:updated|amended|corrected|modified|revised|published|posted)\b(?: on| at)?"
    r"[:\s]{0,3}(?:\w+day,?\s)?$",
    re.IGNORECASE,
)
ARCHIVE = re.compile(r"\bfile\b|\barchiv|\bstock\b|©|\bborn\b", re.IGNORECASE)
RIGHTS = re.compile(r"(?:\bcopyright|©|\(c\))\s{0,2}(?:©\s{0,2})?((?:19|20)\d\d)(?![\d–-])", re.IGNORECASE)
OLD_PHOTO = timedelta(days=366)
PHOTO = re.compile(
    r"^\W{0,12}(?:[^\n.]{0,60}\W{1,3})?(?:photo|image|picture|reuters|getty|afp|epa|ap photo)\b", re.IGNORECASE
)
PICTURE = re.compile(
    r"\b(?:photo|image|picture)(?:graph)?(?: taken| released| provided)?(?: on)?\s$|\bthis\s$", re.IGNORECASE
)
LINE = 120  # characters of a block that says when it was changed
REACH = 120  # characters before a date in which the words that say what it is stand


def bounds_from_stamps(document: Document, parsed: Parsed, words: TimeWords) -> Iterator[Bound]:
    """Bounds by every stamped date of the text, furniture included."""
    for part in document.parts:
        for written in find_written(document.text, part.span.start, part.span.end, words):
            if written.is_day and written.first is not None:
                yield from _by_stamp(document, parsed, part.span, written, words)
    yield from _by_rights(document)


def _by_stamp(document: Document, parsed: Parsed, block: Span, written: Written, words: TimeWords) -> Iterator[Bound]:
    day = written.first
    assert day is not None
    before = document.text[max(block.start, written.span.start - REACH) : written.span.start]
    after = document.text[written.span.end : min(block.end, written.span.end + REACH)]
    shown = document.words(written.span)
    if POST.search(before):
        yield bound(day - ZONES, day + OLD_POST, Cue(written.span, f"a post of {shown} is shown"))
    elif CHANGED.search(before) and len(block) <= LINE:
        yield bound(day - MONTH, day + DAY, Cue(written.span, f"published or changed on {shown}"))
    elif written.weekday is not None and day.isoweekday() == written.weekday:
        archived = ARCHIVE.search(before) or ARCHIVE.search(after)
        last = None if archived or not _is_news(parsed, written, words) else day + MONTH
        yield bound(day - ZONES, last, Cue(written.span, f"{shown}, a day told with weekday and year"))
    elif PHOTO.search(after) or PICTURE.search(before):
        last = None if ARCHIVE.search(before) or ARCHIVE.search(after) else day + OLD_PHOTO
        yield bound(day - ZONES, last, Cue(written.span, f"a photograph of {shown} is shown"))


def _is_news(parsed: Parsed, written: Written, words: TimeWords) -> bool:
    """Whether a day with weekday and year is the news: told by a past verb, or its weekday named alone elsewhere."""
    return _told_past(parsed, written, words) or any(
        words.number("weekday", token.lower) == written.weekday
        for token in parsed.tokens
        if token.text[:1].isupper() and not written.span.start <= token.start < written.span.end
    )


def _told_past(parsed: Parsed, written: Written, words: TimeWords) -> bool:
    """Whether the verb above a date tells it as past; not where the date is in no sentence that is read."""
    at = bisect_right(parsed.tokens, written.span.start, key=lambda token: token.end)
    if at >= len(parsed.tokens) or not written.span.start <= parsed.tokens[at].start < written.span.end:
        return False
    verb = verb_above(parsed, at)
    return verb is not None and told_at(parsed, verb, words) == "past"


def _by_rights(document: Document) -> Iterator[Bound]:
    """The year of a notice of rights: the report is of that year or an earlier one."""
    for match in RIGHTS.finditer(document.text):
        year, span = int(match[1]), Span(match.start(), match.end())
        last = date(year, 12, 31)
        yield bound(None, last, Cue(span, f"{document.words(span)}: not after {last}"), 0.5)
