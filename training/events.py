"""Trains the type of events: `python -m training.events FOLDER` prints cross-validated figures and writes the weights.

FOLDER holds `sentences_train.jsonl` (sentences with source and target marked, and their type) in the format of the
events benchmark; `data/events_own.jsonl` beside this file holds our own sentences. Same data, same parser, same
lexicon, same weights: there is no chance in it. Needs scikit-learn. Takes about three minutes.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression  # the `training` group

from bench.gold import held_out
from bench.tasks.events import TWO_THIRDS, likeliest, pair_of
from bench.tools import Row, Tools, load_tools, read_rows
from onrecord.model.claims import EVENT_TYPES, QUADS
from onrecord.taggers.events import NAME, NONE, EventWeights, Vector, known_views, likely_types, write_event_weights
from onrecord.taggers.words import EVENT_WORDS, FULL, Words, load_words, means, write_words
from training.weights import keep

OWN = Path(__file__).parent / "data" / "events_own.jsonl"
FOLDS = 5
LABELS = (*EVENT_TYPES, NONE)
# chosen on the folds: size of each group of views, strength of the fit, weight of a sentence of our own and of a
# sentence seen a second time without its target; views seen once are left out
SIZES = {
    "rule": 2.0, "other": 0.3, "trigger": 1.0, "over": 0.7, "object": 0.8, "complement": 0.5, "mood": 0.4, "hang": 1.0,
    "path": 0.7, "way": 0.8, "may": 1.0, "near": 0.8, "between": 0.8, "all": 0.4, "side": 0.4,
}  # fmt: skip
STRENGTH, OWN_WEIGHT, HALF_WEIGHT = 10.0, 0.3, 0.15
LEAST_SEEN = 2
# groups of views whose words also count by their mean direction, how many of the commonest words have one, in how many
# numbers, out of the parser's 300
ALIKE = ("trigger", "over", "object", "complement", "near", "between", "way", "all")
KNOWN_WORDS, NUMBERS = 40_000, 96


@dataclass(frozen=True, slots=True)
class Example:
    """One clause to learn from; `label` YIELD, as the gold has it, is CONCEDE or RETREAT once that is settled."""

    id: str
    label: str
    rule: str
    views: tuple[str, ...]
    weight: float


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tools = load_tools()
    keep(EVENT_WORDS.name, write_words(_words(tools)))
    rows, own = read_rows(Path(sys.argv[1]) / "sentences_train.jsonl"), read_rows(OWN)
    gold = [_example(row, tools, 1.0) for row in rows]
    more = [_example(row, tools, OWN_WEIGHT) for row in own]
    halves = {row["id"]: _half(row, tools) for row in (*rows, *own)}
    gold = _settled(gold, more)
    shares = _cross_validated(gold, more, halves)
    sharpness = _sharpness(gold, shares)
    _print_calibration(gold, shares, sharpness)
    kept_apart = {str(row["id"]) for row in held_out(rows)}
    without = [example for example in gold if example.id not in kept_apart]
    two_thirds = replace(_learn([*without, *more], halves), sharpness=sharpness)
    TWO_THIRDS.parent.mkdir(exist_ok=True)
    TWO_THIRDS.write_bytes(write_event_weights(two_thirds))
    rest = [example for example in gold if example.id in kept_apart]
    print("held-out third:", _figures(rest, [likely_types(two_thirds, example.views) for example in rest]))
    found = replace(_learn([*gold, *more], halves), sharpness=sharpness)
    keep(f"{NAME}.npz", write_event_weights(found))
    print(f"{len(found.rows)} views")


def _example(row: Row, tools: Tools, weight: float) -> Example:
    pair = pair_of(row, tools)
    return Example(str(row["id"]), row["event_type"], pair.rule or NONE, pair.views(), weight)


def _half(row: Row, tools: Tools) -> tuple[str, ...]:
    """The views of a sentence whose target is not known."""
    return pair_of(row, tools, only_source=True).views()


def _settled(gold: Sequence[Example], more: Sequence[Example]) -> list[Example]:
    """YIELD told apart: as the rules say or, where they say neither, as weights from our own sentences do."""
    first = _learn([*more, *(example for example in gold if example.label != "YIELD")], {})

    def settle(example: Example) -> Example:
        if example.label != "YIELD":
            return example
        if example.rule in ("CONCEDE", "RETREAT"):
            return replace(example, label=example.rule)
        shares = likely_types(first, example.views)
        return replace(example, label=max(("CONCEDE", "RETREAT"), key=lambda label: shares[label]))

    return [settle(example) for example in gold]


def _learn(examples: Sequence[Example], halves: dict[str, tuple[str, ...]]) -> EventWeights:
    """Weights from examples, each seen a second time as a half where there is one."""
    twice = [
        replace(example, views=halves[example.id], weight=example.weight * HALF_WEIGHT)
        for example in examples
        if example.id in halves
    ]
    every = [*examples, *twice]
    seen = Counter(view for example in examples for view in example.views)
    names = sorted(view for view, times in seen.items() if times >= LEAST_SEEN)
    rows = {view: row for row, view in enumerate(names)}
    rarity = np.array([np.log((1 + len(examples)) / (1 + seen[view])) + 1 for view in names], np.float32)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    alike = [means(load_words(), example.views, ALIKE) for example in every]
    model.fit(
        hstack([_matrix(rows, rarity, [example.views for example in every]), csr_matrix(np.array(alike))]).tocsr(),
        [LABELS.index(example.label) for example in every],
        sample_weight=[example.weight for example in every],
    )
    weights, bias = np.zeros((len(names), len(LABELS)), np.float32), np.full(len(LABELS), -20.0, np.float32)
    points = np.zeros((len(alike[0]), len(LABELS)), np.float32)
    weights[:, model.classes_], bias[model.classes_] = model.coef_[:, : len(names)].T, model.intercept_
    points[:, model.classes_] = model.coef_[:, len(names) :].T
    return EventWeights(LABELS, rows, rarity, SIZES, weights, bias, 1.0, ALIKE, points)


def _matrix(rows: dict[str, int], rarity: Vector, clauses: Sequence[tuple[str, ...]]) -> csr_matrix:
    cells = [
        (place, row, value)
        for place, views in enumerate(clauses)
        for row, value in known_views(rows, rarity, SIZES, views)
    ]
    places, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (places, columns)), shape=(len(clauses), len(rows)))


def _cross_validated(
    gold: Sequence[Example], more: Sequence[Example], halves: dict[str, tuple[str, ...]]
) -> list[dict[str, float]]:
    """The shares of each example by weights that were learned without its fold; prints the figures."""
    ordered = sorted(gold, key=lambda example: hashlib.sha256(f"fold {example.id}".encode()).hexdigest())
    found: dict[str, dict[str, float]] = {}
    figures = []
    for number in range(FOLDS):
        fold = ordered[number::FOLDS]
        inside = {example.id for example in fold}
        weights = _learn([*(example for example in gold if example.id not in inside), *more], halves)
        shares = [likely_types(weights, example.views) for example in fold]
        found.update((example.id, share) for example, share in zip(fold, shares, strict=True))
        figures.append(_figures(fold, shares))
        print(f"fold {number}:", figures[-1], flush=True)
    table = np.array([list(figure.values()) for figure in figures])
    for name, mean, spread in zip(figures[0], table.mean(axis=0), table.std(axis=0), strict=True):
        print(f"{name}: {mean:.1f} ± {spread:.1f}")
    return [found[example.id] for example in gold]


def _figures(gold: Sequence[Example], shares: Iterable[dict[str, float]]) -> dict[str, float]:
    """Accuracy, and macro-F1 of types, quads, and conflict against cooperation, as the benchmark's scorer has them."""
    wanted = [_joined(example.label) for example in gold]
    found = [_joined(likeliest(share)) for share in shares]
    quads = {**{str(type_): quad for type_, quad in QUADS.items()}, "YIELD": 2}
    pairs = list(zip(wanted, found, strict=True))
    by_quad = [(quads[left], quads[right]) for left, right in pairs]
    return {
        "accuracy": round(100 * sum(left == right for left, right in pairs) / len(pairs), 1),
        "macro-F1": _macro(pairs),
        "quad": _macro(by_quad),
        "binary": _macro([(left > 2, right > 2) for left, right in by_quad]),
    }


