"""Articles in JSON: one object a line, a list of objects, or one object that is an article or holds a list of them.

Lines and lists are read record by record; a record that is broken is a skip, and the rest is read. Records are numbered
from 1 (lines by their line); an article in a list inside record 3 is "3.1".
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.decode import decode
from onrecord.read.kinds.records import Columns, Record, find_columns, read_columns, read_record
from onrecord.read.page import RawPage
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import CHUNK_BYTES, check_end, open_text, read_head, read_line
from onrecord.settings import Settings

LINE_SUFFIXES = frozenset({"jsonl", "ndjson", "jsonlines", "jl"})
SUFFIXES = LINE_SUFFIXES | {"json", "geojson"}
START = re.compile(r'\[\s*[{\]]|\{\s*["}]')  # an object, or a list of objects
BETWEEN = re.compile(r"[\s,]*")
# where services and databases put the list of articles in an answer, within one another at most twice
LISTS = ("articles", "results", "items", "documents", "docs", "data", "stories", "posts", "entries", "news", "response")


def looks_like_json(source: Source, head: Head) -> bool:
    return source.suffix in SUFFIXES or START.match(head.text) is not None


def read_json(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    columns = read_columns(settings)
    data, stream = read_head(stream)
    start = decode(data, source.charset).lstrip()
    first, _, more = start.partition("\n")
    shape = _whole
    if source.suffix in LINE_SUFFIXES or (first.startswith("{") and (not more.strip() or first.rstrip().endswith("}"))):
        shape = _lines
    elif first.startswith("["):
        shape = _list_values
    with open_text(stream, source.charset) as text:
        for number, value in shape(text, settings):
            yield from _articles(f"{source.path}#{number}", value, columns)


def _articles(path: str, value: Any, columns: Columns, depth: int = 0) -> Iterator[RawPage | Skip]:
    """The article that an object is, or those in the list that it holds."""
    if isinstance(value, InputError):
        yield Skip(path, "read", value.reason, value.detail)
        return
    if not isinstance(value, Mapping):
        yield Skip(path, "read", "broken record", f"a JSON {type(value).__name__}, not an object")
        return
    inner = next((value[name] for name in LISTS if isinstance(value.get(name), (list, Mapping))), None)
    if inner is not None and depth < 2 and not {"text", "html"} & set(find_columns(value, columns)):
        members = (
            [(path, inner)] if isinstance(inner, Mapping) else [(f"{path}.{n}", v) for n, v in enumerate(inner, 1)]
        )
        for member, article in members:
            yield from _articles(member, article, columns, depth + 1)
        return
    try:
        yield read_record(Record(path, value, "JSON field"), columns)
    except InputError as error:
        yield Skip(path, "read", error.reason, error.detail)


def _whole(text: io.TextIOWrapper, settings: Settings) -> Iterator[tuple[int, Any]]:
    """The one object that a file is."""
    content = text.read(settings.max_file_bytes + 1)
    if len(content) > settings.max_file_bytes:
        raise InputError("file too large", f"one JSON object of over {settings.max_file_bytes:,} characters")
    check_end(text)
    yield 1, _parse(content)


def _lines(text: io.TextIOWrapper, settings: Settings) -> Iterator[tuple[int, Any]]:
    """Each line that is not blank, with its number; what is wrong with it in its place."""
    number = 0
    while (line := read_line(text, settings)) != "":
        number += 1
        if line is None:
            yield number, InputError("line too long", f"over {settings.max_file_bytes:,} characters")
        elif line.strip():
            yield number, _parse(line)


def _parse(text: str) -> Any:
    """A JSON value, or what is wrong with the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return InputError("broken record", f"not JSON: {error}")


def _list_values(text: io.TextIOWrapper, settings: Settings) -> Iterator[tuple[int, Any]]:
    """The values of a list, one by one, without ever holding the list as a whole."""
    decoder, buffer, at, number = json.JSONDecoder(), text.read(CHUNK_BYTES).lstrip().removeprefix("["), 0, 1
    more = CHUNK_BYTES
    while True:
        at = _past_comma(buffer, at)
        if buffer.startswith("]", at):
            return
        try:
            value, at = decoder.raw_decode(buffer, at)
        except (ValueError, RecursionError) as error:  # broken, or not all there yet
            read = text.read(more) if len(buffer) - at <= settings.max_file_bytes else ""
            if not read:
                check_end(text)
                yield number, InputError("broken record", f"{error}; the rest of the list is not read")
                return
            buffer, at, more = buffer[at:] + read, 0, more * 2  # doubled, so that a long record is not reread for ever
            continue
        yield number, value
        number, more = number + 1, CHUNK_BYTES


def _past_comma(buffer: str, at: int) -> int:
    match = BETWEEN.match(buffer, at)
    return match.end() if match else at
