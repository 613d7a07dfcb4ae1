"""Groups: which of some given mentions are of one event, by the stories and the scorer of pairs that linking uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.tools import Row, Tools, plain_document
from onrecord.lexicon.words import load_function_words
from onrecord.link.groups import Stamp, make_groups
from onrecord.link.reports import Link, Report, read_report
from onrecord.link.same_events.scenes import Reader, Scene
from onrecord.link.same_events.signs import signs_of
from onrecord.link.stories import group_stories
from onrecord.model.offsets import Span
from onrecord.taggers.scenes import load_same_events
from onrecord.taggers.trees import Numbers, odds
from onrecord.taggers.words import MEANINGS, load_words

BAR = 0.405  # log odds, .6: best on halves of the training topics, and on dev among six
Mention = tuple[str, int, tuple[int, ...]]  # document, sentence, tokens


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A gold mention with its scene, the story of its report and its gold group."""

    mention: Mention
    scene: Scene
    story: str
    cluster: str
    topic: str


def predict(rows: list[Row], tools: Tools) -> list[Row]:  # noqa: ARG001 - every task is called alike
    found = load_same_events()
    mentions = read_mentions(rows, found.rarity, find_stories(rows))
    pairs = list(pairs_in_stories(mentions))
    weights = odds(found.trees, rows_of(mentions, pairs))
    names = [str(number) for number in range(len(mentions))]
    links = [
        Link(names[other], names[one], float(weight))
        for (one, other), weight in zip(pairs, weights, strict=True)
        if weight >= BAR
    ]
    groups = make_groups("event", {name: Stamp() for name in names}, links, {})
    group_of = {int(member): group.id for group in groups for member in group.members}
    given: dict[str, list[Row]] = {row["id"]: [] for row in rows}
    for number, one in enumerate(mentions):
        document, sentence, tokens = one.mention
        given[document].append({"sentence": sentence, "tokens": list(tokens), "cluster": group_of[number]})
    return [{"id": id, "events": events} for id, events in given.items()]


def find_stories(rows: Sequence[Row]) -> dict[str, str]:
    """The stories that linking finds in some tokenised documents."""
    return group_stories([_placed(row)[0] for row in rows], load_function_words())


def read_mentions(rows: Sequence[Row], rarity: Mapping[str, int], stories: Mapping[str, str]) -> list[Mentioned]:
    """The mentions of some tokenised documents, whose stories are given."""
    reader = Reader(rarity, load_words(), load_words(MEANINGS), load_function_words())
    mentions = []
    for row in rows:
        report, tokens = _placed(row)
        telling = reader.telling(report)
        for event in row["events"]:
            spans = [tokens[event["sentence"]][token] for token in event["tokens"]]
            sentence = Span(tokens[event["sentence"]][0].start, tokens[event["sentence"]][-1].end)
            scene = reader.scene(report, telling, Span(spans[0].start, spans[-1].end), sentence)
            name = (row["id"], event["sentence"], tuple(event["tokens"]))
            mentions.append(Mentioned(name, scene, stories[row["id"]], event["cluster"], row["topic"]))
    return mentions


def _placed(row: Row) -> tuple[Report, dict[int, list[Span]]]:
    """A document of tokens as a report, a sentence a line, and where its tokens stand in it."""
    text = ""
    places: dict[int, list[Span]] = {}
    for number, words in zip(row["sentence_ids"], row["sentences"], strict=True):
        places[number] = []
        for word in words:
            places[number].append(Span(len(text), len(text) + len(word)))
            text += f"{word} "
        text = f"{text[:-1]}\n"
    document = plain_document(row["id"], text)
    return read_report(document, document.published), places


def pairs_in_stories(mentions: Sequence[Mentioned]) -> Iterator[tuple[int, int]]:
    by_story: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        by_story[mention.story].append(number)
    for numbers in by_story.values():
        for place, one in enumerate(numbers):
            for other in numbers[:place]:
                yield one, other


def rows_of(mentions: Sequence[Mentioned], pairs: Sequence[tuple[int, int]]) -> Numbers:
    """The signs of some pairs, a row a pair."""
    return np.array([signs_of(mentions[one].scene, mentions[other].scene) for one, other in pairs])
