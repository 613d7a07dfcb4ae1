"""Search by words, over statements and whole reports, each find in its sentence and the source of the opened one."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.store import Hit, View, parse_query
from onrecord.web.asked import Asked, address, is_query
from onrecord.web.desk import Desk
from onrecord.web.source import Source, open_source
from onrecord.web.words import short

MOST = 60


@dataclass(frozen=True, slots=True)
class Find:
    """One find: pieces of its snippet, every second one found words; what it opens."""

    kind: str
    id: str
    where: str
    pieces: tuple[str, ...]
    opened: bool
    href: str


@dataclass(frozen=True, slots=True)
class ActorFind:
    """An actor one of whose names begins like the words."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Finds, best first."""

    words: str
    finds: tuple[Find, ...]
    actors: tuple[ActorFind, ...]
    cut: bool
    source: Source | None


def search_page(view: View, asked: Asked, desk: Desk) -> SearchPage:
    words = asked.get("q")
    hits = view.search(parse_query(words) if is_query(words) else words, MOST) if words else []
    hits = sorted(hits, key=lambda hit: hit.table != "statements")
    opened = asked.get("open") or next((hit.id for hit in hits), "")
    return SearchPage(
        words=words,
        finds=tuple(_find(hit, asked, opened) for hit in hits),
        actors=tuple(
            ActorFind(short(row["name"], 60), address("/actor", [("id", row["id"])]))
            for row in desk.called(view, words, 8)
        ) if words else (),
        cut=len(hits) >= MOST,
        source=open_source(view, asked, desk.decisions, opened) if hits else None,
    )  # fmt: skip


def _find(hit: Hit, asked: Asked, opened: str) -> Find:
    pieces = tuple(hit.snippet.replace("\x03", "\x02").split("\x02"))
    return Find(hit.table.removesuffix("s"), hit.id, hit.path, pieces, hit.id == opened, asked.with_(open=hit.id))
