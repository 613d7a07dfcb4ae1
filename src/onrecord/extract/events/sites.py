"""Where triggers stand: the words of a sentence that a row of the trigger lexicon fits, phrase and object included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.events.scene import RELATIVE_PRONOUNS, Scene, coordinated, objects_of
from onrecord.extract.syntax import kids, label_at
from onrecord.lexicon.triggers import Kind, Trigger
from onrecord.model.parsed import Token

BELOW = 3  # steps down for a phrase's other words: "put | under | arrest | house"
BEFORE = 4  # tokens to the left in which a noun phrase's other words stand: "cessation of all hostilities"
# verbs that tell of no event where something hangs on them so: naming, attempts, "cannot help doing", claims
OTHER_SENSES = {
    "call": ("oprd", "ccomp"), "try": ("xcomp",), "help": ("xcomp",), "insist": ("ccomp",), "back": ("prt",),
    "concede": ("ccomp",),
}  # fmt: skip
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "parataxis", "csubj"})


@dataclass(frozen=True, slots=True)
class Site:
    """A trigger in the text: its head token, all tokens of its phrase in order, and its row."""

    token: int
    words: tuple[int, ...]
    trigger: Trigger


def find_sites(scene: Scene, sentence: int) -> dict[int, Site]:
    """The best fitting row at each token of a sentence, by token."""
    found: dict[int, Site] = {}
    for token in scene.parsed.sentence_tokens(sentence):
        if _says_otherwise(scene, token):
            continue
        for kind in _kinds(scene, token) if token.pos != "PROPN" or token.i not in scene.named else ():
            site = _best_row(scene, token, kind)
            if site is not None:
                found[token.i] = site
                break
    covered = {word for site in found.values() for word in site.words if word != site.token}
    return {token: site for token, site in found.items() if token not in covered}


def _says_otherwise(scene: Scene, token: Token) -> bool:
    """Whether a trigger's verb stands in a pattern of another sense: "calls it X", "tries to", "insists he did"."""
    lemma = scene.lemma(token.i)
    if lemma in ("ask", "question") and token.tag == "VBN" and token.dep == "advcl":
        return not kids(scene.parsed, token.i, "nsubjpass")  # "asked about the vote, he smiled"
    if lemma == "charge" and token.dep == "dobj" and scene.lemma(token.head) == "take":
        return True
    if lemma == "probe" and any(scene.lemma(child) == "space" for child in kids(scene.parsed, token.i, "compound")):
        return True
    if lemma == "ask" and objects_of(scene.parsed, token.i, ("about",)):
        return True  # a question, no request
    if lemma in ("ask", "request", "seek"):
        wanted = (*kids(scene.parsed, token.i, "dobj"), *objects_of(scene.parsed, token.i, ("for",)))
        if any(scene.is_a("asked_of_press", noun) for noun in wanted):
            return True
    if lemma == "claim" and any(scene.is_a("responsibility", child) for child in kids(scene.parsed, token.i, "dobj")):
        return True
    if lemma not in OTHER_SENSES or not scene.is_verbal(token.i):
        return False
    below = kids(scene.parsed, token.i, *OTHER_SENSES[lemma])
    if lemma != "insist":
        return bool(below) and (lemma != "help" or bool(kids(scene.parsed, token.i, "neg")))
    asked = any(scene.token(clause).tag == "VB" or kids(scene.parsed, clause, "aux") for clause in below)
    return bool(below) and not asked


def _kinds(scene: Scene, token: Token) -> tuple[Kind, ...]:
    if token.dep == "amod" and token.pos == "VERB":
        return ()  # "the captured general": no news of the capture
    if token.pos in ("VERB", "AUX"):
        if token.tag not in ("VBN", "VBZ"):
            return ("verb",)
        known = ("verb", scene.lemma(token.i)) in scene.triggers.by_head  # else it may be a noun taken for a verb
        return ("verb", "adjective") if known else ("verb", "adjective", "noun")
    if token.pos in ("NOUN", "PROPN"):
        return ("verb", "noun") if scene.is_verbal(token.i) else ("noun",)
    return ("adjective",) if token.pos in ("ADJ", "ADV") else ()


