"""`python bench/speed.py [FOLDER] [--stock PYTHON] [--quotes PYTHON] [--rounds N] [--jobs N] [--json]`: what the record
costs, stage by stage, beside the bare spaCy parse of the same texts, in one run.

FOLDER holds pages or texts; without it the saved pages of the gold data are read, else those of the demo. Each report
goes through every stage and then through the parsers it is held against, N times over (3); of each the least CPU time
counts, since other work on the machine only ever adds to it. Linking and storing are done for all reports together.
Each round starts with a parser that has met no words. The bare parse is `nlp(text)` with the spaCy of this environment,
nothing changed. PYTHON is another environment's, with the pipeline in it: `--stock` parses there, `--quotes` takes
textacy's quotations, its parse included. `--jobs N` reads the pile in one process and in N and compares the reports a
second; that takes a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line sets it, before numpy loads
sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

import spacy

from bench.gold import GOLD
from onrecord import linking, reading
from onrecord.engine import open_engine
from onrecord.engine.batches import ROWS, Stamp, page_batches
from onrecord.engine.work import Work
from onrecord.extract.dating import infer_published
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities, with_parties
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.model.claims import Reading, Skip
from onrecord.model.text import READ_KINDS, Document
from onrecord.parse import load_parser, parse
from onrecord.read import RawPage, read_page, read_pages
from onrecord.settings import Settings, load_settings
from onrecord.store import open_writer

DEMO = Path(__file__).parents[1] / "examples" / "reports"
PEER = Path(__file__).with_name("speed_peer.py")
PEAK = Path("/proc/self/clear_refs")  # a 5 written here starts the count of a process's largest size anew
REPEATED = 4  # times that the pile is read to compare processes
Result = TypeVar("Result")


@dataclass(slots=True)
class Clock:
    """The least CPU seconds of each stage on each report, and the largest size of the process in each stage, in MB."""

    seconds: dict[tuple[str, str], float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def run(self, stage: str, report: str, work: Callable[[], Result]) -> Result:
        if os.access(PEAK, os.W_OK):
            PEAK.write_text("5")
        start = time.process_time()
        result = work()
        self.note(stage, report, time.process_time() - start)
        self.sizes[stage] = max(self.sizes.get(stage, 0), _size())
        return result

    def note(self, stage: str, report: str, seconds: float) -> None:
        self.seconds[stage, report] = min(seconds, self.seconds.get((stage, report), seconds))

    def total(self, *stages: str) -> float:
        return sum(seconds for (stage, _), seconds in self.seconds.items() if stage in stages)


class Peer:
    """Another environment's parser: a process that is given a text and says what it took."""

    def __init__(self, python: str, task: str, model: str) -> None:
        command = [python, str(PEER), task, model]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.name = self._ask("")[1]

    def seconds(self, text: str) -> float:
        return self._ask(text)[0]

    def _ask(self, text: str) -> tuple[float, str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"{PEER.name} ended; what it wrote stands above")
        seconds, name = json.loads(line)
        return float(seconds), str(name)

    def close(self) -> None:
        self._process.communicate()


def measure(pages: Sequence[RawPage], settings: Settings, rounds: int, peers: dict[str, Peer]) -> dict[str, Any]:
    """Every stage's CPU time and size, the parsers' beside them, and their ratios."""
    clock = Clock()
    tools = reading.load_tools(settings)
    read: list[tuple[RawPage, Document, Reading]] = []
    # a first pass warms up, and shows the sizes while no other parser is loaded
    with tempfile.TemporaryDirectory() as folder:
        _link([found for page in pages if (found := _read(page, tools, clock))], Path(folder) / "0.onrecord", clock)
    sizes = dict(clock.sizes)
    clock.seconds.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the weights were made with an earlier release
        bare = spacy.load(tools.parser.name)
    for _ in range(rounds):
        read.clear()
        tools = replace(tools, parser=load_parser(settings))
        for page in pages:
            found = _read(page, tools, clock)
            if found is None:
                continue
            read.append(found)
            text = "\n\n".join(found[1].words(part.span) for part in found[1].parts if part.kind in READ_KINDS)
            clock.run("bare parse", page.path, partial(bare, text))
            for task, peer in peers.items():
                clock.note(task, page.path, peer.seconds(text))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            _link(read, Path(folder) / f"{number}.onrecord", clock)
    many = len(read)
    stages = ("read", *_STAGES, "store", "link")
    whole = clock.total(*stages)
    parsers = {"bare parse": f"spaCy {spacy.about.__version__}", **{task: peer.name for task, peer in peers.items()}}
    return {
        "reports": many,
        "stages": {
            stage: {
                "cpu_ms_a_report": round(1000 * clock.total(stage) / many, 1),
                "reports_a_second": round(many / max(clock.total(stage), 1e-9), 1),
                "largest_mb": sizes.get(stage),
            }
            for stage in (*stages, *parsers)
        },
        "whole": {
            "cpu_ms_a_report": round(1000 * whole / many, 1),
            "reports_a_second": round(many / whole, 1),
            "largest_mb": max(sizes.values()),
        },
        "beside": {
            task: {"name": name, "whole_costs": round(whole / clock.total(task), 2)} for task, name in parsers.items()
        },
    }


