"""TimelineJS: the record's timeline as the JSON that the viewer reads, each entry with the words it comes from.

Headlines and texts are HTML there: what comes from reports is escaped. The viewer drops entries without a year without
a word, so they are listed as lost here.
"""

from __future__ import annotations

import html
from datetime import date
from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, content, web_address, when
from onrecord.model.timex import days_of
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "timeline": ("date", "event_group", "statement", "headline", "documents", "lineages"),
}
QUOTES = 4  # claims quoted under an entry


def write_timelinejs(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write one object with all entries."""
    reports = chosen.reports()
    out.write(b'{"events": [')
    count = 0
    for row in tally.through("timeline", chosen.rows("timeline")):
        id = row["event_group"] or row["statement"]
        days = days_of(row["date"]["value"])
        if days is None:
            tally.lose("timeline", id, "its date has no place in the calendar")
            continue
        entry = _entry(row, id, days, _claims(chosen, id), reports)
        out.write((b",\n" if count else b"\n") + as_json(entry))
        count += 1
        tally.carry("timeline")
    out.write(b"\n]}\n")


def _entry(row: Row, id: str, days: tuple[date, date], claims: list[Row], reports: dict[str, Row]) -> Row:
    precision = row["date"]["precision"]
    backing = f"{len(row['documents'])} report(s), {row['lineages']} independent"
    quotes = [_quote(claim, reports[claim["document"]]) for claim in claims[:QUOTES]]
    more = [f"<p>and {len(claims) - QUOTES} more</p>"] if len(claims) > QUOTES else []
    entry: Row = {
        "start_date": _date(days[0], precision), "unique_id": id,
        "text": {"headline": html.escape(row["headline"]),
                 "text": "".join([f"<p>{html.escape(backing)}</p>", *quotes, *more])},
        "display_date": when(row["date"]), "group": claims[0].get("event_type", "said") if claims else "said",
    }  # fmt: skip
    if days[0] != days[1]:
        entry["end_date"] = _date(days[1], precision)
    return entry


def _date(day: date, precision: str) -> Row:
    """No finer than what is known."""
    if precision in ("year", "decade"):
        return {"year": day.year}
    if precision in ("month", "season"):
        return {"year": day.year, "month": day.month}
    return {"year": day.year, "month": day.month, "day": day.day}


def _claims(chosen: Choice, id: str) -> list[Row]:
    """The claims of an entry: of an event group or a statement group, or the statement itself."""
    return (
        chosen.view.some("events", "event_group", [id])
        or chosen.view.some("statements", "statement_group", [id])
        or chosen.view.some("statements", "id", [id])
    )


def _quote(claim: Row, report: Row) -> str:
    words = claim["evidence"]["text"] if "evidence" in claim else content(claim)
    outlet = html.escape(report["outlet"] or report["path"])
    address = web_address(report)
    named = f'<a href="{html.escape(address)}">{outlet}</a>' if address else outlet
    return f"<blockquote>{html.escape(words)}</blockquote><p>{named}</p>"
