"""What is paired and grouped again when a pile changes: what a change touches, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import pytest

from onrecord.link.blocks import Blocks, Linked, joined, link_blocks, linked_of
from onrecord.link.columns import Numbers, as_numbers, components, ids_of
from onrecord.link.grouping import join_linked
from onrecord.link.groups import Grouped, Stamp, judge_groups, make_groups
from onrecord.link.kept import WHOLE, Kept, Kind
from onrecord.link.keys import FIXED, STORY, Keys, KeysOf, SaidKey, Table, code_of
from onrecord.link.reports import Link
from onrecord.link.same_statements import pair_statements
from onrecord.model.offsets import Span
from onrecord.model.record import Verdict
from tests.link.builders import judge
from tests.link.columns import make_table


class File:
    """Keeps what one linking made of the pile for the next."""

    def __init__(self) -> None:
        self.held: dict[str, Sequence[Any]] = {}
        self.made: list[str] = []

    def open(self) -> Kept:
        return Kept(lambda kind, _: {WHOLE: self.held[kind]} if kind in self.held else {}, {"doc_1": "page key"})

    def close(self, kept: Kept) -> None:
        values = {kind: value for kind, document, _, value in kept.made() if document == WHOLE}
        self.made = list(values)
        self.held |= msgspec.msgpack.decode(msgspec.msgpack.encode(values))


Names = Mapping[str, Sequence[tuple[int, int]]]
Of = Mapping[str, tuple[str, str]]  # story and lineage of each claim
DAY_USA, STORY_USA, DAY_FRANCE, DAY_ITALY = (FIXED, 1), (FIXED, 2), (FIXED, 3), (FIXED, 4)
CLAIMS = {"doc_1": {"ev_1": 1}, "doc_2": {"ev_2": 2}, "doc_3": {"ev_3": 3}}
NAMES: Names = {"ev_1": [DAY_USA, DAY_FRANCE], "ev_2": [DAY_USA, STORY_USA], "ev_3": [STORY_USA]}
OF: Of = {"ev_1": ("flood", "reuters"), "ev_2": ("flood", "reuters"), "ev_3": ("flood", "")}


@pytest.mark.parametrize(
    ("claims", "names", "of", "paired", "why"),
    [
        (CLAIMS, NAMES, OF, [], "nothing has changed"),
        (
            CLAIMS,
            NAMES,
            {id: (f"{story} 2", lineage and f"{lineage} 2") for id, (story, lineage) in OF.items()},
            [],
            "the same are the same under other names",
        ),
        (CLAIMS, NAMES, {**OF, "ev_1": ("fire", "reuters")}, [["ev_1", "ev_2"]], "one is of another story now"),
        (CLAIMS, NAMES, {**OF, "ev_3": ("flood", "ap")}, [["ev_2", "ev_3"]], "no name is not a name of its own"),
        ({**CLAIMS, "doc_3": {"ev_3": 4}}, NAMES, OF, [["ev_2", "ev_3"]], "a claim has changed"),
        (
            CLAIMS,
            {**NAMES, "ev_3": [STORY_USA, DAY_USA]},
            OF,
            [["ev_1", "ev_2", "ev_3"]],
            "a claim has come",
        ),
        (CLAIMS, {**NAMES, "ev_2": [STORY_USA]}, OF, [], "a block has gone"),
        (
            CLAIMS,
            {**NAMES, "ev_2": [DAY_USA, DAY_ITALY], "ev_3": [DAY_ITALY]},
            OF,
            [],
            "the same claims, whatever brings them together",
        ),
        (CLAIMS, {**NAMES, "ev_3": [STORY_USA, DAY_FRANCE]}, OF, [["ev_1", "ev_3"]], "two meet for the first time"),
        (
            {"doc_0": {"ev_0": 9}, **CLAIMS},
            NAMES,
            {**OF, "ev_0": ("flood", "")},
            [],
            "a claim before all others meets none of them",
        ),
    ],
)
def test_only_blocks_that_have_changed_are_paired(
    claims: Mapping[str, Mapping[str, int]], names: Names, of: Of, paired: list[list[str]], why: str
) -> None:
    looked_at: list[list[str]] = []

    def pair(blocks: Blocks) -> list[list[Link]]:
        looked_at.extend(map(list, blocks))
        return [[Link(ids[0], ids[-1], 1.5)] for ids in blocks]

    def link(claims: Mapping[str, Mapping[str, int]], names: Names, of: Of, kept: Kept) -> set[tuple[str, str, float]]:
        table = make_table("event", claims, names)
        stories, lineages = (
            as_numbers([code_of(of[id][at]) if of[id][at] else 0 for id in table.ids]) for at in (0, 1)
        )
        linked = link_blocks("linked events", table, table.blocks(), (stories, lineages), pair, kept)
        links = linked.links(table, np.arange(len(linked.left)))
        return {(link.left, link.right, link.weight) for link in links}

    file = File()
    first = file.open()
    link(CLAIMS, NAMES, OF, first)
    file.close(first)
    assert sorted(looked_at) == [["ev_1", "ev_2"], ["ev_2", "ev_3"]], "one claim alone meets nothing"
    looked_at.clear()
    again = file.open()
    found = link(claims, names, of, again)
    assert looked_at == paired, why
    file.close(again)
    assert bool(file.made) == (bool(paired) or why == "a block has gone"), "what is kept is what the links rest on now"
    assert found == link(claims, names, of, Kept()), why


def test_pair_of_two_kinds_of_links_has_the_stronger() -> None:
    table = make_table("event", {"doc_1": {"a": 1, "b": 2, "c": 3}})
    one = linked_of([Link("a", "b", 1.5), Link("b", "c", 1.0)], table)
    other = Linked(np.array([1]), np.array([0]), np.array([100.0]))
    both = joined(one, other)
    assert both.links(table, np.arange(2)) == [Link("a", "b", 100.0), Link("b", "c", 1.0)]


def test_links_of_claims_that_are_not_there_are_damage() -> None:
    table = make_table("event", {"doc_1": {"a": 1, "b": 2}}, {"a": [DAY_USA], "b": [DAY_USA]})
    file = File()
    kept = file.open()

    def link(kept: Kept) -> None:
        link_blocks("linked events", table, table.blocks(), (), lambda _: [[Link("a", "b", 1.0)]], kept)

    link(kept)
    file.close(kept)
    file.held["linked events"] = [*file.held["linked events"][:3], b"elsewher", file.held["linked events"][4]]
    with pytest.raises(ValueError, match="not there"):
        link(file.open())


def test_groups_are_those_made_at_once_however_the_pile_came_together() -> None:
    rng = random.Random(11)
    file = File()
    for _ in range(40):
        ids = sorted(rng.sample(range(30), rng.randint(1, 30)))
        contents = {f"ev_{id:02}": id * 10 + (rng.random() < 0.1) for id in ids}
        table = make_table("event", {f"doc_{id}": {id: content} for id, content in contents.items()})
        days = [f"2024-01-{1 + content % 7:02}" if content % 3 else "" for content in contents.values()]
        stamps = {
            id: Stamp((f"2024-01-0{1 + content % 4}",) * 2 if content % 2 else None) for id, content in contents.items()
        }
        links = [
            Link(one, other, float(1 + (content * 7 + contents[other]) % 5))
            for one, content in contents.items()
            for other in contents
            if one < other and (content * contents[other]) % 11 == 1
        ]
        made: list[int] = []

        def stamp(row: int, made: list[int] = made, table: Table = table, stamps: dict[str, Stamp] = stamps) -> Stamp:
            made.append(row)
            return stamps[table.ids[row]]

        linked = linked_of(links, table)
        kept = file.open()
        grouped = join_linked(table, linked, days, stamp, kept)
        file.close(kept)
        came_out = {id: day for id, day in zip(contents, days, strict=True) if day}
        wanted = make_groups("event", stamps, links, came_out)
        by_id = sorted(wanted, key=lambda group: group.id)
        assert sorted(grouped.make(grouped.numbers), key=lambda group: group.id) == by_id
        assert grouped.by_claim() == {id: group.id for group in wanted for id in group.members}
        made.clear()
        join_linked(table, linked, days, stamp, file.open())
        assert made == [], "what has not changed is not looked at"


def test_judgements_change_the_groups_that_they_name_as_if_all_were_judged() -> None:
    rng = random.Random(5)
    table = make_table("event", {"doc_1": {f"ev_{n}": n for n in range(9)}})
    for _ in range(60):
        of = np.sort(np.array([rng.randrange(9) for _ in range(9)]))
        first = {number: row for row, number in reversed(list(enumerate(of.tolist())))}
        grouped = Grouped(table, np.array([first[number] for number in of.tolist()]))
        groups = grouped.make(grouped.numbers)
        subjects = [*table.ids, *(group.id for group in groups), "gr_gone", "ac_someone"]
        verdicts: tuple[Verdict, ...] = ("accept", "reject", "merge", "split")
        judgements = [
            judge(rng.choice(verdicts), *rng.sample(subjects, rng.randint(1, 3)), at=f"2024-01-0{n}") for n in (1, 2, 3)
        ]
        judged = grouped.judged(judgements)
        wanted = sorted(judge_groups(groups, judgements), key=lambda group: group.id)
        assert sorted(judged.make(judged.numbers), key=lambda group: group.id) == wanted, judgements
        ids = [group.id for group in judged.make(judged.numbers)]
        assert ids_of("gr", judged.codes[judged.numbers]) == ids, "a group's code is that of its id"
        assert len(set(ids)) == len(ids)


WORDS = "dam river water flood bridge road"


def said_in(stories: Mapping[str, str], kept: Kept, words: Mapping[str, str], asked: list[str]) -> set[tuple[str, str]]:
    """The pairs of statements, one in each report, all of one speaker's country."""
    ids = {document: f"st_{document[-1]}" for document in stories}
    contents = {document: {id: code_of(words[document]) % 1000} for document, id in ids.items()}
    names = {id: [(STORY, 1)] for id in ids.values()}
    table = make_table("statement", contents, names, {id: words[document] for document, id in ids.items()})

    def fetch(document: str) -> Keys:
        asked.append(document)
        return Keys((), (SaidKey(ids[document], None, None, ("USA",), False, Span(0, 1), True),), ())

    of: Numbers = as_numbers([code_of(story) for story in stories.values()])
    linked = pair_statements(table, KeysOf(fetch), of, kept)
    return {(link.left, link.right) for link in linked.links(table, np.arange(len(linked.left)))}


