"""Speakers by a description: "the archbishop" after "Archbishop Jean Bosco", "the group", "the latter".

Only definite singular phrases, and only where a single actor named shortly before fits: of two, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.syntax import kids
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed

# nouns for any body; which one is meant only the text before says
BODIES = frozenset(
    {
        "group", "organisation", "organization", "movement", "body", "watchdog", "charity", "agency", "company", "firm",
        "party", "alliance", "coalition", "union", "institute", "front", "bank", "airline",
    }
)  # fmt: skip
PAPERS = frozenset({"newspaper", "paper", "daily", "weekly", "magazine", "broadcaster", "channel", "agency", "website"})
OF_TWO = ("former", "latter")  # "the former", "the latter": the first or second of two
ONCE = frozenset({"former", "retired", "late", "ex"})  # what may stand before a title that is repeated
AGED = re.compile(r"(?:the )?\d{1,3}-year-old$", re.IGNORECASE)
NEAR = 3  # sentences back in which a body or a person of that age must be named
REACH = 400  # tokens back in which somebody unnamed was brought in
LOOK_BACK = 300  # mentions back among which the one described is sought
DEFINITE = "the "


def described(marked: Marked, found: Mention, speakers: Speakers) -> Mention | None:
    """The one named actor that a description means, or None."""
    words = marked.parsed.words(found.span).lower()
    definite = (
        words.startswith(DEFINITE)
        or marked.parsed.text[max(0, found.span.start - 4) : found.span.start].lower() == DEFINITE
    )
    if not definite or (found.actor_kind == "group" and words.endswith("s")):
        return None
    noun = marked.parsed.words(found.head).lower()
    earlier = [m for m in speakers.before(found.span, LOOK_BACK) if m.kind == "name"]
    if noun in OF_TWO and len(words.split()) == 2:
        return _of_two(marked, [m for m in earlier if m.actor_kind != "state"], found, OF_TWO.index(noun))
    if AGED.match(words) or AGED.match(f"the {words}"):
        return _only(m for m in earlier if m.actor_kind == "person" and _is_near(marked, m, found))
    if noun in BODIES | PAPERS and len(words.split()) == 2:
        near = [m for m in earlier if m.actor_kind in ("organisation", "group") and _is_near(marked, m, found)]
        wanted = [m for m in near if noun in (PAPERS if m.sector == "JRN" else BODIES)]
        return _only(wanted)
    title = tuple(word for word in words.split() if word not in ONCE and word != "the")
    titled = (m for m in earlier if m.actor_kind == "person" and _is_titled(marked, m, title))
    if len(title) > 1:
        in_office = (m for m in earlier if m.actor_kind == "person" and found.role and m.role == found.role)
        return _only(titled) or (_only(in_office) if found.role == " ".join(title) else None)
    return _only(titled) or _only(_called(marked, found, noun, speakers)) or _introduced(marked, found, noun, speakers)


def _of_two(marked: Marked, named: list[Mention], found: Mention, number: int) -> Mention | None:
    """The first or second of the two that the sentence before names."""
    first: dict[int, Mention] = {}
    for mention in named:
        if _sentences_between(marked, mention, found) == 1:
            first.setdefault(mention.chain, mention)
    return list(first.values())[number] if len(first) == 2 else None


def _introduced(marked: Marked, found: Mention, noun: str, speakers: Speakers) -> Mention | None:
    """Somebody unnamed whom the report brought in with the same noun: "a trader in Mogadishu … the trader"."""
    parsed = marked.parsed
    last = marked.token_at(found.span.start)
    brought = [
        token.i
        for token in parsed.tokens[max(0, last - REACH) : last]
        if token.lower == noun and token.tag == "NN" and _has_indefinite(parsed, token.i)
    ]
    if len(brought) != 1:
        return None
    token = parsed.tokens[brought[0]]
    beside = speakers.known(token.head) if token.dep == "appos" else None
    return beside if beside is not None and beside.kind == "name" else speakers.mention(token.i)


def _has_indefinite(parsed: Parsed, index: int) -> bool:
    return any(parsed.tokens[child].lower in ("a", "an") for child in kids(parsed, index, "det"))


def _called(marked: Marked, found: Mention, noun: str, speakers: Speakers) -> Iterator[Mention]:
    """Persons who were called so before, beside their name: "Pavel Horak, a former ambassador to Minsk"."""
    for mention in speakers.before(found.span, LOOK_BACK):
        if mention.kind == "nominal" and marked.parsed.words(mention.head).lower() == noun:
            named = [m for m in speakers.named(mention) if m.kind == "name" and m.actor_kind == "person"]
            yield from named[:1] or [mention]


def _only(mentions: Iterable[Mention]) -> Mention | None:
    """The last of some mentions, if all are of one actor."""
    found = list(mentions)
    one = bool(found) and len({mention.chain for mention in found}) == 1
    return found[-1] if one and found[-1].kind == "name" else None


def _is_near(marked: Marked, mention: Mention, found: Mention) -> bool:
    return _sentences_between(marked, mention, found) <= NEAR


def _sentences_between(marked: Marked, mention: Mention, found: Mention) -> int:
    tokens = marked.parsed.tokens
    first, last = (tokens[marked.token_at(m.head.end)].sentence for m in (mention, found))
    return last - first


def _is_titled(marked: Marked, mention: Mention, title: tuple[str, ...]) -> bool:
    """Whether the words of a title stand right before a name, or begin it ("Patriarch Ignatius")."""
    tokens = marked.parsed.tokens
    first = marked.token_at(mention.span.start + 1)
    before = tuple(token.lower for token in tokens[max(0, first - len(title)) : first])
    own = tuple(token.lower for token in tokens[first : first + len(title)])
    named = len(marked.parsed.words(mention.span).split()) > len(title)
    return bool(title) and (before == title or (named and own == title))
