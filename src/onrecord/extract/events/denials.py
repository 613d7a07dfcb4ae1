"""Whether words say that something did not happen: negations of its own, of its sides, and of the words above it.

Two negations undo each other: "never stopped", "did not fail to".
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.events.scene import Scene
from onrecord.extract.syntax import SUBJECTS, kids

NO = frozenset({"no", "neither", "nor", "without", "never"})
NOBODY = frozenset({"none", "nobody", "nothing", "neither"})
SIDES = (*sorted(SUBJECTS), "dobj", "attr")
CLAIMED = ("acl", "ccomp", "relcl", "pcomp", "pobj", "prep")


def is_denied(scene: Scene, words: Sequence[int], above: Sequence[int], phrase: Sequence[int]) -> bool:
    """Whether the first of some words, or what stands over them, is said not to have happened.

    A "no" that belongs to the trigger's own `phrase` denies nothing: "has no plan" is a refusal that is made.
    """
    counted = sum(_negations(scene, index, words) for index in words if not _holds_no(scene, phrase, index))
    below = (words[-1], *above)
    way = list(zip(above, below, strict=False))
    counted += sum(_forbears(scene, index, under) or _never_was(scene, index, under) for index, under in way)
    return counted % 2 == 1 or any(_denies(scene, index, under) for index, under in way)


def _negations(scene: Scene, index: int, words: Sequence[int]) -> int:
    """How often a word is negated: by itself, by a side ("nobody"), by an adverbial ("at no point"), as a failure."""
    own = any(scene.token(child).lower != "only" for child in kids(scene.parsed, index, "neg")) and not _only(
        scene, index
    )
    nobody = any(_is_nobody(scene, head) for head in kids(scene.parsed, index, *SIDES) if head not in words)
    never = any(_has_no(scene, child) for child in kids(scene.parsed, index, "advmod", "prep", "npadvmod"))
    bare = any(scene.token(child).lower in NO for child in kids(scene.parsed, index, "det", "preconj", "cc"))
    return int(own or nobody or never or bare) + int(scene.is_a("fail", index))


def _holds_no(scene: Scene, phrase: Sequence[int], index: int) -> bool:
    return index in phrase and any(scene.token(child).lower in NO for child in phrase)


def _only(scene: Scene, index: int) -> bool:
    """Whether a negation is that of "not only", "not just"."""
    return any(
        scene.token(child).lower in ("only", "just", "merely") and scene.token(child - 1).lower == "not"
        for child in kids(scene.parsed, index, "advmod")
        if child
    )


def _is_nobody(scene: Scene, head: int) -> bool:
    """Whether a noun phrase names nobody: "none of them", "no soldiers", "not one", "neither side"."""
    if scene.token(head).lower in NOBODY:
        return True
    modifiers = kids(scene.parsed, head, "det", "neg", "nummod", "predet", "preconj", "amod", "advmod")
    lowers = {scene.token(child).lower for child in modifiers}
    inner = {scene.token(child).lower for modifier in modifiers for child in kids(scene.parsed, modifier, "neg")}
    return bool(lowers & (NO | {"not"})) or "not" in inner


def _has_no(scene: Scene, index: int) -> bool:
    """Whether an adverbial holds a "no": "no longer", "at no point", "under no circumstances", "hardly"."""
    if scene.token(index).lower in ("hardly", "barely", "scarcely"):
        return True
    heads = [index, *kids(scene.parsed, index, "pobj")]
    return any(scene.token(child).lower == "no" for head in heads for child in kids(scene.parsed, head, "neg", "det"))


def _forbears(scene: Scene, index: int, below: int) -> bool:
    """Whether a word keeps what is below it from happening ("refrained from", "stopped short of", "yet to"), unless
    it is itself denied."""
    kept = scene.is_a("forbear", index) and scene.token(below).dep in ("pcomp", "prep", "xcomp", "dobj")
    if scene.is_a("hinder", index):
        kept = scene.token(below).lower == "from"  # "prevented from bombing": the act hangs on the preposition
    if scene.token(index).lower == "have" or scene.lemma(index) == "have":
        kept = scene.token(below).dep == "xcomp" and any(
            scene.token(child).lower == "yet"
            for child in (*scene.parsed.children[index], *scene.parsed.children[below])
        )
    return kept and not kids(scene.parsed, index, "neg")


def _never_was(scene: Scene, index: int, below: int) -> bool:
    """Whether the act is the subject of "never happened", "did not take place"."""
    if scene.token(below).dep not in ("nsubj", "nsubjpass") or not scene.is_a("occur", index):
        return False
    return bool(kids(scene.parsed, index, "neg"))


def _denies(scene: Scene, index: int, below: int) -> bool:
    """Whether what is below a word is denied or called false: "denied planning", "claims that … are untrue"."""
    dep = scene.token(below).dep
    if scene.lemma(index) in ("deny", "refute", "rebut"):
        return dep in ("xcomp", "ccomp", "dobj")
    if not (scene.is_a("claim_noun", index) and dep in CLAIMED):
        return False
    token = scene.token(index)
    if token.dep in ("dobj", "nsubjpass") and scene.is_a("dismissing", token.head):
        return True
    said = kids(scene.parsed, token.head, "acomp", "attr") if token.dep == "nsubj" else []
    return any(scene.is_a("untrue", child) for child in said)
