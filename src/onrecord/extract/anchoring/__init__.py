"""Which day belongs to which statement and event: its own words first, then its sentence, then the one before, then the
report's day; and how it was found, so that nothing is dated silently.

A time that the earlier stages hung on a claim is named after where it stands; a claim without one gets a mark by the
policy's table. The report's own days are put in when the record is made, because a pile or a person may still put them
right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.extract.anchoring.around import carries_on, is_old, lasts, times_before
from onrecord.extract.anchoring.page import VERBS, Page, make_page
from onrecord.extract.anchoring.policy import Told, takes
from onrecord.extract.anchoring.telling import how_told
from onrecord.extract.syntax import verb_above
from onrecord.model.claims import QUADS, DatedBy, Event, Statement, TimeRef
from onrecord.model.parsed import Parsed
from onrecord.model.text import Published

__all__ = ["anchor_claims"]

HAPPENED = frozenset({"actual", "alleged"})
SAID = (1, 3)  # the quad classes of words


def anchor_claims(
    parsed: Parsed,
    published: Published,
    times: Sequence[TimeRef],
    statements: Sequence[Statement],
    events: Iterable[Event],
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """The statements and events of a report in their order, each with how its day is known (`dated`), some with the
    time carried on from the sentence before."""
    page = make_page(parsed, published, times, statements)
    by_id = {time.id: time for time in times}
    told = tuple(_anchor_statement(page, by_id, one) for one in statements)
    return told, tuple(_anchor_event(page, by_id, event) for event in events)


def _anchor_event(page: Page, times: Mapping[str, TimeRef], event: Event) -> Event:
    token = page.head_of(event.trigger)
    own = times.get(event.time or "")
    if own is not None:
        return replace(event, dated=_stands(page, own, token))
    verb = page.carrier(token, event.evidence)
    if verb is None and page.part(token) != "title":
        return event
    at, saying = token if verb is None else verb, QUADS[event.type] in SAID
    time, dated = _found(page, at, event.status in HAPPENED, saying)
    return replace(event, time=time.id if time else None, dated=dated)


def _anchor_statement(page: Page, times: Mapping[str, TimeRef], one: Statement) -> Statement:
    own = times.get(one.said or "")
    cue = page.head_of(one.cue) if one.cue else None
    if own is not None and cue is not None:
        return replace(one, dated=_stands(page, own, cue))
    if cue is None or page.parsed.tokens[cue].pos not in VERBS:
        return one
    time, dated = _found(page, cue, happened=not one.negated, saying=True)
    return replace(one, said=time.id if time else None, dated=dated)


def _stands(page: Page, time: TimeRef, token: int) -> DatedBy:
    """Where a claim's own time stands: in its clause, or in one above it in its sentence."""
    parsed, at = page.parsed, page.token_at(time.span.start)
    mine = token if parsed.tokens[token].pos in VERBS else verb_above(parsed, token)
    return "clause" if verb_above(parsed, at) == mine or token in parsed.ancestors(at) else "sentence"


def _found(page: Page, verb: int, happened: bool, saying: bool) -> tuple[TimeRef | None, DatedBy | None]:
    """The time that a claim without one may take, and from where."""
    telling, before = how_told(page.parsed, verb), list(times_before(page, verb))
    told = Told(
        telling,
        page.part(verb),
        happened,
        saying,
        lead=page.in_lead(verb),
        quoted=page.in_quotes(verb),
        lasting=lasts(page, telling),
        looking_back=bool(before) and is_old(page, before[-1]),
    )
    if takes(told) == "nothing":
        return None, None
    if before and telling.tense == "past" and telling.place == "main" and carries_on(page, before[-1], verb):
        return before[-1], "before"
    return None, "report"
