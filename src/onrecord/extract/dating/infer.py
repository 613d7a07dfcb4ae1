"""The report's date as it is known, or else the interval that its text leaves for it: one that must hold the true day.

What binds it: a line near the top that is a date and nothing else; dates told as past or still to come; dates set
beside posts, photographs and corrections; dated events of the world, told as past or as still open; years counted
from them; people named by the office they hold; and, among the years that these leave, days and months named without
their year, and weekdays. Where bounds leave one side open, or contradict each other, the date is None; the cues are
listed all the same.
"""

from __future__ import annotations

import re
from datetime import date

from onrecord.extract.dating.bounds import Left, binding, meet
from onrecord.extract.dating.days import bounds_from_days
from onrecord.extract.dating.happenings import bounds_from_events
from onrecord.extract.dating.months import bounds_from_months
from onrecord.extract.dating.offices import bounds_from_offices
from onrecord.extract.dating.spans import bounds_from_spans
from onrecord.extract.dating.stamps import bounds_from_stamps
from onrecord.extract.dating.tenses import bounds_from_dates, bounds_from_weekdays
from onrecord.extract.dating.weekdays import bounds_from_weekdays_alone
from onrecord.extract.dating.written import Written, find_written
from onrecord.lexicon import Lexicon
from onrecord.lexicon.times import TimeWords
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed
from onrecord.model.text import Cue, Document, Published

TOP = 6  # blocks from the top among which a line of nothing but a date is the report's own
LONGEST_DATELINE = 60  # characters: "Published: Wednesday, 14 September 2011, 10:35 a.m. GMT"
DATELINE_REST = re.compile(
    r"(?:published|posted|date|on|at|\d{1,2}[:.]\d\d|[ap]\.?m\b\.?|gmt|utc|est|edt|et|bst|cet|msk|"
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|[\s,:;|/\-–—.()@])*",
    re.IGNORECASE,
)


def infer_published(document: Document, parsed: Parsed, mentions: tuple[Mention, ...], lexicon: Lexicon) -> Published:
    """The report's date: unchanged where known, else an ISO day or "from/to" with its cues, else None."""
    known = document.published
    if known.value is not None:
        return known
    top = _find_dateline(document, lexicon.times)
    if top is not None and top.first is not None:
        cue = Cue(top.span, "a line of its own near the top")
        return Published(top.first.isoformat(), "day", "a date alone on its line", document.words(top.span), (cue,))
    bounds = [
        *bounds_from_dates(parsed, lexicon.times),
        *bounds_from_stamps(document, parsed, lexicon.times),
        *bounds_from_events(parsed, lexicon.world, lexicon.times),
        *bounds_from_spans(parsed, lexicon.world, lexicon.times),
        *bounds_from_offices(parsed, mentions, lexicon.actors, lexicon.times),
    ]
    left = meet(bounds)
    if left.first is not None and left.last is not None:
        bounds.extend(bounds_from_weekdays(parsed, lexicon.times, left.first, left.last))
        bounds.extend(bounds_from_days(parsed, lexicon.times, left.first, left.last))
        left = meet(bounds)
    if left.first is not None and left.last is not None:
        bounds.extend(bounds_from_months(parsed, lexicon.times, left.first, left.last))
        left = meet(bounds)
    if left.first is not None and left.last is not None:
        bounds.extend(bounds_from_weekdays_alone(parsed, lexicon.times, left.first, left.last))
        left = meet(bounds)
    return _published(left, known)


def _published(left: Left, known: Published) -> Published:
    cues = binding(left)
    if left.contradicts:
        against = tuple(one.cue for one in left.against)
        return Published(None, "unknown", "signs in the text contradict each other", known.text, (*cues, *against))
    if left.first is None or left.last is None:
        reason = "the text bounds it on one side only" if cues else "nothing in the text bounds it"
        return Published(None, "unknown", reason, known.text, cues)
    return Published(_interval(left.first, left.last), "interval", "bounded by its own text", known.text, cues)


def _interval(first: date, last: date) -> str:
    return f"{first.isoformat()}/{last.isoformat()}"


def _find_dateline(document: Document, words: TimeWords) -> Written | None:
    """The one full date that stands alone in a block near the top; two different ones are none."""
    found: list[Written] = []
    blocks = [part.span for part in document.parts if document.words(part.span).strip()]
    for block in blocks[:TOP]:
        if len(block) > LONGEST_DATELINE:
            continue
        for written in find_written(document.text, block.start, block.end, words):
            text = document.text
            rest = (text[block.start : written.span.start], text[written.span.end : block.end])
            if written.is_day and all(DATELINE_REST.fullmatch(piece) for piece in rest):
                found.append(written)
    return found[0] if len({written.first for written in found}) == 1 else None
