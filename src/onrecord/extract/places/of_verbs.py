"""Where the act of a verb took place: the place names of its sentence, each weighed by how it stands to the verb.

A name is a candidate where the recogniser found one or where proper nouns stand; the weights (`taggers.verb_places`)
were learned from verbs with their places marked. Nothing is said of a verb none of whose candidates weighs enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.syntax import verb_above
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.taggers.verb_places import VerbPlaceWeights, load_verb_place_weights

NAMES = frozenset({"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
HYPHENS = frozenset({"-", "–", "‑", "‘", "’"})
DEEPEST = 8  # heads climbed from a name and from the verb to where they meet
CROWD = 4  # candidates told apart by their rank; later ones count alike


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name at tokens [first, last), with the recogniser's label, or PROPN where it has none."""

    first: int
    last: int
    label: str


def find_verb_places(
    parsed: Parsed, verb: int, weights: VerbPlaceWeights | None = None
) -> tuple[tuple[Span, float], ...]:
    """The spans of the names in which the act of a verb (a token index) took place, surest first, each with its share
    of certainty (0 to 1).

    >>> from onrecord.components import parse_text
    >>> parsed = parse_text("Gunmen shot a judge in Mosul, a minister in Baghdad said.")
    >>> [parsed.words(span) for span, _ in find_verb_places(parsed, 1)]
    ['Mosul']
    """
    known = weights or load_verb_place_weights()
    found = find_candidates(parsed, parsed.tokens[verb].sentence)
    scored = [(known.certainty(signs(parsed, verb, one, found)), one) for one in found]
    sure = sorted((-value, one.first, one) for value, one in scored if value >= known.least)
    return tuple((parsed.span(one.first, one.last), -value) for value, _, one in sure)


def find_candidates(parsed: Parsed, sentence: int) -> tuple[Candidate, ...]:
    """The names of a sentence in order, touching pieces joined, articles and endings left out."""
    begin, end = parsed.sentences[sentence].first, parsed.sentences[sentence].last
    pieces = [(n.first, n.last, n.label) for n in parsed.named if begin <= n.first and n.last <= end]
    pieces = [piece for piece in pieces if piece[2] in NAMES]
    taken = {index for first, last, _ in pieces for index in range(first, last)}
    for index in range(begin, end):
        if parsed.tokens[index].pos == "PROPN" and index not in taken:
            pieces.append((index, index + 1, "PROPN"))
    joined: list[tuple[int, int, str]] = []
    for first, last, label in sorted(pieces):
        if joined and _touch(parsed, joined[-1], (first, last, label)):
            before = joined.pop()
            labels = (before[2], label)
            joined.append((before[0], last, next((one for one in labels if one in PLACES), labels[0])))
        else:
            joined.append((first, last, label))
    trimmed = (_trimmed(parsed, *piece) for piece in joined)
    return tuple(one for one in trimmed if one is not None)


def _touch(parsed: Parsed, before: tuple[int, int, str], after: tuple[int, int, str]) -> bool:
    """Whether two pieces are one name: side by side or tied by a hyphen, and not two names of the recogniser's own."""
    between = parsed.tokens[before[1] : after[0]]
    tied = not between or (len(between) == 1 and between[0].text in HYPHENS)
    return tied and (before[2] == "PROPN" or after[2] == "PROPN" or (bool(between) and before[2] == after[2]))


def _trimmed(parsed: Parsed, first: int, last: int, label: str) -> Candidate | None:
    while first < last and parsed.tokens[first].lower in ("the", "a", "an"):
        first += 1
    while first < last and (not parsed.tokens[last - 1].text[:1].isalnum() or parsed.tokens[last - 1].tag == "POS"):
        last -= 1
    while last - 1 > first and parsed.tokens[last - 1].text[:1].islower():
        last -= 1
    return Candidate(first, last, label) if first < last else None


def signs(parsed: Parsed, verb: int, one: Candidate, others: Sequence[Candidate]) -> list[str]:
    """What speaks for or against a name's being the place of a verb."""
    return [
        *_own_signs(parsed, one),
        *_signs_of_order(parsed, verb, one, others),
        *_signs_of_path(parsed, verb, _head(parsed, one), one),
    ]


