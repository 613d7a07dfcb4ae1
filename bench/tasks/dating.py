"""The report's own date, hidden and inferred again from the text: how often the interval given holds the true day.

Rows need `id`, `text` and `published`. This is a measure of our own, as no public one exists.
"""

from __future__ import annotations

import statistics
from datetime import date
from pathlib import Path

from bench.tools import Row, Tools, plain_document, read_rows
from onrecord.extract.dating import infer_published
from onrecord.extract.mentions import find_mentions


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row a document: the value inferred (None: unknown), its basis, and the words it rests on."""
    predicted: list[Row] = []
    for row in rows:
        document = plain_document(row["id"], row["text"])
        parsed = tools.parsed(document)
        mentions = find_mentions(parsed, document, tools.lexicon)
        published = infer_published(document, parsed, mentions, tools.lexicon)
        cues = [cue.words for cue in published.cues]
        predicted.append({"id": row["id"], "published": published.value, "basis": published.basis, "cues": cues})
    return predicted


def measure(gold: Path, tools: Tools) -> Row:
    """Percent given a value, of those that hold the true day, given one within a year; and the median width in days."""
    rows = [row for row in read_rows(gold) if row.get("published")]
    predicted = predict(rows, tools)
    truth = {row["id"]: date.fromisoformat(row["published"][:10]) for row in rows}
    widths, right = [], 0
    for row in predicted:
        if row["published"] is None:
            continue
        ends = row["published"].split("/")
        first, last = date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])
        widths.append((last - first).days + 1)
        right += first <= truth[row["id"]] <= last
    given = len(widths)
    return {
        "documents": len(predicted),
        "given": round(100 * given / max(1, len(predicted)), 1),
        "holds_true_day": round(100 * right / given, 1) if given else None,
        "within_a_year": round(100 * sum(width <= 366 for width in widths) / max(1, len(predicted)), 1),
        "median_days": statistics.median(widths) if widths else None,
    }
