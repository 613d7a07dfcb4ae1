"""How two claims are set side by side: each with its words, and a sentence that says what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.link.reports import Report, Said, ToldEvent
from onrecord.model.ids import make_id
from onrecord.model.record import Contradiction, ContradictionKind, Evidence

SHOWN = 60  # characters of a claim's words in a contradiction's own

Claim = tuple[str, Evidence]


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two claims of a story set side by side under a rule: `order` is where they stand among all that the rule finds,
    and of those that are the `same` (two groups, two wordings) only the first counts."""

    rule: str
    order: tuple[float | str, ...]
    same: tuple[str, ...]
    contradiction: Contradiction


def first_of_each(found: Iterable[Opposed]) -> Iterator[Opposed]:
    """What remains of all that was found, whatever the stories it comes from."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for one in sorted(found, key=lambda one: (one.rule, one.order)):
        if (one.rule, one.same) not in seen:
            seen.add((one.rule, one.same))
            yield one


def shown(event: ToldEvent) -> Claim:
    return event.id, Evidence(event.document, event.event.evidence)


def spoken(said: Said) -> Claim:
    return said.id, Evidence(said.document, said.span)


def contradict(
    kind: ContradictionKind, left: Claim, right: Claim, reports: Mapping[str, Report], why: str
) -> Contradiction:
    words = f"{_quote(left[1], reports)} and {_quote(right[1], reports)} {why}"
    return Contradiction(make_id("cn", kind, left[0], right[0]), kind, left[0], right[0], (left[1], right[1]), words)


def _quote(evidence: Evidence, reports: Mapping[str, Report]) -> str:
    document = reports[evidence.document].document
    words = " ".join(document.words(evidence.span).split())
    cut = words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rsplit(' ', 1)[0]}…"
    return f"“{cut}” ({document.outlet.value or 'outlet unknown'})"
