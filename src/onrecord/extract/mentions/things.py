"""Names that the recogniser takes for people or bodies and that are things: texts, prizes, pictures, ships, satellites.

"Security Council Resolution 1973", "the Dayton Accord", "AP/File", "the tanker Ever Loyal", "Safir-2".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.extract.mentions.draft import Text
from onrecord.extract.mentions.guesses import Guess, is_full
from onrecord.extract.syntax import kids

NUMBERED = re.compile(r"\D[-–\s]?\d{1,3}$")  # "Safir-2"; a year, as in "Forum 2000", is longer
ROOM_FOR_NUMBER = re.compile(r"\d")


def find_things(text: Text, guesses: Iterable[Guess]) -> frozenset[str]:
    """The surface forms of guesses that somewhere in the report show themselves to be things."""
    return frozenset(
        text.surface(guess.first, guess.last)
        for guess in guesses
        if guess.label in ("PERSON", "ORG") and (_names_text(text, guess) or _is_craft(text, guess))
    )


def holds_body(text: Text, guess: Guess) -> bool:
    """Whether a listed body is named inside, which stays an actor: the council of its resolution."""
    inside = (text.starting.get(token) for token in range(guess.first, guess.last))
    return any(
        match is not None and match.last <= guess.last and match.sense.row.kind == "organisation" for match in inside
    )


def _names_text(text: Text, guess: Guess) -> bool:
    """Whether the last word, numbers apart, says that it is a text, a prize, a contest or a picture; or a slash."""
    tokens = text.parsed.tokens[guess.first : guess.last]
    if any("/" in token.text for token in tokens):
        return True
    words = [token.lower for token in tokens]
    while len(words) > 1 and ROOM_FOR_NUMBER.search(words[-1]):
        words.pop()
    if is_full(guess) and words[-1] in text.actors.words["document"]:
        return True
    surface = text.surface(guess.first, guess.last)
    bodies = text.actors.words["broadcasting"] | text.actors.nouns.keys()
    return bool(NUMBERED.search(surface)) and not any(word.rstrip("-–0123456789") in bodies for word in words)


def _is_craft(text: Text, guess: Guess) -> bool:
    """Whether a noun for a ship or a spacecraft stands just before a name or in apposition with it."""
    tokens, vessels = text.parsed.tokens, text.actors.words["vessel"]
    start = text.bounds(guess.first)[0]
    before = tokens[guess.first - 1] if guess.first > start else None
    if before is not None and before.tag == "NN" and before.lower in vessels:
        return True
    top = guess.last - 1
    while tokens[top].dep == "compound" and tokens[top].head > top:
        top = tokens[top].head  # of a name that the recogniser cut in two
    other = [*kids(text.parsed, top, "appos"), *([tokens[top].head] if tokens[top].dep == "appos" else [])]
    return any(tokens[noun].tag == "NN" and tokens[noun].lower in vessels for noun in other)
