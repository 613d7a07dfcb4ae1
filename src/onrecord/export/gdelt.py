"""GDELT 2.0: a table of events (61 columns) and one of mentions (16), tab-separated, without a heading.

An event is a group of claims that are one, a mention one claim of it in one report. GDELT has no word for what did not
happen: planned, hypothetical and negated events are listed as lost, and so are those without a day. Columns of our own
come after the published ones. Tone is not measured and stays empty; so do columns that only GDELT's own tables fill.
Names, order and meaning of the columns: the GDELT 2.0 Event Database Codebook.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import HAPPENED, is_news, name_of, web_address
from onrecord.lexicon.codes import fips
from onrecord.model.timex import days_of
from onrecord.store import Row

_SIDE = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
         "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS: tuple[str, ...] = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _SIDE),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
OWN_EVENT_COLUMNS: tuple[str, ...] = ("Group", "PloverType", "PloverMode", "Status", "Lineages", "GeoNameID",
                                      "DayBasis")  # fmt: skip
MENTION_COLUMNS: tuple[str, ...] = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
OWN_MENTION_COLUMNS: tuple[str, ...] = ("Event", "Document", "Status", "Evidence")
PARTS = ("events", "mentions")

CARRIES: dict[str, tuple[str, ...]] = {
    "events": (
        "id", "document", "path", "event_type", "mode", "trigger", "evidence", "actors", "recipients", "date", "place",
        "status", "group", "quad", "cameo", "goldstein", "score",
    ),
}  # fmt: skip
_SENTENCE_ENDS = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_AMERICA = "USA"


def write_gdelt(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:
    """Write one of the tables; rows are taken and lost alike in both, and counted as mentions."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in tally.through("events", chosen.rows("events")):
        reason = _unfit(row)
        if reason:
            tally.lose("events", row["id"], reason)
        else:
            groups[row["group"] or row["id"]].append(row)
            tally.carry("events")
    for rows in groups.values():
        _note_what_is_cut(rows, tally)
    reports = chosen.reports()
    lines = _events(groups, reports, chosen) if part == "events" else _mentions(groups, reports, chosen)
    for line in lines:
        out.write("\t".join(_cell(value) for value in line).encode("utf-8", "replace") + b"\n")


def _unfit(row: Row) -> str:
    """Why a claim cannot be in GDELT's tables, or ""."""
    if row["status"] not in HAPPENED:
        return f"{row['status']}: GDELT has no word for what did not happen"
    days = days_of((row["date"] or {}).get("value"))
    if days is None:
        return "undated: GDELT needs a day"
    if days[0] == days[1] or is_news(row["date"]):
        return ""
    return f"dated no closer than {row['date']['precision']}: GDELT needs a day"


def _day(row: Row) -> date:
    """The day of a claim that `_unfit` lets through; of news of the report's days the last, as GDELT itself does."""
    days = days_of(row["date"]["value"])
    assert days is not None
    return days[1]


def _note_what_is_cut(rows: Sequence[Row], tally: Tally) -> None:
    for row in rows:
        if is_news(row["date"]):
            tally.shorten("events", row["id"], "date", "only the report tells the days; its own stands for them")
        for side in ("actors", "recipients"):
            if len(row[side]) > 1:
                tally.shorten("events", row["id"], side, "an event has one actor on either side; the first is kept")


def _number(group: str) -> int:
    """GDELT's events have numbers: 53 bits of the group's id, which any spreadsheet can hold."""
    return int(group.rpartition("_")[2][:13] or "0", 16)


def _best(rows: Sequence[Row]) -> Row:
    """The claim that stands for the event: the one with most said, then the surest."""
    return max(rows, key=lambda r: (bool(r["actors"]) + bool(r["recipients"]) + bool(r["place"]), r["score"], r["id"]))


def _events(groups: dict[str, list[Row]], reports: dict[str, Row], chosen: Choice) -> Iterator[list[object]]:
    for group, rows in groups.items():
        row = _best(rows)
        first = _day(row)
        documents = {one["document"] for one in rows}
        report = reports[row["document"]]
        code = row["cameo"] or ""
        yield [
            _number(group), f"{first:%Y%m%d}", f"{first:%Y%m}", f"{first:%Y}",
            f"{first.year + (first.timetuple().tm_yday - 1) / 365:.4f}",
            *_side(row["actors"]), *_side(row["recipients"]),
            int(_leads(row, chosen)), code, code[:3], code[:2], row["quad"], row["goldstein"], len(rows),
            len({reports[id]["outlet"] or id for id in documents}), len(documents), "",
            *[""] * (2 * len(_GEO)), *_geo(row["place"]), _instant(report["published"]["value"]),
            web_address(report) or report["path"],
            group, row["event_type"], row["mode"], row["status"], len({reports[id]["lineage"] for id in documents}),
            (row["place"] or {}).get("geonameid"), row["date"]["by"],
        ]  # fmt: skip


def _side(parties: list[Row]) -> list[object]:
    """The ten columns of an actor."""
    if not parties:
        return [""] * len(_SIDE)
    actor = parties[0]["actor"] or {}
    country, sector = actor.get("country") or "", actor.get("sector") or ""
    return [country + sector, name_of(parties[0]).upper(), country, "", "", "", "", sector, "", ""]


def _geo(place: Row | None) -> list[object]:
    """The eight columns of the place of the act; a feature's id is of another gazetteer and stays empty."""
    if not place:
        return [0, *[""] * (len(_GEO) - 1)]
    home = place["country"] == _AMERICA
    kind = {"country": 1, "region": 2 if home else 5, "city": 3 if home else 4, "site": 3 if home else 4}
    return [
        kind.get(place["precision"], 0), place["name"], fips(place["country"]), "", "", place["lat"], place["lon"], "",
    ]  # fmt: skip


def _leads(row: Row, chosen: Choice) -> bool:
    """Whether a claim stands in the first paragraph, which is what GDELT calls a root event."""
    text = chosen.text(row["document"])
    lead = text.find("\n", len(text) - len(text.lstrip()))
    return lead < 0 or bool(row["trigger"]["start"] < lead)


def _mentions(groups: dict[str, list[Row]], reports: dict[str, Row], chosen: Choice) -> Iterator[list[object]]:
    for group, rows in groups.items():
        for row in rows:
            report, text = reports[row["document"]], chosen.text(row["document"])
            address = web_address(report)
            start = [party[0]["span"]["start"] if party else -1 for party in (row["actors"], row["recipients"])]
            yield [
                _number(group), f"{_day(row):%Y%m%d}000000", _instant(report["published"]["value"]),
                1 if address else 2, report["outlet"] or report["path"], address or report["path"],
                len(_SENTENCE_ENDS.findall(text[: row["trigger"]["start"]])) + 1, *start, row["trigger"]["start"], 1,
                max(10, round(row["score"] * 10) * 10), len(text), "", "", "",
                row["id"], row["document"], row["status"], row["evidence"]["text"],
            ]  # fmt: skip


def _instant(value: str | None) -> str:
    """YYYYMMDDHHMMSS; empty where no day is known, midnight where no time is, as GDELT has it."""
    days = days_of(value)
    if days is None or days[0] != days[1] or not value:
        return ""
    time = re.search(r"T(\d{2}):(\d{2})", value)
    return f"{days[0]:%Y%m%d}{time[1] + time[2] if time else '0000'}00"


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
