"""Results of a SPARQL query as JSON: a row for each office a person held, as the query in docs/actors.md gives them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.lexicon.imported.values import Fault, Found, FoundOffice, objects, read_json

PRECISIONS = {"9": 4, "10": 7, "11": 10}  # Wikibase's precision, and the characters of an ISO day that it leaves


def read_sparql(path: Path, columns: dict[str, str]) -> Iterator[Found | Fault]:
    """One actor a person; `columns` rename the query's variables."""
    people: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for number, binding in enumerate(_bindings(read_json(path)), start=1):
        where = f"{path.name}: result {number}"
        row = {ours: _text(binding, columns.get(ours, theirs)) for ours, theirs in VARIABLES.items()}
        if not row["person"] or not row["name"]:
            yield Fault(where, "no person or no name")
            continue
        people.setdefault(row["person"], []).append((where, row))
    for id, rows in people.items():
        where, first = rows[0]
        aliases = dict.fromkeys(alias for _, row in rows for alias in row["aliases"].split("|") if alias.strip())
        offices = tuple(_office(row) for _, row in rows if row["office"])
        yield Found(
            where, "person", first["name"], tuple(aliases), id.rpartition("/")[2], first["country"], "", offices
        )


VARIABLES = {
    "person": "person", "name": "personLabel", "aliases": "aliases", "office": "positionLabel", "country": "country",
    "since": "start", "until": "end", "since_precision": "startPrecision", "until_precision": "endPrecision",
}  # fmt: skip


def _bindings(whole: Any) -> list[dict[str, Any]]:
    results = whole.get("results") if isinstance(whole, dict) else None
    return objects(results.get("bindings")) if isinstance(results, dict) else objects(whole)


def _text(binding: dict[str, Any], name: str) -> str:
    """A variable's value; the short form of the results, without types, has it as a text."""
    value = binding.get(name)
    value = value.get("value") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _office(row: dict[str, str]) -> FoundOffice:
    return FoundOffice(
        row["office"], row["country"], _day(row["since"], row["since_precision"]),
        _day(row["until"], row["until_precision"]),
    )  # fmt: skip


def _day(told: str, precision: str) -> str:
    return told[:10][: PRECISIONS.get(precision, 10)]
