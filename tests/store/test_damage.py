"""Files that were damaged, cut, or made by somebody who means harm: told in a line, and saved as far as they can be."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from onrecord.errors import OnrecordError, StoreError
from onrecord.model.coded import CodedRow
from onrecord.store import make_judgement, make_note, make_search, open_view, open_writer
from onrecord.store.backup import PAGES, back_up, keep_damaged, mend, replace
from onrecord.store.file import open_for_writing
from onrecord.store.health import examine_record
from tests.small import make_pile, write_small

DECISIONS = [
    make_judgement("reject", ["gr_event"], "ana", "2024-05-01T10:00:00+00:00", "a drill"),
    make_judgement("edit", ["st_1"], "bo", "2024-05-02T10:00:00+00:00", "a slip", [("cue", "denied")]),
]


def write_whole(path: Path, page: int = PAGES[0]) -> Path:
    """A record with something in every table that people write, in pages of some bytes."""
    open_for_writing(path, page).close()
    write_small(path)
    search = make_search("troops", "events", "type=MOBILIZE", "ana", "2024-05-01T10:00:00Z")
    with open_writer(path) as writer:
        writer.judge(*DECISIONS)
        writer.annotate(make_note("ev_1", ["look"], "again", "ana", "2024-05-01T10:00:00Z"))
        writer.save_search(search)
        writer.note_findings(search.id, ["ev_1", "ev_2"], "2024-05-01T10:00:00Z")
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_whole(tmp_path_factory.mktemp("damage") / "whole.onrecord")


@pytest.fixture
def record(tmp_path: Path, whole: Path) -> Path:
    return Path(shutil.copyfile(whole, tmp_path / "small.onrecord"))


def change(path: Path, statement: str, *values: object) -> None:
    """One change behind the program's back."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def bad(path: Path) -> dict[str, str]:
    """What the checks find wrong."""
    return {one.check: one.found for one in examine_record(path) if not one.ok}


def test_whole_record_is_found_whole(record: Path) -> None:
    assert bad(record) == {}
    assert [one.check for one in examine_record(record)] == [
        "file", "pages", "tables", "reports", "claims", "search", "decisions", "linking", "orphans",
    ]  # fmt: skip


HURT: tuple[tuple[str, str, str], ...] = (
    ("reports", "UPDATE documents SET text = replace(text, 'Norland', 'Sorland')", "letters of a text"),
    ("reports", "UPDATE documents SET reading = replace(reading, '\"start\":', '\"stort\":')", "a word of a reading"),
    ("reports", "UPDATE documents SET value = '{}'", "the offsets are gone"),
    ("claims", "UPDATE statements SET row = replace(row, 'the port', 'the part')", "a claim's words"),
    ("claims", "UPDATE events SET row = '[1, 2]'", "a row of another kind"),
    ("claims", "UPDATE contradictions SET row = replace(row, '\"300\"', '\"900\"')", "an evidence"),
    ("claims", "UPDATE lineages SET row = replace(row, 'will leave', 'will love')", "an edit of a copy"),
    ("decisions", "UPDATE judgements SET why = 'no drill' WHERE verdict = 'reject'", "a reason was changed"),
    ("decisions", "UPDATE judgements SET subjects = '{\"a\": 1}'", "subjects of another kind"),
    ("linking", "DELETE FROM meta WHERE key = 'linked'", "never linked"),
    ("linking", "DELETE FROM documents WHERE path = 'north/a.html'", "claims without their report"),
    ("tables", "DROP TABLE figures", "a table is missing"),
    ("search", "DELETE FROM documents_search_data WHERE id > 10", "the index of words is broken"),
    ("search", "INSERT INTO documents_search (documents_search, rowid, title, text) "
     "VALUES ('delete', 1, 'a', 'Norland')", "words are missing in the index"),
)  # fmt: skip


@pytest.mark.parametrize(("check", "statement", "why"), HURT, ids=[row[2] for row in HURT])
def test_each_kind_of_damage_is_found_and_mended(
    record: Path, tmp_path: Path, check: str, statement: str, why: str
) -> None:
    change(record, statement)
    found = bad(record)
    assert check in found, why
    assert "onrecord " in found[check]
    saved = mend(record, tmp_path / "mended.onrecord")
    with open_writer(tmp_path / "mended.onrecord") as writer:
        writer.note("linked", "a link of the tables that are there")
        assert len(list(writer.contents())) == saved.reports
    assert bad(tmp_path / "mended.onrecord") == {}


