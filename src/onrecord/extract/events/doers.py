"""Who does it: subjects and those that control them, by-phrases, possessors, adjectives of nationality.

A phrase that is no actor itself gives whoever is named inside it ("Syrian shelling"); nobody is ever supplied.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import MADE, Scene, actors_at, actors_within, objects_of, owner, place_actor
from onrecord.extract.events.sites import Site
from onrecord.extract.syntax import kids, partner
from onrecord.model.claims import Mention

BLAMING = frozenset({"for", "of", "over", "about", "from"})  # "accused Iran of arming", "stop Mali from leaving"
ADJUNCTS = frozenset(
    {"during", "after", "before", "at", "in", "following", "on", "for", "through", "amid", "ahead", "of"}
)
LENT_OUT = ("troops", "weapons", "aid", "money", "police")  # what stands for whoever owns it
DEEPEST = 6  # steps of control: "began to prepare to help to …"
# how sure the ways to an actor are: own subject, subject of a light or changing verb, "from" after "received", own noun
# phrase, subject of the clause round it, whoever has what a bare participle describes
SUBJECT, LENT, GIVER, OWNER, ROUND_IT, HOLDER = 0.95, 0.85, 0.75, 0.75, 0.6, 0.45


def find_doers(scene: Scene, site: Site, route: Route) -> tuple[tuple[Mention, ...], float]:
    """The actors, and how sure the way to them is."""
    if site.trigger.kind == "adjective" and not route.outers:
        return _mentioned(scene, subject_heads(scene, site.token)), SUBJECT
    if route.carrier is not None:
        if scene.is_a("receive", route.carrier) and site.token != route.carrier and not route.outers:
            return _from_phrase(scene, (site.token, *route.path)), GIVER
        undergoes = site.trigger.kind == "verb" and not route.outers and site.token != route.carrier
        deed = site.token if undergoes and is_passive(scene, site.token) else route.carrier
        found = doers_of(scene, deed)  # "is due to be freed": not by whoever is due
        if found:
            return found, SUBJECT if site.token == route.carrier else LENT
        if site.trigger.kind == "verb":
            return _owners_above(scene, route.carrier, site), HOLDER
    if site.trigger.kind != "noun":
        return _owners(scene, route.path[-1]) if route.path else (), ROUND_IT
    found = next((found for index in (site.token, *route.path) if (found := _noun_doers(scene, index, site))), ())
    if found:
        return found, OWNER
    return _adjunct_doers(scene, site), ROUND_IT


def doers_of(scene: Scene, verb: int) -> tuple[Mention, ...]:
    """The actors of a verb or adjective: its subject, or the by-phrase of a passive."""
    if is_passive(scene, verb):
        return _mentioned(scene, objects_of(scene.parsed, verb, ("by",)))
    return _mentioned(scene, subject_heads(scene, verb))


def is_passive(scene: Scene, verb: int) -> bool:
    """Whether a verb stands in the passive, a participle after its noun included."""
    token = scene.token(verb)
    if kids(scene.parsed, verb, "nsubjpass", "auxpass") or (token.dep == "acl" and token.tag == "VBN"):
        return True
    if scene.is_bare_passive(verb) or _is_participle(scene, verb):
        return True
    if token.dep == "conj" and token.tag == "VBN" and not kids(scene.parsed, verb, "nsubj", "aux"):
        return bool(kids(scene.parsed, token.head, "nsubjpass", "auxpass"))
    return token.dep == "conj" and token.tag == "VBN" and scene.token(token.head).dep == "acl"


def _is_participle(scene: Scene, verb: int) -> bool:
    """Whether a verb is a past participle beside the clause: "accused of theft, he fled"."""
    token = scene.token(verb)
    return token.tag == "VBN" and token.dep == "advcl" and not kids(scene.parsed, verb, "nsubj", "aux", "dobj")


def subject_heads(scene: Scene, verb: int, depth: int = 0) -> list[int]:
    """The heads of a verb's subject, its own or that of the word that controls it."""
    parsed, token = scene.parsed, scene.token(verb)
    own = kids(parsed, verb, "nsubj", "nsubjpass", "csubj")
    if own:
        return own[-1:]  # of two the nearer one: the other is a stray apposition
    if depth == DEEPEST or token.head == verb:
        return []
    if token.dep == "xcomp":
        objects = kids(parsed, token.head, "dobj") if not scene.is_a("promise", token.head) else []
        return objects[:1] or subject_heads(scene, token.head, depth + 1)
    if token.dep in ("conj", "ccomp", "acomp", "advcl", "attr", "oprd", "parataxis", "dep"):
        above = partner(parsed, verb)
        return subject_heads(scene, above, depth + 1) if scene.token(above).pos != "NOUN" else []
    if token.dep == "pcomp":
        return _controller(scene, token.head, depth)
    if token.dep == "acl":
        return _described(scene, verb, depth)
    return [token.head] if token.dep == "relcl" and not kids(parsed, verb, "dobj") else []


def _controller(scene: Scene, preposition: int, depth: int) -> list[int]:
    """Whose gerund it is after a preposition: the one blamed for it, else the subject."""
    above = scene.token(preposition).head
    objects = kids(scene.parsed, above, "dobj")
    if objects and scene.token(preposition).lower in BLAMING and scene.token(above).pos == "VERB":
        return objects[:1]
    if scene.token(above).pos == "VERB" and is_passive(scene, above):
        return kids(scene.parsed, above, "nsubjpass")[:1]
    return subject_heads(scene, above, depth + 1) if scene.token(above).pos in ("VERB", "AUX", "ADJ") else []


