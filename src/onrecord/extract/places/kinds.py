"""Whether a name of a place means the place, or the government or people that goes by its name.

"In Moscow" is the place; "Moscow denies" and "talks with Moscow" are its government; "the Syrian army" is an adjective.
"""

from __future__ import annotations

from typing import Literal

from onrecord.extract.places.candidates import Candidate
from onrecord.lexicon.places import Gazetteer, Place
from onrecord.model.parsed import Parsed, Token

Kind = Literal["literal", "metonym", "demonym"]
STATIC = frozenset({"be", "lie", "remain", "border", "suffer", "see", "become", "experience", "stretch"})
SHORT = 4  # letters: "U.S." and "NATO" are in capitals anywhere
NEVER_ACT = frozenset({"water", "range", "border", "island"})
OWNING = frozenset({"poss", "compound", "nmod", "amod"})


def place_kind(parsed: Parsed, candidate: Candidate, place: Place | None, gazetteer: Gazetteer) -> tuple[Kind, str]:
    """The kind of a candidate that was found to be `place`, and why in words."""
    if candidate.origin == "demonym":
        return "demonym", "an adjective or word for people"
    if candidate.origin == "embedded":
        return "metonym", "inside the name of an organisation"
    if candidate.origin == "site":
        return "literal", "a site"
    if parsed.text[candidate.span.end : candidate.span.end + 6].lower() in {"-based", "–based"}:
        return "literal", "where someone is based"
    if place is not None and place.kind in NEVER_ACT:
        return "literal", f"a {place.kind}"
    token = _head(parsed, candidate)
    for _ in range(candidate.first):  # along a list to its first member, which alone shows the role
        above = parsed.tokens[token.head]
        if token.dep not in {"conj", "appos"} or above.pos != "PROPN" or above.i >= token.i:
            break
        token = above
    if token.i == parsed.sentences[token.sentence].first and token.text.isupper() and len(token.text) > SHORT:
        return "literal", "a dateline"
    return _by_syntax(parsed, token, _acts(place), gazetteer)


def _acts(place: Place | None) -> bool:
    """Whether a government or people goes by the name of a place."""
    return place is not None and (place.kind in {"country", "province", "disputed", "continent"} or place.capital)


def _head(parsed: Parsed, candidate: Candidate) -> Token:
    """The token of the name that the others hang on."""
    inside = range(candidate.first, candidate.last)
    return next(parsed.tokens[i] for i in inside if parsed.tokens[i].head not in inside or parsed.tokens[i].head == i)


def _by_syntax(parsed: Parsed, token: Token, acts: bool, gazetteer: Gazetteer) -> tuple[Kind, str]:
    head, words = parsed.tokens[token.head], gazetteer.words
    if token.dep == "pobj":
        return _after_preposition(parsed, head, acts, gazetteer)
    if token.dep in {"nsubj", "agent"} and head.pos == "VERB" and head.lemma not in STATIC:
        return "metonym", f"subject of {head.lemma!r}"
    if token.dep in {"dobj", "nsubjpass"}:
        as_place = head.lemma in words["motion"] or not acts
        return ("literal" if as_place else "metonym"), f"object of {head.lemma!r}"
    if token.dep == "dative":
        return "metonym", "to whom"
    if token.dep == "poss" and head.pos == "PROPN":
        return "literal", f"holds {head.text!r}"
    if token.dep in OWNING and head.i > token.i and head.pos in {"NOUN", "PROPN"}:
        as_place = (
            any(head.lower in words[kind] for kind in ("land", "site", "generic")) and head.lower not in words["body"]
        )
        return ("literal" if as_place else "metonym"), f"of {head.lower!r}"
    return "literal", "a name of a place"


def _after_preposition(parsed: Parsed, head: Token, acts: bool, gazetteer: Gazetteer) -> tuple[Kind, str]:
    """What a name means after a preposition, by the preposition and the word it hangs on."""
    words, owner = gazetteer.words, parsed.tokens[head.head]
    why = f"after {head.lower!r}"
    if head.lower in {"to", "on", "from"} and acts and (owner.lemma in words["giver"] or owner.lower in words["gift"]):
        return "metonym", f"{why} and {owner.lower!r}"
    if head.lower == "of" and (owner.lower in words["body"] or owner.lemma.lower() in words["body"]):
        return "metonym", f"of {owner.lower!r}"
    if head.lower == "by" and head.dep == "agent":
        return "metonym", why
    if head.lower not in words["partner"] or owner.lower in words["way"]:
        return "literal", why
    if head.lower == "for" and owner.lemma in words["leaving"]:
        return "literal", why
    return "metonym", why
