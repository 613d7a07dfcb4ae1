"""Stories: which reports are about one event in the world, by the grouping that linking does first."""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document
from onrecord.lexicon.words import load_function_words
from onrecord.link.reports import Report, read_report
from onrecord.link.stories import group_stories


def predict(rows: list[Row], tools: Tools) -> list[Row]:  # noqa: ARG001 - every task is called alike
    stories = group_stories([_report(row) for row in rows], load_function_words())
    return [{"id": row["id"], "cluster": stories[row["id"]]} for row in rows]


def _report(row: Row) -> Report:
    heading = " ".join((row["title"] or "").split())
    document = plain_document(row["id"], f"{heading}\n{row['text']}", row["published"], heading=bool(heading))
    return read_report(document, document.published)
