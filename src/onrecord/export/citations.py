"""CSL-JSON: every chosen report as a reference, for Zotero, Pandoc and all that speaks the Citation Style Language.

One list, a report an item of type `article-newspaper`. A date is as fine as it is known: an interval comes out as a
range, an unknown day not at all, and never the day on which anything was saved.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, web_address
from onrecord.model.timex import days_of
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "documents": ("id", "path", "title", "outlet", "author", "url", "language", "published"),
}


def write_csl(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write one list with an item a report."""
    out.write(b"[")
    for count, row in enumerate(tally.through("documents", chosen.rows("documents"))):
        out.write((b",\n" if count else b"\n") + as_json(_item(row, tally)))
        tally.carry("documents")
    out.write(b"\n]\n")


def _item(row: Row, tally: Tally) -> Row:
    """A report as a reference: what is not known has no field."""
    days = days_of(row["published"]["value"])
    address = web_address(row)
    if row["published"]["value"] and days is None:
        tally.shorten("documents", row["id"], "published", "its date has no place in the calendar")
    if row["url"] and not address:
        tally.shorten("documents", row["id"], "url", "no address on the web")
    item = {
        "id": row["id"], "type": "article-newspaper", "title": row["title"], "container-title": row["outlet"],
        "author": [{"literal": row["author"]}] if row["author"] else None,  # a byline may name two people, or a desk
        "issued": _issued(*days, row["published"]["precision"]) if days else None,
        "URL": address, "language": row["language"], "source": "Onrecord", "archive_location": row["path"],
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _issued(first: date, last: date, precision: str) -> Row:
    """A day or a range of days, no finer than what is known."""
    fineness = {"year": 1, "month": 2}.get(precision, 3)
    parts = [[day.year, day.month, day.day][:fineness] for day in (first, last)]
    return {"date-parts": parts if parts[0] != parts[1] else parts[:1]}
