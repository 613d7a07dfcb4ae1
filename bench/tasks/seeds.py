"""The first five reports as a user would have them: a record built from the files, scored from its own export."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench.gold import score
from bench.tools import Tools
from onrecord.export import EXPORTERS
from onrecord.pipeline import build
from onrecord.store import open_view


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Figures of the scorer's `seeds` task; `gold` is its folder, the reports stand in `seeds` beside the gold data."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "seeds.onrecord"
        build([str(gold.parent.parent / "seeds")], record, tools.settings)
        exports = [Path(folder) / f"{table}.jsonl" for table in ("statements", "events")]
        with open_view(record) as view:
            for path in exports:
                with path.open("wb") as out:
                    EXPORTERS[0].write(path.stem, view.rows(path.stem), out)
        return score("seeds", gold, *exports)
