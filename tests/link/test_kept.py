"""What linking keeps of a report: only of one that is as it is stored, and what was made last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec
import pytest

from onrecord.link.kept import KINDS, PAIRED, SINGLY, Blocks, Kept, Linked, Standing, link_blocks
from onrecord.link.keys import InContext, SaidKey, pack_stems, unpack_stems
from onrecord.link.reports import Link
from onrecord.link.same_statements import pair_statements

STAMPS = {"doc_1": "page key", "doc_2": "page key", "doc_3": "page key"}


def test_value_is_fetched_once_a_kind_and_gives_way_to_a_newer_one() -> None:
    asked = []

    def fetch(kind: str, document: str | None) -> dict[str, list[int]]:
        asked.append((kind, document))
        return {"doc_1": [1], "doc_2": [2]}

    kept = Kept(fetch, {"doc_1": "page key", "doc_2": "page key", "doc_3": "page key"})
    assert [kept.get("words", id) for id in ("doc_1", "doc_2", "doc_3")] == [[1], [2], None]
    kept.put("words", "doc_2", [3])
    kept.put("words", "doc_3", [4])
    assert [kept.get("words", id) for id in ("doc_1", "doc_2", "doc_3")] == [[1], [3], [4]]
    assert asked == [("words", None)]
    assert list(kept.made()) == [("words", "doc_2", False, [3]), ("words", "doc_3", False, [4])]


def test_nothing_is_kept_of_a_report_that_people_put_right() -> None:
    kept = Kept(lambda _kind, _document: {"doc_1": [1]}, {})
    assert kept.get("claims", "doc_1") is None
    kept.put("claims", "doc_1", [2])
    assert list(kept.made()) == []


def test_what_rests_on_two_reports_says_so() -> None:
    kept = Kept(None, {"doc_1": "page key"})
    for kind in KINDS:
        kept.put(kind, "doc_1", [1])
    assert {kind for kind, _, paired, _ in kept.made() if paired} == set(PAIRED)


def test_large_values_are_fetched_a_report_at_a_time() -> None:
    asked = []

    def fetch(kind: str, document: str | None) -> dict[str, list[int]]:
        asked.append((kind, document))
        return {"doc_2": [2]} if document == "doc_2" else {}

    kept = Kept(fetch, STAMPS)
    assert [[kept.get(kind, id) for id in ("doc_1", "doc_2")] for kind in SINGLY] == [[None, [2]]] * len(SINGLY)
    assert asked == [(kind, id) for kind in SINGLY for id in ("doc_1", "doc_2")]


class File:
    """Keeps what one linking made for the next."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Sequence[object]]] = {kind: {} for kind in KINDS}

    def open(self) -> Kept:
        return Kept(lambda kind, _document: self.held[kind], STAMPS)

    def close(self, kept: Kept) -> None:
        for kind, document, _, value in kept.made():
            self.held[kind][document] = msgspec.msgpack.decode(msgspec.msgpack.encode(value))


BLOCK: Blocks = {("day", "USA"): ["ev_1", "ev_2"], ("story", "USA"): ["ev_2", "ev_3"], ("day", "FRA"): ["ev_1"]}
STANDING = {
    "ev_1": Standing("doc_1", b"1", ("flood", "reuters")),
    "ev_2": Standing("doc_2", b"2", ("flood", "reuters")),
    "ev_3": Standing("doc_3", b"3", ("flood", "")),
}


