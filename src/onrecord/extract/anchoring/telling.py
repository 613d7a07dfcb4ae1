"""How a clause is told: in which tense and where in its sentence, as far as that tells news from background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.extract.syntax import auxiliaries, kids
from onrecord.model.parsed import Parsed

Tense = Literal["past", "perfect", "pluperfect", "present", "going on", "open"]
Place = Literal["main", "said", "beside"]

MODALS = "will 'll ’ll wo shall would could can ca may might should must ought 'd ’d"
OPEN = frozenset(MODALS.split())  # auxiliaries of what is to come or only possible
HAVE = frozenset({"has", "have", "'ve", "’ve"})
AM = frozenset({"is", "are", "am", "'re", "’re", "'m", "’m"})
WAS = frozenset({"was", "were", "did"})
DO = frozenset({"does", "do"})
# words that lead a clause or phrase told at another time than its verb, or as what the reader knows
MARKS = "after before since until till when whenever once where because if unless"
LEADS = frozenset(f"{MARKS} following despite".split())
ALONG = frozenset({"by", "in", "with", "without"})  # "by seizing" is told with its verb, "of seizing" lies before it
ASIDE = frozenset({"relcl", "acl", "appos", "nsubj", "nsubjpass", "csubj", "poss"})  # no part of what is told
STEPS = 12  # heads climbed: deeper trees are lists and run-on text


@dataclass(frozen=True, slots=True)
class Telling:
    """The tense of a clause (None where no verb over it has one), its place, the verbs that it is told by, and whether
    the one that has the tense is passive."""

    tense: Tense | None
    place: Place
    verbs: tuple[int, ...]
    passive: bool = False


def how_told(parsed: Parsed, verb: int) -> Telling:
    """How the clause of a verb is told; what has no tense of its own ("began shelling", "…, killing two") has that of
    the verb over it."""
    tense, verbs, at = tense_of(parsed, verb), [verb], verb
    place: Place = "main"
    aside = False
    for _ in range(STEPS):
        token = parsed.tokens[at]
        if token.head == at:
            break
        if token.dep in ASIDE or _led_aside(parsed, at):
            aside = True
            break
        place = "said" if token.dep == "ccomp" else place
        at = token.head
        if tense is None and parsed.tokens[at].pos in ("VERB", "AUX"):
            tense = tense_of(parsed, at)
            verbs.append(at)
    passive = bool(kids(parsed, verbs[-1], "auxpass"))
    return Telling(tense, "beside" if aside else place, tuple(verbs), passive)


def _led_aside(parsed: Parsed, at: int) -> bool:
    if parsed.tokens[at].dep in ("advcl", "ccomp", "conj"):
        return any(parsed.tokens[child].lower in LEADS for child in kids(parsed, at, "mark", "advmod") if child < at)
    if parsed.tokens[at].dep == "pcomp":
        return parsed.tokens[parsed.tokens[at].head].lower not in ALONG
    return parsed.tokens[at].dep == "prep" and parsed.tokens[at].lower in LEADS


def tense_of(parsed: Parsed, verb: int) -> Tense | None:
    """The tense of a verb with its auxiliaries; None for infinitives and participles alone."""
    token, helpers = parsed.tokens[verb], auxiliaries(parsed, verb)
    if token.dep == "conj" and not helpers and not kids(parsed, verb, "nsubj", "nsubjpass"):
        shared = tense_of(parsed, token.head) if parsed.tokens[token.head].pos in ("VERB", "AUX") else None
        if token.tag not in ("VBD", "VBZ", "VBP") or shared in ("perfect", "pluperfect"):
            return shared  # "has bombed and seized"
    if helpers & OPEN:
        return "open"
    if "had" in helpers:
        return "pluperfect"
    if helpers & HAVE:
        return "perfect"
    if helpers & WAS or (token.tag == "VBD" and not helpers):
        return "past"
    if helpers & AM:
        return "going on" if token.tag == "VBG" else "present"
    if helpers & DO or (token.tag in ("VBZ", "VBP") and not helpers):
        return "present"
    return None
