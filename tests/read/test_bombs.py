"""Files that are small and large, or round: each is over soon, in little memory."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from onrecord.settings import Settings
from tests.read.samples import MEGABYTE, PAGE, REPORT, measured, pdf, read, warc


def written(writer: pypdf.PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def looped() -> bytes:
    """A tree of pages whose branch is its own root."""
    data = pdf(["Fleet sails at dawn."])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    pages = writer._root_object["/Pages"].get_object()
    assert isinstance(pages, DictionaryObject)
    kids = pages["/Kids"]
    assert isinstance(kids, ArrayObject)
    kids.append(writer._root_object.raw_get("/Pages"))
    pages[NameObject("/Count")] = NumberObject(2_000_000_000)
    return written(writer)


def forms_in_forms() -> bytes:
    """A form that draws itself twice, without end."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["Fleet sails at dawn."])))
    form = DecodedStreamObject()
    form.set_data(b"/F Do /F Do")
    form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
                 NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)])})  # fmt: skip
    held = writer._add_object(form)
    form[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/F"): held})}
    )
    page = writer.pages[0]
    page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/F"): held})  # type: ignore[index]
    content = DecodedStreamObject()
    content.set_data(b"/F Do")
    page[NameObject("/Contents")] = writer._add_object(content)
    return written(writer)


def swollen() -> bytes:
    """A page whose contents unpack to three hundred times their size."""
    data = pdf(["Fleet sails at dawn."])
    packed = zlib.compress(b" " * (100 * MEGABYTE), 9)
    at = data.index(b"stream\n") if b"stream\n" in data else data.index(b"stream\r\n")
    start = data.rindex(b"<<", 0, at)
    end = data.index(b"endstream", at)
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return data[:start] + head + packed + b"\n" + data[end:]


@pytest.mark.parametrize("make", [looped, forms_in_forms, swollen], ids=lambda make: str(make.__name__))
def test_pdf_that_leads_round_is_over_soon(settings: Settings, tmp_path: Path, make: object) -> None:
    (tmp_path / "a.pdf").write_bytes(make())  # type: ignore[operator]  # one of three functions
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    found: list[str] = []
    seconds, megabytes = measured(lambda: found.extend(page.path for page in read(settings, tmp_path)[0]))
    assert "b.txt" in found
    assert seconds < 20
    assert megabytes < 400


def test_crawl_that_unpacks_without_end_is_stopped(settings: Settings, tmp_path: Path) -> None:
    blanks = b" " * (60 * MEGABYTE)
    data = warc(("https://a.example/1", "text/html", blanks, "200 OK"), ("https://a.example/2", "text/html",
                PAGE.encode(), "200 OK"))  # fmt: skip
    (tmp_path / "a.warc.gz").write_bytes(data)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(gzip.compress(blanks)))
    del blanks
    skips: list[str] = []
    seconds, megabytes = measured(lambda: skips.extend(skip.reason for skip in read(settings, tmp_path)[1]))
    assert skips
    assert set(skips) <= {"archive bomb", "file too large", "truncated WARC"}
    assert seconds < 20
    assert megabytes < 150
