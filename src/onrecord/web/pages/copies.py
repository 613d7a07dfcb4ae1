"""Lineages, and two texts of one side by side: sentence beside sentence, with what was dropped, added and changed."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.errors import NotFoundError
from onrecord.model.shown import short
from onrecord.store import Row, View, sums
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Pager, pager_of
from onrecord.web.source import Source, open_source
from onrecord.web.words import day

SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$|[\"”’»)])[^\n.!?]*)*[.!?]*[\"”’»)]*|\n+")
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
MOST = 240  # sentences of one text that are aligned
ALIKE = 0.3  # share of words that two sentences must have in common (Dice) to stand side by side
LINEAGES = 15  # of one page
SHOWN = 12  # reports of one lineage where several are shown
WHOLE = 200  # of the one asked for
READ = ("title", "caption", "body")


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a lineage."""

    id: str
    title: str
    outlet: str
    published: str
    href: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A report where it stands in its lineage: `depth` copies away from a text that is none; how it was made of the one
    above it, how much of that it repeats in percent, how many edits, and the address of both side by side."""

    report: Report
    depth: int
    kind: str
    share: int
    edits: int
    beside: str
    href: str


@dataclass(frozen=True, slots=True)
class LineageBlock:
    """One source: where it comes from, and its reports as a tree, each below the one that it was made of."""

    id: str
    origin: str
    basis: str
    branches: tuple[Branch, ...]
    hidden: int
    href: str  # address of it alone, with all its reports, or of these as a list; "" where nothing is hidden


@dataclass(frozen=True, slots=True)
class CopiesPage:
    """Lineages of several reports, the largest first."""

    lineages: tuple[LineageBlock, ...]
    alone: int
    total: int
    every: str  # address of all lineages where one was asked for
    pager: Pager
    opened: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one side: `same`, or `changed` against the sentence beside it."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences side by side: `same`, `changed`, `dropped` (only left) or `added` (only right)."""

    kind: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Two reports side by side."""

    left: Report
    right: Report
    kind: str
    share: int | None
    direction: str
    pairs: tuple[Pair, ...]
    counts: tuple[tuple[str, int], ...]
    cut: bool
    swapped: str


def copies(view: View, asked: Asked, desk: Desk) -> CopiesPage:
    number = max(1, asked.number("page", 1, 100_000))
    ids = desk.kept("lineages", lambda: sums.largest_lineages(view))
    one = asked.get("lineage")
    chosen = (one,) if one else ids[(number - 1) * LINEAGES : number * LINEAGES]
    total = view.count("lineages")
    blocks = desk.kept(("copies", number, one), lambda: _blocks(view, chosen, WHOLE if one else SHOWN))
    opened = asked.get("open") or next((b.report.id for block in blocks for b in block.branches), "")
    return CopiesPage(
        lineages=tuple(
            replace(
                block,
                branches=tuple(replace(b, href=asked.with_(open=b.report.id)) for b in block.branches),
                href=_whole(asked, block.id, bool(one)) if block.hidden else "",
            )
            for block in blocks
        ),
        alone=total - len(ids),
        total=total,
        every=asked.without("lineage", "open") if one else "",
        pager=pager_of(asked, number, 1 if one else len(ids), len(blocks), LINEAGES),
        opened=opened,
        source=open_source(view, asked, desk.decisions, opened),
    )


def _whole(asked: Asked, id: str, alone: bool) -> str:
    """Where more of a lineage is shown: by itself, or where it stands so, as a list of reports."""
    return address("/documents", [("lineage", id)]) if alone else asked.with_(lineage=id, page=None, open=None)


def _blocks(view: View, ids: Sequence[str], most: int) -> tuple[LineageBlock, ...]:
    rows = {row["id"]: row for row in view.some("lineages", "id", ids)}
    return tuple(_block(view, rows[id], most) for id in ids if id in rows)


def _block(view: View, row: Row, most: int) -> LineageBlock:
    reports = {r["id"]: _report(r) for r in view.some("documents", "id", row["documents"][:WHOLE])}
    origin = row["origin"]["agency"] or row["origin"]["outlet"] or "origin unknown"
    made = {c["document"]: c for c in row["copies"] if c["document"] in reports and c["of"] in reports}
    below: dict[str, list[str]] = defaultdict(list)
    for id in reports:
        below[made[id]["of"] if id in made else ""].append(id)
    branches = tuple(_branches(reports, made, below))
    return LineageBlock(
        row["id"], short(origin, 80), row["origin"]["basis"], branches[:most],
        max(0, len(row["documents"]) - min(most, len(branches))), "",
    )  # fmt: skip


def _branches(reports: dict[str, Report], made: dict[str, Row], below: dict[str, list[str]]) -> Iterator[Branch]:
    """Every report once, each after the one it was made of; copies in a circle after all others."""
    met: set[str] = set()
    for roots in (below[""], list(reports)):
        waiting = [(id, 0) for id in reversed(roots)]
        while waiting:
            id, depth = waiting.pop()
            if id in met:
                continue
            met.add(id)
            copy = made.get(id)
            beside = address("/copy", [("left", copy["of"]), ("right", id)]) if copy else ""
            yield Branch(
                reports[id], depth, copy["kind"] if copy else "", round(100 * copy["share"]) if copy else 0,
                len(copy["edits"]) if copy else 0, beside, reports[id].href,
            )  # fmt: skip
            waiting += [(other, depth + 1) for other in reversed(below[id])]


def _report(row: Row) -> Report:
    return Report(
        row["id"], short(row["title"] or row["path"], 140), short(row["outlet"], 60) or "outlet unknown",
        day(row["published"]["value"]), address("/document", [("id", row["id"])]),
    )  # fmt: skip


def copy(view: View, asked: Asked, desk: Desk) -> CopyPage:
    sides = [next(iter(view.rows("documents", id=asked.get(name))), None) for name in ("left", "right")]
    if sides[0] is None or sides[1] is None:
        raise NotFoundError("the record does not hold both reports; open the pair from Copies")
    left, right = sides[0], sides[1]
    known = _known(view, left, right)
    texts = [_sentences(row, view.text(row["id"])) for row in (left, right)]
    pairs = desk.kept(("pair", left["id"], right["id"]), lambda: pair_sentences(texts[0][:MOST], texts[1][:MOST]))
    counts = [(kind, sum(1 for p in pairs if p.kind == kind)) for kind in ("same", "changed", "dropped", "added")]
    return CopyPage(
        left=_report(left),
        right=_report(right),
        kind=known["kind"] if known else "no copy by the record",
        share=round(100 * known["share"]) if known else None,
        direction=_direction(known, left),
        pairs=pairs,
        counts=tuple(counts),
        cut=any(len(text) > MOST for text in texts),
        swapped=asked.with_(left=right["id"], right=left["id"]),
    )


def _known(view: View, left: Row, right: Row) -> Row | None:
    """The record's own copy between two reports, whichever way round."""
    if not left["lineage"] or left["lineage"] != right["lineage"]:
        return None
    for row in view.rows("lineages", id=left["lineage"]):
        for one in row["copies"]:
            if {one["document"], one["of"]} == {left["id"], right["id"]}:
                return dict(one)
    return None


