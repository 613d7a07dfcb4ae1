"""Nothing that a kill, a disk, a clock or another process does loses what was stored, and each is said in one line."""

from __future__ import annotations

import datetime
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from onrecord.cli.link import relink
from onrecord.errors import BusyError, StoreError
from onrecord.model.judgements import standing
from onrecord.model.record import Judgement
from onrecord.store import TABLES, Row, make_judgement, make_note, make_search, open_view, open_writer
from onrecord.store.file import fault
from onrecord.store.judgements import check_time, next_time
from onrecord.store.lock import alone, holder
from onrecord.store.schema import bring_up_to_date
from tests.small import make_pile, write_small

ROOT = Path(__file__).parents[2]
DECISION = make_judgement("reject", ["gr_event"], "ana", "2024-05-01T10:00:00+00:00", "a drill, not a deployment")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def everything(path: Path) -> dict[str, list[Row]]:
    """All that a record shows, and the log."""
    with open_view(path) as view:
        view.check()
        found = {table: list(view.rows(table)) for table in TABLES}
        return found | {"judgements": [{"id": one.id} for one in view.judgements()]}


def write_all(path: Path) -> None:
    write_small(path)
    with open_writer(path) as writer:
        writer.judge(DECISION)


# killed -------------------------------------------------------------------------------------------------------------


def killed_at(step: int, path: Path) -> bool:
    """Write a record in a child that is killed before its `step`-th SQL statement; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = step

        def count(_statement: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        connect = sqlite3.connect

        def traced(*arguments: object, **named: object) -> sqlite3.Connection:
            connection = connect(*arguments, **named)  # type: ignore[call-overload]  # handed on as they come
            connection.set_trace_callback(count)
            return connection  # type: ignore[no-any-return]

        sqlite3.connect = traced  # type: ignore[assignment]  # in the child alone
        try:
            write_all(path)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_writer_killed_before_any_statement_ends_in_the_same_record(tmp_path: Path) -> None:
    """Every fifth statement of the whole life of a record: its making, reports, skips, linking, a decision."""
    write_all(tmp_path / "whole.onrecord")
    wanted = everything(tmp_path / "whole.onrecord")
    step = 1
    while killed_at(step, path := tmp_path / f"{step}.onrecord"):
        write_all(path)
        assert everything(path) == wanted, f"killed before statement {step}"
        step += 5
    assert step > 100


def test_decision_that_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    path, (reading, writing) = write_small(tmp_path / "a.onrecord"), os.pipe()
    child = os.fork()
    if child == 0:
        with open_writer(path) as writer:
            for number in range(10**6):
                writer.judge(replace(DECISION, id=f"jd_{number}"))
                os.write(writing, b".")
    os.close(writing)
    acknowledged = 0
    while acknowledged < 30:
        acknowledged += len(os.read(reading, 10))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while rest := os.read(reading, 1000):
        acknowledged += len(rest)
    os.close(reading)
    with open_view(path) as view:
        assert len(view.judgements()) in (acknowledged, acknowledged + 1)


def test_file_cut_off_before_its_first_table_is_a_new_record(tmp_path: Path) -> None:
    path = tmp_path / "cut.onrecord"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert path.stat().st_size > 0
    write_all(path)
    assert everything(path)["documents"]


# the disk -----------------------------------------------------------------------------------------------------------


def test_full_disk_loses_nothing_and_says_so(record: Path) -> None:
    before = everything(record)
    documents, readings, _ = make_pile()
    with open_writer(record) as writer:
        (pages,) = writer._connection.execute("PRAGMA page_count").fetchone()
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        large = replace(documents[0], id="doc_large", text=documents[0].text * 10_000)
        with pytest.raises(sqlite3.OperationalError, match="full") as caught:
            writer.add(large, replace(readings[0], document="doc_large"), "pg_large", "key")
        assert "free some space" in fault(record, caught.value)
        writer.judge(DECISION)  # there is room for this in the pages that are there
    assert everything(record) == before | {"judgements": [{"id": DECISION.id}]}


LIMITED = """
import resource, sys; from pathlib import Path; from tests.small import write_small
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
from onrecord.errors import StoreError
try: write_small(Path(sys.argv[1]))
except StoreError as error: print(error); sys.exit(1)
"""


@pytest.mark.parametrize("limit", [2_000, 60_000, 300_000])
def test_file_that_may_not_grow_is_whole_as_far_as_it_came(tmp_path: Path, limit: int) -> None:
    """The system itself refuses to write on: while tables are made, in the midst of reports, in linking."""
    path = tmp_path / "small.onrecord"
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path), str(limit)], capture_output=True, text=True,
                          cwd=ROOT, check=False)  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "free some space" in done.stdout
    write_all(path)
    write_all(tmp_path / "whole.onrecord")
    assert everything(path) == everything(tmp_path / "whole.onrecord")


@contextmanager
def folder_of_another_user(mode: int) -> Iterator[Path]:
    """A folder with a record that the user `nobody` may read, and not write to."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as name:
        folder = Path(name)
        path = write_small(folder / "small.onrecord")
        for beside in folder.glob("*-*"):
            beside.unlink()
        path.chmod(0o444)
        folder.chmod(mode)
        yield path
        folder.chmod(0o755)


