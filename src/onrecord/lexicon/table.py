"""Reads the lexicon's tab-separated files: a header line, one row a line, ``#`` comments, and errors that name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from onrecord.errors import LexiconError


def read_table(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of ``data/<name>`` with their line numbers; every column must be in the header, every row full."""
    text = (files("onrecord.lexicon") / "data" / name).read_text(encoding="utf-8")
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            missing = [column for column in columns if column not in header]
            if missing:
                raise LexiconError(f"{name}:{number}: no column {', '.join(missing)}")
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{name}:{number}: {len(cells)} cells, {len(header)} wanted")
        yield number, dict(zip(header, map(str.strip, cells), strict=True))


def split_cell(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values joined by ``|``."""
    return tuple(part for part in map(str.strip, cell.split("|")) if part) if cell else ()


def split_listed(cell: str) -> tuple[str, ...]:
    """As `split_cell`, in tables that write a dash for none."""
    return () if cell == "-" else split_cell(cell)
