"""Part of speech and lemma of each token, which the pipeline's rules work out from the word and the parser's labels.

spaCy's attribute ruler and lemmatizer go over every token anew. What the ruler says depends on tag, dependency and, for
some two hundred words, the word, but for a few rules over two neighbours ("gon na", "there is"); what the lemmatizer
says on the word, its part of speech and its features. So both answers are kept, and a paragraph in which a rule over
neighbours may hold goes through the components itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as joined
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
LOOKED_AT = frozenset({"LOWER", "IS_SPACE", "TAG", "DEP"})  # what a rule may ask of a token
MOST = 300_000  # kinds of tokens kept, about 100 MB; a thousand reports hold some 50,000
UNNAMED = "unnamed"  # stands for all words that no rule names

Kind = tuple[int, int, int]  # the numbers of a token's word, tag and dependency


@dataclass(frozen=True, slots=True)
class Word:
    """What holds for each token of one kind. `opens` and `closes` number the rules over two neighbours whose first or
    second place it may take."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    opens: frozenset[int] = frozenset()
    closes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What the ruler makes of a word that it names, or of all that it does not: `set` are the numbers of part of
    speech, features and lemma, the last 0 where the lemmatizer has to say it."""

    set: tuple[int, int, int]
    word: Word


class Words:
    """The kinds of tokens met so far; the pipeline's own components answer for new ones."""

    def __init__(self, nlp: Language, ruler: AttributeRuler, lemmatizer: Callable[[Doc], Doc]) -> None:
        self._components: tuple[Callable[[Doc], Doc], ...] = (ruler, lemmatizer)
        self._lemmatizer = lemmatizer
        self._vocab = nlp.vocab
        self._known: dict[Kind, Word] = {}
        self._ruled: dict[Kind, _Ruled] = {}
        self._alone = AttributeRuler(nlp.vocab)
        self._places = Matcher(nlp.vocab)
        for number, (patterns, attributes, index) in enumerate(_rules(ruler)):
            for pattern in patterns:
                if len(pattern) == 1:
                    self._alone.add([pattern], attributes, index)
                else:
                    self._places.add(f"opens {number}", [pattern[:1]])
                    self._places.add(f"closes {number}", [pattern[1:]])
        named = list(_named(ruler))
        self._named = frozenset(word for word, is_pattern in named if not is_pattern)
        self._forms = [re.compile(word) for word, is_pattern in named if is_pattern]

    def of(self, docs: Sequence[Doc]) -> list[Sequence[Word]]:
        """The words of a report's paragraphs, which have tags and dependencies; some get lemmas of their own by it."""
        kinds: list[list[Kind]] = [list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())) for doc in docs]
        known = self._known
        if len(known) > MOST:
            known.clear()
        new = [kind for kind in dict.fromkeys(joined.from_iterable(kinds)) if kind not in known]
        if new:
            self._learn(new)
        return [self._of(doc, [known[kind] for kind in row]) for doc, row in zip(docs, kinds, strict=True)]

    def _of(self, doc: Doc, words: Sequence[Word]) -> Sequence[Word]:
        if any(one.opens and one.opens & two.closes for one, two in pairwise(words)):
            for component in self._components:
                component(doc)
            return read_words(doc)
        return words

    def _learn(self, kinds: Sequence[Kind]) -> None:
        """Put words of new kinds into a paragraph of their own, as the ruler leaves them, for the lemmatizer."""
        texts = [self._vocab.strings[word] for word, _, _ in kinds]
        under = [(self._name(text), tag, dep) for text, (_, tag, dep) in zip(texts, kinds, strict=True)]
        new = [kind for kind in dict.fromkeys(under) if kind not in self._ruled]
        if new:
            self._rule(new)
        ruled = [self._ruled[kind] for kind in under]
        doc = Doc(self._vocab, texts)
        labels: Any = np.array([one.set for one in ruled], np.uint64)
        doc.from_array(["POS", "MORPH", "LEMMA"], labels)
        self._lemmatizer(doc)
        for kind, one, token in zip(kinds, ruled, doc, strict=True):
            word = one.word
            self._known[kind] = Word(
                token.text, token.lemma_, word.pos, word.tag, word.dep, word.opens, word.closes
            )  # fmt: skip

    def _name(self, text: str) -> int:
        """The word as the ruler's rules tell it from others: white space, a word that they name, or neither."""
        lower = text.lower()
        if text.isspace() or lower in self._named or any(form.search(lower) for form in self._forms):
            return self._vocab.strings.add(lower)
        return self._vocab.strings.add(UNNAMED)

    def _rule(self, kinds: Sequence[Kind]) -> None:
        """Put words that the ruler has not seen with their labels into a paragraph of their own for it."""
        doc = Doc(self._vocab, [self._vocab.strings[word] for word, _, _ in kinds])
        labels: Any = np.array([kind[1:] for kind in kinds], np.uint64)
        doc.from_array(["TAG", "DEP"], labels)
        places: dict[tuple[str, int], set[int]] = {}
        for rule, at, _ in self._places(doc, allow_missing=True):
            place, _, number = self._vocab.strings[rule].partition(" ")
            places.setdefault((place, at), set()).add(int(number))
        self._alone(doc)
        numbers = doc.to_array(["POS", "MORPH", "LEMMA"]).tolist()
        for at, (kind, word, row) in enumerate(zip(kinds, read_words(doc), numbers, strict=True)):
            opens, closes = (frozenset(places.get((place, at), ())) for place in ("opens", "closes"))
            self._ruled[kind] = _Ruled(tuple(row), Word("", "", word.pos, word.tag, word.dep, opens, closes))


