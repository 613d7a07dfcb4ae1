"""Spans, and the one way between the kept text and the raw file it was cut from.

A map is a row of runs in order. A run either goes code point for code point (both sides equally long) or whole for
whole (an entity such as ``&amp;``, a line break put in between two paragraphs); inside the latter nothing is guessed:
a span that touches it takes all of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start, end) of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Run:
    """Kept [start, end) comes from raw [raw_start, raw_end)."""

    start: int
    end: int
    raw_start: int
    raw_end: int

    @property
    def exact(self) -> bool:
        """Whether the run goes code point for code point."""
        return self.end - self.start == self.raw_end - self.raw_start


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Runs that cover the kept text from 0 on without gap or overlap; raw offsets never go back."""

    runs: tuple[Run, ...]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls((Run(0, length, 0, length),) if length else ())

    def to_raw(self, span: Span) -> Span:
        """The smallest raw span that holds all of a non-empty kept span; ValueError where it lies outside the text."""
        if not self.runs or span.end > self.runs[-1].end or len(span) == 0:
            raise ValueError(f"{span} is not a stretch of the kept text")
        first, last = self._run_at(span.start), self._run_at(span.end - 1)
        start = first.raw_start + (span.start - first.start) if first.exact else first.raw_start
        end = last.raw_start + (span.end - last.start) if last.exact else last.raw_end
        return Span(start, end)

    def to_kept(self, raw: Span) -> Span | None:
        """The kept span that comes from inside a raw span, or None where nothing of it was kept."""
        kept = [
            (max(run.raw_start, raw.start), min(run.raw_end, raw.end), run)
            for run in self.runs
            if run.raw_start < raw.end and raw.start < run.raw_end and run.end > run.start
        ]
        if not kept:
            return None
        (low, _, first), (_, high, last) = kept[0], kept[-1]
        start = first.start + (low - first.raw_start) if first.exact else first.start
        end = last.start + (high - last.raw_start) if last.exact else last.end
        return Span(start, end)

    def _run_at(self, offset: int) -> Run:
        runs, low, high = self.runs, 0, len(self.runs)
        while high - low > 1:  # by hand: a million spans are looked up when a record is written
            middle = (low + high) // 2
            low, high = (middle, high) if runs[middle].start <= offset else (low, middle)
        return runs[low]
