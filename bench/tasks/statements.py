"""Attributions in news text (PolNeAR): source, cue and content of each, from the statement extractor.

The gold counts no statement inside another one and takes the conjunction "that" as part of the content; the record
does neither, so both are adjusted here, before scoring.
"""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document, spans
from onrecord.extract.statements import find_attributions
from onrecord.extract.statements.attribution import Attribution
from onrecord.model.offsets import Span


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """One row an article, with its attributions."""
    found: list[Row] = []
    for row in rows:
        document = plain_document(row["id"], row["text"], heading=True)
        attributions = find_attributions(tools.parsed(document), tools.lexicon)
        outer = outermost(attributions)
        found.append({"id": row["id"], "attributions": [as_gold(one, row["text"]) for one in outer]})
    return found


def outermost(attributions: tuple[Attribution, ...]) -> list[Attribution]:
    """Those whose cue stands in no other's content."""
    return [
        one
        for one in attributions
        if one.cue is None
        or not any(span.contains(one.cue.span) for other in attributions if other is not one for span in other.content)
    ]


def as_gold(one: Attribution, text: str) -> Row:
    return {
        "source": list(spans([one.source.phrase])) if one.source else [],
        "cue": list(spans([one.cue.span])) if one.cue else [],
        "content": list(spans(_with_conjunction(span, text) for span in one.content)),
    }


def _with_conjunction(span: Span, text: str) -> Span:
    """A span that takes in the "that" right before it."""
    return Span(span.start - 5, span.end) if text[max(0, span.start - 5) : span.start] == "that " else span
