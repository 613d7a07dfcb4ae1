"""How far denial, doubt and hearsay reach down a sentence: not into what is told beside them as a fact.

"Condemned the raid", "banned imports in response to the test", "accused the men who had fled": raid, test and flight
stand whatever becomes of the rest. A word governs what completes it, not the clause that is merely joined to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.events.scene import Scene
from onrecord.extract.syntax import is_infinitive, kids, partner
from onrecord.model.claims import Statement
from onrecord.model.offsets import Span

# clauses and phrases that tell when, why or in spite of what something is done
GROUNDS = frozenset(
    {"after", "since", "because", "although", "though", "while", "whereas", "following", "despite", "amid"}
)
ANSWERING = frozenset({"response", "retaliation", "reaction", "wake", "reprisal", "revenge", "reply"})
WH_WORDS = frozenset({"WDT", "WP", "WP$", "WRB"})
BELIEVED = ("claim_noun", "unreal")  # "reports ships had left": the clause is what is reported
# cues that question a deed which they name by a noun or gerund; others take it for granted ("condemned the raid")
CLAIMING = frozenset(
    {
        "accuse", "accusation", "allege", "allegation", "assert", "assertion", "blame", "charge", "claim", "contradict",
        "debunk", "denial", "deny", "disavow", "disclaim", "disprove", "dispute", "finger", "gainsay", "implicate",
        "incriminate", "indict", "indictment", "insinuation", "rebut", "rebuttal", "refutation", "refute", "rubbish",
        "suspect",
    }
)  # fmt: skip
NAMING = frozenset({"dobj", "prep", "nsubjpass", "dative", "pobj", "acl"})  # how a cue governs words that are no clause


def governors(scene: Scene, index: int, most: int) -> tuple[int, ...]:
    """The words over a token, nearest first and `most` of them, whose denial or doubt can reach it."""
    found: list[int] = []
    while len(found) < most and not stands_apart(scene, index):
        above = partner(scene.parsed, index)
        if above == index:
            break
        found.append(above)
        index = above
    return tuple(found)


def stands_apart(scene: Scene, index: int) -> bool:
    """Whether a token heads words that are told as a fact, whatever is said of the clause they belong to."""
    token = scene.token(index)
    if token.dep == "relcl":
        return _is_told_of(scene, index)
    if token.dep == "advcl":
        return token.lower in GROUNDS or any(scene.token(m).lower in GROUNDS for m in kids(scene.parsed, index, "mark"))
    if token.dep == "prep":
        return token.lower in GROUNDS
    answers = token.dep == "pobj" and scene.lemma(index) in ANSWERING
    return answers and scene.token(token.head).lower in ("in", "on")


def _is_told_of(scene: Scene, verb: int) -> bool:
    """Whether a relative clause tells of its noun in a finite verb without a modal: "troops who had fled"."""
    if is_infinitive(scene.parsed, verb) or any(
        scene.token(aux).tag == "MD" for aux in kids(scene.parsed, verb, "aux")
    ):
        return False
    words = {scene.token(index).lower for index in _before(scene, verb) if scene.token(index).tag in WH_WORDS}
    if any(scene.is_a(name, scene.token(verb).head) for name in BELIEVED):
        return bool(words - {"that"})
    return bool(words or kids(scene.parsed, verb, "nsubj"))


def _before(scene: Scene, verb: int) -> Iterator[int]:
    return (index for index in scene.parsed.subtree(verb) if index < verb)


def calls_in_question(scene: Scene, told: Statement, index: int) -> bool:
    """Whether a claim, an accusation or a denial is of the deed at a token, not of what it names beside it."""
    for step, above in _way_inside(scene, told, index):
        if stands_apart(scene, step):
            return False
        if told.cue is not None and told.cue.contains(scene.span(above)):
            return scene.token(step).dep not in NAMING or _claims(scene, told.cue)
    return True


def _way_inside(scene: Scene, told: Statement, index: int) -> Iterator[tuple[int, int]]:
    """Each step up from a token to the first word that does not belong to what is said, that word included."""
    for above in scene.parsed.ancestors(index):
        yield index, above
        if not any(content.contains(scene.span(above)) for content in told.content):
            return
        index = above


def _claims(scene: Scene, cue: Span) -> bool:
    """Whether a cue's words are ones of claiming rather than of blaming, defending or playing down."""
    first = scene.token_at(cue.start)
    index = len(scene.parsed.tokens) if first is None else first
    while index < len(scene.parsed.tokens) and scene.token(index).start < cue.end:
        if scene.lemma(index) in CLAIMING:
            return True
        index += 1
    return False
