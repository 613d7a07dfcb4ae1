"""Where a report may name a place: words of the gazetteer, and what the parser's recogniser calls a place.

The longest name wins. A name that is also a common word, a person's or an organisation's is taken only where the parser
or a preposition of place speaks for it; inside an organisation's name it stands for the state or city named there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.lexicon.cities import fold_name
from onrecord.lexicon.places import LONGEST_NAME, Gazetteer, Place
from onrecord.model.claims import Mention
from onrecord.model.offsets import Span
from onrecord.model.parsed import Named, Parsed

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
TIME_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ez"})  # of Arabic names, before a hyphen
JOINED = re.compile(
    r"[-–](?:led|backed|based|born|made|controlled|occupied|held|run|sponsored|funded|trained|supported|style|wide)$"
)
DATELINE_AFTER = frozenset({"—", "–", "-", ",", "(", ":"})
KNOWN_CITY = 50_000  # inhabitants: a city that stands without a label, after a preposition of place
GREAT_CITY = 300_000  # inhabitants: a city that stands by its name alone, and inside the name of an organisation

Origin = Literal["name", "demonym", "embedded", "site", "unknown"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens [first, last) that may name a place, and the characters that do; `core` is the name looked up.

    `label` is the recogniser's (or ""), `generic` the word for a kind of land at the name's side ("province"), `senses`
    are what the name may stand for.
    """

    first: int
    last: int
    span: Span
    core: str
    origin: Origin
    label: str
    senses: tuple[Place, ...]
    generic: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every step needs: `over` is the recogniser's name over each token, `persons` tokens of persons' names."""

    parsed: Parsed
    gazetteer: Gazetteer
    over: dict[int, Named]
    persons: frozenset[int]

    def word(self, kind: str, index: int) -> bool:
        return self.parsed.tokens[index].lower in self.gazetteer.words[kind]

    def text(self, first: int, last: int) -> str:
        tokens = self.parsed.tokens
        return self.parsed.text[tokens[first].start : tokens[last - 1].end]

    def label(self, index: int) -> str:
        named = self.over.get(index)
        return named.label if named is not None else ""

    def make(
        self, first: int, last: int, core: str, origin: Origin, senses: tuple[Place, ...], generic: str = ""
    ) -> Candidate:
        span = self.parsed.span(first, last)
        joined = JOINED.search(self.parsed.words(span))
        span = Span(span.start, span.start + joined.start()) if joined is not None else span
        return Candidate(first, last, span, core, origin, self.label(first), senses, generic)


def find_candidates(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> list[Candidate]:
    """All candidates of a report in order, none overlapping another."""
    over = {index: named for named in parsed.named for index in range(named.first, named.last)}
    ground = _Ground(parsed, gazetteer, over, _person_tokens(parsed, mentions))
    found: list[Candidate] = []
    for sentence in parsed.sentences:
        index = sentence.first
        while index < sentence.last:
            candidate = _candidate_at(ground, index, sentence.last)
            if candidate is not None:
                found.append(candidate)
            index = candidate.last if candidate is not None else index + 1
    return sorted([*found, *_unknown_names(ground, found)], key=lambda candidate: candidate.first)


def _person_tokens(parsed: Parsed, mentions: Iterable[Mention]) -> frozenset[int]:
    """Tokens inside the names of persons, by the mentions."""
    starts = {token.start: token.i for token in parsed.tokens}
    found: set[int] = set()
    for mention in mentions:
        if mention.kind == "name" and mention.actor_kind == "person":
            index = starts.get(mention.head.start)
            while index is not None and index < len(parsed.tokens) and parsed.tokens[index].end <= mention.head.end:
                found.add(index)
                index += 1
    return frozenset(found)


def _candidate_at(ground: _Ground, index: int, end: int) -> Candidate | None:
    """The candidate that begins at a token, or None: the longest one."""
    if not _may_begin(ground, index, end):
        return None
    for last in range(min(index + LONGEST_NAME, end), index, -1):
        if any(c.isalpha() for c in ground.parsed.tokens[last - 1].text):
            candidate = _match(ground, index, last)
            if candidate is not None:
                return candidate
    return None


def _may_begin(ground: _Ground, index: int, end: int) -> bool:
    """Whether a name may begin at a token: a capital letter or an Arabic article, outside dates and amounts."""
    token = ground.parsed.tokens[index]
    if token.lower in ARTICLES and index + 1 < end and ground.parsed.tokens[index + 1].text in "-–":
        return True
    if not token.text[:1].isupper() or token.lower == "the":
        return False
    label = ground.label(index)
    return label not in TIME_LABELS or (label == "MONEY" and token.text in {"US", "U.S."})


def _match(ground: _Ground, first: int, last: int) -> Candidate | None:
    """The candidate that tokens [first, last) are, if the gazetteer knows them and nothing speaks against it."""
    words = JOINED.sub("", ground.text(first, last))
    folded = fold_name(words)
    if len(folded) < 2:
        return None
    short = ground.gazetteer.short.get(words, ())
    if short and _after_place(ground, first):
        return ground.make(first, last, words, "name", short)
    if len(folded) <= 3 and not words.replace(".", "").isupper():
        cities = ground.gazetteer.cities(folded)
        return _named(ground, first, last, words, cities) if cities else None
    own = ground.gazetteer.names.get(folded, ())
    demonyms = ground.gazetteer.demonym(words) if last - first <= 3 else ()
    if demonyms and not own:
        return _demonym(ground, first, last, words, demonyms)
    capital = ground.parsed.tokens[last - 1].text[:1].isupper()
    cities = ground.gazetteer.cities(folded) if capital and not _is_code(words) else ()
    return _named(ground, first, last, words, (*own, *cities)) if own or cities else None


def _is_code(words: str) -> bool:
    """Whether letters are an abbreviation and no city ("WA", "OAS", "U.S.")."""
    letters = words.replace(".", "")
    return letters.isupper() and len(letters) <= 3


def _after_place(ground: _Ground, first: int) -> bool:
    """Whether a comma and a name stand before ("Springfield, Ill."), or a party's letter ("R-Fla.")."""
    tokens = ground.parsed.tokens
    if first < 2:
        return False
    before, name = tokens[first - 1], tokens[first - 2]
    return (before.text == "," and name.text[:1].isupper()) or (before.text in "-–" and name.text in {"R", "D", "I"})


