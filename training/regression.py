"""Learns the weights of `onrecord.taggers.odds`: a logistic regression with scikit-learn; there is no chance in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

STRENGTH = 1.0  # inverse strength of the L2 penalty; with thousands of cases it hardly matters


def learn_odds(known: Sequence[tuple[Mapping[str, float], bool]]) -> dict[str, float]:
    """The weight of each fact, given facts and whether what they speak of was so."""
    facts = list(known[0][0])
    rows = np.array([[given[fact] for fact in facts] for given, _ in known])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(rows, np.array([right for _, right in known]))
    return dict(zip(facts, map(float, model.coef_[0]), strict=True))
