"""What a report's day decides: who holds an office, for whom and in which sector, and when nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.tasks.dated import is_test, read_cases
from onrecord.extract.mentions import find_mentions
from onrecord.lexicon import Lexicon
from onrecord.lexicon.actors import load_actors
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]
CASES = Path(__file__).parents[2] / "bench" / "data" / "actors_dated.tsv"


def mention(text: str, words: str, read_text: ReadText, lexicon: Lexicon, published: str | None = None) -> Mention:
    """The first mention of exactly these words."""
    document, parsed = read_text(text, published)
    return next(m for m in find_mentions(parsed, document, lexicon) if document.words(m.span) == words)


def found(
    text: str, read_text: ReadText, lexicon: Lexicon, published: str | None = None
) -> list[tuple[str, str | None]]:
    """Words and key of every mention."""
    document, parsed = read_text(text, published)
    return [(document.words(m.span), m.key) for m in find_mentions(parsed, document, lexicon)]


@pytest.mark.parametrize(
    ("text", "words", "published", "country", "sector"),
    [
        ("Boris Johnson spoke.", "Boris Johnson", "2020-05-01", "GBR", "GOV"),
        ("Boris Johnson spoke.", "Boris Johnson", "2024-05-01", "GBR", "ELI"),  # a former prime minister
        ("Boris Johnson spoke.", "Boris Johnson", "2005-05-01", "GBR", None),  # before any office that we know
        ("Boris Johnson spoke.", "Boris Johnson", "2022-08-01/2023-03-01", "GBR", None),  # in and out of office
        ("Jens Stoltenberg spoke.", "Jens Stoltenberg", "2011-07-23", "NOR", "GOV"),
        ("Jens Stoltenberg spoke.", "Jens Stoltenberg", "2022-07-23", None, "GOV"),  # for the alliance, not Norway
    ],
)
def test_state_and_sector_are_those_of_the_day(
    text: str,
    words: str,
    published: str,
    country: str | None,
    sector: str | None,
    read_text: ReadText,
    lexicon: Lexicon,
) -> None:
    told = mention(text, words, read_text, lexicon, published)
    assert (told.country, told.sector) == (country, sector)


def test_who_served_two_states_is_known_in_both(read_text: ReadText, lexicon: Lexicon) -> None:
    expected = ("Mark Carney", "person:mark-carney")
    assert expected in found("Canadian Prime Minister Mark Carney spoke.", read_text, lexicon, "2025-05-02")
    assert expected in found("British banker Mark Carney spoke.", read_text, lexicon, "2015-05-02")
    assert expected not in found("Peruvian Foreign Minister Mark Carney spoke.", read_text, lexicon, "2015-05-02")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2019-01-01/2020-12-31", ["Dmytro Kuleba 0.41", "Pavlo Klimkin 0.33", "Vadym Prystaiko 0.26"]),  # most first
        ("2019-08-29", ["2019-08-29: Pavlo Klimkin 0.50, Vadym Prystaiko 0.50"]),  # the day of the change
        (None, ["the day is unknown", " more"]),  # a few of many are named, the others counted
    ],
)
def test_who_may_be_meant_is_said_where_nobody_is_named(
    published: str | None, words: list[str], read_text: ReadText, lexicon: Lexicon
) -> None:
    text = "The Ukrainian foreign minister refused."
    told = mention(text, "The Ukrainian foreign minister", read_text, lexicon, published)
    assert told.key is None
    assert [told.rule.find(word) for word in words] == sorted(told.rule.find(word) for word in words)
    assert all(word in told.rule for word in words)


def test_the_rule_says_layer_and_row(read_text: ReadText, lexicon: Lexicon, tmp_path: Path) -> None:
    told = mention("The French president left.", "The French president", read_text, lexicon, "2010-03-01")
    assert "held the office of president on the day" in told.rule
    assert told.rule.endswith("person:nicolas-sarkozy in the built-in base")
    own = tmp_path / "mine.yaml"
    own.write_text("actors:\n  - {name: Ana Sample, country: FRA, offices: [{office: president, since: 2031-01-01}]}\n")
    added = replace(lexicon, actors=load_actors([own]))
    told = mention("The French president left.", "The French president", read_text, added, "2031-03-01")
    assert told.rule.endswith("person:ana-sample in the own base (mine.yaml:2)")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The next Kenyan president will face debts.", "2013-02-01", ("The next Kenyan president", None)),
        ("A shadow British foreign secretary objected.", "2012-02-01", ("A shadow British foreign secretary", None)),
        ("The incoming Iranian president agreed.", "2013-07-01", ("The incoming Iranian president", None)),
        ("The North Korean leader waved.", "2015-02-01", ("The North Korean leader", "person:kim-jong-un")),
        ("The Iranian leader waved.", "2015-02-01", ("The Iranian leader", None)),  # a president and a supreme leader
        ("The UN secretary-general appealed.", "2004-02-01", ("The UN secretary-general", "person:kofi-annan")),
        ("The Abkhaz president left.", "2008-09-10", ("The Abkhaz president", "person:sergei-bagapsh")),
        ("The Chechen interior minister left.", "2008-09-10", ("The Chechen interior minister", None)),  # nor Russia's
        ("The Abkhaz government protested.", "2008-09-10", ("The Abkhaz government", "territory:abkhazia")),
        ("The Bundestag president left.", "2019-04-01", ("The Bundestag president", None)),  # not Germany's
        ("The Likud spokesman denied it.", "2019-04-01", ("The Likud spokesman", None)),  # not the government's
        ("The Ukrainian navy spokesman left.", "2022-12-02", ("The Ukrainian navy spokesman", None)),
        ("The president of the Polish football federation left.", "2012-06-02",
         ("The president of the Polish football federation", None)),
        ("The Ukrainian spokesman left.", "2022-12-02", ("The Ukrainian spokesman", None)),  # whose?
        ("The Kremlin spokesman denied it.", "2018-03-28", ("The Kremlin spokesman", "person:dmitry-peskov")),
        ("The Kremlin spokeswoman denied it.", "2018-03-28", ("The Kremlin spokeswoman", None)),  # he is a man
        ("The Kremlin spokeswoman denied it.", "2010-03-28", ("The Kremlin spokeswoman", "person:natalya-timakova")),
        ("The IAEA chief warned.", "2010-05-01", ("The IAEA chief", "person:yukiya-amano")),
        ("The Hamas leader spoke.", "2018-05-10", ("The Hamas leader", None)),  # two were called so
        ("The EU foreign policy chief left.", "2021-10-08", ("The EU foreign policy chief", "person:josep-borrell")),
        ("Bibi faces pressure.", "2024-01-09", ("Bibi", "person:benjamin-netanyahu")),  # a nickname
        ("Kirby disagreed.", "2014-05-01", ("Kirby", None)),  # a spokesman's last name says too little
        ("Smith disagreed.", "2008-02-01", ("Smith", None)),  # too common, though one was a minister
        ("Australia said no. Smith disagreed.", "2008-02-01", ("Smith", "person:stephen-smith")),
        ("Sarkozy disagreed.", None, ("Sarkozy", "person:nicolas-sarkozy")),  # one leader only bears it
        ("Sharif disagreed.", None, ("Sharif", None)),  # two do
        ("The Sarkozy government disagreed.", None, ("The Sarkozy government", "state:FRA")),
        ("Zapatero arrived. He smiled.", "2006-02-01", ("He", "person:jose-luis-rodriguez-zapatero")),
    ],
)  # fmt: skip
def test_office_and_last_name_lead_to_one_or_to_nobody(
    text: str, published: str | None, expected: tuple[str, str | None], read_text: ReadText, lexicon: Lexicon
) -> None:
    assert expected in found(text, read_text, lexicon, published)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy thanked President (Barack) Obama.", ("(Barack) Obama", "person:barack-obama")),
        ("It began in Khartoum. Khartoum denied it.", ("Khartoum", "state:SDN")),
        ("Sudan signed. It is unclear whether the truce will hold.", ("It", None)),  # points to nothing
        ("Sudan signed. The truce collapsed. It lasted a day.", ("It", None)),  # the truce
        ("Sudan signed. It promised to hold fire.", ("It", "state:SDN")),
    ],
)
def test_brackets_capitals_and_it(
    text: str, expected: tuple[str, str | None], read_text: ReadText, lexicon: Lexicon
) -> None:
    assert expected in found(text, read_text, lexicon)


@pytest.mark.parametrize(
    "text", ["Stinger missiles arrived.", "They fired a Tomahawk at the base.", "Scud rockets fell."]
)
def test_makes_of_arms_are_nobody(text: str, read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text(text)
    kinds = [m.actor_kind for m in find_mentions(parsed, document, lexicon) if m.kind == "name"]
    assert "person" not in kinds


def test_what_is_somebodys_is_one_group_for_each_owner(read_text: ReadText, lexicon: Lexicon) -> None:
    text = "Robert Mugabe won. His allies cheered. Angela Merkel frowned. Her allies agreed. Her allies left."
    document, parsed = read_text(text)
    chains = [m.chain for m in find_mentions(parsed, document, lexicon) if "allies" in document.words(m.span)]
    assert chains[0] != chains[1] == chains[2]


def test_the_cases_of_the_benchmark_are_whole() -> None:
    cases = read_cases(CASES)
    assert len(cases) >= 300
    assert len({tuple(case.values()) for case in cases}) == len(cases)
    assert all(case["sentence"].count("{}") == 1 and case["phrase"] and case["expected"] for case in cases)
    assert 0.4 < sum(map(is_test, cases)) / len(cases) < 0.6
    assert sum(case["expected"] == "-" for case in cases) >= 60
