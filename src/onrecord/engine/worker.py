"""The other end of a pool: a process that turns batches into batches until its parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection

from onrecord.engine.work import Work, from_bytes, to_bytes

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

READY, DONE, FAILED = b"?", b"+", b"!"  # the first byte of each message to the parent


def serve(connection: Connection, work: Work) -> None:
    """Answer each message, an Arrow stream, with one, or with what went wrong in words."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends its workers
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _limit_memory(work.memory)
    try:
        connection.send_bytes(READY)
        while True:
            data = connection.recv_bytes()
            connection.send_bytes(_answer(work, data))
    except (EOFError, OSError):
        return  # the parent is gone


def _answer(work: Work, data: bytes) -> bytes:
    try:
        return DONE + to_bytes(work.stage(from_bytes(data)))
    except MemoryError:
        os._exit(71)  # as if killed: the batch is tried again in halves
    except Exception as error:  # noqa: BLE001  # the parent raises it again, as it cannot be sent as it is
        return FAILED + f"{type(error).__name__}: {error}".encode("utf-8", "replace")


def _leave_with_parent() -> None:
    """End this process, whatever it is busy with, when its parent ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _limit_memory(limit: int) -> None:
    """Take no more than `limit` bytes of memory, where the system can hold a process to that."""
    if limit and resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
