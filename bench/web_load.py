"""`python bench/web_load.py RECORD`: how fast the pages answer, while twenty people read and a build writes.

Each reader asks for random pages, opened on random rows and filters of the record, and looks at each for about a second
(`--pause 0`: none looks at anything). Beside them a process adds reports, one transaction each. Printed: requests, and
the 50th, 95th and 99th percentile of the answer's time a page, in ms, and where the system tells it (Linux) the
server's CPU time a request.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import multiprocessing
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

from onrecord.store import Wanted, open_view, open_writer

READERS = 20


def addresses(record: Path, rng: random.Random) -> dict[str, list[str]]:
    """Some addresses of every page."""
    with open_view(record) as view:
        ids = {
            table: view.ids(table, Wanted(), 20_000)
            for table in ("documents", "statements", "events", "figures", "timeline")
        }
        actors = view.ids("actors", Wanted(), 400)
        pairs = [(c["of"], c["document"]) for row in view.rows("lineages") for c in row["copies"][:1]][:400]
        facets = {table: view.facets(table, Wanted()) for table in ("statements", "events", "figures", "timeline")}

    def some(values: tuple[str, ...] | list[str]) -> str:
        return quote(rng.choice(values)) if values else ""

    def filtered(table: str) -> str:
        facet = rng.choice([f for f in facets[table] if f.values])
        return f"{facet.name}={quote(rng.choice(facet.values)[0])}"

    found: dict[str, list[str]] = {
        "overview": ["/"],
        "map": ["/map", *(f"/map?{filtered('events')}" for _ in range(5))],
        "network": ["/network", *(f"/network?{filtered('events')}" for _ in range(5))],
        "tension": ["/tension", *(f"/tension?{filtered('timeline')}" for _ in range(5))],
        "claims": ["/claims", "/claims?kind=event", "/claims?page=3"],
        "copies": ["/copies", "/copies?page=2"],
        "contradictions": ["/contradictions"],
        "review": ["/review", "/review?of=statements", "/review?of=figures", "/review?of=actors"],
        "timeline": ["/timeline", *(f"/timeline?{filtered('timeline')}" for _ in range(6)),
                     *(f"/timeline?open={some(ids['timeline'])}" for _ in range(40))],
        "search": [f"/search?q={word}" for word in ("police", "minister", "attack", "said", "talks", "government")],
        "actor": [f"/actor?id={some(actors)}" for _ in range(80)],
        "document": [f"/document?id={some(ids['documents'])}" for _ in range(200)],
        "omissions": ["/omissions"], "framing": ["/framing"],
        "log": ["/log"], "notes": ["/notes"], "watch": ["/watch"], "skips": ["/skips"],
    }  # fmt: skip
    if pairs:
        found["copy"] = [f"/copy?left={quote(a)}&right={quote(b)}" for a, b in pairs]
    for table in ("statements", "events", "figures"):
        found[table] = [f"/{table}", *(f"/{table}?page={rng.randrange(1, 300)}" for _ in range(40)),
                        *(f"/{table}?open={some(ids[table])}" for _ in range(200)),
                        *(f"/{table}?{filtered(table)}" for _ in range(12))]  # fmt: skip
    found["documents"] = ["/documents", *(f"/documents?page={rng.randrange(1, 200)}" for _ in range(20))]
    found["actors"] = ["/actors", "/actors?kind=person"]
    return found


def read(port: int, pages: dict[str, list[str]], seed: int, until: float, pause: float,
         times: dict[str, list[float]]) -> None:  # fmt: skip
    rng = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    names = sorted(pages)
    while time.monotonic() < until:
        name = rng.choice(names)
        started = time.perf_counter()
        connection.request("GET", rng.choice(pages[name]))
        answer = connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - started
        if answer.status != 200:
            raise SystemExit(f"{name}: {answer.status} {body[-300:]!r}")
        times[name].append(took * 1000)
        if pause:
            time.sleep(rng.expovariate(1 / pause))
    connection.close()


def build_beside(record: Path) -> None:
    """Adds reports as a build does, about ten a second, in a process of its own, until it is stopped."""
    with open_writer(record) as writer:
        document, reading = next(iter(writer.contents()))
        for number in itertools.count():
            writer.add(document, reading, "pg_load", f"key {number}")
            time.sleep(0.1)


def cpu_seconds(process: int) -> float | None:
    """CPU seconds of a process so far; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def measure(record: Path, seconds: float, pause: float, wait: float) -> dict[str, object]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "onrecord", "serve", str(record), "--port", str(port)],
                              stderr=subprocess.DEVNULL)  # fmt: skip
    builder = multiprocessing.get_context("spawn").Process(target=build_beside, args=(record,))
    times: dict[str, list[float]] = defaultdict(list)
    try:
        pages = addresses(record, random.Random(7))
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        first: dict[str, list[float]] = defaultdict(list)
        for name in sorted(pages):  # the first look at each page, nothing kept yet
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            started = time.perf_counter()
            connection.request("GET", pages[name][0])
            connection.getresponse().read()
            first[name].append(round((time.perf_counter() - started) * 1000, 1))
            connection.close()
        time.sleep(wait)
        builder.start()
        before = cpu_seconds(server.pid)
        until = time.monotonic() + seconds
        readers = [
            threading.Thread(target=read, args=(port, pages, seed, until, pause, times)) for seed in range(READERS)
        ]
        for thread in readers:
            thread.start()
        for thread in readers:
            thread.join()
        after = cpu_seconds(server.pid)
    finally:
        if builder.pid:
            builder.terminate()
            builder.join()
        server.terminate()
        server.wait()
    every = [one for held in times.values() for one in held]
    return {
        "requests": len(every), "a second": round(len(every) / seconds, 1),
        "cpu ms": None if before is None or after is None else round((after - before) * 1000 / len(every), 1),
        "p50": percentile(every, 0.5), "p95": percentile(every, 0.95), "p99": percentile(every, 0.99),
        "first look": dict(first),
        "pages": {
            name: [len(held), percentile(held, 0.5), percentile(held, 0.95)] for name, held in sorted(times.items())
        },
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--wait", type=float, default=0.0, help="seconds between the first looks and the readers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "load.onrecord"
        shutil.copy(given.record, copy)
        sys.stdout.write(json.dumps(measure(copy, given.seconds, given.pause, given.wait), indent=1) + "\n")


if __name__ == "__main__":
    main()
