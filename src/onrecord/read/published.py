"""When a report came out, as its page states it: metadata before a date line before the address.

A date is never the file's or today's; what contradicts the date that is believed is named in its basis. A dateline
without a year is no date, only a cue for a later stage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model.offsets import Span
from onrecord.model.text import Cue, Fact, Part, Published
from onrecord.read.dates import date_in_address, find_dates, is_date_line, read_date
from onrecord.read.machine import MachineData
from onrecord.read.metadata import Parts
from onrecord.read.page import Told

NEAR = 8  # parts before the title where a date line is the report's own
BEHIND = 4  # parts behind the first line of the body, which may be a summary above the byline

_LATER = re.compile(
    r"(?:updated?|modified|revised|edited|corrected|accessed|retrieved|as of|expires?)\W*(?:on|at|:)?\W*$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:published|posted|first published|issued|released|filed|date)\W*(?:on|at|:)?\W*$", re.IGNORECASE
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z.'’ /-]{2,40}(?:, [A-Z][\w.' ]{1,25})?)[,(]? ?\(?"
    rf"(?P<day>{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? (?P<year>\d{{4}}))?"
)


def find_published(told: Told, data: MachineData, parts: Parts, url: Fact) -> Published:
    """The date: metadata before a stated line before the address; what says otherwise is named in the basis."""
    found: list[Published] = []
    for value, basis in (*((told.published,) if told.published else ()), *data.published):
        read = read_date(value)
        if read is not None:
            found.append(Published(read[0], read[1], basis, value))
            break
    stated = _stated(parts)
    if stated is not None:
        found.append(stated)
    in_address = date_in_address(url.value) if url.value else None
    if in_address is not None:
        found.append(Published(in_address[0], in_address[1], f"date in the {url.basis}", in_address[2]))
    if not found:
        return Published(None, "unknown", "no date on the page", cues=_dateline_cue(parts))
    return _weigh(found)


def _weigh(found: Sequence[Published]) -> Published:
    """The first, with those that agree or not named behind it."""
    first = found[0]
    notes = []
    for other in found[1:]:
        size = min(len(first.value or ""), len(other.value or ""), 10)
        agrees = (first.value or "")[:size] == (other.value or "")[:size]
        notes.append(f"{other.basis} {'agrees' if agrees else f'says {other.value}'}")
    basis = "; ".join([first.basis, *notes])
    cues = next((published.cues for published in found if published.cues), ())
    return Published(first.value, first.precision, basis, first.text, cues)


def _stated(parts: Parts) -> Published | None:
    """The date line at the head, or a labelled one anywhere around, else a dateline that names the year."""
    title, first = parts.first("title"), parts.first("body")
    anchors = [number for number in (title, first) if number is not None]
    low, high = (min(anchors) - NEAR, max(anchors) + BEHIND) if anchors else (0, len(parts.parts))
    for number, part, words in parts.of_kind("boilerplate", "byline"):
        for date in find_dates(words) if len(words) <= 300 else ():
            before = words[: date.span.start][-40:]
            labelled = _FIRST.search(before) is not None
            here = low <= number <= high and (part.kind == "byline" or is_date_line(words))
            if not _LATER.search(before) and (here or labelled):
                said = words[date.span.start : date.span.end]
                at = part.span.start + date.span.start
                cue = Cue(Span(at, at + len(said)), "the page's date line")
                return Published(date.value, date.precision, "stated date line", said, (cue,))
    return _dated_dateline(parts)


def _dated_dateline(parts: Parts) -> Published | None:
    match, part = _dateline(parts)
    if match is None or part is None or match["year"] is None:
        return None
    read = read_date(f"{match['day'].replace('.', '')} {match['year']}")
    if read is None:
        return None
    span = Span(part.span.start + match.start("day"), part.span.start + match.end("year"))
    words = match.string[match.start("day") : match.end("year")]
    return Published(read[0], read[1], "dateline", words, (Cue(span, "dateline"),))


def _dateline_cue(parts: Parts) -> tuple[Cue, ...]:
    """A dateline without a year says something, but no date."""
    match, part = _dateline(parts)
    if match is None or part is None:
        return ()
    at = part.span.start
    return (Cue(Span(at + match.start("day"), at + match.end("day")), "dateline without a year"),)


def _dateline(parts: Parts) -> tuple[re.Match[str] | None, Part | None]:
    for _, part, words in parts.of_kind("body"):
        return _DATELINE.match(words), part
    return None, None
