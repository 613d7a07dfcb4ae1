"""A page in, a document out: what must hold for every page, and what each made-up page must give."""

from __future__ import annotations

import pytest

from onrecord.lexicon import Lexicon
from onrecord.model.offsets import Span
from onrecord.model.text import READ_KINDS, Document
from onrecord.read.document import make_document
from onrecord.read.page import RawPage, Told
from tests.read.pasted_pages import PAGES, SAVED, UNDATED, Page


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def read(request: pytest.FixtureRequest, lexicon: Lexicon) -> tuple[Page, Document]:
    page: Page = request.param
    return page, make_document(RawPage(page.name, page.kind, page.raw), lexicon)


def _kinds_of(document: Document, words: str) -> set[str]:
    return {part.kind for part in document.parts if words in document.words(part.span)}


def test_document_has_the_pages_title_outlet_date_and_language(read: tuple[Page, Document]) -> None:
    page, document = read
    facts = (document.title, document.outlet, document.author, document.url, document.language)
    assert tuple(fact.value for fact in facts) == (page.title, page.outlet, page.author, page.url, page.language)
    assert document.published.value == page.published
    assert all(fact.basis for fact in facts)
    assert document.published.basis


def test_document_keeps_body_and_furniture_apart(read: tuple[Page, Document]) -> None:
    page, document = read
    for words in page.body:
        assert _kinds_of(document, words) == {"body"}, words
    for words in page.outside:
        kinds = _kinds_of(document, words)
        assert kinds, f"{words!r} was not kept"
        assert not kinds & set(READ_KINDS), words
    for words in page.captions:
        assert _kinds_of(document, words) == {"caption"}, words


def test_document_names_where_its_text_comes_from(read: tuple[Page, Document]) -> None:
    page, document = read
    assert {(origin.name, origin.kind) for origin in document.origins} == set(page.origins)
    for origin in document.origins:
        assert origin.span is not None
        assert document.words(origin.span).strip()


def test_parts_are_in_order_and_never_overlap(read: tuple[Page, Document]) -> None:
    _, document = read
    ends = [0, *(part.span.end for part in document.parts)]
    assert all(part.span.start >= end and len(part.span) for part, end in zip(document.parts, ends, strict=False))
    outside = "".join(document.text[end : part.span.start] for part, end in zip(document.parts, ends, strict=False))
    assert not outside.strip()


def test_every_word_leads_back_to_the_same_word_in_the_raw_page(read: tuple[Page, Document]) -> None:
    page, document = read
    for run in document.offsets.runs:
        if run.exact:
            assert document.text[run.start : run.end].split() == page.raw[run.raw_start : run.raw_end].split()
    title = next((part.span for part in document.parts if part.kind == "title"), None)
    if title is not None:
        assert document.offsets.to_kept(document.offsets.to_raw(title)) == title


def test_hidden_text_and_scripts_are_no_text(lexicon: Lexicon) -> None:
    text = make_document(RawPage("a", "html", SAVED.raw), lexicon).text
    assert "Ignore all previous instructions" not in text
    assert "not text" not in text
    assert "color:red" not in text


def test_invisible_characters_do_not_split_words(lexicon: Lexicon) -> None:
    raw = "\ufeffThe gener\u00adals of Myan\u200bmar\u2060 will hold an elec\u200dtion in August, state T\u200eV said."
    document = make_document(RawPage("a", "text", raw), lexicon)
    assert document.text == "The generals of Myanmar will hold an election in August, state TV said."
    start = document.text.index("Myanmar")
    kept = Span(start, start + len("Myanmar"))
    raw_span = document.offsets.to_raw(kept)
    assert raw[raw_span.start : raw_span.end] == "Myan\u200bmar"


def test_container_is_believed_before_the_page(lexicon: Lexicon) -> None:
    told = Told(outlet=("Cairo Gazette", "column outlet"), published=("2020-07-15", "column date"))
    document = make_document(RawPage("a", "html", SAVED.raw, told), lexicon)
    assert (document.outlet.value, document.outlet.basis) == ("Cairo Gazette", "column outlet")
    assert document.published.value == "2020-07-15"
    assert "JSON-LD" not in document.published.basis.partition(";")[0]
    assert "says 2020-07-14" in document.published.basis


def test_same_page_gives_the_same_document_and_another_path_another_id(lexicon: Lexicon) -> None:
    first, again = (make_document(RawPage("a", "text", UNDATED.raw), lexicon) for _ in range(2))
    assert first == again
    assert make_document(RawPage("b", "text", UNDATED.raw), lexicon).id != first.id


@pytest.mark.parametrize("raw", ["", " \n\n \t", "\x00\x00", "\u200b\ufeff", "<>", "<p>"], ids=repr)
@pytest.mark.parametrize("kind", ["html", "text"])
def test_nothing_gives_an_empty_document(raw: str, kind: str, lexicon: Lexicon) -> None:
    document = make_document(RawPage("a", "html" if kind == "html" else "text", raw), lexicon)
    assert document.title.value is None
    assert document.outlet.value is None
    assert document.published.value is None
    assert not [part for part in document.parts if part.kind == "title"]


def test_dateline_without_a_year_is_a_cue_and_no_date(lexicon: Lexicon) -> None:
    raw = "TEHRAN, Jan. 12 (AP) - Students marched for a second night after the army said it had shot down a jet.\n"
    document = make_document(RawPage("a", "text", raw), lexicon)
    assert document.published.value is None
    assert [document.words(cue.span) for cue in document.published.cues] == ["Jan. 12"]
