"""Where the act of a verb took place: names that hang on it, not those of other clauses, sources and ends."""

from __future__ import annotations

import doctest

import pytest

from onrecord.extract.events import find_events, where
from onrecord.extract.events.where import VERB_PLACES, find_candidates, find_verb_places, weigh
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.lexicon import Lexicon
from onrecord.taggers.odds import load_odds
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


def test_certainties_of_a_verb_are_shares(read_text: ReadText) -> None:
    _, parsed = read_text("Officials in Ankara said that troops from Aleppo clashed with rebels near Idlib on Monday.")
    verb = next(token.i for token in parsed.tokens if token.text == "clashed")
    scored = weigh(parsed, verb, find_candidates(parsed, 0), load_odds(VERB_PLACES))
    assert sum(value for _, value in scored) < 1
    assert parsed.words(parsed.span((best := max(scored, key=lambda pair: pair[1])[0]).first, best.last)) == "Idlib"


PLACES_OF_EVENTS = [
    ("its own, not the speaker's", "Police in Nairobi said that rebels shelled Garowe on Monday.", "shelled", "Garowe"),
    ("the town, not its province", "Gunmen killed two soldiers in Fallujah in Anbar province.", "killed", "Fallujah"),
    ("none where none is named", "Rebels attacked the soldiers on Monday.", "attacked", None),
]


@pytest.mark.parametrize(
    ("reason", "text", "verb", "place"), PLACES_OF_EVENTS, ids=[case[0] for case in PLACES_OF_EVENTS]
)
def test_events_take_the_place_of_their_verb(
    read_text: ReadText, lexicon: Lexicon, reason: str, text: str, verb: str, place: str | None
) -> None:
    document, parsed = read_text(text)
    mentions = find_mentions(parsed, document, lexicon)
    places = find_places(parsed, mentions, lexicon)
    events, _ = find_events(parsed, mentions, (), places, (), (), lexicon)
    by_id = {one.id: parsed.words(one.span) for one in places}
    found = {by_id[event.place] if event.place else None for event in events if verb in parsed.words(event.trigger)}
    assert found == {place}, reason


def test_example_in_the_docstring_holds() -> None:
    assert doctest.testmod(where).failed == 0
