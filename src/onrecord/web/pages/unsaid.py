"""What is told by some and left out by others who wrote of the same parties then, and which words each outlet uses.

Facts about texts, never a reproach or a label; every line opens the reports it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.analysis import find_framing, find_omissions
from onrecord.model.marks import Mark, Segment, segments
from onrecord.model.shown import short
from onrecord.store import Row, View
from onrecord.web.asked import PER_PAGE, Asked, address
from onrecord.web.desk import Desk
from onrecord.web.pages.lists import Pager, pager_of
from onrecord.web.source import Source, open_source

AROUND = 80  # code points shown on either side of a contested word
SHOWN = 3  # uses of one word by one outlet that are shown
FIRST = 6  # outlets of a thing where all things are shown
OUTLETS = 25  # of one page of one thing


@dataclass(frozen=True, slots=True)
class Silent:
    """A lineage that had the chance to tell and did not: its outlets, and its reports with their addresses."""

    outlets: str
    reports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """A happening, who told it, who did not."""

    group: str
    date: str
    headline: str
    told_by: int
    href: str
    opened: bool
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class OmissionsPage:
    """Happenings that some left out, the most widely told first."""

    omissions: tuple[Omission, ...]
    pager: Pager
    source: Source | None


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a word: who said it (`own`, `reported`, `quoted`), in its words, and its report's address."""

    voice: str
    segments: tuple[Segment, ...]
    document: str
    mark: str  # code points, "START-END"
    href: str


@dataclass(frozen=True, slots=True)
class WordUse:
    """How often one outlet uses one word: itself, reported as said, quoted."""

    word: str
    own: int
    reported: int
    quoted: int
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class OutletWords:
    """One outlet's words for one thing."""

    outlet: str
    words: tuple[WordUse, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A contested thing and outlets' words for it, those that use them most first: how many outlets there are, and the
    address of all of them where not all are shown."""

    name: str
    outlets: tuple[OutletWords, ...]
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class FramingPage:
    """Things for which outlets use different words: the first outlets of each, or all of the one asked for, by page."""

    things: tuple[Thing, ...]
    total: int
    every: str  # address of all things where one was asked for
    pager: Pager | None
    source: Source | None


def omissions(view: View, asked: Asked, desk: Desk) -> OmissionsPage:
    number = max(1, asked.number("page", 1, 100_000))
    rows = desk.kept("omissions", lambda: list(find_omissions(view)))
    chosen = rows[(number - 1) * PER_PAGE : number * PER_PAGE]
    opened = asked.get("open") or (chosen[0]["event_group"] if chosen else "")
    ids = [id for row in chosen for one in row["left_out_by"] for id in one["documents"]]
    reports = {row["id"]: row for row in view.some("documents", "id", ids[:900])}
    return OmissionsPage(
        tuple(_omission(row, reports, asked, opened) for row in chosen),
        pager_of(asked, number, len(rows), len(chosen)),
        open_source(view, asked, desk.decisions, opened),
    )


def _omission(row: Row, reports: dict[str, Row], asked: Asked, opened: str) -> Omission:
    silent = tuple(
        Silent(
            short(", ".join(one["outlets"]), 80) or "outlet unknown",
            tuple((short(reports[id]["title"] or reports[id]["path"], 90), address("/document", [("id", id)]))
                  for id in one["documents"][:6] if id in reports),
        )
        for one in row["left_out_by"][:12]
    )  # fmt: skip
    return Omission(
        row["event_group"], row["date"], short(row["headline"], 160) or "no headline", len(row["told_by"]),
        asked.with_(open=row["event_group"]), row["event_group"] == opened, silent,
    )  # fmt: skip


def framing(view: View, asked: Asked, desk: Desk) -> FramingPage:
    things = desk.kept("framing", lambda: _things(view, list(find_framing(view))))
    one = next((thing for thing in things if thing.name == asked.get("thing")), None)
    number = max(1, asked.number("page", 1, 100_000)) if one else 1
    first, most = ((number - 1) * OUTLETS, OUTLETS) if one else (0, FIRST)
    shown = tuple(_shown(thing, first, most, asked) for thing in ((one,) if one else things))
    uses = (use.href for thing in shown for outlet in thing.outlets for word in outlet.words for use in word.uses)
    opened = asked if asked.get("open") else Asked.read(asked.path, next(uses, "").partition("?")[2])
    return FramingPage(
        shown, len(things), asked.without("thing", "page") if one else "",
        pager_of(asked, number, one.total, len(shown[0].outlets), OUTLETS) if one else None,
        open_source(view, opened, desk.decisions, opened.get("open")),
    )  # fmt: skip


def _shown(thing: Thing, first: int, most: int, asked: Asked) -> Thing:
    """Some outlets of a thing, with the addresses of their uses."""
    outlets = tuple(
        replace(outlet, words=tuple(
            replace(word, uses=tuple(replace(use, href=asked.with_(open=use.document, mark=use.mark))
                                     for use in word.uses))
            for word in outlet.words
        ))
        for outlet in thing.outlets[first : first + most]
    )  # fmt: skip
    whole = asked.get("thing") == thing.name or len(outlets) == thing.total
    return replace(thing, outlets=outlets, href="" if whole else asked.with_(thing=thing.name, open=None, mark=None))


def _things(view: View, rows: Sequence[Row]) -> tuple[Thing, ...]:
    things: dict[str, dict[str, list[WordUse]]] = {}
    for row in rows:
        uses = tuple(_use(view, one) for one in row["evidence"][:SHOWN])
        made = WordUse(row["word"], row["own"], row["reported"], row["quoted"], uses)
        things.setdefault(row["thing"], {}).setdefault(row["outlet"], []).append(made)
    return tuple(
        Thing(name, tuple(OutletWords(short(outlet, 80), tuple(outlets[outlet])) for outlet in _loudest(outlets)),
              len(outlets), "")
        for name, outlets in things.items()
    )  # fmt: skip


def _loudest(outlets: dict[str, list[WordUse]]) -> list[str]:
    """Outlets that use a thing's words most often first."""
    uses = {name: sum(word.own + word.reported + word.quoted for word in words) for name, words in outlets.items()}
    return sorted(outlets, key=lambda name: (-uses[name], name))


def _use(view: View, one: Row) -> Use:
    first = max(0, one["start"] - AROUND)
    text = view.piece(one["document"], first, one["end"] + AROUND)
    start, end = one["start"] - first, one["end"] - first
    begin = text.rfind("\n", 0, start) + 1
    if not begin and first:
        begin = text.find(" ", 0, start) + 1  # no word is shown in half
    last = text.find("\n", end)
    if last < 0:
        last = text.rfind(" ", end) if len(text) == end + AROUND else len(text)
    return Use(
        one["voice"],
        segments(text, begin, max(last, end), [Mark(start, end, "statements", one["document"], one["voice"])]),
        one["document"],
        f"{one['start']}-{one['end']}",
        "",
    )
