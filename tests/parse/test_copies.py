"""A text that comes again under another name is parsed once, with the same answer."""

from __future__ import annotations

from dataclasses import replace

from bench.tools import plain_document
from onrecord.model.parsed import Parsed, Sentence, Token
from onrecord.parse import Parser, parse
from onrecord.parse.copies import Copies
from onrecord.settings import Settings

TEXT = "The ministry denied the report.\nNorway sent two ships on Monday, it said."


def test_a_copy_has_the_answer_of_the_first(parser: Parser, settings: Settings) -> None:
    fresh = replace(parser, copies=Copies())
    first, second = plain_document("one", TEXT), replace(plain_document("two", TEXT), id="another")
    limits = replace(settings, max_paragraph_chars=35)  # so that a skip is told of as well
    one, two = parse(fresh, first, limits), parse(fresh, second, limits)
    alone = parse(replace(parser, copies=Copies()), second, limits)
    assert two == alone
    assert (two[0].vectors == alone[0].vectors).all()
    assert two[0].tokens is one[0].tokens, "the copy was parsed again"
    assert [skip.document for skip in two[1]] == ["another"]


def test_other_parts_or_limits_are_parsed_anew(parser: Parser, settings: Settings) -> None:
    fresh = replace(parser, copies=Copies())
    plain, titled = plain_document("one", TEXT), plain_document("one", TEXT, None, True)
    assert [s.part for s in parse(fresh, plain, settings)[0].sentences] == ["body", "body"]
    assert [s.part for s in parse(fresh, titled, settings)[0].sentences] == ["title", "body"]
    assert len(parse(fresh, plain, replace(settings, max_paragraph_chars=35))[0].sentences) == 1


def test_the_text_not_asked_for_longest_goes_first() -> None:
    copies = Copies(most=5)
    for name, size in (("a", 2), ("b", 2), ("c", 1)):
        copies.keep(name, (_parsed(size), ()))
    assert copies.find("a", "x") is not None
    copies.keep("d", (_parsed(1), ()))
    assert [name for name in "abcd" if copies.find(name, "x")] == ["a", "c", "d"]
    copies.keep("e", (_parsed(6), ()))  # more than is kept of all
    assert [name for name in "acde" if copies.find(name, "x")] == ["a", "c", "d"]


def _parsed(size: int) -> Parsed:
    tokens = tuple(Token(at, "a", at, at + 1, "a", "X", "XX", "dep", at, 0) for at in range(size))
    return Parsed("doc", "a" * size, tokens, (Sentence(0, size, "body", 0),), ())
