"""Search over statements and whole reports, by words and by words of like meaning, with the source beside it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.analysis import Meanings, find_alike
from onrecord.errors import QueryError
from onrecord.model.shown import short
from onrecord.model.vectors import WordVectors
from onrecord.store import Hit, View, parse_query
from onrecord.web.asked import Asked, address, check_words, is_query
from onrecord.web.desk import Desk
from onrecord.web.source import Source, open_source

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
class Alike:
    """A word that was typed, and words of like meaning that were searched for as well, each with the address without
    it; `left_out` with the address that takes it in again."""

    word: str
    also: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Finds, best first: those that hold the words, then those that hold words of like meaning in their place."""

    words: str
    finds: tuple[Find, ...]
    alike: tuple[Alike, ...]
    by_meaning: tuple[Find, ...]
    meaning: str  # "on", "off", or "" where no vectors of words are at hand
    turned: str  # the address with it turned on or off
    actors: tuple[ActorFind, ...]
    cut: bool
    source: Source | None


def search_page(view: View, asked: Asked, desk: Desk) -> SearchPage:
    words = asked.get("q")
    check_words(words)
    hits = view.search(parse_query(words) if is_query(words) else words, MOST) if words else []
    hits = sorted(hits, key=lambda hit: hit.table != "statements")
    cut = len(hits) >= MOST
    on = asked.get("meaning") == "on" or (asked.get("meaning") != "off" and not cut)  # who finds too much wants no more
    held = desk.meanings(view) if words else None
    alike, others = _by_meaning(view, asked, held, {hit.id for hit in hits}) if held and on else ((), [])
    opened = asked.get("open") or next((hit.id for hit in (*hits, *others)), "")
    return SearchPage(
        words=words,
        finds=tuple(_find(hit, asked, opened) for hit in hits),
        alike=alike,
        by_meaning=tuple(_find(hit, asked, opened) for hit in others),
        meaning=("on" if on else "off") if held else "",
        turned=asked.with_(meaning="off" if on else "on", open=None),
        actors=tuple(
            ActorFind(short(row["name"], 60), address("/actor", [("id", row["id"])]))
            for row in desk.called(view, words, 8)
        ) if words else (),
        cut=cut,
        source=open_source(view, asked, desk.decisions, opened) if hits or others else None,
    )  # fmt: skip


def _by_meaning(
    view: View, asked: Asked, held: tuple[Meanings, WordVectors], known: set[str]
) -> tuple[tuple[Alike, ...], list[Hit]]:
    """Words of like meaning, and what they find beyond what is known."""
    try:
        query = parse_query(asked.get("q"))
    except QueryError:  # words with signs that mean nothing here
        return (), []
    near, found = find_alike(view, held, query, asked.every("not"), known, MOST)
    alike = tuple(
        Alike(
            one.word,
            tuple((word, address(asked.path, [*_shown(asked), ("not", word)])) for word in one.also),
            tuple(
                (word, address(asked.path, [p for p in _shown(asked) if p != ("not", word)])) for word in one.left_out
            ),
        )
        for one in near
    )
    return alike, found[:MOST]


def _shown(asked: Asked) -> list[tuple[str, str]]:
    return [pair for pair in asked.pairs if pair[0] != "open"]


def _find(hit: Hit, asked: Asked, opened: str) -> Find:
    pieces = tuple(hit.snippet.replace("\x03", "\x02").split("\x02"))
    return Find(hit.table.removesuffix("s"), hit.id, hit.path, pieces, hit.id == opened, asked.with_(open=hit.id))
