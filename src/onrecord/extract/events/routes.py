"""From a trigger up to the word whose subject does the deed, past the words that only carry, promise, refuse or end it.

"The Taliban refused to hold talks": from *talks* past *hold* (light) to *refused*, which turns CONSULT into REJECT.
What each such word makes of a type is the lexicon's table of decisions; the innermost word is applied first.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.events.scene import Scene, objects_of
from onrecord.extract.events.sites import Site
from onrecord.extract.syntax import SUBJECTS, auxiliaries, is_infinitive, kids, partner
from onrecord.lexicon.triggers import Outer
from onrecord.model.claims import EventType

STEPS = 8  # "is expected to agree to begin to hold a new round of talks" takes 6
NOUN_OUTERS: tuple[Outer, ...] = ("breach", "end", "refuse", "threaten", "promise", "agree", "demand")
VERB_OUTERS: tuple[Outer, ...] = ("agree", "promise", "refuse", "threaten", "demand", "end")
OUTER_PREPOSITIONS = frozenset({"for", "on", "to", "with", "of", "out", "from"})
LIGHT_PREPOSITIONS = frozenset({"in", "into", "on", "to"})
WEIGHED = frozenset({"seriously", "lightly", "literally", "personally"})
WARNING = frozenset({"warn", "caution"})
THROUGH = ("plan", "try", "light", "fail")
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
REPORTED_FUTURE = frozenset({"would", "'d", "’d"})
COOPERATIVE: tuple[EventType, ...] = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")


@dataclass(frozen=True, slots=True)
class Route:
    """`carrier` is the verb or adjective whose subject does it, None where a noun has only its own phrase.

    `path` are the words passed, in order; `outers` those of them that changed the type, with what they are.
    """

    carrier: int | None
    path: tuple[int, ...]
    outers: tuple[tuple[Outer, int], ...]
    type: EventType
    mode: str | None


@dataclass(frozen=True, slots=True)
class _Step:
    to: int
    outer: Outer | None = None
    passed: bool = True  # whether the word reached belongs to the path


def climb(scene: Scene, site: Site) -> Route | None:
    """The route of a trigger; None where it tells of no act: a kind of thing ("aid workers"), a warning to nobody."""
    if _only_a_name(scene, site):
        return None
    path, outers, top = _way_up(scene, site.token)
    carrier = None if _is_noun(scene, top) else top
    decided = _decided(scene, site, outers)
    if decided is None:
        return None
    outer = _time_outer(scene, carrier, decided[0])
    turned = scene.triggers.decide(outer, *decided) if outer is not None else None
    if outer is not None and turned is not None and carrier is not None:
        return Route(carrier, tuple(path), (*outers, (outer, carrier)), *turned)
    return Route(carrier, tuple(path), tuple(outers), *decided)


def _way_up(scene: Scene, index: int) -> tuple[list[int], list[tuple[Outer, int]], int]:
    """The words passed, those that change the type, and where the way ends."""
    path, outers = list[int](), list[tuple[Outer, int]]()
    for _ in range(STEPS):
        step = _noun_step(scene, index) if _is_noun(scene, index) else _verb_step(scene, index)
        if step is None:
            break
        index = step.to
        if step.passed:
            path.append(index)
        if step.outer is not None:
            outers.append((step.outer, index))
    return path, outers, index


def _decided(scene: Scene, site: Site, outers: list[tuple[Outer, int]]) -> tuple[EventType, str | None] | None:
    """The site's type after each outer word in turn; None for a warning that tells of no act."""
    if not outers and site.trigger.kind == "verb" and site.trigger.head in WARNING:
        told = _warning_type(scene, site.token)
        return (told, None) if told is not None else None
    type_, mode = site.trigger.type, site.trigger.mode
    for outer, _ in outers:
        type_, mode = scene.triggers.decide(outer, type_, mode) or (type_, mode)
    return type_, mode


def _warning_type(scene: Scene, verb: int) -> EventType | None:
    """A warning of what one will do oneself is a threat; told to somebody of a third it is talk; else it is nothing."""
    told = kids(scene.parsed, verb, "dobj")
    if any(_is_own_people(scene, one) for one in told):
        return None  # advice to one's own: "warned its citizens against travel"
    own, talk = _own_deeds(scene, verb), bool(told)
    if own is None:
        return "THREATEN" if talk else None
    if own:
        return "THREATEN"
    return "CONSULT" if talk else None


def _is_own_people(scene: Scene, noun: int) -> bool:
    """Whether a noun names people as customers, travellers, or citizens of the one who speaks."""
    owned = any(scene.token(child).tag == "PRP$" for child in kids(scene.parsed, noun, "poss"))
    return scene.is_a("own_people", noun) and (owned or not kids(scene.parsed, noun, "amod", "poss"))


