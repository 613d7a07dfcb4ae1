"""What blocks are named: titles and their tails, captions, bylines, decks, lists of links; tables with reasons."""

from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon
from onrecord.lexicon.furniture import load_furniture
from onrecord.read.body import densest_stretch, is_prose
from onrecord.read.document import make_document
from onrecord.read.html_blocks import read_html
from onrecord.read.page import PageKind, RawPage, Told
from onrecord.read.titles import title_span

FURNITURE = load_furniture()

TITLES = (
    ("Rebels take Bukavu | Harbour Gazette", None, "Rebels take Bukavu"),
    ("Rebels take Bukavu – The Irrawaddy", None, "Rebels take Bukavu"),
    ("Rebels take Bukavu - Reuters", None, "Rebels take Bukavu - Reuters"),  # it may be the source
    ("Rebels take Bukavu - Reuters", "Reuters", "Rebels take Bukavu"),  # here it is the site
    ("Rebels take Bukavu - Harbour Gazette", "Harbour Gazette", "Rebels take Bukavu"),
    ("Rebels take Bukavu - dawn.com", None, "Rebels take Bukavu"),
    ("Rebels take Bukavu – army", None, "Rebels take Bukavu – army"),  # who says so, not the site
    ("Rebels take Bukavu | Congo | Harbour Gazette", None, "Rebels take Bukavu"),
    ("Subject: Rebels take Bukavu", None, "Rebels take Bukavu"),
    ("Bukavu | Harbour Gazette", None, "Bukavu | Harbour Gazette"),  # too short to tell which is which
)


@pytest.mark.parametrize(("headline", "site", "wanted"), TITLES)
def test_title_is_freed_of_the_sites_name(headline: str, site: str | None, wanted: str) -> None:
    span = title_span(headline, site, FURNITURE)
    assert headline[span.start : span.end] == wanted


ONE = "Rebels backed by a neighbour entered Bukavu on Friday, residents said.\n\n"
TWO = "The army said that it had pulled back to spare the city of half a million.\n\n"
HEAD = "Rebels enter Bukavu as army withdraws\n\n"

NAMED = (
    ("a subheading between sentences is body", HEAD + ONE + "A city without light\n\n" + TWO, "A city", "body"),
    ("a line behind the last sentence is not", HEAD + ONE + TWO + "Harbour Gazette\n", "Harbour", "boilerplate"),
    ("a full line under the title is body", HEAD + "Aid workers say roads to the airport are cut off\n\n" + ONE,
     "Aid workers say", "body"),
    ("a short line above the title is a label", "Great Lakes\n\n" + HEAD + ONE, "Great Lakes", "boilerplate"),
    ("a sentence with a photo credit is a caption", HEAD + "Soldiers on a road. (AP Photo/Jo Kay)\n\n" + ONE,
     "Soldiers on", "caption"),
    ("so is one with the credit behind it", HEAD + "Soldiers leave Bukavu on a lorry.\n\nJo Kay/AFP\n\n" + ONE,
     "Soldiers leave", "caption"),
    ("a bare credit is furniture", HEAD + "Jo Kay/AFP via Getty Images\n\n" + ONE, "Jo Kay", "boilerplate"),
    ("an agency behind the last sentence makes no caption", HEAD + ONE + TWO.strip() + " (AFP)\n", "The army", "body"),
    ("an agency behind the only sentence neither", HEAD + ONE.strip() + " (AFP)\n", "Rebels backed", "body"),
    ("links under \"Keep reading\" are furniture", HEAD + ONE + "Keep reading\n\nWho are the rebels?\n\n" + TWO,
     "Who are", "boilerplate"),
    ("and the report goes on behind them", HEAD + ONE + "Keep reading\n\nWho are they?\n\n" + TWO, "The army", "body"),
    ("sentences under the comment form are not the report's",
     HEAD + ONE + TWO + "Leave a Reply\n\nGood report, thank you, I will come back to read more of it.\n",
     "Good report", "boilerplate"),
    ("without any sentence what is left is body", HEAD + "no verbs here\n", "no verbs", "body"),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "words", "kind"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_block_is_named(raw: str, words: str, kind: str, lexicon: Lexicon) -> None:
    document = make_document(RawPage("a", "text", raw), lexicon)
    assert [part.kind for part in document.parts if words in document.words(part.span)] == [kind]
    assert document.title.value == HEAD.strip()


PARAGRAPH = "<p>The governor of the province said on Friday that the lake port had been closed to all boats.</p>"
PAGES: tuple[tuple[str, str, str, str], ...] = (
    ("a figure's caption", f"{PARAGRAPH}<figure><figcaption>Boats lie in the port at dawn</figcaption></figure>",
     "Boats lie", "caption"),
    ("a byline by its class", f'<div class="article-byline">Amani Baraka, Goma</div>{PARAGRAPH}', "Amani", "byline"),
    ("a link between paragraphs", f"{PARAGRAPH}<p><a href=/x>Congo: what the rebels want</a></p>{PARAGRAPH}",
     "what the rebels", "boilerplate"),
    ("a newsletter box", f'{PARAGRAPH}<div class="newsletter-box"><p>The lakes in one letter a day, free.</p></div>',
     "The lakes", "boilerplate"),
    ("a menu", f"<nav><a href=/>Lakes</a></nav>{PARAGRAPH}{PARAGRAPH}", "Lakes", "boilerplate"),
)  # fmt: skip


@pytest.mark.parametrize(("inner", "words", "kind"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_page_block_is_named(inner: str, words: str, kind: str, lexicon: Lexicon) -> None:
    raw = (
        f"<html><body><article><h1>Port of Goma closed to all boats</h1>{inner}{PARAGRAPH * 2}</article></body></html>"
    )
    document = make_document(RawPage("a", "html", raw), lexicon)
    assert [part.kind for part in document.parts if words in document.words(part.span)] == [kind]
    assert sum(part.kind == "title" for part in document.parts) == 1


@pytest.mark.parametrize("kind", ["html", "text"])
def test_title_that_the_container_gives_is_found_on_the_page(kind: PageKind, lexicon: Lexicon) -> None:
    raw = (
        f"<p>Lakes</p><p>All boats stay</p>{PARAGRAPH * 2}" if kind == "html" else f"{HEAD}All boats stay\n\n{ONE}{TWO}"
    )
    told = Told(title=("All boats stay", "column title"))
    document = make_document(RawPage("a", kind, raw, told), lexicon)
    assert [document.words(part.span) for part in document.parts if part.kind == "title"] == ["All boats stay"]
    assert "column title" in document.title.basis


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("The truce held through the night, the two armies said.", True),
        ("“The truce held through the night,” they said. (Reuters)", True),
        ("The talks in Cairo ended without a result today. Enditem", True),
        ("A short one.", False),
        ("A headline about the truce in the north of the country", False),
        ("وأضاف أن وقف إطلاق النار لا يزال صامدا في معظم المناطق.", True),
    ],
)
def test_prose_is_told_from_headings(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


def test_densest_stretch_is_the_report_between_menus() -> None:
    menu = "<ul>" + "<li><a href=/x>Link</a></li>" * 20 + "</ul>"
    blocks = read_html(menu + PARAGRAPH * 3 + "<h2>Sub</h2>" + PARAGRAPH * 2 + menu, FURNITURE).blocks
    chosen = [block.text for block, flag in zip(blocks, densest_stretch(blocks), strict=True) if flag]
    assert len(chosen) == 6
    assert "Link" not in chosen
