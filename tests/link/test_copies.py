"""Copies: texts that descend from one another, and those that only seem to."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from onrecord.link.alignment import edits_between
from onrecord.link.copies import compare, find_bonds, index, read_traits, relation, same_text, sketch
from onrecord.link.copies.index import Index, find_pairs
from onrecord.link.kept import Kept
from onrecord.link.reports import read_report, read_wording
from onrecord.model.text import Document
from tests.link.builders import make_document

WIRE = (
    "Peacekeepers in the border town of Tine opened a field hospital this week for families fleeing the fighting.\n"
    "Aid workers counted more than three hundred arrivals a day, most of them women who had walked for two nights.\n"
    "The nearest clinic lies eighty kilometres to the west and has been without fuel since the rains began.\n"
    "Officials in the capital promised trucks, but drivers say that no convoy has left the depot so far."
)
OTHER = (
    "A hospital in tents has been set up near Tine, where thousands escaping the war have gathered.\n"
    "Every day some 300 people cross the dry river bed, relief groups estimate, and most come on foot.\n"
    "Help from the government has been announced and has yet to arrive, according to lorry drivers there."
)
SPEECH = (
    "“We shall not leave these people alone in the desert, and we shall come back every year until the last of them "
    "can return to his own village and his own field,” the commissioner said"
)
NOTICE = "Sign up here to receive our morning briefing with the most important stories from around the region today."


def label(left: str, right: str) -> str:
    sketches = {name: sketch(read_wording(make_document(text, kinds=()))) for name, text in (("a", left), ("b", right))}
    return relation(compare("a", "b", sketches))


@pytest.mark.parametrize(
    ("left", "right", "expected", "why"),
    [
        (WIRE, WIRE, "copy", "word for word"),
        (WIRE, WIRE.replace("this week", "on Tuesday").replace("more than", "over"), "copy", "a desk's small changes"),
        (WIRE, WIRE.upper(), "copy", "case does not matter"),
        (WIRE, WIRE.replace("hospital", "hos\u00adpital"), "copy", "soft hyphens are no letters"),
        (WIRE, WIRE.split("\n")[1], "copy", "one paragraph cut out"),
        (WIRE, OTHER + "\n" + WIRE.splitlines()[0], "part", "one paragraph taken into another report"),
        (WIRE, OTHER, "independent", "two reporters on one thing"),
        (f"{SPEECH} in Abéché.", f"In a tent near the river: {SPEECH} to loud applause.", "quotes_only", "one speech"),
        (WIRE, "", "independent", "nothing to compare"),
        ("No.", "No.", "independent", "too short for a run of words; same_text finds it"),
        ("\u200b\u200b", "…", "independent", "no word at all"),
    ],
)
def test_relation_tells_copies_from_shared_quotations(left: str, right: str, expected: str, why: str) -> None:
    assert label(left, right) == expected, why
    assert label(right, left) == expected, why


def bonds(*documents: Document) -> set[tuple[frozenset[str], bool]]:
    reports = [read_report(document, document.published) for document in documents]
    return {(frozenset({bond.left, bond.right}), bond.one_text) for bond in find_bonds(reports)}


def test_candidates_find_an_excerpt_in_a_long_report() -> None:
    filler = "\n".join(f"Paragraph {n} tells of the village number {n} and of well number {n + 7}." for n in range(400))
    long, short = make_document(f"Long\n{filler}\n{WIRE}"), make_document(f"Short\n{WIRE}")
    assert bonds(long, short) == {(frozenset({long.id, short.id}), True)}


def test_furniture_of_an_outlet_binds_no_reports() -> None:
    texts = [
        f"News {word}\nThe {word} council met and spoke of {word} roads.\n{NOTICE}" for word in ("old", "new", "red")
    ]
    assert bonds(*(make_document(text, "Daily Post") for text in texts)) == set()
    assert bonds(*(make_document(text, name) for text, name in zip(texts, "abc", strict=True))) != set()


def test_one_wire_credit_makes_less_text_enough() -> None:
    own = " ".join(f"Trader number {n} sells cloth and tells of road number {n}." for n in range(25))
    taken = " ".join(WIRE.splitlines()[:2])
    texts = (
        f"One\n{WIRE}\n{own[::-1]}",
        f"Two\n{OTHER}\n{own}\n{taken}",
    )
    apart = [make_document(text, name) for text, name in zip(texts, "AB", strict=True)]
    wired = [make_document(text, name, origins=[("AP", "agency")]) for text, name in zip(texts, "AB", strict=True)]
    cited = [make_document(text, name, origins=[("AP", "cited")]) for text, name in zip(texts, "AB", strict=True)]
    assert [one_text for documents in (apart, wired, cited) for _, one_text in bonds(*documents)] == [
        False,
        True,
        False,
    ]


def test_same_text_groups_reports_of_the_same_words_only() -> None:
    one, two, three = (make_document(text, name) for text, name in ((WIRE, "A"), (WIRE, "B"), (OTHER, "C")))
    empty = [make_document("", "D"), make_document(" ", "E")]
    reports = [read_report(document, document.published) for document in (one, two, three, *empty)]
    assert same_text(read_traits(reports)) == (tuple(sorted((one.id, two.id))),)


def test_edits_show_what_was_dropped_added_and_changed() -> None:
    before = make_document(WIRE, kinds=())
    lines = WIRE.split("\n")
    lines[1] = lines[1].replace("three hundred", "four hundred")
    after = make_document(
        "\n".join([lines[0], lines[1], lines[3], "The ministry did not reply to questions."]), kinds=()
    )
    edits = edits_between(read_wording(before), read_wording(after))
    shown = [
        (edit.op, before.words(edit.before) if edit.before else None, after.words(edit.after) if edit.after else None)
        for edit in edits
    ]
    old = WIRE.split("\n")
    assert shown == [
        ("changed", old[1].rstrip("."), lines[1].rstrip(".")),
        ("dropped", old[2].rstrip("."), None),
        ("added", None, "The ministry did not reply to questions"),
    ]


def test_edits_of_a_huge_text_stay_coarse_and_quick() -> None:
    before = read_wording(make_document("\n".join(f"Line {n} is here." for n in range(3000)), kinds=()))
    after = read_wording(make_document("\n".join(f"Line {n} is there." for n in range(3000)), kinds=()))
    assert [edit.op for edit in edits_between(before, after)] == ["dropped", "added"]


def test_overlaps_that_are_kept_give_way_where_more_is_furniture() -> None:
    texts = [f"News {word}\nThe {word} council spoke of {word} roads.\n{NOTICE}" for word in ("old", "new", "red")]
    pile = [read_report(one, one.published) for one in (make_document(text, "Daily Post") for text in texts)]
    stamps = {report.id: "page key" for report in pile}
    kept = Kept(None, stamps)
    assert len(find_bonds(pile[:2], kept)) == 1  # of two reports nobody can tell
    assert "overlaps" in {kind for kind, *_ in kept.made()}
    before = Kept(lambda kind, _: {id: value for made, id, _, value in kept.made() if made == kind}, stamps)
    assert find_bonds(pile[:2], before) == find_bonds(pile[:2])
    assert list(before.made()) == []  # nothing is compared again
    assert find_bonds(pile, before) == find_bonds(pile) == ()
    assert find_bonds(pile[:2], before) == find_bonds(pile[:2])


def test_pairs_do_not_hang_on_how_many_runs_are_sorted_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(3)
    shared = [[rng.randrange(1 << 32) for _ in range(30)] for _ in range(8)]
    texts = [sorted({*rng.choice(shared)[:20], *rng.choice(shared)[5:], rng.randrange(1 << 32)}) for _ in range(40)]
    runs = Index.of([np.array(text * 2, np.uint32) for text in texts])
    outlets = [number % 3 - 1 for number in range(len(texts))]
    whole = find_pairs(runs, [12] * len(texts), outlets)
    alike = {pair for pair in itertools.combinations(range(len(texts)), 2) if len(common(texts, *pair)) >= 12}
    assert {tuple(pair) for pair in whole.pairs.tolist()} <= alike
    assert len(whole.pairs)
    for slice_, sieved in ((100, 1 << 30), (100, 50)):
        monkeypatch.setattr(index, "SLICE", slice_)
        monkeypatch.setattr(index, "SIEVED", sieved)
        parted = find_pairs(runs, [12] * len(texts), outlets)
        assert parted.pairs.tolist() == whole.pairs.tolist()
        assert parted.furniture.tolist() == whole.furniture.tolist()
        assert parted.marks.tolist() == whole.marks.tolist()


def common(texts: list[list[int]], one: int, other: int) -> set[int]:
    return set(texts[one]) & set(texts[other])
