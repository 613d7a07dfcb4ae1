"""Sources in a phrase of their own: "according to two officials", "in the words of the envoy".

Set off by a comma, such a phrase speaks of its whole sentence, else of the clause it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.statements.attribution import Attribution, CueUse, spans_of
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import noun_source
from onrecord.lexicon.cues import Cues
from onrecord.model.claims import CueKind
from onrecord.model.parsed import Parsed

CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis", "conj"})


def find_according(marked: Marked, cues: Cues) -> Iterator[Attribution]:
    """Every source phrase outside quotations, with the clause it hangs on as its content."""
    parsed = marked.parsed
    longest = max((len(phrase) for phrase in cues.prepositions), default=0)
    starts = {phrase[0] for phrase in cues.prepositions}
    for token in parsed.tokens:
        if token.lower not in starts or marked.inside[token.i] is not None:
            continue
        phrase = _phrase_at(parsed, token.i, longest, cues)
        if phrase is not None:
            found = _attribution(parsed, token.i, *phrase)
            if found is not None:
                yield found


def _phrase_at(parsed: Parsed, first: int, longest: int, cues: Cues) -> tuple[int, CueKind] | None:
    """The longest source phrase that begins at a token: the token after it, and its kind."""
    words = tuple(token.lower for token in parsed.tokens[first : first + longest])
    for length in range(len(words), 0, -1):
        kind = cues.prepositions.get(words[:length])
        if kind is not None:
            return first + length, kind
    return None


def _attribution(parsed: Parsed, first: int, after: int, kind: CueKind) -> Attribution | None:
    last = parsed.tokens[after - 1]
    named = [
        child for child in parsed.children[last.i] if parsed.tokens[child].dep in ("pobj", "pcomp") and child >= after
    ]
    if not named or (last.lower == "per" and parsed.tokens[named[0]].pos != "PROPN"):
        return None
    outside = set(range(first, after)) | set(parsed.subtree(named[0])) | set(parsed.subtree(first))
    clause = _clause_above(parsed, first)
    content = {index for index in parsed.subtree(clause) if index not in outside}
    spans = spans_of(parsed, content)
    if not spans:
        return None
    use = CueUse(first, parsed.span(first, after), kind, is_phrase=True)
    return Attribution(spans, use, noun_source(parsed, named[0]), kind, heads=(clause,))


def _clause_above(parsed: Parsed, index: int) -> int:
    """The head of the clause that a phrase belongs to; the sentence's root where it opens the sentence."""
    sentence = parsed.sentences[parsed.tokens[index].sentence]
    clause = index
    for clause in parsed.ancestors(index):
        token = parsed.tokens[clause]
        is_aside = index - sentence.first <= 1 or parsed.tokens[index - 1].text == ","
        if token.dep in CLAUSES and token.pos in ("VERB", "AUX") and not is_aside:
            break
    return clause
