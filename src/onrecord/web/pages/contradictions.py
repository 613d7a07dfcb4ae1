"""Claims that cannot both hold, the words of both side by side, by kind. No verdict: who is right is for people."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.marks import Mark, Segment, segments
from onrecord.model.shown import short
from onrecord.store import Row, View
from onrecord.web.asked import Asked, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.downloads import Download, downloads
from onrecord.web.pages.lists import Filter, Pager, filters_of, pager_of
from onrecord.web.source import Source, open_source
from onrecord.web.words import day

PAIRS = 20  # of one page
AROUND = 160  # code points of its text shown on either side of a span


@dataclass(frozen=True, slots=True)
class Side:
    """One side: whose report, its words marked in what stands around them, its address, its lineage."""

    claim: str
    outlet: str
    published: str
    segments: tuple[Segment, ...]
    lineage: str
    href: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Opposed:
    """A contradiction."""

    id: str
    kind: str
    words: str
    sides: tuple[Side, ...]
    same_lineage: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class ContradictionsPage:
    """Pairs that fit, and the source of the opened side."""

    pairs: tuple[Opposed, ...]
    filters: tuple[Filter, ...]
    pager: Pager
    exports: tuple[Download, ...]
    source: Source | None


def contradictions(view: View, asked: Asked, desk: Desk) -> ContradictionsPage:
    wanted = wanted_of("contradictions", asked)
    number = max(1, asked.number("page", 1, 100_000))
    found = view.select("contradictions", wanted, PAIRS, (number - 1) * PAIRS)
    opened = asked.get("open") or (found.rows[0]["left"] if found.rows else "")
    reports = {
        r["id"]: r for r in view.some("documents", "id", (s["document"] for row in found.rows for s in row["spans"]))
    }
    return ContradictionsPage(
        pairs=tuple(_opposed(view, row, reports, asked, desk, opened) for row in found.rows),
        filters=filters_of(desk.facets(view, "contradictions", wanted), asked, "contradictions"),
        pager=pager_of(asked, number, found.total, len(found.rows), PAIRS),
        exports=downloads(asked, "contradictions"),
        source=open_source(view, asked, desk.decisions, opened),
    )


def _opposed(view: View, row: Row, reports: dict[str, Row], asked: Asked, desk: Desk, opened: str) -> Opposed:
    sides = tuple(
        _side(view, claim, span, reports, asked, opened)
        for claim, span in zip((row["left"], row["right"]), row["spans"], strict=False) if span["document"] in reports
    )  # fmt: skip
    lineages = {side.lineage for side in sides}
    return Opposed(
        row["id"], row["kind"], short(row["words"], 300), sides, len(lineages) == 1 and "" not in lineages,
        desk.decisions.verdict(row["id"]),
    )  # fmt: skip


def _side(view: View, claim: str, span: Row, reports: dict[str, Row], asked: Asked, opened: str) -> Side:
    report = reports[span["document"]]
    part = next((p for p in report["parts"] if p["start"] <= span["start"] < p["end"]), None)
    first, last = (part["start"], part["end"]) if part else (0, span["end"] + AROUND)
    start, end = max(first, span["start"] - AROUND), min(last, span["end"] + AROUND)
    words = view.piece(report["id"], start, end)
    mark = Mark(span["start"] - start, span["end"] - start, "statements", claim, "")
    begin = words.find(" ", 0, span["start"] - start) + 1 if start > first else 0  # no word is shown in half
    cut = words.rfind(" ", span["end"] - start) if end < last else -1
    pieces = segments(words, begin, cut if cut >= 0 else len(words), [mark], claim)
    return Side(
        claim, short(report["outlet"], 60) or "outlet unknown", day(report["published"]["value"]),
        pieces, report["lineage"] or "", asked.with_(open=claim), claim == opened,
    )  # fmt: skip
