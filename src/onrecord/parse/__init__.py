"""Document -> Parsed: the only room that knows the parser library (spaCy 3.8, English pipelines).

The paragraphs of one report go through the parser as one batch, always: the same report gives the same parse whatever
else is in the pile. Weights are checked against the hashes of the official releases before they are used
(`onrecord/installed.py`). What the library does slowly is done faster beside it, with the same result: `operations.py`,
`words.py`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: more threads cost twice the CPU for no gain

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import ParserError
from onrecord.installed import find_installed
from onrecord.model.claims import Skip
from onrecord.model.offsets import Span
from onrecord.model.parsed import VECTOR, Named, Parsed, Sentence, Token
from onrecord.model.text import READ_KINDS, Document, Part
from onrecord.parse.copies import Answer, Copies
from onrecord.parse.operations import Operations
from onrecord.parse.words import Word, Words, read_words, take_words
from onrecord.settings import Settings

__all__ = ["Parser", "load_parser", "parse", "parse_text_alone", "read_doc"]


@dataclass(frozen=True, slots=True)
class Parser:
    """A loaded pipeline, its name and version, whether its weights are ones we know, and the words and texts it met."""

    nlp: Language
    name: str
    version: str
    known: bool
    words: Words | None
    copies: Copies = field(default_factory=Copies, repr=False, compare=False)


def load_parser(settings: Settings) -> Parser:
    """Load the configured pipeline, or the first known one installed; ParserError says what to install."""
    if settings.parser_model:
        return _load(settings.parser_model, known=False)
    return _load(find_installed().name, known=True)


def _load(name: str, known: bool) -> Parser:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # W095: made with spaCy 3.7; it parses the same
        try:
            nlp = spacy.load(name)
        except (OSError, ImportError, ValueError) as error:
            raise ParserError(f"cannot load the pipeline {name!r}: {error}") from error
    operations = Operations()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None and hasattr(model, "walk") else ():
            node.ops = operations
    return Parser(nlp, name, str(nlp.meta.get("version", "")), known, take_words(nlp))


def parse(parser: Parser, document: Document, settings: Settings) -> Answer:
    """Parse the title, captions and body of a report, block by block; blocks over the limit become skip rows.

    A text whose copy was parsed a short while ago, with the same parts, is not parsed again.
    """
    key = (document.text, document.parts, settings.max_paragraph_chars)
    answer = parser.copies.find(key, document.id)
    if answer is None:
        answer = _parse(parser, document, settings)
        parser.copies.keep(key, answer)
    return answer


def _parse(parser: Parser, document: Document, settings: Settings) -> Answer:
    skips: list[Skip] = []
    wanted: list[tuple[int, Part]] = []
    for index, part in enumerate(document.parts):
        if part.kind not in READ_KINDS or not document.words(part.span).strip():
            continue
        if len(part.span) > settings.max_paragraph_chars:
            detail = f"{len(part.span)} code points, {settings.max_paragraph_chars} at most"
            skips.append(Skip(document.id, "parse", "paragraph too long", detail, part.span))
            continue
        wanted.append((index, part))
    texts = [document.words(part.span) for _, part in wanted]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    named: list[Named] = []
    vectors: list[NDArray[np.float16]] = [np.zeros((0, VECTOR), np.float16)]
    docs = list(parser.nlp.pipe(texts, batch_size=64))
    words = parser.words.of(docs) if parser.words is not None else map(read_words, docs)
    for (index, part), doc, row in zip(wanted, docs, words, strict=True):
        _add(doc, row, index, part, tokens, sentences, named)
        vectors.append(_vectors(doc, parser.known))
    return _parsed(document.id, document.text, tokens, sentences, named, vectors), tuple(skips)


def parse_text_alone(parser: Parser, text: str) -> Parsed:
    """A text as one paragraph of a report."""
    doc = parser.nlp(text)
    return _alone(doc, parser.words.of([doc])[0] if parser.words is not None else read_words(doc))


def read_doc(doc: Doc) -> Parsed:
    """A spaCy Doc, parsed by any pipeline that gives tags, lemmas and dependencies, as one paragraph of a report."""
    return _alone(doc, read_words(doc))


def _alone(doc: Doc, words: Sequence[Word]) -> Parsed:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    named: list[Named] = []
    _add(doc, words, 0, Part("body", Span(0, len(doc.text))), tokens, sentences, named)
    return _parsed("doc", doc.text, tokens, sentences, named, [_vectors(doc, known=False)])


def _parsed(
    id: str, text: str, tokens: list[Token], sentences: list[Sentence], named: list[Named],
    vectors: list[NDArray[np.float16]],
) -> Parsed:  # fmt: skip
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    return Parsed(
        id,
        text,
        tuple(tokens),
        tuple(sentences),
        tuple(named),
        tuple(tuple(found) for found in children),
        np.concatenate(vectors),
    )


def _vectors(doc: Doc, known: bool) -> NDArray[np.float16]:
    """What the parser made of each token in its context; nought from weights that we do not know."""
    if not known or doc.tensor.shape != (len(doc), VECTOR):
        return np.zeros((len(doc), VECTOR), np.float16)
    return np.asarray(doc.tensor, np.float16)


def _add(
    doc: Doc, words: Sequence[Word], paragraph: int, part: Part, tokens: list[Token], sentences: list[Sentence],
    named: list[Named],
) -> None:  # fmt: skip
    """Append one parsed paragraph, its offsets moved to the document's."""
    base, shift = len(tokens), part.span.start
    places = doc.to_array(["IDX", "HEAD"]).astype(np.int64)  # heads are stored as distances
    starts = (places[:, 0] + shift).tolist()
    heads = (places[:, 1] + np.arange(base, base + len(doc))).tolist()
    for sentence in doc.sents:
        number = len(sentences)
        sentences.append(Sentence(base + sentence.start, base + sentence.end, part.kind, paragraph))
        for at in range(sentence.start, sentence.end):
            word, start = words[at], starts[at]
            end = start + len(word.text)
            tokens.append(
                Token(base + at, word.text, start, end, word.lemma, word.pos, word.tag, word.dep, heads[at], number)
            )
    named.extend(Named(base + entity.start, base + entity.end, entity.label_) for entity in doc.ents)
