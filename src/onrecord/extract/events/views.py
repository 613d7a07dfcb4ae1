"""What a clause looks like to the trained layer: words in groups, anonymous of who takes part.

Source and target stand as S and T, other names as their kind, numbers as 0, so that no country or person can weigh.
A view is ``group:word``; the same clause gives the same views in training and in a build.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import Scene, objects_of
from onrecord.extract.events.sites import Site, object_heads
from onrecord.extract.syntax import kids, label_at
from onrecord.lexicon.triggers import KINDS

AROUND = 4  # tokens on either side of the stretch from source to target that are looked at
LONGEST_PATH = 8  # words of a dependency path that are told; longer ones say no more
LONGEST_STRETCH = 60  # tokens of a sentence that are looked at: more come from lists and broken text
# word classes that tell a side's or an object's kind
GROUPS = ("troops", "weapons", "police", "people", "prisoners", "diplomats", "territory", "border", "aid", "treaty")
SILENT = frozenset({"PUNCT", "SPACE", "DET"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A source and a target (head tokens, None where unknown), the trigger that joins them, and what the rules say.

    `rule` is (type, mode) or None where the rules find nothing; `others` are the types they find elsewhere in the
    sentence, `way` how the rules' event connects the two.
    """

    sentence: int
    source: int | None
    target: int | None
    site: Site | None
    route: Route | None
    rule: tuple[str, str | None] | None
    way: str
    others: Sequence[str] = ()