def _described(scene: Scene, verb: int, depth: int) -> list[int]:
    """The noun that a participle describes; for "a plan to attack" whoever has the plan."""
    token = scene.token(verb)
    if token.tag in ("VBG", "VBN"):
        return [token.head]
    owners = kids(scene.parsed, token.head, "poss")
    above = scene.token(token.head)
    if owners or above.dep not in ("dobj", "attr"):
        return owners[:1]
    return subject_heads(scene, above.head, depth + 1)


def _mentioned(scene: Scene, heads: Iterable[int]) -> tuple[Mention, ...]:
    """The mentions at these heads or, where a head is none, named inside its phrase."""
    found: list[Mention] = []
    for head in heads:
        found.extend(actors_at(scene, head) or _inside(scene, head))
    return tuple(dict.fromkeys(found))


def _inside(scene: Scene, head: int) -> tuple[Mention, ...]:
    """Whom a phrase that is no actor belongs to: "Syrian shelling", "missiles fired by Israel"."""
    owners = _owners(scene, head)
    if owners:
        return owners
    for child in kids(scene.parsed, head, "acl"):
        found = _mentioned(scene, objects_of(scene.parsed, child, ("by",)))
        if found:
            return found
    return place_actor(scene, head) or actors_within(scene, head, ())


def _owners(scene: Scene, noun: int) -> tuple[Mention, ...]:
    """Possessor, adjective of nationality or noun before a noun, by-phrase."""
    for child in kids(scene.parsed, noun, "poss", "amod", "compound", "nmod"):
        found = owner(scene, child)
        if found:
            return tuple(found)
    return _mentioned(scene, objects_of(scene.parsed, noun, ("by",)))


def _owners_above(scene: Scene, verb: int, site: Site) -> tuple[Mention, ...]:
    """For a participle without agent ("troops sent to the border"): whose the thing described is, else who has it."""
    token = scene.token(verb)
    if token.dep != "acl":
        moved_types = site.trigger.type in ("MOBILIZE", "AID", "RETREAT")
        subjects = subject_heads(scene, verb) if moved_types and is_passive(scene, verb) else []
        moved = [head for head in subjects if scene.is_a("troops", head)]  # "Nigerian troops were sent"
        return _mentioned(scene, moved)
    if not any(scene.is_a(name, token.head) for name in LENT_OUT):
        return ()  # "Malian officials accused of theft" does not say by whom
    owners = _owners(scene, token.head)
    above = scene.token(token.head)
    if owners or above.dep != "dobj":
        return owners
    return doers_of(scene, above.head)


def _from_phrase(scene: Scene, indices: Iterable[int]) -> tuple[Mention, ...]:
    heads = [head for index in indices for head in objects_of(scene.parsed, index, ("from", "by"))]
    return _mentioned(scene, heads)


def _noun_doers(scene: Scene, noun: int, site: Site) -> tuple[Mention, ...]:
    """Actors inside an event noun's own phrase."""
    parsed = scene.parsed
    if site.trigger.frame == "mutual":
        pair = [head for head in objects_of(parsed, noun, ("between", "among")) if scene.token(head).pos != "NUM"]
        found = _mentioned(scene, pair)
        if len(found) > 1 or (found and not kids(parsed, noun, "poss")):
            return found
    owners = _owners(scene, noun)
    if owners or site.trigger.frame not in ("doer", "mutual"):
        return owners
    heads = objects_of(parsed, noun, ("of",))
    if site.trigger.frame == "mutual":
        return actors_of(scene, heads)
    return tuple(mention for mention in _mentioned(scene, heads) if mention.country or mention.rule != MADE)


def actors_of(scene: Scene, heads: Iterable[int]) -> tuple[Mention, ...]:
    """The mentions that stand at these heads themselves."""
    return tuple(dict.fromkeys(mention for head in heads for mention in actors_at(scene, head)))


def _adjunct_doers(scene: Scene, site: Site) -> tuple[Mention, ...]:
    """For a meeting or visit in an adjunct ("during a visit to Kyiv, he …"): the clause's subject, and who is told."""
    token = scene.token(site.token)
    if site.trigger.type != "CONSULT" or token.dep != "pobj" or scene.token(token.head).lower not in ADJUNCTS:
        return ()
    verb = scene.token(token.head).head
    while scene.token(verb).pos == "ADP" and scene.token(verb).head != verb:
        verb = scene.token(verb).head
    if scene.token(verb).pos not in ("VERB", "AUX"):
        return ()
    doers = doers_of(scene, verb)
    if site.trigger.frame != "mutual" or not doers:
        return doers
    told = [*kids(scene.parsed, verb, "dobj", "dative"), *objects_of(scene.parsed, verb, ("to",))]
    met = _present(scene, site)
    return tuple(dict.fromkeys((*doers, *(() if met else actors_of(scene, told)))))


def _present(scene: Scene, site: Site) -> bool:
    """Whether a meeting's own phrase says with whom it was."""
    return bool(objects_of(scene.parsed, site.token, ("with", "between")))
