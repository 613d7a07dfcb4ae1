"""Places: every name of a place in a report, whether it means the place itself, and where on earth that is.

What cannot be resolved keeps its span and has no point and no state: there is no default.
"""

from __future__ import annotations

from typing import Literal

from onrecord.extract.places.candidates import Candidate, find_candidates
from onrecord.extract.places.kinds import place_kind
from onrecord.extract.places.resolution import Resolved, resolve_candidates
from onrecord.lexicon import Lexicon
from onrecord.lexicon.cities import fold_name
from onrecord.lexicon.places import Gazetteer, Place, PlaceKind
from onrecord.model.claims import Mention, PlaceRef
from onrecord.model.ids import make_id
from onrecord.model.parsed import Parsed

__all__ = ["find_places"]

Precision = Literal["site", "city", "region", "country", "area"]
PRECISION: dict[PlaceKind, Precision] = {
    "country": "country", "province": "region", "region": "region", "disputed": "region", "island": "region",
    "continent": "area", "water": "area", "range": "area", "border": "area", "facility": "site", "city": "city",
}  # fmt: skip


def find_places(parsed: Parsed, mentions: tuple[Mention, ...], lexicon: Lexicon) -> tuple[PlaceRef, ...]:
    """The places that a report names, in order; `mentions` tell names of persons from names of places."""
    candidates = find_candidates(parsed, mentions, lexicon.places)
    resolved = resolve_candidates(parsed, candidates)
    return tuple(_make(parsed, *pair, lexicon) for pair in zip(candidates, resolved, strict=True))


def _make(parsed: Parsed, candidate: Candidate, resolved: Resolved, lexicon: Lexicon) -> PlaceRef:
    span = candidate.span
    kind, why = place_kind(parsed, candidate, resolved.place, lexicon.places)
    place = resolved.place
    known = place is not None and candidate.origin not in {"site", "demonym"}
    return PlaceRef(
        id=make_id("pl", parsed.document, span.start, span.end),
        span=span,
        name=_name(candidate, place, lexicon.places) if place is not None and known else parsed.words(span),
        kind=kind,
        country=resolved.country,
        lat=place.lat if place is not None else None,
        lon=place.lon if place is not None else None,
        geonameid=place.geonameid if place is not None and candidate.origin != "site" else None,
        precision=PRECISION[place.kind] if place is not None else "site" if candidate.label == "FAC" else "area",
        basis=f"{resolved.basis}; {why}",
    )


def _name(candidate: Candidate, place: Place, places: Gazetteer) -> str:
    """The name to print: the gazetteer's where it is the one that news in English uses, else the report's spelling.

    So "Kiev" is shown as Kyiv, but "Cologne" not as Köln, nor "Deraa" as Dar‘ā; capitals spell nothing.
    """
    if candidate.core.isupper():
        return place.name
    same = fold_name(candidate.core) == fold_name(place.name)
    foreign = place.kind == "city" and not places.is_world_city(place.name, place.country)
    return candidate.core if same or foreign else place.name
