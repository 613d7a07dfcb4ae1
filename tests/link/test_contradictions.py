"""Contradictions between two reports: what cannot both be, what both can, and disputes kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model.record import Contradiction
from tests.link.builders import Draft, link, make_document
from tests.link.test_record import TAIL

ADRE, TINE = 1, 2


def kinds(*drafts: Draft) -> list[str]:
    return sorted(one.kind for one in link(drafts).contradictions)


def raid(
    outlet: str,
    tail: str,
    place: int | None = None,
    by: str = "Sudan",
    to: str = "Chad",
    more: str = "",
    what: str = "customs house",
) -> Draft:
    line = f"{by} attacked {to} on Monday and burned the {what}."
    draft = Draft(make_document(f"Raid\n{line}\n{TAIL[tail]} {TAIL[tail][::-1]}\n{more}", outlet, "2005-12-20"))
    draft.event(line, "attacked", "ASSAULT", [by], [to], draft.time("Monday", "2005-12-18"), place=place)
    return draft


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        (raid("X", "A", ADRE), raid("Y", "B", TINE), ["place"], "one day, one customs house, two towns"),
        (raid("X", "A", ADRE), raid("Y", "B", ADRE), [], "one town"),
        (raid("X", "A", ADRE), raid("Y", "A", TINE), [], "one text with its town changed is one source"),
        (raid("X", "A", ADRE), raid("Y", "B"), [], "one report names no town"),
        (raid("X", "A", ADRE, what="wells"), raid("Y", "B", TINE, what="mosque"), [], "nothing is one but the day"),
        (raid("X", "A"), raid("Y", "B", by="Chad", to="Sudan"), ["actor"], "who attacked whom"),
        (raid("X", "A"), raid("Y", "B", by="Chad", to="Serbia"), [], "another pair"),
    ],
)
def test_events_contradict_in_town_and_in_who_did_it(one: Draft, other: Draft, expected: list[str], why: str) -> None:
    assert kinds(one, other) == expected, why
    assert kinds(other, one) == expected, why


def test_a_report_that_tells_both_ways_tells_of_an_exchange() -> None:
    both = raid("Y", "B", by="Chad", to="Sudan", more="Sudan had attacked Chad on that Monday as well.")
    time = both.events[0].time
    both.event("Sudan had attacked Chad on that Monday as well", "attacked Chad", "ASSAULT", ["Sudan"], ["Chad"], time)
    assert kinds(raid("X", "A"), both) == []


def test_an_act_blamed_by_two_speakers_on_each_other_is_a_dispute() -> None:
    drafts = [raid("X", "A"), raid("Y", "B", by="Chad", to="Sudan")]
    for draft in drafts:
        said = draft.statement(draft.document.words(draft.events[0].evidence), "burned", None)
        draft.events[0] = replace(draft.events[0], told_by=said)
    assert kinds(*drafts) == ["dispute"]


def quote(outlet: str, words: str, tail: str, day: str = "1999-03-02") -> Draft:
    draft = Draft(make_document(f"Talks\n“{words},” Madeleine Albright said.\n{TAIL[tail]}", outlet, day))
    draft.statement(f"“{words},”", "said", "Madeleine Albright")
    draft.statements[0] = replace(draft.statements[0], kind="direct")
    return draft


SAID = "We shall stay in the valley until the last gun has been handed over"


@pytest.mark.parametrize(
    ("other", "day", "expected", "why"),
    [
        (SAID.replace("shall", "may"), "1999-03-02", 1, "another verb"),
        (SAID.replace("until", "not until"), "1999-03-02", 1, "a word that turns it round"),
        (SAID, "1999-03-02", 0, "the very words"),
        ("in the valley until the last gun has been handed over", "1999-03-02", 0, "only less of it"),
        (SAID.replace("last gun", "last … gun"), "1999-03-02", 0, "the quotation marks its own gap"),
        ("Nobody will be sent home before the schools are open again", "1999-03-02", 0, "another saying"),
        (SAID.replace("shall", "may"), "1999-04-20", 0, "weeks later she may have said it anew"),
    ],
)
def test_quotations_of_one_speaker_contradict_where_they_differ_inside(
    other: str, day: str, expected: int, why: str
) -> None:
    assert len(kinds(quote("X", SAID, "A"), quote("Y", other, "B", day))) == expected, why


def found(*drafts: Draft) -> Contradiction:
    (one,) = link(drafts).contradictions
    return one


def test_what_a_speaker_says_and_another_denies_is_a_dispute_not_a_denial() -> None:
    drafts = [raid("X", "A"), raid("Y", "B")]
    yes = drafts[0].statement(drafts[0].document.words(drafts[0].events[0].evidence), "burned", None)
    drafts[0].events[0] = replace(drafts[0].events[0], told_by=yes)
    no = drafts[1].statement(drafts[1].document.words(drafts[1].events[0].evidence), "burned", "Sudan", "deny")
    drafts[1].events[0] = replace(drafts[1].events[0], told_by=no)
    assert found(*drafts).kind == "dispute"
    drafts[0].events[0] = replace(drafts[0].events[0], told_by="narrator")
    assert found(drafts[0], drafts[1]).kind == "denial"


def test_denied_this_is_of_what_was_said_just_before() -> None:
    text = "Border\nChad said that planes of Sudan had burned two villages. Khartoum denied this."
    for gap, expected in (("", 1), ("\nIt rained on Friday.", 0)):
        draft = Draft(make_document(text.replace(". Khartoum", f".{gap} Khartoum"), "Herald", "2006-04-14"))
        draft.statement("planes of Sudan had burned two villages", "said", "Chad")
        draft.mention("Sudan")
        draft.event("Khartoum denied this", "denied", "REJECT", ["Khartoum"])
        assert len(link([draft]).contradictions) == expected
