"""Reading the words around cues with the trained network: which are content, source, or more of the cue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.statements.evidence import Evidence
from onrecord.extract.statements.pair_signs import PairSigns
from onrecord.extract.statements.role_signs import cue_role_signs, look, token_signs
from onrecord.taggers.network import Matrix, Network, best_paths, firmness, scores, sum_rows, sums

ROLE_WEIGHTS = "statement_roles"
ROLES = ("content", "source", "cue", "other")


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of the tokens from `first` on, as seen from one cue; `firm`: how firmly they were read, 0 to 1."""

    first: int
    roles: tuple[str, ...]
    firm: float


def read_roles(evidence: Evidence, network: Network, cues: Sequence[int], seen: Collection[int]) -> dict[int, Roles]:
    """The roles around each of some cues; `seen` are all words of the report that may be cues."""
    views = [look(evidence, cue, seen) for cue in cues]
    if not views:
        return {}
    own, row_of = _own(evidence, network, {index for view in views for index in range(view.first, view.last)})
    vectors = evidence.parsed.vectors[list(cues)].astype(np.float32)
    about = sums(network, [cue_role_signs(evidence, view) for view in views]) + vectors @ network.anchor
    signs = PairSigns(network.row)
    pairs = sum_rows(network, [rows for view in views for rows in signs.of(evidence, view)])
    summed: list[Matrix] = []
    start = 0
    for number, view in enumerate(views):
        size, row = view.last - view.first, row_of[view.first]
        summed.append(pairs[start : start + size] + own[row : row + size] + about[number])
        start += size
    given = scores(network, summed)
    found: dict[int, Roles] = {}
    for view, rows, path in zip(views, given, best_paths(network, given), strict=True):
        found[view.cue] = Roles(view.first, tuple(network.labels[label] for label in path), firmness(rows, path))
    return found


def _own(evidence: Evidence, network: Network, tokens: Collection[int]) -> tuple[Matrix, dict[int, int]]:
    """What the network holds of some words whatever the cue, and the row of each."""
    ordered = sorted(tokens)
    vectors = evidence.parsed.vectors[ordered].astype(np.float32)
    own: Matrix = sums(network, [token_signs(evidence, index) for index in ordered]) + vectors @ network.own
    return own, {index: row for row, index in enumerate(ordered)}
