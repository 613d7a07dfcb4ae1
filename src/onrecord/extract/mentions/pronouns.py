"""Pronouns that can point to an actor, and the quotations they stand in.

"I" and "we" inside a quotation are its speaker's own; who that is, only the stage of statements can say.
"""

from __future__ import annotations

from onrecord.extract.mentions.draft import Draft, Text
from onrecord.model.claims import ActorKind

PERSON = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
THING = frozenset({"it", "its", "itself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"}) | WE
ALL = frozenset(PERSON) | MANY | THING | FIRST
OPEN_MARKS, CLOSE_MARKS, BOTH_MARKS = frozenset("“«„"), frozenset("”»"), frozenset({'"', "``", "''"})


def find_pronouns(text: Text, taken: frozenset[int]) -> tuple[Draft, ...]:
    """All pronouns outside names, in order."""
    return tuple(
        Draft(
            token.i, token.i + 1, token.i, "pronoun", _kind(token.lower), token.text, (token.lower,), None, "pronoun",
            gender=PERSON.get(token.lower), plural=token.lower in MANY or token.lower in WE,
        )
        for token in text.parsed.tokens
        if token.pos == "PRON" and token.lower in ALL and token.dep != "expl" and token.i not in taken
    )  # fmt: skip


def _kind(word: str) -> ActorKind:
    if word in PERSON or word in FIRST - WE:
        return "person"
    return "organisation" if word in THING else "group"


def quoted_tokens(text: Text) -> tuple[bool, ...]:
    """For each token whether it stands inside quotation marks; a quotation ends with its paragraph at the latest."""
    inside, paragraph = False, -1
    found: list[bool] = []
    for token in text.parsed.tokens:
        here = text.parsed.sentences[token.sentence].paragraph
        if here != paragraph:
            inside, paragraph = False, here
        mark = token.text
        if mark in OPEN_MARKS or (mark in BOTH_MARKS and not inside):
            inside = True
            found.append(True)
            continue
        if inside and (mark in CLOSE_MARKS or mark in BOTH_MARKS):
            inside = False
            found.append(True)
            continue
        found.append(inside)
    return tuple(found)
