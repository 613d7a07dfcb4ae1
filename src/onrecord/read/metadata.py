"""Title, author and address of a report, each with the basis it was read from.

Order of belief: the container (feed, table), what the page says to machines, what its text says. What none of them says
stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model.offsets import Span
from onrecord.model.text import Fact, Part
from onrecord.read.dates import find_dates
from onrecord.read.machine import MachineData, Stated
from onrecord.read.page import Told

_BYLINE = re.compile(
    r"^(?:(?:written |reported |posted |story |words )?by:?|author:|reporter:) (?P<name>[^,|/\d(•·]{3,80}?)"
    r"(?: (?:in|for|at|of|on|from|with) |,| \||/| -| –| —|\(|•|·|\d|$)",
    re.IGNORECASE,
)
_ADDRESS_LABEL = re.compile(
    r"(?:original(?:ly)? )?(?:article |source )?(?:url|link|permalink|web address)\s*:?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a text with their words, and where the title and the first paragraph stand among them."""

    parts: tuple[Part, ...]
    words: tuple[str, ...]

    def of_kind(self, *kinds: str) -> Iterator[tuple[int, Part, str]]:
        for number, (part, words) in enumerate(zip(self.parts, self.words, strict=True)):
            if part.kind in kinds:
                yield number, part, words

    def first(self, kind: str) -> int | None:
        return next((number for number, _, _ in self.of_kind(kind)), None)


def find_url(told: Told, data: MachineData, parts: Parts) -> Fact:
    """The report's own address: the container's, the canonical one, or the one after "Original url:"."""
    for value, basis in (*((told.url,) if told.url else ()), *data.url):
        if value.startswith("http"):
            return Fact(value, basis)
    address = original_address(parts)
    return Fact(address[0], "original url line") if address else Fact(None, "no address on the page")


def original_address(parts: Parts) -> tuple[str, Span] | None:
    """The address that an "Original url:" line, or the line behind it, gives."""
    waiting = False
    for _, part, words in parts.of_kind("boilerplate"):
        labelled = re.match(
            r"(?:original(?:ly)? )?(?:article |source )?(?:url|link|permalink|web address)\s*:?\s*",
            words,
            re.IGNORECASE,
        )
        address = re.search(r"https?://[^\s<>\"]+", words)
        if address and (waiting or labelled):
            at = part.span.start + address.start()
            return address.group().rstrip(".,;)"), Span(at, at + len(address.group()))
        waiting = labelled is not None
    return None


def find_author(told: Told, data: MachineData, parts: Parts) -> Fact:
    """The author: a name, not an address."""
    for value, basis in (*((told.author,) if told.author else ()), *data.author):
        if value and len(value) <= 200:
            return Fact(value, basis)
    for _, _, words in parts.of_kind("byline"):
        dated = next(find_dates(words), None)
        match = _BYLINE.match(words[: dated.span.start] if dated else words)
        if match and any(character.isupper() for character in match["name"]):
            return Fact(match["name"].strip(" .:"), "byline")
    return Fact(None, "no author on the page")


def title_candidates(told: Told, data: MachineData) -> tuple[Stated, ...]:
    """Headlines that the container and the page's metadata give, the most believed first."""
    return (*((told.title,) if told.title else ()), *data.title)