def _heads(token: Token, kind: Kind) -> tuple[str, ...]:
    """The words under which a token is looked up: its lemma, or for names (a headline's capitals) its bare form."""
    lemma, lower = token.lemma.lower(), token.lower
    if kind == "adjective":
        return (lower,)
    return (lemma, lower, lower.removesuffix("s")) if token.pos == "PROPN" else (lemma,)


def _best_row(scene: Scene, token: Token, kind: Kind) -> Site | None:
    rows = [row for head in _heads(token, kind) for row in scene.triggers.by_head.get((kind, head), ())]
    if not rows:
        return None
    nearby = _nearby(scene, token, kind) if any(row.rest for row in rows) else {}
    best: tuple[tuple[int, bool], Site] | None = None
    for row in rows:
        if any(word not in nearby for word in row.rest):
            continue
        words = tuple(sorted({token.i, *(nearby[word] for word in row.rest)}))
        if not _object_fits(scene, token.i, words, row) or not _leads_somewhere(scene, token.i, words, row):
            continue
        rank = (len(row.rest), row.wanted is not None)
        if best is None or rank > best[0]:
            best = (rank, Site(token.i, words, row))
    return best[1] if best else None


def _nearby(scene: Scene, token: Token, kind: Kind) -> dict[str, int]:
    """Lemmas that can complete a phrase, with their tokens; the nearest one wins."""
    found: dict[str, int] = {}
    if kind == "noun":
        for index in _before(scene, token):
            found.setdefault(scene.lemma(index), index)
        return found
    infinitive: list[int] = []
    open_ = [(token.i, 0)]
    while open_:
        index, depth = open_.pop(0)
        for child in scene.parsed.children[index]:
            if scene.token(child).pos == "PART" and scene.token(child).dep == "aux":
                infinitive.append(child)  # "to" of an infinitive comes after one of direction
                continue
            if scene.token(child).dep not in CLAUSES or scene.token(child).pos == "ADJ":
                found.setdefault(scene.lemma(child), child)
                found.setdefault(scene.token(child).lower, child)
                if depth + 1 < BELOW:
                    open_.append((child, depth + 1))
    for index in infinitive:
        found.setdefault(scene.token(index).lower, index)
    return found


def _before(scene: Scene, token: Token) -> list[int]:
    """Tokens just before a noun and of its phrase ("air | strike", "cessation of | hostilities"), nearest first."""
    first = max(scene.parsed.sentences[token.sentence].first, token.i - BEFORE)
    above = [index for _, index in zip(range(BELOW), scene.parsed.ancestors(token.i), strict=False)]
    tied = {token.i, *above}
    return [index for index in range(token.i - 1, first - 1, -1) if index in tied or _hangs_on(scene, index, token.i)]


def _hangs_on(scene: Scene, index: int, head: int) -> bool:
    """Whether a word modifies a noun, straight or through another modifier."""
    return head in (scene.token(index).head, scene.token(scene.token(index).head).head)


def _object_fits(scene: Scene, index: int, words: tuple[int, ...], row: Trigger) -> bool:
    if row.frame == "visit" and row.rest and set(kids(scene.parsed, index, "dobj")) - set(words):
        return False  # one travels; "returned the prisoners to" is another thing
    if row.wanted is None and not row.barred:
        return True
    lemmas = set(object_lemmas(scene, index, words))
    if row.type == "ASSAULT" and row.wanted is not None and _is_place(scene, index, words):
        lemmas.add("territory")  # "seized Kunduz" is what "seized the city" is
    if row.wanted is not None and not lemmas & row.wanted:
        return False
    return not lemmas & row.barred and not ("*" in row.barred and (lemmas or kids(scene.parsed, index, "ccomp")))


