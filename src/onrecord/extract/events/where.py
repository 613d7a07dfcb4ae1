"""Where the act of a verb took place: the names of its sentence, each weighed by how it stands to the verb.

A name is a candidate where the recogniser found one or where proper nouns stand; the weights of the signs
(`taggers/verb_places.tsv`) were learned from verbs with their places marked. Nothing is said of a verb none of whose
candidates weighs enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.extract.events.where_signs import PLACES, Candidate, signs
from onrecord.model.claims import PlaceRef
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.taggers.odds import load_odds, shares

VERB_PLACES = "verb_places"  # the table of weights
LEAST = 0.35  # certainty from which a name is taken
UNLIKELY = 0.1  # certainty below which a name is no place of the verb, whatever else speaks for it
NAMES = PLACES | {"ORG", "PERSON", "NORP"}
HYPHENS = frozenset({"-", "–", "‑", "‘", "’"})
DAYS = "monday tuesday wednesday thursday friday saturday sunday"
MONTHS = "january february march april may june july august september october november december"
DATES = frozenset(f"{DAYS} {MONTHS}".split())  # words that the recogniser leaves at a name's end
POINTS = "north south east west northeast northwest southeast southwest"
SIDES = frozenset(["central", *POINTS.split(), *(f"{point}ern" for point in POINTS.split())])

Piece = tuple[int, int, str]  # first token, the one after the last, label


def find_verb_places(parsed: Parsed, verb: int) -> tuple[tuple[Span, float], ...]:
    """The spans of the names in which the act of a verb (a token index) took place, surest first, each with its share
    of certainty (0 to 1).

    >>> from onrecord.components import parse_text
    >>> parsed = parse_text("Gunmen shot a judge in Mosul, a minister in Baghdad said.")
    >>> [parsed.words(span) for span, _ in find_verb_places(parsed, 1)]
    ['Mosul']
    """
    found = find_candidates(parsed, parsed.tokens[verb].sentence)
    scored = weigh(parsed, verb, found, load_odds(VERB_PLACES))
    sure = sorted((-value, one.first, one.last) for one, value in scored if value >= LEAST)
    return tuple((parsed.span(first, last), -value) for value, first, last in sure)


def weigh(
    parsed: Parsed, verb: int, found: tuple[Candidate, ...], weights: Mapping[str, float]
) -> list[tuple[Candidate, float]]:
    """The names of a verb's sentence, each with its certainty."""
    return list(zip(found, shares(weights, [signs(parsed, verb, one, found) for one in found]), strict=True))


def choose_place(
    parsed: Parsed, verb: int, names: tuple[Candidate, ...], places: Sequence[PlaceRef], plain: PlaceRef | None
) -> PlaceRef | None:
    """Of the places of a verb's sentence, whose `names` are all its candidates, the surest; where none is sure `plain`,
    which the tree alone gives, unless its name is an unlikely one."""
    if not places:
        return None
    scored = weigh(parsed, verb, names, load_odds(VERB_PLACES))
    placed = [(value, parsed.span(one.first, one.last)) for one, value in scored]
    values = [max((v for v, span in placed if span.overlaps(place.span)), default=None) for place in places]
    known = [(value, place) for value, place in zip(values, places, strict=True) if value is not None]
    value, best = max(known, key=lambda one: one[0], default=(0.0, None))
    if value >= LEAST:
        return best
    unlikely = any(place == plain and value < UNLIKELY for value, place in known)
    return None if unlikely else plain


def find_candidates(parsed: Parsed, sentence: int) -> tuple[Candidate, ...]:
    """The names of a sentence in order, touching pieces joined; articles, sides, days and endings left out."""
    begin, end = parsed.sentences[sentence].first, parsed.sentences[sentence].last
    pieces = [(n.first, n.last, n.label) for n in parsed.named if begin <= n.first and n.last <= end]
    pieces = [piece for piece in pieces if piece[2] in NAMES]
    taken = {index for first, last, _ in pieces for index in range(first, last)}
    for index in range(begin, end):
        if parsed.tokens[index].pos == "PROPN" and index not in taken:
            pieces.append((index, index + 1, "PROPN"))
    joined: list[Piece] = []
    for first, last, label in sorted(pieces):
        if joined and _touch(parsed, joined[-1], (first, last, label)):
            before = joined.pop()
            labels = (before[2], label)
            joined.append((before[0], last, next((one for one in labels if one in PLACES), labels[0])))
        else:
            joined.append((first, last, label))
    trimmed = (_trimmed(parsed, *piece) for piece in joined)
    return tuple(one for one in trimmed if one is not None)


def _touch(parsed: Parsed, before: Piece, after: Piece) -> bool:
    """Whether two pieces are one name: side by side or tied by a hyphen, and not two names of the recogniser's own."""
    between = parsed.tokens[before[1] : after[0]]
    tied = not between or (len(between) == 1 and between[0].text in HYPHENS)
    return tied and (before[2] == "PROPN" or after[2] == "PROPN" or (bool(between) and before[2] == after[2]))


def _trimmed(parsed: Parsed, first: int, last: int, label: str) -> Candidate | None:
    tokens = parsed.tokens
    while first < last and tokens[last - 1].lower in DATES:
        last -= 1
    while first < last - 1 and tokens[first].lower in SIDES and tokens[first].text.islower():
        first += 1
    while first < last and tokens[first].lower in ("the", "a", "an"):
        first += 1
    while first < last and (not tokens[last - 1].text[:1].isalnum() or tokens[last - 1].tag == "POS"):
        last -= 1
    while last - 1 > first and tokens[last - 1].text[:1].islower():
        last -= 1
    return Candidate(first, last, label) if first < last else None
