"""Who did what to whom: PLOVER events from trigger words, the dependency tree and the lexicon's decisions.

Every event has a mention on at least one side and a clause as evidence. Of several triggers in a sentence that tell
of one act the surest is kept. Neither a date nor a side is ever filled in by default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.extract.events.answers import answer_whom
from onrecord.extract.events.arguments import Arguments, find_arguments
from onrecord.extract.events.circumstances import (
    Circumstances,
    contexts_of,
    day_of,
    evidence_span,
    gather,
    magnitudes,
    nearest,
    teller,
)
from onrecord.extract.events.doubles import without_doubles
from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.headlines import apart_from, is_furniture, mend_headlines
from onrecord.extract.events.routes import Route, climb
from onrecord.extract.events.sayings import Saying, find_sayings
from onrecord.extract.events.scene import Scene, make_scene
from onrecord.extract.events.sides import by_whom, says_too_little, spoken, without_reporters
from onrecord.extract.events.sites import Site, find_sites
from onrecord.extract.events.status import find_status
from onrecord.extract.events.weighing import weighed
from onrecord.extract.events.where import choose_place, find_candidates
from onrecord.extract.events.where_signs import Candidate
from onrecord.lexicon import Lexicon
from onrecord.lexicon.cameo import cameo_of
from onrecord.lexicon.triggers import Trigger, Triggers
from onrecord.model.claims import NARRATOR, Event, Mention, PlaceRef, Quantity, Statement, TimeRef
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Published
from onrecord.taggers.events import EventWeights, load_event_weights
from onrecord.taggers.factors import load_factors

__all__ = ["find_events"]

# share of a score by which sides were found: both, the actor's, the recipient's only
BOTH, ACTOR_ONLY, RECIPIENT_ONLY = 1.0, 0.75, 0.6
# a noun without a verb of its own must name whoever acts; what remains below this is a guess
LEAST_SCORE = 0.3


def find_events(
    parsed: Parsed,
    mentions: Iterable[Mention],
    times: Iterable[TimeRef],
    places: Iterable[PlaceRef],
    quantities: Iterable[Quantity],
    statements: Iterable[Statement],
    lexicon: Lexicon,
    published: Published | None = None,
    weights: EventWeights | None = None,
) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    """All events of a report, in the order of their triggers, and the mentions that had to be added for them.

    `published` tells background from news; `weights` are the trained layer's, None for the package's own.
    """
    known = tuple(mentions)
    parsed, verbs = mend_headlines(parsed, lexicon.triggers)
    scene = make_scene(parsed, lexicon.triggers, apart_from(verbs, known), places := tuple(places))
    around = gather(scene, times, places, quantities, statements, published)
    found = find_drafts(scene, around)
    told = sorted(
        weighed(scene, found, weights or load_event_weights(), load_factors()),
        key=lambda one: (one.event.trigger, one.event.id),
    )
    sides = {mention.id: mention for draft in told for mention in draft.sides}
    answered = answer_whom([(draft.sentence, draft.event) for draft in told], sides)
    events = [with_codes(event, lexicon.triggers) for event in answered]
    named = {id for event in events for id in (*event.actors, *event.recipients)} - {mention.id for mention in known}
    added = sorted((sides[id] for id in named), key=lambda mention: (mention.span, mention.id))
    return tuple(events), tuple(added)


def with_codes(event: Event, triggers: Triggers) -> Event:
    """An event with its conflict-cooperation score, CAMEO code and Goldstein value."""
    cameo = cameo_of(triggers.cameo, event.type, event.mode, event.contexts)
    scale = triggers.kinds[event.type].scale(event.mode)
    return replace(event, scale=scale, cameo=cameo.code, goldstein=cameo.goldstein)


def find_drafts(scene: Scene, around: Circumstances) -> list[Draft]:
    """What the rules alone find, sentence by sentence."""
    told: list[Draft] = []
    for sentence in range(len(scene.parsed.sentences)):
        if is_furniture(scene, sentence):
            continue
        found = [*_from_triggers(scene, around, sentence), *_from_sayings(scene, around, sentence)]
        told.extend(without_doubles(scene, found))
    return told


def _from_triggers(scene: Scene, around: Circumstances, sentence: int) -> Iterator[Draft]:
    sites = find_sites(scene, sentence)
    routes = {token: route for token, site in sites.items() if (route := climb(scene, site)) is not None}
    names = find_candidates(scene.parsed, sentence) if around.places.get(sentence) and routes else ()
    for token, route in _kept(sites, routes):
        told = teller(around, scene, route.outers[-1][1] if route.outers else token)
        arguments = without_reporters(route, spoken(scene, find_arguments(scene, sites[token], route), told))
        route = by_whom(scene, sites[token], route, arguments)
        event = _event(scene, around, sites[token], route, arguments, told, frozenset(sites), names)
        if event is not None:
            yield Draft(event, (*arguments.actors, *arguments.recipients), sentence, sites[token], route)


def _kept(sites: dict[int, Site], routes: dict[int, Route]) -> list[tuple[int, Route]]:
    """One of a changing word and the act under it: the act, unless the word's own row asks for just that object."""
    dropped: set[int] = set()
    for token, route in routes.items():
        for outer, index in route.outers:
            if outer == "future" or index not in routes or index == token:
                continue
            dropped.add(token if _names_its_object(sites[index], sites[token]) else index)
        turning = {index for _, index in route.outers}
        carrying = (index for index in route.path if index in routes and index not in turning)
        if any(_names_its_object(sites[index], sites[token]) for index in carrying):
            dropped.add(token)
    return [(token, route) for token, route in routes.items() if token not in dropped]


