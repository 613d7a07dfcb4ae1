"""FollowTheMoney entities, as OpenSanctions publishes them: a JSON object a line.

People come with the positions they held where the file has them as Occupancy and Position; a position without dates
only says that a person once had it, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.lexicon.actor_entries import EntryKind
from onrecord.lexicon.imported.values import Fault, Found, FoundOffice, read_objects, texts

KINDS: dict[str, tuple[EntryKind, str]] = {  # schema: kind of actor, PLOVER sector
    "Person": ("person", ""), "Organization": ("organisation", ""), "PublicBody": ("organisation", "GOV"),
    "Company": ("organisation", "BUS"), "LegalEntity": ("organisation", ""),
}  # fmt: skip


def read_followthemoney(path: Path, columns: dict[str, str]) -> Iterator[Found | Fault]:  # noqa: ARG001  # as all readers
    """All people and bodies of a file."""
    actors: list[tuple[str, dict[str, Any]]] = []
    positions: dict[str, dict[str, Any]] = {}
    held: dict[str, list[dict[str, Any]]] = {}
    for where, entity in read_objects(path):
        if isinstance(entity, Fault):
            yield entity
        elif entity.get("schema") in KINDS:
            actors.append((where, entity))
        elif entity.get("schema") == "Position":
            positions[str(entity.get("id"))] = entity
        elif entity.get("schema") == "Occupancy":
            for holder in _all(entity, "holder"):
                held.setdefault(holder, []).append(entity)
        elif "schema" not in entity:
            yield Fault(where, "no schema")
    for where, entity in actors:
        yield _found(where, entity, held.get(str(entity.get("id")), []), positions)


def _found(
    where: str, entity: dict[str, Any], held: list[dict[str, Any]], positions: dict[str, dict[str, Any]]
) -> Found:
    kind, sector = KINDS[str(entity["schema"])]
    caption = entity.get("caption")
    names = (*((caption,) if isinstance(caption, str) else ()), *_all(entity, "name"))
    aliases = (*names[1:], *_all(entity, "alias"), *_all(entity, "previousName"))
    offices = tuple(_office(one, positions.get(post, {})) for one in held for post in _all(one, "post"))
    own = (*_all(entity, "country"), *_all(entity, "nationality"), *_all(entity, "jurisdiction"))
    wikidata = next(iter(_all(entity, "wikidataId")), "")
    return Found(where, kind, names[0] if names else "", aliases, wikidata, next(iter(own), ""), sector, offices)


def _office(occupancy: dict[str, Any], position: dict[str, Any]) -> FoundOffice:
    title, country = next(iter(_all(position, "name")), ""), next(iter(_all(position, "country")), "")
    since, until = (next(iter(_all(occupancy, name)), "")[:10] for name in ("startDate", "endDate"))
    return FoundOffice(title, country, since, until)


def _all(entity: dict[str, Any], name: str) -> tuple[str, ...]:
    properties = entity.get("properties")
    return texts(properties.get(name)) if isinstance(properties, dict) else ()
