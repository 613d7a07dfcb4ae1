"""CSV and other tables with a header: one row an actor or one office of an actor, under names of columns that are told."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import KINDS
from onrecord.lexicon.imported.values import Fault, Found, FoundOffice, open_text

FIELDS = ("name", "aliases", "kind", "country", "sector", "wikidata", "office", "since", "until")


def read_delimited(path: Path, columns: dict[str, str]) -> Iterator[Found | Fault]:
    """One actor for all rows of one kind, name and country; several aliases in a cell are joined by | or ;."""
    groups: dict[tuple[str, str, str], list[tuple[str, dict[str, str]]]] = {}
    with open_text(path) as file:
        sample = file.read(4096)
        file.seek(0)
        rows = csv.DictReader(file, delimiter=max("\t;,", key=sample.split("\n", 1)[0].count), strict=False)
        names = {field: columns.get(field, field) for field in FIELDS}
        if names["name"] not in (rows.fieldnames or ()):
            raise LexiconError(f"{path.name}:1: no column {names['name']!r}; name it: --columns name=…")
        for row in rows:
            where = f"{path.name}:{rows.line_num}"
            cells = {field: (row.get(name) or "").strip() for field, name in names.items()}
            cells["kind"] = cells["kind"].lower() or "person"
            if cells["kind"] not in KINDS[:-1] or not cells["name"]:
                yield Fault(where, "no name" if not cells["name"] else "unknown kind", cells["kind"])
                continue
            groups.setdefault((cells["kind"], cells["name"], cells["country"]), []).append((where, cells))
    for rows_of_one in groups.values():
        yield _found(rows_of_one)


def _found(rows: list[tuple[str, dict[str, str]]]) -> Found:
    where, first = rows[0]
    aliases = tuple(alias for _, row in rows for alias in row["aliases"].replace(";", "|").split("|"))
    offices = tuple(
        FoundOffice(row["office"], row["country"], row["since"], row["until"]) for _, row in rows if row["office"]
    )
    kind = next(kind for kind in KINDS if kind == first["kind"])
    return Found(where, kind, first["name"], aliases, first["wikidata"], first["country"], first["sector"], offices)
