"""What kind of statement a cue makes where the tables alone cannot say: by what is refused, and by a rule for new cues.

Refusing a demand, an offer or a thing is `reject`; saying that something is not so is `deny`, whatever the verb. A cue
that no table has takes the kind of the first word in it that has one; else a question is `ask`, an infinitive `demand`,
and everything else `say`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.statements.attribution import Attribution, CueUse
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues, NominalCue, VerbCue
from onrecord.model.claims import CueKind
from onrecord.model.parsed import Parsed, Token

# kinds of the noun that is refused: something said to be so is denied, something wanted or put forward is rejected
ASSERTED: frozenset[CueKind] = frozenset({"say", "claim", "report", "accuse", "warn", "believe", "deny", "confirm"})
WANTED: frozenset[CueKind] = frozenset({"demand", "ask", "offer", "promise", "reject"})
CHARGES = frozenset({"charge", "narrative", "theory", "evidence", "figure", "involvement", "responsibility"})
GRANTED = frozenset(
    {
        "access", "asylum", "bail", "clearance", "concession", "deal", "entry", "extradition", "licence", "license",
        "motion", "passage", "permission", "permit", "plan", "recognition", "request", "stay", "terms", "truce", "visa",
    }
)  # fmt: skip
CLOSING = "”\"'’» "
MARKS = frozenset({":", "–", "—", "-", "―"})


def cue_kind_of(parsed: Parsed, one: Attribution, cues: Cues) -> CueKind:
    """The kind of an attribution, in its context."""
    if one.cue is None:
        return one.kind
    kind = one.kind if _is_known(parsed, one, cues) else _kind_of_new_cue(parsed, one, one.cue, cues)
    if kind == "ask" and is_infinitive(parsed, one):
        return "demand"  # "asked residents to leave"
    return _refused(parsed, one, kind, cues) if kind in ("reject", "deny") else kind


def is_infinitive(parsed: Parsed, one: Attribution) -> bool:
    """Whether what is said is something to do."""
    return any(parsed.tokens[aux].lower == "to" for head in one.heads for aux in kids(parsed, head, "aux"))


def has_entry(parsed: Parsed, one: Attribution, cues: Cues) -> bool:
    """Whether a table has a word of the cue, or it is a mark or a phrase of its own."""
    if one.cue is None or one.cue.verb is not None or one.cue.is_phrase:
        return True
    is_mark = parsed.tokens[one.cue.token].text in MARKS
    return is_mark or _first_entry(_words_of_cue(parsed, one.cue), cues) is not None


def _is_known(parsed: Parsed, one: Attribution, cues: Cues) -> bool:
    """Whether a table has the cue's own word, or it is a mark or a phrase of its own."""
    use = one.cue
    if use is None or use.verb is not None or use.is_phrase:
        return True
    token = parsed.tokens[use.token]
    return token.text in MARKS or token.lemma.lower() in cues.nouns or token.lower in cues.adjectives


def _kind_of_new_cue(parsed: Parsed, one: Attribution, use: CueUse, cues: Cues) -> CueKind:
    entry = _first_entry(_words_of_cue(parsed, use), cues)
    if entry is not None:
        return entry.kind
    if parsed.words(one.content[-1]).rstrip(CLOSING).endswith("?"):
        return "ask"
    return "demand" if is_infinitive(parsed, one) else "say"


def _first_entry(words: Sequence[Token], cues: Cues) -> VerbCue | NominalCue | None:
    """The entry of the first word that has one, nouns and adjectives before verbs."""
    for token in words:
        lemma = token.lemma.lower()
        entry = cues.nouns.get(lemma) or cues.adjectives.get(token.lower) or cues.verbs.get(lemma)
        if entry is not None:
            return entry
    return None


def _words_of_cue(parsed: Parsed, use: CueUse) -> Sequence[Token]:
    sentence = parsed.sentences[parsed.tokens[use.token].sentence]
    inside = parsed.tokens[sentence.first : sentence.last]
    return [token for token in inside if use.span.start <= token.start and token.end <= use.span.end]


def _refused(parsed: Parsed, one: Attribution, kind: CueKind, cues: Cues) -> CueKind:
    """Deny or reject, by the word at the head of what is refused; the table's kind where that says nothing."""
    for head in one.heads[:1]:
        token = parsed.tokens[head]
        lemma = token.lemma.lower()
        noun = cues.nouns.get(lemma)
        if token.pos not in ("NOUN", "PROPN"):
            says_so = any(parsed.tokens[mark].lower == "that" for mark in kids(parsed, head, "mark"))
            return "deny" if says_so else kind
        if lemma in GRANTED or token.lower == "talks" or (noun is not None and noun.kind in WANTED):
            return "reject"
        if lemma in CHARGES or (noun is not None and noun.kind in ASSERTED):
            return "deny"
    return kind
