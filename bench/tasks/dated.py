"""Who is meant on a day: office holders by the report's date, and nobody where the words and the day leave a choice.

Cases are our own (bench/data/actors_dated.tsv), written apart from the actor base. Half of them, by hash, are kept for
testing: rules and facts are not made from what goes wrong there.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from pathlib import Path

from bench.tools import Row, Tools, plain_document
from onrecord.extract.mentions import find_mentions
from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.spelling import fold_words
from onrecord.model.claims import Mention
from onrecord.model.offsets import Span

NOBODY = "-"


def measure(cases: Path, tools: Tools) -> Row:
    """Percent right where a person is expected (`holder`) and where nobody is (`abstain`): the test half, and all."""
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for case in read_cases(cases):
        task = "abstain" if case["expected"] == NOBODY else "holder"
        good = is_right(case["expected"], find_key(case, tools), tools.lexicon.actors)
        for part in ("all", "test" if is_test(case) else "tuning"):
            right[part][task].append(good)
        right["by"][case["on"]].append(good)
    return {part: {task: round(100 * sum(r) / len(r), 1) for task, r in found.items()} for part, found in right.items()}


def read_cases(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_test(case: dict[str, str]) -> bool:
    """Whether a case belongs to the half that is kept for testing."""
    return hashlib.sha256("|".join((case["phrase"], case["date"], case["sentence"])).encode()).digest()[0] % 2 == 1


def find_key(case: dict[str, str], tools: Tools) -> str | None:
    """The key that the case's phrase leads to in its sentence on its day."""
    start = case["sentence"].index("{}")
    phrase = case["phrase"] if start else case["phrase"][0].upper() + case["phrase"][1:]
    document = plain_document("dated", case["sentence"].replace("{}", phrase), case["date"] or None)
    mentions = find_mentions(tools.parsed(document), document, tools.lexicon)
    meant = _widest(mentions, Span(start, start + len(phrase)))
    return meant.key if meant is not None else None


def _widest(mentions: tuple[Mention, ...], phrase: Span) -> Mention | None:
    """The mention that holds the phrase's end, and of these the one that shares most of it; the first in a tie."""
    near = [mention for mention in mentions if mention.kind != "pronoun" and mention.span.overlaps(phrase)]
    shared = {mention: phrase.end - max(mention.span.start, phrase.start) for mention in near}
    return max(near, key=lambda m: (m.span.end >= phrase.end, shared[m]), default=None)


def is_right(expected: str, key: str | None, actors: ActorBase) -> bool:
    """Whether a key is the person expected, by any of the names of the row, or no person where nobody is."""
    row = actors.rows[key] if key is not None and key.startswith("person:") else None
    if row is None or expected == NOBODY:
        return row is None and expected == NOBODY
    return fold_words(expected) in {fold_words(form) for form in (row.name, *row.aliases)}
