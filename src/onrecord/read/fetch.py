"""A web address that was given as an input, fetched: http and https alone, through redirects too, and nothing it names.

Only here does the package ever open a connection, and only when the settings say so.
"""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import IO
from urllib.parse import urlsplit

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.containers import read_source
from onrecord.read.page import RawPage, Told
from onrecord.read.source import Source, shown
from onrecord.read.streams import CHUNK_BYTES
from onrecord.settings import Settings

SCHEMES = ("http", "https")
AGENT = "Mozilla/5.0 (compatible; onrecord)"  # many sites refuse urllib's own name


def is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def read_address(address: str, settings: Settings) -> Iterator[RawPage | Skip]:
    """What an address gives, read as a file of its kind would be."""
    path = shown(address)
    if not settings.fetch:
        yield Skip(path, "read", "address not fetched", "use --fetch to fetch web addresses")
        return
    try:
        source, data = _fetch(address, settings)
    except InputError as error:
        yield Skip(path, "read", error.reason, error.detail)
        return
    yield from read_source(source, io.BytesIO(data), settings)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to another web address only; the library would go to ftp too."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme.lower() not in SCHEMES:
            raise InputError("address not reachable", f"it redirects to {newurl[:100]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(address: str, settings: Settings) -> tuple[Source, bytes]:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    until = time.monotonic() + settings.fetch_timeout
    try:
        request = urllib.request.Request(address, headers={"User-Agent": AGENT})
        with opener.open(request, timeout=settings.fetch_timeout) as answer:
            data = _read_until(answer, until, settings)
            name = urlsplit(answer.url).path.rpartition("/")[2]
            told = Told(url=(answer.url, "address fetched"))
            charset = answer.headers.get_content_charset()
    except (OSError, ValueError, http.client.HTTPException) as error:  # URLError is an OSError
        raise InputError("address not reachable", str(error)[:300]) from error
    return Source(shown(address), name, len(data), charset=charset, told=told), data


def _read_until(answer: IO[bytes], until: float, settings: Settings) -> bytes:
    """All of an answer, within the time and the size allowed."""
    parts, length = [], 0
    while chunk := answer.read(CHUNK_BYTES):
        length += len(chunk)
        if length > settings.max_file_bytes:
            raise InputError("file too large", f"over {settings.max_file_bytes:,} bytes")
        if time.monotonic() > until:
            raise InputError("address not reachable", f"not all there after {settings.fetch_timeout:g} seconds")
        parts.append(chunk)
    return b"".join(parts)
