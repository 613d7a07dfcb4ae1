"""The gazetteer: what its tables hold, what they refuse, and how names are found whatever their spelling."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import places as places_module
from onrecord.lexicon.cities import fold_name, fold_names, load_cities
from onrecord.lexicon.places import PLACE_KINDS, Gazetteer, load_places
from onrecord.lexicon.table import read_table


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_places()


@pytest.mark.parametrize(
    ("written", "folded", "why"),
    [
        ("Sana'a", "sanaa", "apostrophes drop"),
        ("Al-Tanf", "al tanf", "hyphens are spaces"),
        ("São Paulo", "sao paulo", "accents drop"),
        ("Saint Petersburg", "st petersburg", "Saint is St"),
        ("U.S.", "us", "dots drop"),
        ("  New \n York ", "new york", "white space is one space"),
        ("", "", "nothing stays nothing"),
    ],
)
def test_fold_name_forgets_spelling(written: str, folded: str, why: str) -> None:
    assert fold_name(written) == folded, why


@pytest.mark.parametrize(
    ("name", "kind", "country", "why"),
    [
        ("Sudan", "country", "SDN", "a state"),
        ("UK", "country", "GBR", "a short name of a state"),
        ("Kosovo", "country", "XKX", "a state with no agreed ISO code"),
        ("Golan Heights", "disputed", "SYR", "a disputed land"),
        ("Strait of Hormuz", "water", None, "waters belong to none"),
        ("Kashmir", "disputed", None, "a land in several states has none"),
        ("Texas", "province", "USA", "a state of a federation"),
        ("Natanz", "facility", "IRN", "a site"),
        ("Kiev", "city", "UKR", "an older name of a city"),
        ("Aleppo", "city", "SYR", "a city"),
    ],
)
def test_senses_lead_with_the_known_one(gazetteer: Gazetteer, name: str, kind: str, country: str, why: str) -> None:
    first = gazetteer.senses(name)[0]
    assert (first.kind, first.country) == (kind, country), why


def test_senses_of_a_shared_name_are_all_there(gazetteer: Gazetteer) -> None:
    assert {sense.country for sense in gazetteer.senses("Paris")} >= {"FRA", "USA", "CAN"}
    assert {sense.kind for sense in gazetteer.senses("Georgia")} >= {"country", "province"}


@pytest.mark.parametrize(
    ("word", "countries"),
    [("Sudanese", ["SDN"]), ("Syrians", ["SYR"]), ("Congolese", ["COD", "COG"]), ("Table", [])],
)
def test_demonym_leads_to_its_states(gazetteer: Gazetteer, word: str, countries: list[str]) -> None:
    assert sorted(str(sense.country) for sense in gazetteer.demonym(word)) == countries


def test_tables_are_broad_enough(gazetteer: Gazetteer) -> None:
    own = {sense for senses in gazetteer.names.values() for sense in senses}
    assert sum(sense.kind == "country" for sense in own) >= 200
    assert sum(sense.kind not in {"country", "province"} for sense in own) >= 250
    assert {sense.kind for sense in own} == set(PLACE_KINDS)


def test_every_world_city_is_found_in_its_state(gazetteer: Gazetteer) -> None:
    missing = [
        (name, state)
        for name, state in sorted(gazetteer.world_cities)
        if not any(city.renowned and city.country == state for city in gazetteer.cities(name))
    ]
    assert missing == []


def test_cities_are_read_once_and_packed() -> None:
    table = load_cities()
    assert load_cities() is table
    assert len(table.ids) > 100_000
    assert len(table.ids) == len(table.lats) == len(table.names) == len(table.countries)


def test_names_folded_together_are_those_folded_one_by_one() -> None:
    odd = [
        "",
        " Saint  John's ",
        "SAINT-DENIS",
        "Çeşme",
        "İzmir",
        "Straße",
        "two\u00a0words",
        "ends_",
        "Saint",
        "_x",
        "é",
    ]
    names = [*odd, *load_cities().names[::50]]
    assert fold_names(names) == [fold_name(name) for name in names]
    assert fold_names([*odd, "a\nline end"]) == [fold_name(name) for name in [*odd, "a\nline end"]]


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("countries.tsv", "ZZZ\tNowhere\t-\t0\t0", "unknown country 'ZZZ'"),
        ("countries.tsv", "SDN\tSudan Again\t-\t0\t0", "SDN stands twice"),
        ("countries.tsv", "ATF\tFar South\t-\t100\t0", "no such point on earth"),
        ("regions.tsv", "swamp\tThe Bog\t-\t-\t0\t0", "unknown kind 'swamp'"),
        ("regions.tsv", "water\tBig Sea|big sea\t-\t-\t0\t0", "named twice"),
        ("provinces.tsv", "SDN\t-\tSomewhere\t-\t-\tnorth\t0", "not a point"),
        ("world_cities.tsv", "SDN\tKhartoum", "stands twice"),
        ("place_words.tsv", "here\tnonsense", "unknown kind 'nonsense'"),
    ],
)
def test_load_places_refuses_a_wrong_row(monkeypatch: pytest.MonkeyPatch, table: str, row: str, message: str) -> None:
    def with_row(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        rows = list(read_table(name, columns))
        if name == table:
            header = next(line for line in _text(name).split("\n") if not line.startswith("#")).split("\t")
            rows.append((9999, dict(zip(header, row.split("\t"), strict=True))))
        return rows

    monkeypatch.setattr(places_module, "read_table", with_row)
    with pytest.raises(LexiconError, match=message) as raised:
        load_places()
    assert f"{table}:9999" in str(raised.value)


def _text(name: str) -> str:
    return Path(str(files("onrecord.lexicon") / "data" / name)).read_text(encoding="utf-8")
