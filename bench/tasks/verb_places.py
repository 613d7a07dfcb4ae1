"""Where the act of a verb took place, on the tenth of the verb-to-place data held back from training: F1 of the spans,
and of the places of the events that the whole road finds at these verbs (right where they overlap one of the gold's).

A sixth of the gold spans are token numbers in place of characters; where a span begins or ends inside a word it is read
so. A sentence belongs to the held-back tenth by a hash of its text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.tools import Row, Tools, plain_document, read_rows
from onrecord.extract.events import find_events
from onrecord.extract.events.where import find_verb_places
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

BATCH = 60  # sentences parsed as one document, each a paragraph of its own


@dataclass(frozen=True, slots=True)
class Act:
    """A verb (token index) of a parse and the spans of its places."""

    parsed: Parsed
    verb: int
    places: frozenset[Span]


def is_held_back(row: Row) -> bool:
    return int(hashlib.sha256(row["text"].encode()).hexdigest(), 16) % 10 == 0


def read_acts(rows: Sequence[Row], tools: Tools) -> Iterator[Act]:
    """The acts of some rows; a row without exactly one verb at a token's beginning is left out."""
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        parsed = tools.parsed(plain_document("acts", "\n".join(row["text"].replace("\n", " ") for row in batch)))
        shift = 0
        for row in batch:
            act = _act(parsed, row, shift)
            if act is not None:
                yield act
            shift += len(row["text"]) + 1


def _act(parsed: Parsed, row: Row, shift: int) -> Act | None:
    inside = [token for token in parsed.tokens if shift <= token.start < shift + len(row["text"])]
    starts, ends = {token.start for token in inside}, {token.end for token in inside}
    verbs = [span["start"] + shift for span in row["spans"] if span["label"] == "VERB"]
    verb = next((token.i for token in inside if [token.start] == verbs), None)
    if verb is None:
        return None
    places = set()
    for span in (span for span in row["spans"] if span["label"] != "VERB"):
        first, last = span["start"] + shift, span["end"] + shift
        if first < last and first in starts and last in ends:
            places.add(Span(first, last))
        elif span["end"] < len(inside):
            places.add(Span(inside[span["start"]].start, inside[span["end"]].end))
    return Act(parsed, verb, frozenset(places))


def score(acts: Sequence[Act], found: Sequence[Collection[Span]]) -> dict[str, Any]:
    """Precision, recall and F1 of the places found for some acts."""
    told, given = sum(len(act.places) for act in acts), sum(map(len, found))
    right = sum(len(act.places.intersection(spans)) for act, spans in zip(acts, found, strict=True))
    precision, recall = right / max(1, given), right / max(1, told)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"verbs": len(acts), "p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(100 * f1, 1)}


def measure(gold: Path, tools: Tools) -> dict[str, Any]:
    """The held-back tenth."""
    acts = list(read_acts([row for row in read_rows(gold) if is_held_back(row)], tools))
    found = [{span for span, _ in find_verb_places(act.parsed, act.verb)} for act in acts]
    return {**score(acts, found), "events": _score_events(acts, tools)}


def _score_events(acts: Sequence[Act], tools: Tools) -> dict[str, Any]:
    told: list[Act] = []
    found: list[set[Span]] = []
    for parsed in {id(act.parsed): act.parsed for act in acts}.values():
        mentions = find_mentions(parsed, plain_document("acts", parsed.text), tools.lexicon)
        places = find_places(parsed, mentions, tools.lexicon)
        span_of = {place.id: place.span for place in places}
        events, _ = find_events(parsed, mentions, (), places, (), (), tools.lexicon)
        for act in (act for act in acts if act.parsed is parsed):
            token = parsed.tokens[act.verb]
            own = [event for event in events if event.trigger.contains(Span(token.start, token.end))]
            if own:
                spans = {span_of[event.place] for event in own if event.place is not None}
                told.append(act)
                found.append({next((one for one in act.places if one.overlaps(span)), span) for span in spans})
    return score(told, found)
