"""Reading the words around a cue with the trained network: which are its content, its source, or more of the cue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from onrecord.extract.statements.evidence import Evidence
from onrecord.extract.statements.role_signs import cue_role_signs, look, pair_signs, token_signs
from onrecord.taggers.network import Matrix, Network, firmness, label, scores, sums

ROLE_WEIGHTS = "statement_roles"
ROLES = ("content", "source", "cue", "other")


@dataclass(frozen=True, slots=True)
class Words:
    """What a network holds of each word of a report, whatever the cue (`own`), and of each as a cue (`anchor`)."""

    network: Network
    own: Matrix
    anchor: Matrix


def words_of(evidence: Evidence, network: Network) -> Words:
    """A report's words as the network sees them; made once a report."""
    parsed = evidence.parsed
    vectors = parsed.vectors.astype(np.float32)
    signs = [token_signs(evidence, token.i) for token in parsed.tokens]
    own: Matrix = sums(network, signs) + vectors @ network.own
    anchor: Matrix = vectors @ network.anchor
    return Words(network, own, anchor)


def read_roles(evidence: Evidence, words: Words, cue: int, cues: Collection[int]) -> tuple[int, list[str], float]:
    """The first token in view of a cue, the role of each from there on, and how firmly they were read, 0 to 1."""
    network = words.network
    view = look(evidence, cue, cues)
    pairs = sums(network, [pair_signs(evidence, view, index) for index in range(view.first, view.last)])
    about = sums(network, [cue_role_signs(evidence, view)])[0] + words.anchor[cue]
    given = scores(network, pairs + words.own[view.first : view.last] + about)
    roles = label(network, given)
    return view.first, roles, firmness(given, network, roles)
