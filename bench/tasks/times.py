"""Times: TIMEX3 spans, types and values of every time expression, with the report's date given."""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document
from onrecord.extract.times import find_times


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row a document: the times found in its text."""
    predicted: list[Row] = []
    for row in rows:
        document = plain_document(row["id"], row["text"], row["published"])
        found = find_times(tools.parsed(document), document.published, tools.lexicon)
        times = [{"span": [t.span.start, t.span.end], "type": t.type, "value": t.value} for t in found]
        predicted.append({"id": row["id"], "times": times})
    return predicted
