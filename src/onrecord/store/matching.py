"""Which rows of a table fit a query, as one SQL condition; what is asked is always a bound value.

A row fits if all terms do, a term if any of its values does. A negated term takes every row that the term itself would
not, those with nothing known too. Days fit where the row's days may lie in what is asked: "2022-01" may be the 30th.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import lru_cache

from onrecord.errors import QueryError, StoreError
from onrecord.model.timex import days_of
from onrecord.store.days import fits_days
from onrecord.store.fields import FULL_TEXT, TEXTS, UNKNOWN, Field, Op, Term, Value, fields_of, find_fields
from onrecord.store.query import Query
from onrecord.store.rows import TABLES
from onrecord.store.words import match_query

Condition = tuple[str, list[str | float]]

# names are looked at only where the row may hold them: LIKE ignores the case of ASCII letters, accents are beyond it
_ACTORS = (
    "IN (SELECT a.id FROM actors a WHERE a.id = ? OR a.country = ? OR "
    "((a.row LIKE ? OR length(a.row) <> length(CAST(a.row AS BLOB))) AND (holds(a.name, ?, ?) OR EXISTS "
    "(SELECT 1 FROM json_each(a.row, '$.aliases') WHERE holds(value, ?, ?)))))"
)


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that conditions call; each view does so when it is opened."""
    connection.create_function("holds", 3, _holds, deterministic=True)
    connection.create_function("day_fits", 3, _day_fits, deterministic=True)
    connection.create_function("fits_days", 3, fits_days, deterministic=True)
    connection.create_function("is_called", 2, _is_called, deterministic=True)


def called(words: str) -> str:
    """A name, or words to be looked for in one, as they are compared: in one line, without capitals."""
    return words.replace("\n", " ").replace("\t", " ").lower()


def _is_called(name: str | None, wanted: str) -> bool:
    """Whether a name holds words that went through `called`; no words are in none."""
    return bool(name) and bool(wanted) and wanted in called(str(name))


def query_condition(table: str, query: Query) -> Condition:
    """A condition on the SQL table behind a table of the record, with its values; "1" for an empty query."""
    if table not in TABLES:
        raise StoreError(f"no table is called {table!r}; tables: {', '.join(TABLES)}")
    made = [_term(table, term) for term in query.terms]
    return " AND ".join(sql for sql, _ in made) or "1", [value for _, values in made for value in values]


def _term(table: str, term: Term) -> Condition:
    made = [_words(table, value) if not term.field else _field(table, term, value) for value in term.values]
    sql = " OR ".join(f"coalesce({one}, 0)" for one, _ in made)
    return f"{'NOT ' if term.negated else ''}({sql})", [value for _, values in made for value in values]


def _field(table: str, term: Term, value: Value) -> Condition:
    fields = find_fields(term.field, table)
    if not fields:
        known = ", ".join(fields_of(table))
        raise QueryError(f"{table} have no field {term.field!r}; fields: {known}", term.at)
    (one,) = fields
    sql = one.sql[table]
    if value.text == UNKNOWN and UNKNOWN not in one.choices:
        return _unknown(one, sql), []
    if one.kind == "actor":
        return _actor(sql, value)
    if one.kind == "day":
        op = {"since": ">=", "until": "<="}.get(term.field, term.op)
        return f"day_fits({sql}, '{op}', ?)", [value.text]
    if one.kind == "number":
        return f"CAST({sql} AS REAL) {term.op} ?", [float(value.text)]
    return _text(one, sql, value)


def _unknown(one: Field, sql: str) -> str:
    if one.kind == "actor":
        return f"NOT {sql.replace('{in}', 'IS NOT NULL')}"
    return f"json_array_length({sql}) = 0" if one.kind == "list" else f"{sql} IS NULL"


def _actor(sql: str, value: Value) -> Condition:
    """By id, by the code of the actor's state, or by whole words of any of its names."""
    code = value.text.upper() if len(value.text) == 3 and not value.begins else ""
    longest = max((word for word in _folded(value.text).split() if word.isascii()), key=len, default="")
    asked: list[str | float] = [
        value.text, code, f"%{longest}%", value.text, value.begins, value.text, value.begins,
    ]  # fmt: skip
    return sql.replace("{in}", _ACTORS), asked * sql.count("{in}")


def _text(one: Field, sql: str, value: Value) -> Condition:
    """A field of words, a code, an id, a list, yes or no."""
    if one.kind == "text":
        return f"holds({sql}, ?, ?)", [value.text, value.begins]
    if one.kind == "flag":
        return f"{sql} = ?", [value.text == "true"]
    if one.kind == "choice":
        return f"{sql} = ?", [value.text]
    if one.kind == "list":
        inner, values = _equal("value", value)
        return f"EXISTS (SELECT 1 FROM json_each({sql}) WHERE {inner})", values
    return _equal(sql, value)


def _equal(sql: str, value: Value) -> Condition:
    """Equal but for the case of ASCII letters, or beginning so."""
    if value.begins:
        return f"lower(substr({sql}, 1, ?)) = lower(?)", [len(value.text), value.text]
    return f"{sql} = ? COLLATE NOCASE", [value.text]


def _words(table: str, value: Value) -> Condition:
    if table in TEXTS:
        return f"holds({TEXTS[table]}, ?, ?)", [value.text, value.begins]
    text = value.text.replace('"', " ")
    asked = match_query(f"{text}*" if value.begins else f'"{text}"')
    if table in FULL_TEXT:
        index = FULL_TEXT[table]
        return f"id IN (SELECT id FROM {index} WHERE {index} MATCH ?)", [asked]
    found = "SELECT d.id FROM documents_search f JOIN documents d ON d.number = f.rowid WHERE documents_search MATCH ?"
    return f"id IN ({found})", [asked]


def _holds(text: str | None, asked: str, begins: int) -> bool:
    """Whether a text has the asked words side by side, ignoring case, accents and what stands between words."""
    if not text:
        return False
    return f" {_folded(asked)}{'' if begins else ' '}" in f" {_folded(text)} "


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@lru_cache(maxsize=50_000)
def _day_fits(value: str | None, op: Op, asked: str) -> bool:
    held, wanted = days_of(value), days_of(asked)
    if held is None or wanted is None:
        return False
    (first, last), (start, end) = held, wanted
    fits = {"=": first <= end and last >= start, ">=": last >= start, "<=": first <= end, ">": last > end}
    return fits.get(op, first < start)
