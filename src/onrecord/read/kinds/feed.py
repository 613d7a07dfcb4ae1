"""An RSS or Atom file whose entries carry their articles; nothing that an entry links to is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.decode import decode, repair
from onrecord.read.kinds.dates import read_date
from onrecord.read.kinds.html import kind_of_text
from onrecord.read.page import RawPage, Told
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import read_whole
from onrecord.settings import Settings

# declarations of entities, which could multiply without end; those of HTML are known without them
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
# what may stand before the root is taken once and for all, so that nothing is tried twice
ROOT = re.compile(
    r"(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*+<(?:rss|rdf:RDF|(?:\w{1,40}:)?feed)[\s>]", re.DOTALL
)


def looks_like_feed(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    return ROOT.match(head.text) is not None


def read_feed(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    """Entries in order, numbered from 1."""
    import feedparser

    text = decode(read_whole(stream, settings), source.charset)
    text = DOCTYPE.sub("", text, count=1)
    known = {"content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(
        io.BytesIO(text.encode()), response_headers=known, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        raise InputError("no text", "a feed without entries")
    for number, entry in enumerate(feed.entries, 1):
        raw = _content(entry)
        path = f"{source.path}#{number}"
        if raw:
            yield RawPage(path, kind_of_text(raw), raw, _told(entry, feed.feed))
        else:
            yield Skip(path, "read", "no text", "a feed's entry without content or summary")


def _content(entry: Mapping[str, Any]) -> str:
    """The longest of an entry's contents, or its summary."""
    values = [str(content.get("value") or "") for content in entry.get("content", ())]
    best = max(values, key=len, default="")
    return repair(best if best.strip() else str(entry.get("summary") or "")).strip()


def _told(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Told:
    """What the entry says of itself; an aggregated entry's own source comes before the feed's title."""
    published = _date(entry, "published", "feed entry's date") or _date(entry, "updated", "feed entry's last change")
    own = entry.get("source") or {}
    return Told(
        title=_fact(entry.get("title"), "feed entry's title"),
        outlet=_fact(own.get("title"), "feed entry's source") or _fact(feed.get("title"), "feed's title"),
        author=_fact(entry.get("author"), "feed entry's author"),
        url=_fact(entry.get("link"), "feed entry's link"),
        published=published,
        language=_fact(feed.get("language"), "feed's language"),
    )


def _date(entry: Mapping[str, Any], name: str, basis: str) -> tuple[str, str] | None:
    return _fact(read_date(entry[name]), basis) if name in entry else None


def _fact(value: object, basis: str) -> tuple[str, str] | None:
    words = " ".join(repair(value).split()) if isinstance(value, str) else ""
    return (words, basis) if words else None
