"""What the event rules look at: one parsed report, its mentions and places by token, and the trigger lexicon.

Mentions that no earlier stage found ("protesters", a visited capital) are made here, with an id of their own place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.extract.syntax import conjuncts, kids, label_at, phrase_span
from onrecord.lexicon.triggers import Triggers
from onrecord.model.claims import ActorKind, Mention, PlaceRef
from onrecord.model.ids import make_id
from onrecord.model.lookup import MentionIndex
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that"})
INSIDE = ("poss", "compound", "amod", "nmod", "appos")  # where a noun phrase names the actor it belongs to
LANDS = frozenset({"peninsula", "sea", "ocean", "gulf", "strait", "continent"})  # "the Korean peninsula" is no state's
COUNTING = ("of", "from")
# the rules that mentions made here go by
MADE, PLACE = "event argument", "place that stands for its state"
NO_EVENTS = frozenset({"PERSON", "ORG", "GPE", "DATE", "TIME", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "LAW"})
DEEPEST = 4  # steps down a noun phrase: "the | release | of soldiers | held by | rebels"; deeper ones name others


@dataclass(frozen=True, slots=True)
class Scene:
    """One report as the event rules see it. `first_chain` numbers the chains of mentions made here."""

    parsed: Parsed
    triggers: Triggers
    mentions: MentionIndex
    known: Mapping[str, Mention]
    place_at: Mapping[int, PlaceRef]
    named: frozenset[int]
    starts: tuple[int, ...]
    first_chain: int

    def token(self, index: int) -> Token:
        return self.parsed.tokens[index]

    def lemma(self, index: int) -> str:
        return self.parsed.tokens[index].lemma.lower()

    def is_verbal(self, index: int) -> bool:
        """Whether a token is a verb, or a word taken for a noun that has a subject ("Iran demands that …")."""
        token = self.parsed.tokens[index]
        if token.pos != "NOUN":
            return token.pos in ("VERB", "AUX")
        return bool(kids(self.parsed, index, "nsubj")) and bool(kids(self.parsed, index, "ccomp", "dobj", "aux"))

    def is_bare_passive(self, index: int) -> bool:
        """Whether a verb that must have an object has none, nor an auxiliary: "Minister accused of spying"."""
        token = self.parsed.tokens[index]
        if (
            token.tag not in ("VBN", "VBD")
            or token.dep not in ("ROOT", "conj", "ccomp")
            or not self.is_a("transitive", index)
        ):
            return False
        around = ("dobj", "aux", "auxpass", "ccomp", "xcomp", "dative", "nsubjpass")
        return bool(kids(self.parsed, index, "nsubj", "npadvmod")) and not kids(self.parsed, index, *around)

    def is_a(self, name: str, index: int) -> bool:
        return self.triggers.is_a(name, self.lemma(index))

    def span(self, index: int) -> Span:
        token = self.parsed.tokens[index]
        return Span(token.start, token.end)

    def token_at(self, offset: int) -> int | None:
        """The first token that starts at or after an offset."""
        found = bisect_left(self.starts, offset)
        return found if found < len(self.starts) else None


def make_scene(parsed: Parsed, triggers: Triggers, mentions: Iterable[Mention], places: Iterable[PlaceRef]) -> Scene:
    """Index what is known of a report by token."""
    known = tuple(mentions)
    by_id = {mention.id: mention for mention in known}
    starts = tuple(token.start for token in parsed.tokens)
    place_at: dict[int, PlaceRef] = {}
    for place in sorted(places, key=lambda place: (len(place.span), place.span)):  # longer ones win
        first, last = bisect_left(starts, place.span.start), bisect_left(starts, place.span.end)
        place_at.update((index, place) for index in range(first, last))
    first_chain = max((mention.chain for mention in known), default=-1) + 1
    named = frozenset(i for name in parsed.named if name.label in NO_EVENTS for i in range(name.first, name.last))
    return Scene(parsed, triggers, MentionIndex(known), by_id, place_at, named, starts, first_chain)


def actors_at(scene: Scene, head: int, depth: int = 0) -> tuple[Mention, ...]:
    """The mentions that a noun phrase's head, and what is coordinated with it, stand for."""
    found: list[Mention] = []
    for index in coordinated(scene.parsed, head):
        found.extend(_actor(scene, index, depth))
    return tuple(dict.fromkeys(found))


def coordinated(parsed: Parsed, head: int) -> list[int]:
    """A noun and the nouns coordinated with it; verbs that the parser hung there are left out."""
    found = [head]
    for index in found:
        found.extend(child for child in kids(parsed, index, "conj") if parsed.tokens[child].pos not in ("VERB", "AUX"))
    return sorted(found)


def _actor(scene: Scene, index: int, depth: int) -> tuple[Mention, ...]:
    token = scene.token(index)
    if token.lower in RELATIVE_PRONOUNS and token.tag != "DT":
        antecedent = _antecedent(scene.parsed, index)
        return actors_at(scene, antecedent, depth + 1) if antecedent is not None and depth < DEEPEST else ()
    mention = scene.mentions.at(scene.span(index))
    if mention is not None:
        return _better_known(scene, index, mention)
    for child in kids(scene.parsed, index, "appos"):
        mention = scene.mentions.at(scene.span(child))
        if mention is not None and not _is_no_apposition(scene, index, child):
            return (mention,)
    if scene.is_a("transparent", index) or token.pos == "NUM":
        for inner in objects_of(scene.parsed, index, COUNTING):
            if depth < DEEPEST:
                return actors_at(scene, inner, depth + 1)
    if scene.is_a("people", index) and token.pos in ("NOUN", "PROPN"):
        return (_made(scene, index),)
    return ()


