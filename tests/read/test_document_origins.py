"""Where a text comes from and who printed it: credits, citations, the signs a site leaves; tables with reasons."""

from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon
from onrecord.read.document import make_document
from onrecord.read.page import RawPage

HEAD = "Troops fire on protesters in Mandalay\n\n"
BODY = "Security forces opened fire on a crowd in Mandalay on Saturday, killing two people, medics said.\n\n"
MORE = "The junta did not answer calls, and roads into the city were closed for a second day.\n\n"

Rows = tuple[tuple[str, str, set[tuple[str, str]]], ...]

ORIGINS: Rows = (
    ("agency in the dateline", "MANDALAY, Feb 20 (Reuters) - " + BODY + MORE, {("Reuters", "agency")}),
    ("two agencies", "YANGON (AP/AFP) — " + BODY + MORE, {("Associated Press", "agency"), ("AFP", "agency")}),
    ("an alias of it", "YANGON, Myanmar (A.P.) — " + BODY + MORE, {("Associated Press", "agency")}),
    ("between slashes", "YANGON, February 20. /TASS/. " + BODY + MORE, {("TASS", "agency")}),
    ("at the end", BODY + MORE.strip() + " (Xinhua)\n", {("Xinhua", "agency")}),
    ("a line of its own", BODY + MORE + "CNN Newsource\n", {("CNN", "agency")}),
    ("a byline", "By Associated Press\n\n" + BODY + MORE, {("Associated Press", "agency")}),
    ("a copyright line", BODY + MORE + "©2021 Reuters\n", {("Reuters", "agency")}),
    ("cited behind", BODY + MORE.replace(", and", ", Kyodo News reported, and"), {("Kyodo News", "cited")}),
    ("cited before", BODY + MORE.replace("did not", "was cited by Xinhua as saying no"), {("Xinhua", "cited")}),
    ("with what it is", BODY + MORE + "He told the state-run TASS news agency no one was hurt.\n", {("TASS", "cited")}),
    ("its man on the spot", BODY + MORE + "Nay Win of Al Jazeera, in Yangon, said it was quiet.\n",
     {("Al Jazeera", "cited")}),
    ("a word that is an agency's name too", BODY + MORE + "An app told the crowd to trend and ran an ad.\n", set()),
    ("an original address", BODY + MORE + "Original url:\n\nhttps://www.irrawaddy.com/news/x.html\n",
     {("The Irrawaddy", "original_url")}),
    ("a source link", BODY + MORE + "Source link\n", {("Source link", "source_link")}),
    ("a reprint", BODY + MORE + "This article was originally published by Tide Wire\n", {("Tide Wire", "credit")}),
    ("none", BODY + MORE, set()),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "wanted"), [row[1:] for row in ORIGINS], ids=[row[0] for row in ORIGINS])
def test_origins_are_named(raw: str, wanted: set[tuple[str, str]], lexicon: Lexicon) -> None:
    document = make_document(RawPage("a", "text", HEAD + raw), lexicon)
    assert {(origin.name, origin.kind) for origin in document.origins} == wanted


OUTLETS = (
    (
        "its own note",
        BODY + MORE + "Harbour Gazette is committed to providing a forum for debate.\n",
        "Harbour Gazette",
    ),
    ("where else it can be found", BODY + MORE + "Tide TV’s website can also be accessed at tide.example\n", "Tide TV"),
    ("a copyright line", BODY + MORE + "© 2021 Harbour Gazette\n", "Harbour Gazette"),
    ("a photo's copyright is not it", BODY + MORE + "© Nay Win/TASS\n", None),
    ("a wire's copyright is not it", BODY + MORE + "© 2021 Reuters\n", None),
    ("the wire in the dateline is not it", "YANGON (Reuters) - " + BODY + MORE, None),
    ("the one that is cited is not it", BODY + MORE + "The report was first carried by CNN.\n", None),
    ("a desk's byline", "By Daily Mail Reporter\n\n" + BODY + MORE, "Daily Mail"),
    ("a source line at the head", "Source: Dawn\n\n" + BODY + MORE, "Dawn"),
    ("the original's address", BODY + MORE + "Original url: https://www.irrawaddy.com/x\n", "The Irrawaddy"),
    ("nothing", BODY + MORE, None),
)


@pytest.mark.parametrize(("raw", "wanted"), [row[1:] for row in OUTLETS], ids=[row[0] for row in OUTLETS])
def test_outlet_is_named_or_none(raw: str, wanted: str | None, lexicon: Lexicon) -> None:
    document = make_document(RawPage("a", "text", HEAD + raw), lexicon)
    assert document.outlet.value == wanted


LANGUAGES = (
    ("the words say more than the tag", "de", BODY * 2, "en"),
    ("too short: the tag", "fr", "Paris.", "fr"),
    ("too short and no tag", "", "Paris.", None),
    ("a region goes", "en-GB", BODY, "en"),
    (
        "another language",
        "",
        "El presidente dijo el lunes que el ejército se retirará de la frontera en unos días.",
        "es",
    ),
)


@pytest.mark.parametrize(("tag", "body", "wanted"), [row[1:] for row in LANGUAGES], ids=[row[0] for row in LANGUAGES])
def test_language_is_told(tag: str, body: str, wanted: str | None, lexicon: Lexicon) -> None:
    raw = f'<html lang="{tag}"><body><article><h1>Title</h1><p>{body}</p></article></body></html>'
    assert make_document(RawPage("a", "html", raw), lexicon).language.value == wanted
