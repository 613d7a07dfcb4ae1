"""Statements known by their form: quotations without a listed cue, turns of a conversation, signatures, what goes on.

These look at the rules alone; what the trained layers make of them is tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract.statements import find_by_rules
from onrecord.extract.statements.quotes import mark_quotes
from onrecord.lexicon import Lexicon
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]

# text, source, cue, contents, why
FORMS = [
    (
        "The minister gave the mayor a blunt warning: “You will not get another chance at this.”",
        "The minister", "gave", ["“You will not get another chance at this.”"], "a clause that ends in a colon",
    ),
    (
        "The president issued the following statement:\n“We stand with the people of Tallinn. This cannot go on.”",
        "The president", "issued",
        ["“We stand with the people of Tallinn. This cannot go on.”"],
        "a colon at the end of the paragraph before",
    ),
    (
        "“Nothing will change,” the premier retaliated.",
        "the premier", "retaliated", ["“Nothing will change,”"],
        "a verb that no lexicon has, right after words with a comma",
    ),
    (
        '"The levy is a fraud on the poor of this country."\n- Vera Kolar.',
        "Vera Kolar", "-", ['"The levy is a fraud on the poor of this country."'],
        "a signature in a paragraph of its own",
    ),
    (
        "Vera Kolar said the port was shut for a week. “Nobody came to unload the ships.”",
        "Vera Kolar", "said", ["the port was shut for a week", "“Nobody came to unload the ships.”"],
        "a quotation of its own goes on with what was reported before it",
    ),
    (
        "Vera Kolar said the port was shut for a week.\n“Nobody came to unload the ships.”\n“Nobody came at all.”",
        "Vera Kolar", "said",
        ["the port was shut for a week", "“Nobody came to unload the ships.”", "“Nobody came at all.”"],
        "so does one in the next paragraph, and one after that",
    ),
    (
        "“There was no bread in the town at that time, said Kessel, who ran the bakery.",
        "Kessel, who ran the bakery", "said", ["“There was no bread in the town at that time,"],
        "a quotation never closed",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "contents", "why"), FORMS, ids=[row[4] for row in FORMS])
def test_form_gives_the_statement(
    text: str, source: str, cue: str, contents: list[str], why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    _, parsed = read_text(text)
    found = [
        (
            parsed.words(one.source.phrase) if one.source else None,
            parsed.words(one.cue.span) if one.cue else None,
            [parsed.words(span) for span in one.content],
        )
        for one in find_by_rules(mark_quotes(parsed), lexicon)
    ]
    assert (source, cue, contents) in found, why


NOT_SPEECH = [
    ("“Hello from the Harbour,” Adele's song, topped the charts.", "a title"),
    ("The paper has a motto: “All is well.”", "nobody who can speak gives it"),
    ("He was met by “a wall of silence” in the town.", "words inside a clause"),
    ("The bridge fell at noon. “The Long Way Home” was on the radio.", "a title at the head of a sentence"),
]


@pytest.mark.parametrize(("text", "why"), NOT_SPEECH)
def test_quotation_that_nobody_speaks_is_none(text: str, why: str, read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text(text)
    assert [one for one in find_by_rules(mark_quotes(parsed), lexicon) if one.direct] == [], why


CONVERSATION = """Mara Lind: Will you open the crossing?
Omar Zaki: It was never ours to close.
Mara Lind: Whose was it?
Omar Zaki: Ask the general."""


def test_names_that_take_turns_speak(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text(CONVERSATION)
    found = find_by_rules(mark_quotes(parsed), lexicon)
    turns = [one for one in found if one.cue is not None and parsed.words(one.cue.span) == ":"]
    assert [parsed.words(one.source.phrase) for one in turns if one.source] == ["Mara Lind", "Omar Zaki"] * 2


@pytest.mark.parametrize(
    "text", ["Location: Paris.\nBudget: ten million.", "Omar Zaki: the man who closed the crossing"]
)
def test_one_name_or_a_list_before_colons_is_no_conversation(text: str, read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text(f"The ferry was late.\n{text}")
    found = find_by_rules(mark_quotes(parsed), lexicon)
    assert [one for one in found if one.cue is not None and parsed.words(one.cue.span) == ":"] == []
