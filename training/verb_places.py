"""`python -m training.verb_places GOLD.jsonl`: makes src/onrecord/taggers/verb_places.tsv anew.

A logistic regression over the names of a sentence and "none of them", by L-BFGS over the signs of
`extract.events.where_signs`; there is no chance in it. What the least certainty should be is printed for a ninth of the
training sentences; the tenth that is held back is never looked at.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.tasks.verb_places import Act, is_held_back, read_acts, score
from bench.tools import load_tools, read_rows
from onrecord.extract.events.where import LEAST, VERB_PLACES, find_candidates, weigh
from onrecord.extract.events.where_signs import signs
from onrecord.taggers.odds import write_odds
from training.weights import keep

RARE = 3  # a sign seen less often is left out
SMALL = 0.005  # a weight nearer to nothing than this is left out
PENALTY = 2.0
STEPS = 150
CERTAINTIES = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
Floats = NDArray[np.float64]


def learn(acts: Sequence[Act]) -> dict[str, float]:
    """The weight of each sign that fits some acts best."""
    rows: list[list[str]] = []
    right: list[bool] = []
    group: list[int] = []
    for number, act in enumerate(acts):
        found = find_candidates(act.parsed, act.parsed.tokens[act.verb].sentence)
        rows.extend(signs(act.parsed, act.verb, one, found) for one in found)
        right.extend(act.parsed.span(one.first, one.last) in act.places for one in found)
        group.extend(number for _ in found)
    counts = Counter(sign for row in rows for sign in row)
    usable = sorted(sign for sign, count in counts.items() if count >= RARE and sign.isprintable())
    best = _fit(_table(rows, {sign: index for index, sign in enumerate(usable)}), np.array(right), np.array(group))
    pairs = zip(usable, map(float, best), strict=True)
    return {sign: weight for sign, weight in pairs if abs(weight) >= SMALL}


def _table(rows: Sequence[Sequence[str]], known: Mapping[str, int]) -> csr_matrix:
    """A row a name, a column a sign."""
    indices = [[known[sign] for sign in row if sign in known] for row in rows]
    starts = np.cumsum([0, *map(len, indices)])
    flat = [index for row in indices for index in row]
    return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(known)))


def _fit(table: csr_matrix, right: NDArray[np.bool_], group: NDArray[np.intp]) -> Floats:
    """The weights under which the right names of each group are likeliest; where it has several they share one."""
    size = int(group.max()) + 1
    count = np.bincount(group, right, size)
    wanted = right / np.maximum(1, count)[group]

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = table @ weights
        highest = np.zeros(size)
        np.maximum.at(highest, group, sums)
        parts = np.exp(sums - highest[group])
        total = np.exp(-highest) + np.bincount(group, parts, size)
        value = float(np.sum(np.log(total) + highest) - wanted @ sums + PENALTY / 2 * weights @ weights)
        return value, table.T @ (parts / total[group] - wanted) + PENALTY * weights

    found: Floats = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found


def is_for_choosing(act: Act) -> bool:
    """Whether an act belongs to the ninth on which constants are chosen: by a hash of its sentence."""
    sentence = act.parsed.sentences[act.parsed.tokens[act.verb].sentence]
    words = act.parsed.words(act.parsed.span(sentence.first, sentence.last))
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) // 10 % 9 == 0


def main() -> None:
    rows = [row for row in read_rows(Path(sys.argv[1])) if not is_held_back(row)]
    acts = list(read_acts(rows, load_tools()))
    part = [act for act in acts if is_for_choosing(act)]
    first = learn([act for act in acts if not is_for_choosing(act)])
    names = [find_candidates(act.parsed, act.parsed.tokens[act.verb].sentence) for act in part]
    scored = [(act, weigh(act.parsed, act.verb, found, first)) for act, found in zip(part, names, strict=True)]
    for least in CERTAINTIES:
        taken = [{act.parsed.span(one.first, one.last) for one, v in found if v >= least} for act, found in scored]
        print(f"least {least}: {score(part, taken)}{' (used)' if least == LEAST else ''}", flush=True)
    about = f"What each sign adds to the log odds that a name is the place of a verb; learned from {len(acts)} verbs."
    keep(f"{VERB_PLACES}.tsv", write_odds(learn(acts), about).encode())


if __name__ == "__main__":
    main()
