"""What stands around a clause without a time: words that make it last, and the times told before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onrecord.extract.anchoring.page import Page
from onrecord.extract.anchoring.telling import Telling, how_told
from onrecord.extract.syntax import kids
from onrecord.model.claims import TimeRef

# beside a verb: it lasts, comes again, or is past or later, nobody says how long
FREQUENCY = "often always repeatedly regularly frequently usually traditionally sometimes consistently routinely"
LASTING = frozenset(f"{FREQUENCY} long never ever once earlier later previously formerly historically".split())
SPELLS = frozenset({"occasion", "time", "day", "week", "month", "year", "decade"})  # "on several occasions"
NEWS = 7  # days before the report's from which what a paragraph tells of is no news


def lasts(page: Page, telling: Telling) -> bool:
    """Whether words beside the verbs of a clause say that it lasts, comes again, or is past, nobody says how long."""
    if any(_is_lasting(page, verb) for verb in telling.verbs):
        return True
    if any(_goes_on_since(page, other) for verb in telling.verbs for other in kids(page.parsed, verb, "conj")):
        return True  # "have been arrested and put on trial since"
    near = page.times.get(page.parsed.tokens[telling.verbs[0]].sentence, ())
    return any(time.type in ("DURATION", "SET") and page.verb_of(time) in telling.verbs for time in near)


def _is_lasting(page: Page, verb: int) -> bool:
    parsed = page.parsed
    if _goes_on_since(page, verb) or any(parsed.tokens[i].lower in LASTING for i in kids(parsed, verb, "advmod")):
        return True
    nouns = (parsed.tokens[noun] for i in kids(parsed, verb, "prep") for noun in kids(parsed, i, "pobj"))
    return any(noun.tag == "NNS" and noun.lemma in SPELLS for noun in nouns)


def _goes_on_since(page: Page, verb: int) -> bool:
    parsed = page.parsed
    marks = [i for clause in kids(parsed, verb, "advcl") for i in kids(parsed, clause, "mark")]
    return any(parsed.tokens[i].lower == "since" for i in (*kids(parsed, verb, "prep"), *marks))


def times_before(page: Page, verb: int) -> Iterator[TimeRef]:
    """The times in the sentences before in the same paragraph that date what these tell in the past, in order."""
    sentences, here = page.parsed.sentences, page.parsed.tokens[verb].sentence
    first = here
    while first and sentences[first - 1].paragraph == sentences[here].paragraph:
        first -= 1
    for time in (time for index in range(first, here) for time in page.times.get(index, ())):
        above = page.verb_of(time) if time.type in ("DATE", "TIME") else None
        if above is not None and how_told(page.parsed, above).tense in ("past", "pluperfect"):
            yield time


def is_old(page: Page, time: TimeRef) -> bool:
    """Whether a time ended more than a week before the report; where that is not known, whether it is a long one."""
    if time.end is None or page.day is None:
        return time.precision not in ("minute", "day", "unknown")
    return (date.fromisoformat(page.day) - date.fromisoformat(time.end)).days > NEWS


def carries_on(page: Page, time: TimeRef, verb: int) -> bool:
    """Whether a clause goes on with the day of the sentence right before it, having no time in its own."""
    here, above = page.parsed.tokens[verb].sentence, page.verb_of(time)
    if above is None or page.parsed.tokens[above].sentence != here - 1 or how_told(page.parsed, above).place != "main":
        return False
    own = any(other.type in ("DATE", "TIME") for other in page.times.get(here, ()))
    return not own and (time.precision in ("minute", "day") or time.counted is not None)
