"""Copies told by linking: texts of our own on ten topics, and reports copied by a script.

Each half of our own texts is linked as one pile, as a user would have it. The scripted copies are of public reports,
each in a pile with the others of its story, so that what is wrongly joined can be counted among pairs of one story.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.tools import Tools, plain_document, read_rows
from onrecord.link import link_claims
from onrecord.model.record import Record
from onrecord.model.text import Document

PAIRS = (
    ("base", "verbatim", "verbatim"),
    ("base", "edited", "edited"),
    ("base", "paraphrased", "paraphrased"),
    ("base", "independent", "independent"),
    ("base", "other", "independent"),
    ("paraphrased", "independent", "independent"),
)
KINDS = ("verbatim", "edited", "paraphrased", "independent")
DATELINE = re.compile(r"^[A-Z ]+, [^(\n]*\(Wire\) — ")
MADE = ("reprint", "edit", "excerpt", "25", "60", "90")  # the last three: percent of the words replaced
LEAST = 80  # words that a report has at least to be copied
SHARED_RUN = 8  # words in a row that two reports of one story share: one may have it from the other, no false copy


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of a topic and what one is to the other."""

    left: str
    right: str
    kind: str


def measure(gold: Path, tools: Tools) -> dict[str, Any]:  # noqa: ARG001 - every measure is called alike
    """Figures of the test half and of the half rules are chosen on."""
    topics = read_topics(gold)
    return {half: _figures(names, topics) for half, names in halves(topics).items()}


def read_topics(path: Path) -> dict[str, dict[str, str]]:
    """Topic to texts by name; "verbatim" is made from "base"."""
    topics: dict[str, dict[str, str]] = {}
    for block in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, *texts = re.split(r"^-- ", block, flags=re.M)
        named = {name: text.strip() for name, _, text in (part.partition("\n") for part in texts)}
        topics[head.split(" |")[0].strip()] = named | {"verbatim": DATELINE.sub("", named["base"])}
    return topics


