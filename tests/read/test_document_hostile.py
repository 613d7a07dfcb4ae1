"""Pages made to hurt: floods of tags and quotes, deep nesting, broken text. Time stays linear, nothing is raised."""

from __future__ import annotations

import time

import pytest

from onrecord.lexicon import Lexicon
from onrecord.read.document import make_document
from onrecord.read.page import PageKind, RawPage

REPORT = "<p>The envoy said on Monday that the ceasefire in Aleppo would hold for a week, officials said.</p>"
FLOODS: tuple[tuple[str, PageKind, str], ...] = (
    ("nested blocks", "html", "<div>" * 20_000 + REPORT),
    ("tags never closed by >", "html", "<a " * 20_000),
    ("less-than signs", "html", "<" * 50_000),
    ("comments never closed", "html", "<!--" * 20_000),
    ("quotes never closed", "html", "<a b=\"'" * 10_000),
    ("inline elements never closed", "html", "<b>x " * 10_000),
    ("closing tags that close nothing", "html", "</div>" * 20_000),
    ("scripts in scripts", "html", "<script>" * 10_000),
    ("deep JSON-LD", "html", '<script type="application/ld+json">' + "[" * 50_000 + "</script>" + REPORT),
    ("ampersands", "html", "&" * 50_000),
    ("a tag of many attributes", "html", "<p " + "a=b " * 20_000 + ">"),
    ("one long line", "text", "word " * 20_000),
    ("sentences that never end", "text", "and then some more words that go on\n\n" * 2_000),
    ("brackets", "text", "(" * 50_000),
    ("dates", "text", "2021-11-23 " * 5_000),
    ("quote marks", "text", "> " * 20_000),
    ("capitals", "text", "BREAKING NEWS FROM THE FRONT " * 1_000),
    ("lone surrogates", "text", "\ud800the army \udfff said nothing at all about it.\n" * 100),
)


@pytest.mark.parametrize(("kind", "raw"), [flood[1:] for flood in FLOODS], ids=[flood[0] for flood in FLOODS])
def test_flood_is_read_in_linear_time(kind: PageKind, raw: str, lexicon: Lexicon) -> None:
    started = time.process_time()
    document = make_document(RawPage("flood", kind, raw), lexicon)
    assert time.process_time() - started < 5.0  # each takes under half a second; a quadratic walk takes minutes
    document.text.encode("utf-8")


def test_report_under_nested_blocks_is_found(lexicon: Lexicon) -> None:
    document = make_document(RawPage("deep", "html", "<div>" * 20_000 + REPORT * 3), lexicon)
    assert [part.kind for part in document.parts] == ["body"] * 3
