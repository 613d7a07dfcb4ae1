"""PLOVER records as JSON lines, with the manual's fields, and POLECAT's rows as JSON with its column names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.coders.values import Unusable, day_of, known
from onrecord.model.claims import EVENT_TYPES
from onrecord.model.coded import CodedRow
from onrecord.model.ids import make_id


def read_plover(line: str, origin: str) -> Iterator[CodedRow]:
    """A line as rows, one for each type of its event."""
    try:
        held = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unusable("no JSON", str(error)) from error
    if not isinstance(held, dict):
        raise Unusable("no JSON object", line)
    return iter(_polecat(held, origin) if "Event Type" in held else _plover(held, origin))


def _plover(held: Mapping[str, Any], origin: str) -> list[CodedRow]:
    types = [str(one).upper() for one in _list(held.get("event"))]
    cite, info, where = (_mapping(held.get(name)) for name in ("cite_info", "text_info", "event_loc"))
    source, target = _entity(held.get("actor")), _entity(held.get("recipient"))
    if not types:
        raise Unusable("no event type", str(held.get("id", "")))
    published = info.get("date") or cite.get("date") or held.get("publication_date")
    return [
        CodedRow(
            id=make_id("plover", str(held.get("id", origin)), type, origin), coder="plover", origin=origin,
            url=known(cite.get("url") or held.get("link") or held.get("url")), title=known(cite.get("title")),
            published=day_of(str(published or "")), day=day_of(str(held.get("date", ""))), type=_type(type), code=type,
            source=source[0], source_name=source[1], target=target[0], target_name=target[1],
            place=known(where.get("resolved_place") or where.get("extracted_place") or where.get("country")),
            text=known(held.get("text")),
        )
        for type in types
    ]  # fmt: skip


def _polecat(held: Mapping[str, Any], origin: str) -> list[CodedRow]:
    type = str(held["Event Type"]).upper()
    return [
        CodedRow(
            id=make_id("polecat", str(held.get("Event ID", origin)), origin), coder="plover", origin=origin,
            url=known(held.get("URL")), title=known(held.get("Headline") or held.get("Title")),
            published=day_of(str(held.get("Publication Date", ""))), day=day_of(str(held.get("Event Date", ""))),
            type=_type(type), code=type,
            source=_code(held.get("Actor Country")), source_name=known(held.get("Actor Name")),
            target=_code(held.get("Recipient Country")), target_name=known(held.get("Recipient Name")),
            place=known(held.get("Placename") or held.get("Country")), text=known(held.get("Text")),
        )
    ]  # fmt: skip


def _type(told: str) -> str | None:
    if told not in EVENT_TYPES:
        raise Unusable("no PLOVER type", told)
    return told


def _entity(told: object) -> tuple[str | None, str | None]:
    """The first party of a side that has a country, or else the first: its code and its words."""
    parties = [one for one in _list(told) if isinstance(one, dict)]
    chosen = next((one for one in parties if _code(one.get("code"))), parties[0] if parties else {})
    return _code(chosen.get("code")), known(chosen.get("entity_text") or chosen.get("identifier_text"))


def _code(told: object) -> str | None:
    words = (known(told) or "").upper()
    return words if len(words) == 3 and words.isascii() and words.isalpha() else None


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else [] if told is None else [told]


def _mapping(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}