def take_words(nlp: Language) -> Words | None:
    """Take both components out of a pipeline that holds them; None where they look further than at two neighbours."""
    if not {RULER, LEMMATIZER} <= set(nlp.pipe_names):
        return None
    ruler, lemmatizer = nlp.get_pipe(RULER), nlp.get_pipe(LEMMATIZER)
    if not isinstance(ruler, AttributeRuler) or getattr(lemmatizer, "mode", "") != "rule":
        return None
    patterns = [pattern for several, _, _ in _rules(ruler) for pattern in several]
    if any(len(pattern) not in (1, 2) or any(set(token) - LOOKED_AT for token in pattern) for pattern in patterns):
        return None
    for name in (RULER, LEMMATIZER):
        nlp.disable_pipe(name)
    _index_lemmas(lemmatizer)
    return Words(nlp, ruler, lemmatizer)


def _index_lemmas(lemmatizer: Any) -> None:
    """Make its lists of known lemmas, which it looks through from the start for each new word, tables with keys."""
    if lemmatizer.lookups.has_table("lemma_index"):
        known = lemmatizer.lookups.get_table("lemma_index")
        for pos, lemmas in list(known.items()):
            known[pos] = dict.fromkeys(lemmas)


def _rules(ruler: AttributeRuler) -> list[tuple[list[Any], dict[Any, Any], int]]:
    """Its rules in order: patterns, each a list of tokens; what is set; and on which of the tokens."""
    rules: list[Any] = list(ruler.patterns)
    return [(rule["patterns"], rule["attrs"], rule["index"]) for rule in rules]


def _named(ruler: AttributeRuler) -> Iterator[tuple[str, bool]]:
    """The words that its rules name, in lower case, and whether each is a pattern of words."""
    for patterns, _, _ in _rules(ruler):
        for asked in (token["LOWER"] for pattern in patterns for token in pattern if "LOWER" in token):
            if isinstance(asked, str):
                yield asked, False
            else:
                for how, words in asked.items():
                    yield from ((word, how == "REGEX") for word in ([words] if isinstance(words, str) else words))


def read_words(doc: Doc) -> list[Word]:
    """The words of a paragraph that went through all components."""
    return [Word(token.text, token.lemma_, token.pos_, token.tag_, token.dep_) for token in doc]
