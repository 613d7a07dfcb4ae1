"""Which day belongs to which statement and event: its own words first, then its sentence, then the one before, then the
report's day; and how it was found, so that nothing is dated silently.

A time that the earlier stages hung on a claim is named after where it stands; a claim without one gets a mark by the
policy's table. The report's own days are put in when the record is made, because a pile or a person may still put them
right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.extract.anchoring.policy import Told, takes
from onrecord.extract.anchoring.telling import Telling, how_told
from onrecord.extract.syntax import kids, verb_above
from onrecord.model.claims import QUADS, DatedBy, Event, Statement, TimeRef
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import PartKind, Published

__all__ = ["anchor_claims"]

VERBS = ("VERB", "AUX")
HELD = frozenset({"dobj", "nsubj", "nsubjpass", "attr"})  # how a noun hangs on the verb that carries its act
HAPPENED = frozenset({"actual", "alleged"})
# beside a verb: it lasts, comes again, or is past, nobody says how long
FREQUENCY = "often always repeatedly regularly frequently usually traditionally sometimes consistently routinely"
LASTING = frozenset(f"{FREQUENCY} long never ever once earlier later previously formerly historically".split())
SPELLS = frozenset({"occasion", "time", "day", "week", "month", "year", "decade"})  # "on several occasions"
SAID = (1, 3)  # the quad classes of words
DAY = 10  # characters of an ISO day
LEAD = 3  # sentences of the body in which the news is told
NEWS = 7  # days before the report's from which what a paragraph tells of is no news


@dataclass(frozen=True, slots=True)
class _Page:
    """A parse with its times by sentence; `first` is the first day that the report may be of, `lead` the last sentence
    of its lead, `quoted` what stands in direct quotations."""

    parsed: Parsed
    starts: tuple[int, ...]
    times: dict[int, list[TimeRef]]
    first: str | None
    lead: int
    quoted: tuple[Span, ...]

    def token_at(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def verb_of(self, time: TimeRef) -> int | None:
        """The verb that a time hangs on, itself or with its preposition."""
        parsed, at = self.parsed, head_of(self, time.span)
        for _ in range(2):
            at = parsed.tokens[at].head
            if parsed.tokens[at].pos in VERBS:
                return at
            if parsed.tokens[at].pos not in ("ADP", "ADV"):
                return None
        return None


def anchor_claims(
    parsed: Parsed,
    published: Published,
    times: Sequence[TimeRef],
    statements: Iterable[Statement],
    events: Iterable[Event],
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """The statements and events of a report in their order, each with how its day is known (`dated`), some with the
    time carried on from the sentence before."""
    first = published.value[:DAY] if published.value and len(published.value) >= DAY else None
    statements = tuple(statements)
    quoted = tuple(span for one in statements if one.kind == "direct" for span in one.content)
    body = [number for number, sentence in enumerate(parsed.sentences) if sentence.part == "body"]
    lead = body[:LEAD][-1] if body else -1
    page = _Page(parsed, tuple(token.start for token in parsed.tokens), {}, first, lead, quoted)
    for time in times:
        page.times.setdefault(parsed.tokens[page.token_at(time.span.start)].sentence, []).append(time)
    by_id = {time.id: time for time in times}
    told = [_anchor_statement(page, by_id, one) for one in statements]
    return tuple(told), tuple(_anchor_event(page, by_id, event) for event in events)


def _anchor_event(page: _Page, times: dict[str, TimeRef], event: Event) -> Event:
    token = head_of(page, event.trigger)
    verb = carrier(page, token, event.evidence)
    own = times.get(event.time or "")
    if own is not None:
        return replace(event, dated=_stands(page, own, token))
    if verb is None and _part(page, token) != "title":
        return event
    saying = QUADS[event.type] in SAID
    time, dated = _found(page, verb if verb is not None else token, event.status in HAPPENED, saying)
    return replace(event, time=time.id if time else None, dated=dated)


def _anchor_statement(page: _Page, times: dict[str, TimeRef], one: Statement) -> Statement:
    own = times.get(one.said or "")
    cue = head_of(page, one.cue) if one.cue else None
    if own is not None and cue is not None:
        return replace(one, dated=_stands(page, own, cue))
    if cue is None or page.parsed.tokens[cue].pos not in VERBS:
        return one
    time, dated = _found(page, cue, happened=not one.negated, saying=True)
    return replace(one, said=time.id if time else None, dated=dated)


def head_of(page: _Page, span: Span) -> int:
    """The token of a span that the others hang on."""
    tokens, first = page.parsed.tokens, page.token_at(span.start)
    last = max(first + 1, bisect_left(page.starts, span.end))
    return next((i for i in range(first, last) if tokens[i].head == i or not first <= tokens[i].head < last), first)


def carrier(page: _Page, token: int, evidence: Span) -> int | None:
    """The verb that tells an act: the trigger, or one that a noun hangs on inside the event's clause ("held talks")."""
    parsed = page.parsed
    if parsed.tokens[token].pos in VERBS:
        return token
    above = parsed.tokens[parsed.tokens[token].head]
    inside = evidence.start <= above.start and above.end <= evidence.end
    return above.i if parsed.tokens[token].dep in HELD and above.pos in VERBS and inside else None


