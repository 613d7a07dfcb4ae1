"""The scorer of pairs of events: its file, its trees, and what it makes of two sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.errors import TaggerError
from onrecord.lexicon.words import load_function_words
from onrecord.link.reports import read_report
from onrecord.link.same_events.scenes import Reader, Scene
from onrecord.link.same_events.signs import SIGNS, signs_of
from onrecord.taggers.scenes import load_same_events, rarity_of, read_same_events, write_same_events
from onrecord.taggers.trees import Trees, odds
from onrecord.taggers.words import MEANINGS, load_words
from tests.link.builders import make_document

READER = Reader(load_same_events().rarity, load_words(), load_words(MEANINGS), load_function_words())


def scene(line: str, trigger: str, before: str = "") -> Scene:
    document = make_document(f"News\n{before}{line} Nothing more was known.", "X", "2005-12-19")
    report = read_report(document, document.published)
    at = document.text.index(line)
    start = at + line.index(trigger)
    return READER.scene(
        report, READER.telling(report), type(document.parts[0].span)(start, start + len(trigger)),
        type(document.parts[0].span)(at, at + len(line)),
    )  # fmt: skip


def judge(one: Scene, other: Scene) -> float:
    found = load_same_events()
    return float(odds(found.trees, np.array([signs_of(one, other)]))[0])


ARREST = scene("Police arrested the harbour master Tomas Okwui in Port Vell on Friday over forged permits.", "arrested")

RAID = scene("The navy foiled a raid on a merchant ship on Friday.", "foiled")


AGAIN = (
    ("Harbour master Tomas Okwui was arrested on Friday, police in Port Vell said.", "arrested"),
    ("The arrest of harbour master Tomas Okwui on Friday shook Port Vell.", "arrest"),
)
OTHERS = (
    ("Police in Kelso arrested two teenagers on Tuesday after a fire in a school.", "arrested", "only the verb is one"),
    ("Harbour master Tomas Okwui, held since Friday, opened the fish market in May.", "opened", "only the man is one"),
)


@pytest.mark.parametrize(("line", "trigger", "why"), OTHERS)
def test_what_is_told_again_is_likelier_one_event_than_what_shares_a_verb_or_a_man(
    line: str, trigger: str, why: str
) -> None:
    other = judge(ARREST, scene(line, trigger))
    for again in (scene(*told) for told in AGAIN):
        assert judge(ARREST, again) > max(0.0, other), why
        assert judge(ARREST, again) == judge(again, ARREST), "whichever comes first"


def test_a_scene_does_not_hang_on_what_stands_far_from_it() -> None:
    moved = scene("Police arrested the harbour master Tomas Okwui in Port Vell on Friday.", "arrested", "It rained. ")
    assert (moved.number, moved.main, moved.weekdays) == (1, "arrested", frozenset({"friday"}))
    assert {"tomas", "okwui", "port", "vell"} <= moved.names.rarity.keys()
    assert len(signs_of(ARREST, moved)) == len(SIGNS)


MEANT = (
    ("foiled", "thwarted", "walked", "no letters in common"),
    ("awards", "prizes", "boats", "things that are given"),
    ("captured", "seized", "praised", "verbs of taking"),
)


@pytest.mark.parametrize(("word", "same", "other", "why"), MEANT)
def test_words_that_mean_much_the_same_lie_close(word: str, same: str, other: str, why: str) -> None:
    table = load_words(MEANINGS)
    one, alike, apart = (table.vectors[table.rows[name]].astype(float) for name in (word, same, other))
    near, far = (float(one @ vector / np.sqrt((one @ one) * (vector @ vector))) for vector in (alike, apart))
    assert near > far + 0.1, why


def test_a_trigger_that_another_word_of_the_sentence_fits_better_is_less_likely_the_same() -> None:
    other = "The navy said on Friday it had thwarted a raid on a merchant ship."
    found, said = (dict(zip(SIGNS, signs_of(RAID, scene(other, word)), strict=True)) for word in ("thwarted", "said"))
    assert found["matched more"] > said["matched more"]
    assert found["triggers mean"] > said["triggers mean"]
    assert judge(RAID, scene(other, "thwarted")) > judge(RAID, scene(other, "said"))


def test_trees_give_each_row_what_its_leaves_add() -> None:
    split, leaf = np.array([[0, -1, -1]], np.int16), np.array([[0.0, -1.0, 2.0]])
    left, right = np.array([[1, 0, 0]], np.int16), np.array([[2, 0, 0]], np.int16)
    trees = Trees(("a",), split, np.array([[0.5, 0, 0]]), left, right, leaf, 0.25, 1)
    assert odds(trees, np.array([[0.5], [0.6]])).tolist() == [-0.75, 2.25]
    assert odds(trees, np.zeros((0, 1))).tolist() == []


def test_weights_are_written_as_they_are_read_and_checked() -> None:
    found = load_same_events()
    data = write_same_events(found)
    assert write_same_events(read_same_events(data)) == data
    with pytest.raises(TaggerError, match="no file of weights"):
        read_same_events(b"nothing")
    with pytest.raises(TaggerError, match="do not fit"):
        read_same_events(write_same_events(replace(found, trees=replace(found.trees, bars=found.trees.bars[:1]))))


def test_a_word_in_every_text_is_not_rare() -> None:
    assert (rarity_of(9, 9), rarity_of(0, 9)) == (0, 100)
    assert 0 < rarity_of(3, 9) < rarity_of(1, 9)