def _direction(known: Row | None, left: Row) -> str:
    if known is None:
        return "the record gives no direction"
    return "the right copies the left" if known["of"] == left["id"] else "the left copies the right"


def _sentences(row: Row, text: str) -> list[str]:
    found: list[str] = []
    for part in row["parts"] or [{"kind": "body", "start": 0, "end": len(text)}]:
        if part["kind"] in READ:
            words = text[part["start"] : part["end"]]
            found += [s.strip() for s in SENTENCE.findall(words) if s.strip()]
    return found


def pair_sentences(left: Sequence[str], right: Sequence[str]) -> tuple[Pair, ...]:
    """Two texts sentence by sentence, in order: the alignment that keeps most words in common."""
    bags = [[frozenset(t.lower() for t in TOKEN.findall(s) if t.strip() and t.isalnum()) for s in side]
            for side in (left, right)]  # fmt: skip
    rows, columns = len(left), len(right)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[_dice(a, b) for b in bags[1]] for a in bags[0]]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            both = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else -1.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < rows or j < columns:
        if i < rows and j < columns and alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append(_compared(left[i], right[j]))
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i][j] == best[i + 1][j]):
            pairs.append(Pair("dropped", (Piece(left[i], "changed"),), ()))
            i += 1
        else:
            pairs.append(Pair("added", (), (Piece(right[j], "changed"),)))
            j += 1
    return tuple(pairs)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _compared(left: str, right: str) -> Pair:
    """Two sentences with the words that differ."""
    if left == right:
        return Pair("same", (Piece(left, "same"),), (Piece(right, "same"),))
    words = TOKEN.findall(left)[:600], TOKEN.findall(right)[:600]
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for op, i1, i2, j1, j2 in difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        for side, found in ((0, words[0][i1:i2]), (1, words[1][j1:j2])):
            if found:
                sides[side].append(Piece("".join(found), "same" if op == "equal" else "changed"))
    return Pair("changed", tuple(sides[0]), tuple(sides[1]))
