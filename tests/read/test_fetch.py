"""What `--fetch` may reach: the address that was given, over http or https, and nothing inside one's own network."""

from __future__ import annotations

import contextlib
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.read.fetch import _is_inside, _is_public
from onrecord.settings import Settings
from tests.read.samples import read

pytestmark = pytest.mark.enable_socket


class _Site(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  # what came in, for all requests of a test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        moved = {"/inside": f"http://localhost:{self.connection.getsockname()[1]}/secret", "/ftp": "ftp://127.0.0.1/a",
                 "/data": "data:text/html,x", "/round": "/round"}  # fmt: skip
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", "5000" if self.path == "/short" else "50")
        self.end_headers()
        if self.path == "/drip":
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.2)
        self.wfile.write(b"<p>Words of a page.</p>".ljust(50))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing in the tests' output."""

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the other side hung up, as it should
            super().handle()


@contextlib.contextmanager
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        _Site.asked.clear()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def fetching(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return replace(settings, fetch=True, fetch_timeout=1.0)


def why_not(settings: Settings, address: str) -> str:
    pages, skips = read(settings, address)
    assert pages == []
    (skip,) = skips
    assert skip.reason == "address not reachable"
    return skip.detail


def test_name_that_leads_inside_is_not_asked(fetching: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a name whose owner points it at our own machine, once or only at the second look."""
    with site() as address:
        port = int(address.rpartition(":")[2])

        def inside(*_arguments: object, **_named: object) -> list[object]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", inside)
        detail = why_not(fetching, f"http://news.example:{port}/page")
    assert detail == "news.example leads into a network of yours, to 127.0.0.1"
    assert _Site.asked == []


def test_redirects_lead_nowhere_inside_and_to_no_other_scheme(fetching: Settings) -> None:
    with site() as address:
        assert "leads into a network of yours" in why_not(fetching, f"{address}/inside")
        assert "redirects to ftp://" in why_not(fetching, f"{address}/ftp")
        assert "not allowed" in why_not(fetching, f"{address}/data")
        assert why_not(fetching, f"{address}/round")  # not for ever
        assert "/secret" not in _Site.asked
        assert [page.raw.strip() for page in read(fetching, f"{address}/page")[0]] == ["<p>Words of a page.</p>"]


def test_answer_that_drips_or_breaks_off_is_told_in_time(fetching: Settings) -> None:
    with site() as address:
        started = time.monotonic()
        assert why_not(fetching, f"{address}/drip") == "not all there after 1 seconds"
        assert time.monotonic() - started < 5
        assert "4,950 bytes are missing" in why_not(fetching, f"{address}/short")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a.example", "javascript:x"])
def test_other_schemes_are_no_addresses(fetching: Settings, address: str) -> None:
    pages, skips = read(fetching, address)
    assert (pages, [skip.reason for skip in skips]) == ([], ["no such input"])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.0.1", False),
        ("172.16.9.9", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True),
        ("224.0.0.1", False), ("2002:7f00:1::", False), ("255.255.255.255", False),
    ],
)  # fmt: skip
def test_networks_of_ones_own_are_known(address: str, public: bool) -> None:
    assert _is_public(address) == public


def test_what_is_named_as_inside_is_meant() -> None:
    assert all(_is_inside(host) for host in ("127.0.0.1", "localhost", "192.168.1.5", "::1"))
    assert not any(_is_inside(host) for host in ("169.254.169.254", "a.example", "localhost.evil.example"))
