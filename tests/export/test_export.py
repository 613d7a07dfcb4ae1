"""Every format: as many rows out as in, the same values back through the format's own library."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.export import EXPORTERS, exporter
from onrecord.export.delimited import write_csv
from onrecord.export.schemas import SCHEMAS
from onrecord.store import TABLES, Row, open_view
from tests.small import write_small

Rows = dict[str, list[Row]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    with open_view(write_small(tmp_path_factory.mktemp("export") / "small.onrecord")) as view:
        return {table: list(view.rows(table)) for table in TABLES}


def read_jsonl(data: bytes, table: str) -> list[Row]:  # noqa: ARG001  # one shape for all readers
    return [json.loads(line) for line in data.decode().splitlines()]


def read_csv(data: bytes, table: str) -> list[Row]:
    """A CSV back as rows: cells read by the table's types."""
    found: list[Row] = []
    for cells in csv.DictReader(io.StringIO(data.decode(), newline="")):
        row: dict[str, Any] = {}
        for field in SCHEMAS[table]:
            cell = cells[field.name]
            text = str(field.type) == "string"
            row[field.name] = (cell.removeprefix("'") if text else json.loads(_json(cell))) if cell else None
        found.append(row)
    return found


def _json(cell: str) -> str:
    return cell.lower() if cell in ("True", "False") else cell


def read_parquet(data: bytes, table: str) -> list[Row]:
    read = pq.read_table(io.BytesIO(data))
    assert read.schema.equals(SCHEMAS[table])
    found: list[Row] = read.to_pylist()
    return found


READERS = {"jsonl": read_jsonl, "csv": read_csv, "parquet": read_parquet}


def test_every_format_has_a_round_trip() -> None:
    assert [one.name for one in EXPORTERS] == list(READERS)
    assert exporter("nothing") is None


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_export_loses_nothing(rows: Rows, format: str, table: str) -> None:
    chosen = exporter(format)
    assert chosen is not None
    out = io.BytesIO()
    assert chosen.write(table, rows[table], out) == len(rows[table])
    back, held = READERS[format](out.getvalue(), table), rows[table]
    if format == "csv":  # an empty cell is all it has for both
        held = [{name: None if value == "" else value for name, value in row.items()} for row in held]
    assert json.dumps(back, sort_keys=True) == json.dumps(held, sort_keys=True)


@pytest.mark.parametrize("format", READERS)
def test_export_of_nothing_is_a_readable_file(format: str) -> None:
    chosen = exporter(format)
    assert chosen is not None
    out = io.BytesIO()
    assert chosen.write("events", [], out) == 0
    assert READERS[format](out.getvalue(), "events") == []


def test_csv_disarms_formulas(rows: Rows) -> None:
    hostile = [row for row in rows["documents"] if row["title"].startswith("=1+1")]
    out = io.BytesIO()
    write_csv("documents", hostile, out)
    (cells,) = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert cells["title"].startswith("'=1+1")