def _leads_somewhere(scene: Scene, index: int, words: tuple[int, ...], row: Trigger) -> bool:
    """Whether the preposition of a phrase has its object: "stood by Qatar", "launched rockets at Tyre".

    Not "stood by in silence", "launched a rocket on Tuesday", "launched a rocket into space".
    """
    leading = [w for w in words if w != index and scene.token(w).pos != "PART" and scene.token(w).lower in row.toward]
    if row.kind != "verb" or not set(row.rest) & set(row.toward) or not leading:
        return True
    ends = [end for word in leading for end in kids(scene.parsed, word, "pobj", "pcomp")]
    if ends:
        return any(_is_target(scene, end) for end in ends)
    if scene.token(index).dep == "relcl":  # "the ally that it stood by", but not "soldiers who stood by"
        return not any(scene.token(child).lower in RELATIVE_PRONOUNS for child in kids(scene.parsed, index, "nsubj"))
    return bool(kids(scene.parsed, index, "nsubjpass"))


def _is_target(scene: Scene, end: int) -> bool:
    """Whether a deed can be aimed at the end of a preposition: no day, no open space."""
    if scene.token(end).pos == "ADV" or label_at(scene.parsed, end) in ("DATE", "TIME"):
        return False
    return not scene.is_a("open_space", end)


def _is_place(scene: Scene, index: int, words: tuple[int, ...]) -> bool:
    heads = object_heads(scene, index, words)
    return any(label_at(scene.parsed, head) in ("GPE", "LOC", "FAC") for head in heads)


def object_lemmas(scene: Scene, index: int, words: tuple[int, ...] = ()) -> Iterator[str]:
    """Lemmas of what a trigger acts on: its objects' heads and the nouns and adjectives inside them."""
    for head in object_heads(scene, index, words):
        for noun in coordinated(scene.parsed, head):
            counted = scene.is_a("transparent", noun) or scene.token(noun).pos == "NUM"
            inner = [noun, *(objects_of(scene.parsed, noun, ("of",)) if counted else ())]
            for part in inner:
                yield scene.lemma(part)
                yield from (
                    scene.lemma(child)
                    for child in kids(scene.parsed, part, "compound", "amod", "nmod", "nummod", "quantmod")
                )


def object_heads(scene: Scene, index: int, words: tuple[int, ...] = ()) -> list[int]:
    """What a verb acts on: objects, a passive's subject, the noun its participle or relative clause describes."""
    parsed = scene.parsed
    if scene.token(index).pos == "NOUN":
        return objects_of(parsed, index, ("of", "to", "on"))
    found = kids(parsed, index, "dobj", "nsubjpass", "oprd")
    if scene.is_bare_passive(index):
        found.extend(kids(parsed, index, "nsubj"))
    for word in words:
        found.extend(kids(parsed, word, "pobj"))
        if scene.token(word).lower == "out":  # "pulled out of the treaty"
            found.extend(objects_of(parsed, word, ("of",)) or objects_of(parsed, index, ("of",)))
    token = scene.token(index)
    relative = [child for child in found if scene.token(child).lower in RELATIVE_PRONOUNS]
    does = any(scene.token(child).lower in RELATIVE_PRONOUNS for child in kids(parsed, index, "nsubj"))
    described = (token.dep == "acl" and token.tag == "VBN") or (
        token.dep == "relcl" and (relative or not (found or does))
    )
    if described:
        found.append(token.head)
    if token.dep == "conj" and not found and scene.token(token.head).pos == "VERB":
        found.extend(kids(parsed, token.head, "dobj", "nsubjpass") if _shares_object(scene, index) else ())
    return found


def _shares_object(scene: Scene, index: int) -> bool:
    """Whether a coordinated verb without an object takes its head's: a passive pair ("were arrested and deported")."""
    return scene.token(index).tag == "VBN" and bool(kids(scene.parsed, scene.token(index).head, "nsubjpass", "auxpass"))
