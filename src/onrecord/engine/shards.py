"""Pages and readings as Parquet files in a folder, cut into shards by the page's id, so that a large build can go on.

A shard's pages are written first, its readings when all of them are read; a file appears whole or not at all. What
the folder holds is not read again by a later run with the same code, whatever the number of shards was. At any time
the pages that wait to be written, and one batch for each worker, are what is in memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.engine.batches import OUTCOMES, PAGES, Outcome, Stamp, outcomes_of, page_batch, page_batches, pages_of
from onrecord.engine.work import Batch, Run
from onrecord.errors import EngineError
from onrecord.read.page import RawPage

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two runs out of one folder there
    fcntl = None  # type: ignore[assignment]

WAITING_CHARS = 32_000_000  # characters of pages kept before they are written
Pages = Iterable[tuple[str, RawPage]]


def read_in_shards(pages: Pages, run: Run, folder: Path, shards: int, stamp: Stamp) -> Iterator[Outcome]:
    """What came of each page, in no order; EngineError where the folder cannot be used."""
    place = folder / stamp.key[:16]
    try:
        place.mkdir(parents=True, exist_ok=True)
        with _alone(place):
            wanted = _cut(pages, place, shards, stamp, _held(place))
            _read(place, run, stamp)
            yield from _collected(place, wanted)
    except (OSError, pa.ArrowInvalid) as error:
        raise EngineError(f"cannot work in {folder}: {error}") from error


def _cut(pages: Pages, place: Path, shards: int, stamp: Stamp, held: set[str]) -> set[str]:
    """Write the pages that no finished shard holds; the ids of all."""
    folder = place / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wanted: set[str] = set()
    waiting: dict[int, list[tuple[str, RawPage]]] = {}
    chars = 0
    with contextlib.ExitStack() as stack:
        files: dict[int, Any] = {}

        def flush() -> None:
            for number, some in sorted(waiting.items()):
                if number not in files:
                    path = folder / f"{number:05}.parquet"
                    files[number] = stack.enter_context(pq.ParquetWriter(path, PAGES, compression="zstd"))
                files[number].write_batch(page_batch(some, stamp))
            waiting.clear()

        for id, page in pages:
            wanted.add(id)
            if id in held:
                continue
            waiting.setdefault(_shard(id, shards), []).append((id, page))
            chars += len(page.raw)
            if chars > WAITING_CHARS:
                flush()
                chars = 0
        flush()
    return wanted


def _read(place: Path, run: Run, stamp: Stamp) -> None:
    """Read shard by shard, each into a file of its own; its pages are removed then."""
    files = sorted((place / "pages").glob("*.parquet"))

    def batches() -> Iterator[Batch]:
        for path in files:
            yield from page_batches(_stored(path), stamp)

    answers = run(batches())  # one line of batches over all shards: no worker waits for a shard to end
    for path in files:
        rows = pq.read_metadata(path).num_rows
        ids = hashlib.sha256()
        part = place / f"{path.stem}.part"
        with pq.ParquetWriter(part, OUTCOMES, compression="zstd") as out:
            while rows > 0:
                answer = next(answers)
                ids.update("".join(answer.column("page").to_pylist()).encode())
                out.write_batch(answer)
                rows -= answer.num_rows
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(place / f"readings-{path.stem}-{ids.hexdigest()[:12]}.parquet")
        path.unlink()


def _stored(path: Path) -> Iterator[tuple[str, RawPage]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=64, use_threads=False):
            yield from pages_of(batch)


def _held(place: Path) -> set[str]:
    """The ids of the pages that finished shards hold a report for; a damaged shard is removed, to be read again."""
    found: set[str] = set()
    for path in sorted(place.glob("readings-*.parquet")):
        try:
            for batch in _rows(path, ["page", "skip"]):
                rows = zip(batch.column("page").to_pylist(), batch.column("skip").is_null().to_pylist(), strict=True)
                found.update(page for page, read in rows if read)
        except (pa.ArrowException, KeyError):
            path.unlink()
    return found


def _collected(place: Path, wanted: set[str]) -> Iterator[Outcome]:
    """Each wanted page once; a report goes before a skip of an earlier run."""
    skipped: dict[str, Outcome] = {}
    for path in sorted(place.glob("readings-*.parquet")):
        for batch in _rows(path):
            for outcome in outcomes_of(batch):
                if outcome.page not in wanted:
                    continue
                if outcome.document is None:
                    skipped[outcome.page] = outcome
                    continue
                wanted.remove(outcome.page)
                yield outcome
    for id in sorted(wanted & skipped.keys()):
        yield skipped[id]


def _rows(path: Path, columns: list[str] | None = None) -> Iterator[Batch]:
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=64, columns=columns, use_threads=False)


def _shard(id: str, shards: int) -> int:
    return int(hashlib.sha256(id.encode()).hexdigest()[:8], 16) % shards


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Keep other runs out of a folder while this one works in it."""
    with (place / "lock").open("wb") as lock:
        _lock(lock, place)
        yield


def _lock(file: IO[bytes], place: Path) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise EngineError(f"another build works in {place}: wait for it, or name another --work folder") from error
