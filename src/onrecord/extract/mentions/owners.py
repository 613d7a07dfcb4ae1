"""Whose a noun phrase is: the state or body that its own words name, before its head or after "of", "from", "in"."""

from __future__ import annotations

from onrecord.extract.mentions.draft import Match, Text, is_other_people
from onrecord.extract.syntax import kids
from onrecord.lexicon.places import Gazetteer

BELONGING = frozenset({"of", "from", "in", "at", "for", "with", "within", "across"})
OPPOSED = frozenset({"pro", "anti", "ex", "non"})
STANDS_OUT = 3  # times the people of any place of the same name elsewhere: Paris in France, not in Texas


def owner_of(text: Text, first: int, head: int, last: int) -> Match | None:
    """The state or body a phrase [first, last) belongs to; a person or a state it is only for or against is none."""
    for token in range(head - 1, first - 1, -1):
        match = text.starting.get(token)
        if (
            match is not None
            and match.last <= head
            and match.sense.row.kind != "person"
            and not _is_opposed(text, match)
            and not is_other_people(text, match)
        ):
            return match
    for preposition in kids(text.parsed, head, "prep"):
        if preposition >= last or text.parsed.tokens[preposition].lower not in BELONGING:
            continue
        for target in kids(text.parsed, preposition, "pobj"):
            found = text.ending.get(target + 1) or text.starting.get(target)
            if found is not None and found.sense.row.kind != "person":
                return found
    return None


def owner_of_served(text: Text, head: int, last: int, serves: bool) -> Match | None:
    """The state of the body or office after a role: "a spokesman for the Ukrainian navy", "aides to the Thai king"."""
    tokens, nouns = text.parsed.tokens, text.actors.nouns
    for preposition in kids(text.parsed, head, "prep"):
        word = tokens[preposition].lower
        if preposition >= last or not (word in BELONGING or (serves and word == "to")):
            continue
        for target in kids(text.parsed, preposition, "pobj"):
            if not {tokens[target].lower, tokens[target].lemma.lower()} & nouns.keys():
                continue
            for child in text.parsed.children[target]:
                match = text.starting.get(child) if child < target else None
                if match is not None and match.sense.row.kind == "state" and not _is_opposed(text, match):
                    return match
    return None


def _is_opposed(text: Text, match: Match) -> bool:
    """As in "pro-Moscow rebels", "Russia-backed rebels": the state named is not theirs."""
    tokens = text.parsed.tokens
    before = match.first - 1
    if before > 0 and tokens[before].text == "-":
        before -= 1
    if before >= 0 and text.words[before][-1:] and text.words[before][-1] in OPPOSED:
        return True
    after = match.last
    if after + 1 < len(tokens) and tokens[after].text in ("-", "–"):
        return text.words[after + 1][:1] != () and text.words[after + 1][0] in text.actors.words["attached"]
    return False


def country_of_city(text: Text, first: int, head: int, places: Gazetteer, cities: dict[int, int]) -> str | None:
    """The state of a city or province before the head or after "in", where one place of the name stands out."""
    last = next((i for i in range(head, first, -1) if i in cities and cities[i] >= first), None)
    if last is None:
        inside = [
            target + 1 for where in kids(text.parsed, head, "prep") for target in kids(text.parsed, where, "pobj")
        ]
        last = next((i for i in inside if i in cities), None)
    if last is None or cities[last] in text.starting:
        return None
    senses = places.senses(text.surface(cities[last], last))
    others = [sense for sense in senses[1:] if sense.country != senses[0].country]
    if not senses or any(sense.population * STANDS_OUT > senses[0].population for sense in others):
        return None
    return senses[0].country
