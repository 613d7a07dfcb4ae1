"""The record on disk: what goes in comes out, a transaction a report, decisions untouched, nothing else accepted."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import NotFoundError, StoreError
from onrecord.export.schemas import SCHEMAS
from onrecord.model.judgements import standing
from onrecord.store import TABLES, make_judgement, open_view, open_writer
from onrecord.store.schema import DERIVED
from onrecord.store.view import SOURCES
from tests.small import FIRST, THIRD, make_pile, write_small


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def test_contents_come_back_as_they_went_in(record: Path) -> None:
    documents, readings, _ = make_pile()
    with open_writer(record) as writer:
        kept = list(writer.contents())
    assert {d.id: (d, r) for d, r in kept} == {d.id: (d, r) for d, r in zip(documents, readings, strict=True)}
    assert [d.path for d, _ in kept] == sorted(d.path for d in documents)


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_the_columns_of_the_contract(record: Path, table: str) -> None:
    with open_view(record) as view:
        rows = list(view.rows(table))
        assert len(rows) == view.count(table) > 0
    for row in rows:
        assert list(row) == SCHEMAS[table].names


def test_every_span_prints_its_words(record: Path) -> None:
    with open_view(record) as view:
        view.check()
        texts = {row["id"]: view.text(row["id"]) for row in view.rows("documents")}
        (row, *_) = view.rows("statements", document=next(id for id, text in texts.items() if text == FIRST))
    content = row["content"][0]
    assert content["text"] == 'it "will not leave" the port' == FIRST[content["start"] : content["end"]]
    assert row["said"]["value"] == "2021-03-01"
    assert row["actor"]["country"] == "NOR"


def test_check_finds_words_that_are_not_there(record: Path) -> None:
    connection = sqlite3.connect(record)
    connection.execute("UPDATE documents SET text = 'another text'")
    connection.commit()
    with open_view(record) as view, pytest.raises(StoreError, match="are not in its document"):
        view.check()


def test_removed_report_takes_its_words_out_of_the_search(record: Path) -> None:
    documents, _, _ = make_pile()
    with open_writer(record) as writer:
        removed = writer.keep_only([f"pg_{documents[0].path}"])
    assert removed == 2
    with open_view(record) as view:
        assert [hit.path for hit in view.search("harbour") if hit.table == "documents"] == ["north/a.html"]


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("harbour", {"north/a.html", "south/b.html"}),
        ("HARBOUR talks", {"north/a.html", "south/b.html"}),
        ('"will not leave"', {"north/a.html"}),
        ("harb*", {"north/a.html", "south/b.html"}),
        ('") OR 1 --', set()),  # syntax of the search engine is never taken from the user
        ("NEAR(a b)", set()),
        ("***", set()),
        ("", set()),
        ("instructions", {"c.txt"}),  # a report that is not read is searchable all the same
    ],
)
def test_search_finds_words_and_survives_any(record: Path, words: str, paths: set[str]) -> None:
    with open_view(record) as view:
        assert {hit.path for hit in view.search(words)} == paths


def test_find_takes_a_unique_beginning_and_refuses_others(record: Path) -> None:
    with open_view(record) as view:
        (statement, *_) = view.rows("statements")
        assert view.find(statement["id"][:12]) == ("statements", statement)
        assert view.find("gr_event")[0] == "groups"
        for id in ("st_", "nothing", "", "%", "st_'"):
            with pytest.raises(NotFoundError):
                view.find(id)


def test_rows_refuse_unknown_tables_and_columns(record: Path) -> None:
    with open_view(record) as view:
        with pytest.raises(StoreError, match="no table"):
            list(view.rows("sqlite_master"))
        with pytest.raises(StoreError, match="no column"):
            list(view.rows("events", **{"1=1; --": "x"}))


def test_judgements_survive_rebuilding_and_undo(record: Path) -> None:
    first = make_judgement("reject", ["ev_1"], "ana", "2024-01-01T00:00:00Z", "a drill, not a deployment")
    second = make_judgement("undo", [first.id], "ana", "2024-01-02T00:00:00Z", "it was one after all")
    third = make_judgement("undo", [second.id], "bo", "2024-01-03T00:00:00Z", "no")
    documents, readings, links = make_pile()
    with open_writer(record) as writer:
        for judgement in (first, second, third):
            writer.judge(judgement)
        writer.write_record(documents, readings, links, "again")
        writer.keep_only([])
        assert writer.judgements() == (first, second, third)
    assert standing((first,)) == (first,)
    assert standing((first, second)) == ()
    assert standing((first, second, third)) == (first,)
    with pytest.raises(StoreError):
        make_judgement("merge", ["ac_1"], "ana", "2024-01-01T00:00:00Z", "alone")


def test_reading_does_not_write(record: Path) -> None:
    with open_view(record) as view, pytest.raises(sqlite3.OperationalError):
        view._connection.execute("DELETE FROM documents")


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\x00 but no more", b"\x00" * 5000])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.onrecord"
    path.write_bytes(content)
    with pytest.raises(StoreError), open_writer(path):
        pass
    with pytest.raises(StoreError), open_view(path):
        pass
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a record"), open_writer(path):
        pass


def test_another_version_is_refused(record: Path) -> None:
    connection = sqlite3.connect(record)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"), open_view(record):
        pass


def test_missing_record_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="onrecord build"), open_view(tmp_path / "none.onrecord"):
        pass


def test_killed_writer_leaves_whole_reports(tmp_path: Path) -> None:
    """A process that is killed in the midst of adding leaves a file that opens, with whole reports only."""
    path = tmp_path / "killed.onrecord"
    code = (
        "import dataclasses, sys; from pathlib import Path; from tests.small import make_pile\n"
        "from onrecord.store import open_writer\n"
        "documents, readings, _ = make_pile()\n"
        "with open_writer(Path(sys.argv[1])) as writer:\n"
        "    for n in range(10**6):\n"
        "        document = dataclasses.replace(documents[0], id=f'doc_{n}')\n"
        "        writer.add(document, dataclasses.replace(readings[0], document=document.id), f'pg_{n}', 'key')\n"
        "        print(n, flush=True)\n"
    )
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, cwd=root)
    assert process.stdout is not None
    acknowledged = -1
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged == 40:
            os.kill(process.pid, signal.SIGKILL)
            break
    rest = [int(line) for line in process.stdout.read().split("\n") if line.strip()]
    process.wait()
    process.stdout.close()
    acknowledged = max([acknowledged, *rest])
    with open_writer(path) as writer:
        kept = list(writer.contents())
        assert len(kept) in (acknowledged + 1, acknowledged + 2)
        assert all(len(reading.statements) == 1 and document.text == FIRST for document, reading in kept)


def test_schema_documents_every_table() -> None:
    schema = (files("onrecord.store") / "schema.sql").read_text(encoding="utf-8")
    tables = re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)[^;]*?--", schema)
    created = re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", schema)
    assert tables == created
    assert set(DERIVED) <= set(created)
    assert set(SOURCES) == set(TABLES)


def test_lone_surrogates_and_nulls_are_stored(tmp_path: Path) -> None:
    """Text is whatever a file held: the store must take it and give it back, or say so clearly."""
    documents, readings, _ = make_pile()
    text = THIRD.replace("Hostile", "Hos\x00tile")
    document = dataclasses.replace(documents[2], text=text, title=dataclasses.replace(documents[2].title, value="\x00"))
    with open_writer(tmp_path / "odd.onrecord") as writer:
        writer.add(document, readings[2], "pg", "key")
        assert [d.text for d, _ in writer.contents()] == [text]
