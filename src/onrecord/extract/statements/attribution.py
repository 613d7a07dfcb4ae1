"""What the steps of this package pass on: a cue as used in the text, and the attribution that grows around it.

Everything is in tokens and spans of one report. Who the source is, as a mention, is decided last of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lexicon.cues import Register, VerbCue
from onrecord.model.claims import CueKind
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

QUOTE_MARKS = frozenset({"“", "”", "„", "«", "»", '"', "'", "‘", "’", "''", "``"})


@dataclass(frozen=True, slots=True)
class CueUse:
    """A cue where it stands: `token` its head word, `span` all its words; `verb` its entry where it is one.

    `is_phrase`: a phrase beside the statement ("according to").
    """

    token: int
    span: Span
    kind: CueKind
    register: Register = "speech"
    verb: VerbCue | None = None
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: `phrase` as written ("who", "the two officials, both …"), `head` the word that names them."""

    phrase: Span
    head: int


@dataclass(frozen=True, slots=True)
class Passing:
    """One who passed a statement on, and the words that say so."""

    source: Source
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement in the making. `source` None: not named. `heads` are the content's highest words, if parsed.
    `probability` that source, cue and content are right, 0 to 1, once it is known.
    """

    content: tuple[Span, ...]
    cue: CueUse | None
    source: Source | None
    kind: CueKind
    hearer: int | None = None
    heads: tuple[int, ...] = ()
    relays: tuple[Passing, ...] = ()
    direct: bool = False
    bare: bool = False
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """The tokens of a content, its highest words, and the one spoken to; `bare`: a noun phrase, no clause."""

    tokens: frozenset[int]
    heads: tuple[int, ...]
    hearer: int | None = None
    bare: bool = False


def whole(parsed: Parsed, *heads: int) -> frozenset[int]:
    """Some words and all that hangs on them."""
    return frozenset(index for head in heads for index in parsed.subtree(head))


def spans_of(parsed: Parsed, tokens: Iterable[int]) -> tuple[Span, ...]:
    """Token indices as spans, one a stretch without gaps, loose punctuation at the edges of each left out."""
    ordered = sorted(tokens)
    if not ordered:
        return ()
    breaks = (at for at, (left, right) in enumerate(pairwise(ordered), start=1) if not _joins(parsed, left, right))
    cuts = [0, *breaks, len(ordered)]
    stretches = (ordered[start:end] for start, end in pairwise(cuts))
    trimmed = (_trimmed(parsed, stretch) for stretch in stretches)
    return tuple(parsed.span(stretch[0], stretch[-1] + 1) for stretch in trimmed if stretch)


def _joins(parsed: Parsed, left: int, right: int) -> bool:
    """Whether two tokens stand together but for quotation marks, which the tree hangs anywhere."""
    return (
        all(token.text in QUOTE_MARKS for token in parsed.tokens[left + 1 : min(right, left + 4)]) and right - left <= 3
    )


def _trimmed(parsed: Parsed, stretch: list[int]) -> list[int]:
    """A stretch without commas, stops, dashes and brackets at its ends; quotation marks stay."""
    first, last = 0, len(stretch)
    while first < last and _is_loose(parsed, stretch[first]):
        first += 1
    while last > first and _is_loose(parsed, stretch[last - 1]):
        last -= 1
    return stretch[first:last]


def _is_loose(parsed: Parsed, index: int) -> bool:
    token = parsed.tokens[index]
    return token.text.isspace() or (token.pos == "PUNCT" and not any(mark in "“”„«»\"'‘’?!" for mark in token.text))