def views(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """All views of a clause, each once, in a fixed order."""
    found = (
        *_rules(clause),
        *_sides(scene, clause),
        *_trigger(scene, clause),
        *_paths(scene, clause),
        *_stretch(scene, clause),
    )
    return tuple(dict.fromkeys(found))


def _rules(clause: Clause) -> Iterator[str]:
    if clause.rule is None:
        yield "rule:NONE"
    else:
        type_, mode = clause.rule
        yield from (f"rule:{type_}", f"rule:{type_}/{mode}", f"rule:{type_}@{clause.way}")
        yield f"rule:{type_}<{clause.site.trigger.type if clause.site else '-'}"
    for other in clause.others:
        yield f"other:{other}"
    if clause.route is not None:
        yield from (f"rule:{outer}+{clause.rule[0] if clause.rule else '-'}" for outer, _ in clause.route.outers)


def _sides(scene: Scene, clause: Clause) -> Iterator[str]:
    """What source and target are: the kind of name, or the noun ("court", "border")."""
    for name, index in (("S", clause.source), ("T", clause.target)):
        if index is None:
            continue
        token = scene.token(index)
        label = label_at(scene.parsed, index)
        yield f"side:{name}_{label or token.pos}"
        if token.pos == "NOUN":
            yield f"side:{name}_{scene.lemma(index)}"
            yield from (f"side:{name}_{group}" for group in GROUPS if scene.is_a(group, index))
        yield f"side:{name}_{'many' if token.tag in ('NNS', 'NNPS') else 'one'}"


def _trigger(scene: Scene, clause: Clause) -> Iterator[str]:
    """The trigger's words, what it acts on, what governs it, its mood."""
    anchor = _anchor(scene, clause)
    if anchor is None:
        return
    words = clause.site.words if clause.site is not None else (anchor,)
    for index in words:
        yield f"trigger:{word(scene, clause, index)}"
    yield f"trigger:{'_'.join(word(scene, clause, index) for index in words)}"
    yield f"trigger:{scene.token(anchor).tag}"
    if clause.route is not None:
        yield from (f"over:{word(scene, clause, index)}" for index in clause.route.path)
        yield from (f"over:{outer}={word(scene, clause, index)}" for outer, index in clause.route.outers)
    lemma = word(scene, clause, anchor)
    for head in object_heads(scene, anchor, words):
        yield f"object:{word(scene, clause, head)}"
        yield f"object:{lemma}_{word(scene, clause, head)}"
        yield from (f"object:{word(scene, clause, child)}" for child in kids(scene.parsed, head, "amod", "compound"))
        yield from (
            f"object:{word(scene, clause, inner)}" for inner in objects_of(scene.parsed, head, ("of", "for", "on"))
        )
    yield from _moods(scene, clause, anchor)
    for child in kids(scene.parsed, anchor, "prep", "prt", "agent"):
        preposition = scene.token(child).lower
        yield f"object:{preposition}"
        yield f"object:{lemma}_{preposition}"
        yield from (f"object:{preposition}_{word(scene, clause, inner)}" for inner in kids(scene.parsed, child, "pobj"))
    yield from (
        f"complement:{word(scene, clause, child)}" for child in kids(scene.parsed, anchor, "xcomp", "ccomp", "advcl")
    )


def _moods(scene: Scene, clause: Clause, anchor: int) -> Iterator[str]:
    above = [index for _, index in zip(range(3), scene.parsed.ancestors(anchor), strict=False)]
    for place, index in zip(("own", "above", "above", "above"), (anchor, *above), strict=False):
        for child in kids(scene.parsed, index, "aux", "neg", "auxpass"):
            yield f"mood:{place}_{scene.token(child).lower}"
        if place == "above":
            yield f"mood:under_{word(scene, clause, index)}"
            break


def _paths(scene: Scene, clause: Clause) -> Iterator[str]:
    """The way through the tree from source to target, and what each hangs on."""
    for name, index in (("S", clause.source), ("T", clause.target)):
        if index is None:
            yield f"path:no{name}"
            continue
        token = scene.token(index)
        yield f"hang:{name}_{token.dep}"
        if token.head != index:
            yield f"hang:{name}_{token.dep}_{word(scene, clause, token.head)}"
            above = scene.token(token.head)
            if above.pos == "ADP":
                yield f"hang:{name}_{above.lower}_{word(scene, clause, above.head)}"
    if clause.source is None or clause.target is None:
        return
    up, down, top = _way(scene, clause.source, clause.target)
    yield f"path:top_{word(scene, clause, top)}"
    between = [*up, top, *reversed(down)]
    if len(between) <= LONGEST_PATH:
        yield "path:" + ">".join(scene.token(index).dep for index in between)
        yield "path:" + ">".join(word(scene, clause, index) for index in between)
    for index in between:
        yield f"way:{word(scene, clause, index)}"
    for first, second in itertools.pairwise(between):
        yield f"way:{word(scene, clause, first)}_{word(scene, clause, second)}"
    for index in between:
        yield from _possible(scene, index)


def _possible(scene: Scene, index: int) -> Iterator[str]:
    """The types that the lexicon knows a word for, whatever it acts on."""
    lemma = scene.lemma(index)
    types = {row.type for kind in KINDS for row in scene.triggers.by_head.get((kind, lemma), ())}
    yield from (f"may:{type_}" for type_ in sorted(types))


def _way(scene: Scene, first: int, second: int) -> tuple[list[int], list[int], int]:
    """The words from two tokens up to the one over both, those two and it left out, and it."""
    left = [first, *scene.parsed.ancestors(first)]
    right = [second, *scene.parsed.ancestors(second)]
    shared = set(left) & set(right)
    top = next((index for index in left if index in shared), left[-1])
    up = [index for index in left[: left.index(top)] if index != first] if top in left else []
    down = [index for index in right[: right.index(top)] if index != second] if top in right else []
    return up, down, top


def _stretch(scene: Scene, clause: Clause) -> Iterator[str]:
    """The words between source and target and just outside, alone and in twos and threes; then the whole sentence."""
    sentence = scene.parsed.sentences[clause.sentence]
    ends = [index for index in (clause.source, clause.target, _anchor(scene, clause)) if index is not None]
    if not ends:
        return
    first, last = max(sentence.first, min(ends) - AROUND), min(sentence.last, max(ends) + AROUND + 1)
    kept = [index for index in range(first, min(last, first + LONGEST_STRETCH)) if scene.token(index).pos not in SILENT]
    words = [word(scene, clause, index) for index in kept]
    between = [
        word(scene, clause, index)
        for index in kept
        if clause.source is not None
        and clause.target is not None
        and min(clause.source, clause.target) <= index <= max(clause.source, clause.target)
    ]
    yield from (f"near:{one}" for one in words)
    yield from (f"near:{one}_{two}" for one, two in itertools.pairwise(words))
    yield from (f"near:{one}_{two}_{three}" for one, two, three in zip(words, words[1:], words[2:], strict=False))
    yield from (f"between:{one}" for one in between)
    yield from (f"between:{one}_{two}" for one, two in itertools.pairwise(between))
    yield from _whole(scene, clause, range(sentence.first, min(sentence.last, sentence.first + 2 * LONGEST_STRETCH)))


def _whole(scene: Scene, clause: Clause, indices: Iterable[int]) -> Iterator[str]:
    for index in indices:
        if scene.token(index).pos in ("VERB", "NOUN", "ADJ", "AUX"):
            yield f"all:{word(scene, clause, index)}"


def _anchor(scene: Scene, clause: Clause) -> int | None:
    """The trigger or, without one, the word over source and target, or the verb over the source."""
    if clause.site is not None:
        return clause.site.token
    if clause.source is None:
        return None
    if clause.target is not None:
        return _way(scene, clause.source, clause.target)[2]
    return scene.token(clause.source).head


def word(scene: Scene, clause: Clause, index: int) -> str:
    """A token as the views tell it."""
    if index == clause.source:
        return "S"
    if index == clause.target:
        return "T"
    token = scene.token(index)
    if token.pos in ("PROPN", "NUM") or any(letter.isdigit() for letter in token.text):
        label = label_at(scene.parsed, index)
        return label or ("0" if token.pos == "NUM" else token.pos)
    return token.lemma.lower()
