"""Stories: likeness of reports within reach in time, and their joining, each against the plain way of doing it."""

from __future__ import annotations

import datetime
import itertools
import random

import numpy as np
import pytest

from onrecord.lexicon.words import load_function_words
from onrecord.link.kept import Kept
from onrecord.link.reports import Report, read_report
from onrecord.link.stories import group_stories, likeness
from onrecord.link.stories.joining import JOIN, join
from onrecord.link.stories.likeness import FAINT, HALF_LIFE, UNKNOWN, Pairs, Vectors, compare, days_of
from onrecord.model.days import Days
from tests.link.builders import make_document

FLOOD = "The dam at Orsk broke and the Ural flooded the lower town; boats carried families to the school."
STRIKE = "Dockers in Valparaiso walked out over wages, and copper waits on the quays while talks go on."


def reports(*texts: tuple[str, str | None]) -> list[Report]:
    documents = [make_document(f"{n}\n{text}", f"Paper {n}", day) for n, (text, day) in enumerate(texts)]
    return [read_report(one, one.published) for one in documents]


@pytest.mark.parametrize(
    ("first", "second", "one", "why"),
    [
        ((FLOOD, "2004-03-01"), (FLOOD, "2004-03-02"), True, "the same words a day later"),
        ((FLOOD, "2004-03-01"), (STRIKE, "2004-03-01"), False, "nothing in common but the day"),
        ((FLOOD, "2004-03-01"), (FLOOD, "2004-12-01"), False, "the same words nine months later are another flood"),
        ((FLOOD, None), (FLOOD, "2004-12-01"), True, "nobody knows when one came out"),
        ((FLOOD, None), (FLOOD, None), True, "nor when both did"),
    ],
)
def test_story_is_shared_words_within_a_time(
    first: tuple[str, str | None], second: tuple[str, str | None], one: bool, why: str
) -> None:
    pair = reports(first, second)
    stories = group_stories(pair, load_function_words())
    assert (len(set(stories.values())) == 1) is one, why
    assert group_stories(pair[::-1], load_function_words()) == stories
    assert min(stories.values()) == min(stories)


def test_no_report_has_no_story_and_one_without_words_its_own() -> None:
    assert group_stories([], load_function_words()) == {}
    (empty,) = reports(("", None))
    assert group_stories([empty], load_function_words()) == {empty.id: empty.id}


def test_terms_kept_give_the_same_stories() -> None:
    pile = reports((FLOOD, "2004-03-01"), (FLOOD + " Rain fell.", "2004-03-03"), (STRIKE, "2004-03-01"))
    kept = Kept(None, {report.id: "page key" for report in pile})
    assert group_stories(pile, load_function_words(), kept) == group_stories(pile, load_function_words())
    assert group_stories(pile, load_function_words(), kept) == group_stories(pile, load_function_words())


def test_likeness_is_that_of_every_pair_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(7)
    published = [days(rng) for _ in range(90)]
    found = [vector(rng) for _ in published]
    timing = days_of(published)
    order = timing.order.tolist()
    vectors = Vectors(
        np.array([len(found[at]) for at in order], np.int64),
        np.array([term for at in order for term in found[at]], np.int64),
        np.array([weight for at in order for weight in found[at].values()]),
    )
    wanted = {}
    for one, other in itertools.combinations(range(len(order)), 2):
        left, right = order[one], order[other]
        shared = sum(weight * found[right].get(term, 0.0) for term, weight in found[left].items())
        if (value := shared * nearness(published[left], published[right])) >= FAINT:
            wanted[one, other] = value
    assert any(published[order[one]] is None for one, _ in wanted)
    for cells in (1, 200, 1 << 20):  # a report at a time, some, all at once
        monkeypatch.setattr(likeness, "CELLS", cells)
        got = compare(vectors, timing)
        pairs = list(zip(got.left.tolist(), got.right.tolist(), strict=True))
        assert sorted(pairs) == sorted(wanted)
        assert got.sums.tolist() == pytest.approx([wanted[pair] for pair in pairs])


def days(rng: random.Random) -> Days | None:
    """A day of two years, or weeks or a year around it, or nothing."""
    first = datetime.date(2003, 1, 1) + datetime.timedelta(days=rng.randrange(730))
    length = rng.choice([0, 0, 0, 10, 365, None])
    return None if length is None else (first.isoformat(), (first + datetime.timedelta(days=length)).isoformat())


def vector(rng: random.Random) -> dict[int, float]:
    terms = rng.sample(range(40), rng.randrange(9))
    return {term: 1 / len(terms) ** 0.5 for term in terms}


def nearness(one: Days | None, other: Days | None) -> float:
    if one is None or other is None:
        return UNKNOWN
    first, last = max(one[0], other[0]), min(one[1], other[1])
    gap = (datetime.date.fromisoformat(first) - datetime.date.fromisoformat(last)).days
    return float(0.5 ** (max(0, gap) / HALF_LIFE))


@pytest.mark.parametrize("seed", range(4))
def test_joining_in_rounds_is_joining_the_closest_two_again_and_again(seed: int) -> None:
    rng, count = random.Random(seed), 40
    sums = {pair: rng.uniform(FAINT, 0.3) for pair in itertools.combinations(range(count), 2) if rng.random() < 0.3}
    left, right = np.array(list(sums), np.int64).T
    got = join(Pairs(left, right, np.array(list(sums.values()))), count).tolist()
    stories = [[at] for at in range(count)]
    while True:
        mean, one, other = max(
            (sum(sums.get((min(a, b), max(a, b)), 0.0) for a in x for b in y) / (len(x) * len(y)), m, n)
            for (m, x), (n, y) in itertools.combinations(enumerate(stories), 2)
        )
        if mean < JOIN:
            break
        stories[one] += stories.pop(other)
    wanted = {at: min(story) for story in stories for at in story}
    assert got == [wanted[at] for at in range(count)]
    assert 1 < len(stories) < count


def test_equally_close_stories_are_joined_all_the_same() -> None:
    pairs = list(itertools.combinations(range(5), 2))
    left, right = np.array(pairs, np.int64).T
    assert set(join(Pairs(left, right, np.full(len(pairs), 0.5)), 6).tolist()) == {0, 5}
