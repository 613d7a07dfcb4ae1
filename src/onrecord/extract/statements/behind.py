"""The source behind the one that a report names first, and who stands between: forms of quoting, citing and carrying.

Each form is read off the tree around one cue or source; what it gives is a source and those who pass its words on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from onrecord.extract.statements.attribution import Attribution, Passing, Source, spans_of, whole
from onrecord.extract.statements.outlets import is_outlet, without
from onrecord.extract.statements.sources import QUOTERS, noun_source
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

# verbs by which an outlet brings what somebody else wrote or said
CARRIERS = frozenset({"carry", "publish", "broadcast", "air", "print", "run", "release", "relay", "distribute", "post"})
CITING = frozenset({"citing", "quoting"})
ISSUED = frozenset({"by", "from"})  # "a statement by"
VENUES = frozenset({"with", "to", "on", "for", "in"})  # "in an interview with", "in a statement on"
Step = tuple[Source, list[Passing]]  # a source, and those who pass on what it says
OWN_WORD = frozenset({"amid", "amidst", "despite", "over"})  # "amid fears that"
MAX_STEPS = 4  # how many sources may stand behind one another in one phrase


def behind(parsed: Parsed, one: Attribution, speakers: Speakers, cues: Cues) -> Attribution:
    """The source behind the one named first, and who stands between."""
    if one.source is None or _is_said_of(parsed, one, one.source):
        quoted = _quoted_as(parsed, one) or _answering(parsed, one)
        return _told_by(parsed, one, *quoted) if quoted is not None else _without_source(parsed, one)
    source, relays = one.source, list(one.relays)
    step = _reported_as(parsed, one) or _quoted_as(parsed, one) or _cited_beside(parsed, one, source, cues, speakers)
    if step is not None:
        source, passed = step
        relays.extend(passed)
    for _ in range(MAX_STEPS):
        relays.extend(_brought_by(parsed, speakers, source.head))
        step = _cited_by(parsed, source, speakers) or _owner(parsed, source, speakers, cues)
        if step is None:
            break
        source, passed = step
        relays.extend(passed)
    if one.cue is not None and one.cue.verb is not None:
        relays.extend(_venues(parsed, one.cue.token, speakers))
        relays.extend(_carried_in(parsed, one.cue.token))
    return _told_by(parsed, one, source, relays)


def _is_said_of(parsed: Parsed, one: Attribution, source: Source) -> bool:
    """ "people said to be travelling": it is said of them, not by them."""
    if one.cue is None or one.direct:
        return False
    verb = parsed.tokens[one.cue.token]
    return verb.tag == "VBN" and verb.dep == "acl" and verb.head == source.head and bool(kids(parsed, verb.i, "xcomp"))


def _answering(parsed: Parsed, one: Attribution) -> Step | None:
    """ "they responded with assurances that": they, who else would only pass the assurances on."""
    if one.cue is None or one.cue.verb is not None:
        return None
    noun = parsed.tokens[one.cue.token]
    above = parsed.tokens[noun.head]
    verb = parsed.tokens[above.head] if noun.dep == "pobj" and above.lower in ("with", "in") else above
    for passing in one.relays:
        if passing.cue is not None and passing.cue.start <= verb.start < passing.cue.end:
            return passing.source, [other for other in one.relays if other is not passing]
    return None


def _without_source(parsed: Parsed, one: Attribution) -> Attribution:
    """An attribution of nobody's: "amid fears that" is the report's own word, whoever speaks around it."""
    if one.cue is None:
        return one
    own = any(parsed.tokens[above].lower in OWN_WORD for above in islice(parsed.ancestors(one.cue.token), 2))
    return replace(one, source=None, relays=() if own else one.relays)


def _told_by(parsed: Parsed, one: Attribution, source: Source, relays: Sequence[Passing]) -> Attribution:
    """An attribution with another source, which is no part of what is said, and its relays, each once."""
    first: dict[int, Passing] = {}
    for passing in relays:
        first.setdefault(passing.source.head, passing)
    first.pop(source.head, None)
    moved = one.source is None or one.source.head != source.head
    content = without(parsed, one.content, source.phrase) if moved else one.content
    if not content and one.cue is not None:
        content = spans_of(parsed, whole(parsed, *kids(parsed, one.cue.token, "ccomp")))
    return replace(one, content=content or one.content, source=source, relays=tuple(first.values()))


def _word(parsed: Parsed, index: int) -> Span:
    return parsed.span(index, index + 1)


def _brought_by(parsed: Parsed, speakers: Speakers, above: int, *deps: str) -> Iterator[Passing]:
    """ "an official quoted by", "a statement carried by": the agents of participles after a noun or verb."""
    for verb in kids(parsed, above, *(deps or ("acl", "relcl"))):
        token = parsed.tokens[verb]
        if token.lemma not in QUOTERS | CARRIERS or token.tag not in ("VBN", "VBD") or kids(parsed, verb, "nsubj"):
            continue
        for by in kids(parsed, verb, "agent", "prep"):
            for agent in kids(parsed, by, "pobj"):
                lead = parsed.tokens[by].lower
                if lead == "by" or (lead in ("in", "on") and is_outlet(parsed, agent, speakers)):
                    yield Passing(noun_source(parsed, agent), _word(parsed, verb))


def _cited_by(parsed: Parsed, source: Source, speakers: Speakers) -> Step | None:
    """ "a Reuters report citing port workers": the workers, by Reuters."""
    for verb in kids(parsed, source.head, "acl", "relcl"):
        if parsed.tokens[verb].lower in CITING or _cites(parsed, verb):
            for noun in kids(parsed, verb, "dobj"):
                return noun_source(parsed, noun), [Passing(_issuer(parsed, source, speakers), _word(parsed, verb))]
    return None


def _cites(parsed: Parsed, verb: int) -> bool:
    """ "the paper, which cited …"."""
    return parsed.tokens[verb].lemma in QUOTERS and bool(kids(parsed, verb, "nsubj"))


def _issuer(parsed: Parsed, source: Source, speakers: Speakers) -> Source:
    """The outlet that a report names ("a Reuters report"), else the report as it stands."""
    for child in kids(parsed, source.head, "compound", "nmod", "poss", "amod"):
        if is_outlet(parsed, child, speakers):
            return Source(_word(parsed, child), child)
    return Source(_first_part(parsed, source), source.head)


def _first_part(parsed: Parsed, source: Source) -> Span:
    """A source phrase up to its first comma or participle."""
    for index in range(source.head + 1, len(parsed.tokens)):
        token = parsed.tokens[index]
        if token.start >= source.phrase.end:
            break
        if token.text == "," or token.lower in CITING:
            return Span(source.phrase.start, parsed.tokens[index - 1].end)
    return source.phrase


def _owner(parsed: Parsed, source: Source, speakers: Speakers, cues: Cues) -> Step | None:
    """ "the ministry's statement", "a statement by the ministry": the ministry, for texts that somebody issued."""
    if cues.sources.get(parsed.tokens[source.head].lemma.lower()) != "text" or speakers.is_name(source.head):
        return None
    for child in kids(parsed, source.head, "poss"):
        if speakers.known(child) is not None and not is_outlet(parsed, source.head, speakers):
            return noun_source(parsed, child), []
    for prep in kids(parsed, source.head, "prep"):
        if parsed.tokens[prep].lower in ISSUED:
            for noun in kids(parsed, prep, "pobj"):
                if speakers.known(noun) is not None:
                    return noun_source(parsed, noun), []
    return None


def _venues(parsed: Parsed, verb: int, speakers: Speakers) -> Iterator[Passing]:
    """ "said in a statement carried by", "in an interview with", "said, quoted by": the outlets that brought it."""
    yield from _brought_by(parsed, speakers, verb, "advcl", "dep")
    for prep in kids(parsed, verb, "prep"):
        for text in kids(parsed, prep, "pobj") if parsed.tokens[prep].lower == "in" else []:
            yield from _brought_by(parsed, speakers, text)
            for inner in kids(parsed, text, "prep"):
                for noun in kids(parsed, inner, "pobj") if parsed.tokens[inner].lower in VENUES else []:
                    if is_outlet(parsed, noun, speakers):
                        yield Passing(noun_source(parsed, noun), _word(parsed, text))


def _carried_in(parsed: Parsed, verb: int) -> Iterator[Passing]:
    """ "the agency carried a statement in which the embassy said": the agency."""
    token = parsed.tokens[verb]
    text = parsed.tokens[token.head]
    if token.dep == "relcl" and text.dep == "dobj" and parsed.tokens[text.head].lemma in CARRIERS:
        for subject in kids(parsed, text.head, "nsubj"):
            yield Passing(noun_source(parsed, subject), _word(parsed, text.head))


def _reported_as(parsed: Parsed, one: Attribution) -> Step | None:
    """ "he was reported by the paper to have said": he, by the paper."""
    if one.cue is None or one.cue.verb is None or one.source is None:
        return None
    verb = one.cue.token
    infinitives = [
        clause for clause in kids(parsed, verb, "xcomp") if parsed.tokens[clause].lemma in ("say", "tell", "state")
    ]
    subjects = kids(parsed, verb, "nsubjpass")
    if infinitives and subjects and kids(parsed, verb, "agent"):
        return noun_source(parsed, subjects[-1]), [Passing(one.source, one.cue.span)]
    return None


def _quoted_as(parsed: Parsed, one: Attribution) -> Step | None:
    """ "the agency quoted him as saying", "he was quoted as saying by the agency": he, by the agency."""
    if one.cue is None:
        return None
    quoter = _quoter(parsed, one.cue.token)
    if quoter is None:
        return None
    agents = [
        noun
        for verb in (quoter, *_below(parsed, quoter))
        for by in kids(parsed, verb, "agent", "prep")
        if parsed.tokens[by].lower == "by"
        for noun in kids(parsed, by, "pobj")
    ]
    passive = kids(parsed, quoter, "nsubjpass")
    quoted, outlets = (passive, agents) if passive else (kids(parsed, quoter, "dobj"), kids(parsed, quoter, "nsubj"))
    if not quoted or (one.source is not None and not passive and not outlets):
        return None
    cue = _word(parsed, quoter)
    return noun_source(parsed, quoted[-1]), [Passing(noun_source(parsed, outlet), cue) for outlet in outlets[-1:]]


def as_said(parsed: Parsed, one: Attribution, cues: Cues) -> Attribution:
    """A verb of quoting with the kind of the verb of saying that it leads to."""
    if one.cue is None or parsed.tokens[one.cue.token].lemma not in QUOTERS:
        return one
    for below in _below(parsed, one.cue.token):
        entry = cues.verbs.get(parsed.tokens[below].lemma)
        if entry is not None:
            use = replace(one.cue, kind=entry.kind, register=entry.register, verb=entry)
            said = tuple(span for span in one.content if not span.contains(_word(parsed, below)))
            return replace(one, content=said or one.content, cue=use, kind=entry.kind)
    return one


def _quoter(parsed: Parsed, cue: int) -> int | None:
    """The verb of quoting that leads to a verb of saying by "as", where a cue is one of the two."""
    token = parsed.tokens[cue]
    if token.lemma in QUOTERS and list(_below(parsed, cue)):
        return cue
    above = parsed.tokens[parsed.tokens[token.head].head]
    return above.i if token.dep == "pcomp" and above.lemma in QUOTERS else None


def _below(parsed: Parsed, quoter: int) -> Iterator[int]:
    for preposition in kids(parsed, quoter, "prep"):
        if parsed.tokens[preposition].lower == "as":
            yield from kids(parsed, preposition, "pcomp")


def _cited_beside(parsed: Parsed, one: Attribution, source: Source, cues: Cues, speakers: Speakers) -> Step | None:
    """ "the paper reported, citing two officials": the officials, by the paper."""
    if one.cue is None:
        return None
    for verb in kids(parsed, one.cue.token, "advcl", "prep", "dep", "acl"):
        if parsed.tokens[verb].lower in CITING:
            for noun in kids(parsed, verb, "dobj", "pobj"):
                named = speakers.known(noun) is not None or parsed.tokens[noun].lemma.lower() in cues.sources
                if named and noun != source.head:
                    return noun_source(parsed, noun), [Passing(source, one.cue.span)]
    return None
