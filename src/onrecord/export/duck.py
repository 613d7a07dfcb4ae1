"""DuckDB: one database file, one table for each of the record, nested fields as lists and structs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.optional import need
from onrecord.store import TABLES, Row

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 5_000  # rows


def write_duckdb(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:
    """Write the database; `part` is one table, or "" for all. DuckDB writes files itself, so one is made and copied."""
    from onrecord.export.schemas import SCHEMAS

    duckdb = need("duckdb", "duckdb")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.duckdb"
        with duckdb.connect(str(path)) as database:
            for table in (part,) if part else TABLES:
                schema = SCHEMAS[table]
                database.register("incoming", schema.empty_table())
                database.execute(f"CREATE TABLE {table} AS SELECT * FROM incoming")
                for batch in _batches(tally.through(table, chosen.rows(table)), schema):
                    database.register("incoming", batch)
                    database.execute(f"INSERT INTO {table} SELECT * FROM incoming")
                    tally.carry(table, batch.num_rows)
                database.unregister("incoming")
        with path.open("rb") as made:
            copyfileobj(made, out)


def _batches(rows: Iterable[Row], schema: pa.Schema) -> Iterable[pa.Table]:
    import pyarrow as pa

    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield pa.Table.from_pylist(batch, schema=schema)
