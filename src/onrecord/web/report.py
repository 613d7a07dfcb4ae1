"""The record as one HTML file, for people without a server and for print: same look, no script, nothing to load.

It is a choice, not an export: the timeline with its evidence, the main actors, what outlets say of the same claims,
contradictions, copies, decisions, and what was left out. Every line shows the words it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from onrecord.model.marks import Mark, Segment, segments
from onrecord.model.shown import short
from onrecord.store import Row, View, Wanted
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages.claims import ClaimsPage, claims
from onrecord.web.pages.contradictions import ContradictionsPage, contradictions
from onrecord.web.pages.copies import CopiesPage, copies
from onrecord.web.pages.log import LogPage, log_page
from onrecord.web.pages.overview import Overview, overview
from onrecord.web.pages.timeline import Timeline, timeline
from onrecord.web.render import as_page, make_environment
from onrecord.web.words import date_of, day

ENTRIES = 400
EVIDENCE = 6  # claims shown under one entry
AROUND = 220  # code points shown on either side of a claim, inside its paragraph


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim under an entry: whose report, when it came out, the words in their paragraph."""

    outlet: str
    published: str
    title: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One entry of the timeline with its evidence; `more` claims are not shown."""

    id: str
    date: str
    headline: str
    documents: int
    lineages: int
    proofs: tuple[Proof, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that the file shows."""

    title: str
    made: str
    chosen: str
    overview: Overview
    timeline: Timeline
    entries: tuple[ReportEntry, ...]
    more_entries: int
    claims: ClaimsPage
    contradictions: ContradictionsPage
    copies: CopiesPage
    log: LogPage
    reports: tuple[Row, ...]


def make_report(view: View, title: str, made: str, since: str = "", until: str = "", actor: str = "") -> Report:
    """What the file shows, of some days and one actor (an id) where they are given."""
    pairs = tuple((name, value) for name, value in (("since", since), ("until", until), ("actor", actor)) if value)
    desk = Desk("", True, read_decisions(view), view.version(), Kept())
    asked = Asked("/", pairs)
    wanted = Wanted((("actor", (actor,)),) if actor else (), "", since, until)
    found = view.select("timeline", wanted, ENTRIES)
    name = view.names([actor]).get(actor, actor) if actor else ""
    days = f"{since or 'the beginning'} to {until or 'the end'}" if since or until else "all days"
    return Report(
        title=title,
        made=made,
        chosen=f"{days}{', ' + name if name else ''}",
        overview=overview(view, asked, desk),
        timeline=timeline(view, asked, desk),
        entries=tuple(_entry(view, row) for row in found.rows),
        more_entries=found.total - len(found.rows),
        claims=claims(view, Asked("/claims"), desk),
        contradictions=contradictions(view, Asked("/contradictions"), desk),
        copies=copies(view, Asked("/copies"), desk),
        log=log_page(view, Asked("/log"), desk),
        reports=view.select("documents", Wanted(), 2_000).rows,
    )


def render_report(report: Report) -> bytes:
    """The file: the pages' own sheet inside it."""
    sheet = (files("onrecord.web") / "static" / "style.css").read_text(encoding="utf-8")
    return as_page(make_environment(), "report.html", {"page": report, "sheet": Markup(sheet)})  # our own file


def _entry(view: View, row: Row) -> ReportEntry:
    group = row["event_group"] or row["statement"]
    claims = view.some("events", "event_group", [group]) if row["event_group"] else []
    reports = {r["id"]: r for r in view.some("documents", "id", (one["document"] for one in claims))}
    shown = [one for one in claims if one["document"] in reports][:EVIDENCE]
    return ReportEntry(
        group, date_of(row["date"]), short(row["headline"], 300), len(row["documents"]), row["lineages"],
        tuple(_proof(view, one, reports[one["document"]]) for one in shown), len(claims) - len(shown),
    )  # fmt: skip


def _proof(view: View, row: Row, report: Row) -> Proof:
    span, text = row["evidence"], view.text(report["id"])
    part = next((p for p in report["parts"] if p["start"] <= span["start"] < p["end"]), None)
    start = max(part["start"] if part else 0, span["start"] - AROUND)
    end = max(start, min(part["end"] if part else len(text), span["end"] + AROUND))
    marks = [Mark(span["start"], span["end"], "events", row["id"], "")]
    return Proof(
        short(report["outlet"], 80) or "outlet unknown", day(report["published"]["value"]),
        short(report["title"] or report["path"], 120), segments(text, start, end, marks),
    )  # fmt: skip
