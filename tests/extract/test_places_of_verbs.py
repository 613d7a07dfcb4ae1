"""Where the act of a verb took place: names that hang on it, not those of other clauses, sources and ends."""

from __future__ import annotations

import doctest

import pytest

from onrecord.extract.places import of_verbs
from onrecord.extract.places.of_verbs import find_candidates, find_verb_places
from tests.conftest import ReadText

CASES = [
    ("a phrase of its own", "Gunmen killed two guards in Basra on Sunday.", "killed", ["Basra"]),
    ("the place of another clause", "Police in Nairobi said that rebels shelled Garowe.", "shelled", ["Garowe"]),
    ("no place at all", "Rebels shelled the barracks.", "shelled", []),
    ("the passive", "A convoy was attacked near Kandahar.", "attacked", ["Kandahar"]),
]


@pytest.mark.parametrize(("reason", "text", "verb", "places"), CASES, ids=[case[0] for case in CASES])
def test_places_of_a_verb(read_text: ReadText, reason: str, text: str, verb: str, places: list[str]) -> None:
    _, parsed = read_text(text)
    at = next(token.i for token in parsed.tokens if token.text == verb)
    found = find_verb_places(parsed, at)
    assert [parsed.words(span) for span, _ in found] == places, reason
    assert all(0 < certainty <= 1 for _, certainty in found)


def test_pieces_of_a_name_are_one_candidate(read_text: ReadText) -> None:
    _, parsed = read_text("Shells hit the town of Deir Ezzor and the West Bank's hospitals.")
    words = [parsed.words(parsed.span(one.first, one.last)) for one in find_candidates(parsed, 0)]
    assert words == ["Deir Ezzor", "West Bank"]


def test_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(of_verbs).failed == 0
