"""XLSX: one workbook, one sheet a table, nested fields as JSON text, empty cells for what is unknown or empty.

Text is always written as text: no cell is a formula, a link or a number by accident. Excel takes 32,767 characters a
cell and 1,048,576 rows a sheet; what is beyond is listed as lost. The same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
from typing import Any, BinaryIO

from onrecord.export.choice import Choice, key_of
from onrecord.export.schemas import SCHEMAS
from onrecord.export.tally import Tally
from onrecord.export.wording import for_xml
from onrecord.optional import need
from onrecord.store import TABLES, Row

MOST_ROWS = 1_048_575  # below the heading
MOST_CHARACTERS = 32_767
WIDTH = 24  # of a column, in characters
NO_TIME = datetime.datetime(1980, 1, 1)  # the date of the workbook: a record has none


def write_xlsx(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:
    """Write the workbook; `part` is one table, or "" for all."""
    xlsxwriter = need("xlsxwriter", "xlsx")
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": NO_TIME})
    bold = book.add_format({"bold": True})
    for table in (part,) if part else TABLES:
        sheet = book.add_worksheet(table)
        names = SCHEMAS[table].names
        sheet.set_column(0, len(names) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        _write_rows(sheet, table, names, chosen, tally)
    book.close()


def _write_rows(sheet: Any, table: str, names: list[str], chosen: Choice, tally: Tally) -> None:
    number = 0
    for row in tally.through(table, chosen.rows(table)):
        if number >= MOST_ROWS:
            tally.lose(table, key_of(table, row), f"a sheet has {MOST_ROWS + 1} rows")
            continue
        number += 1
        for column, name in enumerate(names):
            _write_cell(sheet, number, column, _Cell(table, row, name, tally))
        tally.carry(table)
    sheet.autofilter(0, 0, number, len(names) - 1)


class _Cell:
    """One value on its way into a sheet."""

    def __init__(self, table: str, row: Row, name: str, tally: Tally) -> None:
        self.value = row[name]
        self._where = (table, key_of(table, row), name)
        self._tally = tally

    def text(self) -> str:
        value = self.value
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        words, replaced = for_xml(words)
        if replaced:
            self._tally.shorten(*self._where, "control characters, which XML has none of, became �")
        if len(words) > MOST_CHARACTERS:
            self._tally.shorten(*self._where, f"cut: a cell has {MOST_CHARACTERS} characters")
        return words[:MOST_CHARACTERS]


def _write_cell(sheet: Any, row: int, column: int, cell: _Cell) -> None:
    value = cell.value
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, cell.text())
