"""To whom it is done: objects, passive subjects, the ends of a trigger's prepositions, then whoever those phrases name.

Nobody stands on both sides; an argument that is no mention and holds none is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.extract.events.doers import actors_of, is_passive, subject_heads
from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import Scene, actors_within, coordinated, objects_of, place_actor
from onrecord.extract.events.sites import Site, object_heads
from onrecord.extract.syntax import kids
from onrecord.model.claims import EventType, Mention

PLACES = frozenset(
    {"in", "into", "near", "at", "to", "around", "off", "along", "toward", "towards", "over", "on", "across"}
)
PERSONAL = ("arrest", "deport", "release", "convict", "abduct", "beat", "torture", "firearms")  # done to persons
MOVED = ("troops", "weapons", "aid", "money", "police")  # what is sent or withdrawn undergoes nothing
SENDING = frozenset({"send", "dispatch", "receive"})
FIRED = ("fire", "launch")
MOVING: tuple[EventType, ...] = ("AID", "MOBILIZE", "RETREAT")
VERBAL: tuple[EventType, ...] = ("AGREE", "CONCEDE", "REQUEST", "REJECT", "THREATEN")
ON_THE_SPOT: tuple[EventType, ...] = ("AID", "RETREAT", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT")


def find_undergoers(
    scene: Scene, site: Site, route: Route, actors: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], bool]:
    """The recipients, and whether they stand there themselves rather than inside another phrase."""
    anchors = _anchors(site, route)
    for heads in _candidate_heads(scene, site, route, anchors):
        kept = [head for head in heads if head not in site.words and not _is_moved(scene, site, head)]
        found = _others(actors_of(scene, kept), actors)
        if found:
            return found, True
    for heads in (_content_heads(scene, site, anchors), _conditional_heads(scene, route, anchors)):
        found = _others(actors_of(scene, heads), actors)
        if found:
            return found, False
    for head in _deep_heads(scene, site, anchors):
        inside = actors_within(scene, head, site.trigger.toward) or place_actor(scene, head)
        found = tuple(one for one in _others(inside, actors, by_country=True) if one.kind != "pronoun" or one.country)
        if found:
            return found, False
    return (), False


def _is_moved(scene: Scene, site: Site, head: int) -> bool:
    """Whether a noun is what the trigger sends or withdraws ("sent troops"), not whom it meets."""
    trigger = site.trigger
    if (trigger.frame, trigger.mode) == ("mutual", "release") and scene.lemma(head) in (trigger.wanted or ()):
        return True  # "exchanged prisoners"
    if trigger.head in FIRED and head in kids(scene.parsed, site.token, "dobj"):
        return trigger.type == "ASSAULT"  # "fired a Scud at Riyadh"
    if trigger.type not in MOVING or trigger.mode == "release" or (trigger.wanted is None and trigger.mode is None):
        return False
    return any(scene.is_a(name, head) for name in MOVED)


def _anchors(site: Site, route: Route) -> tuple[int, ...]:
    """Where a recipient can hang: outermost changing word first, then the trigger's words, then light verbs."""
    outer = [index for _, index in reversed(route.outers)]
    return tuple(dict.fromkeys((*outer, site.token, *site.words, *route.path)))


def _candidate_heads(scene: Scene, site: Site, route: Route, anchors: tuple[int, ...]) -> Iterable[list[int]]:
    parsed = scene.parsed
    toward = tuple(dict.fromkeys((*scene.triggers.kinds[route.type].toward, *site.trigger.toward)))
    if not route.outers:
        toward = site.trigger.toward
    received = route.carrier is not None and scene.is_a("receive", route.carrier) and not route.outers
    if received and route.carrier is not None and site.token != route.carrier:
        yield subject_heads(scene, route.carrier)
    for index in anchors:
        if scene.is_verbal(index):
            yield _verb_objects(scene, index)
            yield kids(parsed, index, "dative")
        yield from ([head] for head in objects_of(parsed, index, toward))
        if route.type == "REQUEST":
            yield from (
                kids(parsed, clause, "nsubj") for clause in kids(parsed, index, "ccomp", "acl", "advcl", "relcl")
            )
    for index in anchors:
        for head in _all_objects(scene, site, index):
            for part in (head, *objects_of(parsed, head, ("of",)), *kids(parsed, head, "acl")):
                yield from ([inner] for inner in objects_of(parsed, part, toward))


