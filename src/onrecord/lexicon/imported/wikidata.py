"""Wikidata's own JSON: an entity a line as in its dumps, or {"entities": …} as its pages give.

People come with the positions they held (P39) between dates; positions and states are read from the same file, where
they give the titles and the codes. Deprecated statements are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.lexicon.actor_entries import EntryKind
from onrecord.lexicon.imported.values import Fault, Found, FoundOffice, objects, read_json, read_objects

HUMAN = "Q5"
BODIES_BY_CLASS: tuple[tuple[str, EntryKind, str], ...] = (  # class, kind and PLOVER sector of what is one of it
    ("Q7278", "organisation", "PTY"), ("Q327333", "organisation", "GOV"), ("Q192350", "organisation", "GOV"),
    ("Q783794", "organisation", "BUS"), ("Q4830453", "organisation", "BUS"), ("Q891723", "organisation", "BUS"),
    ("Q192283", "organisation", "JRN"), ("Q11032", "organisation", "JRN"), ("Q47913", "organisation", "SPY"),
    ("Q17149090", "group", "UAF"), ("Q15627509", "group", "UAF"), ("Q175331", "group", "OPP"),
    ("Q163740", "organisation", ""), ("Q79913", "organisation", ""), ("Q484652", "organisation", ""),
    ("Q43229", "organisation", ""),
)  # fmt: skip
# Wikibase's precision of a time, and how many characters of an ISO day that leaves
PRECISIONS = {9: 4, 10: 7, 11: 10}


def read_wikidata(path: Path, columns: dict[str, str]) -> Iterator[Found | Fault]:  # noqa: ARG001  # as all readers
    """All people with positions, and all bodies of a known class."""
    entities: list[tuple[str, dict[str, Any]]] = []
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for where, entity in _entities(path):
        if isinstance(entity, Fault):
            yield entity
            continue
        id = str(entity.get("id", ""))
        names[id] = _label(entity)
        code = next(iter(_values(entity, "P298")), None)
        if isinstance(code, str):
            codes[id] = code
        entities.append((where, _kept(entity)))
    places = {str(entity["id"]): _places(entity) for _, entity in entities}
    for where, entity in entities:
        found = _found(where, entity, names, codes, places)
        if found is not None:
            yield found


def _entities(path: Path) -> Iterator[tuple[str, dict[str, Any] | Fault]]:
    with_lines = list(read_objects(path)) if path.suffix not in (".json",) else []
    if with_lines:
        yield from with_lines
        return
    try:
        whole = read_json(path)
    except ValueError:
        yield from read_objects(path)
        return
    held = whole.get("entities", {}) if isinstance(whole, dict) else whole
    listed = list(held.values()) if isinstance(held, dict) else held
    for number, entity in enumerate(listed if isinstance(listed, list) else [], start=1):
        where = f"{path.name}: item {number}"
        yield where, entity if isinstance(entity, dict) else Fault(where, "no JSON object")


def _kept(entity: dict[str, Any]) -> dict[str, Any]:
    """The parts of an entity that are used; the rest of a dump is too large to keep."""
    claims, aliases = _part(entity, "claims"), _part(entity, "aliases")
    wanted = {name: claims[name] for name in ("P31", "P39", "P27", "P17", "P1001") if name in claims}
    return {"id": str(entity.get("id", "")), "claims": wanted, "aliases": objects(aliases.get("en"))}


def _part(thing: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under a name; an empty one where there is none."""
    value = thing.get(name)
    return value if isinstance(value, dict) else {}


def _label(entity: dict[str, Any]) -> str:
    labels = _part(entity, "labels")
    for language in ("en", "en-gb", "mul"):
        value = _part(labels, language).get("value")
        if isinstance(value, str):
            return value
    return ""


def _found(
    where: str, entity: dict[str, Any], names: dict[str, str], codes: dict[str, str], places: dict[str, list[str]]
) -> Found | None:
    id = entity["id"]
    classes = set(_values(entity, "P31"))
    aliases = tuple(str(alias.get("value", "")) for alias in entity["aliases"])
    country = next((codes[place] for place in places[id] if place in codes), "")
    if HUMAN in classes:
        offices = tuple(_offices(entity, names, codes, places))
        return Found(where, "person", names[id], aliases, id, country, "", offices) if offices else None
    kind = next(((kind, sector) for name, kind, sector in BODIES_BY_CLASS if name in classes), None)
    return Found(where, kind[0], names[id], aliases, id, country, kind[1]) if kind is not None else None


def _offices(
    entity: dict[str, Any], names: dict[str, str], codes: dict[str, str], places: dict[str, list[str]]
) -> Iterator[FoundOffice]:
    for statement in objects(entity["claims"].get("P39")):
        position = _value(statement.get("mainsnak"))
        if statement.get("rank") == "deprecated" or not isinstance(position, str):
            continue
        country = next((codes[place] for place in places.get(position, ()) if place in codes), "")
        since, until = (_day(statement, name) for name in ("P580", "P582"))
        yield FoundOffice(names.get(position, ""), country, since, until)


def _places(entity: dict[str, Any]) -> list[str]:
    """The states an entity is of: its jurisdiction, its country, a person's citizenship."""
    values = [value for name in ("P1001", "P17", "P27") for value in _values(entity, name)]
    return [value for value in values if isinstance(value, str)]


def _values(entity: dict[str, Any], name: str) -> list[Any]:
    statements = objects(_part(entity, "claims").get(name))
    found = (_value(s.get("mainsnak")) for s in statements if s.get("rank") != "deprecated")
    return [value for value in found if value is not None]


def _value(snak: object) -> Any:
    """The value of a snak: the id of an item, a time as it stands, or a text."""
    value = snak.get("datavalue", {}) if isinstance(snak, dict) else {}
    inner = value.get("value") if isinstance(value, dict) else None
    return inner.get("id", inner) if isinstance(inner, dict) else inner


def _day(statement: dict[str, Any], name: str) -> str:
    """The time of a qualifier to the precision it has; empty where it is missing or coarser than a year."""
    snaks = objects(_part(statement, "qualifiers").get(name))
    time = _value(snaks[0]) if snaks else None
    if not isinstance(time, dict) or not str(time.get("time", "")).startswith("+"):
        return ""
    return str(time["time"])[1:11][: PRECISIONS.get(int(time.get("precision", 0)), 0)]
