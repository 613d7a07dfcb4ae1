"""What a saved search found, as an Atom feed (RFC 4287) that any reader takes; text only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from onrecord.model.shown import safe

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: id, title, when it was first seen (ISO 8601), address, words."""

    id: str
    title: str
    at: str
    href: str
    words: str


def atom(id: str, title: str, updated: str, entries: Iterable[Entry]) -> bytes:
    """The feed as bytes."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _child(feed, "id", f"urn:onrecord:{id}")
    _child(feed, "title", title)
    _child(feed, "updated", updated)
    _child(_child(feed, "author", ""), "name", "Onrecord")
    for one in entries:
        entry = _child(feed, "entry", "")
        _child(entry, "id", f"urn:onrecord:{id}:{one.id}")
        _child(entry, "title", one.title)
        _child(entry, "updated", one.at)
        if one.href:
            _child(entry, "link", "").set("href", one.href)
        _child(entry, "summary", one.words)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _child(parent: ElementTree.Element, name: str, words: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = safe(words) or None
    return made
