"""A raw page in, a `Document` out: whole text with true offsets, every block named, metadata with its basis.

HTML and plain text go one road: blocks, their names, the stored text, then what is known of where it came from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from onrecord.lexicon import Lexicon
from onrecord.lexicon.furniture import Furniture
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.text import Document, Fact, Part
from onrecord.read.blocks import Block, join_blocks
from onrecord.read.body import choose_body
from onrecord.read.html_blocks import read_html
from onrecord.read.language import find_language
from onrecord.read.machine import MachineData, Stated, read_machine_data
from onrecord.read.metadata import (
    Parts,
    find_author,
    find_url,
    title_candidates,
)
from onrecord.read.origins import find_origins
from onrecord.read.outlet import find_outlet
from onrecord.read.page import RawPage
from onrecord.read.parts import Naming, name_blocks
from onrecord.read.published import find_published
from onrecord.read.text_blocks import read_text
from onrecord.read.titles import title_span


def make_document(page: RawPage, lexicon: Lexicon) -> Document:
    """Read one page or text; limits on size are kept where inputs are opened."""
    furniture = lexicon.furniture
    blocks, chosen, data = _blocks(page, furniture)
    headlines = title_candidates(page.told, data)
    naming = name_blocks(blocks, chosen, [_own_words(text, data, furniture) for text, _ in headlines], furniture)
    text, offsets, spans = join_blocks(blocks, page.raw)
    placed = _place(text, spans, naming, data, furniture)
    parts = Parts(tuple(part for part, _ in placed), tuple(text[p.span.start : p.span.end] for p, _ in placed))
    links = {number: blocks[block].href for number, (_, block) in enumerate(placed) if blocks[block].href}
    url = find_url(page.told, data, parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    body = "\n".join(words for _, _, words in parts.of_kind("body"))
    return Document(
        id=make_id("doc", page.path, digest),
        path=page.path,
        text=text,
        text_sha256=digest,
        offsets=offsets,
        parts=parts.parts,
        title=_title(parts, blocks, naming, headlines, data, furniture),
        outlet=find_outlet(page.told, data, parts, url, furniture),
        author=find_author(page.told, data, parts),
        url=url,
        language=find_language(body, data.language, page.told.language),
        published=find_published(page.told, data, parts, url),
        origins=find_origins(parts, furniture, links),
    )


def _blocks(page: RawPage, furniture: Furniture) -> tuple[tuple[Block, ...], list[bool] | None, MachineData]:
    """The blocks, a HTML page's body blocks, and its machine data."""
    if page.kind == "text":
        return read_text(page.raw, furniture), None, MachineData()
    html = read_html(page.raw, furniture)
    return html.blocks, choose_body(page.raw, html), read_machine_data(html)


def _site(data: MachineData) -> str | None:
    return next((name for name, basis in data.outlet if "site_name" in basis or "publisher" in basis), None)


def _own_words(headline: str, data: MachineData, furniture: Furniture) -> str:
    """A metadata headline without the site's name behind it."""
    span = title_span(headline, _site(data), furniture)
    return headline[span.start : span.end]


def _place(
    text: str, spans: Sequence[Span], naming: Naming, data: MachineData, furniture: Furniture
) -> list[tuple[Part, int]]:
    """Every block's part with the block's number; the title's own words are a part, what stands around them another."""
    placed: list[tuple[Part, int]] = []
    for number, (span, kind) in enumerate(zip(spans, naming.kinds, strict=True)):
        if kind != "title":
            placed.append((Part(kind, span), number))
            continue
        own = title_span(text[span.start : span.end], _site(data), furniture)
        title = Span(span.start + own.start, span.start + own.end)
        for start, end in ((span.start, title.start), (title.start, title.end), (title.end, span.end)):
            stretch = _trimmed(text, start, end)
            if stretch is not None:
                placed.append((Part("title" if start == title.start else "boilerplate", stretch), number))
    return placed


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _title(
    parts: Parts,
    blocks: Sequence[Block],
    naming: Naming,
    headlines: Sequence[Stated],
    data: MachineData,
    furniture: Furniture,
) -> Fact:
    """The title's words as the page shows them, else as its metadata gives them."""
    shown = parts.first("title")
    if shown is None or naming.title is None:
        if headlines:
            return Fact(_own_words(headlines[0][0], data, furniture), headlines[0][1])
        return Fact(None, "no title on the page")
    heading = blocks[naming.title].heading
    basis = (
        f"heading h{heading}" if heading else "first headline-like line" if not blocks[naming.title].tag else "headline"
    )
    return Fact(parts.words[shown], "; ".join([basis, *(basis for _, basis in headlines[:1])]))
