"""Groups: which claims of several reports are one, and which are kept apart."""

from __future__ import annotations

import random

import pytest

from onrecord.link.groups import Stamp, judge_groups, make_groups
from onrecord.link.reports import Link, ToldEvent
from onrecord.link.same_events import weights
from onrecord.model.claims import EventType, Status
from onrecord.model.record import Group, Record
from tests.link.builders import Draft, judge, link, make_document

FIRST = "Air strike on Um Barru\nSudan bombed the market of Um Barru on Monday, killing 31 people, villagers said."
SECOND = "Planes hit market\nOn Monday Sudan's planes bombed a market in Um Barru where Chad had sent grain."
BRIDGE = "Planes over the border\nOn Monday Sudan bombed a bridge near Kulbus and two lorries."


def strike(
    text: str,
    outlet: str,
    day: str | None,
    to: str | None = None,
    status: Status = "actual",
    type: EventType = "ASSAULT",
) -> Draft:
    """A report of a bombing told in its whole second line."""
    draft = Draft(make_document(text, outlet, "2004-03-02"))
    time = draft.time("Monday", day) if day else None
    draft.event(text.split("\n")[1], "bombed", type, ["Sudan"], [to] if to else [], time, status)
    return draft


def sizes(record: Record, kind: str) -> list[int]:
    return sorted(len(group.members) for group in record.groups if group.kind == kind)


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        (
            strike(FIRST, "A", "2004-03-01"),
            strike(SECOND, "B", "2004-03-01"),
            [2],
            "same day, actor, trigger, place name",
        ),
        (strike(FIRST, "A", "2004-03-01"), strike(SECOND, "B", "2004-03-08"), [1, 1], "two Mondays are two strikes"),
        (strike(FIRST, "A", "2004-03-01"), strike(SECOND, "B", "2004-03-01", type="THREATEN"), [1, 1], "another type"),
        (
            strike(FIRST, "A", "2004-03-01"),
            strike(SECOND, "B", "2004-03-01", status="hypothetical"),
            [1, 1],
            "what might be is not what was",
        ),
        (
            strike(FIRST, "A", "2004-03-01"),
            strike(SECOND, "B", "2004-03-01", status="negated"),
            [2],
            "a denial is of the same event",
        ),
        (strike(FIRST, "A", None), strike(SECOND, "B", None), [2], "undated, in other words, the same particulars"),
        (strike(FIRST, "A", None), strike(BRIDGE, "B", None), [1, 1], "undated, of the same verb and weekday only"),
        (
            strike(FIRST, "A", None),
            strike(FIRST.replace("killing", "killed"), "B", None),
            [2],
            "undated, nearly one text",
        ),
    ],
)
def test_events_of_two_reports_are_joined_where_they_agree(
    one: Draft, other: Draft, expected: list[int], why: str
) -> None:
    assert sizes(link([one, other]), "event") == expected, why


def met(person: str, town: int | None, day: str = "1999-02-06") -> Draft:
    text = f"Talks\n{person} met officials of Serbia on Saturday about the plan."
    draft = Draft(make_document(text, person, "1999-02-07"))
    draft.event(text.split("\n")[1], "met", "CONSULT", [person], ["Serbia"], draft.time("Saturday", day), place=town)
    return draft


