"""What the parser's recogniser holds for names, put right: trimmed, one label a form, found wherever repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.mentions.draft import Text, balanced
from onrecord.extract.mentions.titles import Title, read_title
from onrecord.extract.mentions.towns import find_towns
from onrecord.lexicon.actor_rows import WELL_KNOWN
from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.cues import Cues
from onrecord.lexicon.furniture import Furniture
from onrecord.lexicon.places import Gazetteer
from onrecord.lexicon.spelling import fold_words, is_acronym

AROUND = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
NAME_POS = frozenset({"PROPN", "NOUN", "ADJ", "X"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that the recogniser or the document's other mentions hold for a name, trimmed."""

    first: int
    last: int
    label: str


def find_guesses(
    text: Text, actors: ActorBase, places: Gazetteer, cues: Cues, furniture: Furniture
) -> tuple[Guess, ...]:
    """The recogniser's names, trimmed and given one label a surface form, and further places where they stand."""
    raw = [guess for guess in (_trimmed(text, *span) for span in _named(text)) if guess is not None]
    labels: dict[str, Counter[str]] = {}
    for guess in raw:
        labels.setdefault(text.surface(guess.first, guess.last), Counter())[guess.label] += 1
    surnames = {
        text.words[g.last - 1][-1] for g in raw if g.label == "PERSON" and is_full(g) and text.words[g.last - 1]
    }
    surnames |= {
        text.words[g.first][0]
        for g in raw
        if g.label == "PERSON" and is_full(g) and _is_family_first(text, g.first, actors)
    }
    things = {text.surface(guess.first, guess.last) for guess in raw if _names_thing(text, guess)}
    called = [(g.first, g.last) for g in raw if g.label == "PERSON" or (g.label == "ORG" and is_full(g))]
    towns = find_towns(text, called, places, cues)
    settled: list[Guess] = []
    for guess in raw:
        label = labels[text.surface(guess.first, guess.last)].most_common(1)[0][0]
        if not is_full(guess) and text.words[guess.first][-1:] and text.words[guess.first][-1] in surnames:
            label = "PERSON"
        title = read_title(text, guess.first, actors)
        titled = title.first < guess.first and (title.gender or _names_person(title))
        if titled or (label in ("ORG", "GPE", "NORP") and _is_leader(text, guess, actors)):
            label = "PERSON"
        elif label == "PERSON" and text.surface(guess.first, guess.last) in things:
            label = "PRODUCT"
        if label in ("PERSON", "ORG") and text.folded(guess.first, guess.last) in towns:
            label = "GPE"
        if label == "PERSON" and is_full(guess) and furniture.outlet_called(_words(text, guess)):
            label = "ORG"  # "Folha de S.Paulo"
        settled.append(Guess(guess.first, guess.last, label))
    settled.extend(_leaders(text, settled, actors))
    return (*settled, *_repeated(text, settled))


def _words(text: Text, guess: Guess) -> str:
    return text.parsed.words(text.parsed.span(guess.first, guess.last))


def _leaders(text: Text, guesses: list[Guess], actors: ActorBase) -> list[Guess]:
    """Last names of leaders that the recogniser passed over: "Dagalo, the commander of the force, said"."""
    covered = {token for guess in guesses for token in range(guess.first, guess.last)}
    tokens = text.parsed.tokens
    alone = (t.i for t in tokens if t.pos == "PROPN" and t.i not in covered and text.words[t.i])
    whole = (i for i in alone if i == 0 or tokens[i - 1].dep != "compound" or tokens[i - 1].head != i)
    return [guess for i in whole if _is_leader(text, guess := Guess(i, i + 1, "PERSON"), actors)]


def _is_family_first(text: Text, token: int, actors: ActorBase) -> bool:
    """As in "Wang Wenbin", "Getachew Reda": a first word that may stand for the person, no given name that we know."""
    words = text.words[token]
    return len(words) == 1 and len(words[0]) > 2 and words[0] not in actors.genders and not actors.by_name(words)


def is_full(guess: Guess) -> bool:
    return guess.last - guess.first > 1


def _names_person(title: Title) -> bool:
    return title.role is not None and title.role.office not in ("head", "chief", "leader", "major", "deputy")


