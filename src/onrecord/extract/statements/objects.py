"""Contents that are noun phrases: what is denied, praised or called names, and what a passive cue is said of.

A bare noun phrase claims nothing that is true or false; phrases that go with it (as, for, of) are part of it.
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import Content, whole
from onrecord.extract.statements.clauses import clause_frame, that_mark
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import VerbCue
from onrecord.model.parsed import Parsed

RELATIVE_OBJECTS = frozenset({"which", "that", "what"})
EMPTY_OBJECTS = frozenset({"it", "so", "that", "this"})
REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself", "myself", "ourselves", "yourself"})
CONDITIONS = frozenset({"if", "unless", "should", "when"})


def object_phrase(marked: Marked, verb: int, entry: VerbCue) -> Content | None:
    """A noun phrase, with what it is called or what it is praised or blamed for."""
    parsed = marked.parsed
    objects = [o for o in kids(parsed, verb, "dobj") if o > verb][:1]
    extra = [*kids(parsed, verb, "oprd"), *_manner(parsed, verb, entry, objects)]
    if not objects or not {"object", "small"} & entry.frames:
        return None
    if not extra and ("object" not in entry.frames or _is_empty(parsed, objects[0], entry)):
        return _called(marked, verb, objects[0]) if "small" in entry.frames else None
    if entry.hearer and not _is_thing(parsed, objects[0]):
        return None
    heads = (*objects, *extra)
    return Content(whole(parsed, *heads), heads, bare=not extra)


def _is_empty(parsed: Parsed, noun: int, entry: VerbCue) -> bool:
    """Whether an object says nothing by itself: "found himself", "added this"."""
    word = parsed.tokens[noun].lower
    return word in REFLEXIVES or (word in EMPTY_OBJECTS and entry.kind in ("say", "report", "confirm"))


def _called(marked: Marked, verb: int, noun: int) -> Content | None:
    """An object and the quotation that names it, which the tree did not see: called the plan "childish"."""
    after = [index for index in marked.parsed.subtree(verb) if index >= marked.parsed.subtree(noun)[0]]
    if any(marked.inside[index] is not None for index in after):
        return Content(frozenset(after), (noun,))
    return None


def _is_thing(parsed: Parsed, noun: int) -> bool:
    """Whether an object is something said rather than somebody spoken to."""
    return parsed.tokens[noun].pos == "NOUN" and not parsed.tokens[noun].lower.endswith(("ers", "ors", "ists", "men"))


def _manner(parsed: Parsed, verb: int, entry: VerbCue, objects: list[int]) -> list[int]:
    """Phrases after the object that the entry allows ("as …", "for …", "of …")."""
    after = objects[0] if objects else verb
    allowed = entry.prepositions | {"as"}
    return [p for p in kids(parsed, verb, "prep") if p > after and parsed.tokens[p].lower in allowed]


def prepositional(parsed: Parsed, verb: int, entry: VerbCue, hearer: int | None) -> Content | None:
    """A phrase that one of the entry's prepositions leads in ("called for a truce", "warned of war")."""
    for child in kids(parsed, verb, "prep"):
        if parsed.tokens[child].lower in entry.prepositions and child > verb:
            inner = kids(parsed, child, "pobj", "pcomp")
            clauses = kids(parsed, verb, "xcomp", "ccomp", "advcl")
            heads = (*inner[:1], *(c for c in clauses if c > child and _belongs(parsed, c, entry)))
            if inner:
                return Content(whole(parsed, *heads), heads, hearer, bare=parsed.tokens[heads[0]].pos != "VERB")
    return None


def _belongs(parsed: Parsed, clause: int, entry: VerbCue) -> bool:
    """Whether a clause after a phrase is part of what is asked for, or the condition it stands under."""
    if entry.kind == "demand" and clause_frame(parsed, clause) == "to":
        return True
    return any(parsed.tokens[mark].lower in CONDITIONS for mark in kids(parsed, clause, "mark", "advmod"))


def relative(parsed: Parsed, verb: int, entry: VerbCue) -> Content | None:
    """The noun before a relative clause whose object is left out or is "which" ("claims Moscow denies")."""
    token = parsed.tokens[verb]
    if token.dep != "relcl" or "object" not in entry.frames:
        return None
    objects = kids(parsed, verb, "dobj")
    subjects = kids(parsed, verb, "nsubj")
    if objects and parsed.tokens[objects[0]].lower not in RELATIVE_OBJECTS:
        return None
    if not subjects or parsed.tokens[subjects[-1]].lower in RELATIVE_OBJECTS | {"who"}:
        return None
    return Content(whole(parsed, token.head) - whole(parsed, verb), (token.head,), bare=True)


def passive(parsed: Parsed, verb: int, entry: VerbCue) -> Content | None:
    """Passive cues: "is said to …", "was told that …", "is accused of …", "was condemned by …"."""
    subjects = kids(parsed, verb, "nsubjpass")
    token = parsed.tokens[verb]
    clauses = kids(parsed, verb, "ccomp")
    if clauses and {"that", "quote"} & entry.frames:
        hearer = subjects[0] if subjects and parsed.tokens[subjects[0]].lower != "it" else None
        return Content(whole(parsed, clauses[0]) - that_mark(parsed, clauses[0]), (clauses[0],), hearer)
    infinitives = [x for x in kids(parsed, verb, "xcomp") if x > verb]
    phrases = _manner(parsed, verb, entry, []) + [o for o in kids(parsed, verb, "oprd", "dobj") if o > verb]
    phrases += _after_agent(parsed, verb, entry)
    extra = infinitives[:1] or phrases
    topic = _topic(parsed, verb, subjects)
    named = any(parsed.tokens[by].dep == "agent" for by in parsed.children[verb])
    if extra and (not entry.hearer or infinitives):
        return Content(topic | whole(parsed, *extra), tuple(extra))
    if extra:
        return Content(whole(parsed, *extra), tuple(extra), subjects[0] if subjects else None)
    if named and topic and "object" in entry.frames:
        return Content(topic, (subjects[0] if subjects else token.head,), bare=True)
    return None


def _after_agent(parsed: Parsed, verb: int, entry: VerbCue) -> list[int]:
    """Phrases that the tree hung on the agent: "accused by the union of spying"."""
    agents = [noun for by in kids(parsed, verb, "agent") for noun in kids(parsed, by, "pobj")]
    return [p for noun in agents for p in kids(parsed, noun, "prep") if parsed.tokens[p].lower in entry.prepositions]


def _topic(parsed: Parsed, verb: int, subjects: list[int]) -> frozenset[int]:
    """What a passive verb is said of: its subject, or the noun it hangs on."""
    token = parsed.tokens[verb]
    if subjects:
        return whole(parsed, subjects[0])
    if token.dep in ("acl", "relcl") and parsed.tokens[token.head].pos in ("NOUN", "PROPN", "PRON"):
        return whole(parsed, token.head) - whole(parsed, verb)
    return frozenset()
