"""Named people, organisations and places in government and agency texts on Syria and Iraq: another kind of text.

A gold span may hold a title or article that a name of ours leaves out, so spans count as found where they overlap and
are of one type; each span of either side is used once. Not looked at while rules were written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bench.tasks.entities import typed_spans
from bench.tools import Row, Tools, plain_document
from onrecord.model.offsets import Span

TYPES = {"Person": "person", "Organisation": "organization", "Location": "location"}
Typed = tuple[Span, str]


def measure(gold: Path, tools: Tools) -> Row:
    """Precision, recall and F1 of overlapping spans of one type, in percent, by type; ours and the parser's."""
    counts: dict[str, dict[str, list[int]]] = {
        "ours": defaultdict(lambda: [0, 0, 0]),
        "parser": defaultdict(lambda: [0, 0, 0]),
    }
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted = _outermost([(Span(*e["span"]), TYPES[e["type"]]) for e in row["entities"] if e["type"] in TYPES])
        given: dict[str, list[Typed]] = {"ours": [(s, t) for s, t, _ in typed_spans(row["text"], tools, heading=False)]}
        given["parser"] = list(_recognised(row["text"], tools))
        for who, found in given.items():
            for kind in (*TYPES.values(), "all"):
                one = [s for s, t in wanted if kind in (t, "all")]
                other = [s for s, t in found if kind in (t, "all")]
                both = (
                    _matched(wanted, found)
                    if kind == "all"
                    else _matched([(s, kind) for s in one], [(s, kind) for s in other])
                )
                for i, n in enumerate((both, len(one), len(other))):
                    counts[who][kind][i] += n
    return {who: {kind: _scores(*n) for kind, n in kinds.items()} for who, kinds in counts.items()}


def _outermost(spans: list[Typed]) -> list[Typed]:
    """Of spans of one type that overlap ("Foreign Minister Jane Roe", "Jane Roe") the longest."""
    kept: list[Typed] = []
    for span, kind in sorted(set(spans), key=lambda pair: (-len(pair[0]), pair[0])):
        if not any(kind == other and span.overlaps(longer) for longer, other in kept):
            kept.append((span, kind))
    return sorted(kept)


def _recognised(text: str, tools: Tools) -> Iterable[Typed]:
    """What the parser's recogniser gives by itself."""
    labels = {"PERSON": "person", "ORG": "organization", "GPE": "location", "LOC": "location", "FAC": "location"}
    parsed = tools.parsed(plain_document("article", text))
    return ((parsed.span(n.first, n.last), labels[n.label]) for n in parsed.named if n.label in labels)


def _matched(one: list[Typed], other: list[Typed]) -> int:
    left = list(other)
    count = 0
    for span, kind in one:
        hit = next((pair for pair in left if pair[1] == kind and pair[0].overlaps(span)), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def _scores(both: int, wanted: int, found: int) -> dict[str, float]:
    precision, recall = both / max(found, 1), both / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1)}
