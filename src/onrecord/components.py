"""Times, quantities and places without a record: as functions of a text, and as components of any spaCy pipeline.

A component reads tags, lemmas, dependencies and sentences of a Doc and writes a span group of its own name
(`doc.spans["onrecord_times"]`), labelled by type, unit or kind; each span has its value as `span._.onrecord`. All
values, those too whose characters are no whole tokens, are in `doc._.onrecord_times`, and so on. Nothing else of the
Doc changes. (spaCy reads the annotations of factories, so they are no strings here.)
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities
from onrecord.extract.times import find_times
from onrecord.lexicon import load_lexicon
from onrecord.model.claims import PlaceRef, Quantity, TimeRef
from onrecord.model.parsed import Parsed
from onrecord.model.text import Published
from onrecord.parse import Parser, load_parser, parse_text_alone, read_doc
from onrecord.settings import load_settings

Value = TimeRef | Quantity | PlaceRef
UNKNOWN = Published(None, "unknown", "not given")
NEEDED = ["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.sents"]


def read_times(text: str, published: str | None = None) -> tuple[TimeRef, ...]:
    """The time expressions of an English text, read against the ISO day it was published.

    >>> [(text[t.span.start : t.span.end], t.value) for text in ("He left on Tuesday for ten days.",)
    ...     for t in read_times(text, "2011-09-14")]
    [('Tuesday', '2011-09-13'), ('ten days', 'P10D')]
    """
    return find_times(parse_text(text), _published(published), load_lexicon())


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The amounts of an English text.

    >>> [(q.value, q.unit, q.bound, q.what) for q in read_quantities("Oslo sent more than $60 million in aid.")]
    [(60000000.0, 'USD', 'at_least', 'aid')]
    """
    return find_quantities(parse_text(text), load_lexicon())


def read_places(text: str) -> tuple[PlaceRef, ...]:
    """The places of an English text, with coordinates where they are known.

    >>> [(p.name, p.country, p.kind) for p in read_places("Shells fell on Kharkiv.")]
    [('Kharkiv', 'UKR', 'literal')]
    """
    return find_places(parse_text(text), (), load_lexicon())


@functools.cache
def _parser() -> Parser:
    return load_parser(load_settings())


def parse_text(text: str) -> Parsed:
    """An English text as one paragraph, parsed with the configured pipeline."""
    return parse_text_alone(_parser(), text)


def _published(day: str | None) -> Published:
    return Published(day, "day", "given") if day else UNKNOWN


@dataclass(eq=False)  # spaCy writes the step's name on it
class Component:
    """One step of a pipeline: what it finds goes into the span group and the extension of the same name."""

    group: str
    find: Callable[[Doc], Sequence[Value]]
    label: Callable[[Any], str]

    def __call__(self, doc: Doc) -> Doc:
        found = tuple(self.find(doc))
        spans = []
        for value in found:
            span = doc.char_span(value.span.start, value.span.end, label=self.label(value))
            if span is not None:
                span._.onrecord = value
                spans.append(span)
        doc.spans[self.group] = spans
        doc._.set(self.group, found)
        return doc


def _component(name: str, find: Callable[[Doc], Sequence[Value]], label: Callable[[Any], str]) -> Component:
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=())
    if not Doc.has_extension("onrecord_published"):
        Doc.set_extension("onrecord_published", default=None)
    if not DocSpan.has_extension("onrecord"):
        DocSpan.set_extension("onrecord", default=None)
    return Component(name, find, label)


@Language.factory("onrecord_times", default_config={"published": None}, requires=NEEDED)
def make_times(nlp: Language, name: str, published: str | None) -> Component:  # noqa: ARG001 - spaCy calls it so
    """TIMEX3 times. A Doc's own day is `doc._.onrecord_published`, else that of the config; ISO days."""

    def find(doc: Doc) -> Sequence[Value]:
        return find_times(read_doc(doc), _published(doc._.onrecord_published or published), load_lexicon())

    return _component("onrecord_times", find, lambda value: cast(TimeRef, value).type)


@Language.factory("onrecord_quantities", requires=NEEDED)
def make_quantities(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy calls it so
    """Amounts with unit and bound."""
    return _component(
        "onrecord_quantities",
        lambda doc: find_quantities(read_doc(doc), load_lexicon()),
        lambda value: cast(Quantity, value).unit,
    )


@Language.factory("onrecord_places", requires=[*NEEDED, "doc.ents"])
def make_places(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy calls it so
    """Places with coordinates, metonyms and demonyms told apart."""
    return _component(
        "onrecord_places",
        lambda doc: find_places(read_doc(doc), (), load_lexicon()),
        lambda value: cast(PlaceRef, value).kind,
    )
