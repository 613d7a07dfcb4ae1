"""What crosses to other processes comes back as it was, whatever a page holds; nothing else is taken for a reading."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.engine.batches import (
    CHARS,
    Outcome,
    Stamp,
    outcome_batch,
    outcomes_of,
    page_batch,
    page_batches,
    pages_of,
    stamp_of,
)
from onrecord.engine.machine import PROCESS_BYTES, default_jobs
from onrecord.engine.work import Work, from_bytes, to_bytes, work_of
from onrecord.errors import EngineError
from onrecord.model.claims import Skip
from onrecord.read import RawPage
from onrecord.read.page import Told
from onrecord.reading import lost_page, read_batch
from onrecord.settings import load_settings
from tests.small import make_pile

SETTINGS = load_settings({}, max_page_seconds=7.0)
HOSTILE = (
    RawPage("a.html", "html", "<p>\x00 \u202e 😀 \ud800 lone</p>"),
    RawPage("\ufffd.txt", "text", ""),
    RawPage("c.jsonl#1", "text", "x", Told(title=("\udfff", "title field"), published=("2021-03-02", "date field"))),
)


def test_pages_come_back_as_they_were() -> None:
    given = [(f"pg_{n}", page) for n, page in enumerate(HOSTILE)]
    batch = from_bytes(to_bytes(page_batch(given, Stamp(SETTINGS, "key"))))
    assert list(pages_of(batch)) == given
    assert stamp_of(batch) == Stamp(SETTINGS, "key")
    assert list(pages_of(from_bytes(to_bytes(batch.slice(1, 1))))) == given[1:2]


def test_outcomes_come_back_as_they_were() -> None:
    documents, readings, _ = make_pile()
    given = [Outcome(d.id, d.path, d, r) for d, r in zip(documents, readings, strict=True)]
    given.append(Outcome("pg_x", "x.txt", skip=Skip("x.txt", "read", "no text", "")))
    assert list(outcomes_of(from_bytes(to_bytes(outcome_batch(given))))) == given


def test_batches_begin_small_and_hold_few_characters() -> None:
    pages = [(f"pg_{n}", RawPage(f"{n}", "text", "x" * (CHARS if n == 150 else 10))) for n in range(300)]
    sizes = [batch.num_rows for batch in page_batches(pages, Stamp(SETTINGS))]
    assert sizes[:5] == [1, 1, 1, 1, 2]
    assert max(sizes) <= 16
    assert sum(sizes) == 300
    (large,) = [b for b in page_batches(pages, Stamp(SETTINGS)) if "pg_150" in b.column("page").to_pylist()]
    assert large.num_rows == 1


def test_something_else_is_no_reading() -> None:
    good = outcome_batch([Outcome("pg_1", "a")])
    for bad in (
        good.drop_columns(["skip"]),
        good.set_column(2, "document", pa.array([b'{"id": 1}'], pa.large_binary())),
        good.set_column(4, "skip", pa.array([b"\x80\x04."], pa.large_binary())),
    ):
        with pytest.raises(EngineError, match="something else than readings"):
            list(outcomes_of(bad))


def test_batch_for_other_code_is_refused() -> None:
    with pytest.raises(EngineError, match="install the same on every machine"):
        read_batch(page_batch([("pg_1", HOSTILE[0])], Stamp(load_settings({}), "key of other code")))


@pytest.mark.parametrize(("why", "reason"), [("killed", "reader killed"), ("slow", "took too long")])
def test_lost_page_is_a_skip_with_its_reason(why: str, reason: str) -> None:
    work = work_of(Work(read_batch, lost_page).row())  # as another machine finds it
    (outcome,) = outcomes_of(work.lost(page_batch([("pg_1", HOSTILE[2])], Stamp(SETTINGS)), why))  # type: ignore[arg-type]
    assert (outcome.document, outcome.skip and outcome.skip.reason) == (None, reason)
    assert outcome.skip is not None
    assert outcome.skip.document == "c.jsonl#1"


def test_unknown_stage_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(EngineError, match="install the same onrecord"):
        work_of(("onrecord.reading:no_such_stage", "onrecord.reading:lost_page", 0.0, 0))


@pytest.mark.parametrize(
    ("free", "limit", "used", "quota", "most"),
    [
        (100, None, None, None, 64),  # memory enough: the cores decide
        (2, None, None, None, 2),  # memory for two
        (0.1, None, None, None, 1),  # never none
        (100, 3, 1.5, None, 1),  # a container's memory goes before the machine's
        (100, None, None, "150000 100000", 2),  # and its share of the processor
        (100, None, None, "max 100000", 64),
    ],
)
def test_jobs_follow_cores_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, limit: float | None, used: float | None,
    quota: str | None, most: int,
) -> None:  # fmt: skip
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)))
    memory = tmp_path / "meminfo"
    memory.write_text(f"MemTotal: 9 kB\nMemAvailable: {int(free * PROCESS_BYTES / 1024) + 1} kB\n")
    if limit is not None and used is not None:
        (tmp_path / "memory.max").write_text(f"{int(limit * PROCESS_BYTES)}\n")
        (tmp_path / "memory.stat").write_text(f"anon {int(used * PROCESS_BYTES)}\nfile 99999999999\n")
    if quota is not None:
        (tmp_path / "cpu.max").write_text(quota + "\n")
    assert default_jobs(tmp_path, memory) == most
