"""From inputs to documents: every span's words are in the raw page, and one bad page never stops the rest."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Skip
from onrecord.model.text import Document
from onrecord.read import document as document_file
from onrecord.read import read_page, read_pages
from onrecord.read.document import make_document
from onrecord.read.page import RawPage
from onrecord.settings import Settings
from tests.read.samples import PAGE, REPORT, pdf, zipped


def documents(inputs: list[Path], settings: Settings, lexicon: Lexicon) -> tuple[list[Document], list[Skip]]:
    pages = read_pages([str(given) for given in inputs], settings)
    found = [page if isinstance(page, Skip) else read_page(page, lexicon) for page in pages]
    return [item for item in found if isinstance(item, Document)], [item for item in found if isinstance(item, Skip)]


def test_every_kind_becomes_a_document_with_what_its_container_told(
    settings: Settings, lexicon: Lexicon, tmp_path: Path
) -> None:
    told = {"title": "Dam breached", "text": REPORT, "url": "https://x.example/1", "date": "2023-06-06"}
    (tmp_path / "a.jsonl").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(zipped({"b.html": PAGE, "c.txt": REPORT}))
    (tmp_path / "d.pdf").write_bytes(pdf(["The ministry said that the fleet had sailed on Thursday."]))
    found, skips = documents([tmp_path], settings, lexicon)
    assert skips == []
    assert [document.path for document in found] == ["a.jsonl#1", "b.zip!b.html", "b.zip!c.txt", "d.pdf"]
    first = found[0]
    assert (first.url.value, first.url.basis) == ("https://x.example/1", 'JSON field "url"')
    assert first.published.value == "2023-06-06"
    assert all("ministry said" in document.text for document in found)


def test_page_that_its_cleaning_fails_on_is_a_skip(
    settings: Settings, lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(REPORT, encoding="utf-8")

    def fail(page: RawPage, lexicon: Lexicon) -> Document:
        if page.path == "a.txt":
            raise RuntimeError("too strange")
        if page.path == "b.txt":
            raise InputError("no text", "told so")
        return make_document(page, lexicon)

    monkeypatch.setattr(document_file, "make_document", fail)
    found, skips = documents([tmp_path], settings, lexicon)
    assert [document.path for document in found] == ["c.txt"]
    assert skips == [
        Skip("a.txt", "read", "page not understood", "RuntimeError: too strange"),
        Skip("b.txt", "read", "no text", "told so"),
    ]


HOSTILE = [
    ("a.html", "<div>" * 100_000 + "x", "deeply nested"),
    ("a.html", "<p>never closed " * 2_000, "never closed"),
    ("a.html", "<script>if (a < b) {</script><style>p{</style>" * 3000, "scripts and styles alone"),
    ("a.txt", "word " * 100_000, "a sentence of 100,000 words"),
    ("a.txt", "الجيش يقول \u202eإن المطار\u202c مغلق.\n" * 500, "right to left"),
    ("a.txt", "The min\u200bis\u200dter\ufeff left.\n" * 500, "zero-width characters"),
]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(("name", "content", "why"), HOSTILE, ids=[row[2] for row in HOSTILE])
def test_hostile_page_is_read_in_time_with_true_offsets(
    settings: Settings, lexicon: Lexicon, tmp_path: Path, name: str, content: str, why: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    started = time.perf_counter()
    found, skips = documents([tmp_path], settings, lexicon)
    assert time.perf_counter() - started < 10, why
    assert len(found) + len(skips) == 1
    for document in found:
        for part in document.parts:
            raw = document.offsets.to_raw(part.span)
            assert 0 <= raw.start < raw.end <= len(content)
            if name.endswith(".txt"):
                assert letters(document.words(part.span)) == letters(content[raw.start : raw.end])
    assert [skip.reason for skip in skips] == (["no text"] if "scripts" in why else [])
