"""A plain text: what is left when a file is text and nothing else was recognised in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from onrecord.read.decode import decode
from onrecord.read.page import RawPage
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import read_whole
from onrecord.settings import Settings


def looks_like_text(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    """Whatever is not binary."""
    return True


def read_text(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    yield RawPage(source.path, "text", decode(read_whole(stream, settings), source.charset), source.told)
