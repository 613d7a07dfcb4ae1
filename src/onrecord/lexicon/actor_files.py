"""Added files of actors in our own form: .tsv and .jsonl, as `actors import` writes them, and the user's own .yaml.

A wrong row of the first two is left out and told of with file and line; in the user's own file it is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import yaml  # type: ignore[import-untyped]  # it carries no types and we ask for no stubs

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import KEYS, OFFICE_KEYS, Entry, Vocabulary, make_entry

OWN = (".yaml", ".yml")
FORMS = (".tsv", ".jsonl", *OWN)
# the columns of the .tsv form; an actor with several offices has a row for each, and these rows stand together
COLUMNS = (*KEYS[:-1], "office", "title", "office_country", *OFFICE_KEYS[3:])

Row = tuple[str, Mapping[str, object]]  # where it stands, and its keys


@dataclass(frozen=True, slots=True)
class LayerFile:
    """What an added file holds: entries in order, and what was left out, each with file and line."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]


def read_layer(path: Path, known: Vocabulary) -> LayerFile:
    """The actors of one added file; LexiconError where it cannot be read, or an own file has a wrong row."""
    if path.suffix not in FORMS:
        raise LexiconError(
            f"{path.name}: a file of actors is one of {', '.join(FORMS)}; make one with `onrecord actors import`"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}") from None
    if path.suffix in OWN:
        return LayerFile(tuple(make_entry(row, at, "own", known) for at, row in _yaml_rows(text, path.name)), ())
    entries: list[Entry] = []
    faults: list[str] = []
    rows = _table_rows(text, path.name) if path.suffix == ".tsv" else _json_rows(text, path.name)
    for at, row in rows:
        try:
            if isinstance(row, LexiconError):
                raise row
            entries.append(make_entry(row, at, "imported", known))
        except LexiconError as error:
            faults.append(str(error))
    return LayerFile(tuple(entries), tuple(faults))


def _yaml_rows(text: str, name: str) -> list[Row]:
    """The items below ``actors``; every value stays the text it is written as."""
    try:
        loader = yaml.BaseLoader(text)
        items = _items(loader.get_single_node(), name)
        return [
            (f"{name}:{item.start_mark.line + 1}", _keys(loader.construct_document(item), name, item)) for item in items
        ]
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise LexiconError(f"{name}{line}: no YAML: {getattr(error, 'problem', None) or error}") from None


def _items(root: Any, name: str) -> list[Any]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "actors" and isinstance(value, yaml.SequenceNode):
                return list(value.value)
    raise LexiconError(f"{name}:1: the file is to hold a list called actors; see docs/actors.md")


def _keys(value: object, name: str, item: Any) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise LexiconError(f"{name}:{item.start_mark.line + 1}: an actor is given by keys: {', '.join(KEYS)}")
    return value


def _json_rows(text: str, name: str) -> Iterator[tuple[str, Mapping[str, object] | LexiconError]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield f"{name}:{number}", LexiconError(f"{name}:{number}: no JSON")
            continue
        good = isinstance(value, dict)
        yield f"{name}:{number}", value if good else LexiconError(f"{name}:{number}: no JSON object")


def _table_rows(text: str, name: str) -> Iterator[tuple[str, Mapping[str, object] | LexiconError]]:
    """Rows of one actor, which stand together, as one; comments begin with #."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip() and not line.startswith("#")]
    if not lines or tuple(lines[0][1].rstrip("\r").split("\t")) != COLUMNS:
        raise LexiconError(f"{name}:1: the columns are to be {', '.join(COLUMNS)}")
    at, actor = "", dict[str, object]()
    for number, line in lines[1:]:
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(COLUMNS):
            yield f"{name}:{number}", LexiconError(f"{name}:{number}: {len(cells)} cells, {len(COLUMNS)} wanted")
            continue
        head, offices = _split_row(dict(zip(COLUMNS, cells, strict=True)))
        if actor and all(actor[key] == head[key] for key in head):
            actor["offices"] = [*_offices(actor), *offices]
            continue
        if actor:
            yield at, actor
        at, actor = f"{name}:{number}", {**head, "offices": offices}
    if actor:
        yield at, actor


def _offices(actor: Mapping[str, object]) -> list[object]:
    found = actor["offices"]
    assert isinstance(found, list)
    return found


def _split_row(cells: dict[str, str]) -> tuple[dict[str, object], list[dict[str, str]]]:
    """What a row says of the actor, and the office in it, if any."""
    head: dict[str, object] = {key: cells[key] for key in KEYS[:-1]}
    head["aliases"] = [alias for alias in cells["aliases"].split("|") if alias.strip()]
    office = {key: cells["office_country" if key == "country" else key] for key in OFFICE_KEYS}
    return head, [office] if cells["office"] else []


def write_layer(entries: Iterable[Entry], suffix: str, out: TextIO) -> int:
    """Write entries in the .tsv or .jsonl form; how many."""
    count = 0
    if suffix == ".tsv":
        out.write("\t".join(COLUMNS) + "\n")
    for entry in entries:
        count += 1
        if suffix == ".jsonl":
            out.write(json.dumps(as_keys(entry), ensure_ascii=False) + "\n")
            continue
        keys = as_keys(entry)
        aliases = "|".join(alias for alias in entry.aliases if "|" not in alias)
        head = [aliases if key == "aliases" else str(keys.get(key, "")) for key in KEYS[:-1]]
        for office in keys.get("offices") or [{}]:
            out.write("\t".join([*head, *(office.get(key, "") for key in OFFICE_KEYS)]) + "\n")
    return count


def as_keys(entry: Entry) -> dict[str, Any]:
    """An entry by its keys, without those that say nothing."""
    offices = [
        {
            "office": t.office, "title": t.title, "country": t.body, "since": t.told[0], "until": t.told[1] or "",
            "seen": t.seen or "", "source": t.source,
        }
        for t in entry.tenures
    ]  # fmt: skip
    keys = {
        "id": entry.id, "kind": entry.kind, "name": entry.name, "aliases": list(entry.aliases),
        "wikidata": entry.wikidata, "country": entry.code, "sector": entry.sector, "offices": offices,
    }  # fmt: skip
    return {key: value for key, value in keys.items() if value}
