"""Connections that stay open between two looks: what they show is what the file holds, and they are in nobody's way."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from onrecord.errors import StoreError
from onrecord.store import Wanted, make_note, open_view, open_writer, readers
from onrecord.store.decoded import decode_as, decode_row
from onrecord.store.narrow import backing_of, some_reports, times_and_places
from onrecord.store.readers import Readers
from onrecord.web import Access, Options, make_app
from onrecord.web.pages import PAGES
from tests.small import write_small


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def open_files(path: Path) -> int:
    """How often this process has a file open."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("the system does not list open files")
    held = 0
    for one in folder.iterdir():
        try:
            held += os.readlink(one) == str(path.resolve())
        except OSError:
            continue
    return held


def test_connection_is_used_again_and_shows_what_was_written_meanwhile(record: Path) -> None:
    pool = Readers(record)
    with pool.view() as first, first.snapshot():
        assert first.notes() == ()
    with open_writer(record) as writer:
        writer.annotate(make_note("st_1", (), "seen", "ana", writer.next_time()))
    with pool.view() as second, second.snapshot():
        assert second is first
        assert [note.words for note in second.notes()] == ["seen"]
    pool.close()
    assert open_files(record) == 0


def test_two_at_once_have_one_each_and_time_limits_do_not_stay(record: Path) -> None:
    pool = Readers(record)
    with pool.view() as one, pool.view() as other:
        assert one is not other
        other.limit_time(lambda: True)
    with pool.view() as again:
        assert len(list(again.rows("statements"))) == again.count("statements")
    pool.close()


def test_failed_look_closes_its_connection(record: Path) -> None:
    pool = Readers(record)
    with pytest.raises(ZeroDivisionError), pool.view() as view, view.snapshot():
        raise ZeroDivisionError
    assert open_files(record) == 0


def test_another_file_in_its_place_is_opened_and_checked(record: Path, tmp_path: Path) -> None:
    pool = Readers(record)
    with pool.view() as view:
        assert view.count("documents") == 3
    empty = tmp_path / "other.onrecord"
    with open_writer(empty):
        pass
    os.replace(empty, record)
    with pool.view() as view:
        assert view.count("documents") == 0
    record.write_bytes(b"no record")
    with pytest.raises(StoreError), pool.view():
        pass
    record.unlink()
    with pytest.raises(StoreError, match="no record at"), pool.view():
        pass


def test_schema_changed_under_it_is_checked_again(record: Path) -> None:
    pool = Readers(record)
    with pool.view():
        pass
    connection = sqlite3.connect(record)
    connection.execute("CREATE VIEW spy AS SELECT * FROM notes")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="view 'spy'"), pool.view():
        pass


def test_idle_connections_are_closed_by_themselves(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "IDLE_SECONDS", 0.05)
    pool = Readers(record)
    for _ in range(2):  # the second time as well
        with pool.view():
            pass
        assert open_files(record) > 0
        for _ in range(100):
            time.sleep(0.05)
            if not open_files(record):
                break
        assert open_files(record) == 0


def test_many_threads_get_whole_answers(record: Path) -> None:
    pool = Readers(record)
    found: list[int] = []

    def look() -> None:
        for _ in range(20):
            with pool.view() as view, view.snapshot():
                found.append(len(view.select("events", Wanted(), 10).rows))

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 120
    pool.close()


def test_no_page_keeps_the_state_that_it_saw(record: Path) -> None:
    """A query left open would show the next reader an old state, and keep the writer's file from being put in order."""
    with TestClient(make_app(Options(record, Access(hosts=("testserver",))))) as client:
        for page in PAGES:
            client.get(page.path)
            client.get(f"/{page.name}.json")
        for path in ("/api/tables/events?limit=1", "/api/search?q=port", "/api/row?id=st", "/download?table=events"):
            client.get(path)
        with open_writer(record) as writer:
            writer.annotate(make_note("st_1", (), "seen", "ana", writer.next_time()))
        connection = sqlite3.connect(record)
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.close()
        assert busy == 0
        assert "seen" in client.get("/notes").text


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('{"a": "\\ud83d\\ude00 \\u0000", "n": [1, 2.5, -0.0, 12345678901234567890123]}', None),
        ('{"a": "half \\ud800"}', {"a": "half \ud800"}),  # half of a pair, out of broken input
        ('{"a": Infinity}', {"a": float("inf")}),  # another program's idea of JSON
    ],
)
def test_rows_are_read_as_the_standard_library_reads_them(text: str, row: dict[str, Any] | None) -> None:
    assert decode_row(text) == (json.loads(text) if row is None else row)


def test_broken_json_stays_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        decode_row('{"a": ')


class _Named(msgspec.Struct):
    a: str


def test_fields_are_taken_by_name_and_the_rest_is_passed_over() -> None:
    decoder = msgspec.json.Decoder(_Named)
    assert decode_as('{"b": [1, {}], "a": "x"}', decoder).a == "x"
    assert decode_as('{"b": NaN, "a": "\\ud800"}', decoder).a == "\ud800"


def test_narrow_looks_agree_with_the_rows(demo: Path, tmp_path: Path) -> None:
    shutil.copy(demo, tmp_path / "demo.onrecord")
    with open_view(tmp_path / "demo.onrecord") as view:
        reports = {row["id"]: row for row in view.rows("documents")}
        narrow = some_reports(view, [*reports, "doc_none"])
        assert {id: (one.path, one.outlet, one.published or None, one.lineage) for id, one in narrow.items()} == {
            id: (row["path"], row["outlet"], row["published"]["value"], row["lineage"] or "")
            for id, row in reports.items()
        }
        rows = {row["of"]: (row["documents"], row["lineages"]) for row in view.rows("corroborations")}
        assert {of: (one.documents, one.lineages) for of, one in backing_of(view, rows).items()} == rows
        for id in reports:
            read, whole = times_and_places(view, id), view.reading(id)
            assert (read.times, read.places) == (whole.times, whole.places)
        assert times_and_places(view, "doc_none").times == ()
