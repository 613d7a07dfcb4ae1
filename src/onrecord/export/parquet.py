"""Parquet: one file a table, nested fields as nested types, written in row groups so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from onrecord.store import Row

ROW_GROUP = 5_000  # rows: some megabytes at most


def write_parquet(table: str, rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a Parquet file with the table's schema."""
    # Arrow takes longer to import than most other formats to write
    import pyarrow as pa
    import pyarrow.parquet as pq

    from onrecord.export.schemas import SCHEMAS

    count, source = 0, iter(rows)
    with pq.ParquetWriter(out, SCHEMAS[table], compression="zstd") as writer:
        while batch := list(islice(source, ROW_GROUP)):
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMAS[table]))
            count += len(batch)
    return count
