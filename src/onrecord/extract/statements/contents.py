"""What a verb cue says, thinks or wants, by the tree: clauses, infinitives, objects and the phrases that go with them.

Forms are tried in a fixed order; the first that the cue's entry allows wins. A cue without a form left gives nothing.
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import Content, CueUse
from onrecord.extract.statements.clauses import around, clause_of, fronted, infinitive, under_noun
from onrecord.extract.statements.objects import object_phrase, passive, prepositional, relative
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import QUOTERS, is_passive
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import VerbCue
from onrecord.model.parsed import Parsed


def find_content(marked: Marked, use: CueUse, cues: frozenset[int]) -> Content | None:
    """The content of a verb cue, or None; `cues` are the tokens of all verb cues."""
    parsed = marked.parsed
    if use.verb is None or (use.verb.word in QUOTERS and _quotes_somebody(parsed, use.token)):
        return None
    if is_passive(parsed, use.token):
        return passive(parsed, use.token, use.verb)
    hearer = _hearer(parsed, use.token, use.verb)
    return (
        clause_of(marked, use.token, use.verb, hearer, cues)
        or fronted(parsed, use.token, use.verb)
        or infinitive(parsed, use.token, use.verb, hearer)
        or object_phrase(marked, use.token, use.verb)
        or prepositional(parsed, use.token, use.verb, hearer)
        or under_noun(parsed, use.token, use.verb, hearer)
        or relative(parsed, use.token, use.verb)
        or around(parsed, use.token, use.verb, hearer, cues)
    )


def _quotes_somebody(parsed: Parsed, verb: int) -> bool:
    """Whether a verb of quoting leads to a verb of saying ("quoted him as saying"), which is the cue then."""
    return any(parsed.tokens[child].lower == "as" for child in kids(parsed, verb, "prep"))


def _hearer(parsed: Parsed, verb: int, entry: VerbCue) -> int | None:
    """The one spoken to: a plain or dative object, or "to" somebody."""
    if entry.hearer:
        for child in kids(parsed, verb, "dative", "dobj"):
            if parsed.tokens[child].pos in ("NOUN", "PROPN", "PRON") and parsed.tokens[child].i > verb:
                return child
    for child in kids(parsed, verb, "prep", "dative"):
        if parsed.tokens[child].lower == "to" and "to" not in entry.prepositions:
            for noun in kids(parsed, child, "pobj"):
                return noun
    return None
