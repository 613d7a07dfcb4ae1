"""Saved searches: what they find now, what of it is new, and a feed of it. One way for the page and the command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.store import SavedSearch, View, Wanted, Writer, make_search, open_view
from onrecord.web.asked import Asked, wanted_of
from onrecord.web.feed import Entry, atom
from onrecord.web.pages.log import Subject, subject_of

MOST = 200_000  # items of one search


@dataclass(frozen=True, slots=True)
class News:
    """What one search finds that it had not found before, and how many it finds in all."""

    search: SavedSearch
    subjects: tuple[Subject, ...]
    total: int


def searched(search: SavedSearch) -> Wanted:
    """What a saved search wants of its table."""
    return wanted_of(search.page, Asked.read(f"/{search.page}", search.wanted))


def save_search(
    record: Path, writer: Writer, name: str, page: str, wanted: str, by: str, at: str
) -> SavedSearch:  # fmt: skip
    """Keep a search; what it finds now is no news."""
    search = make_search(name, page, wanted.lstrip("?"), by, at)
    with open_view(record) as view:  # first, as a query that cannot be read must not be kept
        found = view.ids(page, searched(search), MOST)
    writer.save_search(search)
    writer.note_findings(search.id, found, at)
    return search


def look_again(record: Path, writer: Writer, at: str) -> list[News]:
    """Run every saved search, and keep what it finds."""
    with open_view(record) as view:
        found = [(search, view.ids(search.page, searched(search), MOST)) for search in view.searches()]
        news = []
        for search, items in found:
            new = writer.note_findings(search.id, items, at)
            if new:
                news.append(News(search, tuple(subject_of(view, item) for item in new), len(items)))
    return news


def feed_of(view: View, search: SavedSearch, base: str) -> bytes:
    """What a search found so far, the newest first, as Atom; `base` goes before the addresses of the entries."""
    found = view.findings(search.id, 100)
    entries = []
    for one in found:
        subject = subject_of(view, one.item)
        entries.append(Entry(one.item, subject.words, one.at, base + subject.href if base and subject.href else "", ""))
    return atom(search.id, search.name, found[0].at if found else search.at, entries)
