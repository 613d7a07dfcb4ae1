"""Events and timelines in the formats of event data, timelines, maps and fact-checks: valid, and every loss listed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection
from jsonschema import Draft202012Validator

from onrecord.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, OWN_EVENT_COLUMNS, OWN_MENTION_COLUMNS
from onrecord.model.judgements import standing
from onrecord.model.timex import days_of
from onrecord.store import Row, View, open_view, parse_query
from tests.export import schemas
from tests.export.exported import export
from tests.small import write_small


def rows_of(view: View, table: str) -> dict[str, Row]:
    return {row["id"]: row for row in view.rows(table)}


def test_plover_records_are_valid_and_none_is_dropped_in_silence(view: View) -> None:
    made, held = export(view, "plover"), rows_of(view, "events")
    check = Draft202012Validator(schemas.PLOVER)
    for record in made.lines:
        check.validate(record)
        row = held[record["id"]]
        info = record["text_info"]
        assert view.text(row["document"])[info["start"] : info["end"]] == record["text"]
        assert (record["event"], record["quad_code"]) == ([row["event_type"]], row["quad"])
        marks = {"negated": "negation", "hypothetical": "hypothetical", "planned": "future", "historical": "historical"}
        for status, mark in marks.items():
            assert (mark in record["context"]) == (row["status"] == status)
    assert sorted([record["id"] for record in made.lines] + made.lost("events")) == sorted(held)
    for id in made.lost("events"):
        row = held[id]
        needs = row["event_type"] in ("COOPERATE", "AID", "SANCTION") and not row["recipients"]
        assert not days_of((row["date"] or {}).get("value")) or not row["actors"] or needs


def test_gdelt_tables_have_the_published_columns_and_types(view: View) -> None:
    events = _table(export(view, "gdelt", "events").data, 61, schemas.GDELT_EVENT, EVENT_COLUMNS, OWN_EVENT_COLUMNS)
    made = export(view, "gdelt", "mentions")
    mentions = _table(made.data, 16, schemas.GDELT_MENTION, MENTION_COLUMNS, OWN_MENTION_COLUMNS)
    numbers = [event["GlobalEventID"] for event in events]
    assert len(numbers) == len(set(numbers))
    assert {mention["GlobalEventID"] for mention in mentions} == set(numbers)
    held = rows_of(view, "events")
    assert sorted([mention["Event"] for mention in mentions] + made.lost("events")) == sorted(held)
    for event in events:
        told = [mention for mention in mentions if mention["GlobalEventID"] == event["GlobalEventID"]]
        assert int(event["NumMentions"]) == len(told)
        assert int(event["NumArticles"]) == len({mention["Document"] for mention in told})
        assert event["Day"][:6] == event["MonthYear"]
    for mention in mentions:
        row = held[mention["Event"]]
        text = view.text(row["document"])
        assert row["status"] in ("actual", "historical", "alleged")
        assert text[int(mention["ActionCharOffset"]) :].startswith(row["trigger"]["text"])
        for column, side in (("Actor1CharOffset", "actors"), ("Actor2CharOffset", "recipients")):
            at = int(mention[column])
            assert text[at:].startswith(row[side][0]["span"]["text"]) if row[side] else at == -1


def _table(data: bytes, count: int, types: tuple[str, ...], names: tuple[str, ...], own: tuple[str, ...]) -> list[Row]:
    assert (len(names), len(types)) == (count, count)
    found = []
    for line in data.decode().splitlines():
        cells = line.split("\t")
        assert len(cells) == count + len(own)
        for name, kind, cell in zip(names, types, cells, strict=False):
            assert re.fullmatch(kind, cell), (name, cell)
        found.append(dict(zip((*names, *own), cells, strict=True)))
    return found


def test_timeline_is_what_the_viewer_takes(view: View) -> None:
    made = export(view, "timelinejs")
    Draft202012Validator(schemas.TIMELINEJS).validate(made.json)
    entries = {one["unique_id"]: one for one in made.json["events"]}
    held = {row["event_group"] or row["statement"]: row for row in view.rows("timeline")}
    assert sorted([*entries, *made.lost("timeline")]) == sorted(held)
    for id, entry in entries.items():
        first, last = days_of(held[id]["date"]["value"]) or (None, None)
        assert first is not None
        assert last is not None
        assert entry["start_date"]["year"] == first.year
        assert ("end_date" in entry) == (first != last)
        assert "<blockquote>" in entry["text"]["text"]
        for words in entry["text"].values():  # what a report says is no markup
            assert set(re.findall(r"<(/?\w+)", words)) <= {"p", "/p", "blockquote", "/blockquote", "a", "/a"}


def test_map_is_geojson_with_longitude_first(view: View) -> None:
    made, held = export(view, "geojson"), rows_of(view, "events")
    read: Any = FeatureCollection.model_validate_json(made.data)
    assert sorted([str(one.id) for one in read.features] + made.lost("events")) == sorted(held)
    for one in read.features:
        place = held[str(one.id)]["place"]
        assert one.geometry is not None
        assert tuple(one.geometry.coordinates) == (place["lon"], place["lat"])
        assert one.properties is not None
        assert {"name", "country", "geonameid", "precision", "date"} <= set(one.properties)
        assert one.properties["evidence"] == held[str(one.id)]["evidence"]["text"]
    for id in made.lost("events"):
        assert (held[id]["place"] or {"lat": None})["lat"] is None


def test_references_say_of_a_report_what_is_known_and_no_more(view: View) -> None:
    made, held = export(view, "csl"), rows_of(view, "documents")
    items: Any = made.json
    Draft202012Validator(schemas.CSL).validate(items)
    assert [one["id"] for one in items] == list(held)
    for one in items:
        row = held[one["id"]]
        assert one.get("title") == row["title"] or not row["title"]
        assert one.get("container-title") == (row["outlet"] or None)
        days = days_of(row["published"]["value"])
        assert ("issued" in one) == (days is not None)
        if days and row["published"]["precision"] not in ("year", "month"):
            ends = [date(*parts) for parts in one["issued"]["date-parts"]]
            assert (ends[0], ends[-1]) == days


def test_drafts_of_reviews_come_from_people_alone_and_hold_no_verdict(small: Path, tmp_path: Path) -> None:
    with open_view(small) as view:
        made = export(view, "claimreview-draft")
        decided = {one.id: one for one in standing(view.judgements())}
        statement = next(view.rows("statements"))
    check = Draft202012Validator(schemas.CLAIMREVIEW)
    for draft in made.lines:
        check.validate(draft)
        assert not [name for name in draft if "rating" in name.lower()]
        judgement = decided[draft["identifier"].split(":")[0]]
        assert (draft["reviewBody"], draft["author"]["name"]) == (judgement.why, judgement.by)
    assert [draft["author"]["name"] for draft in made.lines] == ["Ana", "Bo", "Bo"]  # Bo's is on a group of two
    assert made.lines[0]["claimReviewed"] == statement["content"][0]["text"]
    assert made.lines[0]["itemReviewed"]["author"]["name"] == "Norland"
    assert made.why("judgements") == {"no reason was given", "a decision to merge says nothing on a claim"}
    with open_view(write_small(tmp_path / "undecided.onrecord")) as view:
        assert export(view, "claimreview-draft").data == b""  # without people there is nothing


@pytest.mark.parametrize("format", ["plover", "geojson"])
def test_query_narrows_events(demo: Path, format: str) -> None:
    with open_view(demo) as view:
        query = parse_query("actor:RUS status:actual")
        made = export(view, format, query=query)
        wanted = {row["id"] for row in view.matching("events", query)}
    assert 0 < made.tally.taken["events"] == len(wanted) < 107
    found = made.lines if format == "plover" else made.json["features"]
    assert {one["id"] for one in found} | set(made.lost("events")) == wanted
