"""A record of a dump (a JSON object, a table's row) as a page: which of its fields is what.

Names of columns come from the settings, or are the usual ones, in this order of preference, written in any way
("datePublished", "date_published", "Date Published").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.errors import InputError, SettingsError
from onrecord.read.decode import repair
from onrecord.read.kinds.dates import read_date
from onrecord.read.kinds.html import kind_of_text
from onrecord.read.page import RawPage, Told
from onrecord.settings import Settings

Field = Literal["text", "html", "title", "outlet", "author", "url", "published", "language"]
Columns = Mapping[Field, tuple[str, ...]]

USUAL: Columns = {
    "text": ("text", "articletext", "fulltext", "articlebody", "bodytext", "maintext", "body", "content", "article",
             "story", "plaintext", "rawtext", "textcontent", "cleantext", "paragraphs", "message"),
    "html": ("html", "rawhtml", "contenthtml", "htmlcontent", "bodyhtml", "pagehtml", "sourcehtml"),
    "title": ("title", "headline", "articletitle", "headlinemain", "webtitle", "subject"),
    "outlet": ("outlet", "publisher", "publication", "newspaper", "sourcename", "source", "sitename", "site", "medium",
               "media", "medianame", "newssource", "feedtitle", "sourcedomain", "domain"),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist"),
    "url": ("url", "articleurl", "link", "canonicalurl", "permalink", "weburl", "pageurl", "href", "uri"),
    "published": ("published", "publishedat", "datepublished", "datepublish", "publishdate", "publisheddate",
                  "publicationdate", "pubdate", "webpublicationdate", "date", "datetime", "createdat"),
    "language": ("language", "lang", "languagecode"),
}  # fmt: skip
NAMES_OF_THINGS = ("name", "title", "domain")  # what stands for an object such as {"id": null, "name": "Reuters"}
MOST_WORDS_OF_FACT = 2000  # code points of a title, author, …: more is a wrong column


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields by name, and what its basis calls a field ("JSON field", "column")."""

    path: str
    fields: Mapping[str, Any]
    called: str


def read_columns(settings: Settings) -> Columns:
    """The columns to look in; SettingsError for a field we do not know."""
    named = dict(USUAL)
    for pair in filter(None, (part.strip() for part in settings.columns.split(","))):
        name, _, column = (part.strip() for part in pair.partition("="))
        field = next((known for known in USUAL if known == name), None)
        if field is None or not column:
            raise SettingsError(f"columns: {pair!r} is no field=column pair; fields are {', '.join(USUAL)}")
        named[field] = (column,)
    return named


def find_columns(names: Iterable[str], columns: Columns) -> dict[Field, str]:
    """Which of the names is the best for each field; exact names before those written otherwise."""
    known = list(names)
    plain = {_plain(name): name for name in reversed(known)}
    found: dict[Field, str] = {}
    for field, wanted in columns.items():
        name = next(
            (plain[_plain(want)] if want not in known else want for want in wanted if _plain(want) in plain), None
        )
        if name is not None:
            found[field] = name
    return found


def read_record(record: Record, columns: Columns) -> RawPage:
    """The page of a record; InputError where none of its fields is a text."""
    text, html = _content(record, columns["text"]), _content(record, columns["html"])
    raw = html if len(html) >= len(text) else text  # the page says more than a text cut from it
    if not raw.strip():
        raise InputError("no text", f"fields: {', '.join(sorted(record.fields)[:20])}"[:300])
    told = {field: _fact(record, field, columns) for field in columns if field not in {"text", "html"}}
    return RawPage(record.path, "html" if raw is html else kind_of_text(raw), raw, Told(**told))


def _content(record: Record, names: tuple[str, ...]) -> str:
    """The first of the columns with something in it; a list's parts become paragraphs."""
    for _, value in _values(record, names):
        parts = value if isinstance(value, list) else [value]
        text = "\n\n".join(part for part in parts if isinstance(part, str))
        if text.strip():
            return repair(text)
    return ""


def _fact(record: Record, field: Field, columns: Columns) -> tuple[str, str] | None:
    for name, value in _values(record, columns[field]):
        found = read_date(value) if field == "published" else _in_words(value)
        if found and len(found) <= MOST_WORDS_OF_FACT:
            return repair(found), f'{record.called} "{name}"'
    return None


def _values(record: Record, names: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
    """The record's values under the wanted names, best first; "a.b" reaches into an object."""
    plain = {_plain(name): name for name in reversed(list(record.fields))}
    for want in names:
        name = want if want in record.fields else plain.get(_plain(want))
        if name is not None:
            yield name, record.fields[name]
        elif "." in want:
            yield want, _inside(record.fields, want.split("."))


def _inside(fields: Mapping[str, Any], steps: list[str]) -> Any:
    value: Any = fields
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _in_words(value: Any) -> str | None:
    """A name, a list of names, or an object that has one."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, list):
        return ", ".join(filter(None, map(_in_words, value[:50]))) or None
    if isinstance(value, Mapping):
        return next((words for name in NAMES_OF_THINGS if (words := _in_words(value.get(name)))), None)
    return None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
