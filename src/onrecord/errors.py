"""What can go wrong, drawn as one tree. Each message says what happened and what to do next.

OnrecordError
├── SettingsError        a setting or option that cannot be
│   └── QueryError       a query that cannot be read, and at which character
├── InputError           an input that cannot be read; the run goes on and leaves a skip row
├── ParserError          the parser's model is missing or is not the one it should be
├── LexiconError         a lexicon file with a wrong, doubled or unknown row
├── TaggerError          the weights of a trained tagger are missing or damaged
├── EngineError          reading cannot run as asked: a scheduler, a worker or a folder is missing or fails
├── StoreError           a file that is no record, is damaged or of another version, or that cannot be written
│   └── BusyError        another process builds or links the record
├── NotFoundError        an id that the record does not hold
└── MissingError         a library of an extra that is not installed
"""

from __future__ import annotations


class OnrecordError(Exception):
    """The root: catch this to catch them all."""


class SettingsError(OnrecordError):
    """A setting or option that cannot be."""


class QueryError(SettingsError):
    """A query that cannot be read; `at` is the character, from 1, at which it goes wrong."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(f"query, character {at}: {reason}")
        self.at = at


class InputError(OnrecordError):
    """An input that cannot be read. `reason` is the short fixed phrase that its skip row carries."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class ParserError(OnrecordError):
    """The parser's model is missing or is not the one it should be."""


class LexiconError(OnrecordError):
    """A lexicon file with a wrong, doubled or unknown row."""


class TaggerError(OnrecordError):
    """The weights of a trained tagger are missing or damaged."""


class EngineError(OnrecordError):
    """Reading cannot run as asked: a scheduler, a worker or a folder is missing or fails."""


class StoreError(OnrecordError):
    """A file that is no record, is damaged or of another version, or that cannot be written."""


class BusyError(StoreError):
    """Another process builds or links the record."""


class NotFoundError(OnrecordError):
    """An id that the record does not hold."""


class MissingError(OnrecordError):
    """A library of an extra that is not installed."""