def test_statements_that_stay_are_compared_again_where_stories_part_or_meet() -> None:
    words = dict.fromkeys(("doc_1", "doc_2", "doc_3"), WORDS)
    steps: list[tuple[dict[str, str], set[tuple[str, str]]]] = [
        ({"doc_1": "a", "doc_2": "a", "doc_3": "c"}, {("st_1", "st_2")}),
        ({"doc_1": "b", "doc_2": "b", "doc_3": "c"}, {("st_1", "st_2")}),  # only named otherwise
        ({"doc_1": "b", "doc_2": "b", "doc_3": "b"}, {("st_1", "st_2"), ("st_1", "st_3"), ("st_2", "st_3")}),
        ({"doc_1": "a", "doc_2": "c", "doc_3": "c"}, {("st_2", "st_3")}),
        ({"doc_1": "c", "doc_2": "c", "doc_3": "a"}, {("st_1", "st_2")}),  # two names change places, and one moves
    ]
    file = File()
    for stories, wanted in steps:
        kept = file.open()
        assert said_in(stories, kept, words, []) == wanted, stories
        file.close(kept)


def test_few_new_statements_are_looked_up_among_many() -> None:
    rng = random.Random(2)
    vocabulary = ["dam", "river", "water", "flood", "bridge", "road", "gate", "wall", "tower", "field"]
    numbers = range(10, 60)
    words = {f"doc_{n}": " ".join(rng.sample(vocabulary, rng.randint(3, 8))) for n in numbers}
    stories = {document: "abc"[int(document[-2:]) % 3] for document in words}
    ids = {document: f"st_{document[-2:]}" for document in words}

    def link(documents: Sequence[str], kept: Kept, asked: list[str]) -> set[tuple[str, str]]:
        contents = {document: {ids[document]: 1} for document in documents}
        stems = {ids[document]: words[document] for document in documents}
        table = make_table("statement", contents, {id: [(STORY, 1)] for id in stems}, stems)

        def fetch(document: str) -> Keys:
            asked.append(document)
            return Keys((), (SaidKey(ids[document], None, None, ("USA",), False, Span(0, 1), True),), ())

        of = as_numbers([code_of(stories[document]) for document in documents])
        linked = pair_statements(table, KeysOf(fetch), of, kept)
        return {(link.left, link.right) for link in linked.links(table, np.arange(len(linked.left)))}

    file, asked = File(), list[str]()
    kept = file.open()
    link(list(words)[:-2], kept, asked)
    file.close(kept)
    asked.clear()
    found = link(list(words), file.open(), asked)
    assert len(set(asked)) < len(words) / 2, "only what shares its words with a new one is looked at"
    assert found == link(list(words), Kept(), [])
    assert any(ids[document] in pair for document in list(words)[-2:] for pair in found)


