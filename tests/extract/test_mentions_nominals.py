"""Actors without a name: span, whose they are, sector, role, and whether they point to one that is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract.mentions import find_mentions
from onrecord.lexicon import Lexicon
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]


@pytest.mark.parametrize(
    ("text", "span", "country", "sector", "role"),
    [
        ("Sudanese army officers seized power.", "Sudanese army officers", "SDN", "MIL", None),
        ("Two senior Iranian officials said so.", "Two senior Iranian officials", "IRN", "GOV", None),
        ("Pro-Russian separatists held the town.", "Pro-Russian separatists", None, "REB", None),
        ("Rwanda-backed rebels took Goma.", "Rwanda-backed rebels", None, "REB", None),
        (
            "A Kremlin spokeswoman declined to comment.",
            "A Kremlin spokeswoman",
            "RUS",
            "GOV",
            "presidential spokesperson",
        ),
        ("Taiwan's defence minister warned of war.", "Taiwan's defence minister", "TWN", "GOV", "defence minister"),
        ("The top Turkish diplomat left.", "The top Turkish diplomat", "TUR", "GOV", "foreign minister"),
        (
            "The foreign minister of Kuwait met them.",
            "The foreign minister of Kuwait",
            "KWT",
            "GOV",
            "foreign minister",
        ),
        ("The Karachi police fired tear gas.", "The Karachi police", "PAK", "COP", None),
        ("Israeli intelligence officials briefed them.", "Israeli intelligence officials", "ISR", "SPY", None),
        ("Opposition lawmakers walked out.", "Opposition lawmakers", None, "LEG", None),
        ("Muslim clerics in Indonesia protested.", "Muslim clerics in Indonesia", "IDN", "REL", None),
        ("Military analysts doubted it.", "Military analysts", None, "EDU", None),
        ("Greek farmers blocked roads.", "Greek farmers", "GRC", "AGR", None),
    ],
)
def test_a_nominal_is_the_whole_phrase_with_its_own_country(
    text: str, span: str, country: str | None, sector: str, role: str | None, read_text: ReadText, lexicon: Lexicon
) -> None:
    document, parsed = read_text(text)
    found = {document.words(m.span): m for m in find_mentions(parsed, document, lexicon) if m.kind == "nominal"}
    assert span in found
    assert (found[span].country, found[span].sector, found[span].role) == (country, sector, role)


def test_head_is_the_noun_alone(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("Several senior Serbian officials left.")
    nominal = next(m for m in find_mentions(parsed, document, lexicon) if m.kind == "nominal")
    assert document.words(nominal.head) == "officials"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("A Pentagon spokesman on Tuesday denied the report.", "A Pentagon spokesman"),
        ("The Syrian army's advance stopped.", "The Syrian army"),
    ],
)
def test_a_day_or_possessive_mark_is_no_part_of_it(text: str, span: str, read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text(text)
    assert span in [document.words(m.span) for m in find_mentions(parsed, document, lexicon) if m.kind == "nominal"]


def test_a_modifier_noun_is_no_actor_of_its_own(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("Police stations were closed. The army base burned.")
    assert not [m for m in find_mentions(parsed, document, lexicon) if m.kind == "nominal"]


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Moro rebels withdrew.", "Moro rebels", "PHL", "REB"),  # a people of one state
        ("Tuareg rebels withdrew.", "Tuareg rebels", None, "REB"),  # of several
        ("An adviser to the Emirati president left.", "An adviser to the Emirati president", "ARE", "GOV"),
        ("A spokesman for the Ukrainian navy left.", "A spokesman for the Ukrainian navy", "UKR", None),
        ("A critic of the Ukrainian government left.", "A critic of the Ukrainian government", None, None),
        ("The WHO director general left.", "The WHO director general", None, "MED"),  # no general
    ],
)
def test_state_and_sector_of_those_who_serve(
    text: str, words: str, country: str | None, sector: str | None, read_text: ReadText, lexicon: Lexicon
) -> None:
    document, parsed = read_text(text)
    told = next((m for m in find_mentions(parsed, document, lexicon) if document.words(m.span) == words), None)
    assert (told.country if told else None) == country
    assert sector is None or (told is not None and told.sector == sector)


@pytest.mark.parametrize(
    ("text", "words", "name", "why"),
    [
        (
            "Chad bombed Sudan. The North African country was hit twice.",
            "The North African country",
            None,
            "no continent",
        ),
        ("Chad and Sudan met. The country was at war.", "The country", None, "two could be meant"),
        (
            "Eritrea expelled two envoys. Chad protested to the reclusive regime.",
            "the reclusive regime",
            "Eritrea",
            "not the one that acts on it",
        ),
        ("Bolivia left the bloc. The country kept its envoys there.", "The country", "Bolivia", "the one just named"),
        (
            "Peru sent troops. Japan has warned the South American country.",
            "the South American country",
            "Peru",
            "of that continent",
        ),
        (
            "Peru sent troops. Japan has warned the Asian country.",
            "the Asian country",
            None,
            "none of that continent but the one that acts",
        ),
        ("Nigeria has 36 states. The state of Borno was calm.", "The state of Borno", None, "one that has a name"),
        ("Syria defied the sanctions regime of the council.", "the sanctions regime of the council", None, "no state"),
    ],
)
def test_a_state_by_other_words_is_the_one_that_stands_out(
    text: str, words: str, name: str | None, why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    document, parsed = read_text(text)
    told = next((m for m in find_mentions(parsed, document, lexicon) if document.words(m.span) == words), None)
    assert (told.name if told is not None and told.actor_kind == "state" else None) == name, why


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ("South Sudan shelled Bor. The South said it would go on.", "South Sudan", "one such state"),
        ("North Korea and North Macedonia sent envoys. The North said so.", None, "two such states"),
        ("South Sudan shelled Bor. Rain fell in the South.", None, "a region"),
        ("Vietnam sent envoys. The North said so.", None, "no such state"),
    ],
)
def test_the_north_is_a_state_where_the_report_names_one(
    text: str, named: str | None, why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    document, parsed = read_text(text)
    halves = [m for m in find_mentions(parsed, document, lexicon) if document.words(m.span) in ("North", "South")]
    assert [m.name for m in halves if m.key] == ([named] if named else []), why


@pytest.mark.parametrize(
    "text",
    [
        "Settlers entered the West Bank.",  # a land, no bank
        "Two F-35 fighter jets crossed Syria.",  # arms, no fighters
    ],
)
def test_lands_and_arms_are_no_groups(text: str, read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text(text)
    found = [document.words(m.head) for m in find_mentions(parsed, document, lexicon) if m.kind == "nominal"]
    assert not {"Bank", "fighter"} & set(found)


def test_who_speaks_for_somebody_with_a_title_is_another(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("A spokesman for Foreign Minister Sergei Lavrov denied it.")
    chains = {document.words(m.span): m.chain for m in find_mentions(parsed, document, lexicon)}
    assert chains["A spokesman for Foreign Minister Sergei Lavrov"] != chains["Sergei Lavrov"]
