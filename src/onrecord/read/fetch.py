"""A web address that was given as an input, fetched: http and https alone, through redirects too, and nothing it names.

Only here does the package ever open a connection, and only when the settings say so.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import ipaddress
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import IO, Any
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


class _Web(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Connections that are looked at before anything is asked over them: no name and no redirect leads inside.

    Only an address that was given as such ("http://127.0.0.1:8000/…", "localhost") is fetched from this machine or
    the network around it. Where a proxy of the environment is asked, it decides whom it connects to.
    """

    def __init__(self, given: str) -> None:
        super().__init__()
        self._given = given
        self.open_: list[socket.socket] = []

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connecting(http.client.HTTPConnection, req), req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connecting(http.client.HTTPSConnection, req), req)

    def cut(self) -> None:
        """End what is not over by now, however slowly it drips."""
        for held in self.open_:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def _connecting(self, kind: type[http.client.HTTPConnection], req: urllib.request.Request) -> Any:
        web, by_proxy = self, req.has_proxy()
        host = urlsplit(req.full_url).hostname or ""
        own = host == self._given and _is_inside(host)

        class Connection(kind):  # type: ignore[misc,valid-type]  # the library's own class of the scheme
            def connect(self) -> None:
                super().connect()
                web.open_.append(self.sock)
                where = str(self.sock.getpeername()[0])
                if not by_proxy and not own and not _is_public(where):
                    self.close()
                    raise InputError("address not reachable", f"{host[:80]} leads into a network of yours, to {where}")

        return Connection


def _is_inside(host: str) -> bool:
    """Whether a host is named as one of this machine or the network around it."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return (address.is_loopback or address.is_private) and not address.is_link_local


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return bool((mapped or found).is_global and not found.is_multicast)


def _fetch(address: str, settings: Settings) -> tuple[Source, bytes]:
    try:
        web = _Web(urlsplit(address).hostname or "")
    except ValueError as error:
        raise InputError("address not reachable", str(error)[:300]) from error
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        web,
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    until = time.monotonic() + settings.fetch_timeout
    clock = threading.Timer(settings.fetch_timeout, web.cut)
    clock.start()
    try:
        request = urllib.request.Request(address, headers={"User-Agent": AGENT})
        with opener.open(request, timeout=settings.fetch_timeout) as answer:
            data = _read_until(answer, until, settings)
            name = urlsplit(answer.url).path.rpartition("/")[2]
            told = Told(url=(answer.url, "address fetched"))
            charset = answer.headers.get_content_charset()
    except (OSError, ValueError, http.client.HTTPException) as error:  # URLError is an OSError
        late = time.monotonic() > until
        raise InputError("address not reachable", _late(settings) if late else str(error)[:300]) from error
    finally:
        clock.cancel()
    return Source(shown(address), name, len(data), charset=charset, told=told), data


def _read_until(answer: http.client.HTTPResponse, until: float, settings: Settings) -> bytes:
    """All of an answer, within the time and the size allowed."""
    parts, length = [], 0
    while chunk := answer.read1(CHUNK_BYTES):  # what has come so far: `read` would wait for the whole chunk
        length += len(chunk)
        if length > settings.max_file_bytes:
            raise InputError("file too large", f"over {settings.max_file_bytes:,} bytes")
        parts.append(chunk)
        if time.monotonic() > until:
            break
    if time.monotonic() > until:
        raise InputError("address not reachable", _late(settings))
    if answer.length:
        raise InputError("address not reachable", f"it broke off, {answer.length:,} bytes are missing")
    return b"".join(parts)


def _late(settings: Settings) -> str:
    return f"not all there after {settings.fetch_timeout:g} seconds"
