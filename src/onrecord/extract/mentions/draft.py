"""What the parts of this package pass on: mentions before they have ids and chains, and the report's folded words."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lexicon.actors import ActorBase, Sense
from onrecord.lexicon.terms import Days
from onrecord.model.claims import ActorKind, MentionKind
from onrecord.model.parsed import Parsed

Words = tuple[str, ...]
# "Latin American" is no American, "West Indian" no Indian
NOT_AFTER = frozenset({"latin", "south", "north", "central", "african", "native", "west", "east"})
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [first, last) that spell a form of the actor base, and what it can mean, best first."""

    first: int
    last: int
    senses: tuple[Sense, ...]

    @property
    def sense(self) -> Sense:
        return self.senses[0]


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed report with its tokens' folded words and the known forms in it, by their first and last token.

    `times` are the tokens that begin a date or time, `given` the short forms that the report itself gives, each with
    the token after the name that it stands for, `days` those on which the report can have come out.
    """

    parsed: Parsed
    words: tuple[Words, ...]
    matches: tuple[Match, ...]
    starting: dict[int, Match]
    ending: dict[int, Match]
    times: frozenset[int]
    given: dict[str, int]
    actors: ActorBase
    days: Days

    def bounds(self, token: int) -> tuple[int, int]:
        """The tokens [first, last) of the sentence that a token stands in."""
        sentence = self.parsed.sentences[self.parsed.tokens[token].sentence]
        return sentence.first, sentence.last

    def folded(self, first: int, last: int) -> Words:
        return tuple(word for token in range(first, last) for word in self.words[token])

    def surface(self, first: int, last: int) -> str:
        return self.parsed.words(self.parsed.span(first, last))


def is_other_people(text: Text, match: Match) -> bool:
    """Whether the word before an adjective of nationality makes another one of it: "South | American"."""
    before = text.words[match.first - 1] if match.first > text.bounds(match.first)[0] else ()
    return bool(before) and before[-1] in NOT_AFTER and match.sense.how in ("adjective", "people")


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention in the making: tokens [first, last), and `head`, the token that the clause hangs on.

    `words` are its folded words without articles; `body` is the state or body under which its office is looked up.
    """

    first: int
    last: int
    head: int
    kind: MentionKind
    actor_kind: ActorKind
    name: str
    words: Words
    key: str | None = None
    rule: str = ""
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    body: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = True


def balanced(parsed: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """A name that closes a bracket together with the bracket's beginning just before it; None where one stays open."""
    depth = 0
    for token in parsed.tokens[first:last]:
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if depth < 0:
            before = first > 0 and parsed.tokens[first - 1].text in OPENING
            return balanced(parsed, first - 1, last) if before else None
    return (first, last) if depth == 0 else None
