"""What is kept of chains and actors changes no actor: a pile linked in steps has the cast of one linked at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from onrecord.lexicon import Lexicon
from onrecord.lexicon.actors import ActorBase
from onrecord.link.actors import Cast, link_actors, people
from onrecord.link.actors.names import name_score
from onrecord.link.edits import edit_actors
from onrecord.link.kept import Kept, Value
from onrecord.model.claims import Reading
from onrecord.model.record import Judgement
from onrecord.model.text import Document, Published
from onrecord.store import make_judgement
from tests.link.conftest import Pile

TEXTS = (
    "2003-03-18|Hans Brandner resigned. His allies wept.",
    "2003-03-19|Mr Brandner gave no reason. Peruvian foreign minister Ana Salas flew home.",
    "2003-03-20|The British prime minister warned of war. Sudan's army shelled the town.",
    "2003-03-21|The Sudanese army denied it. Brandner left. Eva Brandner stayed.",
    "Peru's foreign minister rejected the offer. Beijing protested. Sergey Kolmakov spoke.",
    "2003-03-22|China recalled its envoy. Sergei Kolmakov left; Kolmakov's aides stayed. Her parents left Peru.",
)
Held = dict[str, dict[str, Value]]


class Memory:
    """What is kept from one linking to the next, and of which reports something was made in the last one."""

    def __init__(self) -> None:
        self.held: Held = {"chains": {}, "people": {}, "actors": {}}
        self.made: dict[str, set[str]] = {}

    def link(
        self,
        documents: Sequence[Document],
        readings: Sequence[Reading],
        base: ActorBase,
        judgements: Sequence[Judgement] = (),
    ) -> Cast:
        kept = Kept(lambda kind, _: self.held.get(kind, {}), {one.id: "as stored" for one in documents})
        cast = link_actors(documents, readings, judgements, base, kept, lambda made: edit_actors(made, judgements))
        self.made = {kind: set() for kind in self.held}
        for kind, document, _, value in kept.made():
            self.held[kind][document] = value
            self.made[kind].add(document)
        return cast


def content(cast: Cast) -> list[Mapping[str, object]]:
    return [dict(cast.actors), dict(cast.resolved), cast.rests_on, cast.shown, cast.acting]


@pytest.fixture
def reports(pile: Pile) -> tuple[list[Document], list[Reading]]:
    return pile(*TEXTS)


Reports = tuple[list[Document], list[Reading]]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (5, 3, 1, 4, 2, 0), (2, 5, 0, 1, 4, 3)])
def test_in_steps_as_at_once(order: tuple[int, ...], reports: Reports, lexicon: Lexicon) -> None:
    documents, readings = [reports[0][at] for at in order], [reports[1][at] for at in order]
    memory = Memory()
    for count in (2, 5, 6):
        cast = memory.link(documents[:count], readings[:count], lexicon.actors)
        assert content(cast) == content(link_actors(documents[:count], readings[:count], (), lexicon.actors))
    cast = memory.link(documents[1:], readings[1:], lexicon.actors)  # a report is removed
    assert content(cast) == content(link_actors(documents[1:], readings[1:], (), lexicon.actors))


def test_nothing_is_made_of_what_stays_the_same(reports: Reports, lexicon: Lexicon) -> None:
    documents, readings = reports
    memory = Memory()
    memory.link(documents[:5], readings[:5], lexicon.actors)
    memory.link(documents, readings, lexicon.actors)
    assert memory.made["chains"] == {documents[5].id}
    untouched = {documents[2].id, documents[3].id}  # no actor of theirs has a chain in the new report
    assert not memory.made["actors"] & untouched
    memory.link(documents, readings, lexicon.actors)
    assert memory.made == {"chains": set(), "people": set(), "actors": set()}


def test_names_that_were_compared_are_not_compared_again(
    pile: Pile, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But among people whose last names sound alike, where somebody is new."""
    memory = Memory()
    first = pile("Sergei Laptov said so.", "Sergey Laptov said no.", "Anna Norberg came.")
    cast = memory.link(*first, lexicon.actors)
    monkeypatch.setattr(people, "name_score", None)
    assert content(memory.link(*first, lexicon.actors)) == content(cast)
    asked: list[str] = []

    def score(one: str, other: str, actors: ActorBase) -> float:
        asked.extend((one, other))
        return name_score(one, other, actors)

    monkeypatch.setattr(people, "name_score", score)
    more = pile("Sergei Laptov said so.", "Sergey Laptov said no.", "Anna Norberg came.", "Ana Norberg left.")
    cast = memory.link(*more, lexicon.actors)
    assert {one.split()[-1] for one in asked} == {"Norberg"}
    monkeypatch.undo()
    assert content(cast) == content(link_actors(*more, (), lexicon.actors))


