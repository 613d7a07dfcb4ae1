"""The query language of search, lists, exports and pages: `actor:blinken type:AID -outlet:tass "exact words"`.

A query is read into values, printed back from them, and never becomes SQL but as bound values; which fields there are,
and what each means for which table, is in `fields.py`. For every query: parse_query(str(query)) == query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.errors import QueryError
from onrecord.model.timex import days_of
from onrecord.store.fields import FIELDS, UNKNOWN, Field, Op, Term, Value, fields_of, find_fields

_OPS: tuple[Op, ...] = (">=", "<=", ">", "<", "=")
_FIELD = re.compile(r"([A-Za-z_]+):")
_QUOTES = {'"': '"', "“": "”"}
_BARE = re.compile(r'[^\s":“”,*<>=\\-][^\s":“”,*\\]*')
LONGEST = 4_000  # characters of a query
MOST = 100  # terms of a query: SQLite takes some hundred conditions


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all fit. An empty query fits everything."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(_print_term(term) for term in self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def words(self) -> tuple[Term, ...]:
        """The terms that are free words, not fields."""
        return tuple(term for term in self.terms if not term.field)

    @property
    def fields(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.field)

    def applies(self, table: str) -> bool:
        """Whether a table has all the fields that are asked for."""
        return all(find_fields(term.field, table) for term in self.fields)


@dataclass(slots=True)
class _Reader:
    """Where reading stands in the text."""

    text: str
    at: int = 0
    table: str = field(default="")

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def space(self) -> None:
        while self.peek().isspace():
            self.at += 1


def parse_query(text: str, table: str = "") -> Query:
    """Read a query; QueryError says where it goes wrong. With a table, its fields and their values only are allowed."""
    if len(text) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST} characters", LONGEST + 1)
    reader = _Reader(text, table=table)
    terms = tuple(dict.fromkeys(_terms(reader)))
    if len(terms) > MOST:
        raise QueryError(f"a query has at most {MOST} terms", terms[MOST].at)
    return Query(terms)


def _terms(reader: _Reader) -> Iterator[Term]:
    reader.space()
    while reader.at < len(reader.text):
        start = reader.at
        negated = reader.peek() == "-"
        reader.at += negated
        if found := _FIELD.match(reader.text, reader.at):
            yield _field_term(reader, found, negated, start + 1)
        else:
            value = _value(reader, "")
            if not re.search(r"[^\W_]", value.text):
                raise QueryError(f"{value.text or '-'!r} holds no letter or digit to search for", start + 1)
            yield Term("", (value,), "=", negated, start + 1)
        reader.space()


def _field_term(reader: _Reader, found: re.Match[str], negated: bool, at: int) -> Term:
    name = found[1].lower()
    fields = find_fields(name, reader.table)
    if not fields:
        known = ", ".join(fields_of(reader.table))
        where = f"of {reader.table} " if reader.table else ""
        hint = "" if find_fields(name) else f'; words with a colon stand in quotes, as in "{name}: …"'
        raise QueryError(f"no field {where}is called {found[1]!r}; fields: {known}{hint}", at)
    reader.at = found.end()
    op: Op = next((sign for sign in _OPS if reader.text.startswith(sign, reader.at)), "=")
    if reader.text.startswith(op, reader.at):
        reader.at += len(op)
    values = []
    while True:
        start = reader.at
        values.append(_checked(_value(reader, ","), fields, op, start + 1))
        if reader.peek() != ",":
            break
        reader.at += 1
    if op != "=" and len(values) > 1:
        raise QueryError(f"{op} takes one value; several are for {name}:this,that", at)
    return Term(name, tuple(dict.fromkeys(values)), op, negated, at)


def _value(reader: _Reader, stops: str) -> Value:
    """One value: quoted, or up to a space, a quote or one of the stops; a star behind it asks for what begins so."""
    start = reader.at
    if closing := _QUOTES.get(reader.peek()):
        return Value(_quoted(reader, closing))
    while (sign := reader.peek()) and not sign.isspace() and sign not in stops and sign not in '"“':
        reader.at += 1
    text = reader.text[start : reader.at]
    return Value(text.rstrip("*"), text.endswith("*"))


def _quoted(reader: _Reader, closing: str) -> str:
    start, made = reader.at, []
    reader.at += 1
    while (sign := reader.peek()) != closing:
        if not sign:
            raise QueryError("a quotation mark is opened and not closed", start + 1)
        if sign == "\\" and reader.at + 1 < len(reader.text):
            reader.at += 1
            sign = reader.peek()
        made.append(sign)
        reader.at += 1
    reader.at += 1
    return "".join(made)


def _checked(value: Value, fields: tuple[Field, ...], op: Op, at: int) -> Value:
    """The value as it is kept, where one of the fields takes it; QueryError with what they take otherwise."""
    name = fields[0].name
    kinds = {one.kind for one in fields}
    if not value.text or (kinds & {"text", "actor"} and not re.search(r"[^\W_]", value.text)):
        raise QueryError(f"{name}: has no value here", at)
    if op != "=" and not kinds & {"number", "day"}:
        raise QueryError(f"{op} is for numbers and days; {name} is neither", at)
    if value.begins and kinds & {"number", "day", "choice", "flag"}:
        raise QueryError(f"{name} takes no *", at)
    if value.text.lower() == UNKNOWN and op == "=":
        return Value(UNKNOWN)
    for one in fields:
        taken = _taken(value, one)
        if taken is not None:
            return taken
    raise QueryError(f"{value.text!r} is no {name}; {_wanted(fields)}", at)


def _taken(value: Value, one: Field) -> Value | None:
    if one.kind == "number":
        return value if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", value.text, re.ASCII) else None
    if one.kind == "day":
        return value if days_of(value.text) else None
    if one.choices:
        return next((Value(choice) for choice in one.choices if choice.lower() == value.text.lower()), None)
    return value


def _wanted(fields: tuple[Field, ...]) -> str:
    choices = [choice for one in fields for choice in one.choices]
    if choices:
        return f"one of: {', '.join(dict.fromkeys(choices))}"
    if fields[0].kind == "number":
        return "a number, as in 2, >=2 or <1.5"
    return "a day, month, year or week, as in 2022-01-30, 2022-01, 2022, 2022-W04 or 2022-01-28/2022-01-31"


def _print_term(term: Term) -> str:
    sign = "-" if term.negated else ""
    if not term.field:
        return sign + _print_value(term.values[0])
    op = term.op if term.op != "=" or term.values[0].text[0] in "<>=" else ""
    return f"{sign}{term.field}:{op}{','.join(_print_value(value) for value in term.values)}"


def _print_value(value: Value) -> str:
    if value.begins:
        return f"{value.text}*"
    if _BARE.fullmatch(value.text):
        return value.text
    escaped = value.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


__all__ = ["FIELDS", "Query", "parse_query"]
