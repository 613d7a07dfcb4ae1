"""Whether it happened: what negation, modality, plans, claims and times around a trigger say of it.

The first that applies wins: negated, hypothetical, planned, alleged, historical; else it is told as actual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.extract.events.circumstances import day_of
from onrecord.extract.events.denials import is_denied
from onrecord.extract.events.routes import FUTURE, REPORTED_FUTURE, Route
from onrecord.extract.events.scene import Scene
from onrecord.extract.events.scope import calls_in_question, governors
from onrecord.extract.events.sites import Site
from onrecord.extract.syntax import auxiliaries, is_infinitive, kids
from onrecord.model.claims import Statement, Status, TimeRef

POSSIBLE = frozenset({"may", "might", "could", "would", "can", "should", "must", "ought", "'d", "’d"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "case", "should"})
BEFORE = frozenset({"ahead", "before", "until"})
TELLING = frozenset({"tell", "remind", "need", "require", "advise", "encourage", "insist"})
COMPLEMENT_PREPOSITIONS = frozenset({"of", "about", "over", "for", "to", "against", "from", "on"})
COMPLEMENTS = frozenset({"pobj", "dobj", "acl", "ccomp", "xcomp", "pcomp", "conj", "relcl"})
ACCUSING = frozenset({"accuse", "allege", "suspect", "blame", "charge"})
NO_PLAN = frozenset({"look", "choose", "work"})  # "looked at", "chose": the act is done
HEADS_UP = 5  # words above a trigger that can put it in doubt: "fears of a possible start of an invasion"
LONG_AGO = timedelta(days=365)  # an event more than a year before the latest day named is history, not news


@dataclass(frozen=True, slots=True)
class _Mood:
    """What the status of one trigger is read from.

    `words` are those whose own mood decides, innermost first; `above` the words over them that can doubt or deny them,
    nearest first; `told` is the statement that tells it, where that one speaks of the act itself.
    """

    scene: Scene
    site: Site
    route: Route
    words: tuple[int, ...]
    above: tuple[int, ...]
    time: TimeRef | None
    told: Statement | None
    latest: date | None

    @property
    def refuses(self) -> bool:
        return any(outer == "refuse" for outer, _ in self.route.outers)

    def below(self, index: int) -> int:
        """The word through which one of `above` governs the act."""
        return (self.words[-1], *self.above)[self.above.index(index)]

    @property
    def governing(self) -> tuple[int, ...]:
        """Those above that the act completes: "urged them to leave and fled" urges no flight."""
        return tuple(index for index in self.above if self.scene.token(self.below(index)).dep != "conj")


def find_status(
    scene: Scene, site: Site, route: Route, time: TimeRef | None, told: Statement | None, latest: date | None
) -> Status:
    """The status of a trigger on its route."""
    words = tuple(dict.fromkeys(_words_that_count(scene, site, route)))
    above = governors(scene, words[-1], HEADS_UP)
    speaks = told is not None and calls_in_question(scene, told, site.token)
    mood = _Mood(scene, site, route, words, above, time, told if speaks else None, latest)
    return next((status for status, holds in STATUSES if holds(mood)), "actual")


def _words_that_count(scene: Scene, site: Site, route: Route) -> Iterator[int]:
    """The words whose own mood decides: after "agreed", "refused", "threatened" that word and those above it."""
    reached = [site.token, *route.path]
    if route.carrier is not None and route.carrier not in reached:
        reached.append(route.carrier)
    turning = [index for outer, index in route.outers if outer not in ("future", "end", "breach")]
    start = reached.index(turning[-1]) if turning and turning[-1] in reached else 0
    top = scene.token(reached[-1])
    if is_infinitive(scene.parsed, top.i) and top.dep in ("xcomp", "advcl") and scene.is_verbal(top.head):
        reached.append(top.head)  # "could use force to seize": neither has happened
    for index in reached[start:]:
        yield index
        if scene.token(index).dep in ("acomp", "attr"):
            yield scene.token(index).head


def _is_negated(mood: _Mood) -> bool:
    scene, top = mood.scene, mood.scene.token(mood.words[-1])
    counted = tuple(index for index in mood.words if not (mood.refuses and index == mood.route.carrier))
    if counted and is_denied(scene, counted, mood.above if counted[-1] == mood.words[-1] else (), mood.site.words):
        return True
    if top.dep == "pcomp" and scene.token(top.head).lower == "without":
        return True
    return mood.told is not None and mood.told.cue_kind == "deny" and not mood.told.negated


def _is_hypothetical(mood: _Mood) -> bool:
    scene = mood.scene
    if any(_is_unsure(scene, index) for index in mood.words):
        return True
    if any(_under_condition(scene, index) for index in (*mood.words, *mood.above)):
        return True
    if any(_is_doubted(mood, index) or _is_forbidden(mood, index) for index in mood.governing):
        return True
    return any(
        (scene.is_a("unreal", index) or _only_wanted(mood, index)) and _complements(mood, index)
        for index in mood.governing
    )


def _is_forbidden(mood: _Mood, index: int) -> bool:
    """Whether a word above forbids the act, which says neither that it happened nor that it did not."""
    scene, below = mood.scene, mood.below(index)
    if not scene.is_a("forbid", index):
        return False
    return scene.token(below).lower in ("from", "against") or is_infinitive(scene.parsed, below)


def _is_unsure(scene: Scene, index: int) -> bool:
    """Whether a word has a modal verb, a "perhaps" or, as a noun, a "possible"."""
    modals = auxiliaries(scene.parsed, index)
    if modals & REPORTED_FUTURE:
        return scene.token(index).dep not in ("ccomp", "conj")
    if modals & POSSIBLE:
        return True
    if any(scene.is_a("unlikely", child) for child in kids(scene.parsed, index, "advmod")):
        return True
    return scene.token(index).pos == "NOUN" and _described_as(scene, index, "unreal")


def _only_wanted(mood: _Mood, index: int) -> bool:
    """Whether a word above asks for the act; "told" does so of an infinitive alone."""
    if not mood.scene.is_a("demand", index):
        return False
    return mood.scene.lemma(index) not in TELLING or is_infinitive(mood.scene.parsed, mood.below(index))


def _is_doubted(mood: _Mood, index: int) -> bool:
    """Whether a word above is, or has beside it, one of doubt: "it is possible that", "a mistake to"."""
    scene, below = mood.scene, mood.below(index)
    if scene.token(below).dep not in ("ccomp", "xcomp", "acl", "csubj", "advcl"):
        return False
    said = [index, *kids(scene.parsed, index, "acomp", "attr", "oprd")]
    return any(scene.is_a("unsure", one) for one in said) and not kids(scene.parsed, index, "dobj")


def _complements(mood: _Mood, index: int) -> bool:
    """Whether the way from a word of doubt down to the trigger is one of complements, not of a clause beside it."""
    way = [mood.scene.token(step) for step in (mood.words[-1], *mood.above[: mood.above.index(index)])]
    return all(step.lower in COMPLEMENT_PREPOSITIONS if step.dep == "prep" else step.dep in COMPLEMENTS for step in way)


def _under_condition(scene: Scene, index: int) -> bool:
    """Whether a word heads a clause of condition."""
    if scene.token(index).dep not in ("advcl", "ccomp", "pcomp", "conj"):
        return False
    if any(scene.token(child).lower in CONDITIONS for child in kids(scene.parsed, index, "mark", "advmod")):
        return True
    asks_first = kids(scene.parsed, index, "aux", "auxpass")[:1]  # "were Sweden to …", "had Tehran signed …"
    subjects = kids(scene.parsed, index, "nsubj", "nsubjpass")
    return bool(asks_first and subjects) and asks_first[0] < subjects[0] and scene.token(asks_first[0]).i < index


def _described_as(scene: Scene, noun: int, name: str) -> bool:
    """Whether an adjective or noun of a class stands before a noun."""
    return any(
        scene.is_a(name, child) or scene.triggers.is_a(name, scene.token(child).lower)
        for child in kids(scene.parsed, noun, "amod", "compound", "advmod")
    )


def _is_planned(mood: _Mood) -> bool:
    scene, noun = mood.scene, mood.site.token
    if any(outer == "future" for outer, _ in mood.route.outers):
        return True
    if any(_lies_ahead(mood, index) for index in mood.words):
        return True
    if any(scene.is_a("plan", index) and scene.token(index).pos == "NOUN" for index in mood.above[:2]):
        return True
    if any(_is_ahead(mood, index) for index in mood.above[:2]):
        return True
    if mood.site.trigger.kind == "noun" and scene.token(noun).dep == "pobj" and _comes_before(scene, noun):
        return True
    first = day_of(mood.time.start) if mood.time is not None else None
    return first is not None and mood.latest is not None and mood.route.type == "CONSULT" and first > mood.latest


def _lies_ahead(mood: _Mood, index: int) -> bool:
    """Whether a word puts the act ahead: "will", a plan, "upcoming", a noun's infinitive ("a bid to seize")."""
    scene, token = mood.scene, mood.scene.token(index)
    if not mood.refuses and auxiliaries(scene.parsed, index) & (FUTURE | REPORTED_FUTURE):
        return True  # "will not meet" refuses today
    if index != mood.site.token and scene.is_a("plan", index) and scene.lemma(index) not in NO_PLAN:
        return True
    if token.pos == "NOUN" and _described_as(scene, index, "future_noun"):
        return True
    if _goes_on_to(scene, index):
        return True
    return is_infinitive(scene.parsed, index) and token.dep in ("acl", "relcl") and not scene.is_a("try", token.head)


