"""`python -m training.verb_places GOLD.jsonl`: makes src/onrecord/taggers/verb_places.json.gz anew.

A logistic regression by L-BFGS over the signs of `extract.places.of_verbs`. The least certainty is chosen on a ninth of
the training sentences, never on the tenth that is held back.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.tasks.verb_places import Act, is_held_back, read_acts, score
from bench.tools import load_tools, read_rows
from onrecord.extract.places.of_verbs import find_candidates, signs
from onrecord.taggers.chain import DIGESTS, FOLDER
from onrecord.taggers.verb_places import NAME, VerbPlaceWeights, write_verb_place_weights

RARE = 3  # a sign seen less often is left out
PENALTY = 1.0
STEPS = 150
CERTAINTIES = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def learn(acts: Sequence[Act], least: float) -> VerbPlaceWeights:
    """The weights that fit some acts."""
    rows: list[list[str]] = []
    right: list[float] = []
    for act in acts:
        found = find_candidates(act.parsed, act.parsed.tokens[act.verb].sentence)
        for one in found:
            rows.append(signs(act.parsed, act.verb, one, found))
            right.append(float(act.parsed.span(one.first, one.last) in act.places))
    counts = Counter(sign for row in rows for sign in row)
    known = {sign: index for index, sign in enumerate(sorted(sign for sign, n in counts.items() if n >= RARE))}
    indices = [[known[sign] for sign in row if sign in known] for row in rows]
    starts = np.cumsum([0, *map(len, indices)])
    flat = [index for row in indices for index in row]
    table = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(known)))
    wanted = np.array(right)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = table @ weights
        shares = 1 / (1 + np.exp(-sums))
        value = float(np.sum(np.logaddexp(0, sums) - wanted * sums) + PENALTY / 2 * weights @ weights)
        return value, table.T @ (shares - wanted) + PENALTY * weights

    best = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return VerbPlaceWeights({sign: round(float(best[index]), 4) for sign, index in known.items()}, least)


def main() -> None:
    tools = load_tools()
    rows = [row for row in read_rows(Path(sys.argv[1])) if not is_held_back(row)]
    acts = list(read_acts(rows, tools))
    part, rest = acts[:: len(CERTAINTIES) + 3], [act for index, act in enumerate(acts) if index % 9]
    first = learn(rest, 0.5)
    tried = {least: score(part, VerbPlaceWeights(first.weights, least))["f1"] for least in CERTAINTIES}
    least = max(tried, key=lambda one: (tried[one], one))
    data = write_verb_place_weights(learn(acts, least))
    path = FOLDER / f"{NAME}.json.gz"
    path.write_bytes(data)
    lines = [line for line in (FOLDER / DIGESTS).read_text(encoding="ascii").splitlines() if path.name not in line]
    lines.append(f"{hashlib.sha256(data).hexdigest()}  {path.name}")
    (FOLDER / DIGESTS).write_text("\n".join(sorted(lines, key=lambda line: line.split()[1])) + "\n", encoding="ascii")
    print(f"{len(acts)} verbs, least certainty {least}: {tried}")


if __name__ == "__main__":
    main()
