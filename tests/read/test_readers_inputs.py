"""What inputs name: the same paths and order however they are given; links, special files, addresses."""

from __future__ import annotations

import http.server
import os
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.claims import Skip
from onrecord.read import read_pages
from onrecord.settings import Settings
from tests.read.samples import REPORT, only, read


def pile(root: Path) -> Path:
    for name in ("b.txt", "a/z.txt", "a.txt", "c/d/e.txt", ".git/config", "c/.hidden.txt"):
        place = root / "pile" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"Report {name}.", encoding="utf-8")
    return root / "pile"


def test_folder_gives_relative_paths_in_order_without_hidden_files(settings: Settings, tmp_path: Path) -> None:
    pages, skips = read(settings, pile(tmp_path))
    assert [page.path for page in pages] == ["a.txt", "a/z.txt", "b.txt", "c/d/e.txt"]
    assert skips == []


def test_order_of_inputs_and_of_the_file_system_does_not_matter(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, single, missing = pile(tmp_path), tmp_path / "0.txt", tmp_path / "none"
    single.write_text("Alone.", encoding="utf-8")
    given = [str(folder), str(single), str(missing), str(folder / "b.txt")]
    wanted = list(read_pages(given, settings))
    listed = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(listed(path))))
    for seed in range(5):
        random.Random(seed).shuffle(given)
        assert list(read_pages(given, settings)) == wanted


def test_working_directory_does_not_matter(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pile(tmp_path)
    wanted = list(read_pages([str(folder), str(folder / "b.txt")], settings))
    monkeypatch.chdir(folder)
    assert list(read_pages([".", "b.txt"], settings)) == wanted
    monkeypatch.chdir(folder / "c")
    assert list(read_pages(["..", "../b.txt"], settings)) == wanted


def test_same_path_in_two_folders_is_read_twice_and_same_file_once(settings: Settings, tmp_path: Path) -> None:
    first, second = pile(tmp_path / "1"), pile(tmp_path / "2")
    pages, skips = read(settings, first, second, first)
    assert [page.path for page in pages] == ["a.txt"] * 2 + ["a/z.txt"] * 2 + ["b.txt"] * 2 + ["c/d/e.txt"] * 2
    assert skips == []
    pages, skips = read(settings, first, first / "c")
    assert [page.path for page in pages] == ["a.txt", "a/z.txt", "b.txt", "c/d/e.txt"]
    assert [(skip.document, skip.reason, skip.detail) for skip in skips] == [
        ("d/e.txt", "already read", "as c/d/e.txt")
    ]


def test_links_are_followed_inside_the_folder_only(settings: Settings, tmp_path: Path) -> None:
    folder = pile(tmp_path)
    (tmp_path / "secret.txt").write_text("Secret.", encoding="utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "store.txt").symlink_to(folder / ".git" / "config")
    pages, skips = read(settings, folder)
    assert [page.path for page in pages] == ["a.txt", "a/z.txt", "b.txt", "c/d/e.txt", "store.txt"]
    assert {skip.document: skip.reason for skip in skips} == {
        "gone.txt": "broken link",
        "out.txt": "link leaves the folder",
        "round": "link to a folder",
        "self.txt": "broken link",
        "up": "link leaves the folder",
    }


def test_input_that_is_itself_a_link_is_followed(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "there.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "here.txt").symlink_to(tmp_path / "there.txt")
    assert only(settings, tmp_path / "here.txt").path == "here.txt"


def test_special_and_missing_inputs_are_skips(settings: Settings, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    pages, skips = read(settings, tmp_path, tmp_path / "none", "ftp://x.example/a", "bad\0name", "/dev/null")
    assert pages == []
    assert [(skip.document.rpartition("/")[2], skip.reason) for skip in skips] == [
        ("null", "special file"),
        ("none", "no such input"),
        ("bad\ufffdname", "no such input"),
        ("a", "no such input"),
        ("pipe", "special file"),
    ]


def test_unreadable_file_is_a_skip_and_the_rest_is_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, opened = pile(tmp_path), Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    pages, skips = read(settings, folder)
    assert [page.path for page in pages] == ["a/z.txt", "b.txt", "c/d/e.txt"]
    assert skips == [Skip("a.txt", "read", "unreadable file", "Permission denied")]


def test_names_that_cannot_be_printed_are_shown_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text(REPORT, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/line\nend\xff.txt")).write_text(REPORT, encoding="utf-8")
    pages, _ = read(settings, tmp_path)
    assert [page.path for page in pages] == ["café.txt", "line\ufffdend\ufffd.txt"]


def test_address_is_not_fetched_unless_told(settings: Settings) -> None:
    _, skips = read(settings, "https://news.example/a")
    assert skips == [
        Skip("https://news.example/a", "read", "address not fetched", "use --fetch to fetch web addresses")
    ]


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
        elif self.path == "/astray":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path == "/gone":
            self.send_response(410)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1251")
        self.end_headers()
        if self.path in {"/page", "/large"}:
            self.wfile.write("<p>Москва</p>".encode("cp1251") + b" " * (5000 if self.path == "/large" else 0))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing in the tests' output."""


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.enable_socket
def test_address_is_read_as_a_file_would_be(settings: Settings, site: str) -> None:
    own = replace(settings, fetch=True, max_file_bytes=1000, fetch_timeout=5.0)
    page = only(own, f"{site}/moved")
    assert (page.path, page.kind, page.raw) == (f"{site}/moved", "html", "<p>Москва</p>")
    assert page.told.url == (f"{site}/page", "address fetched")
    _, skips = read(own, f"{site}/astray", f"{site}/gone", f"{site}/large", f"{site}/empty", "http://[bad/")
    assert {skip.document.rpartition("/")[2]: skip.reason for skip in skips} == {
        "": "address not reachable",
        "astray": "address not reachable",
        "gone": "address not reachable",
        "large": "file too large",
        "empty": "empty file",
    }