def _goes_on_to(scene: Scene, index: int) -> bool:
    """Whether a word is the "is" of "is to leave" or the "going" of "is going to leave"."""
    going = scene.lemma(index) == "go" and scene.token(index).tag == "VBG"
    if not going and scene.lemma(index) != "be":
        return False
    return any(is_infinitive(scene.parsed, below) for below in kids(scene.parsed, index, "xcomp"))


def _is_ahead(mood: _Mood, index: int) -> bool:
    """Whether a word above puts its complement ahead: "is to", "is going to", "is due to", "mulls an embargo"."""
    scene, below = mood.scene, mood.below(index)
    dep = scene.token(below).dep
    if dep == "xcomp" and is_infinitive(scene.parsed, below):
        return _goes_on_to(scene, index) or scene.is_a("plan", index)
    if dep in ("nsubj", "nsubjpass"):
        ahead = [index, *kids(scene.parsed, index, "acomp", "xcomp")]
        return any(scene.is_a("set_for", one) for one in ahead) or _goes_on_to(scene, index)
    return dep in ("dobj", "pobj") and scene.is_a("plan", index) and scene.lemma(index) not in NO_PLAN


def _comes_before(scene: Scene, noun: int) -> bool:
    """Whether a noun follows "ahead of", "before" or "until"."""
    preposition = scene.token(noun).head
    return bool({scene.token(preposition).lower, scene.token(scene.token(preposition).head).lower} & BEFORE)


