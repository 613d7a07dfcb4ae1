"""Reading the dependency tree: the ground floor of this room. Stages import it, never each other.

All functions take token indices of one `Parsed` and give token indices or spans; none knows what a cue or an event is.
"""

from __future__ import annotations

from bisect import bisect_right

from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FINITE = frozenset({"VBD", "VBZ", "VBN"})  # a participle without auxiliary after "will …" is a past tense
OUTSIDE_PHRASE = frozenset({"relcl", "appos", "cc", "conj", "punct", "acl", "advcl", "parataxis"})


def kids(parsed: Parsed, index: int, *deps: str) -> list[int]:
    """The children of a token with one of these dependencies, in order."""
    return [child for child in parsed.children[index] if parsed.tokens[child].dep in deps]


def phrase_tokens(parsed: Parsed, head: int) -> tuple[int, int]:
    """The noun phrase of a head as tokens [first, last): modifiers and prepositional complements, no relative clause,
    apposition or coordination. A hyphen inside a word ("war-torn") belongs to it."""
    found, open_ = [head], [head]
    while open_:
        for child in parsed.children[open_.pop()]:
            if parsed.tokens[child].dep not in OUTSIDE_PHRASE or _joins(parsed, child):
                found.append(child)
                open_.append(child)
    first = last = head
    members = set(found)
    while first - 1 in members:
        first -= 1
    while last + 1 in members:
        last += 1
    return first, last + 1


def _joins(parsed: Parsed, index: int) -> bool:
    """Whether a token is a hyphen without a space on either side."""
    token = parsed.tokens[index]
    if token.text not in ("-", "–") or not 0 < index < len(parsed.tokens) - 1:
        return False
    return parsed.tokens[index - 1].end == token.start and token.end == parsed.tokens[index + 1].start


def phrase_span(parsed: Parsed, head: int) -> Span:
    """`phrase_tokens` as characters."""
    return parsed.span(*phrase_tokens(parsed, head))


def conjuncts(parsed: Parsed, head: int) -> list[int]:
    """A head and those coordinated with it, in order."""
    found = [head]
    for token in found:
        found.extend(kids(parsed, token, "conj"))
    return sorted(found)


def is_negated(parsed: Parsed, verb: int) -> bool:
    """Whether a verb has a negation of its own ("did not", "never")."""
    return any(parsed.tokens[child].dep == "neg" for child in parsed.children[verb])


def verb_above(parsed: Parsed, index: int) -> int | None:
    """The nearest verb that a token hangs on, directly or through what stands between; None where there is none."""
    return next((above for above in parsed.ancestors(index) if parsed.tokens[above].pos in ("VERB", "AUX")), None)


def partner(parsed: Parsed, verb: int) -> int:
    """What a coordinated verb goes with: not the infinitive or "will …" just before a finite one.

    "Vowed to wait and shelled": "shelled" goes with "vowed". A verb that is not coordinated goes with its head.
    """
    token = parsed.tokens[verb]
    above = token.head
    if token.dep != "conj" or token.tag not in FINITE or kids(parsed, verb, "aux", "auxpass", *SUBJECTS):
        return above
    while parsed.tokens[above].tag == "VB" and parsed.tokens[above].dep in ("xcomp", "ccomp", "conj"):
        above = parsed.tokens[above].head
    return above


def auxiliaries(parsed: Parsed, verb: int) -> frozenset[str]:
    """The auxiliaries of a verb in lower case, "to" of an infinitive included."""
    return frozenset(parsed.tokens[child].lower for child in kids(parsed, verb, "aux", "auxpass"))


def is_infinitive(parsed: Parsed, verb: int) -> bool:
    return "to" in auxiliaries(parsed, verb)


def label_at(parsed: Parsed, index: int) -> str:
    """The recogniser's label of the name that covers a token, or ""."""
    at = bisect_right(parsed.named, index, key=lambda named: named.first) - 1
    return parsed.named[at].label if at >= 0 and index < parsed.named[at].last else ""
