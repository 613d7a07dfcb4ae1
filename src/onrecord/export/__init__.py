"""The record in other tools' formats: one module a format, all in one literal tuple.

Every exporter takes rows of one table (docs/record.md) and writes bytes; it returns how many rows it wrote, and the
caller compares that with what the record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.export.delimited import write_csv
from onrecord.export.jsonl import write_jsonl
from onrecord.export.parquet import write_parquet
from onrecord.store import Row

__all__ = ["EXPORTERS", "Exporter", "exporter"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, the suffix of its files, whether it can go to a terminal, and what writes it."""

    name: str
    suffix: str
    text: bool
    write: Callable[[str, Iterable[Row], BinaryIO], int]


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("jsonl", ".jsonl", True, write_jsonl),
    Exporter("csv", ".csv", True, write_csv),
    Exporter("parquet", ".parquet", False, write_parquet),
)


def exporter(name: str) -> Exporter | None:
    """The exporter of a format, or None."""
    return next((one for one in EXPORTERS if one.name == name), None)
