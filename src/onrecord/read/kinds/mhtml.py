"""A web page saved whole (MHTML): its page is read, pictures and styles beside it are not.

The headers say when it was saved and from where; only the address is taken, for the day of saving dates no report.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from typing import IO

from onrecord.errors import InputError
from onrecord.read.decode import decode
from onrecord.read.kinds.mime import header, header_names, part_bytes, part_charset, text_parts
from onrecord.read.page import NOTHING_TOLD, RawPage, Told
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import read_whole
from onrecord.settings import Settings

SUFFIXES = frozenset({"mht", "mhtml"})


def looks_like_mhtml(source: Source, head: Head) -> bool:
    names = header_names(head)
    return "snapshot-content-location" in names or ("content-type" in names and source.suffix in SUFFIXES)


def read_mhtml(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    message = email.message_from_bytes(read_whole(stream, settings))
    page = next(text_parts(message, "text/html"), None)
    if page is None:
        raise InputError("no text", "a saved page without an HTML part")
    address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    told = Told(url=(address, "address of the saved page")) if address.startswith(("http:", "https:")) else NOTHING_TOLD
    yield RawPage(source.path, "html", decode(part_bytes(page), part_charset(page)), told)
