"""Every page, in one literal tuple: its address, its name, the function that makes its context, and its template.

A context is a frozen dataclass; a page's template and its `.json` twin show the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onrecord.store import View
from onrecord.web.asked import Asked
from onrecord.web.desk import Desk
from onrecord.web.pages.actor import ActorPage, actor_page
from onrecord.web.pages.claims import ClaimsPage, claims
from onrecord.web.pages.contradictions import ContradictionsPage, contradictions
from onrecord.web.pages.copies import CopiesPage, CopyPage, copies, copy
from onrecord.web.pages.document import DocumentPage, document_page
from onrecord.web.pages.lists import ListPage, list_page
from onrecord.web.pages.log import LogPage, NotesPage, WatchPage, log_page, notes_page, watch_page
from onrecord.web.pages.network import Network, network
from onrecord.web.pages.overview import Overview, overview
from onrecord.web.pages.places import MapPage, map_page
from onrecord.web.pages.review import ReviewPage, review
from onrecord.web.pages.search import SearchPage, search_page
from onrecord.web.pages.tension import TensionPage, tension
from onrecord.web.pages.timeline import Timeline, timeline
from onrecord.web.pages.unsaid import FramingPage, OmissionsPage, framing, omissions

__all__ = ["PAGES", "Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `group` is where it stands in the navigation, '' where it is reached from other pages only."""

    name: str
    path: str
    label: str
    group: str
    template: str
    context: type
    make: Callable[[View, Asked, Desk], Any]
    about: str


PAGES: tuple[Page, ...] = (
    Page("overview", "/", "Overview", "record", "overview", Overview, overview, "What the pile is."),
    Page("timeline", "/timeline", "Timeline", "record", "timeline", Timeline, timeline,
         "What happened when, in lanes; marks as large as the independent sources behind them."),
    Page("statements", "/statements", "Statements", "record", "list", ListPage, list_page("statements"),
         "Who said what to whom, how it is quoted, how sure the speaker is, who passed it on."),
    Page("events", "/events", "Events", "record", "list", ListPage, list_page("events"),
         "Who did what to whom, where and when, as PLOVER types with their status."),
    Page("figures", "/figures", "Figures", "record", "list", ListPage, list_page("figures"),
         "How much, by whom: each quantity with its bound, across outlets."),
    Page("actors", "/actors", "Actors", "record", "list", ListPage, list_page("actors"), "Who acts and speaks."),
    Page("documents", "/documents", "Reports", "record", "list", ListPage, list_page("documents"),
         "The reports, with outlet, date and lineage."),
    Page("network", "/network", "Network", "views", "network", Network, network, "Who acts on whom."),
    Page("map", "/map", "Map", "views", "map", MapPage, map_page, "Where events happened."),
    Page("tension", "/tension", "Tension", "views", "tension", TensionPage, tension,
         "How hostile one state's acts towards another are over time, with a band, down to the acts."),
    Page("claims", "/claims", "Claims", "behind", "claims", ClaimsPage, claims,
         "Who says it, who says otherwise, who only attributes it, who is silent."),
    Page("copies", "/copies", "Copies", "behind", "copies", CopiesPage, copies, "Which reports are one source."),
    Page("contradictions", "/contradictions", "Contradictions", "behind", "contradictions", ContradictionsPage,
         contradictions, "Claims that cannot both hold, side by side."),
    Page("omissions", "/omissions", "Left unsaid", "behind", "omissions", OmissionsPage, omissions,
         "What some tell and others, who had the chance, do not mention."),
    Page("framing", "/framing", "Words", "behind", "framing", FramingPage, framing,
         "Which words each outlet uses for the same contested thing."),
    Page("review", "/review", "Review", "work", "review", ReviewPage, review, "Decide, with reasons, by keyboard."),
    Page("log", "/log", "Decisions", "work", "log", LogPage, log_page, "Who decided what, when and why."),
    Page("notes", "/notes", "Notes", "work", "notes", NotesPage, notes_page, "Notes and tags."),
    Page("watch", "/watch", "Watched", "work", "watch", WatchPage, watch_page, "Saved searches and what they found."),
    Page("skips", "/skips", "Left out", "", "list", ListPage, list_page("skips"), "What was left out, and why."),
    Page("search", "/search", "Search", "", "search", SearchPage, search_page, "Statements and reports by words."),
    Page("actor", "/actor", "Actor", "", "actor", ActorPage, actor_page, "Everything on one actor."),
    Page("document", "/document", "Report", "", "document", DocumentPage, document_page, "One report with all layers."),
    Page("copy", "/copy", "Two texts", "", "copy", CopyPage, copy, "Two reports side by side."),
)  # fmt: skip
