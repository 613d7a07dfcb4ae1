"""Trains how likely a clause is an event at all: `python -m training.event_factors` prints figures and writes factors.

Learned from `data/event_reports.txt` beside this file, reports of our own with their events written down; the trained
types (`training.events`) come first, as their shares are signs. No chance in it. Needs scikit-learn; takes a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression  # the `training` group

from bench.tasks.event_reports import TWO_THIRDS, Judged, figures, judge, read_reports
from bench.tools import load_tools
from onrecord.taggers.factors import BIAS, EVENT_FACTORS, likelihood, write_factors
from training.weights import keep

OWN = Path(__file__).parent / "data" / "event_reports.txt"
FOLDS = 10
STRENGTH = 0.5
BANDS = 5  # of likelihood, in the table of how often each is right


def main() -> None:
    tools = load_tools()
    reports = read_reports(OWN)
    by_report = [judge(report, tools) for report in reports]
    sentences = sum(len(report.sentences) for report in reports)
    judged = [one for group in by_report for one in group]
    print(
        f"{len(reports)} reports, {sentences} sentences, {len(judged)} drafts, {sum(one.right for one in judged)} right"
    )
    found: dict[int, float] = {}
    for number in range(FOLDS):
        inside = {report.digest for report in reports[number::FOLDS]}
        factors = learn([one for one in judged if one.report not in inside])
        found.update((at, likelihood(factors, one.signs)) for at, one in enumerate(judged) if one.report in inside)
    likely = [found[at] for at in range(len(judged))]
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"{FOLDS} folds, kept from {least}:", figures(judged, likely, least))
    _print_calibration(judged, likely)
    two_thirds = learn([one for group in by_report[: 2 * len(reports) // 3] for one in group])
    TWO_THIRDS.write_text(write_factors(two_thirds), encoding="utf-8")
    rest = [one for group in by_report[2 * len(reports) // 3 :] for one in group]
    print("held-out third:", figures(rest, [likelihood(two_thirds, one.signs) for one in rest]))
    keep(EVENT_FACTORS.name, write_factors(learn(judged)).encode())


def learn(judged: Sequence[Judged]) -> dict[str, float]:
    """The factor of each sign, and of what always holds."""
    names = list(judged[0].signs)
    rows = np.array([[one.signs[name] for name in names] for one in judged])
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(rows, [one.right for one in judged])
    return {BIAS: float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def _print_calibration(judged: Sequence[Judged], likely: Sequence[float]) -> None:
    bands: dict[int, list[tuple[float, bool]]] = {}
    for one, share in zip(judged, likely, strict=True):
        bands.setdefault(min(BANDS - 1, int(share * BANDS)), []).append((share, one.right))
    print("said and found right, by band:")
    for band, members in sorted(bands.items()):
        said, right = (100 * sum(values) / len(members) for values in zip(*members, strict=True))
        print(f"  {band / BANDS:.1f}: {len(members):4d} {said:5.1f} {right:5.1f}")


if __name__ == "__main__":
    main()
