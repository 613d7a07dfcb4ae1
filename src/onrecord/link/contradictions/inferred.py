"""What a language-inference model of the user's own says of claims set side by side; by itself it sets none so, unless
it is given a bar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from onrecord.link.contradictions.shown import contradict
from onrecord.link.reports import Report
from onrecord.model.record import Contradiction, Evidence, Group, Inference

Infer = Callable[[Sequence[tuple[str, str]]], Sequence[Inference]]


@dataclass(frozen=True, slots=True)
class Asking:
    """A model to ask, and how sure it must be to set two claims side by side by itself; 0: it never does."""

    infer: Infer
    bar: float = 0.0


LINEAGES = 8  # of one group compared with each other, one claim each; a model takes a tenth of a second a pair


def ask(found: Sequence[Contradiction], reports: Mapping[str, Report], asking: Asking) -> tuple[Contradiction, ...]:
    """The contradictions, each with what the model says of the sentences of its spans; none is added or left out."""
    texts = [(_words(one.spans[0], reports), _words(one.spans[1], reports)) for one in found]
    return tuple(replace(one, inference=said) for one, said in zip(found, asking.infer(texts), strict=True))


def find_inferred(
    groups: Iterable[Group],
    evidence: Mapping[str, Evidence],
    lineage_of: Mapping[str, str],
    known: Collection[frozenset[str]],
    reports: Mapping[str, Report],
    asking: Asking,
) -> Iterator[Contradiction]:
    """Pairs of one group's claims, of two lineages, that the model finds contradictory, to its bar or more.

    `evidence` are the spans of event and statement claims, `known` pairs of claims that are set side by side already.
    """
    pairs: list[tuple[str, str]] = []
    for group in groups:
        first: dict[str, str] = {}
        for id in sorted(id for id in group.members if id in evidence):
            first.setdefault(lineage_of[evidence[id].document], id)
        chosen = [first[lineage] for lineage in sorted(first)][:LINEAGES]
        pairs.extend(pair for pair in combinations(chosen, 2) if frozenset(pair) not in known)
    texts = [(_words(evidence[left], reports), _words(evidence[right], reports)) for left, right in pairs]
    for (left, right), said in zip(pairs, asking.infer(texts), strict=True):
        if said.score >= asking.bar:
            sides = (left, evidence[left]), (right, evidence[right])
            why = f"contradict each other as {said.model} reads them"
            yield replace(contradict("inferred", *sides, reports, why), inference=said)


def _words(evidence: Evidence, reports: Mapping[str, Report]) -> str:
    """The sentence that a span begins in; outside the body the span itself."""
    report = reports[evidence.document]
    found = report.wording.sentence_of(evidence.span)
    return " ".join(report.document.words(found[1] if found else evidence.span).split())
