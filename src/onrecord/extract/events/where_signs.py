"""What speaks for or against a name's being the place of a verb's act: its own form, its order among other names, and
the way from it to the verb in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.syntax import verb_above
from onrecord.model.parsed import Parsed

PLACES = frozenset({"GPE", "LOC", "FAC"})
DEEPEST = 8  # heads climbed from a name and from the verb to where they meet
CROWD = 4  # candidates told apart by their rank; later ones count alike
NEAR = 3  # words between two names that say how they stand to each other
NOUNS = 3  # nouns on the way up that are told together
PREPOSITIONS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name at tokens [first, last), with the recogniser's label, or PROPN where it has none."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class _View:
    """A candidate seen from a verb: `head` is its head token, `others` all the names of the sentence in order."""

    parsed: Parsed
    verb: int
    one: Candidate
    others: Sequence[Candidate]
    head: int

    def lower(self, index: int) -> str:
        """A word of the sentence in lower case; "^" before its beginning and "$" after its end."""
        sentence = self.parsed.sentences[self.parsed.tokens[self.verb].sentence]
        if index < sentence.first:
            return "^"
        return self.parsed.tokens[index].lower if index < sentence.last else "$"

    @property
    def before(self) -> str:
        return self.lower(self.one.first - 1)

    @property
    def is_place(self) -> bool:
        return self.one.label in PLACES

    @property
    def side(self) -> str:
        return "R" if self.one.first > self.verb else "L"

    @property
    def gap(self) -> int:
        """Tokens from the verb to the name, 1 where they touch."""
        return self.one.first - self.verb if self.side == "R" else self.verb - self.one.last + 1


def signs(parsed: Parsed, verb: int, one: Candidate, others: Sequence[Candidate]) -> list[str]:
    """The signs of a name, seen from a verb of its sentence; `others` are all names there, this one included."""
    view = _View(parsed, verb, one, others, _head(parsed, one))
    return [*_of_form(view), *_of_order(view), *_of_neighbours(view), *_of_path(view), *_of_phrase(view)]


def _head(parsed: Parsed, one: Candidate) -> int:
    inside = range(one.first, one.last)
    return next((i for i in inside if parsed.tokens[i].head not in inside), one.last - 1)


def _of_form(view: _View) -> Iterator[str]:
    tokens, one, before = view.parsed.tokens, view.one, view.before
    yield "any"
    yield f"label={one.label}"
    yield f"before={before}"
    yield f"label,before={one.label},{before}"
    yield f"two before={view.lower(one.first - 2)} {before}"
    yield f"after={view.lower(one.last)}"
    yield f"head={tokens[view.head].lower}"
    yield f"words={one.last - one.first}"
    yield from (f"word={tokens[index].lower}" for index in range(one.first, one.last))
    last = tokens[one.last - 1].lower
    yield f"end={last[-3:]}"
    yield f"short end={last[-2:]}"
    yield f"begin={tokens[one.first].lower[:3]}"
    yield f"dep={tokens[view.head].dep}"
    yield f"label,dep={one.label},{tokens[view.head].dep}"


def _of_order(view: _View) -> Iterator[str]:
    parsed, one, side, gap = view.parsed, view.one, view.side, view.gap
    verb = parsed.tokens[view.verb]
    coarse = f"{side}{min(4, gap // 5)}"
    yield f"distance={side}{min(12, gap if gap < 6 else 6 + gap // 4)}"
    yield f"label,distance={one.label},{coarse}"
    places = [other for other in view.others if other.label in PLACES]
    size = min(CROWD, len(places))
    nearest = sorted(places, key=lambda other: abs(other.first - view.verb))
    yield f"rank={min(nearest.index(one), CROWD) if view.is_place else 9}/{size}"
    yield f"order={min(places.index(one), CROWD) if view.is_place else 9}/{size}"
    yield f"label,places={one.label},{size}"
    low, high = sorted((one.first, view.verb))
    yield f"verbs between={min(3, sum(parsed.tokens[i].pos == 'VERB' for i in range(low + 1, high)))}"
    yield f"places between={min(3, sum(low < other.first < high for other in places))}"
    between = range(one.last, view.verb) if side == "L" else range(view.verb + 1, one.first)
    yield from sorted({f"between={side},{view.lower(index)}" for index in between})
    yield f"verb={verb.lemma}"
    yield f"verb form={verb.tag},{verb.dep}"
    yield f"verb dep,side={verb.dep},{side}"
    yield f"verb,place={verb.lemma},{view.is_place}"
    start = parsed.sentences[verb.sentence].first
    yield f"begins={one.first - start < 3},{view.lower(start)}"


def _of_neighbours(view: _View) -> Iterator[str]:
    """How it stands to the names of places around it: "Basra, Iraq", "Goma, the capital of North Kivu"."""
    parsed, one = view.parsed, view.one
    others = [other for other in view.others if other != one]
    places = [other for other in others if other.label in PLACES]
    yield f"part of={view.before == ',' and any(other.last == one.first - 1 for other in others)}"
    whole = view.lower(one.last) == "," and any(other.first == one.last + 1 for other in others)
    yield f"followed by its whole={whole}"
    heads = [_head(parsed, other) for other in places]
    above = set(parsed.ancestors(view.head))
    below = any(view.head in parsed.ancestors(head) for head in heads)
    yield f"nested={any(head in above for head in heads)},{below},{view.is_place}"
    following = min((other.first for other in places if other.first >= one.last), default=None)
    preceding = max((other.last for other in places if other.last <= one.first), default=None)
    yield f"to next={_words(view, one.last, following)}"
    yield f"from last={_words(view, preceding, one.first)}"


def _words(view: _View, first: int | None, last: int | None) -> str:
    if first is None or last is None or last - first > NEAR:
        return "far"
    return " ".join(view.lower(index) for index in range(first, last))


def _of_path(view: _View) -> Iterator[str]:
    tokens, verb, head, one = view.parsed.tokens, view.verb, view.head, view.one
    up, down = _path(view.parsed, head, verb)
    if not up:
        yield "path=none"
    else:
        path = ">".join(tokens[i].dep for i in up[:-1]) + "|" + "<".join(tokens[i].dep for i in down[:-1])
        yield f"path={path}"
        yield f"steps={len(up) - 1},{len(down) - 1}"
        yield f"label,steps={one.label},{len(up) - 1},{len(down) - 1}"
        yield f"path,before={path},{view.before}"
        passed = [sum(tokens[i].pos in ("VERB", "AUX") for i in side) for side in (up[1:-1], down[1:])]
        yield f"verbs on the way={passed[0]},{passed[1]}"
        yield f"below={len(down) == 1}"
        yield f"under the top={tokens[up[-2]].dep} {tokens[up[-2]].lower}" if len(up) > 1 else "is the top"
    governor = verb_above(view.parsed, head)
    if governor is None or governor == verb:
        yield f"governor={'verb' if governor == verb else 'none'}"
        return
    above, below = governor in view.parsed.ancestors(verb), verb in view.parsed.ancestors(governor)
    yield f"governor={'above' if above else 'below' if below else 'beside'} {tokens[governor].dep} {tokens[verb].dep}"
    yield f"governor word={tokens[governor].lemma}"


def _of_phrase(view: _View) -> Iterator[str]:
    """The prepositions and nouns between the name and the verb over it: "at a hotel in the town of X" is of, in, at."""
    tokens, one = view.parsed.tokens, view.one
    prepositions: list[str] = []
    nouns: list[str] = []
    governor = None
    for index in view.parsed.ancestors(view.head):
        token = tokens[index]
        if token.pos in ("VERB", "AUX"):
            governor = index
            break
        if token.dep in ("prep", "agent"):
            prepositions.append(token.lower)
        elif token.pos in ("NOUN", "PROPN"):
            nouns.append(token.lemma if token.pos == "NOUN" else "NAME")
    way, kind = ">".join(prepositions[:PREPOSITIONS]), nouns[0] if nouns else "-"
    top = prepositions[-1] if prepositions else tokens[view.head].dep
    own = governor == view.verb
    yield f"prepositions={way}"
    yield f"top={top},{own}"
    yield f"top,label={top},{own},{one.label}"
    yield f"kind={kind}"
    yield f"prepositions,kind={way},{kind}"
    yield f"nouns={'>'.join(nouns[:NOUNS])}"
    yield f"edge={tokens[view.head].dep},{prepositions[0] if prepositions else '-'}"
    yield f"verb,top={tokens[view.verb].lemma},{top if own else '-'}"
    yield f"label,own={one.label},{own}"
    yield f"own,distance={own},{view.side}{min(4, view.gap // 5)}"
    places = (other for other in view.others if other.label in PLACES and other != one)
    nearer = sum(abs(other.first - view.verb) < abs(one.first - view.verb) for other in places)
    yield f"nearer={min(3, nearer)},{top},{view.is_place}"


def _path(parsed: Parsed, one: int, other: int) -> tuple[list[int], list[int]]:
    """The tokens from each of two up to where they meet, that one included; empty where that is too far."""
    up, down = ([at, *parsed.ancestors(at)][: DEEPEST + 2] for at in (one, other))
    place = {token: index for index, token in enumerate(up)}
    for index, token in enumerate(down):
        if token in place:
            return up[: place[token] + 1], down[: index + 1]
    return [], []
