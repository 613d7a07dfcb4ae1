"""Place or actor: whether a name of a state or capital stands where something acts, or where something is.

A capital counts as its government as subject, owner, agent, or object of dealing and saying ("pressing Washington",
"sanctions on Moscow"); after a preposition of place or motion it is the city.
"""

from __future__ import annotations

from onrecord.extract.mentions.draft import Match, Text


def acts(text: Text, match: Match) -> bool:
    """Whether a capital's name stands for the government there."""
    tokens = text.parsed.tokens
    head = match.last - 1
    token = tokens[head]
    if _is_dateline(text, match):
        return False
    if token.dep in ("nsubj", "nsubjpass", "agent"):
        return True
    if token.dep == "poss":
        return tokens[token.head].lemma.lower() not in text.actors.words["place noun"]
    if token.dep == "appos":
        return tokens[token.head].lemma.lower() not in text.actors.words["town"] and tokens[token.head].pos == "PROPN"
    if token.dep == "conj":
        return _conjunct_acts(text, match)
    if token.dep == "pobj":
        return _object_acts(text, token.head)
    if token.dep in ("dobj", "dative", "ccomp", "ROOT"):
        return tokens[token.head].lemma.lower() not in text.actors.words["reaching"]
    return False


def _object_acts(text: Text, preposition: int) -> bool:
    tokens = text.parsed.tokens
    word = tokens[preposition].lower
    if word == "by":  # "was rejected by Moscow"
        return tokens[preposition].dep == "agent"
    if word in text.actors.words["place preposition"]:
        return False
    governor = tokens[tokens[preposition].head]
    return (
        not (word in ("to", "from", "of", "for", "on") and governor.lemma.lower() in text.actors.words["motion"])
        and governor.dep != "advmod"
    )


def _conjunct_acts(text: Text, match: Match) -> bool:
    """One of several: as the first of them."""
    tokens = text.parsed.tokens
    first = tokens[match.last - 1]
    for _ in range(20):  # longer lists than any in news; a guard against odd trees
        if first.dep != "conj":
            break
        first = tokens[first.head]
    return (
        acts(text, Match(first.i, first.i + 1, match.senses))
        if first.i != match.last - 1 and first.dep != "conj"
        else False
    )


def _is_dateline(text: Text, match: Match) -> bool:
    """As in "MOSCOW (Reuters) -", "Kyiv, Ukraine –" at the start of a paragraph."""
    first, last = text.bounds(match.first)
    if match.first != first or match.last >= last:
        return False
    following = text.parsed.tokens[match.last].text
    return following in ("(", "–", "—", "--", "-") or (
        following == "," and text.parsed.tokens[match.first].text.isupper()
    )


def is_side_of_phrase(text: Text, match: Match, head: int) -> bool:
    """Whether a state's name only modifies a noun: "US military aid", "the Ukraine crisis"."""
    return match.sense.how == "name" and text.parsed.tokens[head].dep in ("compound", "amod", "nmod")
