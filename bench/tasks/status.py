"""Whether an act happened, by the words of one sentence: our own cases, of which half by a hash are for testing alone.

Each sentence is read as a report of a fixed day. The act is the event whose trigger holds the case's words, as the
rules find it, or else the words taken as a trigger of their own: status is measured, not detection.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.tools import Tools, plain_document
from onrecord.extract.events.circumstances import gather, nearest, teller
from onrecord.extract.events.routes import Route, climb
from onrecord.extract.events.scene import Scene, make_scene
from onrecord.extract.events.sites import Site, find_sites
from onrecord.extract.events.status import find_status
from onrecord.extract.mentions import find_mentions
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.lexicon.triggers import Trigger
from onrecord.model.claims import STATUSES, Status
from onrecord.model.text import Published

CASES = Path(__file__).parents[2] / "tests" / "cases" / "event_status.tsv"
READ_ON = Published("2024-05-15", "day", "the cases' own")


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence with the words that tell of an act, and what status the act has."""

    sentence: str
    trigger: str
    status: str
    grade: int

    @property
    def tests(self) -> bool:
        """Whether the case is kept for testing."""
        digest = hashlib.sha256(f"{self.sentence} {self.trigger}".encode()).hexdigest()
        return int(digest[-1], 16) % 2 == 0


def read_cases(path: Path = CASES) -> list[Case]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    cells = [line.split("\t") for line in lines[1:]]
    return [Case(sentence, trigger, status, int(grade)) for sentence, trigger, status, grade in cells]


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """Macro-F1 and accuracy on the test half, its F1 by status and accuracy by grade."""
    cases = [case for case in read_cases(gold) if case.tests]
    return figures(cases, [status_of(case, tools) for case in cases])


def figures(cases: Sequence[Case], found: Sequence[str]) -> dict[str, Any]:
    by_status = {status: _f1(status, cases, found) for status in STATUSES}
    right = [case.status == one for case, one in zip(cases, found, strict=True)]
    grades = {grade: [ok for case, ok in zip(cases, right, strict=True) if case.grade == grade] for grade in (1, 2, 3)}
    return {
        "n": len(cases),
        "macro_f1": round(sum(by_status.values()) / len(by_status), 1),
        "accuracy": round(100 * sum(right) / len(right), 1),
        "f1": by_status,
        "by_grade": {str(grade): round(100 * sum(oks) / max(1, len(oks)), 1) for grade, oks in grades.items()},
    }


def _f1(status: str, cases: Sequence[Case], found: Sequence[str]) -> float:
    counts = Counter((case.status == status, one == status) for case, one in zip(cases, found, strict=True))
    both = counts[True, True]
    return round(100 * 2 * both / max(1, 2 * both + counts[True, False] + counts[False, True]), 1)


def status_of(case: Case, tools: Tools) -> Status:
    """The status of a case's act."""
    document = plain_document(f"{case.sentence} {case.trigger}", case.sentence)
    parsed = tools.parsed(document)
    mentions = find_mentions(parsed, document, tools.lexicon)
    times = find_times(parsed, READ_ON, tools.lexicon)
    statements, speakers = find_statements(parsed, mentions, times, tools.lexicon)
    scene = make_scene(parsed, tools.lexicon.triggers, (*mentions, *speakers), ())
    around = gather(scene, times, (), (), statements, READ_ON)
    site, route = _act(scene, case)
    told = teller(around, scene, route.outers[-1][1] if route.outers else site.token)
    clause = site.token if route.carrier is None else route.carrier
    sentence = scene.token(site.token).sentence
    anchors = {site.token, *route.path, *site.words}
    time = nearest(scene, anchors, clause, frozenset(), around.times.get(sentence, ()))
    return find_status(scene, site, route, time, told, around.latest)


def _act(scene: Scene, case: Case) -> tuple[Site, Route]:
    """The rules' site and route at the case's words, or a plain one there."""
    start = case.sentence.index(case.trigger)
    inside = [token.i for token in scene.parsed.tokens if start <= token.start < start + len(case.trigger)]
    for found, way in _found(scene):
        if found.token in inside:
            return found, way
    kind = scene.token(inside[0]).pos
    noun = kind in ("NOUN", "PROPN")
    trigger = Trigger(
        scene.lemma(inside[0]), (), "noun" if noun else "verb", "COERCE", None, (), "plain", (), None, frozenset()
    )
    site = Site(inside[0], tuple(inside[:1]), trigger)
    route = climb(scene, site)
    return site, route or Route(None if noun else inside[0], (), (), "COERCE", None)


def _found(scene: Scene) -> Iterator[tuple[Site, Route]]:
    for sentence in range(len(scene.parsed.sentences)):
        for site in find_sites(scene, sentence).values():
            route = climb(scene, site)
            if route is not None:
                yield site, route
