"""The time words load whole, and a row that says nothing sensible is refused with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table
from onrecord.lexicon.times import KINDS, load_times


def test_every_kind_has_words() -> None:
    words = load_times()
    assert {kind for kind in KINDS if not words.kinds[kind]} == set()


@pytest.mark.parametrize(
    ("kind", "form", "value"),
    [
        ("month", "Sept.", "9"),  # abbreviations with their full stop
        ("month", "DECEMBER", "12"),  # whatever the case
        ("weekday", "sunday", "7"),  # ISO 8601: Monday is 1
        ("unit", "weeks", "W"),
        ("part", "night", "NI"),
        ("reference", "the  time\nbeing", "PRESENT_REF"),  # whatever white space
        ("zone", "GMT", "Z"),
        ("zone", "IST", "?"),  # three countries' abbreviation: no offset is guessed
        ("month", "Monday", None),
    ],
)
def test_get_reads_a_form(kind: str, form: str, value: str | None) -> None:
    assert load_times().get(kind, form) == value


def test_pattern_prefers_the_longer_form() -> None:
    found = re.match(load_times().pattern("month"), "Sept. 3", re.IGNORECASE)
    assert found is not None
    assert found.group() == "Sept."


BAD_ROWS = [
    ("time_words.tsv", {"kind": "month", "form": "Smarch", "value": "13", "caution": "-"}, "no month has the value"),
    ("time_words.tsv", {"kind": "moon", "form": "full", "value": "1", "caution": "-"}, "no moon has the value"),
    ("time_words.tsv", {"kind": "month", "form": "May", "value": "5", "caution": "maybe"}, "unknown caution"),
    ("time_modifiers.tsv", {"form": "early", "on": "date", "modifier": "SOON"}, "no modifier"),
    ("holidays.tsv", {"name": "Someday", "rule": "whenever"}, "no rule for a day"),
]


@pytest.mark.parametrize(("file", "row", "message"), BAD_ROWS, ids=[row[2] for row in BAD_ROWS])
def test_wrong_row_is_refused_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, file: str, row: dict[str, str], message: str
) -> None:
    _put_row(monkeypatch, file, [row])
    with pytest.raises(LexiconError, match=message) as caught:
        load_times()
    assert f"{file}:7" in str(caught.value)


def test_doubled_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"kind": "season", "form": "Monsoon", "value": "SU", "caution": "-"}
    _put_row(monkeypatch, "time_words.tsv", [row, row])
    with pytest.raises(LexiconError, match="stands twice"):
        load_times()


def _put_row(monkeypatch: pytest.MonkeyPatch, file: str, rows: list[dict[str, str]]) -> None:
    """Let the reader find other rows, each at line 7, in one of the files."""

    def other(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        yield from ((7, row) for row in rows) if name == file else read_table(name, columns)

    monkeypatch.setattr("onrecord.lexicon.times.read_table", other)
