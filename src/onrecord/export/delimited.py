"""CSV (RFC 4180, UTF-8): one file a table, nested fields as JSON text, empty cells for what is unknown or empty.

A text cell that a spreadsheet would run as a formula is written with a leading apostrophe: news text is untrusted.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.schemas import SCHEMAS
from onrecord.store import Row

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: str, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a header line and one line a row."""
    columns: list[str] = SCHEMAS[table].names
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
        count += 1
    text.detach()
    return count


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
