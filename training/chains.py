"""Trains the linear-chain tagger of `onrecord.taggers.chain` with python-crfsuite; there is no chance in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pycrfsuite

from onrecord.taggers.chain import Chain

Sequences = list[tuple[list[list[str]], list[str]]]


def train_chain(sequences: Sequences, labels: tuple[str, ...], options: dict[str, float]) -> Chain:
    """A chain with the weights that explain the labels best; those of no use are nought and left out."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for signs, wanted in sequences:
        trainer.append(signs, wanted)
    trainer.set_params({**options, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        learned = tagger.info()
        tagger.close()
    signs_kept = {sign: row for row, sign in enumerate(sorted({sign for sign, _ in learned.state_features}))}
    weights = np.zeros((len(signs_kept), len(labels)), np.float32)
    for (sign, label), weight in learned.state_features.items():
        weights[signs_kept[sign], labels.index(label)] = weight
    steps = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in learned.transitions.items():
        steps[labels.index(before), labels.index(after)] = weight
    return Chain(labels, signs_kept, weights, steps)
