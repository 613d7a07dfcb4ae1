"""Probabilities from named facts, and tables of weights that cannot be trusted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from onrecord.errors import TaggerError
from onrecord.taggers.files import DIGESTS
from onrecord.taggers.odds import load_odds, probability, read_odds, shares, write_odds

WEIGHTS = {"always": -1.0, "cue": 0.5, "source named": 2.0}


def test_facts_add_to_the_log_odds() -> None:
    assert probability(WEIGHTS, {}) == 0.5
    assert probability(WEIGHTS, {"always": 1, "cue": 2}) == 0.5
    assert probability(WEIGHTS, {"always": 1, "source named": 1}) == pytest.approx(0.7311, abs=1e-4)
    assert probability(WEIGHTS, {"unheard of": 9}) == 0.5, "a fact without a weight says nothing"
    assert 0 < probability(WEIGHTS, {"cue": -1e9}) < probability(WEIGHTS, {"cue": 1e9}) < 1


def test_cases_share_what_none_of_them_leaves() -> None:
    assert shares(WEIGHTS, []) == []
    assert shares(WEIGHTS, [[]]) == [0.5], "of one case nothing is known"
    one, two, three = shares(WEIGHTS, [["cue"], ["cue", "unheard of"], ["source named", "always"]])
    assert one == two < three
    assert one + two + three < 1
    assert shares({"sure": 1e9}, [["sure"], ["sure"]]) == pytest.approx([0.5, 0.5])


def test_written_table_reads_back_the_same() -> None:
    text = write_odds(WEIGHTS, "what they are")
    assert text.startswith("# what they are\n")
    assert read_odds(text) == WEIGHTS


@pytest.mark.parametrize("text", ["always", "always\tmuch", "a\tb\tc"])
def test_what_is_no_table_is_an_error(text: str) -> None:
    with pytest.raises(TaggerError, match="no table"):
        read_odds(text)


def test_changed_and_missing_tables_are_errors(tmp_path: Path) -> None:
    text = write_odds(WEIGHTS, "what they are")
    with pytest.raises(TaggerError, match="cannot read"):
        load_odds("odds", tmp_path)
    (tmp_path / "odds.tsv").write_text(text + "more\t1\n")
    (tmp_path / DIGESTS).write_text(f"{hashlib.sha256(text.encode()).hexdigest()}  odds.tsv\n")
    with pytest.raises(TaggerError, match="damaged"):
        load_odds("odds", tmp_path)
