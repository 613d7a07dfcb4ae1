"""`python bench/scale.py BASE.onrecord [REPORTS ...]`: what linking and storing cost as a pile grows, readings ready.

The piles are made of a small record by `bench/pile.py`. For each size: CPU milliseconds a report to link and store a
new pile, to add ten reports to it, and to find that nothing has changed; peak memory; and, as the baseline, the cost of
what GDELT's users do with rows of events: count them by pair of states, type and day. Each size runs in a process of
its own. Ratios to the first size say how cost grows: a machine that others use may be half as fast a quarter of an hour
later, so that a long run is halted every other minute while the first size is linked again, and is compared with what
that took then.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import harmonic_mean

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line sets it, before numpy loads
sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.pile import rounds
from onrecord.linking import link
from onrecord.store import Writer, open_view, open_writer

SIZES = (100, 1_000, 10_000)
MORE = 10  # reports added to a linked pile
GOES_ON = 120.0  # seconds for which a long run goes on before it is halted
Figures = dict[str, float]


def measure(base: Path, reports: int, record: Path) -> Figures:
    """CPU seconds of every step for a pile of one size."""
    with open_writer(base) as held:
        contents = list(held.contents())
    with open_writer(record) as writer:
        late = []
        for number, (document, reading) in enumerate(rounds(contents, reports + MORE)):
            if number < reports:
                writer.add(document, reading, f"pg_{number}", "resampled")
            else:
                late.append((document, reading))
        del contents
        linking = linking_mark(record)
        linking.touch()
        figures = {"new": _cpu(writer)}
        linking.unlink()
        started = time.process_time()
        for number, (document, reading) in enumerate(late):
            writer.add(document, reading, f"pg_late_{number}", "resampled")
        figures["stored ten"] = time.process_time() - started
        written = writer.changes()
        figures["added ten"] = _cpu(writer)
        figures["rows written for ten"] = writer.changes() - written
        figures["unchanged"] = _cpu(writer)
    figures["counted"] = _count(record)
    figures["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def linking_mark(record: Path) -> Path:
    """A file that is there while a new pile is linked."""
    return record.with_suffix(".linking")


def run(base: Path, reports: int, halted: Callable[[], object] | None = None) -> Figures:
    """Measure one size in a process of its own; what is to be done while its linking is `halted`."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "pile.onrecord"
        command = [sys.executable, __file__, str(base), str(reports), "--alone", str(record)]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            while running.returncode is None:
                try:
                    found, _ = running.communicate(timeout=GOES_ON)
                except subprocess.TimeoutExpired:
                    if halted and linking_mark(record).exists():
                        running.send_signal(signal.SIGSTOP)
                        halted()
                        running.send_signal(signal.SIGCONT)
        finally:
            running.kill()  # where this was broken off: one that is halted would stay for ever
    if running.returncode:
        raise SystemExit(f"measuring {reports} reports failed")
    figures: Figures = json.loads(found)
    return figures


def _cpu(writer: Writer) -> float:
    started = time.process_time()
    link(writer)
    return time.process_time() - started


def _count(record: Path) -> float:
    """The baseline: rows of events counted by pair, type and day."""
    with open_view(record) as view:
        started = time.process_time()
        counts: Counter[tuple[str, ...]] = Counter()
        for row in view.rows("events"):
            day = str((row["date"] or {}).get("value") or "")[:10]
            sides = [{(one["actor"] or {}).get("country") or "" for one in row[side]} or {""}
                     for side in ("actors", "recipients")]  # fmt: skip
            counts.update((source, target, row["event_type"], day) for source in sides[0] for target in sides[1])
        return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("reports", type=int, nargs="*", default=SIZES)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        sys.stdout.write(json.dumps(measure(given.base, given.reports[0], given.alone)))
        return
    heads = ("reports", "new ms", "ratio", "runs", "+10 s", "rows", "same s", "count ms", "peak MB")
    print(" ".join(f"{head:>8}" for head in heads))
    first = given.reports[0]
    costs: list[float] = []  # of the first size: before a longer run, while it was halted, and after it

    def again() -> None:
        costs.append(_each(run(given.base, first), first))

    for reports in given.reports:
        found = run(given.base, reports, again if costs else None)
        if costs:
            again()
        else:
            costs.append(_each(found, first))
        each, ten = _each(found, reports), found["added ten"] + found["stored ten"]
        # each of these runs stands for an equal part of the long one: means of speeds, not of times, compare with it
        values = (reports, each, each / harmonic_mean(costs), len(costs), ten, found["rows written for ten"],
                  found["unchanged"], 1000 * found["counted"] / reports, found["peak MB"])  # fmt: skip
        print(" ".join(f"{value:8.5g}" for value in values), flush=True)
        del costs[:-1]


def _each(figures: Figures, reports: int) -> float:
    """Milliseconds a report of a new pile."""
    return 1000 * figures["new"] / reports


if __name__ == "__main__":
    main()