def _own_deeds(scene: Scene, verb: int) -> bool | None:
    """Whether what is warned of is for the one who warns to do; None where the sentence does not say of what."""
    if kids(scene.parsed, verb, "xcomp") or objects_of(scene.parsed, verb, ("against",)):
        return True
    matters = objects_of(scene.parsed, verb, ("of", "about", "over"))
    if matters:
        return any(scene.is_a("threat_noun", matter) for matter in matters)
    clauses = kids(scene.parsed, verb, "ccomp")
    if not clauses:
        return None
    nouns = [child for child in kids(scene.parsed, clauses[0], "nsubj", "attr") if scene.is_a("threat_noun", child)]
    return _is_ahead(scene, clauses[0]) and (bool(nouns) or _same_subject(scene, clauses[0], verb))


def _time_outer(scene: Scene, carrier: int | None, type_: EventType) -> Outer | None:
    """`future` for "will …", `refuse` for "will not …" before a cooperative act."""
    if carrier is None:
        return None
    verbs = [carrier, *([scene.token(carrier).head] if scene.token(carrier).dep in ("acomp", "attr") else [])]
    words = {scene.token(child).lower for verb in verbs for child in kids(scene.parsed, verb, "aux", "neg")}
    ahead = bool(words & FUTURE) or (bool(words & REPORTED_FUTURE) and _is_reported(scene, carrier))
    denied = any(kids(scene.parsed, verb, "neg") for verb in verbs)
    if denied and type_ in COOPERATIVE and (ahead or words & {"can", "ca"}):
        return "refuse"
    if ahead and not denied and _has_condition(scene, carrier):
        return "threaten"
    return "future" if ahead and not denied else None


def _has_condition(scene: Scene, verb: int) -> bool:
    """Whether an "unless" makes a threat of what will be done."""
    clauses = kids(scene.parsed, verb, "advcl")
    return any(scene.token(mark).lower == "unless" for clause in clauses for mark in kids(scene.parsed, clause, "mark"))


def _is_reported(scene: Scene, verb: int) -> bool:
    """Whether "would" only shifts "will" into the past: under a verb of saying, and no condition beside it."""
    token = scene.token(verb)
    if token.dep not in ("ccomp", "conj") or not scene.is_a("say", token.head):
        return False
    clauses = kids(scene.parsed, verb, "advcl")
    return not any(scene.token(mark).lower == "if" for clause in clauses for mark in kids(scene.parsed, clause, "mark"))


def _is_noun(scene: Scene, index: int) -> bool:
    return scene.token(index).pos in ("NOUN", "PROPN", "PRON", "NUM") and not scene.is_verbal(index)


def _only_a_name(scene: Scene, site: Site) -> bool:
    token = scene.token(site.token)
    while token.dep == "conj" and scene.token(token.head).dep in ("compound", "nmod"):
        token = scene.token(token.head)  # "a trade and cooperation agreement"
    if token.dep not in ("compound", "nmod", "amod") or token.pos not in ("NOUN", "PROPN"):
        return False
    return _class_of(scene, token.head, NOUN_OUTERS[:2]) is None and not scene.is_a("transparent", token.head)


def _class_of(scene: Scene, index: int, outers: tuple[Outer, ...]) -> Outer | None:
    return next((outer for outer in outers if scene.is_a(outer, index)), None)


def _noun_step(scene: Scene, index: int) -> _Step | None:
    token = scene.token(index)
    if token.dep == "conj" and _is_noun(scene, token.head):
        return _Step(token.head, passed=False)
    if token.dep in ("dobj", "nsubjpass", "oprd"):
        return _governor(scene, token.head, NOUN_OUTERS)
    if token.dep == "nsubj" and scene.is_a("end", token.head) and not kids(scene.parsed, token.head, "dobj"):
        return None
    if token.dep in ("compound", "nmod", "amod"):
        return _Step(token.head, _class_of(scene, token.head, NOUN_OUTERS[:2]))
    if token.dep == "pobj":
        return _through_preposition(scene, token.head)
    return None


def _governor(scene: Scene, verb: int, outers: tuple[Outer, ...]) -> _Step | None:
    """The verb over an event noun: one that changes it, or one that only carries it."""
    light, outer = scene.is_a("light", verb), _class_of(scene, verb, outers)
    if outer == "demand" and (light or scene.lemma(verb) == "call" or not scene.is_a("asked_noun", verb)):
        outer = None  # "ordered the arrest" is the arrest; "called a strike" is no "called for"; "want war" no demand
    if outer == "agree" and light:
        outer = None  # "offered a warning" is the warning
    if scene.lemma(verb) == "take" and any(scene.token(a).lower in WEIGHED for a in kids(scene.parsed, verb, "advmod")):
        light = False  # "took the threat seriously" makes none
    return _Step(verb, outer) if outer or light else None


