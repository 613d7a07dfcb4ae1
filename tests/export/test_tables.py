"""The record's tables as files: as many rows out as in, the same values back through the format's own library."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import polars
import pyarrow.parquet as pq
import pytest

from onrecord.export import FORMATS, choose
from onrecord.export.choice import choose_table
from onrecord.export.delimited import write_csv
from onrecord.export.jsonl import write_jsonl
from onrecord.export.parquet import write_parquet
from onrecord.export.schemas import SCHEMAS
from onrecord.export.sheets import MOST_CHARACTERS, write_xlsx
from onrecord.export.tally import Tally
from onrecord.store import TABLES, Query, Row, View, open_view, parse_query
from tests.export.exported import export

Rows = dict[str, list[Row]]


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
    assert polars.read_parquet(io.BytesIO(data)).height == len(found)  # the other reader takes it too
    return found


def read_xlsx(data: bytes, table: str) -> list[Row]:
    """A sheet back as rows: nested cells read as JSON."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True)[table]
    names, *lines = sheet.iter_rows(values_only=True)
    nested = {field.name for field in SCHEMAS[table] if str(field.type).startswith(("struct", "list"))}
    return [
        {str(n): json.loads(v) if n in nested and v else v for n, v in zip(names, line, strict=True)} for line in lines
    ]


def read_duckdb(data: bytes, table: str, folder: Path) -> list[Row]:
    path = folder / "read.duckdb"
    path.write_bytes(data)
    with duckdb.connect(str(path), read_only=True) as database:
        cursor = database.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


READERS = {"jsonl": read_jsonl, "csv": read_csv, "parquet": read_parquet, "xlsx": read_xlsx}


def same(back: list[Row], held: list[Row], empty: bool) -> None:
    """`empty`: an empty cell is all that the format has for what is unknown and what is empty."""
    if empty:
        held = [{name: None if value == "" else value for name, value in row.items()} for row in held]
    assert back == held


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_export_of_a_table_loses_nothing(view: View, format: str, table: str) -> None:
    made = export(view, format, table, table=table)
    back, held = READERS[format](made.data, table), list(view.rows(table))
    if format == "xlsx":  # what XML has no character for is marked, and listed
        held = [json.loads(_marked(json.dumps(row))) for row in held]
        assert bool(made.losses) == (held != list(view.rows(table)))
    else:
        assert made.losses == []
    same(back, held, format in ("csv", "xlsx"))
    assert made.tally.taken == made.tally.carried


def _marked(words: str) -> str:
    return words.replace("\\u001b", "\\ufffd")


def test_workbook_and_database_hold_every_table(view: View, tmp_path: Path) -> None:
    workbook, database = export(view, "xlsx"), export(view, "duckdb")
    for table in TABLES:
        assert len(read_xlsx(workbook.data, table)) == workbook.tally.carried[table] == view.count(table)
        same(read_duckdb(database.data, table, tmp_path), list(view.rows(table)), empty=False)


@pytest.mark.parametrize("format", [one.name for one in FORMATS if one.one_table])
def test_export_of_nothing_is_a_readable_file(small: Path, format: str, tmp_path: Path) -> None:
    with open_view(small) as view:
        made = export(view, format, "events", parse_query("type:AID"), "events")
    read = READERS.get(format) or (lambda data, table: read_duckdb(data, table, tmp_path))
    assert (read(made.data, "events"), made.losses) == ([], [])


def test_query_narrows_a_table(small: Path) -> None:
    with open_view(small) as view:
        made = export(view, "jsonl", "figures", parse_query("value:>250"), "figures")
    assert [row["value"] for row in made.lines] == [300.0]


def test_csv_and_workbook_disarm_formulas(small: Path) -> None:
    with open_view(small) as view:
        hostile = [row for row in view.rows("documents") if row["title"].startswith("=1+1")]
        made = export(view, "xlsx", "documents", table="documents")
    out = io.BytesIO()
    write_csv("documents", hostile, out)
    (cells,) = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert cells["title"].startswith("'=1+1")
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["documents"]
    kinds = {cell.data_type for line in sheet.iter_rows() for cell in line if str(cell.value).startswith("=")}
    assert kinds == {"s"}  # text, not "f"


def test_cell_too_long_for_a_sheet_is_cut_and_listed(small: Path) -> None:
    with open_view(small) as view:
        long = next(view.rows("skips")) | {"detail": "=" + "x" * MOST_CHARACTERS}

        class Long(type(choose(view, Query()))):  # type: ignore[misc]
            def rows(self, table: str) -> Any:  # noqa: ARG002
                return iter([long])

        out, tally = io.BytesIO(), Tally()
        write_xlsx("skips", Long(view), out, tally)
    (row,) = read_xlsx(out.getvalue(), "skips")
    assert len(row["detail"]) == MOST_CHARACTERS
    assert list(tally.cut) == [("skips", "detail", f"cut: a cell has {MOST_CHARACTERS} characters")]


def test_writers_of_rows_say_how_many_they_wrote(small: Path) -> None:
    with open_view(small) as view:
        rows = list(choose_table(view, "events", Query()).rows("events"))
    for write in (write_jsonl, write_csv, write_parquet):
        assert write("events", rows, io.BytesIO()) == 2
        assert write("events", [], io.BytesIO()) == 0


@pytest.mark.parametrize(
    ("format", "library"),
    [("xlsx", "xlsxwriter"), ("duckdb", "duckdb"), ("gexf", "networkx"), ("stix", "stix2"), ("prov", "prov")],
)
def test_missing_library_is_one_line_that_says_what_to_install(
    small: Path, tmp_path: Path, format: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.errors import MissingError
    from onrecord.export import export_to, find_format

    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    form = find_format(format)
    assert form is not None
    (tmp_path / "out").write_bytes(b"an earlier export")
    with open_view(small) as view, pytest.raises(MissingError, match=r'pip install "onrecord\[\w+\]"'):
        export_to(form, "", choose(view, Query()), tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # nothing half written
    assert (tmp_path / "out").read_bytes() == b"an earlier export"


def test_command_writes_files_and_says_what_was_lost(small: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "export", str(small), *arguments], capture_output=True, check=False
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    out = tmp_path / "folder" / "events.plover"
    code, printed, said = run("--format", "plover", "--out", str(out), "--where", "actor:NOR")
    assert (code, printed) == (0, "")
    assert "2 of 2 events: undated: PLOVER needs a day" in said
    assert f"every loss: {out}.losses.jsonl" in said
    assert len((out.parent / f"{out.name}.losses.jsonl").read_text().splitlines()) > 2
    for arguments, words in (
        (("--format", "nothing"), "formats: jsonl, csv"),
        (("--format", "gexf", "--table", "events"), "always written as a whole"),
        (("--format", "gdelt"), "give --out: a folder"),
        (("--table", "events", "--where", "speaker:x"), "no field of events"),
    ):
        code, printed, said = run(*arguments)
        assert (code, printed) == (2, "")
        assert words in said
