"""Records to look at: the small one with its claims in three scripts, and one with an attack in every field."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from tests.small import write_small

# each would do something if a page let it: markup, an attribute, a template, a path, a scheme, a direction, length
ATTACKS = (
    "</script><script>window.hacked = 1</script>", '" onmouseover="window.hacked = 1" x="', "{{ 7 * 7 }}{% raw %}",
    "../../../../etc/passwd", "javascript:window.hacked=1", "\u202egnirts desrever", "\x00\x1b[31m\ud800",
    "<img src=x onerror=window.hacked=1>", "'; DROP TABLE judgements; --", "&#x3c;script&#x3e;", "A" * 50_000,
    "//evil.example/%2e%2e?q=#&amp;",
)  # fmt: skip
IDS = re.compile(r"\b(?:doc|st|ev|qu|fi|ac|gr|li|co|cn)_[0-9a-z]+\b")
ID_TAIL = "/../<script>window.hacked=1</script>\"'&?#%2f"


def hostile_record(path: Path) -> Path:
    """The small record with an attack in every text field and in every id, as a crafted file could have them."""
    write_small(path)
    connection = sqlite3.connect(path)
    connection.text_factory = lambda data: data.decode("utf-8", "surrogatepass")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if "_search" in table or table in ("meta", "judgements", "input_skips", "sqlite_sequence"):
            continue
        columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
        keys = [name for name, kind in columns if kind == "TEXT"]
        rows = connection.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
        for number, row in enumerate(rows):
            new = [_poisoned(table, name, value, number) for name, value in zip(keys, row, strict=True)]
            where = " AND ".join(f"{name} IS ?" for name in keys)
            sets = ", ".join(f"{name} = ?" for name in keys)
            connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", [*new, *row])
    for table in ("statements_search", "events_search"):
        for id, words in connection.execute(f"SELECT id, words FROM {table}").fetchall():
            connection.execute(f"UPDATE {table} SET id = ?, words = ? WHERE id = ?", (_id(id), words + ATTACKS[0], id))
    connection.commit()
    connection.close()
    return path


def _id(words: str) -> str:
    return IDS.sub(lambda found: found[0] + ID_TAIL, words)


def _poisoned(table: str, column: str, value: Any, number: int) -> Any:
    if not isinstance(value, str):
        return value
    if column == "row":
        return json.dumps(_leaves(json.loads(value), number))
    if column in ("members",):
        return json.dumps([_id(one) for one in json.loads(value)])
    if column in ("value", "reading"):  # what the reading room wrote: only its ids can be a stranger's
        return IDS.sub(lambda found: json.dumps(found[0] + ID_TAIL)[1:-1], value)
    if IDS.fullmatch(value):
        return _id(value)
    if table == "documents" or (column in ("role", "kind") and table in ("groups", "participants", "timeline_parties")):
        return value
    return (value + ATTACKS[number % len(ATTACKS)]).encode("utf-8", "replace").decode()


def _leaves(held: Any, number: int, depth: int = 0) -> Any:
    if isinstance(held, dict):
        return {name: _leaves(value, number + n, depth + 1) for n, (name, value) in enumerate(held.items())}
    if isinstance(held, list):
        return [_leaves(value, number + n, depth + 1) for n, value in enumerate(held)]
    if isinstance(held, str):
        return _id(held) if IDS.fullmatch(held) else held + ATTACKS[number % len(ATTACKS)]
    return held
