"""Times, quantities and places on their own: as functions, and as components that spaCy finds by name."""

from __future__ import annotations

import doctest

import pytest
import spacy

from onrecord import components
from onrecord.parse import Parser

TEXT = "Norway sent about 200 doctors to Haiti on Monday."
CASES = [
    ("onrecord_times", [("Monday", "DATE")]),
    ("onrecord_quantities", [("200", "doctors")]),
    ("onrecord_places", [("Haiti", "literal")]),
]


def test_functions_do_what_their_examples_say() -> None:
    done = doctest.testmod(components)
    assert (done.failed, done.attempted) == (0, 3)


@pytest.mark.parametrize(("name", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_component_is_found_by_name_and_fills_its_span_group(
    parser: Parser, name: str, wanted: list[tuple[str, str]]
) -> None:
    nlp = spacy.blank("en", vocab=parser.nlp.vocab)
    for step in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"):
        nlp.add_pipe(step, source=parser.nlp)
    before = nlp(TEXT).to_json()
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    found = [(span.text, span.label_) for span in doc.spans[name]]
    assert [pair for pair in wanted if pair in found] == wanted
    assert all(span._.onrecord in doc._.get(name) for span in doc.spans[name])
    after = doc.to_json()
    assert {key: after[key] for key in ("text", "ents", "tokens", "sents")} == {
        key: before[key] for key in ("text", "ents", "tokens", "sents")
    }


def test_times_are_read_against_the_day_of_the_doc_or_of_the_config(parser: Parser) -> None:
    nlp = spacy.blank("en", vocab=parser.nlp.vocab)
    for step in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"):
        nlp.add_pipe(step, source=parser.nlp)
    nlp.add_pipe("onrecord_times", config={"published": "2011-09-14"})
    assert [time.value for time in nlp(TEXT)._.onrecord_times] == ["2011-09-12"]
    doc = nlp.make_doc(TEXT)
    doc._.onrecord_published = "2011-09-21"
    assert [time.value for time in nlp(doc)._.onrecord_times] == ["2011-09-19"]
    assert [time.value for time in components.read_times(TEXT)] == ["XXXX-WXX-1"]


def test_empty_doc_does_no_harm() -> None:
    assert not components.read_times("")
    assert not components.read_quantities("")
    assert not components.read_places("")