def _head(parsed: Parsed, one: Candidate) -> int:
    inside = range(one.first, one.last)
    return next((i for i in inside if parsed.tokens[i].head not in inside), one.last - 1)


def _own_signs(parsed: Parsed, one: Candidate) -> Iterator[str]:
    tokens = parsed.tokens
    sentence = parsed.sentences[tokens[one.first].sentence]
    before = tokens[one.first - 1].lower if one.first > sentence.first else "^"
    after = tokens[one.last].lower if one.last < sentence.last else "$"
    yield f"label={one.label}"
    yield f"before={before}"
    yield f"label,before={one.label},{before}"
    if one.first - 2 >= sentence.first:
        yield f"two before={tokens[one.first - 2].lower} {before}"
    yield f"after={after}"
    yield f"word={tokens[_head(parsed, one)].lower}"
    yield "any"


def _signs_of_order(parsed: Parsed, verb: int, one: Candidate, others: Sequence[Candidate]) -> Iterator[str]:
    side, gap = ("R", one.first - verb) if one.first > verb else ("L", verb - one.last + 1)
    yield f"distance={side}{min(12, gap if gap < 6 else 6 + gap // 4)}"
    places = [other for other in others if other.label in PLACES]
    size = min(CROWD, len(places))
    nearest = sorted(places, key=lambda other: abs(other.first - verb))
    yield f"rank={min(nearest.index(one), CROWD) if one in places else 9}/{size}"
    yield f"order={min(places.index(one), CROWD) if one in places else 9}/{size}"
    comma_before = one.first > 0 and parsed.tokens[one.first - 1].text == ","
    comma_after = one.last < len(parsed.tokens) and parsed.tokens[one.last].text == ","
    yield f"part of={comma_before and any(other.last == one.first - 1 for other in others)}"
    yield f"followed by its whole={comma_after and any(other.first == one.last + 1 for other in others)}"
    low, high = sorted((one.first, verb))
    yield f"verbs between={min(3, sum(parsed.tokens[i].pos == 'VERB' for i in range(low + 1, high)))}"


def _signs_of_path(parsed: Parsed, verb: int, head: int, one: Candidate) -> Iterator[str]:
    tokens = parsed.tokens
    yield f"dep={tokens[head].dep}"
    yield f"verb={tokens[verb].lemma}"
    up, down = _path(parsed, head, verb)
    if not up:
        yield "path=none"
    else:
        path = ">".join(tokens[i].dep for i in up[:-1]) + "|" + "<".join(tokens[i].dep for i in down[:-1])
        yield f"path={path}"
        yield f"steps={len(up) - 1},{len(down) - 1}"
        yield f"label,steps={one.label},{len(up) - 1},{len(down) - 1}"
        yield f"path,before={path},{tokens[one.first - 1].lower if one.first else '^'}"
        passed = [sum(tokens[i].pos in ("VERB", "AUX") for i in side) for side in (up[1:-1], down[1:])]
        yield f"verbs on the way={passed[0]},{passed[1]}"
        yield f"below={len(down) == 1}"
        yield f"under the top={tokens[up[-2]].dep} {tokens[up[-2]].lower}" if len(up) > 1 else "is the top"
    governor = verb_above(parsed, head)
    if governor is None or governor == verb:
        yield f"governor={'verb' if governor == verb else 'none'}"
        return
    above, below = governor in parsed.ancestors(verb), verb in parsed.ancestors(governor)
    yield f"governor={'above' if above else 'below' if below else 'beside'} {tokens[governor].dep} {tokens[verb].dep}"
    yield f"governor word={tokens[governor].lemma}"


def _path(parsed: Parsed, one: int, other: int) -> tuple[list[int], list[int]]:
    """The tokens from each of two up to where they meet, that one included; empty where that is too far."""
    up, down = ([at, *parsed.ancestors(at)][: DEEPEST + 2] for at in (one, other))
    place = {token: index for index, token in enumerate(up)}
    for index, token in enumerate(down):
        if token in place:
            return up[: place[token] + 1], down[: index + 1]
    return [], []
