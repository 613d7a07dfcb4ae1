"""Function words: closed-class words are in, words that carry news are not, and a bad row names its line."""

from __future__ import annotations

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import words
from onrecord.lexicon.words import load_function_words


@pytest.mark.parametrize("word", ["the", "of", "not", "would", "themselves", "said", "didn"])
def test_function_words_hold_the_closed_classes(word: str) -> None:
    assert word in load_function_words()


@pytest.mark.parametrize(
    "word", ["attack", "troops", "aid", "may's", "denied", "minister", "two", "un", "us-led", "east"]
)
def test_function_words_leave_out_what_news_is_about(word: str) -> None:
    assert word not in load_function_words()


@pytest.mark.parametrize("rows", ["word\tkind\nof\tpreposition\nof\tpreposition\n", "word\tkind\n\nOf\tpreposition\n"])
def test_a_doubled_or_capital_row_is_an_error_with_its_line(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(number, {"word": line.split("\t")[0]}) for number, line in enumerate(rows.splitlines(), 1) if line]
    monkeypatch.setattr(words, "read_table", lambda _table, _columns: iter(lines[1:]))
    with pytest.raises(LexiconError, match=":3:"):
        load_function_words("made_up.tsv")
