"""Archives, packed files and crawls that are broken or made to break readers: bombs, loops, paths that lead out."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.model.claims import Skip
from onrecord.read.page import RawPage
from onrecord.settings import Settings
from tests.read.samples import MEGABYTE, PAGE, REPORT, measured, read, reasons, warc, zipped


def test_zip_bomb_is_stopped_early(settings: Settings, tmp_path: Path) -> None:
    blanks = b" " * (100 * MEGABYTE)
    inner = zipped({"blanks.jsonl": blanks})
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": REPORT, "blanks.jsonl": blanks}))
    (tmp_path / "b.zip").write_bytes(zipped({"inner.zip": inner, "z.txt": REPORT}))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(blanks))
    del blanks
    found: tuple[list[RawPage], list[Skip]] = ([], [])

    def through() -> None:
        nonlocal found
        found = read(settings, tmp_path)

    seconds, megabytes = measured(through)
    pages, skips = found
    assert [page.path for page in pages] == ["a.zip!a.txt", "b.zip!z.txt"]
    assert reasons(skips) == [
        ("a.zip!blanks.jsonl", "archive bomb"),
        ("b.zip!inner.zip!blanks.jsonl", "archive bomb"),
        ("c.jsonl.gz", "archive bomb"),
    ]
    assert seconds < 5
    assert megabytes < 90


def test_members_harmless_alone_are_a_bomb_together(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b"word " * 1_800_000 for n in range(8)}))
    pages, skips = read(settings, tmp_path)
    limit = settings.max_expansion * (tmp_path / "a.zip").stat().st_size
    assert sum(len(page.raw) for page in pages) <= limit < 8 * 9 * MEGABYTE
    assert len(pages) + len(skips) == 8
    assert {skip.reason for skip in skips} == {"archive bomb"}


def test_declared_sizes_are_not_believed(settings: Settings, tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"word " * 10_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)  # the size after unpacking, in the directory
    (tmp_path / "a.zip").write_bytes(bytes(data))
    pages, skips = read(settings, tmp_path)
    assert pages == []
    assert reasons(skips) == [("a.zip!a.txt", "damaged archive")]


def test_unpacked_page_over_the_limit_is_a_skip(settings: Settings, tmp_path: Path) -> None:
    small = replace(settings, max_file_bytes=1000)
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": os.urandom(3000).hex(), "b.txt": REPORT}))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(os.urandom(3000).hex().encode()))
    pages, skips = read(small, tmp_path)
    assert [page.path for page in pages] == ["a.zip!b.txt"]
    assert reasons(skips) == [("a.zip!a.txt", "file too large"), ("c.txt.gz", "file too large")]


UNSAFE = ["../out.txt", "a/../../out.txt", "/etc/passwd", "C:\\out.txt", "..\\out.txt", "\\\\server\\out.txt"]


@pytest.mark.parametrize("name", UNSAFE)
def test_member_that_leads_out_is_a_skip(settings: Settings, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zipped({name: REPORT, "good.txt": REPORT}))
    pages, skips = read(settings, tmp_path / "in" / "a.zip")
    assert [page.path for page in pages] == ["a.zip!good.txt"]
    assert [skip.reason for skip in skips] == ["unsafe member path"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"], "nothing is unpacked to disk"


def test_links_and_locked_members_in_archives_are_skips(settings: Settings, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", REPORT)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption
    (tmp_path / "a.zip").write_bytes(bytes(data))
    _, skips = read(settings, tmp_path)
    assert reasons(skips) == [("a.zip!link.txt", "special file"), ("a.zip!locked.txt", "encrypted")]


def test_nesting_is_followed_to_its_limit(settings: Settings, tmp_path: Path) -> None:
    data = zipped({"deep.txt": REPORT})
    for level in range(settings.max_nesting, 0, -1):
        data = zipped({f"{level}.zip": data, f"{level}.txt": REPORT})
    (tmp_path / "a.zip").write_bytes(data)
    pages, skips = read(settings, tmp_path)
    assert [page.path for page in pages] == ["a.zip!1.txt", "a.zip!1.zip!2.txt", "a.zip!1.zip!2.zip!3.txt"]
    assert reasons(skips) == [("a.zip!1.zip!2.zip!3.zip", "nested too deep")]


def test_damage_around_an_archive_in_an_archive_is_one_skip(settings: Settings, tmp_path: Path) -> None:
    inner = zipped({"a.txt": REPORT})
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in.zip", inner)
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(inner[-10:], bytes(9) + b"!"))
    assert reasons(read(settings, tmp_path)[1]) == [("a.zip!in.zip", "damaged archive")]


def test_members_are_counted_through_all_levels(settings: Settings, tmp_path: Path) -> None:
    inner = zipped({f"{n}.txt": REPORT for n in range(6)})
    (tmp_path / "a.zip").write_bytes(zipped({"1.zip": inner, "2.zip": inner}))
    pages, skips = read(replace(settings, max_members=8), tmp_path)
    assert len(pages) < 8
    assert {skip.reason for skip in skips} == {"too many members"}


def test_huge_directory_of_an_archive_is_not_loaded(settings: Settings, tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": REPORT}))
    at = data.index(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 4_000_000_000)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert reasons(read(settings, tmp_path)[1]) == [("a.zip", "too many members")]


DUMPS = [
    ("", '{"text": "%s"}\n', "lines"),
    ("title,text\n", 'T,"%s"\n', "a table"),
    ("[", '{"text": "%s"},', "a list"),
]


@pytest.mark.parametrize(("start", "record", "why"), DUMPS, ids=[row[2] for row in DUMPS])
def test_packed_dump_that_breaks_off_gives_what_came_before_and_says_so(
    settings: Settings, tmp_path: Path, start: str, record: str, why: str
) -> None:
    data = (start + "".join(record % os.urandom(400).hex() for _ in range(200))).encode()
    (tmp_path / "a.gz").write_bytes(gzip.compress(data)[: len(data) // 4])
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("dump", data)
    whole = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(whole.replace(data[-9:], b"damage :("))  # its checksum is wrong now
    pages, skips = read(settings, tmp_path)
    assert {page.path.partition("#")[0] for page in pages} == {"a.gz", "b.zip!dump"}, why
    assert [skip.reason for skip in skips if skip.reason != "broken record"] == ["damaged archive", "damaged archive"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("missing", [30, 90, 150, 400])
def test_truncated_crawl_keeps_the_records_before_the_break(
    settings: Settings, tmp_path: Path, packed: bool, missing: int
) -> None:
    noise = os.urandom(400).hex().encode()
    pages_in = [(f"https://a.example/{n}", "text/html", PAGE.encode() + noise, "200 OK") for n in range(4)]
    data = warc(*pages_in, packed=packed)
    (tmp_path / "crawl.warc").write_bytes(data[: -missing - (0 if packed else 4)])  # two line ends close a record
    pages, skips = read(settings, tmp_path)
    assert [page.path for page in pages] == ["crawl.warc#2", "crawl.warc#3", "crawl.warc#4"]
    assert reasons(skips) == [("crawl.warc", "truncated WARC")]


def test_crawl_with_damage_inside_says_so(settings: Settings, tmp_path: Path) -> None:
    data = warc(("https://a.example/1", "text/html", PAGE.encode(), "200 OK"), packed=False)
    (tmp_path / "crawl.warc").write_bytes(data + b"not a record at all\r\n" * 3 + data)
    pages, skips = read(settings, tmp_path)
    assert [page.path for page in pages] == ["crawl.warc#2"]
    assert reasons(skips) == [("crawl.warc", "truncated WARC")]
