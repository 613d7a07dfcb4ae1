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
