"""A report as the parser saw it, in values of our own: no parser library beyond `parse/`.

Tags and dependencies are those of spaCy's English pipelines: `pos` Universal POS, `tag` Penn Treebank, `dep` ClearNLP
labels (nsubj, nsubjpass, dobj, ccomp, agent, pobj, poss, …). Token offsets are into `Document.text`. Each paragraph is
parsed alone, so no sentence runs over two blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.model.offsets import Span
from onrecord.model.text import PartKind

VECTOR = 96  # numbers in what the parser makes of a token in its context


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `i` is its index in `Parsed.tokens`, `head` the index of its head (itself at a root)."""

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [first, last) of one sentence, and the part and paragraph (index in `Document.parts`) it stands in."""

    first: int
    last: int
    part: PartKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name found by the parser's own recogniser: tokens [first, last), OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """All read parts of one report, parsed. `children[i]` are the token indices that hang on token i, in order.

    `vectors`: what the parser made of each token in its context, a row a token, (tokens, VECTOR); nought where the
    parser's weights are not ones we know.
    """

    document: str
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    named: tuple[Named, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False, default=())
    vectors: NDArray[np.float16] = field(
        repr=False, compare=False, default_factory=lambda: np.zeros((0, VECTOR), np.float16)
    )

    def sentence_tokens(self, index: int) -> tuple[Token, ...]:
        sentence = self.sentences[index]
        return self.tokens[sentence.first : sentence.last]

    def sentence_span(self, index: int) -> Span:
        return self.span(self.sentences[index].first, self.sentences[index].last)

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens [first, last), which must not be empty, without white space at its edges."""
        while last - 1 > first and self.tokens[last - 1].text.isspace():
            last -= 1
        while first < last - 1 and self.tokens[first].text.isspace():
            first += 1
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def subtree(self, index: int) -> list[int]:
        """A token and all that hangs on it, sorted; usually but not always without gaps."""
        found, open_ = [], [index]
        while open_:
            token = open_.pop()
            found.append(token)
            open_.extend(self.children[token])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index
