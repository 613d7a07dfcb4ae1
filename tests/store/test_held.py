"""Readings that are fetched when they are asked for are the same as those read at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.store import open_writer
from tests.small import write_small


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def test_held_readings_equal_those_read_at_once(path: Path) -> None:
    with open_writer(path) as writer:
        whole, held = list(writer.contents()), list(writer.held())
        assert held == whole
        assert whole == held
        assert any(reading.mentions and reading.statements for _, reading in held)
        first, second = held[0][1], held[1][1]
        assert first != second
        other = replace(first, skips=())
        assert other.mentions == first.mentions
        assert (other == first) == (not first.skips)


def test_nothing_is_fetched_for_dates_and_skips(path: Path) -> None:
    with open_writer(path) as writer:
        held = list(writer.held())
    assert all(reading.document == document.id and reading.published.basis for document, reading in held)
    assert any(reading.skips for _, reading in held)
    with pytest.raises(Exception, match="closed"):  # the record is no longer open
        list(held[0][1].mentions)
    with pytest.raises(AttributeError):
        list(held[0][1].no_such_field)
