"""What a reader hands on: one page or text of an input, decoded, with what its container said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageKind = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Told:
    """Metadata that the container gave (a feed's entry, a JSONL field, a mail header), each with its basis in words."""

    title: tuple[str, str] | None = None
    outlet: tuple[str, str] | None = None
    author: tuple[str, str] | None = None
    url: tuple[str, str] | None = None
    published: tuple[str, str] | None = None
    language: tuple[str, str] | None = None


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class RawPage:
    """`raw` is the decoded file, or the decoded member of a container; all raw offsets are into it."""

    path: str
    kind: PageKind
    raw: str
    told: Told = NOTHING_TOLD
