"""Name pairs: one name or two, scored by the function that joins people across reports."""

from __future__ import annotations

from bench.tools import Row, Tools
from onrecord.link.actors.names import name_score


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One score a pair; the pair's label is not read."""
    actors = tools.lexicon.actors
    return [
        {"name1": r["name1"], "name2": r["name2"], "score": name_score(r["name1"], r["name2"], actors)} for r in rows
    ]
