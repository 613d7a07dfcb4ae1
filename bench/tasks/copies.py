"""Copies: pairs of texts, told apart as copy, part, quotes only or independent by the code that linking uses."""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document
from onrecord.link.copies import compare, relation, sketch
from onrecord.link.reports import read_wording


def predict(rows: list[Row], tools: Tools) -> list[Row]:  # noqa: ARG001 - every task is called alike
    return [{"id": row["id"], "label": _label(row["a"], row["b"])} for row in rows]


def _label(left: str, right: str) -> str:
    texts = {"left": plain_document("left", left), "right": plain_document("right", right)}
    sketches = {name: sketch(read_wording(document)) for name, document in texts.items()}
    return relation(compare("left", "right", sketches))
