"""What a page says of itself to machines: JSON-LD, meta tags and the canonical link, as (value, basis) by field.

Values come in the order in which they are believed; JSON-LD that cannot be read is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from onrecord.read.html_blocks import HtmlPage

Stated = tuple[str, str]  # value, basis

MOST_NODES = 5_000  # JSON-LD nodes looked at; real pages hold a few dozen
ARTICLE = re.compile(r"(?:article|report|posting|story|news|review|analysis|opinion)", re.IGNORECASE)

METAS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title", "headline"),
    "outlet": ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "cre", "application-name"),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "published": (
        "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
        "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "dc.date.issued",
        "dcterms.created", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime", "date",
        "citation_publication_date", "article_date_original", "originalpublicationdate", "displaydate", "ptime",
    ),
    "language": ("og:locale", "content-language", "dc.language", "language"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MachineData:
    """Each field's candidates, the most believed first."""

    title: tuple[Stated, ...] = ()
    outlet: tuple[Stated, ...] = ()
    author: tuple[Stated, ...] = ()
    url: tuple[Stated, ...] = ()
    published: tuple[Stated, ...] = ()
    language: str = ""


def read_machine_data(page: HtmlPage) -> MachineData:
    """Gather what JSON-LD, meta tags, the head's title and time tags say."""
    linked = _json_ld(page.scripts)
    metas = _metas(page)
    title = _one_line(unescape(page.title))
    times = [(value, "time tag") for value, hints in page.times if hints & {"date", "byline", "header", "headline"}]
    languages = metas.get("language", [])
    return MachineData(
        title=(*linked["title"], *metas["title"], *(((title, "title tag"),) if title else ())),
        outlet=(*linked["outlet"], *metas["outlet"]),
        author=(*linked["author"], *metas["author"]),
        url=(*metas["url"], *linked["url"]),
        published=(*linked["published"], *metas["published"], *times[:1]),
        language=page.language or (languages[0][0] if languages else ""),
    )


def _metas(page: HtmlPage) -> dict[str, list[Stated]]:
    """Meta tags by field, in the order of `METAS`; the canonical link before all other addresses."""
    found: dict[str, str] = {}
    canonical: list[Stated] = []
    for tag in page.metas:
        if tag.name == "link":
            if "canonical" in tag.get("rel").lower().split() and tag.get("href").startswith("http"):
                canonical.append((tag.get("href").strip(), "canonical link"))
            continue
        value = _one_line(tag.get("content") or tag.get("datetime"))
        for name in (tag.get("property"), tag.get("name"), tag.get("itemprop"), tag.get("http-equiv")):
            if name and value and (tag.name == "meta" or name.lower() == "datepublished"):
                found.setdefault(name.strip().lower(), value)
    fields = {
        field: [(found[name], f"meta {name}") for name in names if name in found] for field, names in METAS.items()
    }
    fields["url"] = [*canonical[:1], *(stated for stated in fields["url"] if stated[0].startswith("http"))]
    fields["author"] = [stated for stated in fields["author"] if not stated[0].startswith("http")]
    fields["outlet"] = [stated for stated in fields["outlet"] if len(stated[0]) <= 60]
    return fields


def _json_ld(scripts: tuple[str, ...]) -> dict[str, list[Stated]]:
    """JSON-LD by field: article nodes first, then any other that has a headline or date."""
    nodes = [node for script in scripts for node in _nodes(script)]
    nodes = [node for node in nodes if ARTICLE.search(_type(node))] or [node for node in nodes if "headline" in node]
    found: dict[str, list[Stated]] = {"title": [], "outlet": [], "author": [], "url": [], "published": []}
    for node in nodes[:1] if nodes else []:
        for field, key, value in (
            ("title", "headline", _one_line(_text(node.get("headline") or node.get("name")))),
            ("outlet", "publisher", _one_line(_names(node.get("publisher")))),
            ("author", "author", _one_line(_names(node.get("author")))),
            ("url", "url", _text(node.get("url") or node.get("mainEntityOfPage"))),
            ("published", "datePublished", _text(node.get("datePublished"))),
        ):
            if value:
                found[field].append((unescape(value), f"JSON-LD {key}"))
    found["url"] = [stated for stated in found["url"] if stated[0].startswith("http")]
    return found


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD script, outer ones first; nothing where it is no JSON."""
    cleaned = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script)
    try:
        waiting: list[Any] = [json.loads(cleaned, strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < MOST_NODES:
        node = waiting.pop(0) if len(waiting) < 100 else waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(node)


def _type(node: dict[str, Any]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _text(value: object) -> str:
    """A string, or the @id or @value that an object gives instead."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("url") or ""
    return value if isinstance(value, str) else ""


def _names(value: object) -> str:
    """The names of one or several persons or organisations."""
    several = value if isinstance(value, list) else [value]
    names = [item if isinstance(item, str) else item.get("name") for item in several if isinstance(item, (str, dict))]
    flat = [name[0] if isinstance(name, list) and name else name for name in names]
    return ", ".join(dict.fromkeys(name for name in flat if isinstance(name, str) and not name.startswith("http")))


def _one_line(text: str) -> str:
    return " ".join(text.split())
