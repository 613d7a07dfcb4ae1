"""Who passed words on, told apart from those whose words they are; relays run from the outermost inwards.

An outlet between a source and the reader is a relay; where nobody else is named, it speaks for itself. A source without
a name stays what it is called, and no outlet takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.behind import as_said, behind
from onrecord.extract.statements.hollow import is_label
from onrecord.extract.statements.outlets import Close, closing_outlets, tidy, trimmed
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.speakers import Speakers
from onrecord.lexicon.cues import Cues
from onrecord.model.claims import Mention, Relay
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed


def name_relays(marked: Marked, found: Sequence[Attribution], speakers: Speakers, cues: Cues) -> list[Attribution]:
    """Attributions with their ultimate sources and all relays; those that only say who passes on are left out."""
    parsed = marked.parsed
    labels = {one.cue.span for one in found if one.cue is not None and is_label(parsed, one, speakers)}
    found = [_without_cues(one, labels) for one in found]
    lengths = {one.cue.span: sum(map(len, one.content)) for one in found if one.cue is not None}
    revised = [_outermost_first(behind(parsed, as_said(parsed, one, cues), speakers, cues), lengths) for one in found]
    revised = _with_closing_outlets(marked, revised, speakers)
    passed = _passed_on(revised)
    kept = [
        one for one in revised if one.cue is None or not (inner := passed.get(one.cue.span)) or _says_itself(one, inner)
    ]
    tidied = (replace(one, content=one.content if one.direct else tidy(parsed, one.content)) for one in kept)
    return [one for one in tidied if one.content]


def relays_of(one: Attribution, speaker: Mention | None, speakers: Speakers) -> tuple[Relay, ...]:
    """The relays as values; nobody passes on his own words, and none stands there twice."""
    taken = {speaker.chain} if speaker is not None else set()
    found: list[Relay] = []
    for passing in one.relays:
        known = speakers.speaker(passing.source, make=False)
        if known is not None and known.chain in taken:
            continue
        if known is not None:
            taken.add(known.chain)
        found.append(Relay(passing.source.phrase, known.id if known else None, passing.cue))
    return tuple(found)


def _without_cues(one: Attribution, cues: set[Span]) -> Attribution:
    """An attribution without the relays that some cues name."""
    return replace(one, relays=tuple(passing for passing in one.relays if passing.cue not in cues))


def _passed_on(found: Sequence[Attribution]) -> dict[Span, list[Span]]:
    """For each cue that only passes on, the cues of what it passes on."""
    passed: dict[Span, list[Span]] = {}
    for one in found:
        for passing in one.relays if one.cue is not None else ():
            if one.cue is not None and passing.cue is not None and passing.cue != one.cue.span:
                passed.setdefault(passing.cue, []).append(one.cue.span)
    return passed


def _says_itself(one: Attribution, inner: Sequence[Span]) -> bool:
    """Whether one who passes words on does so in a statement of its own, which holds the cues of those inside."""
    return not one.bare and all(any(span.contains(cue) for span in one.content) for cue in inner)


def _outermost_first(one: Attribution, lengths: dict[Span, int]) -> Attribution:
    """Whoever passes on more stands further out; what has no statement of its own stands inside."""
    relays = sorted(one.relays, key=lambda passing: -lengths.get(passing.cue, 0) if passing.cue else 0)
    return replace(one, relays=tuple(relays))


def _with_closing_outlets(marked: Marked, found: Sequence[Attribution], speakers: Speakers) -> list[Attribution]:
    """Outlets named at the end of a sentence or headline, put outside all that is said before them there."""
    parsed = marked.parsed
    closes = {parsed.tokens[close.mark].sentence: close for close in closing_outlets(marked, speakers)}
    closed: dict[int, Close] = {}  # sentences in which somebody else speaks before the outlet
    for one in found:
        sentence = parsed.tokens[one.cue.token].sentence if one.cue is not None else -1
        close = closes.get(sentence)
        if close is not None and one.cue is not None and one.source is not None and one.cue.token < close.mark:
            closed[sentence] = close
    revised = (_closed(parsed, one, closed) for one in found)
    return [one for one in revised if one is not None and one.content]


def _closed(parsed: Parsed, one: Attribution, closed: dict[int, Close]) -> Attribution | None:
    """An attribution with the outlet that closes its sentence; None for the outlet's own, of what others said."""
    close = closed.get(parsed.tokens[one.cue.token].sentence) if one.cue is not None else None
    if one.cue is None or close is None or one.cue.token >= close.last:
        return one
    if one.cue.token >= close.mark:
        return None
    content = trimmed(parsed, one.content, parsed.tokens[close.mark].start)
    known = {other.source.head for other in one.relays} | ({one.source.head} if one.source else set())
    relays = one.relays if close.passing.source.head in known else (close.passing, *one.relays)
    return replace(one, content=content, relays=relays) if one.source is not None else one
