"""Lemmas and parts of speech that are looked up are those that the pipeline's own components give."""

from __future__ import annotations

import warnings

import pytest
import spacy
from spacy.language import Language

from onrecord.parse import Parser
from onrecord.parse.words import Words, read_words, take_words

# why it is there, the paragraph
PARAGRAPHS: list[tuple[str, str]] = [
    ("plain prose", "The ministers have denied that their ships were seen near the islands."),
    ("one word as verb and as noun", "They report that the report was late; he means it, by no means all do."),
    ("a rule over two neighbours: there is", "There is no fuel, and there were no buses."),
    ("a rule over two neighbours: gonna, gotta, let's", "We're gonna leave. You gotta go. Let's talk, y'all."),
    ("the second neighbour without the first", "It is all ours; on and on, to us."),
    ("short forms", "He ain't here, isn't he? They'd've said nothin' more."),
    ("white space is a token of its own", "He  said\tso .   Twice."),
    ("names, figures, signs", "Mr. O'Neil paid $3.5m (£2m) to ACME-2 @ 5pm — “fine”, he said…"),
    ("capitals", "US TROOPS LEFT; US the country, not us."),
    ("no English", "Он сказал: نعم 是的"),
]


@pytest.fixture(scope="module")
def plain(parser: Parser) -> Language:
    """The same pipeline as it comes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # W095: made with spaCy 3.7
        return spacy.load(parser.name)


@pytest.mark.parametrize(("why", "text"), PARAGRAPHS, ids=[why for why, _ in PARAGRAPHS])
def test_words_are_those_of_the_components(parser: Parser, plain: Language, why: str, text: str) -> None:
    assert parser.words is not None
    wanted = [(w.text, w.lemma, w.pos, w.tag, w.dep) for w in read_words(plain(text))]
    for _ in range(2):  # of new kinds, then of known ones
        [found] = parser.words.of([parser.nlp(text)])
        assert [(w.text, w.lemma, w.pos, w.tag, w.dep) for w in found] == wanted, why


def test_the_order_in_which_words_are_met_changes_nothing(plain: Language) -> None:
    wanted = [read_words(plain(text)) for _, text in PARAGRAPHS]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = spacy.load(str(plain.path))
    words = take_words(nlp)
    assert isinstance(words, Words)
    backwards = words.of([nlp(text) for _, text in reversed(PARAGRAPHS)])[::-1]
    assert [[w.lemma for w in row] for row in backwards] == [[w.lemma for w in row] for row in wanted]
    assert [[w.pos for w in row] for row in backwards] == [[w.pos for w in row] for row in wanted]


def test_a_pipeline_whose_rules_look_further_keeps_its_components() -> None:
    nlp = spacy.blank("en")
    assert take_words(nlp) is None
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]  # add_pipe gives any component
    assert take_words(nlp) is None
    assert nlp.pipe_names == ["attribute_ruler", "lemmatizer"]