def _demonym(ground: _Ground, first: int, last: int, words: str, senses: tuple[Place, ...]) -> Candidate | None:
    if ground.label(first) == "PERSON" or ground.parsed.tokens[last - 1].pos not in {"ADJ", "PROPN", "NOUN"}:
        return None
    return ground.make(first, last, words, "demonym", senses)


def _named(ground: _Ground, first: int, last: int, words: str, senses: tuple[Place, ...]) -> Candidate | None:
    """A name of the gazetteer, weighed against the recogniser's view of the words around it."""
    if _is_in_person(ground, first, last):
        return None
    named = ground.over.get(first)
    if named is not None and _is_inside(ground, named, first, last):
        return _inside(ground, named, first, last, words, senses)
    if ground.label(first) not in PLACE_LABELS and not _stands_alone(ground, first, last, senses):
        return None
    return _with_generic(ground, first, last, words, senses)


def _is_in_person(ground: _Ground, first: int, last: int) -> bool:
    """Whether the tokens are part of a person's name by the mentions, or stand before one as a given name does."""
    if any(index in ground.persons for index in range(first, last)):
        return True
    token = ground.parsed.tokens[last - 1]
    head = ground.parsed.tokens[token.head]
    return token.dep == "compound" and head.i == last and ground.label(head.i) == "PERSON" and not ground.label(first)


def _is_inside(ground: _Ground, named: Named, first: int, last: int) -> bool:
    """Whether the recogniser's name is longer by more than articles and words for a kind of land."""
    rest = [i for i in range(named.first, named.last) if not first <= i < last]
    tokens = ground.parsed.tokens
    return any(
        tokens[i].lower not in {"the", *POSSESSIVES} and not ground.word("generic", i) and not ground.word("compass", i)
        for i in rest
    )


def _inside(
    ground: _Ground, named: Named, first: int, last: int, words: str, senses: tuple[Place, ...]
) -> Candidate | None:
    """A name inside a longer one: a site named after its town, or an organisation after its state or city."""
    if named.label == "PERSON" or (last - first == 1 and ground.word("common", first)):
        return None
    tokens = ground.parsed.tokens
    start = named.first + (tokens[named.first].lower == "the")
    end = named.last - (tokens[named.last - 1].text in POSSESSIVES)
    is_site = any(ground.word("site", i) for i in ((start, end - 1) if named.label == "ORG" else range(start, end)))
    if is_site and first == start and named.label in {*PLACE_LABELS, "ORG"}:
        towns = tuple(sense for sense in senses if sense.kind == "city" and sense.population >= KNOWN_CITY)
        return ground.make(start, end, words, "site", towns)
    if named.label in PLACE_LABELS:
        return ground.make(first, last, words, "name", senses) if first == start else None
    public = any(ground.word(kind, i) for kind in ("body", "site", "generic") for i in range(last, end))
    least = KNOWN_CITY if public else GREAT_CITY
    strong = tuple(
        sense for sense in senses if sense.kind != "city" or (sense.population >= least and not sense.lesser)
    )
    return ground.make(first, last, words, "embedded", strong) if strong else None


