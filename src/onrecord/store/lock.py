"""One build at a time: a lock in a file beside the record, held while reports are read and derived tables are made.

The system lets it go when its process ends, however it ends, so that a killed build locks nobody out. Decisions and
notes need no lock: they go into a running build's record at once.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import BusyError, StoreError

SUFFIX = ".lock"
STEP = 0.2  # seconds between two tries of one who waits
LONGEST = 200  # bytes of a holder's words
FAR = 1 << 30  # where Windows locks a byte, so that the words before it can be read

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD: set[int] = set()  # a process that is forked lets go of these, or it would hold the lock after its parent's death


def _let_go() -> None:
    while _HELD:
        os.close(_HELD.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


@contextmanager
def alone(path: Path, doing: str, wait: float = 0.0) -> Iterator[None]:
    """Hold the record's lock; BusyError says who has it where it is not free within `wait` seconds."""
    place = path.with_name(path.name + SUFFIX)
    until = time.monotonic() + wait
    while (handle := _open(path, place)) is None:
        if time.monotonic() >= until:
            raise BusyError(f"{path} is in use: {holder(path) or 'another process holds it'}; wait for it, or stop it")
        time.sleep(STEP)
    _HELD.add(handle)
    try:
        since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        words = f"{doing}, process {os.getpid()} on {socket.gethostname()}, since {since}"
        with contextlib.suppress(OSError):  # a full disk: the lock holds without its words
            os.ftruncate(handle, 0)
            os.pwrite(handle, words.encode()[:LONGEST], 0)
        yield
    finally:
        with contextlib.suppress(OSError):
            place.unlink()
        if handle in _HELD:
            _HELD.remove(handle)
            os.close(handle)


def holder(path: Path) -> str:
    """Who says to hold a record's lock; "" where nobody does. True only while the lock is held."""
    try:
        return path.with_name(path.name + SUFFIX).read_bytes()[:LONGEST].decode("utf-8", "replace")
    except OSError:
        return ""


def _open(path: Path, place: Path) -> int | None:
    """The locked file, or None where another process has it."""
    while True:
        try:
            handle = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as error:
            raise StoreError(
                f"cannot write beside {path}: {error.strerror}; choose a folder that you may write to"
            ) from error
        try:
            _take(handle)
            if os.path.samestat(os.fstat(handle), os.stat(place)):
                return handle
        except FileNotFoundError:
            pass  # the last holder took the file away between our opening and locking it: again
        except OSError:
            os.close(handle)
            return None
        os.close(handle)
