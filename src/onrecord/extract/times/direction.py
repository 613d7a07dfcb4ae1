"""Whether a time lies behind or ahead, from the tense of the verb that governs it and the words beside it.

`open` means that the grammar does not say; the policy for the kind of expression then decides.
"""

from __future__ import annotations

from onrecord.extract.syntax import is_negated, kids, label_at, verb_above
from onrecord.extract.times.sense import Direction
from onrecord.lexicon.times import TimeWords
from onrecord.model.parsed import Parsed, Token

WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
MODALS = frozenset({"would", "may", "might", "should", "must", "'d", "’d"})
OPEN_MODALS = frozenset({"could", "can", "ca", "ought"})
HAVE = frozenset({"has", "have", "had", "'ve", "’ve"})
TURNS: tuple[tuple[tuple[str, ...], Direction], ...] = (  # words right before a time that settle it
    (("since",), "past"),
    (("ahead", "of"), "future"),
    (("ahead", "of", "the"), "future"),
    (("upcoming",), "future"),
    (("starting",), "future"),
    (("beginning",), "future"),
)
STATES = frozenset({"be", "have", "remain", "seem", "know", "think", "believe", "want", "need", "show", "mean", "live"})
LINKS = frozenset({"ADP", "ADV", "SCONJ", "PART"})  # what may stand between a verb and a time beside it
REACH = 12  # heads climbed before giving up: deeper trees are lists and run-on text


def find_direction(parsed: Parsed, first: int, last: int, words: TimeWords) -> Direction:
    """The direction of the time expression at tokens [first, last)."""
    before = tuple(parsed.tokens[i].lower for i in range(max(0, first - 3), first))
    for turn, direction in TURNS:
        if before[-len(turn) :] == turn:
            return direction
    if before[-1:] in (("until",), ("till",)):
        return _until(parsed, first, words)
    head = next((i for i in range(first, last) if not first <= parsed.tokens[i].head < last), first)
    beside_verb = True
    for _, above in zip(range(REACH), parsed.ancestors(head), strict=False):
        token = parsed.tokens[above]
        if token.pos in ("VERB", "AUX"):
            found = tense(parsed, above, words, beside_verb)
            if found is not None:
                return found
        elif _put_ahead(parsed, above, words):
            return "future"
        if token.pos not in LINKS and token.lemma != "time" and label_at(parsed, above) not in ("DATE", "TIME"):
            beside_verb = False  # a time on the way does no harm: "at 4 a.m. local time on Friday"
    return "open"


def _until(parsed: Parsed, first: int, words: TimeWords) -> Direction:
    """Ahead, unless something had "not" happened until then."""
    verb = verb_above(parsed, first)
    past = verb is not None and is_negated(parsed, verb) and tense(parsed, verb, words) == "past"
    return "past" if past else "future"


def _put_ahead(parsed: Parsed, above: int, words: TimeWords) -> bool:
    """Whether a noun or adjective on the way up puts its time ahead: "upcoming talks", "payable", "due"."""
    if parsed.tokens[above].pos == "ADJ" and words.get("planned", parsed.tokens[above].lemma):
        return True
    beside = [above, *kids(parsed, above, "amod", "compound")]
    return any(words.get("ahead", parsed.tokens[i].lemma) for i in beside)


def tense(parsed: Parsed, verb: int, words: TimeWords, beside: bool = True) -> Direction | None:
    """The direction that a verb gives to a time; None where the verb above it decides.

    `beside`: the time hangs on the verb itself. One that hangs on a noun ("follows Tuesday's vote") takes from the verb
    only what is sure.
    """
    token = parsed.tokens[verb]
    auxiliaries = [parsed.tokens[i] for i in kids(parsed, verb, "aux", "auxpass")]
    lowers = {auxiliary.lower for auxiliary in auxiliaries}
    if lowers & WILL:
        return "future"
    if lowers & MODALS:
        return "past" if "have" in lowers else "future"
    if lowers & OPEN_MODALS:
        return "past" if "have" in lowers else "open"
    if "to" in lowers:
        return _infinitive(parsed, verb, words) if beside else "open"
    if beside and words.get("scheduling", token.lemma):
        return "future"
    if beside and token.tag in ("VBN", "JJ") and words.get("awaited", token.lemma) and not lowers & HAVE:
        return "future"
    if token.tag in ("VBD", "VBN") and not any(auxiliary.tag in ("VBZ", "VBP") for auxiliary in auxiliaries):
        return "past"
    if lowers & HAVE or any(auxiliary.tag == "VBD" for auxiliary in auxiliaries):
        return "past"
    if token.tag in ("VBZ", "VBP"):
        return _present(parsed, token, words, beside)
    if auxiliaries:  # "is visiting", "is held", "does not meet"
        return "open"
    if token.dep == "conj" and token.head < verb:  # "will fly in and meet", but "arrived and leave on Friday"
        shared = tense(parsed, token.head, words, beside)
        return _present(parsed, token, words, beside) if token.tag == "VB" and shared == "past" else shared
    return None


def _present(parsed: Parsed, token: Token, words: TimeWords, beside: bool) -> Direction:
    """Simple present: "the deadline expires Friday" looks ahead, "says Friday" back, titles and captions neither."""
    if words.get("telling", token.lemma):
        return "past"
    told = parsed.sentences[token.sentence].part != "body"
    return "future" if beside and not told and token.lemma not in STATES else "open"


def _infinitive(parsed: Parsed, verb: int, words: TimeWords) -> Direction:
    """Looks ahead in "plans to meet Friday"; leaves "refused to meet Friday" open."""
    governor = parsed.tokens[parsed.tokens[verb].head]
    auxiliaries = {parsed.tokens[i].lower for i in kids(parsed, governor.i, "aux")}
    if auxiliaries & HAVE:
        return "past"
    if governor.i == verb or auxiliaries & WILL:  # alone in a headline: "Envoys to meet Friday"
        return "future"
    ahead = any(words.get(kind, governor.lemma) for kind in ("planned", "scheduling", "ahead"))
    return "future" if ahead or governor.lemma in ("go", "be") else "open"
