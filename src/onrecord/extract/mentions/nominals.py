"""Actors without a name: "the top US diplomat", "several senior officials", "pro-Moscow rebels", "the alliance".

A nominal is a noun phrase whose head is a role or a noun for people, groups or bodies; its country comes from its own
modifiers, never from the sentence around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.extract.mentions.draft import Draft, Match, Text, Words
from onrecord.extract.mentions.owners import country_of_city, owner_of, owner_of_served
from onrecord.extract.mentions.sectors import represented_sector, sector_of
from onrecord.extract.mentions.titles import role_of_phrase
from onrecord.extract.syntax import label_at, phrase_tokens
from onrecord.lexicon.actors import ActorBase, ActorRow, PersonNoun, Role
from onrecord.lexicon.places import Gazetteer
from onrecord.model.claims import ActorKind

HEAD_POS = frozenset({"NOUN", "PROPN", "ADJ"})
NOT_HEADS = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod", "advmod", "nummod"})
DOING = frozenset({"nsubj", "nsubjpass", "agent", "ROOT"})
AT_WORK = DOING | {"dobj", "dative", "conj", "appos", "poss", "pobj", "attr"}
POINTING = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our"})
TRAILING = frozenset({"ADV", "PUNCT", "PART", "ADP"})
LEADING = frozenset({"det", "compound", "amod", "nmod", "poss", "case", "nummod"})
SEAT_VOICE = "presidential spokesperson"  # whoever speaks for the Kremlin or the White House
QUOTES = frozenset({'"', "“", "”", "``", "''"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, tokens [first, last), that may be an actor: its noun, its owner, its words up to the head."""

    first: int
    last: int
    head: int
    noun: PersonNoun
    owner: Match | None
    own: Words
    role: Role | None


def find_nominals(text: Text, names: Iterable[Draft], places: Gazetteer) -> tuple[Draft, ...]:
    """All nominal actors of a report, in order; no head inside a name."""
    named = {token for draft in names for token in range(draft.first, draft.last)}
    cities = {named.last: named.first for named in text.parsed.named if named.label == "GPE"}
    found: list[Draft] = []
    for token in text.parsed.tokens:
        phrase = _phrase(text, token.i) if token.i not in named else None
        if phrase is not None:
            found.append(_draft(text, phrase, country_of_city(text, phrase.first, phrase.head, places, cities)))
    return tuple(found)


def _phrase(text: Text, head: int) -> Phrase | None:
    """The phrase of a head, or None where its noun is none for actors or stands where nothing acts."""
    token = text.parsed.tokens[head]
    if token.pos not in HEAD_POS or token.dep in NOT_HEADS or not text.words[head]:
        return None
    noun = _noun(text, head)
    if noun is None or (token.pos == "ADJ" and token.dep not in AT_WORK) or _is_something_else(text, head):
        return None
    first, last = _trimmed(text, *_inside_quotes(text, *phrase_tokens(text.parsed, head), head), head)
    owner = owner_of(text, first, head, last)
    if (
        noun.noun in text.actors.words["acting"]
        and token.dep not in DOING
        and (owner is None or noun.noun == "capital")
        and not _describes_state(text, first, head, last)
    ):
        return None
    own = _own_words(text, first, head + 1, owner)
    role = role_of_phrase((*own, *text.folded(head + 1, last)[:5]), len(own) - 1, text.actors)
    serves = noun.noun in text.actors.words["serving"]
    if owner is None and (role is not None or serves):
        owner = owner_of_served(text, head, last, serves)
    return Phrase(first, last, head, noun, owner, own, role)


def _noun(text: Text, head: int) -> PersonNoun | None:
    token, nouns = text.parsed.tokens[head], text.actors.nouns
    forms = (token.lemma.lower(), token.lower, token.lower.removesuffix("s"))
    return next((nouns[form] for form in forms if form in nouns), None)


def _describes_state(text: Text, first: int, head: int, last: int) -> bool:
    """As in "bombed the Asian country": a state by other words wherever it stands."""
    tokens = text.parsed.tokens
    told = last == head + 1 and head > first + 1 and tokens[first].lower == "the"
    return told and tokens[head].lower in text.actors.words["state noun"]


def _is_something_else(text: Text, head: int) -> bool:
    """As in "Opposition to the war", no party; "two F-35 fighter jets", a kind of arms; "the West Bank", a land."""
    if text.words[head] == ("opposition",) and text.words[head + 1 : head + 2] == (("to",),):
        return True
    after = text.parsed.tokens[head + 1 : head + 2]
    if any(token.pos == "NOUN" and token.lemma.lower() in text.actors.words["armament"] for token in after):
        return True
    return text.parsed.tokens[head].pos == "PROPN" and label_at(text.parsed, head) in ("GPE", "LOC")


def _draft(text: Text, phrase: Phrase, city: str | None) -> Draft:
    actors, role = text.actors, phrase.role
    token = text.parsed.tokens[phrase.head]
    row = phrase.owner.sense.row if phrase.owner is not None else None
    sector = represented_sector(row, role) if row is not None else None
    body = _body(row, role, actors)
    start = next(
        (i for i in range(phrase.first, phrase.head) if text.words[i] not in ((), ("the",), ("a",), ("an",))),
        phrase.head,
    )
    return Draft(
        phrase.first, phrase.last, phrase.head, "nominal", _kind(phrase.noun, token.tag),
        text.surface(phrase.first, phrase.last), text.folded(start, phrase.last), None,
        "noun for an actor" if role is None else "role words",
        (row.country if row is not None else city or _people_of(phrase, actors)) or (role.country if role else None),
        sector_of(phrase.noun, role, phrase.own, sector, actors),
        _office(text, phrase, body),
        body,
        actors.gendered.get(token.lower),
        token.tag in ("NNS", "NNPS") or phrase.noun.kind == "group",
        _is_definite(text, phrase),
    )  # fmt: skip


