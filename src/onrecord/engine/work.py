"""What an engine runs: a stage from Arrow batch to Arrow batch, one row out for each row in, in order.

Stage and `lost` are functions of a module, so that a worker on another machine finds them by name: what crosses to it
is two names, two numbers and Arrow bytes, nothing else.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from onrecord.errors import EngineError

Batch = Any  # pyarrow.RecordBatch, which has no types of its own
Why = Literal["killed", "slow"]  # the worker died, or took longer than one page may
Run = Callable[[Iterable[Batch]], Iterator[Batch]]  # an engine at work: batches in, batches out in the same order


@dataclass(frozen=True, slots=True)
class Work:
    """A stage, what becomes of a row (a batch of one) that no worker outlives, and what one batch may take.

    `seconds` and `memory` (bytes) are limits of one worker on one batch; 0 is none.
    """

    stage: Callable[[Batch], Batch]
    lost: Callable[[Batch, Why], Batch]
    seconds: float = 0.0
    memory: int = 0

    def row(self) -> tuple[str, str, float, int]:
        """The work as plain values, for another machine."""
        return _name(self.stage), _name(self.lost), self.seconds, self.memory


def work_of(row: tuple[str, str, float, int]) -> Work:
    """The work that `Work.row` told of."""
    stage, lost, seconds, memory = row
    return Work(_named(stage), _named(lost), seconds, memory)


def _name(function: Callable[..., Batch]) -> str:
    return f"{function.__module__}:{function.__qualname__}"


def _named(name: str) -> Callable[..., Batch]:
    module, _, attribute = name.partition(":")
    try:
        found: Callable[..., Batch] = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise EngineError(f"this worker does not know {name}: install the same onrecord on every machine") from error
    return found


def halves(batch: Batch) -> tuple[Batch, Batch]:
    """A batch of two rows or more as two."""
    middle = batch.num_rows // 2
    return batch.slice(0, middle), batch.slice(middle)


def to_bytes(batch: Batch) -> bytes:
    """A batch as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def from_bytes(data: bytes) -> Batch:
    """The batch in an Arrow stream; no thread is started, so that this process can still be forked."""
    return pa.ipc.open_stream(data, options=pa.ipc.IpcReadOptions(use_threads=False)).read_next_batch()
