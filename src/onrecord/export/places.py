"""GeoJSON (RFC 7946): a point for every event whose place has coordinates, longitude first, for QGIS and web maps."""

from __future__ import annotations

from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, heading, name_of, web_address
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "events": (
        "id", "document", "path", "event_type", "mode", "contexts", "evidence", "actors", "recipients", "date", "place",
        "status", "told_by", "group", "quad", "scale", "goldstein", "score",
    ),
}  # fmt: skip
PLAIN = ("event_type", "mode", "status", "told_by", "group", "quad", "scale", "goldstein", "score", "document", "path")


def write_geojson(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write one feature collection."""
    reports = chosen.reports()
    out.write(b'{"type": "FeatureCollection", "features": [')
    count = 0
    for row in tally.through("events", chosen.rows("events")):
        place = row["place"]
        if not place or place["lat"] is None or place["lon"] is None:
            tally.lose("events", row["id"], "its place has no coordinates" if place else "no place is known")
            continue
        feature = _feature(row, reports[row["document"]])
        out.write((b",\n" if count else b"\n") + as_json(feature))
        count += 1
        tally.carry("events")
    out.write(b"\n]}\n")


def _feature(row: Row, report: Row) -> Row:
    place, date = row["place"], row["date"] or {}
    return {
        "type": "Feature", "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
        "properties": {
            "name": place["name"], "country": place["country"], "geonameid": place["geonameid"],
            "precision": place["precision"], "place_words": place["span"]["text"], "headline": heading(row),
            "date": date.get("value"), "date_precision": date.get("precision"), "date_by": date.get("by"),
            "actors": [name_of(party) for party in row["actors"]],
            "recipients": [name_of(party) for party in row["recipients"]], "contexts": row["contexts"],
            "evidence": row["evidence"]["text"], "start": row["evidence"]["start"], "end": row["evidence"]["end"],
            "outlet": report["outlet"], "url": web_address(report), "lineage": report["lineage"],
            **{name: row[name] for name in PLAIN},
        },
    }  # fmt: skip
