"""`python bench/kills.py [KILLS] [SEED]`: builds killed at random moments, and what comes of them.

Each time a child builds the demonstration reports, decides on three events and links again; it is killed (SIGKILL)
at a moment drawn from the whole of that. Then the same is done again to the end, and every table and the log must be as
in a record that was never killed. Printed: where each kill fell; exit code 1 where a record differs.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from onrecord.linking import link
from onrecord.pipeline import build
from onrecord.reading import load_tools
from onrecord.settings import load_settings
from onrecord.store import TABLES, make_judgement, open_view, open_writer

REPORTS = Path(__file__).parents[1] / "examples" / "reports"
FILES = ("archive.jsonl", "northgate-courier.html", "valley-channel.html")  # copies among them; few, for many kills
DECIDED = 3


def work(path: Path) -> None:
    """Everything that writes: a build, decisions one by one, each linked."""
    build([str(REPORTS / name) for name in FILES], path, load_settings({}))
    with open_view(path) as view:
        groups = [row["event_group"] for row in view.rows("timeline") if row["event_group"]]
    with open_writer(path) as writer:
        known = {one.subjects for one in writer.judgements()}
        wanted = sorted({*groups, *(subject for one in known for subject in one)})[:DECIDED]
    for number, group in enumerate(wanted):
        with open_writer(path, "onrecord judge") as writer:
            at = f"2024-05-01T10:00:{number:02}Z"
            writer.judge(make_judgement("accept", [group], "ana", at, "as three reports have it"))
            link(writer)


def in_child(path: Path, seconds: float | None) -> tuple[bool, float]:
    """Do the work in a child, killed after so many seconds; whether it was, and how long it took."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(path)
            code = 0
        finally:
            os._exit(code)
    while seconds is not None and time.monotonic() - start < seconds:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False, time.monotonic() - start
        time.sleep(0.002)
    if seconds is not None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if seconds is None and status:
        sys.exit(f"the work failed on {path}")
    return os.WIFSIGNALED(status), time.monotonic() - start


def stage(path: Path) -> str:
    """How far a file came."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        reports, linked, decided = (
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("documents", "meta WHERE key = 'linked'", "judgements")
        )
        connection.close()
    except sqlite3.Error:
        return "before the first table"
    if not reports:
        return "before the first report"
    if decided:
        return f"deciding ({decided} of {DECIDED})"
    return "before the first decision" if linked else f"reading or linking ({reports} reports)"


def contents(path: Path) -> dict[str, object]:
    with open_view(path) as view:
        view.check()
        return {table: list(view.rows(table)) for table in TABLES} | {"log": view.judgements()}


def main() -> None:
    kills, seed = (int(sys.argv[1]) if sys.argv[1:] else 50), (int(sys.argv[2]) if sys.argv[2:] else 1)
    rng = random.Random(seed)
    load_tools(load_settings({}))
    same, stages = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work(folder / "whole.onrecord")  # here, so that children find everything loaded and die at work
        _, whole = in_child(folder / "timed.onrecord", None)
        wanted = contents(folder / "whole.onrecord")
        done = 0
        while done < kills:
            path = folder / f"{done}.onrecord"
            killed, seconds = in_child(path, rng.uniform(0, whole))
            if not killed:  # it was quicker than the one that was timed
                whole = seconds
                path.unlink()
                continue
            done += 1
            stages[stage(path)] += 1
            in_child(path, None)
            if contents(path) == wanted:
                same += 1
            else:
                print(f"kill {done} after {seconds:.2f} s: another record", flush=True)
            for file in folder.glob(f"{path.name}*"):
                file.unlink()
    for words, count in sorted(stages.items()):
        print(f"{count:>3} killed while {words}")
    print(f"{same} of {kills} ended in the same record")
    sys.exit(same != kills)


if __name__ == "__main__":
    main()
