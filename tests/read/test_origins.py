"""Patterns of origins on words without end."""

from __future__ import annotations

import time

import pytest

from onrecord.read.origins import _signs


@pytest.mark.parametrize(
    "words",
    [
        "A" * 200_000,  # one endless word, as a page with its blanks gone
        "Aa’" * 60_000,
        "Reuters " + "sadly " * 30_000,
        "citing" + " Indian" * 20_000,  # each fits in two ways
        "Reuters" + " , , and" * 20_000,
    ],
)
def test_words_without_end_are_looked_through_once(words: str) -> None:
    signs = _signs(("Reuters", "Associated Press"))
    start = time.process_time()
    for pattern in (signs.cited, signs.credit, signs.end, signs.dateline):
        for _ in pattern.finditer(words):
            pass
    assert time.process_time() - start < 2