def as_nobody(work: Callable[[], object]) -> str:
    """What a child without any rights prints or raises; tests that run as root would be let in anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            said = f"{work()}"
        except StoreError as error:
            said = f"StoreError: {error}"
        except BaseException as error:  # noqa: BLE001  # it must not reach pytest in the child
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as words:
        return words.read().decode()


def reports_in(path: Path) -> int:
    with open_view(path) as view:
        return len(list(view.rows("documents")))


def test_record_in_a_folder_that_cannot_be_written_is_read() -> None:
    """SQLite cannot make its files beside it: a record on a read-only disk, or of a colleague."""
    with folder_of_another_user(0o555) as path:
        assert as_nobody(lambda: reports_in(path)) == "3"


def test_writing_where_one_may_not_says_what_to_do() -> None:
    def write(path: Path) -> None:
        with open_writer(path) as writer:
            writer.judge(DECISION)

    with folder_of_another_user(0o555) as path:
        assert "copy it to a folder of yours" in as_nobody(lambda: write(path))
        assert "permission" in as_nobody(lambda: write(path.with_name("new.onrecord")))
        assert "may write to" in as_nobody(lambda: alone(path, "build").__enter__())
        assert reports_in(path) == 3


# two at once --------------------------------------------------------------------------------------------------------

HOLDER = (
    "import sys, time; from pathlib import Path; from onrecord.store.lock import alone\n"
    "with alone(Path(sys.argv[1]), 'onrecord build'): print('held', flush=True); time.sleep(60)"
)


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """The record's lock in the hands of another process."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_second_build_says_who_holds_the_record_and_a_killed_one_locks_nobody_out(record: Path) -> None:
    before = everything(record)
    with held(record) as process:
        with pytest.raises(BusyError, match=f"onrecord build, process {process.pid} on"), open_writer(record, "x"):
            pass
        assert str(process.pid) in holder(record)
        with pytest.raises(BusyError), alone(record, "x", wait=0.3):
            pass
        with open_writer(record) as writer:  # decisions are taken meanwhile
            writer.judge(DECISION)
    with open_writer(record, "onrecord build"):
        assert holder(record).startswith(f"onrecord build, process {os.getpid()} on")
    assert holder(record) == ""
    assert not record.with_name(record.name + ".lock").exists()
    assert everything(record) == before | {"judgements": [{"id": DECISION.id}]}


def test_second_command_ends_with_1_and_a_decision_is_kept(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with held(record) as process:
        command = [sys.executable, "-m", "onrecord", "link", str(record)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert f"process {process.pid}" in done.stderr
        relink(record)
    assert "stored; what rests on it follows" in capsys.readouterr().err


def test_file_is_made_or_brought_up_to_date_once_however_many_begin(record: Path) -> None:
    before = everything(record)
    connection = sqlite3.connect(record, isolation_level=None)
    bring_up_to_date(connection)  # as by one who looked before another did it
    connection.close()
    assert everything(record) == before


# clocks -------------------------------------------------------------------------------------------------------------


def judged(verdict: str, subject: str, at: str) -> Judgement:
    return make_judgement(verdict, [subject], "ana", at, "why")  # type: ignore[arg-type]  # a verdict of the tables


def test_what_stands_does_not_depend_on_clocks() -> None:
    first = judged("reject", "ev_1", "2024-05-01T10:00:00Z")
    second = judged("undo", first.id, "2023-01-01T10:00:00Z")  # the clock was set back
    third = judged("undo", second.id, "2022-01-01T10:00:00Z")
    fourth = judged("undo", third.id, "2021-01-01T10:00:00Z")
    for rows, wanted in (((first,), (first,)), ((first, second), ()), ((first, second, third), (first,)),
                         ((first, second, third, fourth), ())):  # fmt: skip
        assert all(standing(order) == wanted for order in permutations(rows))


def test_undos_in_a_circle_end(record: Path) -> None:
    """No program makes them, for an id is a hash of what it names; a file from a stranger may hold them."""
    rows = [replace(DECISION, id="jd_a", verdict="undo", subjects=("jd_b",)),
            replace(DECISION, id="jd_b", verdict="undo", subjects=("jd_a", "jd_b")), DECISION]  # fmt: skip
    assert standing(rows) == (DECISION,)
    with open_writer(record) as writer:
        writer.judge(*rows)
        assert len(writer.judgements()) == 3


@pytest.mark.parametrize(
    "newest", ["2999-01-01T00:00:00Z", "2999-01-01T00:00:00.000001+00:00", "no time", "9999-12-31"]
)
def test_later_decision_is_later_whatever_the_clock_says(record: Path, newest: str) -> None:
    early = judged("reject", "ev_1", newest)
    with open_writer(record) as writer:
        assert abs(datetime.datetime.fromisoformat(writer.next_time()).timestamp() - time.time()) < 60
        writer.judge(early)
        now = writer.next_time()
        writer.judge(judged("accept", "ev_1", now))
        writer.annotate(make_note("ev_1", [], "a note", "ana", writer.next_time()))
        later = next_time(writer._connection)
    if newest.startswith("2999"):
        assert newest < now < later < "2999-01-01T00:00:03"


@pytest.mark.parametrize("at", ["yesterday", "", "2024-05-01T10:00:00", "2999-01-01T00:00:00Z", "2024-13-01T00:00:00Z"])
def test_decision_of_another_with_an_impossible_time_is_refused(at: str) -> None:
    with pytest.raises(StoreError):
        check_time(at)
    check_time("2024-05-01T10:00:00Z")


def test_words_with_blanks_around_them_keep_their_id() -> None:
    """What is handed on is checked against its id, which is made of what is kept."""
    note = make_note("ev_1", [], " look again \n", "ana", "2024-05-01T10:00:00Z")
    assert make_note(note.subject, note.tags, note.words, note.by, note.at) == note
    search = make_search(" troops ", "events", "", "ana", "2024-05-01T10:00:00Z")
    assert make_search(search.name, search.page, search.wanted, search.by, search.at) == search
