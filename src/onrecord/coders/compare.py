"""The record's events beside another coder's of the same reports: what agrees, what differs, who has what alone.

Reports are matched by address, or by title where the days allow it. Inside a report each row of theirs is paired with
at most one event of ours, the likest first: a pair shares the type and a side, or both sides. No verdict on either.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from onrecord.model.coded import CodedRow
from onrecord.model.days import day_range
from onrecord.store import Row

Verdict = Literal["agree", "differ", "only_ours", "only_theirs"]
VERDICTS: tuple[Verdict, ...] = ("agree", "differ", "only_ours", "only_theirs")
WEIGHTS = {"type": 4, "source": 3, "target": 3, "day": 1}
NEAR = datetime.timedelta(days=3)  # how far apart two days of one report may be told
UNLIKE = -1


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the comparison: a report, ours, theirs, and the fields in which they differ."""

    document: str
    path: str
    verdict: Verdict
    fields: tuple[str, ...]
    ours: Row | None
    theirs: CodedRow | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines by report, and their rows whose report the record does not hold."""

    pairs: tuple[Pair, ...]
    elsewhere: tuple[CodedRow, ...]

    def counts(self) -> dict[str, int]:
        """How many lines of each verdict."""
        return {verdict: sum(pair.verdict == verdict for pair in self.pairs) for verdict in VERDICTS}


def compare(documents: Iterable[Row], events: Iterable[Row], coded: Sequence[CodedRow]) -> Comparison:
    """Rows of the record's tables `documents` and `events` beside rows of another coder."""
    reports = list(documents)
    theirs, elsewhere = _by_report(reports, coded)
    ours: dict[str, list[Row]] = defaultdict(list)
    for event in events:
        if event["document"] in theirs:
            ours[event["document"]].append(event)
    pairs = [
        pair for report in reports if report["id"] in theirs
        for pair in _pair(report, _once(ours[report["id"]]), theirs[report["id"]])
    ]  # fmt: skip
    return Comparison(tuple(pairs), tuple(elsewhere))


def _by_report(
    reports: Sequence[Row], coded: Sequence[CodedRow]
) -> tuple[Mapping[str, list[CodedRow]], list[CodedRow]]:
    """Their rows by our report; those of reports that we do not have."""
    by_url = {_address(row["url"]): row["id"] for row in reports if row["url"]}
    by_title: dict[str, list[Row]] = defaultdict(list)
    for row in reports:
        if row["title"]:
            by_title[_folded(row["title"])].append(row)
    held: dict[str, list[CodedRow]] = defaultdict(list)
    elsewhere = []
    for one in coded:
        found = by_url.get(_address(one.url)) if one.url else None
        if found is None and one.title:
            fitting = [row for row in by_title.get(_folded(one.title), ()) if _near(row["published"]["value"], one)]
            found = fitting[0]["id"] if len(fitting) == 1 else None
        if found is None:
            elsewhere.append(one)
        else:
            held[found].append(one)
    return held, elsewhere


def _address(url: str) -> str:
    """An address without what does not tell reports apart: scheme, "www.", a slash at the end, tracking, a fragment."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return url
    query = "&".join(pair for pair in parts.query.split("&") if pair and not re.match(r"utm_|fbclid|gclid|ref=", pair))
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _near(published: str | None, one: CodedRow) -> bool:
    """Whether a report may have come out on their day; unknown days do not keep a title from matching."""
    theirs = one.published or one.day
    if not published or not theirs:
        return True
    days = re.findall(r"\d{4}-\d{2}-\d{2}", published)
    if not days:
        return True
    first, last = datetime.date.fromisoformat(days[0]), datetime.date.fromisoformat(days[-1])
    return first - NEAR <= datetime.date.fromisoformat(theirs) <= last + NEAR


def _once(events: Sequence[Row]) -> list[Row]:
    """Events of one report, each once: coders count an act once a report, however often it is told."""
    held: dict[tuple[object, ...], Row] = {}
    for event in events:
        sides = (frozenset(_countries(event[side]) or _names(event[side])) for side in ("actors", "recipients"))
        held.setdefault((event["event_type"], *sides, _day(event)), event)
    return list(held.values())


def _pair(report: Row, ours: Sequence[Row], theirs: Sequence[CodedRow]) -> list[Pair]:
    likeness = sorted(
        ((-_score(event, row), i, j) for i, event in enumerate(ours) for j, row in enumerate(theirs)
         if _score(event, row) > UNLIKE)
    )  # fmt: skip
    taken: dict[int, int] = {}
    for _, i, j in likeness:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = []
    for i, event in enumerate(ours):
        row = theirs[taken[i]] if i in taken else None
        apart = tuple(name for name, same in _same(event, row).items() if not same) if row else ()
        verdict: Verdict = "only_ours" if row is None else "differ" if apart else "agree"
        pairs.append(Pair(report["id"], report["path"], verdict, apart, event, row))
    pairs += [
        Pair(report["id"], report["path"], "only_theirs", (), None, row)
        for j, row in enumerate(theirs) if j not in taken.values()
    ]  # fmt: skip
    return pairs


def _score(event: Row, row: CodedRow) -> int:
    """How like two events are; UNLIKE where they share neither type and a known side nor both known sides."""
    same = _same(event, row)
    source = same["source"] and bool(event["actors"])
    target = same["target"] and bool(event["recipients"])
    if not ((same["type"] and (source or target)) or (source and target)):
        return UNLIKE
    return sum(weight for name, weight in WEIGHTS.items() if same[name])


def _same(event: Row, row: CodedRow) -> dict[str, bool]:
    """Field by field, whether both say the same; unknown is the same as unknown only."""
    return {
        "type": event["event_type"] == row.type,
        "source": _same_side(event["actors"], row.source, row.source_name),
        "target": _same_side(event["recipients"], row.target, row.target_name),
        "day": _same_day(event, row.day),
    }


def _same_side(parties: Sequence[Row], country: str | None, name: str | None) -> bool:
    if not parties or not (country or name):
        return not parties and not (country or name)
    return (country in _countries(parties)) or (bool(name) and _folded(name or "") in _names(parties))


def _countries(parties: Iterable[Row]) -> set[str]:
    return {party["actor"]["country"] for party in parties if party["actor"] and party["actor"]["country"]}


def _names(parties: Iterable[Row]) -> set[str]:
    return {
        _folded(words) for party in parties
        for words in (party["span"]["text"], (party["actor"] or {}).get("name")) if words
    }  # fmt: skip


def _day(event: Row) -> str | None:
    """The days of an event as the record has them; None where it has none in the calendar."""
    value = (event["date"] or {}).get("value")
    return value if day_range(value) else None


def _same_day(event: Row, day: str | None) -> bool:
    """Whether their day is ours, or lies in ours where we know it less closely."""
    days = day_range(_day(event))
    return days[0] <= day <= days[1] if days and day else not days and not day
