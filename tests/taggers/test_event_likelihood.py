"""Tables of the event tagger: factors by which a draft is an event, and words as points; and files one cannot trust."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import TaggerError
from onrecord.taggers.factors import BIAS, likelihood, load_factors, read_factors, write_factors
from onrecord.taggers.words import Words, load_words, means, read_words, write_words


@pytest.fixture
def words() -> Words:
    """Three words, two of which share a vector."""
    return Words({"send": 0, "ship": 0, "rice": 1}, np.array([[127, 0], [0, 127]], np.int8))


def test_likelihood_is_that_of_the_sum_by_hand() -> None:
    factors = {BIAS: -1.0, "public side": 2.0, "noun": -0.5}
    assert likelihood(factors, {"public side": 1.0, "noun": 2.0}) == pytest.approx(0.5)
    assert likelihood(factors, {"never seen": 9.0}) == pytest.approx(1 / (1 + math.e))


def test_factors_give_back_what_was_written() -> None:
    factors = {BIAS: -3.125, "rules' type": 0.25}
    assert read_factors(write_factors(factors)) == factors


def test_the_package_s_factors_say_what_the_signs_should() -> None:
    factors = load_factors()
    assert factors["public report"] > 0 > factors["everyday report"]
    assert factors["report of war and state"] > 0 > factors["company"]


@pytest.mark.parametrize("text", ["public side\ttwo\n", "public side 2\n", "a\t1\t2\n"])
def test_a_table_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(TaggerError, match="no table of factors"):
        read_factors(text)


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event_factors.tsv").write_text("public side\t2\n")
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  event_factors.tsv\n")
    with pytest.raises(TaggerError, match="damaged"):
        load_factors(tmp_path / "event_factors.tsv")


def test_each_group_has_the_mean_direction_of_its_words(words: Words) -> None:
    found = means(words, ("near:send", "near:rice", "all:ship", "other:rice", "all:unheard"), ("near", "all", "way"))
    half = 1 / math.sqrt(2)
    assert found == pytest.approx([half, half, 1, 0, 0, 0])


def test_words_give_back_what_was_written_always_the_same(words: Words) -> None:
    data = write_words(words)
    again = read_words(data)
    assert write_words(again) == data
    assert again.rows == words.rows
    assert (again.vectors == words.vectors).all()


def test_the_package_s_words_lie_close_where_they_are_used_alike() -> None:
    known = load_words()

    def near(first: str, second: str) -> float:
        left, right = (known.vectors[known.rows[word]].astype(float) for word in (first, second))
        return float(left @ right / np.sqrt((left @ left) * (right @ right)))

    assert near("troops", "soldiers") > near("troops", "recipe") + 0.3


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04"])
def test_words_from_anything_else_are_refused(data: bytes) -> None:
    with pytest.raises(TaggerError, match="no table of words"):
        read_words(data)
