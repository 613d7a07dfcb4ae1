"""Which day an event or statement is given, and how that is known: the policy's rows on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.extract.anchoring import anchor_claims
from onrecord.extract.anchoring.policy import POLICY, Told, takes
from onrecord.extract.anchoring.telling import Telling, how_told, tense_of
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Reading
from onrecord.model.text import Document
from onrecord.reading import extract
from tests.conftest import ReadText

Read = Callable[..., tuple[Document, Reading]]


@pytest.fixture(scope="module")
def read(read_text: ReadText, lexicon: Lexicon) -> Read:
    def found(text: str, published: str | None = "2011-03-18", heading: bool = False) -> tuple[Document, Reading]:
        document, parsed = read_text(text, published, heading)
        return document, extract(document, parsed, lexicon)

    return found


def when(read: Read, text: str, trigger: str, **how: object) -> tuple[str | None, str | None]:
    """How the day of the event at a trigger word is known, and the value of its time."""
    document, reading = read(text, **how)
    start = document.text.rindex(trigger)
    event = next(one for one in reading.events if one.trigger.start <= start < one.trigger.end)
    time = next((time.value for time in reading.times if time.id == event.time), None)
    return event.dated, time


# reason, text, trigger, how its day is known, the time's value; every report is of Friday 18 March 2011
EVENTS = [
    ("simple past is the news", "Sudan bombed a town in Chad.", "bombed", "report", None),
    ("present perfect is", "Sudan has condemned the raid by Chad.", "condemned", "report", None),
    ("so is the present of a report", "Kenya accuses Somalia of arming rebels.", "accuses", "report", None),
    ("a light verb carries its noun", "France held talks with Libya in Tunis.", "talks", "report", None),
    ("what a speaker tells in the past", "The army said its jets bombed Libyan forces.", "bombed", "report", None),
    ("a participle goes with its verb", "Rebels entered Misrata, killing ten soldiers.", "killing", "report", None),
    ("own words", "Sudan bombed a town in Chad on Tuesday.", "bombed", "clause", "2011-03-15"),
    ("own words, coordinated", "On Tuesday Sudan bombed Chad and shelled Libya.", "shelled", "sentence", "2011-03-15"),
    ("the day goes on", "Sudan bombed Chad on Tuesday. It also shelled Libya.", "shelled", "before", "2011-03-15"),
    ("a year before it is history", "Sudan bombed Chad in 2004. It also shelled Libya.", "shelled", None, None),
    ("so is a day of long ago", "Sudan bombed Chad on 3 May 2010. It also shelled Libya.", "shelled", None, None),
    ("a perfect does not go on", "Sudan bombed Chad on Tuesday. Libya has condemned Sudan.", "condemned", "report",
     None),
    ("a perfect after a year is news", "Sudan bombed Chad in 2004. Libya has condemned Sudan.", "condemned", "report",
     None),
    ("past the lead a perfect is none", "It rained. It rained. Fog lay on the town. Sudan has bombed Chad.", "bombed",
     None, None),
    ("'later' is after something told", "Sudan seized Tine, later bombing Chad.", "bombing", None, None),
    ("a state is no news", "Sudanese troops occupy a town in Chad.", "occupy", None, None),
    ("what stands in quotes is of any time", "“Sudan bombed a town in Chad,” the minister said.", "bombed", None, None),
    ("what goes on since then has no day", "Sudan has bombed Chad since the coup.", "bombed", None, None),
    ("pluperfect is background", "Sudan had bombed a town in Chad.", "bombed", None, None),
    ("a relative clause is", "Sudan, which bombed Chad, denied it.", "bombed", None, None),
    ("a clause of time is", "Libya protested after Sudan bombed Chad.", "bombed", None, None),
    ("what one is accused of is", "Kenya accused Sudan of bombing Chad.", "bombing", None, None),
    ("what lasts has no day", "Iran has long supported rebels in Yemen.", "supported", None, None),
    ("nor what lasts for years", "Iran has supported rebels in Yemen for years.", "supported", None, None),
    ("nor what comes again", "Sudan has repeatedly bombed towns in Chad.", "bombed", None, None),
    ("nor what is planned", "Sudan will send troops to Chad.", "send", None, None),
    ("nor what is only possible", "Sudan could send troops to Chad.", "send", None, None),
    ("nor what did not happen", "Sudan did not bomb Chad.", "bomb", None, None),
    ("a noun tells of what is known", "Kenya spoke of the invasion of Kuwait by Iraq.", "invasion", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "trigger", "dated", "value"), EVENTS, ids=[case[0] for case in EVENTS])
def test_event_is_dated(read: Read, reason: str, text: str, trigger: str, dated: str | None, value: str | None) -> None:
    assert when(read, text, trigger) == (dated, value), reason


def test_headline_is_news_in_any_tense(read: Read) -> None:
    text = "Russia accuses Ukraine of shelling\nNothing more was known."
    assert when(read, text, "accuses", heading=True) == ("report", None)


def test_undated_report_still_says_what_its_news_is(read: Read) -> None:
    assert when(read, "Sudan bombed a town in Chad.", "bombed", published=None) == ("report", None)


STATEMENTS = [
    ("said in the past", "The minister said that the talks had failed.", "said", "report", None),
    ("says", "The minister says that the talks failed.", "says", "report", None),
    ("own words", "The minister said on Monday that the talks failed.", "said", "clause", "2011-03-14"),
    ("had said", "The minister had said that the talks would fail.", "said", None, None),
    ("who said", "The minister, who said that war was near, resigned.", "said", None, None),
    ("has often said", "The minister has often said that war is near.", "said", None, None),
    ("will say", "The minister will say that war is near.", "say", None, None),
]


@pytest.mark.parametrize(("reason", "text", "cue", "dated", "value"), STATEMENTS, ids=[case[0] for case in STATEMENTS])
def test_statement_is_dated(read: Read, reason: str, text: str, cue: str, dated: str | None, value: str | None) -> None:
    document, reading = read(text)
    for one in reading.statements:
        if one.cue and document.words(one.cue).endswith(cue):
            time = next((time.value for time in reading.times if time.id == one.said), None)
            assert (one.dated, time) == (dated, value), reason
            return
    assert dated is None, f"{reason}: no statement"


def test_nothing_else_changes(read: Read, read_text: ReadText) -> None:
    document, reading = read("Sudan bombed Chad on Tuesday. It also shelled Libya, an officer said.")
    parsed = read_text(document.text, "2011-03-18")[1]
    bare = [replace(event, dated=None, time=None) for event in reading.events]
    _, events = anchor_claims(parsed, reading.published, (), (), bare)
    assert [replace(event, dated=None) for event in events] == bare
    assert {event.dated for event in events} == {"report"}, "without times nothing else can date them"


TENSES = [
    ("bombed", "Sudan bombed Chad.", "past"), ("shot", "Sudan has shot a spy.", "perfect"),
    ("shot", "Sudan had shot a spy.", "pluperfect"), ("shoots", "Sudan shoots spies.", "present"),
    ("shooting", "Sudan is shooting spies.", "going on"), ("shot", "A spy was shot.", "past"),
    ("shot", "A spy is shot.", "present"), ("shoot", "Sudan may shoot a spy.", "open"),
    ("shoot", "Sudan wanted to shoot a spy.", None), ("shot", "Sudan has caught and shot a spy.", "perfect"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "text", "tense"), TENSES)
def test_tense(read_text: ReadText, verb: str, text: str, tense: str | None) -> None:
    parsed = read_text(text)[1]
    at = next(token.i for token in parsed.tokens if token.text == verb)
    assert tense_of(parsed, at) == tense


def test_clause_without_a_tense_is_told_by_the_verb_over_it(read_text: ReadText) -> None:
    parsed = read_text("Sudan began shelling the town.")[1]
    shelling = next(token.i for token in parsed.tokens if token.text == "shelling")
    assert how_told(parsed, shelling) == Telling("past", "main", (shelling, parsed.tokens[shelling].head))


def test_every_row_of_the_policy_decides_something() -> None:
    plain = Told(Telling("past", "main", ()), "body", happened=True, lasting=False, looking_back=False)
    assert takes(plain) == "report"
    assert not any(row.fits(plain) for row in POLICY)
    assert all(row.reason for row in POLICY)
