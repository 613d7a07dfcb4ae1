"""What a change gains and loses is told item by item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bench.changes import changes

TEXT = "Talks on Monday and on Friday."
GOLD = {"id": "a", "text": TEXT, "times": [{"span": [9, 15], "type": "DATE", "value": "2021-03-01"}]}


def times(*rows: tuple[list[int], str]) -> list[Mapping[str, Any]]:
    return [{"id": "a", "times": [{"span": span, "type": "DATE", "value": value} for span, value in rows]}]


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        (times(), times(([9, 15], "2021-03-01")), ["+"]),
        (times(([9, 15], "2021-03-01")), times(), ["-"]),
        (times(([9, 15], "2021-03-01")), times(([9, 15], "2021-03-08")), ["-", ">"]),  # the same words, another value
        (times(([23, 29], "2021-03-05")), times(), ["<"]),
        (times(([9, 15], "2021-03-01")), times(([9, 15], "2021-03-01")), []),  # what stays is not told
        ([], times(([9, 15], "2021-03-01"), ([9, 15], "2021-03-01")), ["+", ">"]),  # twice right is once false
    ],
)
def test_each_change_has_its_mark(before: list[Any], after: list[Any], marks: list[str]) -> None:
    found = list(changes("times", [GOLD], before, after))
    assert [mark for mark, _, _ in found] == marks
    assert all(words.startswith(("'Monday'", "'Friday'")) for _, _, words in found)


def test_tasks_without_spans_compare_fields() -> None:
    gold = [{"phrase": "the Kremlin", "country": "RUS", "sector": "GOV"}]
    before = [{"phrase": "the Kremlin", "country": "RUS", "sector": None}]
    assert [mark for mark, _, _ in changes("phrases", gold, before, gold)] == ["+", "<"]
