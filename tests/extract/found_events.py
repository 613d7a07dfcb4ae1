"""Events of a text as a test looks at them: the actors are given by name, so that a failure is one of the rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onrecord.model.claims import Event, Mention, MentionKind
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]
Names = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a text with their sides in words."""

    parsed: Parsed
    events: tuple[Event, ...]
    words: Mapping[str, str]

    def sides(self, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(self.words[id] for id in event.actors), tuple(self.words[id] for id in event.recipients)

    def of(self, type_: str) -> Event:
        """The only event of a type."""
        (event,) = (event for event in self.events if event.type == type_)
        return event


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def mentions_of(text: str, names: Names) -> tuple[Mention, ...]:
    """A mention for each of these names in the text; those of one country are one chain."""
    chains: dict[str, int] = {}
    found = []
    for name, country in names.items():
        chain = chains.setdefault(country or name, len(chains))
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            span = Span(*match.span())
            id = make_id("me", "test", span.start, span.end)
            kind: MentionKind = "pronoun" if name == "We" else "name"
            found.append(Mention(id, span, span, kind, "state", chain, name, country=country))
    return tuple(found)


TWO = {"Sudan": "SDN", "Chad": "TCD"}
GULF = {"Iran": "IRN", "Iranian": "IRN", "Tehran": "IRN", "Qatar": "QAT", "Saudi Arabia": "SAU", "Kuwait": "KWT"}
ASIA = {"China": "CHN", "Chinese": "CHN", "Beijing": "CHN", "Taiwan": "TWN", "Japan": "JPN", "Japanese": "JPN"}
BALKANS = {"Serbia": "SRB", "Serbian": "SRB", "Belgrade": "SRB", "Kosovo": "XKX", "NATO": None}