def halves(names: Iterable[str]) -> dict[str, list[str]]:
    """Names in two halves by their hash; the first is for testing alone."""
    ordered = sorted(set(names), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return {"test": ordered[: len(ordered) // 2], "tuning": ordered[len(ordered) // 2 :]}


def _figures(names: Sequence[str], topics: dict[str, dict[str, str]]) -> dict[str, Any]:
    documents = {f"{topic}/{name}": plain_document(f"{topic}/{name}", text)
                 for topic in names for name, text in topics[topic].items()}  # fmt: skip
    found = copied(link_claims(list(documents.values()), (), (), {}, {}))
    pairs = [Pair(f"{t}/{a}", f"{t}/{b}", kind) for t in names for a, b, kind in PAIRS]
    given = [found.get(frozenset({pair.left, pair.right}), "independent") for pair in pairs]
    counts = Counter((pair.kind != "independent", got != "independent") for pair, got in zip(pairs, given, strict=True))
    both = counts[True, True]
    kinds = {kind: _f1(kind, pairs, given) for kind in KINDS}
    return {
        "pairs": len(pairs),
        "derived_f1": round(100 * 2 * both / max(1, 2 * both + counts[True, False] + counts[False, True]), 1),
        "macro_f1": round(sum(kinds.values()) / len(kinds), 1),
        "f1": kinds,
        "wrong": [f"{p.left}~{p.right}: {got}" for p, got in zip(pairs, given, strict=True) if got != p.kind],
    }


def _f1(kind: str, pairs: Sequence[Pair], given: Sequence[str]) -> float:
    counts = Counter((pair.kind == kind, got == kind) for pair, got in zip(pairs, given, strict=True))
    both = counts[True, True]
    return round(100 * 2 * both / max(1, 2 * both + counts[True, False] + counts[False, True]), 1)


def copied(record: Record) -> dict[frozenset[str], str]:
    """What linking makes of each pair of reports in one lineage: the kind of the copy, where one is of the other, or
    the looser kind of the two copies that bind them to others."""
    found: dict[frozenset[str], str] = {}
    for lineage in record.lineages:
        copies = [copy for copy in lineage.copies if copy.of in lineage.documents]
        kinds = {copy.document: copy.kind for copy in copies}
        for one, other in combinations(lineage.documents, 2):
            given = [kinds[d] for d in (one, other) if d in kinds]
            found[frozenset({one, other})] = max(given, key=KINDS.index, default="edited")
        found.update((frozenset({copy.document, copy.of}), copy.kind) for copy in copies)
    return found


def measure_made(gold: Path, tools: Tools) -> dict[str, Any]:  # noqa: ARG001 - every measure is called alike
    """Percent of scripted copies found, for each way of making them, and of same-story pairs rightly kept apart."""
    rows = sorted(read_rows(gold), key=lambda row: str(row["id"]))
    vocabulary = sorted({word for row in rows for word in re.findall(r"\b[a-z]{3,}\b", row["text"])})
    result: dict[str, Any] = {}
    for half, events in halves(row["event"] for row in rows).items():
        part = [row for row in rows if row["event"] in events]
        documents = [plain_document(row["id"], row["text"], row["published"]) for row in part]
        alone = copied(link_claims(documents, (), (), {}, {}))
        pairs = list(_same_story(part, {document.id: document for document in documents}))
        wrong = [pair for pair in pairs if pair in alone]
        apart = round(100 - 100 * len(wrong) / max(1, len(pairs)), 2)
        figures: dict[str, Any] = {"apart": apart, "same_story": len(pairs)}
        for way in MADE:
            made = {row["id"]: make_copy(row["text"], way, row["id"], vocabulary) for row in part
                    if len(row["text"].split()) >= LEAST}  # fmt: skip
            pile = [*documents, *(plain_document(f"{id}:{way}", text) for id, text in made.items())]
            found = copied(link_claims(pile, (), (), {}, {}))
            hit = sum(frozenset({id, f"{id}:{way}"}) in found for id in made)
            figures[way] = round(100 * hit / max(1, len(made)), 1)
        figures["recall"] = round(sum(figures[way] for way in MADE) / len(MADE), 1)
        result[half] = figures
    return result


def _same_story(rows: Sequence[dict[str, Any]], documents: dict[str, Document]) -> Iterator[frozenset[str]]:
    """Pairs of reports of one story with no long run of words in common."""
    by_event: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_event[row["event"]].append(row["id"])
    runs = {id: _runs(document.text) for id, document in documents.items()}
    for ids in by_event.values():
        yield from (frozenset(pair) for pair in combinations(ids, 2) if not runs[pair[0]] & runs[pair[1]])


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + SHARED_RUN]) for at in range(len(words) - SHARED_RUN + 1)}


def make_copy(text: str, way: str, seed: str, vocabulary: Sequence[str]) -> str:
    """A copy of a text made by a script, the same each time."""
    dice = random.Random(f"{seed} {way}")
    lines = [line for line in text.split("\n") if line.strip()]
    sentences = [re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])", line) for line in lines]
    if way == "reprint":
        return "\n".join(["By a staff reporter", *lines, "Follow us for more news."])
    if way == "excerpt":
        flat = [sentence for line in sentences for sentence in line]
        size = max(3, len(flat) * 2 // 5)
        start = dice.randrange(max(1, len(flat) - size))
        return "\n".join(flat[start : start + size])
    if way == "edit":
        kept = [" ".join(_edited(one, dice, vocabulary) for one in line if dice.random() > 0.2) for line in sentences]
        return "\n".join(line for line in kept if line)
    share = int(way) / 100
    return "\n".join(" ".join(_replaced(one, share, dice, vocabulary) for one in line) for line in sentences)


def _edited(sentence: str, dice: random.Random, vocabulary: Sequence[str]) -> str:
    """A few words changed, a tail cut off now and then."""
    words = _replaced(sentence, 0.05, dice, vocabulary).split()
    return " ".join(words[: len(words) * 3 // 4] if dice.random() < 0.15 else words)


def _replaced(sentence: str, share: float, dice: random.Random, vocabulary: Sequence[str]) -> str:
    """Words replaced by others, but for names (capitals inside a sentence) and numbers."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        name = word[0].isupper() and match.start() > 1
        if name or any(letter.isdigit() for letter in word) or dice.random() >= share:
            return word
        new = dice.choice(vocabulary)
        return new.capitalize() if word[0].isupper() else new

    return re.sub(r"\w+(?:[’'-]\w+)*", other, sentence)
