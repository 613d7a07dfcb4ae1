"""Who gives an amount and who gets it: "Washington sent Kyiv $60 million", "a $125 million package for Ukraine".

Sides are read from the verb that the amount hangs on and from the phrases about the amount. A sum told twice has the
sides of both tellings; a side that none of them names stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.syntax import kids
from onrecord.model.claims import Mention, Quantity
from onrecord.model.parsed import Parsed

GIVING = frozenset(
    {"give", "send", "offer", "provide", "grant", "lend", "pledge", "donate", "announce", "approve", "deliver", "pay",
     "allocate", "commit", "supply", "hand", "transfer", "promise", "ship", "contribute", "award", "earmark", "release",
     "spend", "authorize", "authorise", "unveil", "loan", "sell", "extend", "propose", "channel", "wire", "dispatch"}
)  # fmt: skip
GETTING = frozenset({"receive", "get", "accept", "obtain", "buy", "secure", "collect", "borrow", "win"})
TO = frozenset({"to", "for"})
WHERE = frozenset({"in"})  # "$200m to support security in Georgia": only where nothing else says to whom
GIFTS = frozenset(
    {"aid", "assistance", "package", "support", "loan", "grant", "help", "funding", "fund", "money", "donation", "deal",
     "sale", "shipment", "delivery", "equipment", "credit", "payment", "relief", "contribution", "tranche", "security"}
)  # fmt: skip
CURRENCY = re.compile(r"[A-Z]{3}")
SIDES = frozenset({"state", "organisation", "group", "person", "role"})
CLIMBED = 6  # heads between an amount and the verb of giving


def with_parties(parsed: Parsed, mentions: Iterable[Mention], quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The quantities, those that are given with the mentions of giver and receiver."""
    heads = {at: m for m in mentions if m.actor_kind in SIDES for at in range(m.head.start, m.head.end)}
    starts = {token.start: token.i for token in parsed.tokens}
    found = [_with_sides(parsed, one, heads, starts) for one in quantities]
    return tuple(_told_again(one, found) for one in found)


def _told_again(one: Quantity, found: Sequence[Quantity]) -> Quantity:
    """A sum with the sides that the report names where it tells of the same sum again."""
    if not CURRENCY.fullmatch(one.unit):
        return one
    same = [other for other in found if (other.value, other.unit) == (one.value, one.unit)]
    giver = one.giver or next((other.giver for other in same if other.giver), None)
    receiver = one.receiver or next((other.receiver for other in same if other.receiver), None)
    return replace(one, giver=giver, receiver=receiver)


def _with_sides(parsed: Parsed, one: Quantity, heads: Mapping[int, Mention], starts: Mapping[int, int]) -> Quantity:
    inside = [starts[at] for at in range(one.span.start, one.span.end) if at in starts]
    if not inside:
        return one
    members = set(inside)
    top = next((i for i in inside if parsed.tokens[i].head not in members), inside[0])
    phrase, verb = _climb(parsed, top)
    if verb is None and not any(parsed.tokens[i].lemma in GIFTS for i in phrase):
        return one
    giver, receiver = _of_verb(parsed, verb, heads) if verb is not None else (None, None)
    receiver = receiver or _first(parsed, _after(parsed, phrase, TO), heads)
    if verb is not None and parsed.tokens[verb].lemma in GIVING:
        receiver = receiver or _first(parsed, _after(parsed, [verb, *phrase], WHERE, deep=True), heads)
    giver = giver or _first(parsed, _owners(parsed, phrase), heads)
    if giver is not None and receiver is not None and giver.chain == receiver.chain:
        receiver = None
    if giver is None and receiver is None:
        return one
    return replace(one, giver=giver.id if giver else None, receiver=receiver.id if receiver else None)


def _climb(parsed: Parsed, top: int) -> tuple[list[int], int | None]:
    """The nouns from an amount up to the verb of giving or getting; the verb is None where another one comes first."""
    phrase = [top]
    for _, at in zip(range(CLIMBED), parsed.ancestors(top), strict=False):
        token = parsed.tokens[at]
        if token.pos in ("VERB", "AUX"):
            return phrase, at if token.lemma in GIVING | GETTING else None
        phrase.append(at)
    return phrase, None


def _of_verb(parsed: Parsed, verb: int, heads: Mapping[int, Mention]) -> tuple[Mention | None, Mention | None]:
    """Giver and receiver by the verb's own arguments."""
    getting = parsed.tokens[verb].lemma in GETTING
    subject = _first(parsed, _subjects(parsed, verb), heads)
    agent = _first(parsed, [i for by in kids(parsed, verb, "agent") for i in kids(parsed, by, "pobj")], heads)
    passive = bool(kids(parsed, verb, "nsubjpass"))
    if getting:
        giver = _first(parsed, _after(parsed, [verb], frozenset({"from"})), heads)
        return giver, subject
    to = _first(parsed, [*kids(parsed, verb, "dative"), *_after(parsed, [verb], TO)], heads)
    to = to or _first(parsed, [i for d in kids(parsed, verb, "dative") for i in kids(parsed, d, "pobj")], heads)
    return (agent, to or subject) if passive else (subject, to)


def _subjects(parsed: Parsed, verb: int) -> list[int]:
    """The subjects of a verb, or of the verb that it is joined to or completes."""
    for _, at in zip(range(3), (verb, *parsed.ancestors(verb)), strict=False):
        found = kids(parsed, at, "nsubj", "nsubjpass")
        if found or parsed.tokens[at].dep not in {"conj", "xcomp"}:
            return found
    return []


def _after(parsed: Parsed, words: Sequence[int], prepositions: frozenset[str], deep: bool = False) -> Iterator[int]:
    """The objects of prepositions that hang on words, or anywhere below them."""
    below = sorted({i for word in words for i in parsed.subtree(word)}) if deep else _near(parsed, words)
    for at in below:
        if parsed.tokens[at].lower in prepositions and parsed.tokens[at].dep in {"prep", "dative"}:
            yield from kids(parsed, at, "pobj")


def _near(parsed: Parsed, words: Sequence[int]) -> list[int]:
    """What hangs on words, through "in aid" and "of assistance" too."""
    found: list[int] = []
    open_ = list(words)
    while open_:
        for child in parsed.children[open_.pop()]:
            token = parsed.tokens[child]
            if token.dep in {"prep", "dative"}:
                found.append(child)
                open_.extend(i for i in kids(parsed, child, "pobj") if token.lower in {"in", "of", "worth"})
    return sorted(set(found))


def _owners(parsed: Parsed, phrase: Sequence[int]) -> list[int]:
    """Who stands before the thing given: "Norway's $40 million loan", "the US aid"."""
    gifts = [i for i in phrase if parsed.tokens[i].lemma in GIFTS]
    return [owner for gift in gifts for owner in kids(parsed, gift, "poss", "amod", "compound", "nmod")]


def _first(parsed: Parsed, tokens: Iterable[int], heads: Mapping[int, Mention]) -> Mention | None:
    """The first mention among tokens."""
    return next((heads[parsed.tokens[i].start] for i in tokens if parsed.tokens[i].start in heads), None)