def _content_heads(scene: Scene, site: Site, anchors: tuple[int, ...]) -> list[int]:
    """What the act is done to that a verbal type speaks of: "no intention of invading | Sudan"."""
    if site.trigger.type not in VERBAL:
        return []
    found: list[int] = []
    for index in anchors:
        inner = [
            gerund
            for preposition in kids(scene.parsed, index, "prep")
            for gerund in kids(scene.parsed, preposition, "pcomp")
        ]
        for verb in (*inner, *kids(scene.parsed, index, "xcomp")):
            if scene.lemma(verb) not in SENDING:  # "offered talks over sending a delegation" offers it nothing
                found.extend(kids(scene.parsed, verb, "dobj"))
    return found


def _conditional_heads(scene: Scene, route: Route, anchors: tuple[int, ...]) -> list[int]:
    """Who must act to turn a threat away: the subject of its "if" or "unless"."""
    if route.type != "THREATEN":
        return []
    clauses = [clause for index in anchors for clause in kids(scene.parsed, index, "advcl")]
    conditional = [
        clause
        for clause in clauses
        if any(scene.token(mark).lower in ("if", "unless") for mark in kids(scene.parsed, clause, "mark"))
    ]
    return [head for clause in conditional for head in kids(scene.parsed, clause, "nsubj")]


def _all_objects(scene: Scene, site: Site, index: int) -> list[int]:
    """What a trigger's word acts on, with all that is coordinated: "tanks, guns and trainers | for Chad"."""
    return [part for head in object_heads(scene, index, site.words) for part in coordinated(scene.parsed, head)]


def _verb_objects(scene: Scene, verb: int) -> list[int]:
    """What a verb acts on; in the passive its subject, of a participle the noun described."""
    if is_passive(scene, verb):
        return subject_heads(scene, verb)
    return [head for object_ in kids(scene.parsed, verb, "dobj") for head in coordinated(scene.parsed, object_)]


def _deep_heads(scene: Scene, site: Site, anchors: tuple[int, ...]) -> Iterable[int]:
    """Phrases in which a recipient may be named: objects and the ends of prepositions."""
    for index in anchors:
        token = scene.token(index)
        if site.trigger.type == "ACCUSE":
            yield from (
                head
                for clause in kids(scene.parsed, index, "ccomp", "acl")
                for head in kids(scene.parsed, clause, "nsubj")
            )
        if scene.is_verbal(index):
            yield from (head for head in _verb_objects(scene, index) if not _is_moved(scene, site, head))
        yield from _prepositional(scene, site, index)
        for head in _all_objects(scene, site, index):
            for part in (head, *objects_of(scene.parsed, head, ("of",))):
                yield from _prepositional(scene, site, part)
        if token.pos in ("NOUN", "PROPN"):
            yield index


def _prepositional(scene: Scene, site: Site, index: int) -> Iterable[int]:
    """The ends of a trigger's prepositions; of a deed done on the spot those of place too."""
    named = site.trigger.mode in PERSONAL and bool(kids(scene.parsed, index, "nsubjpass", "dobj"))
    on_the_spot = site.trigger.type in ON_THE_SPOT and not named  # "a man was arrested in Lagos" is not done to Lagos
    allowed = {*site.trigger.toward, *(PLACES if on_the_spot else ())} - (PLACES if named else set())
    for preposition in kids(scene.parsed, index, "prep", "dative"):
        if scene.token(preposition).lower in allowed:
            yield from (head for head in kids(scene.parsed, preposition, "pobj") if not scene.is_a("in_phrase", head))


def _others(found: tuple[Mention, ...], actors: tuple[Mention, ...], by_country: bool = False) -> tuple[Mention, ...]:
    """Those found that are not among the actors, nor (`by_country`) their country."""
    chains = {mention.chain for mention in actors}
    keys = {mention.key for mention in actors if mention.key}
    countries = {mention.country for mention in actors if mention.country} if by_country else set()
    return tuple(
        mention
        for mention in found
        if mention.chain not in chains and mention.key not in keys and mention.country not in countries
    )