def test_a_text_printed_by_many_is_not_compared_with_itself_by_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prints differ elsewhere, the event is told in the same words."""
    more = "Traders had warned for weeks that the road to the north was watched from the air, and few came any longer."
    prints = [strike(f"{FIRST}\n{more} Our paper number {n} has it.", f"P{n}", None) for n in range(30)]
    compared: list[tuple[str, str]] = []

    def weigh(one: ToldEvent, other: ToldEvent, same_story: bool, same_text: bool) -> float:
        compared.append((one.id, other.id))
        return weights.weigh(one, other, same_story, same_text)

    monkeypatch.setattr("onrecord.link.same_events.weigh", weigh)
    record = link(prints)
    assert [len(lineage.documents) for lineage in record.lineages] == [len(prints)]
    assert sizes(record, "event") == [len(prints)]
    assert len(compared) == len(prints) - 1


def test_events_of_two_persons_of_one_state_stay_apart() -> None:
    assert sizes(link([met("Madeleine Albright", 1), met("William Cohen", 2)]), "event") == [1, 1]


def test_mutual_events_join_whoever_is_named_first() -> None:
    one, other = met("Kofi Annan", None), Draft(make_document("Talks\nSerbia met Kofi Annan on Saturday.", "B"))
    other.event(
        "Serbia met Kofi Annan on Saturday",
        "met",
        "CONSULT",
        ["Serbia"],
        ["Kofi Annan"],
        other.time("Saturday", "1999-02-06"),
    )
    assert sizes(link([one, other]), "event") == [2]


def test_talks_of_two_states_are_not_those_of_one_with_a_third() -> None:
    drafts = []
    for other in ("Chad", "Iraq"):
        text = f"Talks\nSudan met {other} on Saturday about the border."
        draft = Draft(make_document(text, other, "1999-02-07"))
        draft.event(text.split("\n")[1], "met", "CONSULT", ["Sudan"], [other], draft.time("Saturday", "1999-02-06"))
        drafts.append(draft)
    assert sizes(link(drafts), "event") == [1, 1]


def statement(content: str, outlet: str, speaker: str | None, deny: bool = False) -> Draft:
    text = f"Words\n{speaker or 'A witness'} told reporters that {content}, according to {outlet}."
    draft = Draft(make_document(text, outlet, "1999-02-07"))
    draft.statement(content, "told", speaker, "deny" if deny else "say")
    return draft


WORDS = "the army will leave every village of the province before winter comes to the mountains"


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        ((WORDS, "Belgrade", False), (WORDS, "Serbia", False), [2], "one actor under two names"),
        (
            (WORDS, "Belgrade", False),
            ("the army will leave every village of the province", "Belgrade", False),
            [2],
            "cut short",
        ),
        ((WORDS, "Belgrade", False), (WORDS, "Iraq", False), [1, 1], "two speakers"),
        ((WORDS, "Belgrade", False), (WORDS, "Belgrade", True), [1, 1], "said and denied"),
        ((WORDS, "Belgrade", False), ("schools in the capital open again", "Belgrade", False), [1, 1], "another thing"),
        ((WORDS, None, False), (WORDS, None, False), [2], "no speaker named, the very words"),
    ],
)
def test_statements_are_joined_by_speaker_and_words(
    one: tuple[str, str | None, bool], other: tuple[str, str | None, bool], expected: list[int], why: str
) -> None:
    drafts = [statement(text, outlet, who, deny) for outlet, (text, who, deny) in zip("AB", (one, other), strict=True)]
    assert sizes(link(drafts), "statement") == expected, why


def test_figures_join_by_unit_and_thing_counted_whatever_their_value() -> None:
    drafts = []
    for outlet, number, what in (("A", "31", "villagers"), ("B", "58", "villagers"), ("C", "31", "camels")):
        text = f"Strike\nThe raid on Um Barru killed {number} {what} and burned the mosque, {outlet} said."
        draft = Draft(make_document(text, outlet, "2004-03-02"))
        draft.amount(number, float(number), "killed", f"{what} of Um Barru")
        drafts.append(draft)
    record = link(drafts)
    assert sizes(record, "figure") == [1, 2]
    assert {figure.group for of in record.figures.values() for figure in of} == {group.id for group in record.groups}


@pytest.mark.parametrize(
    ("other", "groups", "why"),
    [
        ("In Um Barru people spoke of 130 dead and of a mosque in ashes.", 1, "one number"),
        ("In Um Barru people spoke of 44 dead and of a mosque in ashes.", 2, "whose dead, only the number could tell"),
        (
            "The raid on Um Barru left 44 dead and burned the mosque, B said.",
            1,
            "the same sentence with another number",
        ),
    ],
)
def test_bare_counts_join_only_where_number_or_sentence_agree(other: str, groups: int, why: str) -> None:
    drafts = []
    lines = ("The raid on Um Barru left 130 dead and burned the mosque, A said.", other)
    for outlet, line in zip("AB", lines, strict=True):
        number = next(word for word in line.split() if word.isdigit())
        draft = Draft(make_document(f"Strike\n{line}", outlet, "2004-03-02"))
        draft.amount(number, float(number), "killed", "dead")
        drafts.append(draft)
    assert len(sizes(link(drafts), "figure")) == groups, why


def test_groups_never_hold_two_days_however_linked() -> None:
    stamps = {"a": Stamp(("2001-01-01", "2001-01-01")), "b": Stamp(), "c": Stamp(("2001-01-02", "2001-01-02"))}
    links = [Link("a", "b", 9.0), Link("b", "c", 8.0)]
    groups = make_groups("event", stamps, links, {})
    assert sorted(group.members for group in groups) == [("a", "b"), ("c",)]


def test_groups_do_not_depend_on_the_order_of_links() -> None:
    rng = random.Random(4)
    stamps = {f"c{n}": Stamp((f"2001-01-0{n % 3 + 1}",) * 2 if n % 2 else None) for n in range(12)}
    links = [Link(f"c{n}", f"c{m}", float((n * m) % 5)) for n in range(12) for m in range(n + 1, 12)]
    expected = make_groups("event", stamps, links, {})
    for _ in range(5):
        rng.shuffle(links)
        assert make_groups("event", dict(sorted(stamps.items(), key=lambda _: rng.random())), links, {}) == expected


def test_group_keeps_its_id_when_a_later_report_joins() -> None:
    came_out = {"m": "2001-01-01", "a": "2001-01-05"}
    alone = make_groups("event", {"m": Stamp()}, [], came_out)
    joined = make_groups("event", {"m": Stamp(), "a": Stamp()}, [Link("a", "m", 1.0)], came_out)
    assert [group.id for group in joined] == [group.id for group in alone]


GROUPS = (Group("g1", "event", ("a", "b", "c")), Group("g2", "event", ("d",)), Group("g3", "statement", ("s",)))


def test_judgements_reject_merge_and_split() -> None:
    def members(*judgements: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = [judge(verdict, *subjects) for verdict, *subjects in judgements]  # type: ignore[arg-type]  # literals
        return sorted(group.members for group in judge_groups(GROUPS, found))

    assert members(("reject", "b")) == [("a", "c"), ("d",), ("s",)]
    assert members(("reject", "g1")) == [("d",), ("s",)]
    assert members(("reject", "g1"), ("accept", "b")) == [("b",), ("d",), ("s",)]
    assert members(("merge", "g1", "d")) == [("a", "b", "c", "d"), ("s",)]
    assert members(("merge", "g1", "s")) == [("a", "b", "c"), ("d",), ("s",)], "an event is no statement"
    assert members(("split", "b", "c")) == [("a",), ("b", "c"), ("d",), ("s",)]
    assert members(("split", "g1")) == [("a",), ("b",), ("c",), ("d",), ("s",)]
    assert members(("split", "a", "b", "c")) == [("a", "b", "c"), ("d",), ("s",)], "all leaving is nobody leaving"
    assert members(("merge", "g1", "g2"), ("split", "d")) == [("a", "b", "c"), ("d",), ("s",)], "in order"
    assert members(("reject", "no such thing"), ("merge", "x", "y")) == [("a", "b", "c"), ("d",), ("s",)]
