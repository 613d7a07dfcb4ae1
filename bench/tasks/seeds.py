"""The first five reports as a user would have them: a record built from the files, scored from its own export."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench.gold import score
from bench.tools import Tools, read_rows, write_rows
from onrecord.export.jsonl import write_jsonl
from onrecord.pipeline import build
from onrecord.store import open_view


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Figures of the scorer's `seeds` task; `gold` is its folder, the reports stand in `seeds` beside the gold data.

    The scorer asks for the right date before the right status; `events.status_of_pairs` is of all events with the right
    type and sides, whatever their date.
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
        return figures


def _copy_without_dates(gold: Path, copy: Path) -> None:
    """The gold with every event's date left open: the scorer then asks for the status of all right pairs."""
    copy.mkdir()
    (copy / "statements.jsonl").write_bytes((gold / "statements.jsonl").read_bytes())
    write_rows(copy / "events.jsonl", [row | {"date": None} for row in read_rows(gold / "events.jsonl")])
