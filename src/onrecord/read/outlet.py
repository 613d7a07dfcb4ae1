"""Which outlet printed a report: its metadata's publisher, its address, or the signs a site leaves about itself.

The agency whose text it prints is not the outlet, and where nothing says the name it stays None.
"""

from __future__ import annotations

import re

from onrecord.lexicon.furniture import Furniture
from onrecord.model.text import Fact
from onrecord.read.machine import MachineData
from onrecord.read.metadata import Parts
from onrecord.read.page import Told

BEHIND = 6  # parts behind the first line of the body, which may be a summary above the byline

_WORD = r"[A-Z0-9][\w'’&-]*(?:\.\w+)*"
_NAME = rf"(?-i:(?:The )?{_WORD}(?: (?:of |the |and |& )?{_WORD}){{0,4}})"
_MARK = r"(?:copyright )?(?:©|\(c\)|copyright)"
_YEARS = r"\d{4}(?:[-–]\d{2,4})?"
_CHANNELS = r"(?:facebook|twitter|x|telegram|instagram|youtube)"
_OWN_SIGNS = tuple(
    (re.compile(pattern, re.IGNORECASE), basis)
    for pattern, basis in (
        (rf"^(?P<name>{_NAME})['’]s? (?:web)?site can ", "the site's own note"),
        (rf"^(?P<name>{_NAME}) is (?:committed|dedicated) to ", "the site's own note"),
        (rf"^{_MARK} ?(?:copyright )?{_YEARS},? (?:by )?(?P<name>{_NAME})", "copyright line"),
        (rf"^{_MARK} ?(?:by )?(?P<name>{_NAME})[,.]? (?:{_YEARS}|all rights)", "copyright line"),
        (rf"^(?P<name>{_NAME}) {_MARK} ?{_YEARS}", "copyright line"),
        (rf"^(?:follow|like|find) (?P<name>{_NAME}) on {_CHANNELS}", "follow line"),
        (rf"^(?:subscribe to|download the|get the|join) (?P<name>{_NAME}?)(?: newsletter| app|[.!]?$)", "follow line"),
        (rf"^(?P<name>{_NAME}?)(?: News)? (?:Roku|app|newsletter|on telegram|telegram channel)$", "the site's channel"),
    )
)  # fmt: skip
_SOURCE_LINE = re.compile(r"(?:source|outlet|publication|newspaper|publisher|site)\s*:\s*(?P<name>.+)", re.IGNORECASE)
_DESK = re.compile(
    r"(?:by )?(?P<name>.+?)(?:'s)? (?:staff|reporters?|correspondents?|staff (?:reporter|writer)s?|"
    r"(?:web|news|foreign) desk)",
    re.IGNORECASE,
)
# words that no outlet's name consists of or contains
_NO_NAME = frozenset({
    "all", "this", "that", "these", "our", "we", "us", "you", "your", "it", "its", "by", "content", "inc", "ltd",
    "reserved", "rights", "site", "website", "author", "authors", "editor", "staff", "article", "story", "page",
    "images", "image", "photo", "getty", "comments", "email", "newsletter",
})  # fmt: skip


def find_outlet(told: Told, data: MachineData, parts: Parts, url: Fact, furniture: Furniture) -> Fact:
    """The outlet by name; where its address is one we know, under the name it has there."""
    at_home = furniture.outlet_at(url.value) if url.value else None
    for name, basis in (*((told.outlet,) if told.outlet else ()), *data.outlet):
        if at_home is not None and basis != (told.outlet or ("", ""))[1]:
            return Fact(at_home.name, f"{basis}, {url.basis}")
        known = furniture.outlet_called(name) or furniture.outlet_at(name if "." in name and " " not in name else "")
        return Fact(known.name if known else name, basis)
    if at_home is not None:
        return Fact(at_home.name, url.basis)
    return _outlet_in_text(parts, furniture)


def _named_at_head(words: str) -> tuple[str, str]:
    """What may be an outlet's name in a line above the report, and what kind of line that is."""
    if len(words) > 80:
        return "", ""
    labelled = _SOURCE_LINE.fullmatch(words)
    if labelled:
        return labelled["name"], "source line"
    byline = _DESK.fullmatch(words)
    if byline:
        return byline["name"], "byline"
    name, _, place = words.partition(",")
    return name.strip(), "line under the byline" if place else "masthead"


def _outlet_in_text(parts: Parts, furniture: Furniture) -> Fact:
    """A known outlet at the head (masthead, source line, byline), or the name in the site's own notes."""
    first = parts.first("body")
    for number, part, words in parts.of_kind("boilerplate", "byline"):
        if first is not None and number > first + BEHIND:
            break
        name, basis = _named_at_head(words)
        outlet = furniture.outlet_called(name) if name else None
        if outlet is not None and outlet.kind != "agency" and (part.kind == "boilerplate" or basis == "byline"):
            return Fact(outlet.name, basis)
    for pattern, basis in _OWN_SIGNS:
        for _, _, words in parts.of_kind("boilerplate"):
            match = pattern.search(words)
            name = match["name"].strip(" .") if match else ""
            if name and name.lower() not in {"news", "the"} and _NO_NAME.isdisjoint(name.lower().split()):
                known = furniture.outlet_called(name)
                if known.kind == "agency" if known else furniture.agency_called(name) is not None:
                    continue  # a wire's copyright line names the wire
                return Fact(known.name if known else name, basis)
    return Fact(None, "nothing on the page says it")
