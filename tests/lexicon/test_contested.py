"""Contested words: every form leads to its word, and the table is checked when it is loaded."""

from __future__ import annotations

import pytest

from onrecord.lexicon.contested import load_contested


def test_every_form_is_found_and_leads_to_a_word_of_its_thing() -> None:
    for thing in load_contested():
        assert len(thing.words) > 1
        for form, word in thing.forms:
            match = thing.pattern.search(f"They spoke of {form.upper()} again")
            assert match is not None
            assert thing.word_of(match.group()) == word


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("a special military operation", "special military operation", "the longest form wins"),
        ("an anti-terrorist operation began", "counter-terrorist operation", "a form of another spelling"),
        ("the separatism of some", None, "no form inside another word"),
    ],
)
def test_forms_are_whole_words_the_longest_first(text: str, word: str | None, why: str) -> None:
    found = {
        thing.word_of(match.group()) for thing in load_contested() for match in [thing.pattern.search(text)] if match
    }
    assert found == ({word} if word else set()) or word in found, why
