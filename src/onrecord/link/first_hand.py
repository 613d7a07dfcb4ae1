"""Where a report says that it rests on something of its own: "told Reuters" in a text of Reuters, "seen by this paper".

The outlet must be the one that speaks: what was told to another one is passed on. Words in quotation marks are not the
report's. A mark belongs to the claims of its sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from onrecord.lexicon.first_hand import THIS, THIS_ONE, FirstHand, Mark, load_first_hand
from onrecord.lexicon.furniture import load_agencies
from onrecord.link.kept import Kept
from onrecord.link.reports import Report
from onrecord.model.offsets import Span

Marks = tuple[tuple[Mark, Span], ...]
CREDITED = ("agency", "credit")
ITSELF = re.compile(
    rf"(?:{THIS}|{THIS_ONE}|[Oo]ur (?:\w+ )?\w*(?:reporter|correspondent|journalist|team|crew|photographer|staff))"
)
# last words by which papers call themselves: "the Times" in The New York Times
SHORT = frozenset({
    "Times", "Post", "Journal", "Standard", "Telegraph", "Guardian", "Independent", "Herald", "Tribune", "Star", "Mail",
    "Globe", "Courier", "Chronicle", "Gazette", "Observer", "Express", "Mirror", "Sun", "News", "Examiner", "Inquirer",
})  # fmt: skip


def find_marks(report: Report) -> Marks:
    """The marks of a report's body, each with its span, in order; one inside another is left out."""
    text, names = report.document.text, own_names(report)
    if not any(name in text for name in names) and not ITSELF.search(text):
        return ()
    found: list[tuple[Span, Mark]] = []
    quoted = {start for start, inside in zip(report.wording.starts, report.wording.quoted, strict=True) if inside}
    placed = set(report.wording.starts)
    for kind, expression in _expressions(tuple(sorted(names))):
        for match in expression.finditer(text):
            start = _first_word(text, match)
            if start in placed and start not in quoted:
                found.append((Span(match.start(), match.end()), kind))
    kept: list[tuple[Mark, Span]] = []
    for span, kind in sorted(found, key=lambda one: (one[0].start, -one[0].end, one[1])):
        if not kept or span.start >= kept[-1][1].end:
            kept.append((kind, span))
    return tuple(kept)


def _first_word(text: str, match: re.Match[str]) -> int:
    return next((at for at in range(match.start(), match.end()) if text[at].isalnum()), match.start())


@lru_cache(512)
def _expressions(names: tuple[str, ...]) -> tuple[tuple[Mark, re.Pattern[str]], ...]:
    signs: tuple[FirstHand, ...] = load_first_hand()
    return tuple((sign.kind, sign.expression(names)) for sign in signs)


def own_names(report: Report) -> frozenset[str]:
    """By what names a report's text calls its maker: the outlet, and an agency that it is credited to."""
    document = report.document
    given = [document.outlet.value or "", *(origin.name for origin in document.origins if origin.kind in CREDITED)]
    names: set[str] = set()
    for name in given:
        bare = name.strip().removeprefix("The ").removeprefix("the ")
        if bare and "." not in bare:
            names.update((bare, *_aliases().get(bare, ())))
            last = bare.rsplit(" ", 1)[-1]
            if last in SHORT:
                names.add(last)
    return frozenset(names)


@lru_cache(1)
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """The names of an agency by each of them."""
    return {name: agency.names for agency in load_agencies() for name in agency.names}


def marks_of_claims(
    claims: Iterable[tuple[str, str, Span]], reports: Mapping[str, Report], kept: Kept | None = None
) -> dict[str, Marks]:
    """The marks in the sentence of each claim (its id, its report, its span) that has any."""
    kept = kept or Kept()
    by_document: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for id, document, span in claims:
        by_document[document].append((id, span))
    found: dict[str, Marks] = {}
    for document, told in by_document.items():
        report = reports[document]
        marks = _by_sentence(report, marks_of(report, kept))
        for id, span in told if marks else ():
            at = report.wording.sentence_of(span)
            if at and at[0] in marks:
                found[id] = marks[at[0]]
    return found


def marks_of(report: Report, kept: Kept) -> Marks:
    """The marks of a report; those kept hold for the outlet that it had then."""
    outlet = report.document.outlet.value
    found: Sequence[Any] | None = kept.get("marks", report.id)
    if found is not None and found[0] == outlet:
        return tuple((kind, Span(start, end)) for kind, start, end in found[1])
    marks = find_marks(report)
    kept.put("marks", report.id, (outlet, [(kind, span.start, span.end) for kind, span in marks]))
    return marks


def _by_sentence(report: Report, marks: Sequence[tuple[Mark, Span]]) -> dict[int, Marks]:
    found: dict[int, Marks] = {}
    for mark in marks:
        at = report.wording.sentence_of(mark[1])
        if at:
            found[at[0]] = (*found.get(at[0], ()), mark)
    return found
