"""Datelines and bylines, in which nobody acts, and towns that the recogniser takes for people ("Khan Younis")."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

from onrecord.extract.mentions.draft import Draft, Text, Words
from onrecord.extract.mentions.titles import read_title
from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.cues import Cues
from onrecord.lexicon.places import Gazetteer

DASHES = frozenset({"–", "—", "--", "-"})
OPENING_BYLINE = frozenset({"by", "from", "our", "own", "special", "staff"})
AFTER_TOWN = DASHES | {"(", ",", ":"}
LONGEST = 14  # tokens: "KRAMATORSK, Ukraine, Feb. 24 (Example News Agency) -"


def find_headings(text: Text, places: Gazetteer) -> frozenset[int]:
    """The tokens of datelines ("KHARTOUM (Reuters) —") and of bylines without a verb ("Own correspondent")."""
    found: set[int] = set()
    before = -1
    for sentence in text.parsed.sentences:
        if sentence.paragraph != before:
            found.update(_dateline(text, sentence.first, places))
        before = sentence.paragraph
        if _is_byline(text, sentence.first, sentence.last, found):
            found.update(range(sentence.first, sentence.last))
    return frozenset(found)


def without_headings(drafts: Iterable[Draft], headings: Container[int]) -> tuple[Draft, ...]:
    """Drafts without those of datelines and bylines; people keep their names."""
    return tuple(d for d in drafts if d.head not in headings or (d.kind == "name" and d.actor_kind == "person"))


def _dateline(text: Text, first: int, places: Gazetteer) -> range:
    """The tokens of the dateline that opens a paragraph, up to its dash; none where no town in capitals opens it."""
    tokens = text.parsed.tokens[first : first + LONGEST]
    town = next((i for i, token in enumerate(tokens) if token.text in AFTER_TOWN), 0)
    dash = next((i for i, token in enumerate(tokens) if token.text in DASHES and i >= town), 0)
    spelled = text.surface(first, first + town) if town else ""
    if not dash or not spelled.isupper() or any(token.pos in ("VERB", "AUX") for token in tokens[town:dash]):
        return range(0)
    named = any(sense.kind == "city" for sense in places.senses(spelled)[:1])  # states come first
    return range(first, first + dash) if named else range(0)


def _is_byline(text: Text, first: int, last: int, datelines: Container[int]) -> bool:
    """As in "Our own correspondent", "By a staff reporter in Cairo": a short line without a verb whose head reports."""
    tokens = text.parsed.tokens[first:last]
    if first not in datelines and tokens[0].lower not in OPENING_BYLINE:
        return False
    if last - first > LONGEST or any(token.pos in ("VERB", "AUX") for token in tokens):
        return False
    nouns = text.actors.nouns
    told = (nouns.get(token.lower) for token in tokens if token.dep in ("ROOT", "pobj", "conj"))
    return any(noun is not None and noun.sector == "JRN" and noun.kind == "person" for noun in told)


def find_towns(text: Text, guesses: Iterable[tuple[int, int]], places: Gazetteer, cues: Cues) -> frozenset[Words]:
    """Folded names, of those guessed to be people, that are towns all over the report.

    A town is in the gazetteer and no name of the actor base; somewhere it is stood "in", stormed or at the head of a
    dateline, nowhere has it a title or speaks. Its first word is no given name, its last nobody's last name here.
    """
    spelled: dict[Words, list[tuple[int, int]]] = {}
    for first, last in guesses:
        spelled.setdefault(text.folded(first, last), []).append((first, last))
    return frozenset(
        words
        for words, stretches in spelled.items()
        if words
        and not _is_persons(words, spelled, text.actors)
        and any(_is_place(text, *stretch) for stretch in stretches)
        and not any(_is_person(text, *stretch, cues) for stretch in stretches)
        and any(s.kind == "city" and not s.lesser for s in places.senses(text.surface(*stretches[0])))
    )


def _is_persons(words: Words, spelled: Collection[Words], actors: ActorBase) -> bool:
    """Whether the actor base or the report has a person of that name."""
    if words[0] in actors.genders or actors.by_name(words) or actors.by_surname(words[-1]):
        return True
    return any(other != words and len(other) > 1 and words in (other[-1:], other[:1]) for other in spelled)


def _is_place(text: Text, first: int, last: int) -> bool:
    tokens = text.parsed.tokens
    token = tokens[last - 1]
    if token.dep == "pobj" and tokens[token.head].lower in text.actors.words["standing in"]:
        return True
    if last - first > 1 and token.dep == "dobj" and tokens[token.head].lemma.lower() in text.actors.words["reaching"]:
        return True
    opens = text.bounds(first)[0] == first
    return opens and text.surface(first, last).isupper() and last < len(tokens) and tokens[last].text in AFTER_TOWN


def _is_person(text: Text, first: int, last: int, cues: Cues) -> bool:
    """Whether a name has a title, or does what people do: speaks, or is told more about."""
    tokens = text.parsed.tokens
    title = read_title(text, first, text.actors)
    if title.role is not None or title.gender is not None or title.first < first:
        return True
    token = tokens[last - 1]
    cue = cues.verbs.get(tokens[token.head].lemma.lower()) if token.dep == "nsubj" else None
    if cue is not None and cue.register == "speech":
        return True
    return any(tokens[i].lower in ("who", "himself", "herself") for i in range(last, min(last + 3, len(tokens))))