def test_another_day_of_a_report_is_another_chain(pile: Pile, lexicon: Lexicon) -> None:
    """The president of the day that the pile gives a report."""
    documents, (reading,) = pile("The French president called for calm.")
    memory = Memory()
    for day, key in (("2003-03-20", "person:jacques-chirac"), ("2009-03-20", "person:nicolas-sarkozy")):
        dated = [replace(reading, published=Published(day, "day", "inferred"))]
        actors = memory.link(documents, dated, lexicon.actors).actors.values()
        assert [one.key for one in actors if one.kind == "person"] == [key]


def test_what_people_decided_is_no_part_of_what_is_kept(reports: Reports, lexicon: Lexicon) -> None:
    documents, readings = reports
    memory = Memory()
    before = memory.link(documents[:4], readings[:4], lexicon.actors)
    ids = {one.name: id for id, one in before.actors.items()}
    one, other = ids["Hans Brandner"], ids["Eva Brandner"]
    merge = make_judgement("merge", [one, other], "an editor", "2024-01-01T00:00:00Z", "married name")
    split = make_judgement(
        "split", [one, before.actors[one].mentions[0]], "an editor", "2024-01-02T00:00:00Z", "another one"
    )
    named = make_judgement("edit", [one], "an editor", "2024-01-03T00:00:00Z", "full name", [("name", "H. Brandner")])
    decided = [merge, split, named]
    cast = memory.link(documents[:4], readings[:4], lexicon.actors, decided)
    assert not any(memory.made.values())
    assert other not in cast.actors
    assert cast.actors[one].name == "H. Brandner"
    assert {cast.resolved[id] for id in cast.actors[one].mentions} == {one}
    changed = {id for id in before.rests_on if cast.rests_on.get(id) != before.rests_on[id]}
    assert changed == {one, other}
    cast = memory.link(documents, readings, lexicon.actors, decided)
    assert content(cast) == content(Memory().link(documents, readings, lexicon.actors, decided))
    undone = [*decided, make_judgement("undo", [merge.id], "an editor", "2024-01-04T00:00:00Z", "no")]
    assert content(memory.link(documents, readings, lexicon.actors, undone)) == content(
        Memory().link(documents, readings, lexicon.actors, undone)
    )


def test_other_files_of_actors_take_nothing_for_granted(reports: Reports, lexicon: Lexicon) -> None:
    memory = Memory()
    memory.link(*reports, lexicon.actors)
    memory.link(*reports, replace(lexicon.actors, added="another file"))
    assert memory.made["chains"] == {document.id for document in reports[0]}


DAMAGES: dict[str, Callable[[Value], Value]] = {
    "other numbers": lambda _: [1, 2, 3],
    "cut short": lambda value: value[:1],
    "half a row": lambda value: [part[:7] if isinstance(part, bytes) else part for part in value],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_actors_are_made_anew(damage: Callable[[Value], Value], reports: Reports, lexicon: Lexicon) -> None:
    memory = Memory()
    before = memory.link(*reports, lexicon.actors)
    memory.held["actors"] = {id: damage(value) for id, value in memory.held["actors"].items()}
    assert content(memory.link(*reports, lexicon.actors)) == content(before)


def test_actors_are_found_by_id_alone(reports: Reports, lexicon: Lexicon) -> None:
    actors = link_actors(*reports, (), lexicon.actors).actors
    assert list(actors) == sorted(actors)
    assert all(actors[id].id == id and id in actors for id in actors)
    for stranger in (
        "",
        "ac_",
        "ac_0000000000000000",
        "ac_not-a-number!!",
        "st_0000000000000000",
        "ac_-000000000000001",
    ):
        assert stranger not in actors
        with pytest.raises(KeyError):
            actors[stranger]


def test_hashes_of_actors_are_in_the_order_of_rows(reports: Reports, lexicon: Lexicon) -> None:
    cast = link_actors(*reports, (), lexicon.actors)
    ranked = sorted(cast.actors.values(), key=lambda one: (-len(one.mentions), one.name, one.id))
    assert list(cast.rests_on) == [one.id for one in ranked]


def test_a_group_is_named_after_its_owners_best_name(pile: Pile, lexicon: Lexicon) -> None:
    texts = ("Mr Brandner gave no reason. His allies wept.", "Hans Brandner resigned.", "Hans Brandner was ill.")
    names = {one.name for one in link_actors(*pile(*texts), (), lexicon.actors).actors.values()}
    assert "His allies (Hans Brandner)" in names
