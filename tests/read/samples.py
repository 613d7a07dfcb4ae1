"""Inputs of every kind made in code, and the shortest way to read them."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.model.claims import Skip
from onrecord.read import read_pages
from onrecord.read.page import RawPage
from onrecord.settings import Settings

MEGABYTE = 1_000_000
REPORT = "Rebels shelled the airport on Monday, the interior ministry said.\n\nTwo people were hurt."
PAGE = f"<!DOCTYPE html><html><head><title>Airport shelled</title></head><body><p>{REPORT}</p></body></html>"


def read(settings: Settings, *inputs: Path | str) -> tuple[list[RawPage], list[Skip]]:
    found = list(read_pages([str(given) for given in inputs], settings))
    pages = [item for item in found if isinstance(item, RawPage)]
    return pages, [item for item in found if isinstance(item, Skip)]


def only(settings: Settings, *inputs: Path | str) -> RawPage:
    """The single page of the inputs, of which nothing was skipped."""
    pages, skips = read(settings, *inputs)
    assert skips == []
    (page,) = pages
    return page


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def warc(*pages: tuple[str, str, bytes, str], packed: bool = True) -> bytes:
    """A crawl of (address, content type, payload, status line)."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "test"}))
    for address, media, payload, status in pages:
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(payload), http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A PDF with lines of text on each page; a page without lines has no text layer."""
    writer = pypdf.PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=612, height=792)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 740 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def reasons(skips: list[Skip]) -> list[tuple[str, str]]:
    return [(skip.document, skip.reason) for skip in skips]


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that the work takes, and at most how many megabytes."""
    started = time.perf_counter()
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return time.perf_counter() - started, peak / MEGABYTE
