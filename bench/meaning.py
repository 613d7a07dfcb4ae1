"""`python bench/meaning.py`: what a search by meaning finds that words do not, on own sentences and queries.

Each of the 48 sentences of `bench/data/meaning_own.tsv` becomes a report; a query should find the sentences of its
topic, with which it shares no word. Printed: the share found by words, by words of like meaning, and how many of all
that is found by meaning is of the query's topic.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from bench.tools import plain_document
from onrecord.analysis import load_meanings, widen
from onrecord.model.claims import Reading
from onrecord.model.record import Record
from onrecord.model.vectors import WordVectors
from onrecord.parse.vectors import load_word_vectors
from onrecord.settings import load_settings
from onrecord.store import open_view, open_writer, parse_query

OWN = Path(__file__).parent / "data" / "meaning_own.tsv"


def read_own() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Queries and sentences by topic."""
    queries: dict[str, list[str]] = defaultdict(list)
    sentences: dict[str, list[str]] = defaultdict(list)
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            topic, kind, words = line.split("\t")
            (queries if kind == "q" else sentences)[topic].append(words)
    return queries, sentences


def measure(vectors: WordVectors, folder: Path) -> dict[str, float | int]:
    """Recall by words and by meaning, and the precision of the latter, in percent."""
    queries, sentences = read_own()
    path = folder / "own.onrecord"
    topic_of: dict[str, str] = {}
    with open_writer(path) as writer:
        documents, readings = [], []
        for topic, said in sentences.items():
            for number, words in enumerate(said):
                document = plain_document(f"{topic}{number}.txt", words, "2020-01-01", False)
                documents.append(document)
                readings.append(Reading(document.id, document.published))
                topic_of[document.id] = topic
                writer.add(document, readings[-1], f"pg_{topic}{number}", "key")
        writer.write_record(documents, readings, Record(), "linked")
    by_words = by_meaning = right = found = wanted = 0
    with open_view(path) as view:
        meanings = load_meanings(view, vectors)
        for topic, asked in queries.items():
            for words in asked:
                query = parse_query(words)
                near = {hit.id for hit in view.search(widen(meanings, vectors, query)[0], 100)}
                wanted += len(sentences[topic])
                by_words += sum(topic_of[hit.id] == topic for hit in view.search(query, 100))
                by_meaning += sum(topic_of[id] == topic for id in near)
                right += sum(topic_of[id] == topic for id in near)
                found += len(near)
    return {
        "queries": sum(map(len, queries.values())), "sentences": len(topic_of),
        "found by words": round(100 * by_words / wanted, 1), "found by meaning": round(100 * by_meaning / wanted, 1),
        "of the topic": round(100 * right / max(1, found), 1), "finds": found,
    }  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(measure(load_word_vectors(load_settings({})), Path(folder)), indent=1) + "\n")


if __name__ == "__main__":
    main()
