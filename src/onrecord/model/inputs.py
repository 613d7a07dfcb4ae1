"""What an input file gave when it was opened, so that a build which meets the same bytes need not open it again."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.claims import Skip


@dataclass(frozen=True, slots=True)
class Gave:
    """The pages of a file as (id, path), what was left out of it, and those of its pages that could not be read.

    `path` is the file's in the record, `stamp` a hash of what opened it: code, libraries and limits.
    """

    path: str
    stamp: str
    pages: tuple[tuple[str, str], ...]
    skips: tuple[Skip, ...] = ()
    unread: tuple[tuple[str, Skip], ...] = ()