def _is_alleged(mood: _Mood) -> bool:
    if mood.told is not None and mood.told.cue_kind in ("accuse", "claim"):
        return True
    scene = mood.scene
    adverbs = (child for index in mood.words for child in kids(scene.parsed, index, "advmod", "amod"))
    if any(_is_hearsay(scene, index) for index in (*mood.words, *mood.above)):
        return True
    if any(scene.triggers.is_a("allegedly", scene.token(child).lower) for child in adverbs):
        return True
    return any(
        scene.lemma(index) in ACCUSING or (scene.is_a("claim_noun", index) and scene.token(index).pos == "NOUN")
        for index in mood.governing
        if index != mood.site.token
    )


def _is_hearsay(scene: Scene, index: int) -> bool:
    """Whether a clause stands "according to unconfirmed reports", or under "is said to"."""
    if scene.is_a("say", index) and kids(scene.parsed, index, "auxpass") and kids(scene.parsed, index, "xcomp"):
        return True
    phrases = [
        inner for child in kids(scene.parsed, index, "prep") for inner in kids(scene.parsed, child, "prep", "pobj")
    ]
    nouns = [*phrases, *(noun for phrase in phrases for noun in kids(scene.parsed, phrase, "pobj"))]
    return any(scene.is_a("claim_noun", noun) and _described_as(scene, noun, "allegedly") for noun in nouns)


def _is_historical(mood: _Mood) -> bool:
    if mood.site.trigger.kind == "noun" and _described_as(mood.scene, mood.site.token, "past_noun"):
        return True
    if any(_is_long_ago(mood.scene, index) for index in mood.words):
        return True
    last = day_of(mood.time.end or mood.time.start) if mood.time is not None else None
    return last is not None and mood.latest is not None and last < mood.latest - LONG_AGO


def _is_long_ago(scene: Scene, index: int) -> bool:
    """Whether a word is told of an age ("during the Cold War", "decades ago") or as what an anniversary marks."""
    token = scene.token(index)
    if token.dep == "pobj" and scene.is_a("anniversary", scene.token(token.head).head):
        return True
    adverbs = kids(scene.parsed, index, "advmod", "npadvmod")
    if any(_names_age(scene, child) for child in adverbs):
        return True
    ages = [head for child in kids(scene.parsed, index, "prep") for head in kids(scene.parsed, child, "pobj")]
    return any(scene.is_a("age", head) or _is_cold_war(scene, head) for head in ages)


def _names_age(scene: Scene, adverb: int) -> bool:
    """Whether an adverb counts back in decades: "decades ago", "long ago"."""
    inner = kids(scene.parsed, adverb, "npadvmod", "advmod")
    return scene.token(adverb).lower == "ago" and any(
        scene.is_a("age", child) or scene.token(child).lower == "long" for child in inner
    )


def _is_cold_war(scene: Scene, noun: int) -> bool:
    return scene.lemma(noun) == "war" and any(
        scene.token(child).lower in ("cold", "world", "civil") for child in kids(scene.parsed, noun, "amod", "compound")
    )


STATUSES: tuple[tuple[Status, Callable[[_Mood], bool]], ...] = (
    ("negated", _is_negated),
    ("hypothetical", _is_hypothetical),
    ("planned", _is_planned),
    ("alleged", _is_alleged),
    ("historical", _is_historical),
)
