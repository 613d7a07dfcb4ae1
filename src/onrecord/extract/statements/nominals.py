"""Attribution without a verb of saying: "its claim to be neutral", "voiced fears that …", "they are certain that …".

A noun needs an owner, an agent or somebody who voices it; only a that-clause speaks without one ("fears that …").
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.statements.attribution import Attribution, CueUse, Source, spans_of
from onrecord.extract.statements.cues import verb_group
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import find_source, noun_source
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues, NominalCue
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

UNSOURCED = frozenset({"that"})  # complements that say something even where nobody is named ("fears that …")


def find_noun_cues(marked: Marked, cues: Cues) -> Iterator[Attribution]:
    """Nouns that attribute, with their complement and whoever owns, makes or voices them."""
    parsed = marked.parsed
    for token in parsed.tokens:
        if token.pos != "NOUN" or marked.inside[token.i] is not None:
            continue
        entry = cues.nouns.get(token.lemma.lower())
        found = _complement(parsed, token.i, entry) if entry else None
        if entry is None or found is None:
            continue
        led_by, head = found
        if led_by == "to" and token.dep == "pobj" and token.i == token.head + 1:
            continue  # "in order to", "on track to": no order, no track
        source, span = _noun_owner(parsed, token, cues)
        if source is None and led_by not in UNSOURCED:
            continue
        use = CueUse(token.i, span, entry.kind)
        mark = {m for m in kids(parsed, head, "mark") if parsed.tokens[m].lower == "that"}
        content = spans_of(parsed, set(parsed.subtree(head)) - mark)
        yield Attribution(content, use, source, entry.kind, heads=(head,), bare=led_by not in ("that", "to"))


def _complement(parsed: Parsed, noun: int, entry: NominalCue) -> tuple[str, int] | None:
    """What leads the content of a noun in, and the content's head."""
    for child in parsed.children[noun]:
        token = parsed.tokens[child]
        if child < noun:
            continue
        if token.dep in ("acl", "relcl", "ccomp", "xcomp", "appos", "advcl"):
            words = {parsed.tokens[c].lower for c in kids(parsed, child, "mark", "aux")}
            for lead in ("that", "to"):
                if lead in words and lead in entry.complements:
                    return lead, child
        elif token.dep == "prep" and token.lower in entry.complements:
            inner = kids(parsed, child, "pobj", "pcomp")
            if inner:
                return token.lower, inner[0]
    return None


def _noun_owner(parsed: Parsed, noun: Token, cues: Cues) -> tuple[Source | None, Span]:
    """Who stands behind a cue noun, and the words of the cue ("voiced fears")."""
    own = parsed.span(noun.i, noun.i + 1)
    for child in kids(parsed, noun.i, "poss", "nsubj"):
        return noun_source(parsed, child), own
    above = parsed.tokens[noun.head]
    if noun.dep == "dobj" and above.lemma.lower() in cues.light_verbs:
        return find_source(parsed, above.i, cues), Span(verb_group(parsed, above.i).start, own.end)
    following = parsed.tokens[noun.i + 1] if noun.i + 1 < len(parsed.tokens) else noun
    for child in dict.fromkeys([*kids(parsed, noun.i, "prep"), following.i]):
        if parsed.tokens[child].lower in ("by", "from"):
            for inner in kids(parsed, child, "pobj"):
                return noun_source(parsed, inner), own
    for child in kids(parsed, noun.i, "amod", "compound", "nmod"):
        token = parsed.tokens[child]
        if token.text[:1].isupper() and (token.pos == "PROPN" or token.i != parsed.sentences[token.sentence].first):
            return noun_source(parsed, child), own
    return None, own


def find_adjective_cues(marked: Marked, cues: Cues) -> Iterator[Attribution]:
    """Adjectives said of somebody, with what that one is sure, afraid or angry of."""
    parsed = marked.parsed
    for token in parsed.tokens:
        entry = cues.adjectives.get(token.lower)
        if entry is None or marked.inside[token.i] is not None or token.dep in ("amod", "compound"):
            continue
        source, span = _bearer(parsed, token, cues)
        content = _adjective_content(parsed, token.i, entry)
        if source is None or content is None:
            continue
        mark = {m for m in kids(parsed, content, "mark") if parsed.tokens[m].lower == "that"}
        spans = spans_of(parsed, set(parsed.subtree(content)) - mark)
        yield Attribution(spans, CueUse(token.i, span, entry.kind, "thought"), source, entry.kind, heads=(content,))


def _bearer(parsed: Parsed, adjective: Token, cues: Cues) -> tuple[Source | None, Span]:
    """Of whom an adjective is said, and the words of the cue ("is confident")."""
    above = parsed.tokens[adjective.head]
    own = parsed.span(adjective.i, adjective.i + 1)
    if adjective.dep in ("acomp", "oprd", "xcomp", "ccomp") and above.pos in ("AUX", "VERB"):
        source = find_source(parsed, above.i, cues)
        if source is None or parsed.tokens[source.head].lower in ("it", "there", "that", "this"):
            return None, own
        near = 0 < adjective.i - above.i <= 3
        return source, Span(verb_group(parsed, above.i).start, own.end) if near else own
    return None, own


def _adjective_content(parsed: Parsed, adjective: int, entry: NominalCue) -> int | None:
    above = parsed.tokens[adjective].head
    for owner in (adjective, above):
        for child in kids(parsed, owner, "ccomp", "xcomp", "acl", "advcl"):
            if child <= adjective:
                continue
            words = {parsed.tokens[c].lower for c in kids(parsed, child, "mark", "aux")}
            if ("to" in words and "to" in entry.complements) or ("to" not in words and "that" in entry.complements):
                return child
    for child in kids(parsed, adjective, "prep"):
        if parsed.tokens[child].lower in entry.complements:
            for inner in kids(parsed, child, "pobj", "pcomp"):
                return inner
    return None
