"""The actor base: what forms mean, who held which office when, and that a wrong row is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import table
from onrecord.lexicon.actors import ActorBase, Known, load_actors
from onrecord.lexicon.spelling import fold_words, romanise, sound_key


@pytest.fixture(scope="module")
def actors() -> ActorBase:
    return load_actors()


@pytest.mark.parametrize(
    ("form", "key", "how"),
    [
        ("Sudan", "state:SDN", "name"),
        ("U.S.", "state:USA", "name"),  # dots fall away
        ("the Philippines", "state:PHL", "name"),
        ("Ivorian", "state:CIV", "adjective"),
        ("Danes", "state:DNK", "people"),
        ("Pyongyang", "state:PRK", "capital"),
        ("Downing Street", "state:GBR", "metonym"),
        ("Élysée", "state:FRA", "metonym"),  # accents fall away
        ("Yugoslavia", "state:YUG", "name"),
        ("Abkhazia", "territory:abkhazia", "name"),
        ("al-Shabab", "group:al-shabaab", "name"),
        ("IAEA", "organisation:iaea", "name"),
        ("Workers' Party of Korea", "organisation:wpk", "name"),
        ("Kofi Annan", "person:kofi-annan", "name"),
    ],
)
def test_by_name_finds_the_actor_a_form_means(actors: ActorBase, form: str, key: str, how: str) -> None:
    assert (key, how) in [(sense.row.key, sense.how) for sense in actors.by_name(fold_words(form))]


@pytest.mark.parametrize(
    ("form", "surface", "fits"),
    [
        ("US", "US", True),
        ("US", "us", False),  # the pronoun
        ("WHO", "who", False),
        ("U.N.", "UN", True),
        ("Turkey", "turkey", False),  # the bird
        ("the West", "the west", False),
        ("the West", "The West", True),
    ],
)
def test_a_form_fits_only_text_with_its_capitals(actors: ActorBase, form: str, surface: str, fits: bool) -> None:
    senses = actors.by_name(fold_words(form))
    assert senses
    assert any(sense.fits(surface) for sense in senses) is fits


def test_former_states_and_bodies_have_a_code_but_no_country(actors: ActorBase) -> None:
    assert (actors.rows["state:SUN"].code, actors.rows["state:SUN"].country) == ("SUN", None)
    assert (actors.rows["organisation:nato"].code, actors.rows["organisation:nato"].country) == ("IGO", None)
    assert actors.rows["territory:transnistria"].country == "MDA"


@pytest.mark.parametrize(
    ("office", "body", "day", "key"),
    [
        ("prime minister", "GBR", "2003-03-20", "person:tony-blair"),
        ("foreign minister", "USA", "2010-06-01", "person:hillary-clinton"),
        ("secretary general", "UN", "2005-01-01", "person:kofi-annan"),
        ("president", "TWN", "2022-08-04", "person:tsai-ing-wen"),
        ("president", "SDN", "2010-01-01", "person:omar-al-bashir"),
    ],
)
def test_holder_is_who_held_the_office_that_day(actors: ActorBase, office: str, body: str, day: str, key: str) -> None:
    holder = actors.holder(office, body, (day, day))
    assert holder is not None
    assert holder.key == key


def test_holder_is_none_across_a_change_of_office_and_beyond_what_is_known(actors: ActorBase) -> None:
    assert actors.holder("prime minister", "GBR", ("2007-06-01", "2007-07-30")) is None  # two of them
    assert actors.holder("prime minister", "GBR", ("2077-01-01", "2077-01-01")) is None
    assert actors.holder("prime minister", "ATA", ("2007-06-01", "2007-06-01")) is None


def test_months_of_a_change_have_both_holders(actors: ActorBase) -> None:
    assert [row.name for row, _ in actors.holders("foreign minister", "IRQ", ("2001-04-15", "2001-04-15"))] == [
        "Mohammed Saeed al-Sahhaf", "Naji Sabri",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["USA", "GBR", "FRA", "DEU", "RUS", "UKR", "ISR", "IRN", "TUR", "IND", "POL", "CAN"])
@pytest.mark.parametrize("office", ["foreign minister", "defence minister"])
def test_ministers_of_well_known_states_are_known_without_gaps(actors: ActorBase, state: str, office: str) -> None:
    days = [f"{year}-{month:02d}-23" for year in range(2001, 2025) for month in (2, 7, 10)]
    holders = {day: [row.name for row, _ in actors.holders(office, state, (day, day))] for day in days}
    assert [day for day, names in holders.items() if len(names) != 1] == []


def test_a_last_name_asks_for_more_where_it_is_common_or_shared(actors: ActorBase) -> None:
    nothing, day = frozenset[str](), ("2005-03-01", "2005-03-01")
    known = Known(nothing, nothing, frozenset(), day)
    assert (found := actors.by_last_name("putin", known)) is not None
    assert found.key == "person:vladimir-putin"
    assert actors.by_last_name("brown", known) is None
    assert actors.by_last_name("ivanov", known) is None
    assert actors.by_last_name("kirchner", replace(known, days=None)) is None
    president = replace(known, offices=frozenset({"president"}), days=("2010-03-01", "2010-03-01"))
    assert (found := actors.by_last_name("kirchner", president)) is not None
    assert found.key == "person:cristina-fernandez-de-kirchner"


def test_an_actor_speaks_for_whom_the_office_of_the_day_is_of(actors: ActorBase) -> None:
    stoltenberg = next(row for row in actors.rows.values() if row.name == "Jens Stoltenberg")
    assert actors.code_on(stoltenberg, ("2010-01-01", "2010-01-01")) == "NOR"
    assert actors.code_on(stoltenberg, ("2020-01-01", "2020-01-01")) == "IGO"
    assert actors.country_on(stoltenberg, ("2020-01-01", "2020-01-01")) is None
    assert actors.country_on(stoltenberg, None) == "NOR"  # the one state ever served
    assert actors.country_on(actors.rows["state:RUS"], None) == "RUS"


def test_sector_on_a_day_follows_the_office(actors: ActorBase) -> None:
    blair = actors.rows["person:tony-blair"]
    assert actors.sector_on(blair, ("2003-01-01", "2003-01-01")) == "GOV"
    assert actors.sector_on(blair, ("2022-01-01", "2022-01-01")) == "ELI"
    assert actors.sector_on(blair, ("1980-01-01", "1980-01-01")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bill", "william", True),
        ("tony", "antony", True),
        ("serhiy", "sergey", True),
        ("j", "joseph", True),  # an initial
        ("hunter", "joe", False),
        ("raul", "fidel", False),
    ],
)
def test_same_given_knows_short_forms(actors: ActorBase, one: str, other: str, same: bool) -> None:
    assert actors.same_given(one, other) is same


@pytest.mark.parametrize(
    "names", [("zelensky", "zelenskiy", "zelenskyy"), ("nebenzya", "nebenzia"), ("shoygu", "shoigu")]
)
def test_sound_key_joins_spellings(names: tuple[str, ...]) -> None:
    assert len({sound_key(name) for name in names}) == 1


def test_sound_key_keeps_different_names_apart() -> None:
    assert len({sound_key(name) for name in ("lavrov", "lukin", "kerry", "perry", "biden", "putin")}) == 6


def test_folding_survives_hostile_text() -> None:
    assert fold_words("") == ()
    assert fold_words("\u200b\u200f") == ()
    assert fold_words("Kа́dyrov\u200b’s") == fold_words("Kа́dyrov's")
    assert romanise("Лавров") == "lavrov"


def test_load_is_fast() -> None:
    started = time.process_time()
    load_actors()
    assert time.process_time() - started < 1.0  # 0.25 s of one core


@pytest.mark.parametrize(
    ("file", "row", "words"),
    [
        ("metonyms.tsv", {"form": "Nowhere House", "country": "QQQ", "sector": "GOV"}, "no state"),
        ("metonyms.tsv", {"form": "Nowhere House", "country": "RUS", "sector": "KGB"}, "sector"),
        (
            "states.tsv",
            {"country": "Rus", "name": "R", "forms": "", "adjectives": "", "people": "", "capitals": ""},
            "code",
        ),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch, file: str, row: dict[str, str], words: str
) -> None:
    real = table.read_table

    def with_wrong_row(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        yield from real(name, columns)
        if name == file:
            yield 999, row

    monkeypatch.setattr("onrecord.lexicon.actors.read_table", with_wrong_row)
    with pytest.raises(LexiconError, match=rf"{file}:999.*{words}"):
        load_actors()


def test_a_doubled_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = table.read_table

    def doubled(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        for line, row in real(name, columns):
            yield line, row
            if name == "organisations.tsv" and row["id"] == "nato":
                yield line + 1, row

    monkeypatch.setattr("onrecord.lexicon.actors.read_table", doubled)
    with pytest.raises(LexiconError, match="twice"):
        load_actors()
