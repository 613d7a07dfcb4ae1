"""Paths, streams and addresses in, documents out, with the same paths and order however the inputs are given."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.containers import read_source
from onrecord.read.fetch import is_address, read_address
from onrecord.read.folder import File, find_files
from onrecord.read.kinds.html import kind_of_text
from onrecord.read.kinds.records import read_columns
from onrecord.read.page import RawPage, Told, page_id
from onrecord.read.source import Source
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.lexicon import Lexicon
    from onrecord.model.text import Document

__all__ = [
    "File", "RawPage", "Told", "find_inputs", "kind_of_text", "page_id", "read_input", "read_page", "read_pages",
]  # fmt: skip

log = logging.getLogger(__name__)


def read_page(page: RawPage, lexicon: Lexicon) -> Document | Skip:
    """A page as a document, or why it is none; one page never stops the rest."""
    # what cleans pages takes longer to import than most piles to find: who only looks for pages does not wait for it
    from onrecord.read.document import make_document

    try:
        document = make_document(page, lexicon)
    except InputError as error:
        return Skip(page.path, "read", error.reason, error.detail)
    except Exception as error:  # the libraries that clean hostile pages raise what they like
        log.debug("%s", page.path, exc_info=error)
        return Skip(page.path, "read", "page not understood", f"{type(error).__name__}: {error}"[:300])
    if not document.text.strip():
        return Skip(page.path, "read", "no text", "a page without words")
    return document


def read_pages(inputs: Sequence[str], settings: Settings) -> Iterator[RawPage | Skip]:
    """Every page in the inputs, as yet uncleaned, in the order of `find_inputs`."""
    for found in find_inputs(inputs, settings):
        yield from read_input(found, settings)


def find_inputs(inputs: Sequence[str], settings: Settings) -> Iterator[File | Skip | str]:
    """What is to be opened: files by path with what is none among them, then standard input ("-"), then addresses."""
    read_columns(settings)  # a wrong setting is said at once
    yield from find_files([given for given in inputs if given != "-" and not is_address(given)])
    if "-" in inputs:
        yield "-"
    yield from sorted({given for given in inputs if is_address(given)})


def read_input(found: File | Skip | str, settings: Settings) -> Iterator[RawPage | Skip]:
    """The pages in one of the things that `find_inputs` found."""
    if isinstance(found, Skip):
        yield found
    elif isinstance(found, File):
        yield from _read_file(found, settings)
    elif found == "-":
        yield from read_source(Source("stdin", ""), sys.stdin.buffer, settings)
    else:
        yield from read_address(found, settings)


def _read_file(file: File, settings: Settings) -> Iterator[RawPage | Skip]:
    try:
        stream = file.true.open("rb")
    except OSError as error:
        yield Skip(file.path, "read", "unreadable file", error.strerror or str(error))
        return
    with stream:
        source = Source(file.path, file.place.name, file.true.stat().st_size)
        yield from read_source(source, stream, settings)
