"""Words of the record that mean nearly what a given word does, by the parser's static word vectors.

What is offered are words, so that a person sees what else was searched for and can take any of it out. Words of like
use are near each other, opposites too: "rose" finds "fell". It widens a search; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon.words import load_function_words
from onrecord.model.vectors import WordVectors
from onrecord.store import Hit, Query, View
from onrecord.store.fields import Term, Value

NEAREST = 6  # words offered for one
ALIKE = 0.55  # cosine at least
LEAST = 2  # reports a word stands in, in a large record
AHEAD = 3  # words looked at for each that is offered
STEM = 4  # letters in which rare words agree with the better known one whose vector they share
LARGE = 1_000  # words from which a record is one


@dataclass(frozen=True, slots=True)
class Meanings:
    """The record's words, those of most reports first, and their vectors of length 1, (words, dimensions)."""

    words: tuple[str, ...]
    rows: NDArray[np.int32]  # of the vectors
    matrix: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A word of a query and words of like meaning, the nearest first; `left_out` are those that nobody wanted."""

    word: str
    also: tuple[str, ...]
    left_out: tuple[str, ...]


def load_meanings(view: View, vectors: WordVectors) -> Meanings:
    """Vectors of all words of the record that have one; function words and numbers are left out."""
    vocabulary = view.vocabulary(1)
    least = LEAST if len(vocabulary) > LARGE else 1
    common = load_function_words()
    words = [word for word, reports in sorted(vocabulary, key=lambda pair: (-pair[1], pair[0]))
             if reports >= least and len(word) > 2 and word.isalpha() and word not in common]  # fmt: skip
    known = {word: row for word in words if (row := vectors.row(word)) >= 0}
    rows = np.array(list(known.values()), np.int32)
    return Meanings(tuple(known), rows, _normal(vectors.data[rows])[0])


def _normal(matrix: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Rows of length 1, and which of them are not nought."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / np.maximum(lengths, 1e-9)).astype(np.float32), lengths[:, 0] > 0


def near_words(meanings: Meanings, vectors: WordVectors, word: str, limit: int = NEAREST) -> tuple[str, ...]:
    """Words of the record nearest in meaning, the nearest first; none for what has no vector."""
    one, known = _normal(vectors.of([word]))
    if not known[0] or not len(meanings.words):
        return ()
    likeness = meanings.matrix @ one[0]
    found: dict[str, int] = {}
    leading = {vectors.row(word): word}  # the best known word of each vector
    for n in np.argsort(-likeness, kind="stable")[: AHEAD * limit].tolist():
        other, row = meanings.words[n], int(meanings.rows[n])
        lead = leading.setdefault(row, other)
        if likeness[n] >= ALIKE and other != word and (lead == other or lead[:STEM] == other[:STEM]):
            found[other] = row
    return tuple(found)[:limit]


def widen(
    meanings: Meanings, vectors: WordVectors, query: Query, without: Sequence[str] = ()
) -> tuple[Query, tuple[Near, ...]]:  # fmt: skip
    """A query in which each single word also stands for words of like meaning, and which; phrases, beginnings, fields
    negated words and names (with a capital) stay as they are."""
    terms, near = [], []
    common, left = load_function_words(), set(without)
    for term in query.terms:
        value = term.values[0]
        word = value.text.casefold()
        word_alone = not (term.field or term.negated or value.begins) and re.fullmatch(r"[^\W\d_]{3,}", value.text)
        plain = bool(word_alone) and value.text[0].islower()  # a capital is a name
        also = near_words(meanings, vectors, word) if plain and word not in common else ()
        kept = tuple(one for one in also if one not in left)
        if also:
            near.append(Near(value.text, kept, tuple(one for one in also if one in left)))
        terms.append(Term("", (value, *map(Value, kept)), "=", False, term.at) if kept else term)
    return Query(tuple(terms)), tuple(near)


def find_alike(
    view: View, held: tuple[Meanings, WordVectors], query: Query, without: Sequence[str], known: Container[str],
    limit: int,
) -> tuple[tuple[Near, ...], list[Hit]]:  # fmt: skip
    """Words of like meaning for those of a search, and what they find beside the ids that are known."""
    wider, near = widen(*held, query, without)
    found = view.search(wider, limit) if any(one.also for one in near) else []
    return near, [hit for hit in found if hit.id not in known]