@pytest.mark.parametrize(
    ("blocks", "standing", "paired", "why"),
    [
        (BLOCK, STANDING, [], "nothing has changed"),
        (
            BLOCK,
            {id: replace(one, names=tuple(name and f"{name} 2" for name in one.names)) for id, one in STANDING.items()},
            [],
            "the same are the same under other names",
        ),
        (
            BLOCK,
            STANDING | {"ev_1": replace(STANDING["ev_1"], names=("fire", "reuters"))},
            [("day", "USA")],
            "one is of another story now",
        ),
        (
            BLOCK,
            STANDING | {"ev_3": replace(STANDING["ev_3"], names=("flood", "ap"))},
            [("story", "USA")],
            "no name is not a name of its own",
        ),
        (
            BLOCK,
            STANDING | {"ev_3": replace(STANDING["ev_3"], content=b"4")},
            [("story", "USA")],
            "a claim has changed",
        ),
        ({**BLOCK, ("day", "USA"): ["ev_1", "ev_2", "ev_3"]}, STANDING, [("day", "USA")], "a claim has come"),
        ({("story", "USA"): ["ev_2", "ev_3"]}, STANDING, [], "a block has gone"),
        ({("story", "FRA"): ["ev_3", "ev_2"]}, STANDING, [], "the same claims, whatever brings them together"),
        ({**BLOCK, ("day", "FRA"): ["ev_1", "ev_3"]}, STANDING, [("day", "FRA")], "two meet for the first time"),
    ],
)
def test_only_blocks_that_have_changed_are_paired(
    blocks: Blocks, standing: Mapping[str, Standing], paired: list[tuple[str, str]], why: str
) -> None:
    looked_at: list[tuple[str, ...]] = []

    def pair(changed: Blocks) -> Linked:
        looked_at.extend(changed)
        return {name: [Link(ids[0], ids[-1], 1.5)] for name, ids in changed.items()}

    file = File()
    first = file.open()
    link_blocks("told", BLOCK, STANDING, pair, first)
    file.close(first)
    assert sorted(looked_at) == [("day", "USA"), ("story", "USA")], "one claim alone meets nothing"
    looked_at.clear()
    found = link_blocks("told", blocks, standing, pair, file.open())
    assert looked_at == paired, why
    assert found == link_blocks("told", blocks, standing, pair, Kept()), why


def test_claims_of_a_report_are_there_once_one_of_them_is_asked_for() -> None:
    fetched: list[str] = []
    held: dict[str, int] = {}
    document_of = {"ev_1": "doc_1", "ev_2": "doc_1", "ev_3": "doc_2"}

    def fetch(document: str) -> None:
        fetched.append(document)
        held.update({id: int(id[-1]) for id, of in document_of.items() if of == document})

    claims = InContext(document_of, held, fetch)
    assert list(claims) == ["ev_1", "ev_2", "ev_3"]
    assert claims.get("ev_9") is None
    assert fetched == []
    assert (claims["ev_2"], claims["ev_1"]) == (2, 1)
    assert fetched == ["doc_1"]


def statement(id: str, words: str) -> SaidKey:
    return SaidKey(id, None, None, ("USA",), pack_stems(words.split()), False)


def test_stems_are_the_same_numbers_in_every_report() -> None:
    assert unpack_stems(pack_stems(["dam", "river"])) & unpack_stems(pack_stems(["river", "bridge"]))
    assert len(unpack_stems(pack_stems(["dam", "river", "bridge"]))) == 3


def test_statements_that_stay_are_compared_again_where_stories_part_or_meet() -> None:
    words = "dam river water flood bridge road"
    keys = {f"doc_{n}": (statement(f"st_{n}", words),) for n in (1, 2, 3)}
    steps: list[tuple[dict[str, str], set[tuple[str, str]]]] = [
        ({"doc_1": "a", "doc_2": "a", "doc_3": "c"}, {("st_1", "st_2")}),
        ({"doc_1": "b", "doc_2": "b", "doc_3": "c"}, {("st_1", "st_2")}),  # only named otherwise
        ({"doc_1": "b", "doc_2": "b", "doc_3": "b"}, {("st_1", "st_2"), ("st_1", "st_3"), ("st_2", "st_3")}),
        ({"doc_1": "a", "doc_2": "c", "doc_3": "c"}, {("st_2", "st_3")}),
        ({"doc_1": "c", "doc_2": "c", "doc_3": "a"}, {("st_1", "st_2")}),  # two names change places, and one moves
    ]
    file, fresh = File(), set(keys)
    for stories, wanted in steps:
        kept = file.open()
        assert {(link.left, link.right) for link in pair_statements(keys, stories, fresh, kept)} == wanted, stories
        file.close(kept)
        fresh = set()
