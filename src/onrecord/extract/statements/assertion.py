"""How firmly a statement is made, whether it is made at all, and when: negation, certainty, and the time of saying."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.syntax import is_negated, kids
from onrecord.model.claims import Certainty, CueKind, TimeRef
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

POSSIBLE = frozenset({"may", "might", "could", "can", "possible", "possibly", "perhaps", "maybe", "conceivably"})
PROBABLE = frozenset(
    {"likely", "probably", "probable", "presumably", "expected", "should", "apparently", "seems", "appears", "believed"}
)
ASSERTING: tuple[CueKind, ...] = ("say", "claim", "deny", "warn", "report", "accuse", "confirm", "regret")
CLIMBS = frozenset(
    {"prep", "pobj", "npadvmod", "advmod", "tmod", "nummod", "compound", "amod", "det", "appos", "punct"}
)
GOVERNED = frozenset({"pcomp", "prep", "conj", "xcomp"})  # from "saying" of "was quoted on Monday as saying" upwards


def is_denied(parsed: Parsed, attribution: Attribution) -> bool:
    """Whether the report says that the statement was not made ("did not say whether …")."""
    if attribution.cue is None:
        return False
    cue = attribution.cue.token
    return is_negated(parsed, cue) or any(parsed.tokens[word].lower == "no" for word in kids(parsed, cue, "det"))


def certainty_of(parsed: Parsed, attribution: Attribution) -> Certainty:
    """How sure the content is made out to be, by the hedges of its main clause; unknown for phrases and questions."""
    if attribution.bare or attribution.kind in ("ask", "demand", "promise", "offer"):
        return "unknown"
    words = _hedges(parsed, attribution)
    if words & POSSIBLE:
        return "possible"
    if words & PROBABLE or attribution.kind == "believe":
        return "probable"
    if attribution.kind in ASSERTING and _is_finite(parsed, attribution):
        return "certain"
    return "unknown"


def _hedges(parsed: Parsed, attribution: Attribution) -> set[str]:
    """The modal and hedging words next to the heads of the content."""
    found: set[str] = set()
    for head in attribution.heads:
        found.add(parsed.tokens[head].lower)
        found.update(
            parsed.tokens[child].lower for child in kids(parsed, head, "aux", "advmod", "acomp", "attr", "auxpass")
        )
    return found


def _is_finite(parsed: Parsed, attribution: Attribution) -> bool:
    return any(
        parsed.tokens[head].tag in ("VBD", "VBZ", "VBP") or kids(parsed, head, "aux", "cop")
        for head in attribution.heads
    )


def time_of_saying(parsed: Parsed, attribution: Attribution, times: Sequence[TimeRef]) -> TimeRef | None:
    """The time expression that hangs on the cue and lies outside the content; `times` in the order of the text."""
    if attribution.cue is None:
        return None
    cue = attribution.cue.token
    verbs = _verbs_of_saying(parsed, cue)
    sentence = parsed.sentence_span(parsed.tokens[cue].sentence)
    first = bisect_left(times, sentence.start, key=lambda time: time.span.start)
    last = bisect_left(times, sentence.end, key=lambda time: time.span.start)
    for time in times[first:last]:
        if time.type not in ("DATE", "TIME") or not sentence.contains(time.span):
            continue
        if not any(span.overlaps(time.span) for span in attribution.content) and _hangs_on(parsed, time.span, verbs):
            return time
    return None


def _verbs_of_saying(parsed: Parsed, cue: int) -> set[int]:
    """The cue, and the verbs that it shares its circumstances with."""
    verbs, index = {cue}, cue
    while parsed.tokens[index].dep in GOVERNED and parsed.tokens[index].head != index:
        index = parsed.tokens[index].head
        verbs.add(index)
    return verbs


def _hangs_on(parsed: Parsed, time: Span, verbs: set[int]) -> bool:
    """Whether a path of plain modifiers leads from a time expression to one of the verbs."""
    first = parsed.tokens[min(verbs)]
    sentence = parsed.sentences[first.sentence]
    inside = [t for t in parsed.tokens[sentence.first : sentence.last] if time.start <= t.start and t.end <= time.end]
    for token in inside:
        index = token.i
        while parsed.tokens[index].dep in CLIMBS and parsed.tokens[index].head != index:
            index = parsed.tokens[index].head
            if index in verbs:
                return True
    return False
