"""A report as it is kept: its text, what each stretch of it is, and what is known of where it came from.

Offsets are Unicode code points, half-open, into `Document.text`; `Document.offsets` leads from there to the decoded
original file. Whatever is known carries its basis: where it was read, or how it was inferred. Unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.offsets import OffsetMap, Span

PartKind = Literal["title", "byline", "caption", "body", "boilerplate"]
PART_KINDS: tuple[PartKind, ...] = ("title", "byline", "caption", "body", "boilerplate")
READ_KINDS: tuple[PartKind, ...] = ("title", "caption", "body")  # what the extractors read

Precision = Literal["minute", "day", "week", "month", "season", "year", "decade", "interval", "unknown"]
PRECISIONS: tuple[Precision, ...] = (
    "minute", "day", "week", "month", "season", "year", "decade", "interval", "unknown",
)  # fmt: skip

OriginKind = Literal["agency", "credit", "original_url", "source_link", "cited"]
ORIGIN_KINDS: tuple[OriginKind, ...] = ("agency", "credit", "original_url", "source_link", "cited")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a report: its value, and the basis in words ("JSON-LD publisher", "first heading", …)."""

    value: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words in the text that bear on something inferred, and what they say about it."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Published:
    """When a report came out: an ISO 8601 date, date-time or interval "from/to" (days, inclusive), or None."""

    value: str | None
    precision: Precision
    basis: str
    text: str | None = None
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the text (a heading, a paragraph, a menu line) and what it is."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Origin:
    """A sign on the page that its text comes from elsewhere: an agency credit, an original url, a source link."""

    name: str
    kind: OriginKind
    span: Span | None


@dataclass(frozen=True, slots=True)
class Document:
    """A report: `path` names its file, and inside a container its member ("dump.jsonl#12", "pile.zip!a/b.html").

    `text` is kept whole, boilerplate included; `parts` are its blocks in order, never overlapping.
    """

    id: str
    path: str
    text: str
    text_sha256: str
    offsets: OffsetMap
    parts: tuple[Part, ...]
    title: Fact
    outlet: Fact
    author: Fact
    url: Fact
    language: Fact
    published: Published
    origins: tuple[Origin, ...] = ()

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    def whole(self) -> Document:
        """This document with all of it at hand, for who asks for much of it."""
        return self
