"""The first five reports as a user would have them: a record built from the files, scored from its own export."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.gold import score
from bench.tools import Row, Tools, read_rows, write_rows
from onrecord.export.jsonl import write_jsonl
from onrecord.pipeline import build
from onrecord.store import open_view

WEEK = 7  # days: a longer interval is no date


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Figures of the scorer's `seeds` task; `gold` is its folder, the reports stand in `seeds` beside the gold data.

    The scorer asks for the right date before the right status; `events.status_of_pairs` is of all events with the right
    type and sides, whatever their date. It knows no interval as a date; `events.held` counts a date too whose days, a
    week at most, hold the gold's.
    """
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "seeds.onrecord"
        build([str(gold.parent.parent / "seeds")], record, tools.settings)
        exports = [Path(folder) / f"{table}.jsonl" for table in ("statements", "events")]
        with open_view(record) as view:
            for path in exports:
                with path.open("wb") as out:
                    write_jsonl(path.stem, view.rows(path.stem), out)
        figures = score("seeds", gold, *exports)
        without_dates = Path(folder) / "gold"
        _copy_without_dates(gold, without_dates)
        undated = score("seeds", without_dates, *exports)["events"]
        figures["events"]["status_of_pairs"] = round(100 * undated["status"] / max(1e-9, undated["pair"]), 1)
        widened = Path(folder) / "widened.jsonl"
        write_rows(widened, [day for row in read_rows(exports[1]) for day in _day_by_day(row)])
        figures["events"]["held"] = score("seeds", gold, exports[0], widened)["events"]["dated"]
        return figures


def _day_by_day(row: Row) -> list[Row]:
    """An event once for each day on which it may have happened; as it is where that is a single one, or many."""
    first, mark, last = ((row["date"] or {}).get("value") or "").partition("/")
    if not mark:
        return [row]
    start = date.fromisoformat(first)
    length = (date.fromisoformat(last) - start).days + 1
    days = [(start + timedelta(days=step)).isoformat() for step in range(length)]
    return [row | {"date": row["date"] | {"value": day}} for day in days] if length <= WEEK else [row]


def _copy_without_dates(gold: Path, copy: Path) -> None:
    """The gold with every event's date left open: the scorer then asks for the status of all right pairs."""
    copy.mkdir()
    (copy / "statements.jsonl").write_bytes((gold / "statements.jsonl").read_bytes())
    write_rows(copy / "events.jsonl", [row | {"date": None} for row in read_rows(gold / "events.jsonl")])
