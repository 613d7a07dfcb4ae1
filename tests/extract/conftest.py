"""What the tests of events share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract.events import find_events
from onrecord.lexicon import Lexicon
from onrecord.model.claims import PlaceRef, Quantity, Statement, TimeRef
from tests.extract.found_events import Found, Names, ReadText, mentions_of


@pytest.fixture(scope="session")
def find(read_text: ReadText, lexicon: Lexicon) -> Callable[..., Found]:
    """Events of a text, given its names with their countries."""

    def found(
        text: str,
        names: Names,
        times: tuple[TimeRef, ...] = (),
        places: tuple[PlaceRef, ...] = (),
        quantities: tuple[Quantity, ...] = (),
        statements: tuple[Statement, ...] = (),
    ) -> Found:
        _, parsed = read_text(text)
        mentions = mentions_of(text, names)
        events, added = find_events(parsed, mentions, times, places, quantities, statements, lexicon)
        words = {mention.id: parsed.words(mention.span) for mention in (*mentions, *added)}
        return Found(parsed, events, words)

    return found
