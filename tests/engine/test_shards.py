"""Shards: what a cut off run has finished is not read again, what it has not is, and damage or company is survived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from onrecord.engine import shards as shards_file
from onrecord.engine.batches import Outcome, Stamp, outcome_batch, outcomes_of, page_batches, pages_of
from onrecord.engine.shards import read_in_shards
from onrecord.engine.work import Batch, Run
from onrecord.errors import EngineError
from onrecord.model.claims import Reading, Skip
from onrecord.read import RawPage
from onrecord.settings import load_settings
from tests.small import make_document

STAMP = Stamp(load_settings({}), "a" * 64)
Pages = list[tuple[str, RawPage]]


def pages(count: int) -> Pages:
    return [(f"pg_{n:03}", RawPage(f"{n:03}.txt", "text", f"Harbour {n}\n\nNothing.")) for n in range(count)]


def read(batch: Batch) -> Batch:
    """Stands in for reading: every tenth page is none."""
    found = []
    for id, page in pages_of(batch):
        if id.endswith("0"):
            found.append(Outcome(id, page.path, skip=Skip(page.path, "read", "no text", "")))
        else:
            document = make_document(page.path, page.raw, None)
            found.append(Outcome(id, page.path, document, Reading(document.id, document.published)))
    return outcome_batch(found)


def engine(seen: list[str], stop: int = 1_000_000) -> Run:
    """An engine that notes the pages it is given, and is broken off after some batches."""

    def run(batches: Iterable[Batch]) -> Iterator[Batch]:
        for number, batch in enumerate(batches):
            if number == stop:
                raise KeyboardInterrupt
            seen.extend(id for id, _ in pages_of(batch))
            yield read(batch)

    return run


def collect(given: Pages, folder: Path, shards: int, run: Run, stamp: Stamp = STAMP) -> list[Outcome]:
    return sorted(read_in_shards(given, run, folder, shards, stamp), key=lambda one: one.page)


def unsharded(given: Pages) -> list[Outcome]:
    return [one for batch in page_batches(given, STAMP) for one in outcomes_of(read(batch))]


@pytest.mark.parametrize("shards", [1, 3, 7, 512])
def test_shards_give_what_the_stage_gives(tmp_path: Path, shards: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards_file, "WAITING_CHARS", 300)  # pages are written in many parts
    given = pages(60)
    assert collect(given, tmp_path, shards, engine([])) == unsharded(given)
    assert list(tmp_path.glob("*/pages/*")) == []  # pages that are read are kept no longer


def test_run_that_is_broken_off_goes_on(tmp_path: Path) -> None:
    given, first, second = pages(100), list[str](), list[str]()
    with pytest.raises(KeyboardInterrupt):
        collect(given, tmp_path, 20, engine(first, stop=12))
    finished = len(list(tmp_path.glob("*/readings-*.parquet")))
    assert 0 < finished < 20
    assert collect(given, tmp_path, 20, engine(second)) == unsharded(given)
    assert len(second) < 100
    assert len(set(first) & set(second)) < 20  # the shard that was being read, and pages that hold no text


def test_finished_shards_are_not_read_again_whatever_their_number(tmp_path: Path) -> None:
    seen: list[str] = []
    collect(pages(50), tmp_path, 3, engine([]))
    assert collect(pages(70), tmp_path, 5, engine(seen)) == unsharded(pages(70))
    assert {id for id in seen if not id.endswith("0")} == {f"pg_{n:03}" for n in range(50, 70) if n % 10}
    assert collect(pages(10), tmp_path, 5, engine([])) == unsharded(pages(10))  # and no page that is not asked for


def test_other_code_reads_anew(tmp_path: Path) -> None:
    seen: list[str] = []
    collect(pages(20), tmp_path, 3, engine([]))
    collect(pages(20), tmp_path, 3, engine(seen), Stamp(STAMP.settings, "b" * 64))
    assert len(seen) == 20


@pytest.mark.parametrize("damage", ["cut", "other", "empty"])
def test_damaged_shard_is_read_again(tmp_path: Path, damage: str) -> None:
    collect(pages(30), tmp_path, 2, engine([]))
    path, *_ = sorted(tmp_path.glob("*/readings-*.parquet"))
    content = path.read_bytes()
    path.write_bytes({"cut": content[: len(content) // 2], "other": b"no such file", "empty": b""}[damage])
    seen: list[str] = []
    assert collect(pages(30), tmp_path, 2, engine(seen)) == unsharded(pages(30))
    assert 0 < len(seen) < 30


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    first = read_in_shards(pages(30), engine([]), tmp_path, 2, STAMP)
    next(first)
    with pytest.raises(EngineError, match="another build works in"):
        collect(pages(30), tmp_path, 2, engine([]))
    first.close()  # type: ignore[attr-defined]  # a generator
    assert len(collect(pages(30), tmp_path, 2, engine([]))) == 30


def test_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot work in"):
        collect(pages(1), tmp_path / "file" / "work", 2, engine([]))