def _names_its_object(above: Site, below: Site) -> bool:
    wanted = above.trigger.wanted
    return below.trigger.kind == "noun" and wanted is not None and below.trigger.head in wanted


def _event(
    scene: Scene,
    around: Circumstances,
    site: Site,
    route: Route,
    arguments: Arguments,
    told: Statement | None,
    sites: frozenset[int],
    names: tuple[Candidate, ...],
) -> Event | None:
    sides = (*arguments.actors, *arguments.recipients)
    score = _score(site.trigger, route, arguments)
    if not sides or score < LEAST_SCORE or (route.carrier is None and not arguments.actors):
        return None
    if says_too_little(scene, site, route, arguments):
        return None
    words = tuple(sorted({*site.words, *(index for outer, index in route.outers if outer != "future")}))
    trigger = scene.parsed.span(words[0], words[-1] + 1)
    evidence = evidence_span(scene, site, route, sides)
    sentence = scene.token(site.token).sentence
    anchors, clause = {site.token, *route.path, *site.words}, site.token if route.carrier is None else route.carrier
    time = nearest(scene, anchors, clause, sites, around.times.get(sentence, ()))
    named = around.places.get(sentence, ())
    place = nearest(scene, anchors, clause, sites, named)
    if scene.token(site.token).pos == "VERB":
        place = choose_place(scene.parsed, site.token, names, named, place)
    status = find_status(scene, site, route, time, told, around.latest)
    if time is not None and status == "actual" and _lies_ahead(time, around):
        time = None  # what has happened has no date to come: the time is another's
    return Event(
        id=make_id("ev", scene.parsed.document, route.type, trigger.start, trigger.end, site.token),
        type=route.type,
        mode=route.mode,
        contexts=contexts_of(scene, site),
        trigger=trigger,
        evidence=_joined(trigger, evidence),
        actors=_ids(arguments.actors),
        recipients=_ids(arguments.recipients),
        status=status,
        told_by=told.id if told is not None else NARRATOR,
        time=time.id if time is not None else None,
        place=place.id if place is not None else None,
        magnitudes=magnitudes(scene, evidence, anchors | {clause}, around.quantities),
        score=score,
    )


def _lies_ahead(time: TimeRef, around: Circumstances) -> bool:
    """Whether a time begins after the latest day that the report names."""
    first = day_of(time.start)
    return first is not None and around.latest is not None and first > around.latest


def _score(trigger: Trigger, route: Route, arguments: Arguments) -> float:
    """How sure the rules are: the way to the sides, times what was found, plus a little for a row with an object."""
    sides = BOTH if arguments.actors and arguments.recipients else ACTOR_ONLY if arguments.actors else RECIPIENT_ONLY
    if trigger.frame == "mutual" and len(arguments.actors) > 1:
        sides = BOTH
    sureness = arguments.sureness if arguments.actors else 0.8
    exact = 0.05 if trigger.wanted is not None or trigger.rest else 0.0
    return round(min(1.0, sureness * sides + exact - (0.1 if route.carrier is None else 0.0)), 3)


def _from_sayings(scene: Scene, around: Circumstances, sentence: int) -> Iterator[Draft]:
    for saying in find_sayings(scene, sentence):
        yield Draft(_said(scene, around, saying), (*saying.speakers, *saying.others), sentence)


def _said(scene: Scene, around: Circumstances, saying: Saying) -> Event:
    trigger = scene.span(saying.word)
    evidence = scene.parsed.span(*_bounds(scene, saying))
    times = around.times.get(scene.token(saying.verb).sentence, ())
    time = nearest(scene, {saying.verb}, saying.verb, frozenset(), times)
    told = teller(around, scene, saying.verb)
    return Event(
        id=make_id("ev", scene.parsed.document, saying.type, trigger.start, trigger.end, saying.verb),
        type=saying.type,
        mode=saying.mode,
        contexts=(),
        trigger=trigger,
        evidence=evidence,
        actors=_ids(saying.speakers),
        recipients=_ids(saying.others),
        status="actual",
        told_by=told.id if told is not None else NARRATOR,
        time=time.id if time is not None else None,
        score=saying.sureness,
    )


def _bounds(scene: Scene, saying: Saying) -> tuple[int, int]:
    """The tokens from the first to the last word of a verb of saying with its clause."""
    members = [index for index in scene.parsed.subtree(saying.verb) if scene.token(index).pos not in ("PUNCT", "SPACE")]
    return members[0], members[-1] + 1


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.id for mention in mentions))


def _joined(first: Span, second: Span) -> Span:
    return Span(min(first.start, second.start), max(first.end, second.end))
