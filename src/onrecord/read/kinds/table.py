"""Articles in a table: CSV, TSV or another delimiter, a header line, one article a row.

A row with more cells than the header is not read: an unquoted delimiter would have cut its text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.kinds.records import USUAL, Record, find_columns, read_columns, read_record
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import open_text, read_line
from onrecord.settings import Settings

SUFFIXES = frozenset({"csv", "tsv", "tab"})
DELIMITERS = ",\t;|"
MOST_HEADER = 2000  # code points: a longer first line is prose


def looks_like_table(source: Source, head: Head) -> bool:
    """A suffix of tables, or a first line of short names, a text's and another field's among them."""
    if source.suffix in SUFFIXES:
        return True
    line = head.text.partition("\n")[0]
    if len(line) > MOST_HEADER:
        return False
    names = [name.strip().strip('"') for name in line.split(_delimiter(line))]
    found = set(find_columns(names, USUAL))
    return len(names) > 1 and "text" in found and len(found) > 1 and all(0 < len(name) < 40 for name in names)


def read_table(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    """Rows in order, numbered from 1 below the header."""
    with open_text(stream, source.charset) as text:
        yield from _read_rows(source, _lines(text, settings), settings)


def _read_rows(source: Source, lines: Iterator[str], settings: Settings) -> Iterator[Found]:
    columns = read_columns(settings)
    first = next(lines, "")
    if first.startswith("sep="):  # a hint that spreadsheets write and read
        first = next(lines, "")
    delimiter = _delimiter(first)
    header = next(csv.reader([first], delimiter=delimiter), [])
    if not {"text", "html"} & set(find_columns(header, columns)):
        raise InputError("no text column", f"columns: {', '.join(header)}"[:300])
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_file_bytes))  # the library's own is 131,072
    for number, row in _rows(csv.reader(lines, delimiter=delimiter)):
        path = f"{source.path}#{number}"
        try:
            yield read_record(Record(path, _fields(header, row), "column"), columns)
        except InputError as error:
            yield Skip(path, "read", error.reason, error.detail)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Rows that are not blank, and in their place the errors of those that cannot be read."""
    number = 0
    while True:
        row: list[str] | csv.Error | None
        try:
            row = next(reader, None)
        except csv.Error as error:
            row = error
        if row is None:
            return
        if row:
            number += 1
            yield number, row


def _fields(header: list[str], row: list[str] | csv.Error) -> dict[str, str]:
    if isinstance(row, csv.Error):
        raise InputError("broken record", str(row))
    if any(cell.strip() for cell in row[len(header) :]):
        raise InputError("broken record", f"{len(row)} cells under {len(header)} columns")
    return dict(zip(header, row, strict=False))


def _lines(text: io.TextIOWrapper, settings: Settings) -> Iterator[str]:
    while (line := read_line(text, settings)) != "":
        if line is None:
            raise InputError("line too long", f"over {settings.max_file_bytes:,} characters; the rest is not read")
        yield line


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)