def test_statements_that_differ_in_nothing_meet_others_once() -> None:
    """Whatever comes, goes or changes its story meanwhile, and whichever of them comes first: links lead as far as if
    each were compared with each."""
    rng = random.Random(4)
    said = {f"doc_{n}": ("dam river water flood bridge road", "dam river water flood bridge gate")[n % 5 == 0]
            for n in range(10, 40)}  # fmt: skip
    compared: list[str] = []

    def link(stories: Mapping[str, str], kept: Kept, is_one: bool) -> tuple[Table, Linked]:
        contents = {document: {f"st_{document[-2:]}": 1} for document in stories}
        words = {f"st_{document[-2:]}": said[document] for document in stories}
        alike = words if is_one else None
        table = make_table("statement", contents, {id: [(STORY, 1)] for id in words}, words, alike)

        def fetch(document: str) -> Keys:
            compared.append(document)
            return Keys((), (SaidKey(f"st_{document[-2:]}", None, None, ("USA",), False, Span(0, 1), True),), ())

        of = as_numbers([code_of(story) for story in stories.values()])
        return table, pair_statements(table, KeysOf(fetch), of, kept)

    file = File()
    for _ in range(12):
        stories = {document: rng.choice("aab") for document in said if rng.random() < 0.8}
        kept = file.open()
        table, linked = link(stories, kept, is_one=True)
        file.close(kept)
        every = link(stories, Kept(), is_one=False)[1]
        size = len(stories)
        assert (
            components(linked.left, linked.right, size).tolist() == components(every.left, every.right, size).tolist()
        )
        assert len(linked.left) < size < len(every.left)
        anew = link(stories, Kept(), is_one=True)[1]
        assert set(map(str, linked.links(table, np.arange(len(linked.left))))) == set(
            map(str, anew.links(table, np.arange(len(anew.left))))
        )
    compared.clear()
    link(stories, Kept(), is_one=True)
    assert len(set(compared)) <= 4, "one of each wording in each story"


def test_nothing_of_the_pile_is_kept_where_nothing_is_stored() -> None:
    kept = Kept(lambda _kind, _document: {WHOLE: [1]})
    kinds: tuple[Kind, ...] = ("written", "counted")
    for kind in kinds:
        kept.put_whole(kind, [2])
        assert kept.get_whole(kind) is None
    assert list(kept.made()) == []