def _through_preposition(scene: Scene, preposition: int) -> _Step | None:
    word, above = scene.token(preposition).lower, scene.token(preposition).head
    if _is_noun(scene, above):
        outer = _class_of(scene, above, NOUN_OUTERS)
        return _Step(above, outer) if outer or (word == "of" and scene.is_a("transparent", above)) else None
    if word in LIGHT_PREPOSITIONS and scene.is_a("light", above) and (word == "on" or scene.is_a("engage", above)):
        return _Step(above)
    outers: tuple[Outer, ...] = ("agree", "threaten", "demand", "refuse")
    outer = _class_of(scene, above, outers) if word in OUTER_PREPOSITIONS else None
    return _Step(above, outer) if outer else None


def _verb_step(scene: Scene, index: int) -> _Step | None:
    token = scene.token(index)
    own_subject = bool(kids(scene.parsed, index, *SUBJECTS))
    if token.dep == "conj" and not own_subject and not _is_noun(scene, token.head):
        joined = scene.token(token.head).dep in ("xcomp", "pcomp", "acl") and partner(scene.parsed, index) == token.head
        return _Step(token.head, passed=False) if joined else None
    if token.dep in ("xcomp", "ccomp", "advcl"):
        return _complement_step(scene, index, own_subject)
    if token.dep in ("acl", "relcl") and is_infinitive(scene.parsed, index):
        outer = _class_of(scene, token.head, ("agree", "promise", "refuse", "threaten", "demand"))
        return _Step(token.head, outer) if outer or _passes(scene, token.head) else None
    if token.dep == "pcomp":
        above = scene.token(token.head).head
        outer = _class_of(scene, above, ("agree", "threaten", "demand", "refuse", "end"))
        return _Step(above, outer) if outer else None
    return None


def _complement_step(scene: Scene, index: int, own_subject: bool) -> _Step | None:
    """From a verb to the one it completes ("agreed | to withdraw", "demands | that NATO promise")."""
    token, above = scene.token(index), scene.token(index).head
    outer = _class_of(scene, above, VERB_OUTERS)
    if token.dep == "advcl" and not (outer == "demand" and is_infinitive(scene.parsed, index)):
        return None
    if own_subject and outer not in ("demand", "threaten", "promise"):
        return None
    if own_subject and outer != "demand" and not _same_subject(scene, index, above):
        return None
    if outer == "demand" and scene.token(above).tag == "VBN" and scene.token(above).dep == "advcl":
        return None  # "asked whether Iran would help, he smiled"
    if outer == "demand" and not _asks(scene, index, above, own_subject):
        return None
    if outer == "threaten" and scene.lemma(above) == "warn" and not _is_ahead(scene, index):
        return None
    return _Step(above, outer) if outer or _passes(scene, above) else None


def _asks(scene: Scene, index: int, above: int, own_subject: bool) -> bool:
    """Whether a word of asking wants something of another: "told them to leave", not "told them that they left"."""
    if scene.lemma(above) == "call" and kids(scene.parsed, above, "dobj"):
        return False  # by telephone
    if scene.lemma(above) in ("tell", "order", "instruct", "remind", "direct", "command"):
        return is_infinitive(scene.parsed, index)
    if scene.lemma(above) in ("want", "need", "require", "seek", "propose", "insist"):
        return own_subject or bool(kids(scene.parsed, above, "dobj"))  # "wants to join" is a wish of one's own
    return scene.token(index).tag in ("VB", "VBG", "VBP") or bool(kids(scene.parsed, index, "aux"))


def _is_ahead(scene: Scene, index: int) -> bool:
    return bool(auxiliaries(scene.parsed, index) & (FUTURE | REPORTED_FUTURE))


def _same_subject(scene: Scene, below: int, above: int) -> bool:
    """Whether a clause's subject is, or may be, the subject of the verb over it: a pronoun, or the same chain."""
    inner, outer = kids(scene.parsed, below, "nsubj"), kids(scene.parsed, above, "nsubj")
    if not inner or not outer:
        return False
    first, second = (scene.mentions.at(scene.span(found[0])) for found in (inner, outer))
    if first is not None and second is not None:
        return first.chain == second.chain or (first.country is not None and first.country == second.country)
    return scene.token(inner[0]).pos == "PRON"


def _passes(scene: Scene, index: int) -> bool:
    return any(scene.is_a(name, index) for name in THROUGH)
