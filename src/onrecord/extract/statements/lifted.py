"""Attributions as the trained tagger reads them, with all that the rules know of them.

The tagger says which words are cue, content and source; kind, hearer and relays stay the rules' business, and so do
attributions inside a content. A cue that no lexicon has counts as a sign: a statement only of those who can speak.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from onrecord.extract.statements.attribution import Attribution, CueUse, Source, spans_of
from onrecord.extract.statements.evidence import Evidence, gather, tokens_of
from onrecord.extract.statements.kinds import MOSTLY
from onrecord.extract.statements.odds import STATEMENT_ODDS, Facts, facts_of
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import RELATIVE
from onrecord.extract.statements.tagged import (
    BARS,
    Bars,
    Tagged,
    Taggers,
    cue_likelihoods,
    find_tagged,
    load_taggers,
    rule_of,
)
from onrecord.lexicon.cues import Cues
from onrecord.model.claims import CueKind
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.taggers.odds import load_odds, probability

LOOSE = " ,;:–—-"  # what a source's phrase does not end on
UNKNOWN_KIND: CueKind = "say"  # of cues that no lexicon has


def lift(marked: Marked, rules: Sequence[Attribution], cues: Cues) -> tuple[Attribution, ...]:
    """What the taggers find, built on the rules' attributions, and those of the rules inside its contents."""
    odds = load_odds(STATEMENT_ODDS)
    read = read_with(gather(marked, rules, cues), load_taggers(), BARS)
    return tuple(replace(one, probability=probability(odds, facts)) for one, facts in read)


def read_with(evidence: Evidence, taggers: Taggers, bars: Bars) -> list[tuple[Attribution, Facts]]:
    """The attributions that some taggers give, in the order of the text, with what speaks for and against each."""
    likely = cue_likelihoods(evidence, taggers.cues)
    built = [(reading, _attribution(evidence, reading)) for reading in find_tagged(evidence, taggers, likely, bars)]
    found = [(one, facts_of(evidence, one, reading)) for reading, one in built if one.content]
    heads = {one.cue.token for one, _ in found if one.cue is not None}
    held = frozenset(index for one, _ in found for index in tokens_of(evidence.marked, one.content))
    for one in evidence.rules:
        if one.cue is None or (one.cue.token in held and one.cue.token not in heads):
            found.append((one, facts_of(evidence, one, None)))
    return sorted(found, key=lambda pair: (pair[0].content[0].start, pair[0].content[-1].end, _cue_token(pair[0])))


def _cue_token(one: Attribution) -> int:
    return one.cue.token if one.cue else -1


def _attribution(evidence: Evidence, one: Tagged) -> Attribution:
    """A reading as an attribution; where the rules have one with the same content, only the source may differ."""
    parsed, base = evidence.parsed, rule_of(evidence, one)
    source = _source(parsed, one, base)
    named = frozenset(tokens_of(evidence.marked, (source.phrase,))) if source else frozenset()
    content = one.content - _conjunction(parsed, one.content) - named
    if base is not None and content == frozenset(tokens_of(evidence.marked, base.content)):
        return replace(base, cue=_cue_use(evidence, one, base, base.bare), source=source)
    direct = _is_quoted(evidence, content)
    heads = () if direct else tuple(_heads(parsed, content))
    bare = not direct and not any(parsed.tokens[head].pos in ("VERB", "AUX") for head in heads)
    use = _cue_use(evidence, one, base, bare)
    spans = tuple(_spans(parsed, content))
    if base is not None:
        return replace(base, content=spans, cue=use, source=source, heads=heads, direct=direct, bare=bare)
    return Attribution(spans, use, source, use.kind, heads=heads, direct=direct, bare=bare)


def _cue_use(evidence: Evidence, one: Tagged, base: Attribution | None, bare: bool) -> CueUse:
    """The cue with the rules' entry, the lexicon's, or none: then a sign, and with a mere noun ("watched the count") an
    act, which says nothing."""
    span = _run(evidence.parsed, one.words, one.cue)
    if base is not None and base.cue is not None:
        return replace(base.cue, span=span)
    cues = evidence.cues
    for index in (one.cue, *sorted(one.words)):
        verb = cues.verbs.get(evidence.lemma[index]) if evidence.parsed.tokens[index].pos == "VERB" else None
        if verb is not None:
            return CueUse(one.cue, span, verb.kind, verb.register, verb if index == one.cue else None)
        noun = cues.nouns.get(evidence.lemma[index]) or cues.adjectives.get(evidence.lower[index])
        if noun is not None:
            return CueUse(one.cue, span, noun.kind)
    return CueUse(one.cue, span, UNKNOWN_KIND, "act" if bare else "sign")


def _run(parsed: Parsed, words: Collection[int], middle: int) -> Span:
    """The unbroken stretch of some words around one of them."""
    first = last = middle
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return parsed.span(first, last + 1)


def _source(parsed: Parsed, one: Tagged, base: Attribution | None) -> Source | None:
    """The source's phrase, and the word that names it: the rules' where they have one in the same phrase, or alone."""
    if not one.source:
        return base.source if base is not None else None
    top = next(iter(_heads(parsed, one.source)), min(one.source))
    phrase = _trimmed(parsed, _run(parsed, one.source, top))
    if base is not None and base.source is not None and base.source.phrase.overlaps(phrase):
        return Source(phrase, base.source.head)
    clause = parsed.tokens[parsed.tokens[top].head]
    if parsed.tokens[top].lower in RELATIVE and clause.dep == "relcl":
        return Source(phrase, clause.head)
    return Source(phrase, top)


def _trimmed(parsed: Parsed, phrase: Span) -> Span:
    """A phrase without the commas and dashes at its end."""
    kept = len(parsed.words(phrase).rstrip(LOOSE))
    return Span(phrase.start, phrase.start + kept) if kept else phrase


def _conjunction(parsed: Parsed, content: Collection[int]) -> frozenset[int]:
    """The "that" which leads a content in and is no part of it."""
    first = min(content)
    token = parsed.tokens[first]
    return frozenset({first}) if token.lower == "that" and token.dep == "mark" and len(content) > 1 else frozenset()


def _heads(parsed: Parsed, words: Collection[int]) -> Iterator[int]:
    """The words of a stretch that hang on none of it, punctuation left out."""
    for index in sorted(words):
        token = parsed.tokens[index]
        if token.pos not in ("PUNCT", "SPACE") and (token.head == index or token.head not in words):
            yield index


def _is_quoted(evidence: Evidence, content: Collection[int]) -> bool:
    """Whether a content is words of a quotation and hardly any others."""
    words = [index for index in content if any(c.isalnum() for c in evidence.parsed.tokens[index].text)]
    quoted = sum(evidence.marked.inside[index] is not None for index in words)
    return bool(words) and quoted >= MOSTLY * len(words)


def _spans(parsed: Parsed, content: Collection[int]) -> Iterator[Span]:
    """A content as spans, one a stretch and paragraph."""
    paragraphs: dict[int, list[int]] = {}
    for index in sorted(content):
        paragraphs.setdefault(parsed.sentences[parsed.tokens[index].sentence].paragraph, []).append(index)
    for tokens in paragraphs.values():
        yield from spans_of(parsed, tokens)
