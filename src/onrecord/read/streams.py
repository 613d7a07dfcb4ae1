"""Streams that cannot run away: every byte that comes out of one is counted against a limit before it is kept.

Sizes that a file declares are never trusted. A stream that breaks gives all it had first and then says so.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any, Protocol

from onrecord.errors import InputError
from onrecord.read.decode import guess_encoding, mixed_errors
from onrecord.settings import Settings

HEAD_BYTES = 65_536  # enough to know a kind by: the head of a page, the first record of nearly all dumps
CHUNK_BYTES = 65_536
HARMLESS_BYTES = 10_000_000  # less than this unpacked is no bomb at any ratio: it is read in a tenth of a second
BREAKS = (EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error, zipfile.BadZipFile)


class Budget:
    """What may still be read of one input, members of members included."""

    def __init__(self, settings: Settings) -> None:
        self.bytes, self.members = settings.max_container_bytes, settings.max_members
        self._bytes_left, self._members_left = self.bytes, self.members

    def take_bytes(self, count: int) -> None:
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise InputError("file too large", f"over {self.bytes:,} bytes, unpacked")

    def take_member(self) -> None:
        self._members_left -= 1
        if self._members_left < 0:
            raise InputError("too many members", f"over {self.members:,}; the rest is not read")


class Layer(io.RawIOBase):
    """A stream over another that ends where the lower one breaks, and says so to whoever reads on after the end.

    Otherwise the buffers above would lose what was read before the break.
    """

    def __init__(self) -> None:
        super().__init__()
        self._broken: InputError | None = None
        self._ended = False

    def take(self, size: int) -> bytes:
        """The next bytes, at most so many."""
        raise NotImplementedError

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._broken is not None:
            raise self._broken
        view = memoryview(buffer)
        try:
            data = self.take(len(view))
        except InputError as error:
            self._broken = error
            if self._ended:
                raise
            data = b""
        self._ended = not data
        view[: len(data)] = data
        return len(data)


class Counted(Layer):
    """A stream whose head was read and is given back; `count` is what was taken so far."""

    def __init__(self, stream: IO[bytes], head: bytes = b"", budget: Budget | None = None) -> None:
        super().__init__()
        self._stream, self._head, self._budget = stream, head, budget
        self.count = 0

    def take(self, size: int) -> bytes:
        data, self._head = self._head[:size], self._head[size:]
        data = data or self._stream.read(size)
        if self._budget is not None:
            self._budget.take_bytes(len(data))
        self.count += len(data)
        return data


class Ratio:
    """Holds what comes out of packed bytes against how many there are, or have been taken so far."""

    def __init__(self, packed: int | Callable[[], int], settings: Settings) -> None:
        self._packed, self._limit, self._out = packed, settings.max_expansion, 0

    def add(self, count: int) -> None:
        self._out += count
        packed = self._packed if isinstance(self._packed, int) else self._packed()
        if self._out > HARMLESS_BYTES and self._out > self._limit * packed:
            raise InputError("archive bomb", f"unpacks to over {self._limit} times its size")


class Packed(Protocol):
    """A library's unpacking stream."""

    def read1(self, size: int, /) -> bytes: ...


class Unpacked(Layer):
    """What comes out of a packed stream, stopped where the ratio is a bomb's."""

    def __init__(self, packed: Packed, *ratios: Ratio) -> None:
        super().__init__()
        self._packed, self._ratios = packed, ratios

    def take(self, size: int) -> bytes:
        try:
            data = self._packed.read1(size)
        except BREAKS as error:
            raise InputError("damaged archive", str(error)) from error
        for ratio in self._ratios:
            ratio.add(len(data))
        return data


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, CHUNK_BYTES)


def read_head(stream: IO[bytes], budget: Budget | None = None) -> tuple[bytes, IO[bytes]]:
    """The first bytes, and the stream as it was before they were read; counted where a budget is given."""
    head = stream.read(HEAD_BYTES)
    if not head:
        check_end(stream)
    if budget is None and stream.seekable():
        stream.seek(0)
        return head, stream
    return head, buffered(Counted(stream, head, budget))


def check_end(stream: IO[bytes] | IO[str]) -> None:
    """At the end of a stream: InputError where it is not the true end."""
    stream.read(1)


def read_whole(stream: IO[bytes], settings: Settings) -> bytes:
    """All bytes of one page; InputError where there are too many or the stream breaks."""
    parts, length = [], 0
    while chunk := stream.read(CHUNK_BYTES):
        length += len(chunk)
        if length > settings.max_file_bytes:
            raise InputError("file too large", f"over {settings.max_file_bytes:,} bytes")
        parts.append(chunk)
    check_end(stream)
    return b"".join(parts)


def seekable(stream: IO[bytes]) -> IO[bytes]:
    """The stream itself, or a copy in a temporary file where it cannot be gone about in."""
    if stream.seekable():
        return stream
    with contextlib.ExitStack() as until_copied:
        copy = until_copied.enter_context(tempfile.TemporaryFile())
        while chunk := stream.read(CHUNK_BYTES):
            copy.write(chunk)
        check_end(stream)
        copy.seek(0)
        until_copied.pop_all()  # whole: the caller reads and closes it
        return copy


def open_text(stream: IO[bytes], declared: str | None) -> io.TextIOWrapper:
    """A dump as lines of text, in the encoding that its head shows; line ends are kept."""
    head, stream = read_head(stream)
    encoding = guess_encoding(head, declared)
    return io.TextIOWrapper(stream, encoding, mixed_errors(encoding), newline="")


def read_line(lines: io.TextIOWrapper, settings: Settings) -> str | None:
    """The next line with its end, "" at the end of all, or None for one over the limit, which is passed over."""
    line = lines.readline(settings.max_file_bytes)
    if not line:
        check_end(lines)
    if len(line) < settings.max_file_bytes or line.endswith(("\n", "\r")):
        return line
    while rest := lines.readline(CHUNK_BYTES):
        if rest.endswith(("\n", "\r")):
            break
    return None
