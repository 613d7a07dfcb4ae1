"""The terms of office that come with the package, as a whole: no two holders at once, nobody twice, few gaps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from bench.coverage import HEADS, SPEAKING, coverage, is_state
from onrecord.lexicon.actors import ActorBase, load_actors
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.terms import Tenure, first_day, last_day

# who was contested, or shared the office, in fact
CONTESTED = {("president", "CIV"), ("prime minister", "YEM"), ("finance minister", "YEM"), ("justice minister", "YEM")}
SEVERAL = {
    "foreign ministry spokesperson",
    "military spokesperson",
    "vice president",
}  # several at a time in some states
HANDOVER = 31  # days on which two sources may put a change differently


@pytest.fixture(scope="module")
def actors() -> ActorBase:
    return load_actors()


def sure_days(term: Tenure) -> tuple[date, date]:
    """The first and last day on which a term is sure to have held, whatever day of a month or year is meant."""
    since, until = term.told
    return date.fromisoformat(last_day(since)), date.fromisoformat(first_day(until) if until else term.end)


def test_no_office_has_two_holders_for_sure(actors: ActorBase) -> None:
    terms = defaultdict(list)
    for row in actors.rows.values():
        for term in row.tenures:
            if term.office in actors.single_offices - actors.loose_offices - SEVERAL and term.end >= "2000-01-01":
                terms[term.office, term.body].append((*sure_days(term), row.name))
    both = [
        (office, one[2], other[2])
        for office, found in terms.items()
        for i, one in enumerate(sorted(found))
        for other in sorted(found)[i + 1 :]
        if one[2] != other[2] and (min(one[1], other[1]) - max(one[0], other[0])).days > HANDOVER
    ]
    known = {("finance minister", "IND"), ("finance minister", "PAK")}  # ministers of both, for some months
    assert [pair for pair in both if pair[0] not in CONTESTED | known] == []


def test_nobody_is_listed_twice(actors: ActorBase) -> None:
    seen: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for row in actors.rows.values():
        if row.kind == "person":
            for form in (row.name, *row.aliases):
                for body in {term.body for term in row.tenures}:
                    seen[" ".join(fold_words(form)), body][row.key] = row.wikidata
    doubled = {form: found for form, found in seen.items() if len(found) > 1}
    # namesakes have a Wikidata id each
    assert {form: found for form, found in doubled.items() if len({*found.values()} - {None}) < len(found)} == {}


def test_terms_of_one_person_in_one_office_do_not_overlap(actors: ActorBase) -> None:
    again = []
    for row in actors.rows.values():
        held = sorted(row.tenures, key=lambda t: (t.office, t.body, t.title, t.since))
        for one, other in pairwise(held):
            if (one.office, one.body, one.title) == (other.office, other.body, other.title):
                again += [(row.name, one.office, other.since)] if sure_days(one)[1] > sure_days(other)[0] else []
    assert again == []


def test_names_are_in_latin_letters_and_every_term_has_a_source(actors: ActorBase) -> None:
    people = [row for row in actors.rows.values() if row.kind == "person"]
    assert [row.name for row in people if not any("a" <= word[:1] <= "z" for word in fold_words(row.name))] == []
    sources = {term.source for row in people for term in row.tenures}
    assert sources == {"Wikidata", "CIA World Factbook", "general knowledge"}


@pytest.mark.parametrize(
    ("offices", "share", "states"),
    [
        (HEADS, 95, 120),
        (("foreign minister",), 80, 50),
        (("defence minister",), 80, 50),
        (("interior minister", "security minister"), 80, 45),
        (SPEAKING, 50, 50),
    ],
)
def test_the_offices_that_speak_in_crises_are_known_for_enough_states(
    actors: ActorBase, offices: tuple[str, ...], share: int, states: int
) -> None:
    found = coverage(actors, offices)
    assert len([body for body, known in found.items() if known >= share and is_state(body)]) >= states


@pytest.mark.parametrize(
    ("words", "day", "name"),
    [
        ("IAEA chief", "2010-05-01", "Yukiya Amano"),  # whatever the office is called there
        ("Hezbollah leader", "2012-05-01", "Hassan Nasrallah"),
        ("Abkhaz president", "2008-09-10", "Sergei Bagapsh"),  # not Georgia's
    ],
)
def test_bodies_groups_and_regions_have_offices_of_their_own(
    actors: ActorBase, words: str, day: str, name: str
) -> None:
    *owner, office = words.split()
    row = actors.by_name(fold_words(" ".join(owner)))[0].row
    body = actors.body(row, office)
    assert body == row.key
    holder = actors.holder(actors.office_of(body, office), body, (day, day))
    assert holder is not None
    assert holder.name == name


def test_a_party_lends_its_state_no_office_that_it_has_itself(actors: ActorBase) -> None:
    likud, knesset = actors.rows["organisation:likud"], actors.rows["organisation:knesset"]
    assert actors.body(likud, "spokesperson") == "organisation:likud"
    assert actors.body(knesset, "president") == "organisation:knesset"
    assert actors.body(knesset, "speaker of parliament") == "ISR"


@pytest.mark.parametrize(
    ("office", "body", "day", "name"),
    [
        ("presidential spokesperson", "TUR", "2016-03-01", "İbrahim Kalın"),
        ("government spokesperson", "TUR", "2016-03-01", "Numan Kurtulmuş"),
        ("presidential spokesperson", "FRA", "2021-03-17", None),  # the minister speaks for the cabinet, not the Élysée
        ("government spokesperson", "USA", "2017-02-14", None),  # the White House press secretary is the president's
    ],
)
def test_who_speaks_for_a_government_is_not_who_speaks_for_its_head(
    actors: ActorBase, office: str, body: str, day: str, name: str | None
) -> None:
    found = actors.holder(office, body, (day, day))
    assert (found.name if found is not None else None) == name
