"""Quotation marks: every style, and every way of getting them wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract.statements.quotes import mark_quotes
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]

CASES = [
    ('He said: "We stay."', ['"We stay."'], "straight marks"),
    ("He said: “We stay.”", ["“We stay.”"], "curly marks"),
    ("He said: „We stay.“", ["„We stay.“"], "German marks"),
    ("He said: «We stay.»", ["«We stay.»"], "guillemets"),
    ("‘We stay,’ he said. ‘We don’t go.’", ["‘We stay,’", "‘We don’t go.’"], "single marks around apostrophes"),
    ('He said: “We stay."', ['“We stay."'], "mismatched marks"),
    ("He said: ''We stay.''", ["''We stay.''"], "two apostrophes as a mark"),
    ("“We need shells, “he said.", ["“We need shells, “"], "an opening mark where a closing one belongs"),
    ("We stay,” he said.", [], "a closing mark without an opening one"),
    ("The troops' tents and the rebels' guns were lost.", [], "possessives are no marks"),
    ("In the '90s the 5'10\" man left.", [], "decades and inches are no marks"),
    (
        "He called it a “so-called ‘truce’ on paper”.",
        ["“so-called ‘truce’ on paper”"],
        "single marks inside double ones",
    ),
    ("“”", [], "marks around nothing"),
    (
        "She wrote: “Stay calm when “your side” wins. Stay calm when it loses.”",
        ["“Stay calm when “your side” wins. Stay calm when it loses.”"],
        "double marks inside double ones",
    ),
    (
        '"Without a force on the ground, he added, "this is how it ends."',
        ['"Without a force on the ground,', '"this is how it ends."'],
        "one never closed, and another after the words that say who spoke",
    ),
    ("“We go first. “We go last,” she said.", ["“We go first.", "“We go last,”"], "two openings, one closing"),
    ("「We stay」 he wrote.", ["「We stay」"], "corner brackets"),
    ("``We stay,'' he said.", ["``We stay,''"], "backticks and apostrophes"),
]


@pytest.mark.parametrize(("text", "wanted", "why"), CASES, ids=[why for _, _, why in CASES])
def test_quotes_are_found_in_every_style(text: str, wanted: list[str], why: str, read_text: ReadText) -> None:
    _, parsed = read_text(text)
    assert [parsed.words(span) for quote in mark_quotes(parsed).quotes for span in quote.spans] == wanted, why


def test_quote_left_open_goes_on_where_the_next_paragraph_opens_again(read_text: ReadText) -> None:
    _, parsed = read_text("“The bridge is gone,\n“and so is the road,” she said.")
    (quote,) = mark_quotes(parsed).quotes
    assert [parsed.words(span) for span in quote.spans] == ["“The bridge is gone,", "“and so is the road,”"]
    assert quote.closed


def test_quote_left_open_ends_with_its_paragraph(read_text: ReadText) -> None:
    _, parsed = read_text("“The bridge is gone.\nNobody was hurt.")
    (quote,) = mark_quotes(parsed).quotes
    assert parsed.words(quote.spans[0]) == "“The bridge is gone."
    assert not quote.closed


def test_words_inside_a_quote_know_it(read_text: ReadText) -> None:
    _, parsed = read_text("He said “stay put” twice.")
    marked = mark_quotes(parsed)
    inside = [token.text for token in parsed.tokens if marked.inside[token.i] is not None]
    assert inside == ["“", "stay", "put", "”"]
