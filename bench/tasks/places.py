"""Places of GeoWebNews articles: every toponym's span and point, end to end from the plain text.

Scored within 161 km; gold rows give the text, nothing else is read.
"""

from __future__ import annotations

from bench.tools import Row, Tools, plain_document
from onrecord.extract.places import find_places


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """Places of each article."""
    return [{"id": row["id"], "places": _places(str(row["id"]), row["text"], tools)} for row in rows]


def _places(id: str, text: str, tools: Tools) -> list[Row]:
    parsed = tools.parsed(plain_document(id, text))
    found = find_places(parsed, (), tools.lexicon)
    return [
        {"span": [place.span.start, place.span.end], "lat": place.lat, "lon": place.lon, "kind": place.kind}
        for place in found
    ]
