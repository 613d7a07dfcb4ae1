"""Who a cue's words belong to: its subject, its agent, the subject it shares, or the noun it hangs on.

Whoever only passes words on ("the agency quoted him as saying") is told apart from the one whose words they are.
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import CueUse, Passing, Source
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

RELATIVE = frozenset({"who", "which", "that", "whom"})
SHARES = frozenset(
    {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "parataxis", "acl", "oprd", "pobj", "dobj"}
)
QUOTERS = frozenset({"quote", "cite"})  # "the agency quoted him as saying": the words are his
PASSES_ON = frozenset({"say", "report", "claim", "confirm"})
STOPS = frozenset({"relcl"})
NEARBY = 8  # tokens from a verb to a subject that the tree missed
MAX_CLIMB = 6  # steps up from a participle to the verb whose subject it shares


def find_source_and_relay(parsed: Parsed, use: CueUse, cues: Cues) -> tuple[Source | None, Passing | None]:
    """Whose words they are, and who passed them on: "the agency quoted him as saying", "the paper said, citing …"."""
    source = find_source(parsed, use.token, cues)
    quoter = _quoter(parsed, use.token)
    if quoter is not None:
        if is_passive(parsed, quoter):
            named = _agent(parsed, quoter) or _agent(parsed, use.token)
        else:
            named = _active_subject(parsed, quoter)
        return source, Passing(named, parsed.span(quoter, quoter + 1)) if named else None
    cited = _cited(parsed, use.token, cues) if use.kind in PASSES_ON else None
    if cited is not None and source is not None:
        return cited, Passing(source, use.span)
    return source, None


def _quoter(parsed: Parsed, verb: int) -> int | None:
    """The verb of quoting that a verb of saying hangs on by "as"."""
    token = parsed.tokens[verb]
    if token.dep != "pcomp" or parsed.tokens[token.head].lower != "as":
        return None
    above = parsed.tokens[parsed.tokens[token.head].head]
    return above.i if above.lemma in QUOTERS else None


def _active_subject(parsed: Parsed, verb: int) -> Source | None:
    for subject in kids(parsed, verb, "nsubj"):
        return _of_subject(parsed, verb, subject)
    return None


def _cited(parsed: Parsed, verb: int, cues: Cues) -> Source | None:
    """The source that a report names in a participle beside its verb."""
    for child in kids(parsed, verb, "advcl", "prep", "dep"):
        if parsed.tokens[child].lower in ("citing", "quoting"):
            for noun in kids(parsed, child, "dobj", "pobj"):
                if parsed.tokens[noun].lemma.lower() in cues.sources:
                    return noun_source(parsed, noun)
    return None


def find_source(parsed: Parsed, verb: int, cues: Cues) -> Source | None:
    """The source of a verb cue; None where nobody is named."""
    if is_passive(parsed, verb):
        return _agent(parsed, verb)
    own = [s for s in kids(parsed, verb, "nsubj") if parsed.tokens[s].lower != "you"]
    if own:
        return _of_subject(parsed, verb, own[-1])
    return _shared(parsed, verb, cues)


def is_passive(parsed: Parsed, verb: int) -> bool:
    """Whether a verb is passive: by its auxiliary, or as a participle after a noun with an agent."""
    if kids(parsed, verb, "auxpass", "nsubjpass"):
        return True
    token = parsed.tokens[verb]
    return token.tag == "VBN" and not kids(parsed, verb, "aux", "nsubj") and token.dep in ("acl", "advcl", "relcl")


def noun_source(parsed: Parsed, head: int) -> Source:
    """A noun as a source, with its whole phrase up to the first gap."""
    tokens = parsed.subtree(head)
    while len(tokens) > 1 and parsed.tokens[tokens[-1]].pos in ("PUNCT", "SPACE"):
        tokens.pop()
    while len(tokens) > 1 and parsed.tokens[tokens[0]].pos in ("PUNCT", "SPACE"):
        tokens.pop(0)
    last = tokens[0]
    for index in tokens[1:]:
        if index != last + 1:
            break
        last = index
    return Source(parsed.span(min(tokens[0], head), max(last, head) + 1), head)


def nearby_source(marked: Marked, verb: int) -> Source | None:
    """The nearest name, noun or pronoun outside quotations beside a verb whose subject the tree lost in a quotation."""
    parsed = marked.parsed
    for step in (1, -1):
        index = verb + step
        while 0 <= index < len(parsed.tokens) and abs(index - verb) <= NEARBY and marked.inside[index] is None:
            token = parsed.tokens[index]
            if token.text in (".", "?", "!", ":", ";", ",") or token.pos in ("VERB", "ADP", "SCONJ"):
                break
            if token.pos in ("NOUN", "PROPN", "PRON"):
                head = _top_of_phrase(parsed, index)
                return noun_source(parsed, head) if marked.inside[head] is None else Source(_own(parsed, index), index)
            index += step
    return None


def _own(parsed: Parsed, index: int) -> Span:
    return parsed.span(index, index + 1)


def _top_of_phrase(parsed: Parsed, index: int) -> int:
    """The head of the noun phrase that a word belongs to."""
    while (
        parsed.tokens[index].dep in ("compound", "poss", "amod", "nmod", "det") and parsed.tokens[index].head != index
    ):
        index = parsed.tokens[index].head
    return index


def _agent(parsed: Parsed, verb: int) -> Source | None:
    for by in kids(parsed, verb, "agent", "prep"):
        if parsed.tokens[by].lower == "by":
            for noun in kids(parsed, by, "pobj"):
                return noun_source(parsed, noun)
    return None


def _of_subject(parsed: Parsed, verb: int, subject: int) -> Source:
    """A subject as a source; a relative pronoun stands for the noun before it."""
    token = parsed.tokens[subject]
    if token.lower in RELATIVE and parsed.tokens[verb].dep == "relcl":
        return Source(parsed.span(subject, subject + 1), parsed.tokens[verb].head)
    return noun_source(parsed, subject)


def _shared(parsed: Parsed, verb: int, cues: Cues) -> Source | None:
    """The subject of the verb above, for participles, infinitives and coordinated verbs without one of their own."""
    index = verb
    for _ in range(MAX_CLIMB):
        token = parsed.tokens[index]
        if token.head == index or token.dep not in SHARES:
            return None
        above = parsed.tokens[token.head]
        if token.dep == "acl" and above.pos in ("NOUN", "PROPN", "PRON"):
            found = _of_noun_with_participle(parsed, above.i, cues)
            if found is not None:
                return found
        index = above.i
        if above.pos not in ("VERB", "AUX"):
            continue
        quoted = kids(parsed, index, "dobj") if above.lemma in QUOTERS else []
        if quoted and quoted[0] < verb:
            return noun_source(parsed, quoted[0])
        subjects = kids(parsed, index, "nsubj", "nsubjpass")
        if subjects:
            return _of_subject(parsed, index, subjects[-1])
        if above.dep in STOPS:
            return noun_source(parsed, above.head)
    return None


def _of_noun_with_participle(parsed: Parsed, noun: int, cues: Cues) -> Source | None:
    """ "officials saying": the noun, if it can speak; "issued a statement saying": whoever issued it; else None."""
    token = parsed.tokens[noun]
    kind = cues.sources.get(token.lemma.lower())
    if token.dep == "dobj" and kind != "people" and token.pos == "NOUN":
        subjects = kids(parsed, token.head, "nsubj")
        if subjects:
            return _of_subject(parsed, token.head, subjects[-1])
    return noun_source(parsed, noun) if kind is not None or token.pos != "NOUN" else None
