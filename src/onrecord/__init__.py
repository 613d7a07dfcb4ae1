"""From a pile of news reports to an evidence-linked record: who said and did what to whom, when, and on whose word.

import onrecord
onrecord.build(["reports/"], "crisis.onrecord")
with onrecord.open("crisis.onrecord") as record:
    for statement in record.statements.filter(cue_kind="deny"):
        print(statement.actor, statement.content[0].text)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.settings import Settings, load_settings

if TYPE_CHECKING:
    from onrecord.library import OpenRecord
    from onrecord.model.text import Document

__all__ = [
    "OnrecordError", "Settings", "__version__", "build", "extract", "load_settings", "open", "read_document",
]  # fmt: skip

__version__ = "0.1.0"

# what a function needs is loaded when it is called: the parser's library takes two seconds, Arrow a quarter of one


def build(inputs: Sequence[str], record: str | os.PathLike[str], settings: Settings | None = None) -> int:
    """Read files and folders into a record and link it; how many reports were read now."""
    from onrecord.pipeline import build as build_record

    return build_record(list(inputs), Path(record), settings or load_settings()).read


def open(record: str | os.PathLike[str]) -> OpenRecord:
    """Open a record for reading: in a `with` statement, or until its `close()`."""
    from onrecord.library import open_record

    return open_record(Path(record))


def read_document(
    source: str | os.PathLike[str], published: str | None = None, settings: Settings | None = None
) -> Document:
    """One report out of a file, or out of HTML or plain text given as a string; `published` is its day where known.

    A string is taken for a file where one is there by that name. InputError where there is no report, or several.
    """
    from onrecord.library.single import read_one

    return read_one(source, settings or load_settings(), published)


def _extract(
    source: str | os.PathLike[str] | Document, published: str | None = None, settings: Settings | None = None
) -> OpenRecord:
    """All that one report says, without a file: a record of it in memory, with the same tables.

    >>> record = extract("Norway sent 200 doctors to Haiti on Monday.", published="2011-09-14")
    >>> [(event.event_type, event.date.value) for event in record.events]
    [('AID', '2011-09-12')]
    """
    from onrecord.library.single import read_all, read_one

    settings = settings or load_settings()
    if isinstance(source, str | os.PathLike):
        source = read_one(source, settings, published)
    return read_all(source, settings)


class _Room(ModuleType):
    """The package `onrecord.extract`, which has the name of what it does: it can be called as well."""

    def __call__(
        self, source: str | os.PathLike[str] | Document, published: str | None = None, settings: Settings | None = None
    ) -> OpenRecord:
        return _extract(source, published, settings)


if TYPE_CHECKING:
    extract = _extract
else:
    from onrecord import extract

    extract.__class__ = _Room
    extract.__doc__ = _extract.__doc__
