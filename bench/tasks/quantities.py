"""Amounts of NewsQuant sentences: every value with its unit, from the plain sentence.

Gold rows give the sentence, nothing else is read; a range is scored by its lower end, as the gold writes it.
"""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document
from onrecord.extract.quantities import find_quantities


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """Quantities of each sentence."""
    return [{"text": row["text"], "quantities": _quantities(row["text"], tools)} for row in rows]


def _quantities(text: str, tools: Tools) -> list[Row]:
    parsed = tools.parsed(plain_document("quantities", text))
    found = find_quantities(parsed, tools.lexicon)
    return [{"value": quantity.value, "unit": quantity.unit, "bound": quantity.bound} for quantity in found]
