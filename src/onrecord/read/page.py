"""What a reader hands on: one page or text of an input, decoded, with what its container said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from onrecord.model.ids import make_id

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


def page_id(page: RawPage) -> str:
    """A hash of a page's path, kind, text and what was told of it."""
    content = hashlib.sha256(page.raw.encode("utf-8", "replace")).hexdigest()
    return make_id("pg", page.path, page.kind, page.told, content)
