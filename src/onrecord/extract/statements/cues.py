"""Cues in the text: which words attribute something, and all the words each is made of.

What stands inside a quotation is the speaker's, so no cue of the report's own is looked for there.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.statements.attribution import CueUse
from onrecord.extract.statements.quotes import Marked
from onrecord.lexicon.cues import Cues, VerbCue
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

GROUP = frozenset({"aux", "auxpass", "neg"})
ADJECTIVAL = frozenset({"amod", "compound", "nmod"})  # "the reported attack" attributes nothing by itself
PARTICLE_REACH = 3  # tokens between a verb and its particle: "pointed that out", "made it clear"


def find_verb_cues(marked: Marked, cues: Cues) -> Iterator[CueUse]:
    """Every verb cue outside quotations, in order."""
    parsed = marked.parsed
    for token in parsed.tokens:
        if marked.inside[token.i] is not None or token.dep in ADJECTIVAL or token.pos not in ("VERB", "AUX"):
            continue
        entry, particle = _entry(parsed, token, cues)
        if entry is not None:
            yield CueUse(token.i, verb_group(parsed, token.i, particle), entry.kind, entry.register, entry)


def _entry(parsed: Parsed, verb: Token, cues: Cues) -> tuple[VerbCue | None, int | None]:
    """The entry of a verb, with its particle where one stands by it."""
    for index in range(verb.i + 1, min(verb.i + 1 + PARTICLE_REACH, len(parsed.tokens))):
        particle = parsed.tokens[index]
        if particle.head == verb.i and particle.dep != "dobj":
            entry = cues.verbs.get(f"{verb.lemma.lower()} {particle.lower}")
            if entry is not None:
                return entry, index
    return cues.verbs.get(verb.lemma.lower()), None


def verb_group(parsed: Parsed, verb: int, particle: int | None = None) -> Span:
    """A verb with its auxiliaries, negation and the adverbs among them ("has also said")."""
    first = verb
    while first > 0:
        before = parsed.tokens[first - 1]
        is_adverb = before.dep == "advmod" and before.pos == "ADV" and not parsed.children[before.i]
        if before.head != verb or not (before.dep in GROUP or is_adverb):
            break
        first -= 1
    last = particle if particle is not None and particle == verb + 1 else verb
    return parsed.span(first, last + 1)
