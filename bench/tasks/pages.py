"""Saved news pages: how much of the true body text is found, and no more.

Gold is a folder of gzipped pages with ``truth.json`` (page -> body paragraphs; one in brackets may be there or not).
The measure is the F1 of the longest common subsequence of lower-case word tokens (ROUGE-L without stemming), the
mean over pages; optional paragraphs count where that is to the prediction's gain.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import LCSseq

from bench.tools import Row, Tools
from onrecord.read.document import make_document
from onrecord.read.page import RawPage


def load_pages(folder: Path) -> list[Row]:
    """The pages of a gold folder as rows of id and html, sorted."""
    names = sorted(path.name for path in folder.glob("*.html.gz"))
    return [{"id": name, "html": gzip.decompress((folder / name).read_bytes()).decode("utf-8")} for name in names]


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """The body paragraphs of each page, with its title and date; only `id` and `html` are read."""
    found = []
    for row in rows:
        document = make_document(RawPage(row["id"], "html", row["html"]), tools.lexicon)
        body = [document.words(part.span) for part in document.parts if part.kind == "body"]
        dated = {"title": document.title.value, "published": document.published.value}
        found.append({"id": row["id"], "body": body, **dated})
    return found


def score(gold: Sequence[Row], predicted: Sequence[Row]) -> Row:
    """Mean F1 in percent, and the worst pages."""
    bodies = {row["id"]: row["body"] for row in predicted}
    scores = {row["id"]: _score_page(_tokens(bodies.get(row["id"], [])), row["body"]) for row in gold}
    worst = sorted(scores, key=lambda page: (scores[page], page))[:5]
    mean = 100 * sum(scores.values()) / max(1, len(scores))
    return {"pages": len(scores), "f1": round(mean, 1), "worst": {page: round(100 * scores[page], 1) for page in worst}}


def _score_page(predicted: list[str], paragraphs: list[str]) -> float:
    """F1 against the needed paragraphs, and against those optional ones that raise it."""
    used = [not (text.startswith("[") and text.endswith("]")) for text in paragraphs]
    best = _f1(predicted, _tokens([text for text, use in zip(paragraphs, used, strict=True) if use]))
    for number, needed in enumerate(list(used)):
        if needed:
            continue
        used[number] = True
        with_it = _f1(predicted, _tokens([text for text, use in zip(paragraphs, used, strict=True) if use]))
        used[number] = with_it > best
        best = max(best, with_it)
    return best


def _f1(left: list[str], right: list[str]) -> float:
    return 2 * LCSseq.similarity(left, right) / (len(left) + len(right)) if left and right else 0.0


def _tokens(paragraphs: Sequence[str]) -> list[str]:
    return [token for text in paragraphs for token in re.findall(r"\w+", text.lower())]


def measure(gold: Path, tools: Tools) -> Row:
    """The score, and the CPU time that cleaning a page took."""
    truth = json.loads((gold / "truth.json").read_text(encoding="utf-8"))
    wanted = [{"id": name, "body": page["body"]} for name, page in sorted(truth.items())]
    rows = load_pages(gold)
    started = time.process_time()
    predicted = predict(rows, tools)
    took = (time.process_time() - started) / max(1, len(rows))
    return {**score(wanted, predicted), "cpu_ms_a_page": round(1000 * took, 1)}