def _stands(page: _Page, time: TimeRef, token: int) -> DatedBy:
    """Where a claim's own time stands: in its clause, or in one above it in its sentence."""
    parsed = page.parsed
    mine = token if parsed.tokens[token].pos in VERBS else verb_above(parsed, token)
    theirs = page.verb_of(time)
    inside = theirs == mine or token in parsed.ancestors(page.token_at(time.span.start))
    return "clause" if inside else "sentence"


def _found(page: _Page, verb: int, happened: bool, saying: bool) -> tuple[TimeRef | None, DatedBy | None]:
    """The time that a claim without one may take, and from where."""
    telling = how_told(page.parsed, verb)
    before = list(_times_before(page, verb))
    old = bool(before) and _is_old(page, before[-1])
    quoted = any(span.start <= page.starts[verb] < span.end for span in page.quoted)
    told = Told(telling, _part(page, verb), happened, saying, _in_lead(page, verb), quoted, _lasts(page, telling), old)
    if takes(told) == "nothing":
        return None, None
    if before and telling.tense == "past" and telling.place == "main" and _carries_on(page, before[-1], verb):
        return before[-1], "before"
    return None, "report"


def _in_lead(page: _Page, token: int) -> bool:
    """Whether a token stands in the first sentences of the body."""
    return page.parsed.tokens[token].sentence <= page.lead


def _part(page: _Page, token: int) -> PartKind:
    return page.parsed.sentences[page.parsed.tokens[token].sentence].part


def _lasts(page: _Page, telling: Telling) -> bool:
    """Whether words beside the verbs of a clause say that it lasts, comes again, or is past, nobody says how long."""
    parsed = page.parsed
    for verb in (*telling.verbs, *(other for verb in telling.verbs for other in kids(parsed, verb, "conj"))):
        if any(parsed.tokens[i].lower in LASTING for i in kids(parsed, verb, "advmod")):
            return True
        if any(parsed.tokens[i].lower == "since" for i in kids(parsed, verb, "prep")):
            return True
        if any(parsed.tokens[i].lower == "since" for c in kids(parsed, verb, "advcl") for i in kids(parsed, c, "mark")):
            return True
        phrases = [noun for i in kids(parsed, verb, "prep") for noun in kids(parsed, i, "pobj")]
        if any(parsed.tokens[i].tag == "NNS" and parsed.tokens[i].lemma in SPELLS for i in phrases):
            return True
    near = page.times.get(parsed.tokens[telling.verbs[0]].sentence, ())
    return any(time.type in ("DURATION", "SET") and page.verb_of(time) in telling.verbs for time in near)


def _times_before(page: _Page, verb: int) -> Iterator[TimeRef]:
    """The times in the sentences before in the same paragraph that date what these tell in the past, in order."""
    sentences, here = page.parsed.sentences, page.parsed.tokens[verb].sentence
    first = here
    while first and sentences[first - 1].paragraph == sentences[here].paragraph:
        first -= 1
    for time in (time for index in range(first, here) for time in page.times.get(index, ())):
        above = page.verb_of(time) if time.type in ("DATE", "TIME") else None
        if above is not None and how_told(page.parsed, above).tense in ("past", "pluperfect"):
            yield time


def _is_old(page: _Page, time: TimeRef) -> bool:
    """Whether a time ended more than a week before the report; where that is not known, whether it is a long one."""
    if time.end is None or page.first is None:
        return time.precision not in ("minute", "day", "unknown")
    return (date.fromisoformat(page.first) - date.fromisoformat(time.end)).days > NEWS


def _carries_on(page: _Page, time: TimeRef, verb: int) -> bool:
    """Whether a clause goes on with the day of the sentence right before it, having no time in its own."""
    here = page.parsed.tokens[verb].sentence
    above = page.verb_of(time)
    if above is None or how_told(page.parsed, above).place != "main":
        return False
    own = any(other.type in ("DATE", "TIME") for other in page.times.get(here, ()))
    before = page.parsed.tokens[page.token_at(time.span.start)].sentence == here - 1
    return before and not own and (time.precision in ("minute", "day") or time.counted is not None)