def _is_leader(text: Text, guess: Guess, actors: ActorBase) -> bool:
    """As in "Lavrov arrived": one word, no listed form, that is only known as the last name of who held high office."""
    words = text.folded(guess.first, guess.last)
    token = text.parsed.tokens[guess.first]
    if is_full(guess) or len(words) != 1 or guess.first in text.starting or token.dep not in ("nsubj", "nsubjpass"):
        return False
    if words[0] in actors.words["common surname"] or words[0] in actors.genders or token.text.isupper():
        return False
    bearers = [row for row in actors.by_surname(words[0]) if fold_words(row.name)[-1:] == words]
    return any(tenure.office in WELL_KNOWN for row in bearers for tenure in row.tenures)


def _names_thing(text: Text, guess: Guess) -> bool:
    """As in "Javelin missiles", "the Stingers": one word that says what kind a thing is, or a known make of arms."""
    token = text.parsed.tokens[guess.first]
    if is_full(guess) or not text.words[guess.first]:
        return False
    arms = text.actors.words["arms"]
    if token.lower in arms or token.lower.removesuffix("s") in arms:
        return True
    kind = text.parsed.tokens[token.head]
    named = token.dep in ("compound", "nmod") and kind.i > token.i
    return named and kind.lemma.lower() in text.actors.words["armament"]


def _named(text: Text) -> Iterator[tuple[int, int, str]]:
    for named in text.parsed.named:
        if named.label in AROUND or named.label == "NORP":
            yield named.first, named.last, named.label


def _trimmed(text: Text, first: int, last: int, label: str) -> Guess | None:
    """A name without articles, titles, possessive marks and punctuation at its edges; None where nothing is left."""
    tokens = text.parsed.tokens
    while first < last and (not text.words[first] or _leads(text, first, last, label)):
        first += 1
    while first < last and (
        not text.words[last - 1] or tokens[last - 1].tag == "POS" or tokens[last - 1].lower in ("'s", "’s")
    ):
        last -= 1
    whole = balanced(text.parsed, first, last) if first < last else None
    if whole is None:
        return None
    first, last = whole
    if not any(tokens[i].text[:1].isupper() for i in range(first, last)):
        return None
    if label == "PERSON" and any(tokens[i].text.isdigit() or tokens[i].pos == "VERB" for i in range(first, last)):
        return None
    if label == "PERSON" and last - first == 1 and is_acronym(tokens[first].text):
        return None
    return Guess(first, last, label)


def _leads(text: Text, token: int, last: int, label: str) -> bool:
    """Whether a word at a name's left edge is no part of it."""
    word = text.words[token][0]
    if word in ("the", "a", "an"):
        return True
    if label != "PERSON":  # "paramilitary Rapid Support Forces", but "al-Qaeda"
        found = text.parsed.tokens[token]
        return label == "ORG" and found.text.islower() and found.pos in ("ADJ", "NOUN") and token + 2 < last
    match = text.starting.get(token)
    noun = text.actors.nouns.get(word)
    if noun is not None and noun.kind == "person" and token + 2 < last:
        return True  # "Farmer Hassan Omar", but not "Justice Eze"
    return word in text.actors.titles or (
        match is not None and match.last == token + 1 and match.sense.how == "adjective"
    )


def _repeated(text: Text, guesses: list[Guess]) -> Iterator[Guess]:
    """Other places where a person's full name or last name, or an organisation's name, is written the same."""
    tokens = text.parsed.tokens
    forms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for guess in guesses:
        spelled = tuple(token.text for token in tokens[guess.first : guess.last])
        wanted = [(spelled, guess.label)] if guess.label in ("PERSON", "ORG") else []
        if guess.label == "PERSON" and len(spelled) > 1 and len(spelled[-1]) > 2:
            wanted.append((spelled[-1:], "PERSON"))
            if _is_family_first(text, guess.first, text.actors):
                wanted.append((spelled[:1], "PERSON"))
        for form, label in wanted:
            if (form, label) not in forms.setdefault(form[0], []):
                forms[form[0]].append((form, label))
    covered = {token for guess in guesses for token in range(guess.first, guess.last)}
    for token in tokens:
        if token.i in covered or token.pos not in NAME_POS or not token.text[:1].isupper():
            continue
        for form, label in sorted(forms.get(token.text, []), key=lambda found: -len(found[0])):
            last = token.i + len(form)
            if tuple(other.text for other in tokens[token.i : last]) == form and not covered & set(
                range(token.i, last)
            ):
                covered.update(range(token.i, last))
                yield Guess(token.i, last, label)
                break
