"""One file packed by gzip or bzip2: what is inside is read as if it lay there unpacked, under the same path."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from onrecord.read.source import Found, Head, Opened, Source, check_nesting
from onrecord.read.streams import Counted, Ratio, Unpacked, buffered
from onrecord.settings import Settings

GZIP, BZIP2 = b"\x1f\x8b\x08", b"BZh"
SUFFIXES = frozenset({"gz", "gzip", "bz2"})


def looks_like_packed(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    return head.data.startswith(GZIP) or (head.data.startswith(BZIP2) and head.data[4:10] == b"1AY&SY")


def read_packed(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    check_nesting(source, settings)
    taken = Counted(stream)
    packed = buffered(taken)
    with gzip.GzipFile(fileobj=packed) if packed.peek(3).startswith(GZIP) else bz2.BZ2File(packed) as unpacked:
        stem, _, suffix = source.name.rpartition(".")
        inner = replace(
            source, name=stem if suffix.lower() in SUFFIXES else source.name, size=None, depth=source.depth + 1
        )
        yield Opened(inner, buffered(Unpacked(unpacked, Ratio(lambda: taken.count, settings))))