def _better_known(scene: Scene, index: int, mention: Mention) -> tuple[Mention, ...]:
    """Of a phrase otherwise unknown the known actors before its head: "NATO countries", "US and Thai envoys"."""
    if mention.kind != "nominal" or mention.key or mention.country:
        return (mention,)
    for child in kids(scene.parsed, index, "amod", "compound", "nmod"):
        states = [
            found for part in conjuncts(scene.parsed, child) for found in owner_known(scene, part) if found.country
        ]
        if len(states) > 1:
            return tuple(states)
    for child in kids(scene.parsed, index, "compound", "nmod"):
        inner = scene.mentions.at(scene.span(child))
        if inner is not None and inner.kind == "name" and inner.actor_kind == "organisation":
            return (inner,)
    return (mention,)


def _antecedent(parsed: Parsed, pronoun: int) -> int | None:
    """The noun that a relative pronoun stands for: what its clause hangs on."""
    for above in parsed.ancestors(pronoun):
        if parsed.tokens[above].dep == "relcl":
            return parsed.tokens[above].head
    return None


def objects_of(parsed: Parsed, index: int, prepositions: Iterable[str]) -> list[int]:
    """The nouns that these prepositions lead to from a word, in the prepositions' order."""
    wanted = list(prepositions)
    found: list[tuple[int, int]] = []
    for child in kids(parsed, index, "prep", "agent", "dative", "prt"):
        word = parsed.tokens[child].lower
        if word in wanted:
            found.extend((wanted.index(word), inner) for inner in kids(parsed, child, "pobj"))
    return [inner for _, inner in sorted(found)]


def actors_within(scene: Scene, head: int, prepositions: tuple[str, ...]) -> tuple[Mention, ...]:
    """The first mentions named inside a noun phrase, its head left out: owners and adjectives, then prepositions."""
    open_ = [(head, 0)]
    while open_:
        index, depth = open_.pop(0)
        for child in kids(scene.parsed, index, *INSIDE):
            found = () if _is_no_apposition(scene, index, child) else owner(scene, child)
            if found:
                return found
        if depth == DEEPEST:
            continue
        for inner in objects_of(scene.parsed, index, ("of", "by", "from", *prepositions)):
            found = actors_at(scene, inner) or place_actor(scene, inner)
            if found:
                return found
            open_.append((inner, depth + 1))
        inside = kids(scene.parsed, index, "appos", "compound")
        open_.extend((child, depth + 1) for child in inside if not _is_no_apposition(scene, index, child))
    return ()


def _is_no_apposition(scene: Scene, noun: int, child: int) -> bool:
    """Whether somebody was hung on a place as its other name: "since Mali attacked the city, envoy Ann Roe said"."""
    mention = scene.mentions.at(scene.span(child))
    is_somebody = mention is not None and mention.actor_kind in ("person", "role")
    return scene.token(child).dep == "appos" and is_somebody and scene.is_a("territory", noun)


def owner(scene: Scene, index: int) -> tuple[Mention, ...]:
    """The actor that a possessive, a noun before a noun or an adjective of nationality names."""
    found = actors_at(scene, index) if scene.token(index).pos != "ADJ" else ()
    mention = scene.mentions.at(scene.span(index))
    return found or ((mention,) if mention else ()) or place_actor(scene, index)


def place_actor(scene: Scene, index: int) -> tuple[Mention, ...]:
    """A place that stands for whoever governs it, as a mention of that state."""
    place = scene.place_at.get(index)
    if place is None or place.country is None:
        return ()
    event = label_at(scene.parsed, index) == "EVENT"  # "the Korean War"
    if place.kind == "demonym" and (event or scene.lemma(scene.token(index).head) in LANDS):
        return ()
    first = scene.token_at(place.span.start)
    at = index if first is None else first
    return (_mention(scene, at, place.span, place.span, "state", place.name, place.country, PLACE),)


def _made(scene: Scene, index: int) -> Mention:
    """A nominal mention for a head that no earlier stage took for an actor."""
    heads = [*kids(scene.parsed, index, *INSIDE), *objects_of(scene.parsed, index, ("from", "of", "in"))]
    country = next((found[0].country for head in heads if (found := owner_known(scene, head))), None)
    span = phrase_span(scene.parsed, index)
    words = scene.parsed.words(span)
    return _mention(scene, index, span, scene.span(index), "group", words, country, MADE)


def owner_known(scene: Scene, index: int) -> tuple[Mention, ...]:
    """As `owner`, from what earlier stages found alone."""
    mention = scene.mentions.at(scene.span(index))
    return (mention,) if mention else place_actor(scene, index)


def _mention(
    scene: Scene, index: int, span: Span, head: Span, kind: ActorKind, name: str, country: str | None, rule: str
) -> Mention:
    """A mention of a chain of its own, numbered by its token."""
    return Mention(
        id=make_id("me", scene.parsed.document, span.start, span.end),
        span=span,
        head=head,
        kind="nominal",
        actor_kind=kind,
        chain=scene.first_chain + index,
        name=" ".join(name.split()),
        rule=rule,
        country=country,
    )
