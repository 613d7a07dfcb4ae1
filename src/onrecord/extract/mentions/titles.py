"""The role and country before a name ("former US Ambassador to Mali Jane Roe"), and the role in a noun phrase.

What is read is what the words say; whom the actor base knows to hold an office is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.mentions.draft import Match, Text, Words
from onrecord.lexicon.actors import ActorBase, Role

LONGEST_ROLE = 6  # words: "permanent representative to the united nations"


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name: the first token of it, the office, whose, and what it tells of the person."""

    first: int
    role: Role | None = None
    former: bool = False
    owner: Match | None = None
    gender: str | None = None

    @property
    def office(self) -> str | None:
        if self.role is None:
            return None
        return f"former {self.role.office}" if self.former else self.role.office


def read_title(text: Text, first: int, actors: ActorBase) -> Title:
    """The title that ends just before token `first`; a Title without role where there is none."""
    start = text.bounds(first)[0]
    gender: str | None = None
    end = first
    while end > start and text.words[end - 1] and text.words[end - 1][0] in actors.titles:
        gender = gender or actors.titles[text.words[end - 1][0]]
        end -= 1
    role, at = _role_before(text, start, end, actors)
    if role is None:
        role, at = _role_with_place(text, start, end, actors)
    if role is None:
        owner, at, former = _owner_before(text, start, _noun_before(text, start, end))
        return Title(at if owner is not None else end, None, former, owner, gender)
    gender = gender or actors.gendered.get(role.phrase.split()[-1])
    owner, at, former = _owner_before(text, start, at)
    return Title(at, role, former, owner, gender)


def _role_before(text: Text, start: int, end: int, actors: ActorBase) -> tuple[Role | None, int]:
    """The longest role phrase that ends at token `end`, and its first token."""
    best: Role | None = None
    at = end
    for first in range(end - 1, max(start, end - LONGEST_ROLE - 2) - 1, -1):
        role = actors.role(text.folded(first, end))
        if role is not None and text.words[first]:
            best, at = role, first
    return best, at


def _noun_before(text: Text, start: int, end: int) -> int:
    """The first token of "police officer", "businessman" and the like that end at token `end`; else `end` itself."""
    nouns, tokens = text.actors.nouns, text.parsed.tokens
    if end == start or tokens[end - 1].lower not in nouns:
        return end
    first = end - 1
    while first > start and tokens[first - 1].pos == "NOUN" and tokens[first - 1].text.islower():
        first -= 1
    return first


def _role_with_place(text: Text, start: int, end: int, actors: ActorBase) -> tuple[Role | None, int]:
    """As in "ambassador to Ukraine" before a name: the role stands before the preposition."""
    place = text.ending.get(end)
    if place is None:
        return None, end
    before = place.first - 1
    while before > start and text.words[before] in (("the",),):
        before -= 1
    if before <= start or text.words[before] not in (("to",), ("of",), ("for",), ("in",)):
        return None, end
    return _role_before(text, start, before, actors)


def _owner_before(text: Text, start: int, at: int) -> tuple[Match | None, int, bool]:
    """The state or body named before a role, across words that may stand between, and whether the role is past."""
    former = False
    token = at
    while token > start:
        owner = text.ending.get(token)
        if owner is not None:
            return owner, owner.first, former or _says_former(text, start, owner.first)
        words = text.words[token - 1]
        if words and not all(
            word in text.actors.words["between"] or word in text.actors.words["former"] for word in words
        ):
            break
        former = former or any(word in text.actors.words["former"] for word in words)
        if not words and text.parsed.tokens[token - 1].text not in "-–'’":
            break
        token -= 1
    return None, at, former


def _says_former(text: Text, start: int, token: int) -> bool:
    return token > start and bool(text.words[token - 1]) and text.words[token - 1][0] in text.actors.words["former"]


def role_of_phrase(words: Words, head: int, actors: ActorBase) -> Role | None:
    """The longest role phrase in folded words that holds the head word's index, looking left first, then right."""
    best: Role | None = None
    for first in range(max(0, head - LONGEST_ROLE + 1), head + 1):
        for last in range(min(len(words), first + LONGEST_ROLE), head, -1):
            role = actors.role(words[first:last])
            if role is not None and (best is None or len(role.phrase) > len(best.phrase)):
                best = role
    return best