_STAGES = ("parse", "mentions", "dating", "times", "places", "quantities", "statements", "events")


def _read(page: RawPage, tools: reading.Tools, clock: Clock) -> tuple[RawPage, Document, Reading] | None:
    """A page through all stages of reading, as `reading.extract` has them; None where it is not analysed."""
    lexicon, run = tools.lexicon, partial(clock.run, report=page.path)
    document: Document | Skip = run("read", work=lambda: read_page(page, lexicon))
    if isinstance(document, Skip) or document.language.value not in (None, "en"):
        return None
    parsed, _ = run("parse", work=lambda: parse(tools.parser, document, tools.settings))
    named = run("mentions", work=lambda: find_mentions(parsed, document, lexicon))
    published = run("dating", work=lambda: infer_published(document, parsed, named, lexicon))
    times = run("times", work=lambda: find_times(parsed, published, lexicon))
    places = run("places", work=lambda: find_places(parsed, named, lexicon))
    amounts = run(
        "quantities",
        work=lambda: with_parties(parsed, named, find_quantities(parsed, lexicon)),
    )
    said, speakers = run("statements", work=lambda: find_statements(parsed, named, times, lexicon))
    held = named + speakers
    done, sides = run(
        "events",
        work=lambda: find_events(parsed, held, times, places, amounts, said, lexicon, published),
    )
    reading = Reading(document.id, published, held + sides, times, places, amounts, said, done, ())
    return page, document, reading


def _link(read: Sequence[tuple[RawPage, Document, Reading]], path: Path, clock: Clock) -> None:
    with open_writer(path) as writer:

        def store() -> None:
            for page, document, reading in read:
                writer.add(document, reading, page.path, "")

        clock.run("store", "all", store)
        clock.run("link", "all", lambda: linking.link(writer))


def compare_processes(pages: Sequence[RawPage], settings: Settings, jobs: int) -> dict[str, float]:
    """Reports a second by the clock on the wall in one process and in several, each warm, and how many times more."""
    pile = [  # no text twice, since a copy is not parsed again
        (f"{number}", replace(page, raw=f"{page.raw}\n\nCopy {number}."))
        for number, page in enumerate(list(pages) * REPEATED)
    ]
    rates = []
    for engine, count in (("serial", 1), ("processes", jobs)):
        asked = replace(settings, engine=engine, jobs=count)
        work = Work(reading.read_batch, reading.lost_page)
        rows = 1 if engine == "serial" else ROWS
        warm, start, done = 0, 0.0, 0
        with open_engine(asked, work) as run:
            for batch in run(page_batches(iter(pile), Stamp(asked, ""), rows)):
                done += batch.num_rows
                if not warm and done >= len(pages):  # by now each process has loaded and warmed up
                    warm, start = done, time.perf_counter()
        rates.append((done - warm) / (time.perf_counter() - start))
    return {"one": round(rates[0], 2), "several": round(rates[1], 2), "times": round(rates[1] / rates[0], 2)}


def _size() -> int:
    """The largest size of this process in MB, since it was last asked to count anew where the system can do that."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _print(found: dict[str, Any]) -> None:
    print(f"{found['reports']} reports; CPU, least of all rounds")
    print(f"{'':<14}{'ms a report':>12}{'a second':>10}{'largest MB':>12}")
    for stage, row in {**found["stages"], "whole": found["whole"]}.items():
        size = row["largest_mb"] if row["largest_mb"] is not None else "-"
        print(f"{stage:<14}{row['cpu_ms_a_report']:>12}{row['reports_a_second']:>10}{size:>12}")
    for task, row in found["beside"].items():
        print(f"the whole record costs {row['whole_costs']} times the {task} ({row['name']})")
    if "processes" in found:
        row = found["processes"]
        print(f"reports a second: {row['one']} in one process, {row['several']} in several, {row['times']} times")


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?")
    options.add_argument("--stock", metavar="PYTHON")
    options.add_argument("--quotes", metavar="PYTHON")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--jobs", type=int)
    options.add_argument("--json", action="store_true")
    given = options.parse_args(arguments)
    settings = load_settings()
    gold = sorted(map(str, (GOLD / "pages").glob("*.html.gz")))
    inputs = [given.folder] if given.folder else gold or [str(DEMO)]
    pages = [page for page in read_pages(inputs, settings) if not isinstance(page, Skip)]
    model = reading.load_tools(settings).parser.name
    wanted = {"stock parse": (given.stock, "parse"), "quotations": (given.quotes, "quotes")}
    peers = {name: Peer(python, task, model) for name, (python, task) in wanted.items() if python}
    found = measure(pages, settings, given.rounds, peers)
    for peer in peers.values():
        peer.close()
    if given.jobs:
        found["processes"] = compare_processes(pages, settings, given.jobs)
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        _print(found)


if __name__ == "__main__":
    main()
