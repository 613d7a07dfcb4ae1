"""Contents that are clauses: what is said, what is to be done, and the clause that a cue is put into.

The tree hangs some things too low; what goes with the cue's own verb is taken out again.
"""

from __future__ import annotations

from typing import Literal

from onrecord.extract.statements.attribution import Content, whole
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Frame, VerbCue
from onrecord.model.parsed import Parsed

ASIDES = frozenset({"parataxis", "ccomp", "advcl", "dep"})
ASIDE_LEADS = frozenset({"as", "also", "later", "then", "once", "now"})
HEARSAY = frozenset({"reportedly", "allegedly", "apparently"})  # the report's own hedges

# which frames of an entry let a clause of a kind in: quotations break up into clauses of any
CLAUSE_FRAMES: dict[Literal["to", "that", "small"], frozenset[Frame]] = {
    "to": frozenset({"name", "to", "that"}),
    "that": frozenset({"that", "quote"}),
    "small": frozenset({"small", "that", "quote", "object"}),
}


def clause_of(marked: Marked, verb: int, entry: VerbCue, hearer: int | None, cues: frozenset[int]) -> Content | None:
    """A finite clause, a person and what that one is to do, or what something is called; one after the verb first."""
    parsed = marked.parsed
    children = sorted(kids(parsed, verb, "ccomp"), key=lambda child: (child < verb, child))
    for child in children:
        if CLAUSE_FRAMES[clause_frame(parsed, child)] & entry.frames:
            if "that" not in entry.frames and not _is_quoted(marked, child, entry):
                continue
            tokens = whole(parsed, child) - that_mark(parsed, child) - _stray(parsed, verb, child, cues)
            return Content(_cut(parsed, verb, tokens), (child,), hearer)
    return None


def fronted(parsed: Parsed, verb: int, entry: VerbCue) -> Content | None:
    """Words without a verb before a cue and its subject, as headlines have them: "Missile launch, says Seoul"."""
    subjects = kids(parsed, verb, "nsubj")
    if (
        "that" in entry.frames
        and len(subjects) > 1
        and subjects[0] < verb < subjects[-1]
        and _is_comma(parsed, verb - 1)
    ):
        return Content(whole(parsed, subjects[0]), (subjects[0],))
    return None


def _is_quoted(marked: Marked, clause: int, entry: VerbCue) -> bool:
    """Whether a clause has quoted words in it, where the cue takes clauses only as quotations."""
    if entry.frames - {"quote"}:
        return True
    return any(marked.inside[index] is not None for index in marked.parsed.subtree(clause))


def _cut(parsed: Parsed, verb: int, tokens: frozenset[int]) -> frozenset[int]:
    """A clause before its verb begins after the last semicolon between them."""
    marks = [index for index in tokens if index < verb and parsed.tokens[index].text == ";"]
    return frozenset(index for index in tokens if index > max(marks)) if marks and max(tokens) < verb else tokens


def _stray(parsed: Parsed, verb: int, clause: int, cues: frozenset[int]) -> frozenset[int]:
    """What the tree hung on a clause though it goes with the verb: "said it would wait but pledged …"."""
    stray: set[int] = set()
    past = parsed.tokens[verb].tag == "VBD"
    modal = any(parsed.tokens[aux].tag == "MD" for aux in kids(parsed, clause, "aux"))
    for child in kids(parsed, clause, "conj"):
        token = parsed.tokens[child]
        alone = not kids(parsed, child, "nsubj", "nsubjpass", "aux", "auxpass")
        hedged = any(parsed.tokens[adverb].lower in HEARSAY for adverb in kids(parsed, child, "advmod"))
        if alone and (hedged or (past and modal and token.tag == "VBD" and child in cues)):
            stray.update(parsed.subtree(child), kids(parsed, clause, "cc"))
    for child in parsed.subtree(clause):
        if parsed.tokens[child].dep != "advcl":
            continue
        marks = {parsed.tokens[mark].lower for mark in kids(parsed, child, "mark")}
        if marks & {"as", "while"} and child in cues and child > verb and kids(parsed, child, "nsubj"):
            stray.update(parsed.subtree(child))
    return frozenset(stray)


