"""Speech by a verb that no lexicon has, known by its form alone.

Two forms are plain enough: a clause that ends in a colon before a quotation ("she gave the mayor a warning: “…"), and
a verb with its subject right after words that end on a comma inside the marks ("“Never,” an angry premier shot back").
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import CueUse
from onrecord.extract.statements.cues import verb_group
from onrecord.extract.statements.quotes import Marked, Quote
from onrecord.extract.syntax import kids, label_at
from onrecord.lexicon.cues import Cues
from onrecord.model.claims import CueKind
from onrecord.model.parsed import Parsed, Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})
REACH = 8  # tokens after a quotation among which its verb and subject stand
LEAD = 40  # tokens before a colon in which its clause begins
MIN_WORDS = 4  # of a quotation led in by a colon; fewer may be a name or a slogan
MARKS = "“”„‟\"«»‘’‚'` "
KIND: CueKind = "say"


def find_unlisted(marked: Marked, quote: Quote, cues: Cues) -> CueUse | None:
    """The verb that governs a quotation by its place, though it is no known cue."""
    found = _before_colon(marked, quote, cues)
    return found if found is not None else _after_comma(marked, quote, cues)


def _before_colon(marked: Marked, quote: Quote, cues: Cues) -> CueUse | None:
    """The main verb of the clause that ends in a colon right before the quotation, be it in the paragraph above."""
    parsed, colon = marked.parsed, quote.first - 1
    while colon > 0 and parsed.tokens[colon].text.isspace():
        colon -= 1
    if colon < 2 or quote.words < MIN_WORDS or parsed.tokens[colon].text != ":":
        return None
    first = max(parsed.sentences[parsed.tokens[colon].sentence].first, colon - LEAD)
    verbs = [token for token in parsed.tokens[first:colon] if token.pos == "VERB" and marked.inside[token.i] is None]
    main = [token for token in verbs if token.tag in FINITE and token.dep not in ("relcl", "acl", "advcl", "amod")]
    if not main or any(not _is_said(marked, verb, cues) for verb in main[-1:]):
        return None
    return _use(parsed, main[-1], cues)


def _after_comma(marked: Marked, quote: Quote, cues: Cues) -> CueUse | None:
    """The finite verb next to its subject after words that end on a comma."""
    parsed, tokens = marked.parsed, marked.parsed.tokens
    inner = parsed.words(quote.spans[-1])
    if not quote.closed or inner.rstrip(MARKS)[-1:] not in (",", "?", "!") or inner[-1:].isalnum():
        return None
    begins = quote.first == 0 or tokens[quote.first - 1].sentence != tokens[quote.first].sentence
    if not begins and tokens[quote.first - 1].text not in ".?!":
        return None
    asks = inner.rstrip(MARKS)[-1] != ","
    for token in tokens[quote.last : quote.last + REACH]:
        if marked.inside[token.i] is not None or token.text in ",.;:?!—–" or token.dep == "mark":
            return None
        if token.tag in FINITE and token.pos in ("VERB", "AUX"):
            said = token.pos == "VERB" and _is_said(marked, token, cues)
            short = token.i + 1 < len(tokens) and tokens[token.i + 1].text in ".,"
            return _use(parsed, token, cues) if said and (short or not asks) else None
    return None


def _is_said(marked: Marked, verb: Token, cues: Cues) -> bool:
    """Whether somebody who can speak is the verb's subject."""
    tokens = marked.parsed.tokens
    for child in kids(marked.parsed, verb.i, "nsubj"):
        subject = tokens[child]
        named = label_at(marked.parsed, child) in ("PERSON", "ORG", "GPE", "NORP")
        if marked.inside[child] is None and (
            named or subject.lower in ("he", "she", "they") or subject.lemma.lower() in cues.sources
        ):
            return True
    return False


def _use(parsed: Parsed, verb: Token, cues: Cues) -> CueUse:
    entry = cues.verbs.get(verb.lemma.lower())
    return CueUse(verb.i, verb_group(parsed, verb.i), entry.kind if entry else KIND)
