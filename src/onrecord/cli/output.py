"""What every command prints with. Text of reports is untrusted: control characters and direction overrides are shown
as marks, never sent to the terminal, and nothing in it is read as markup.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from onrecord.store import Row

DONE, FAILED, USAGE, SKIPPED, NEWS = 0, 1, 2, 3, 4

RecordPath = Annotated[Path, typer.Argument(metavar="RECORD", help="The record's file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, instead of text for people.")]
Where = Annotated[
    str, typer.Option("--where", "-w", help="Only rows that fit a query: 'actor:blinken since:2022-01 lineages:>=2'.")
]
Limit = Annotated[int, typer.Option("--limit", "-n", min=0, help="Print at most this many; 0 for all.")]

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def console() -> Console:
    """Standard output; plain when it is no terminal."""
    return Console(highlight=False, soft_wrap=True)


def say(words: str) -> None:
    """One line on stderr."""
    sys.stderr.write(safe(words) + "\n")


def safe(words: str) -> str:
    """Text that can do nothing to a terminal: line breaks become spaces, control characters a visible mark."""
    return "".join(_safe_character(character) for character in words)


def _safe_character(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if character in OVERRIDES or unicodedata.category(character) in ("Cc", "Cs"):
        return "\ufffd"
    return character


def styled(words: str, style: str = "") -> Text:
    """Safe text in a style."""
    return Text(safe(words), style=style)


def date_words(date: Row | None) -> str:
    """A date of a claim or an entry: its value, "by" the report's day where only that is known, "" where nothing is."""
    value = str((date or {}).get("value") or "")
    return f"by {value.partition('/')[2]}" if date and date.get("by") == "report" else value


def print_json(rows: Iterable[Row]) -> None:
    """One JSON object a line on stdout."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=not _is_unicode(sys.stdout.encoding)) + "\n")


def _is_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")


def limited(rows: Iterable[Row], limit: int) -> Iterable[Row]:
    """The first `limit` rows, all for 0."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number == limit:
            return


def name_of(actor: Row | None, span: Row | None = None) -> str:
    """An actor by name, and by the words of the text where that says more."""
    if actor is None:
        return span["text"] if span else "(source not named)"
    said = span["text"] if span else ""
    return actor["name"] if not said or said == actor["name"] else f"{actor['name']} (“{said}”)"