def clause_frame(parsed: Parsed, head: int) -> Literal["to", "that", "small"]:
    auxiliaries = kids(parsed, head, "aux", "auxpass")
    if any(parsed.tokens[aux].lower == "to" for aux in auxiliaries):
        return "to"
    return "that" if parsed.tokens[head].pos in ("VERB", "AUX") else "small"


def that_mark(parsed: Parsed, head: int) -> frozenset[int]:
    """The conjunction "that" before a clause, which is no part of what is said."""
    marks = (mark for mark in kids(parsed, head, "mark") if parsed.tokens[mark].lower == "that")
    return frozenset(marks)


def infinitive(parsed: Parsed, verb: int, entry: VerbCue, hearer: int | None) -> Content | None:
    """What the subject, or the one asked, is to do; or what the subject denies or suggests doing."""
    for child in kids(parsed, verb, "xcomp"):
        frame = clause_frame(parsed, child)
        if frame == "to":
            objects = [o for o in kids(parsed, verb, "dobj") if verb < o < child]
            if objects and "name" in entry.frames:
                return Content(whole(parsed, objects[0], child), (child,), objects[0])
            if "to" in entry.frames and not objects:
                return Content(whole(parsed, child) - _other_form(parsed, child), (child,), hearer)
        elif parsed.tokens[child].tag == "VBG" and {"ing", "object"} & entry.frames:
            return Content(whole(parsed, child), (child,), hearer)
        elif "small" in entry.frames:
            objects = kids(parsed, verb, "dobj")
            return Content(whole(parsed, *objects, child), (child,))
    return None


def _other_form(parsed: Parsed, infinitive: int) -> frozenset[int]:
    """Participles and finite verbs coordinated with an infinitive, which go with the verb above it."""
    others = [c for c in kids(parsed, infinitive, "conj") if parsed.tokens[c].tag in ("VBG", "VBD", "VBZ")]
    return whole(parsed, *others) | frozenset(kids(parsed, infinitive, "cc") if others else ())


def under_noun(parsed: Parsed, verb: int, entry: VerbCue, hearer: int | None) -> Content | None:
    """A that-clause that the tree hung on a noun beside the verb: "said with certainty that …"."""
    if "that" not in entry.frames:
        return None
    for phrase in kids(parsed, verb, "prep"):
        nouns = kids(parsed, phrase, "pobj") if parsed.tokens[phrase].lower in ("with", "in") else []
        for clause in (c for noun in nouns for c in kids(parsed, noun, "acl", "relcl")):
            that = that_mark(parsed, clause)
            if clause > verb and that:
                return Content(whole(parsed, clause) - that, (clause,), hearer)
    return None


def around(parsed: Parsed, verb: int, entry: VerbCue, hearer: int | None, cues: frozenset[int]) -> Content | None:
    """The clause that a cue is put into or after: ", he said," or ", as the ministry said on Friday"."""
    token = parsed.tokens[verb]
    above = token.head
    if "that" not in entry.frames or above == verb or not kids(parsed, verb, "nsubj"):
        return None
    if token.dep not in ASIDES or parsed.tokens[above].pos not in ("VERB", "AUX"):
        return None
    if above in cues and token.dep == "ccomp":
        return None  # it is what that cue says
    leads = {parsed.tokens[lead].lower for lead in kids(parsed, verb, "mark", "advmod")}
    if leads - ASIDE_LEADS or (token.dep == "advcl" and "as" not in leads):
        return None
    aside = parsed.subtree(verb)
    if not (_is_comma(parsed, aside[0] - 1) or _is_comma(parsed, aside[0]) or _is_comma(parsed, aside[-1] + 1)):
        return None
    return Content(whole(parsed, above) - frozenset(aside), (above,), hearer)


def _is_comma(parsed: Parsed, index: int) -> bool:
    return 0 <= index < len(parsed.tokens) and parsed.tokens[index].text in (",", "—", "–", "--", "(")
