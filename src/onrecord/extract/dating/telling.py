"""How a word of a text is told: as something that happened, as something still open, or neither beyond doubt."""

from __future__ import annotations

from typing import Literal

from onrecord.extract.syntax import auxiliaries, is_negated, kids, verb_above
from onrecord.lexicon.times import TimeWords
from onrecord.model.parsed import Parsed

Told = Literal["past", "future"] | None
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
MODALS = WILL | {"would", "could", "can", "may", "might", "should", "must", "'d", "’d"}
PAST_HELPERS = frozenset({"was", "were", "been", "had", "did", "has", "have", "being"})
AFTER = frozenset({"after", "since", "following"})
BEFORE = frozenset({"before", "until", "till"})
OPEN = frozenset({"if", "unless", "whether"})
CLIMBED = 8  # heads climbed from a noun to what is said of it


def told_at(parsed: Parsed, index: int, words: TimeWords) -> Told:
    """How the word at a token is told, from its own tense or from what governs it."""
    token = parsed.tokens[index]
    if token.pos in ("VERB", "AUX"):
        return _told_verb(parsed, index, words)
    return _told_noun(parsed, index, words)


def _told_verb(parsed: Parsed, verb: int, words: TimeWords) -> Told:
    token, helpers = parsed.tokens[verb], auxiliaries(parsed, verb)
    marks = {parsed.tokens[i].lower for i in kids(parsed, verb, "mark", "advmod")}
    if is_negated(parsed, verb) or marks & BEFORE:
        return None
    if marks & OPEN:
        return "future" if token.tag != "VBD" or helpers & MODALS else None
    if helpers & MODALS:
        return None if helpers & {"have", "has"} else "future"
    if "to" in helpers:
        return _infinitive(parsed, verb, words)
    if token.tag == "VBD" or helpers & PAST_HELPERS:
        return "past" if helpers <= PAST_HELPERS else None
    above = parsed.tokens[token.head]
    if token.tag == "VBG" and above.lower in AFTER:
        return "past"
    if token.tag == "VBN" and token.dep in ("acl", "amod") and not words.has("feared", above.lemma):
        return "past"
    if token.tag in ("VBN", "VBG") and token.dep in ("amod", "compound"):
        return None
    return None


def _infinitive(parsed: Parsed, verb: int, words: TimeWords) -> Told:
    """Open after words of plans and threats: "is preparing to invade"."""
    governor = parsed.tokens[parsed.tokens[verb].head].lemma
    return "future" if any(words.has(kind, governor) for kind in ("planned", "feared", "ahead")) else None


def _told_noun(parsed: Parsed, index: int, words: TimeWords) -> Told:
    for _, at in zip(range(CLIMBED), (index, *parsed.ancestors(index)), strict=False):
        token = parsed.tokens[at]
        if token.pos in ("VERB", "AUX") and at != index:
            return _from_verb(parsed, at, words)
        before = [parsed.tokens[i] for i in kids(parsed, at, "amod", "compound", "det", "advmod")]
        if any(words.has("feared", one.lemma) or words.has("ahead", one.lemma) or one.lower == "any" for one in before):
            return "future"
        if at != index and words.has("feared", token.lemma):
            return "future"
        if token.pos in ("ADP", "SCONJ") and token.lower in AFTER:
            return _after(parsed, at, words)
        if token.pos in ("ADP", "SCONJ") and token.lower in BEFORE:
            return None
        if token.lower == "ahead":
            return "future"
    return None


def _after(parsed: Parsed, index: int, words: TimeWords) -> Told:
    """Past after "after", unless what follows it is itself to come: "will meet after the vote"."""
    if index and parsed.tokens[index - 1].lower in BEFORE:
        return "future"
    verb = verb_above(parsed, index)
    return None if verb is not None and _told_verb(parsed, verb, words) == "future" else "past"


def _from_verb(parsed: Parsed, verb: int, words: TimeWords) -> Told:
    """What a verb makes of a noun that it governs: told past by a past verb, unless that speaks of plans or fears."""
    token = parsed.tokens[verb]
    if token.lower == "following":
        return "past"
    if words.has("feared", token.lemma) or (words.has("unsure", token.lemma) and token.lemma != "be"):
        return None
    return _told_verb(parsed, verb, words)
