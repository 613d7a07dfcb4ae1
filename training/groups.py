"""`python -m training.groups GROUPS.jsonl STATEMENTS.jsonl`: makes src/onrecord/taggers/same_events.npz anew.

Boosted trees over pairs of mentions of one topic (`link.same_events.signs`), with scikit-learn; there is no chance in
it. A topic holds two stories of like events, so that pairs across them teach what tells such events apart. How rare
words are comes from the articles of both files. Two fifths of the topics are left out once, to print what the bar does;
the weights that are kept are learned from all.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier  # the `training` group

from bench.tasks.groups import pairs_in_stories, read_mentions, rows_of
from bench.tools import read_rows
from onrecord.link.reports import STEM, fold_words
from onrecord.link.same_events.signs import SIGNS
from onrecord.taggers.scenes import NAME, SameEvents, rarity_of, write_same_events
from onrecord.taggers.trees import Numbers, Trees, odds
from training.weights import keep

TREES, LEAVES, RATE = 150, 12, 0.1
PENALTY, LEAST = 5.0, 40  # on the size of leaves; pairs in a leaf
RARE = 2  # a stem in fewer texts is as rare as one in none
BARS = (0.5, 0.6, 0.7, 0.8, 0.9)


def learn_rarity(texts: Sequence[str]) -> dict[str, int]:
    """For each stem 0 (in every text) to 100 (in none)."""
    counts = Counter(stem for text in texts for stem in {word[:STEM] for word in fold_words(text)})
    return {stem: rarity_of(count, len(texts)) for stem, count in sorted(counts.items()) if count >= RARE}


def learn(rows: Numbers, same: NDArray[np.bool_]) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        l2_regularization=PENALTY,
        min_samples_leaf=LEAST,
        early_stopping=False,
        random_state=0,
    ).fit(rows, same)
    found = [tree[0].nodes for tree in model._predictors]  # scikit-learn gives no other way to its trees
    shape = len(found), max(map(len, found))
    splits, left, right = np.full(shape, -1, np.int16), np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    bars, values = np.zeros(shape), np.zeros(shape)
    for number, nodes in enumerate(found):
        ways = ~nodes["is_leaf"].astype(bool)
        size = len(nodes)
        splits[number, :size] = np.where(ways, nodes["feature_idx"], -1)
        left[number, :size], right[number, :size] = nodes["left"], nodes["right"]
        bars[number, :size] = np.where(ways, nodes["num_threshold"], 0)
        values[number, :size] = nodes["value"]
    depth = max(int(nodes["depth"].max()) for nodes in found)
    return Trees(SIGNS, splits, bars, left, right, values, float(model._baseline_prediction[0, 0]), depth)


def main() -> None:
    groups, statements = (read_rows(Path(name)) for name in sys.argv[1:])
    texts = [row["text"] for row in statements]
    texts.extend("\n".join(" ".join(words) for words in row["sentences"]) for row in groups)
    rarity = learn_rarity(texts)
    mentions = read_mentions(groups, rarity, {row["id"]: row["topic"] for row in groups})
    pairs = list(pairs_in_stories(mentions))
    rows = rows_of(mentions, pairs)
    same = np.array([mentions[one].cluster == mentions[other].cluster for one, other in pairs])
    held = np.array([int(mentions[one].topic) % 5 > 2 for one, _ in pairs])
    given = odds(learn(rows[~held], same[~held]), rows[held])
    for bar in BARS:
        chosen = given >= np.log(bar / (1 - bar))
        right = int((chosen & same[held]).sum())
        print(f"{bar}: {right / max(1, chosen.sum()):.3f} of pairs right, {right / same[held].sum():.3f} found")
    keep(f"{NAME}.npz", write_same_events(SameEvents(learn(rows, same), rarity)))


if __name__ == "__main__":
    main()
