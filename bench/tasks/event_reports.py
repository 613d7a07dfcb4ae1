"""Which drafts of the event rules are right: short reports of our own, every event of every sentence written down.

`training/data/event_reports.txt` has a paragraph a report, headed by what it is of, and a line a sentence with its
events: TYPE actors > recipients, or "-" for none. A draft is right where type and actors are. What is trained on the
first two thirds of the reports (by a hash) is measured on the last.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.tools import Tools, plain_document
from onrecord.extract.events import find_drafts
from onrecord.extract.events.circumstances import gather
from onrecord.extract.events.drafts import Draft
from onrecord.extract.events.headlines import apart_from, mend_headlines
from onrecord.extract.events.scene import Scene, make_scene
from onrecord.extract.events.signs import signs_of, subject_of
from onrecord.extract.events.views import views
from onrecord.extract.events.weighing import LEAST_LIKELY, beside_others, by_sentences, clause_of
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.model.text import Published
from onrecord.taggers.events import likely_types, load_event_weights
from onrecord.taggers.factors import likelihood, read_factors

TWO_THIRDS = Path(__file__).parents[1] / "data" / "event_factors_two_thirds.tsv"
UNDATED = Published(None, "unknown", "own reports have no date")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event that a sentence tells of: its type and words of its actors, as written down."""

    type: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft of the rules as its signs, and whether it is right."""

    report: str
    signs: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of our own: what it is of, its sentences, and the events of each."""

    kind: str
    sentences: tuple[str, ...]
    wanted: tuple[tuple[Wanted, ...], ...]

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_reports(path: Path) -> list[OwnReport]:
    """The reports of a file in the order of their digests."""
    blocks = path.read_text(encoding="utf-8").split("== ")[1:]
    return sorted(map(_report, blocks), key=lambda report: report.digest)


def _report(block: str) -> OwnReport:
    kind, *lines = block.strip().splitlines()
    rows = [line.split("\t") for line in lines]
    return OwnReport(kind, tuple(sentence for sentence, _ in rows), tuple(tuple(_wanted(cell)) for _, cell in rows))


def _wanted(cell: str) -> Iterator[Wanted]:
    for part in cell.split("; ") if cell != "-" else ():
        type_, _, sides = part.partition(" ")
        actors = sides.partition(" > ")[0]
        yield Wanted(type_, tuple(actors.lower().split("+")) if actors != "-" else ())


def judge(report: OwnReport, tools: Tools) -> list[Judged]:
    """All drafts that the rules make of a report."""
    scene, drafts = _drafts(report, tools)
    weights, subject = load_event_weights(), subject_of(scene)
    starts = [0]
    for sentence in report.sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    judged = []
    for together in by_sentences(drafts):
        for draft, others in beside_others(together):
            shares = likely_types(weights, views(scene, clause_of(scene, draft, others)))
            wanted = report.wanted[bisect_right(starts, draft.event.trigger.start) - 1]
            signs = signs_of(scene, draft, shares, others, subject)
            judged.append(Judged(report.digest, signs, any(_meets(scene, draft, one) for one in wanted)))
    return judged


def _drafts(report: OwnReport, tools: Tools) -> tuple[Scene, list[Draft]]:
    document = plain_document(report.digest, report.text)
    parsed, lexicon = tools.parsed(document), tools.lexicon
    mentions = find_mentions(parsed, document, lexicon)
    times = find_times(parsed, UNDATED, lexicon)
    places = find_places(parsed, mentions, lexicon)
    statements, speakers = find_statements(parsed, mentions, times, lexicon)
    mended, verbs = mend_headlines(parsed, lexicon.triggers)
    scene = make_scene(mended, lexicon.triggers, apart_from(verbs, (*mentions, *speakers)), places)
    return scene, find_drafts(scene, gather(scene, times, places, (), statements))


def _meets(scene: Scene, draft: Draft, wanted: Wanted) -> bool:
    """Whether a draft has the type wanted, and just the actors."""
    if draft.event.type != wanted.type or len(draft.event.actors) > len(wanted.actors):
        return False
    actors = [mention for mention in draft.sides if mention.id in draft.event.actors]
    names = [f"{mention.name} {scene.parsed.words(mention.span)}".lower() for mention in actors]
    return all(any(word in name for name in names) for word in wanted.actors)


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Precision and recall over the rules' drafts of the last third, by factors learned without it."""
    reports = read_reports(gold)
    judged = [one for report in reports[2 * len(reports) // 3 :] for one in judge(report, tools)]
    factors = read_factors(TWO_THIRDS.read_text(encoding="utf-8"))
    return figures(judged, [likelihood(factors, one.signs) for one in judged])


def figures(judged: Sequence[Judged], likely: Sequence[float], least: float = LEAST_LIKELY) -> dict[str, Any]:
    """How many of the drafts kept are right, of the right ones kept, and of all drafts before any was dropped."""
    kept = [one.right for one, share in zip(judged, likely, strict=True) if share >= least]
    right = sum(one.right for one in judged)
    return {
        "n": len(judged),
        "precision": round(100 * sum(kept) / max(1, len(kept)), 1),
        "recall": round(100 * sum(kept) / max(1, right), 1),
        "of_all_drafts": round(100 * right / max(1, len(judged)), 1),
    }