def same_decisions(path: Path) -> bool:
    with open_view(path) as view:
        notes = [note.words for note in view.notes()]
        return list(view.judgements()) == DECISIONS and notes == ["again"] and len(view.searches()) == 1


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]


FILES: tuple[tuple[str, Callable[[bytes, int], bytes], tuple[int, ...]], ...] = (
    ("a bit in the magic words", lambda data, _: flipped(data, 3), (3, 3)),
    ("a bit in the page size", lambda data, _: flipped(data, 16), (3, 3)),
    ("no header at all", lambda data, _: bytes(100) + data[100:], (3, 3)),
    ("no first page", lambda data, page: bytes(page) + data[page:], (3, 3)),
    ("the last page is missing", lambda data, page: data[:-page], (3, 1)),
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("damage", "reports"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_damaged_file_is_refused_and_mended(
    tmp_path: Path, damage: Callable[[bytes, int], bytes], reports: tuple[int, ...], page: int
) -> None:
    record = write_whole(tmp_path / "small.onrecord", page)
    assert int.from_bytes(record.read_bytes()[16:18], "big") == page
    record.write_bytes(damage(record.read_bytes(), page))
    assert any("doctor" in found or "damaged" in found for found in bad(record).values())
    before = record.read_bytes()
    kept, out = keep_damaged(record), tmp_path / "mended.onrecord"
    saved = mend(kept, out)
    assert kept.read_bytes() == before, "nothing is done to the copy"
    assert (saved.reports, saved.judgements, saved.notes) == (reports[PAGES.index(page)], 2, 1)
    assert same_decisions(out)
    replace(record, out)
    with open_view(record) as view:
        assert view.search("harbour")


def test_mending_keeps_other_coders_rows(record: Path, tmp_path: Path) -> None:
    kept = CodedRow("g1", "gdelt", "day.csv:1", *(None,) * (len(fields(CodedRow)) - 3))
    with open_writer(record) as writer:
        writer.keep_coded([kept])
    mend(record, tmp_path / "mended.onrecord")
    with open_view(tmp_path / "mended.onrecord", older=True) as view:
        assert view.coded() == (kept,)


def test_bits_anywhere_never_end_in_anything_but_a_line(record: Path, tmp_path: Path) -> None:
    """What is saved is what was stored, letter for letter, or it is told that it was lost."""
    data, rng = record.read_bytes(), random.Random(1)
    with open_writer(record) as writer:
        stored = {document.id: document for document, _ in writer.contents()}
    for number in range(60):
        hurt = data
        for _ in range(rng.choice((1, 10, 200))):
            hurt = flipped(hurt, rng.randrange(len(hurt)))
        path, out = tmp_path / f"{number}.onrecord", tmp_path / f"{number}.mended"
        path.write_bytes(hurt)
        examine_record(path)
        try:
            mend(path, out)
            with open_writer(out) as writer:
                kept = {document.id: document for document, _ in writer.contents()}
                log = writer.judgements()
        except OnrecordError:
            continue
        assert {id: one.text for id, one in kept.items()}.items() <= {
            id: one.text for id, one in stored.items()
        }.items()
        assert set(log) <= set(DECISIONS)


def test_deleted_or_damaged_log_of_changes_leaves_a_whole_record(record: Path, tmp_path: Path) -> None:
    """What stood in the -wal file alone is gone with it; what was there before is whole."""
    documents, readings, _ = make_pile()
    reader = sqlite3.connect(record)
    reader.execute("SELECT count(*) FROM documents").fetchone()  # so that nothing is moved out of the log at the end
    with open_writer(record) as writer:
        writer.judge(make_judgement("accept", ["ev_9"], "ana", "2024-05-03T10:00:00+00:00", "seen"))
        writer.add(documents[0], readings[0], "pg_new", "key")
    wal = record.with_name(record.name + "-wal").read_bytes()
    main = record.read_bytes()
    reader.close()
    assert len(wal) > 1000
    for number, log in enumerate((b"", flipped(wal, 40), flipped(wal, len(wal) // 2), wal[: len(wal) // 3], bytes(99))):
        path = tmp_path / f"{number}.onrecord"
        path.write_bytes(main)
        if log:
            path.with_name(path.name + "-wal").write_bytes(log)
        assert bad(path).keys() <= {"linking"}
        with open_writer(path) as writer:
            assert set(DECISIONS) <= set(writer.judgements())
            assert len(list(writer.contents())) == 3


def test_nothing_to_save_is_said(tmp_path: Path) -> None:
    path = tmp_path / "noise.onrecord"
    path.write_bytes(random.Random(1).randbytes(50_000))
    with pytest.raises(StoreError, match="restore it from a backup"):
        mend(path, tmp_path / "out.onrecord")
    assert not (tmp_path / "out.onrecord").exists()


# copies -------------------------------------------------------------------------------------------------------------


def test_backup_is_one_moment_while_others_write(record: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def decide() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with open_writer(record) as writer:
                writer.judge(make_judgement("accept", [f"ev_{number}"], "bo", "2024-05-03T10:00:00+00:00", "seen"))

    writer = threading.Thread(target=decide)
    writer.start()
    try:
        counts = []
        for number in range(5):
            out = tmp_path / f"copy-{number}.onrecord"
            assert back_up(record, out) == out.stat().st_size
            with open_view(out) as view:
                counts.append(len(view.judgements()))
            assert bad(out) == {}
            assert not out.with_name(out.name + ".part").exists()
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)


def test_backup_never_writes_over_anything(record: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    for out in ("there", "no-folder/copy", "."):
        with pytest.raises(StoreError):
            back_up(record, tmp_path / out)
    assert (tmp_path / "there").read_text() == "mine"
    record.write_bytes(record.read_bytes()[: -PAGES[0]])
    with pytest.raises(StoreError, match="doctor"):
        back_up(record, tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.glob("copy*")) == []


# strangers ----------------------------------------------------------------------------------------------------------

STRANGE: tuple[tuple[str, str], ...] = (
    ("CREATE TRIGGER mine AFTER INSERT ON judgements BEGIN DELETE FROM documents; END", "a trigger that deletes"),
    ("CREATE VIEW mine AS SELECT * FROM documents", "a view"),
    ("UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = 'CREATE VIEW figures AS WITH RECURSIVE n(x) AS "
     "(SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS row FROM n' WHERE name = 'figures'", "a view without end"),
    ("UPDATE sqlite_master SET sql = replace(sql, 'new.text', 'upper(new.text)') WHERE name = 'documents_added'",
     "a trigger of ours that was changed"),
    ("CREATE VIRTUAL TABLE mine USING fts5 (x)", "a virtual table"),
)  # fmt: skip


@pytest.mark.parametrize(("statement", "why"), STRANGE, ids=[row[1] for row in STRANGE])
def test_file_with_a_schema_that_acts_is_refused_and_can_be_cleaned(
    record: Path, tmp_path: Path, statement: str, why: str
) -> None:
    change(record, statement)
    for opened in (open_view, open_writer):
        with pytest.raises(StoreError, match=r"do not trust it|is damaged"), opened(record):
            pass
    saved = mend(record, tmp_path / "clean.onrecord")
    assert (saved.reports, saved.judgements) == (3, 2), why
    assert same_decisions(tmp_path / "clean.onrecord")


def test_values_of_other_kinds_are_told_not_believed(record: Path) -> None:
    for table, column, value in (("judgements", "subjects", json.dumps(["a", 5])), ("judgements", "edits", "[[1]]"),
                                 ("documents", "text", b"\xff\xfe"), ("documents", "reading", "[" * 100_000),
                                 ("statements", "row", "[" * 100_000), ("events", "row", '{"id": NaN}')):  # fmt: skip
        path = Path(shutil.copyfile(record, record.with_name(f"{table}-{column}.onrecord")))
        change(path, f"UPDATE {table} SET {column} = ?", value)
        assert bad(path), (table, column)
        with open_view(path) as view:
            assert len(view.judgements()) <= 2
