"""`python bench/speed.py STAGE [FOLDER]`: what a stage costs beside the parse, in CPU time, side by side in one run.

STAGE is `statements` or `mentions`. FOLDER holds pages or texts; without it the development articles of the statements
benchmark are read. Each report is parsed and staged in turn, three times over; of each the least time counts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line sets it, before numpy loads
sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.gold import GOLD
from bench.tools import Tools, load_tools, plain_document, read_rows
from onrecord.extract.mentions import find_mentions
from onrecord.extract.statements import find_statements
from onrecord.model.claims import Skip
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document
from onrecord.parse import parse
from onrecord.read import read_page, read_pages

ROUNDS = 3
REPORTS = 12
Stage = Callable[[Parsed, Document, Tools], object]


def _statements(parsed: Parsed, document: Document, tools: Tools) -> Callable[[], object]:
    mentions = find_mentions(parsed, document, tools.lexicon)
    return lambda: find_statements(parsed, mentions, (), tools.lexicon)


def _mentions(parsed: Parsed, document: Document, tools: Tools) -> Callable[[], object]:
    return lambda: find_mentions(parsed, document, tools.lexicon)


STAGES: tuple[tuple[str, Callable[[Parsed, Document, Tools], Callable[[], object]]], ...] = (
    ("statements", _statements),
    ("mentions", _mentions),
)


def measure(stage: Callable[[Parsed, Document, Tools], Callable[[], object]], documents: list[Document]) -> None:
    """Print seconds and the ratio of parse and stage to parse alone."""
    tools = load_tools()
    warm, _ = parse(tools.parser, documents[0], tools.settings)
    stage(warm, documents[0], tools)()
    parsing = staging = 0.0
    for document in documents:
        times: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            start = time.process_time()
            parsed, _ = parse(tools.parser, document, tools.settings)
            middle = time.process_time()
            run = stage(parsed, document, tools)
            ready = time.process_time()
            run()
            times.append((middle - start, time.process_time() - ready))
        parsing += min(one for one, _ in times)
        staging += min(two for _, two in times)
    many = len(documents)
    print(f"{many} reports: parse {1000 * parsing / many:.1f} ms, stage {1000 * staging / many:.1f} ms a report")
    print(f"parse and stage cost {1 + staging / parsing:.2f} times the parse")


def _documents() -> list[Document]:
    if len(sys.argv) == 3:
        tools = load_tools()
        pages = read_pages([sys.argv[2]], tools.settings)
        read = (read_page(page, tools.lexicon) for page in pages if not isinstance(page, Skip))
        return [document for document in read if not isinstance(document, Skip)][:REPORTS]
    rows = read_rows(GOLD / "statements" / "dev.jsonl")[:REPORTS]
    return [plain_document(row["id"], row["text"], heading=True) for row in rows]


def main() -> None:
    stages = dict(STAGES)
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in stages:
        sys.exit(f"{__doc__}\nstages: {', '.join(stages)}")
    measure(stages[sys.argv[1]], _documents())


if __name__ == "__main__":
    main()
