"""A crawl (WARC, ARC, or the texts of a WET file), packed or not: each web page in it is read as a member.

The page's address is told; the day of the crawl is not, for it dates no report. What is no page (pictures, scripts,
errors, robots.txt) is counted by kind in one skip. Where the file breaks off, the records before are kept.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.page import NOTHING_TOLD, Told
from onrecord.read.source import Found, Head, Opened, Source
from onrecord.read.streams import CHUNK_BYTES, check_end
from onrecord.settings import Settings

PAGES = frozenset({
    "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/rss+xml",
    "application/atom+xml", "text/xml", "application/xml", "",
})  # fmt: skip
WITH_PAGES = frozenset({"response", "resource", "conversion"})
ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
LONGEST_HEADER = 1_000_000  # bytes without a line end: servers allow some thousands
MOST_KINDS = 100  # named in the skip; the rest are "other"


def looks_like_warc(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    return head.data.startswith((b"WARC/", b"filedesc://"))


def read_warc(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    """The pages of a crawl, numbered by their records from 1."""
    passed: Counter[str] = Counter()
    broken: InputError | None = None
    try:
        for number, record in _records(stream):
            why_not = _no_page(record)
            if why_not is None:
                yield _page(source, number, record, settings)
            elif why_not:
                passed[why_not if why_not in passed or len(passed) < MOST_KINDS else "other"] += 1
    except InputError as error:
        broken = error
    if passed:
        kinds = sorted(passed.items(), key=lambda kind: (-kind[1], kind[0]))
        yield Skip(source.path, "read", "not a page", ", ".join(f"{count} x {what}" for what, count in kinds)[:500])
    if broken is not None:
        raise broken


class _Guarded:
    """The crawl's bytes for the library, which reads headers by the line and would hold a line of any length."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._line = stream, 0
        self.in_header = True

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._line = len(data) - data.rfind(b"\n") - 1 if b"\n" in data else self._line + len(data)
        if self.in_header and self._line > LONGEST_HEADER:
            raise InputError("damaged file", f"a header line of over {LONGEST_HEADER:,} bytes")
        return data


def _records(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Every record with its number; InputError where the file breaks off. A record is to be read before the next."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParser

    parser = StatusAndHeadersParser(["HTTP/"], verify=False)
    guarded = _Guarded(stream)
    archive = ArchiveIterator(guarded, no_record_parse=True)
    number = 0
    while True:
        guarded.in_header = True
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # the library complains there
                record = next(archive, None)
            if record is None:
                check_end(stream)
                return
            number += 1
            if record.length is None or record.rec_type is None:
                raise InputError("truncated WARC", f"in the headers of record {number}")
            _read_http_headers(record, parser)
        except (ArchiveLoadFailed, EOFError) as error:
            raise InputError(
                "truncated WARC" if number else "damaged file", f"after record {number}: {error}"
            ) from error
        except InputError as error:
            raise _as_truncated(error, number) from error
        guarded.in_header = False
        yield number, record
        _drain(record, number)


def _as_truncated(error: InputError, number: int) -> InputError:
    """Damage to the packing around a crawl is the crawl's own."""
    packing = error.reason == "damaged archive"
    return InputError("truncated WARC", f"after record {number}: {error.detail}") if packing else error


def _read_http_headers(record: Any, parser: Any) -> None:
    address = _address(record)
    if record.rec_type == "response" and address.startswith(("http:", "https:")) and record.length:
        record.http_headers = parser.parse(record.raw_stream)


def _drain(record: Any, number: int) -> None:
    """Read a record to its end; InputError where the end is missing."""
    try:
        while record.raw_stream.read(CHUNK_BYTES):
            pass
    except InputError as error:
        raise _as_truncated(error, number) from error
    if record.raw_stream.limit > 0:
        raise InputError("truncated WARC", f"record {number} lacks its last {record.raw_stream.limit:,} bytes")


def _address(record: Any) -> str:
    return str(record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("uri") or "")


def _header(record: Any, name: str) -> str:
    """An HTTP header, or for records without HTTP the crawl's own."""
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return str(headers.get_header(name) or "").strip()


def _no_page(record: Any) -> str | None:
    """Why a record is no page; "" for the crawl's own records, which are passed over, None for a page."""
    if record.rec_type not in WITH_PAGES:
        return ""
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    if status != "200":
        return f"status {status[:3]}"
    media = _header(record, "Content-Type").partition(";")[0].strip().lower()
    if media not in PAGES:
        return media[:40]
    encoding = _header(record, "Content-Encoding").lower()
    if encoding not in ENCODINGS:
        return f"packed with {encoding[:10]}"
    return "robots.txt" if _address(record).partition("?")[0].endswith("/robots.txt") else None


def _page(source: Source, number: int, record: Any, settings: Settings) -> Found:
    path = f"{source.path}#{number}"
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            data = record.content_stream().read(settings.max_file_bytes + 1)
        except InputError as error:
            raise _as_truncated(error, number) from error
    _drain(record, number)
    if len(data) > settings.max_file_bytes:
        return Skip(path, "read", "file too large", f"over {settings.max_file_bytes:,} bytes")
    address = _address(record)
    told = Told(url=(address, "address in the crawl")) if address.startswith(("http:", "https:")) else NOTHING_TOLD
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", _header(record, "Content-Type"), re.IGNORECASE)
    name = address.partition("?")[0].rpartition("/")[2]
    return Opened(Source(path, name, len(data), source.depth, charset[1] if charset else None, told), io.BytesIO(data))