def _joined(label: str) -> str:
    return "YIELD" if label in ("CONCEDE", "RETREAT") else label


def _macro(pairs: Sequence[tuple[object, object]]) -> float:
    """The mean F1 of all labels that the gold has."""
    scores = []
    for label in {left for left, _ in pairs}:
        right = sum(one == other == label for one, other in pairs)
        scores.append(2 * right / sum((one == label) + (other == label) for one, other in pairs))
    return round(100 * sum(scores) / len(scores), 1)


def _sharpness(gold: Sequence[Example], shares: Sequence[dict[str, float]]) -> float:
    """What the log shares must be multiplied with so that right labels are least surprising."""

    def surprise(sharpness: float) -> float:
        total = 0.0
        for example, share in zip(gold, shares, strict=True):
            logs: NDArray[np.float64] = sharpness * np.log([max(share[label], 1e-12) for label in EVENT_TYPES])
            total += float(np.log(np.exp(logs).sum()) - logs[EVENT_TYPES.index(example.label)])
        return total

    return min((step / 20 for step in range(6, 61)), key=surprise)


def _print_calibration(gold: Sequence[Example], shares: Sequence[dict[str, float]], sharpness: float) -> None:
    """How often the likeliest type is right, by how likely it is said to be."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for example, share in zip(gold, shares, strict=True):
        sharp = {label: share[label] ** sharpness for label in EVENT_TYPES}
        best = max(sharp, key=lambda label: sharp[label])
        likely = sharp[best] / sum(sharp.values())
        bands.setdefault(min(9, int(likely * 10)), []).append((likely, best == example.label))
    print(f"sharpness {sharpness}; said and found right, by band:")
    for band, members in sorted(bands.items()):
        said, right = (100 * sum(values) / len(members) for values in zip(*members, strict=True))
        print(f"  {band / 10:.1f}: {len(members):4d} {said:5.1f} {right:5.1f}")


def _words(tools: Tools) -> Words:
    """The parser's vectors of its commonest words, along the directions in which they differ most, in bytes."""
    vocabulary = tools.parser.nlp.vocab
    rows: dict[str, int] = {}
    for key, row in vocabulary.vectors.key2row.items():  # in the order of how common they are
        word = vocabulary.strings[key]
        if word.isalpha() and word.islower() and word.isascii() and row >= 0 and len(rows) < KNOWN_WORDS:
            rows[word] = row
    used = sorted(set(rows.values()))
    table = np.asarray(vocabulary.vectors.data)[used].astype(np.float64)
    table /= np.sqrt(np.square(table).sum(axis=1, keepdims=True)) + 1e-9
    table -= table.mean(axis=0)
    _, directions = np.linalg.eigh(table.T @ table)
    strongest = directions[:, ::-1][:, :NUMBERS]
    strongest *= np.sign(strongest[np.abs(strongest).argmax(axis=0), range(NUMBERS)])  # eigenvectors have no sign
    points = table @ strongest
    points /= np.sqrt(np.square(points).sum(axis=1, keepdims=True)) + 1e-9
    places = {row: place for place, row in enumerate(used)}
    return Words({word: places[row] for word, row in rows.items()}, np.rint(points * FULL).astype(np.int8))


if __name__ == "__main__":
    main()
