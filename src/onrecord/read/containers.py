"""The way through containers: a source is recognised and read, and so are the members that its reader opens.

Here, and nowhere else, whatever a reader runs into becomes a skip, so that one bad file never stops the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.kinds import recognise
from onrecord.read.page import RawPage
from onrecord.read.source import Opened, Source
from onrecord.read.streams import Budget, read_head
from onrecord.settings import Settings

log = logging.getLogger(__name__)


def read_source(
    source: Source, stream: IO[bytes], settings: Settings, budget: Budget | None = None
) -> Iterator[RawPage | Skip]:
    """All pages in a source, and what was left out of it; `budget` is shared by all members of one input."""
    budget = budget or Budget(settings)
    try:
        yield from _read(source, stream, settings, budget)
    except InputError as error:
        yield Skip(source.path, "read", error.reason, error.detail)
    except OSError as error:
        yield Skip(source.path, "read", "unreadable file", error.strerror or str(error))
    except Exception as error:  # the libraries for hostile formats raise what they like
        log.debug("%s", source.path, exc_info=error)
        yield Skip(source.path, "read", "damaged file", f"{type(error).__name__}: {error}"[:300])


def _read(source: Source, stream: IO[bytes], settings: Settings, budget: Budget) -> Iterator[RawPage | Skip]:
    data, stream = read_head(stream, budget if source.size is None else None)
    kind = recognise(source, data)
    limit = settings.max_container_bytes if kind.in_pieces else settings.max_file_bytes
    if source.size is not None and source.size > limit:
        raise InputError("file too large", f"{source.size:,} bytes, {limit:,} at most for a {kind.name}")
    for found in kind.read(source, stream, settings):
        budget.take_member()
        if isinstance(found, Opened):
            with found.stream:
                yield from read_source(found.source, found.stream, settings, budget)
        else:
            yield found