def _with_generic(ground: _Ground, first: int, last: int, words: str, senses: tuple[Place, ...]) -> Candidate:
    """The name with a capitalised word for a kind of land after it; a small one stays outside but is told."""
    tokens, sentence = ground.parsed.tokens, ground.parsed.sentences[ground.parsed.tokens[first].sentence]
    if last - first > 1 and tokens[last - 1].text[:1].islower() and ground.word("generic", last - 1):
        return ground.make(first, last - 1, words, "name", senses, tokens[last - 1].lower)
    if last >= sentence.last or not ground.word("generic", last):
        return ground.make(first, last, words, "name", senses)
    capital = tokens[last].text[:1].isupper()
    goes_on = last + 1 < sentence.last and tokens[last + 1].pos == "PROPN" and tokens[last + 1].text[:1].isupper()
    inside = capital and not goes_on
    return ground.make(first, last + inside, words, "name", senses, "" if goes_on else tokens[last].lower)


def _stands_alone(ground: _Ground, first: int, last: int, senses: tuple[Place, ...]) -> bool:
    """Whether a name without a place label is a place all the same."""
    state = any(sense.kind != "city" for sense in senses)
    people = max((sense.population for sense in senses if sense.kind == "city" and not sense.lesser), default=0)
    governed = _is_governed(ground, first, last)
    if ground.label(first) == "PERSON":
        return governed and (state or people >= GREAT_CITY) and not _is_in_longer_name(ground, first, last)
    if last - first == 1 and ground.word("common", first):
        return False
    if _is_dateline(ground, first, last):
        return state or people >= KNOWN_CITY
    if not any(token.pos == "PROPN" for token in ground.parsed.tokens[first:last]):
        return state and last - first > 1
    if not ground.label(first) and _is_in_longer_name(ground, first, last):
        return state or (people >= GREAT_CITY and _names_a_site(ground, last))
    return state or people >= GREAT_CITY or (governed and people >= KNOWN_CITY)


def _names_a_site(ground: _Ground, last: int) -> bool:
    """Whether the word after a name is one for a site, a land or a body ("Kabul Mosque" in a heading)."""
    return last < len(ground.parsed.tokens) and any(ground.word(kind, last) for kind in ("site", "land", "body"))


def _is_governed(ground: _Ground, first: int, last: int) -> bool:
    """Whether a preposition of place governs a token of the name."""
    tokens = ground.parsed.tokens
    return any(tokens[i].dep == "pobj" and ground.word("locative", tokens[i].head) for i in range(first, last))


def _is_dateline(ground: _Ground, first: int, last: int) -> bool:
    """Whether a name in capitals opens a paragraph and a dash or comma follows ("KABUL — ")."""
    parsed = ground.parsed
    sentence = parsed.sentences[parsed.tokens[first].sentence]
    opens = first == sentence.first and (first == 0 or _paragraph(parsed, first - 1) != sentence.paragraph)
    return (
        opens
        and ground.text(first, last).isupper()
        and last < sentence.last
        and parsed.tokens[last].text in DATELINE_AFTER
    )


def _paragraph(parsed: Parsed, index: int) -> int:
    return parsed.sentences[parsed.tokens[index].sentence].paragraph


def _is_in_longer_name(ground: _Ground, first: int, last: int) -> bool:
    """Whether a capitalised name goes on beside it without a comma ("Paris Hilton", "Prince Jordan")."""
    tokens = ground.parsed.tokens
    sentence = ground.parsed.sentences[tokens[first].sentence]
    beside = [i for i in (first - 1, last) if sentence.first <= i < sentence.last and tokens[i].pos == "PROPN"]
    return any(tokens[i].text[:1].isupper() and not ground.word("generic", i) for i in beside)


def _unknown_names(ground: _Ground, found: list[Candidate]) -> Iterator[Candidate]:
    """Places by the recogniser alone, of which the gazetteer knows nothing."""
    taken = {index for candidate in found for index in range(candidate.first, candidate.last)}
    tokens = ground.parsed.tokens
    for named in ground.parsed.named:
        if named.label not in PLACE_LABELS or not taken.isdisjoint(range(named.first, named.last)):
            continue
        first, last = named.first, named.last
        while first < last - 1 and (tokens[first].lower == "the" or not tokens[first].text[:1].isupper()):
            first += 1
        while first < last - 1 and tokens[last - 1].text in POSSESSIVES:
            last -= 1
        if (
            ground.persons.isdisjoint(range(first, last))
            and tokens[first].text[:1].isupper()
            and not any(c.isdigit() for c in tokens[last - 1].text)
        ):
            yield ground.make(first, last, ground.text(first, last), "unknown", ())
