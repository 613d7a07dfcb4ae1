"""One text without a file of its own: a report out of a path, a page or plain words, and all that is read in it."""

from __future__ import annotations

import dataclasses
import os
from contextlib import ExitStack
from pathlib import Path

from onrecord.errors import InputError
from onrecord.library.opened import OpenRecord
from onrecord.linking import link
from onrecord.model.claims import Skip
from onrecord.model.text import Document
from onrecord.read import RawPage, kind_of_text, read_page, read_pages
from onrecord.reading import load_tools, read_whole
from onrecord.settings import Settings
from onrecord.store import open_in_memory

NAME = "text"  # the path of a report that came as a value


def read_one(source: str | os.PathLike[str], settings: Settings, published: str | None) -> Document:
    """The one report in a file, in HTML or in plain text; InputError where there is none or more than one."""
    path = _path_of(source)
    if path is None:
        words = str(source)
        pages: list[RawPage | Skip] = [RawPage(NAME, kind_of_text(words), words)]
    else:
        pages = list(read_pages([str(path)], settings))
    found = [page for page in pages if isinstance(page, RawPage)]
    skips = [page for page in pages if isinstance(page, Skip)]
    if len(found) != 1:
        reason = skips[0] if skips and not found else None
        detail = f"{len(found)} reports in {path}; onrecord.build makes a record of them"
        raise InputError(reason.reason, reason.detail) if reason else InputError("not one report", detail)
    (page,) = found
    if published:
        page = dataclasses.replace(page, told=dataclasses.replace(page.told, published=(published, "given")))
    document = read_page(page, load_tools(settings).lexicon)
    if isinstance(document, Skip):
        raise InputError(document.reason, document.detail)
    return document


def _path_of(source: str | os.PathLike[str]) -> Path | None:
    """The file that is meant, None for words: a string is a path where a file is there, or where it looks like one."""
    if not isinstance(source, str):
        return Path(source)
    one_line = len(source) < 1_000 and not any(sign in source for sign in "\n\r\x00<")
    if one_line and source and Path(source).is_file():
        return Path(source)
    named = one_line and not any(sign.isspace() for sign in source) and ("/" in source or "\\" in source)
    return Path(source) if named else None


def read_all(document: Document, settings: Settings) -> OpenRecord:
    """A record of one report, held in memory: the same road, the same tables."""
    held = ExitStack()
    writer, view = held.enter_context(open_in_memory())
    writer.add(document, read_whole(document, settings), NAME, NAME)
    link(writer)
    return OpenRecord(view, held, document.title.value or document.path)
