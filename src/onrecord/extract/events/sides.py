"""Who counts as a side of an event, and what cannot be told of the sides that are there.

"I" is the speaker of a quotation or nobody; a reporter who is spoken to takes no part in talks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.extract.events.arguments import Arguments
from onrecord.extract.events.doers import is_passive, subject_heads
from onrecord.extract.events.routes import Route
from onrecord.extract.events.scene import Scene, objects_of
from onrecord.extract.events.sites import Site
from onrecord.extract.syntax import auxiliaries, kids
from onrecord.model.claims import EventType, Mention, Statement

FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ours"})
FIRED, SPACE, ROCKETS = ("fire", "launch"), frozenset({"orbit", "space"}), frozenset({"rocket"})
REBELS = frozenset({"REB", "UAF", "PRM", "CRM"})
SPOKEN_TO = frozenset({"you", "your", "yours"})
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY"})
# types that tell nothing of one side alone, unless an object condition or a phrase made sure of the trigger
TWO_SIDED: tuple[EventType, ...] = ("SUPPORT", "COOPERATE", "AID", "SANCTION")


def spoken(scene: Scene, arguments: Arguments, told: Statement | None) -> Arguments:
    """Arguments with the speaker in the place of "I" and "we" inside what is quoted; without those nobody can name."""
    speaker = scene.known.get(told.speaker) if told is not None and told.speaker is not None else None

    def named(side: Iterable[Mention]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for mention in side:
            words = "" if mention.kind == "name" else scene.parsed.words(mention.span).lower()  # "US" is not "us"
            if words in FIRST_PERSON and speaker is not None:
                found.append(speaker)
            elif mention.country or mention.key or words not in FIRST_PERSON | SPOKEN_TO:
                found.append(mention)
        return tuple(found)

    return Arguments(named(arguments.actors), named(arguments.recipients), arguments.sureness)


def without_reporters(route: Route, arguments: Arguments) -> Arguments:
    """Arguments of a talk without the press: "told the BBC" is no meeting with it."""
    if route.type != "CONSULT" or route.mode == "visit":
        return arguments
    actors, recipients = (
        tuple(mention for mention in side if mention.sector != "JRN")
        for side in (arguments.actors, arguments.recipients)
    )
    return Arguments(actors, recipients, arguments.sureness)


def by_whom(scene: Scene, site: Site, route: Route, arguments: Arguments) -> Route:
    """What an act is by who does it, and where to.

    A road blocked by citizens is a protest; by soldiers or police it is coercion. A drill with another is joint.
    Rockets that rebels launch are an attack; what is fired into space is none.
    """
    if route.type == "ASSAULT" and site.trigger.head in FIRED and _into_space(scene, site.token):
        return replace(route, type="MOBILIZE", mode="weapons")
    if route.type == "MOBILIZE" and site.trigger.wanted == ROCKETS and _are_rebels(arguments.actors):
        return replace(route, type="ASSAULT", mode="heavy-weapons")
    if route.type == "MOBILIZE" and scene.is_a("exercise", site.token) and arguments.recipients:
        joint = any(objects_of(scene.parsed, index, ("with",)) for index in (site.token, *route.path))
        return replace(route, type="COOPERATE", mode=None) if joint else route
    if (route.type, route.mode) != ("PROTEST", "obstruct"):
        return route
    if not any(mention.sector in STATE_SECTORS or mention.actor_kind == "state" for mention in arguments.actors):
        return route
    return replace(route, type="COERCE", mode="restrict")


def _into_space(scene: Scene, verb: int) -> bool:
    ends = objects_of(scene.parsed, verb, ("into", "to", "toward", "towards"))
    carried = [
        end for head in kids(scene.parsed, verb, "dobj") for end in objects_of(scene.parsed, head, ("into", "to"))
    ]
    riding = objects_of(scene.parsed, verb, ("on", "aboard"))  # "on a carrier rocket into orbit"
    ends.extend(end for head in riding for end in objects_of(scene.parsed, head, ("into", "to")))
    return any(scene.lemma(end) in SPACE for end in (*ends, *carried))


def _are_rebels(actors: Iterable[Mention]) -> bool:
    sectors = {mention.sector for mention in actors}
    return bool(sectors) and sectors <= REBELS


def says_too_little(scene: Scene, site: Site, route: Route, arguments: Arguments) -> bool:
    """Whether a side is missing without which the trigger tells nothing: a visit to nowhere, a talk with nobody."""
    trigger, sides = site.trigger, len(arguments.actors) + len(arguments.recipients)
    if route.type == "ASSAULT" and not arguments.actors and _is_figure_of_speech(scene, site):
        return True
    if _tells_no_act(scene, site, route, arguments):
        return True
    if route.mode == "investigate" and arguments.actors:
        return all(mention.sector in ("JRN", "EDU") for mention in arguments.actors)
    if trigger.frame == "visit":
        return not arguments.recipients or not arguments.actors
    if trigger.type == "CONSULT" and sides < 2 and not route.outers:
        return (trigger.kind == "verb" and not trigger.rest) or route.carrier is None
    if trigger.type == "AGREE" and not route.outers:
        return sides < 2 and trigger.head != "agree"
    if trigger.type == "MOBILIZE" and trigger.kind == "verb" and trigger.wanted is None:
        return bool(arguments.actors) and all(mention.actor_kind == "person" for mention in arguments.actors)
    if route.mode in ("release", "access") and not arguments.recipients and not route.outers:
        return trigger.kind == "verb" and trigger.wanted is None and not trigger.rest
    if sides < 2 and not route.outers and not trigger.rest and trigger.wanted is None and route.type in TWO_SIDED:
        return True
    return route.carrier is None and sides < 2 and trigger.frame != "doer"


def _tells_no_act(scene: Scene, site: Site, route: Route, arguments: Arguments) -> bool:
    """Whether a verb leaves open what was done ("retaliated", "fired a Simorgh"), or only keeps an answer back."""
    head, verb = site.trigger.head, site.token
    if head == "fire" and not (site.trigger.rest or site.trigger.wanted or arguments.recipients):
        return bool(kids(scene.parsed, verb, "dobj"))
    if head == "retaliate" and not route.outers:
        return not auxiliaries(scene.parsed, verb)
    if head in ("refuse", "decline") and not arguments.recipients and not route.path:
        kept_back = [below for below in kids(scene.parsed, verb, "xcomp") if scene.is_a("answering", below)]
        return any(not objects_of(scene.parsed, below, ("to",)) for below in kept_back)
    by_companies = {one.sector for one in arguments.actors} == {"BUS"}
    return by_companies and (route.type, route.mode) == ("MOBILIZE", "weapons")


def _is_figure_of_speech(scene: Scene, site: Site) -> bool:
    """Whether a verb of violence has a subject that can do none: "sanctions that target Iran", "rain hit the town"."""
    if site.trigger.kind != "verb" or is_passive(scene, site.token):
        return False
    subjects = subject_heads(scene, site.token)
    return bool(subjects) and not any(scene.is_a("striking_thing", head) for head in subjects)