def _people_of(phrase: Phrase, actors: ActorBase) -> str | None:
    """The state of a people named before the head: "Moro rebels"."""
    own = phrase.own[:-1]
    stretches = ((*own[i : i + 2],) for i in range(len(own))), ((word,) for word in own)
    return next((actors.peoples[words] for found in stretches for words in found if words in actors.peoples), None)


def _body(row: ActorRow | None, role: Role | None, actors: ActorBase) -> str | None:
    """Under what the holders of a phrase's office are listed: the state it names, else what the role's words say."""
    if row is not None and row.key.startswith("state:"):
        return row.country
    told = role.body if role is not None else None
    return told or (actors.body(row, role.office if role is not None else None) if row is not None else None)


def _office(text: Text, phrase: Phrase, body: str | None) -> str | None:
    """The office of a role, with the word that says it is past ("former") or not yet held ("next", "shadow").

    So too with the part of a state that shares the office's name: the Ukrainian navy's spokesman is not the state's.
    """
    actors, role = text.actors, phrase.role
    if role is None:
        return None
    if any(word in actors.words["former"] for word in phrase.own):
        return f"former {role.office}"
    unheld = next((word for word in phrase.own if word in actors.words["not held"]), None)
    if unheld is not None:
        return f"{unheld} {role.office}"
    if role.office == "spokesperson" and phrase.owner is not None and phrase.owner.sense.how == "metonym":
        return SEAT_VOICE
    office = actors.office_of(body, role.office) if body is not None else role.office
    part = _part(text, phrase, role) if office in actors.shared_offices else ()
    return " ".join((*part, office))


def _part(text: Text, phrase: Phrase, role: Role) -> Words:
    """The nouns between a state and the role: "Ukrainian navy spokesman"."""
    owner, words = phrase.owner, text.actors.words
    if owner is None or owner.sense.row.kind != "state":
        return ()
    tokens, skipped = text.parsed.tokens, {*role.phrase.split(), *words["between"], *words["of the state"]}
    end = phrase.head if owner.last <= phrase.head else phrase.last
    between = (i for i in range(owner.last, end) if tokens[i].pos in ("NOUN", "PROPN") and i not in text.times)
    return tuple(word for i in between for word in text.words[i] if word not in skipped)


def _inside_quotes(text: Text, first: int, last: int, head: int) -> tuple[int, int]:
    """A phrase cut at a quotation mark, so that what is quoted stays apart from who is named beside it."""
    tokens = text.parsed.tokens
    first = next((i + 1 for i in range(head - 1, first - 1, -1) if tokens[i].text in QUOTES), first)
    last = next((i for i in range(head + 1, last) if tokens[i].text in QUOTES), last)
    return first, last


def _trimmed(text: Text, first: int, last: int, head: int) -> tuple[int, int]:
    """A phrase without a possessive mark, adverb or "on Thursday" at its end, with a hyphenated modifier whole."""
    tokens = text.parsed.tokens
    last = next((i for i in range(head + 1, last) if i in text.times), last)
    while last - 1 > head and (tokens[last - 1].tag == "POS" or tokens[last - 1].pos in TRAILING):
        last -= 1
    while first < head and tokens[first].lower in text.actors.words["leading"]:
        first += 1
    start = text.bounds(head)[0]
    while first - 2 >= start and tokens[first - 1].text == "-" and tokens[first - 1].end == tokens[first].start:
        first -= 2
        while first > start and _leads_to(text, first - 1, first, head):
            first -= 1
    return first, last


def _leads_to(text: Text, token: int, first: int, head: int) -> bool:
    """Whether a token before a phrase [first, …head] hangs on a word of it: "the UN" of "the UN secretary-general"."""
    found = text.parsed.tokens[token]
    return first <= found.head <= head and found.dep in LEADING


def _kind(noun: PersonNoun, tag: str) -> ActorKind:
    """One person, not named, is a role; several are a group."""
    if noun.kind == "person":
        return "group" if tag in ("NNS", "NNPS") else "role"
    return noun.kind


def _own_words(text: Text, first: int, end: int, owner: Match | None) -> Words:
    """The words up to the head without the state that is named among them."""
    skipped = range(owner.first, owner.last) if owner is not None and owner.sense.row.kind == "state" else range(0)
    return tuple(word for i in range(first, end) if i not in skipped for word in text.words[i] if word != "s")


def _is_definite(text: Text, phrase: Phrase) -> bool:
    """Whether a phrase points to one that is known: "the", a possessor, or a bare title in the singular."""
    tokens, words = text.parsed.tokens, text.words[phrase.first]
    if words and (words[0] in text.actors.words["indefinite"] or words[0].isdigit()):
        return False
    if tokens[phrase.first].lower in POINTING or any(
        tokens[i].dep == "poss" for i in text.parsed.children[phrase.head]
    ):
        return True
    return phrase.owner is not None and tokens[phrase.head].tag in ("NN", "NNP")
