"""Pages and what is read in them as Arrow batches: what crosses to other processes and machines, and lies in shards.

Both forms hold plain values only: text, and our own values as JSON by their types. What comes back is checked against
these types when it is opened. Settings and reading key stand in the batch's metadata, so that a stage needs the batch
alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
import pyarrow as pa

from onrecord.engine.work import Batch
from onrecord.errors import EngineError
from onrecord.model.claims import Reading, Skip
from onrecord.model.text import Document
from onrecord.read.page import RawPage, Told
from onrecord.settings import Settings, load_settings

T = TypeVar("T")
ROWS = 16  # most pages in a batch: enough for its cost not to count, few enough to lose little with it
CHARS = 400_000  # most characters in a batch of more than one page
PAGES = pa.schema(
    [("page", pa.string()), ("path", pa.string()), ("kind", pa.string()), ("raw", pa.large_binary()),
     ("told", pa.large_binary())]
)  # fmt: skip
OUTCOMES = pa.schema(
    [("page", pa.string()), ("path", pa.string()), ("document", pa.large_binary()), ("reading", pa.large_binary()),
     ("skip", pa.large_binary())]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page: a document and what was read in it, or why there is none. `page` is the page's id."""

    page: str
    path: str
    document: Document | None = None
    reading: Reading | None = None
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What pages are to be read with: the settings, and the key of code, word lists and weights ("" for any)."""

    settings: Settings
    key: str = ""


def page_batches(pages: Iterable[tuple[str, RawPage]], stamp: Stamp, most: int = ROWS) -> Iterator[Batch]:
    """Pages, each with its id, in batches of at most `most`; the first are small, so that a small pile is shared out.

    Characters that are no text (lone surrogates) are kept as they are.
    """
    held: list[tuple[str, RawPage]] = []
    chars = made = 0
    for id, page in pages:
        if held and (len(held) >= min(most, 1 + made // 4) or chars + len(page.raw) > CHARS):
            yield page_batch(held, stamp)
            held, chars, made = [], 0, made + 1
        held.append((id, page))
        chars += len(page.raw)
    if held:
        yield page_batch(held, stamp)


def page_batch(pages: Sequence[tuple[str, RawPage]], stamp: Stamp) -> Batch:
    """Some pages as one batch."""
    columns = [
        [id for id, _ in pages],
        [page.path for _, page in pages],
        [page.kind for _, page in pages],
        [page.raw.encode("utf-8", "surrogatepass") for _, page in pages],
        [json.dumps(msgspec.to_builtins(page.told)).encode() for _, page in pages],
    ]
    metadata = {b"settings": msgspec.json.encode(stamp.settings), b"key": stamp.key.encode()}
    return _batch(columns, PAGES.with_metadata(metadata))


def stamp_of(batch: Batch) -> Stamp:
    """What a batch says it is to be read with; the settings of this process where it says nothing."""
    metadata = batch.schema.metadata or {}
    if b"settings" not in metadata:
        return Stamp(load_settings())
    settings = msgspec.json.decode(metadata[b"settings"], type=Settings)
    return Stamp(settings, metadata.get(b"key", b"").decode())


def pages_of(batch: Batch) -> Iterator[tuple[str, RawPage]]:
    """The pages of a batch, each with its id."""
    for row in batch.to_pylist():
        told = msgspec.convert(json.loads(row["told"]), Told)
        yield row["page"], RawPage(row["path"], row["kind"], row["raw"].decode("utf-8", "surrogatepass"), told)


def outcome_batch(outcomes: Sequence[Outcome]) -> Batch:
    """What came of some pages as one batch."""
    columns = [
        [one.page for one in outcomes],
        [one.path for one in outcomes],
        *([None if value is None else msgspec.json.encode(value) for value in values]
          for values in zip(*((one.document, one.reading, one.skip) for one in outcomes), strict=True)),
    ]  # fmt: skip
    return _batch(columns, OUTCOMES)


def outcomes_of(batch: Batch) -> Iterator[Outcome]:
    """What came of the pages of a batch; EngineError where it does not hold what it should."""
    try:
        for row in batch.to_pylist():
            yield Outcome(
                row["page"],
                row["path"],
                _opened(row["document"], Document),
                _opened(row["reading"], Reading),
                _opened(row["skip"], Skip),
            )
    except (KeyError, msgspec.MsgspecError) as error:
        raise EngineError(f"a worker gave something else than readings: {error}") from error


def _batch(columns: Iterable[object], schema: Batch) -> Batch:
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _opened(data: bytes | None, kind: type[T]) -> T | None:
    return None if data is None else msgspec.json.decode(data, type=kind)
