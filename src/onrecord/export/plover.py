"""PLOVER records as JSON lines, one an event, with the fields of the PLOVER manual (chapter on data fields).

A record must have a day, an actor, and for COOPERATE, AID and SANCTION a recipient: events that lack one are listed as
lost. What did not simply happen says so in `context` (negation, hypothetical, future, historical), as the manual has
it; an alleged event is told by somebody, and `comment` says so.
"""

from __future__ import annotations

from typing import BinaryIO

from onrecord import __version__
from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, is_news, web_address
from onrecord.model.timex import days_of
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "events": (
        "id", "document", "path", "event_type", "mode", "contexts", "trigger", "evidence", "actors", "recipients",
        "date", "place", "magnitudes", "status", "told_by", "quad", "scale",
    ),
}  # fmt: skip
CONTEXT_OF = {"negated": "negation", "hypothetical": "hypothetical", "planned": "future", "historical": "historical"}
TAKES_RECIPIENT = ("COOPERATE", "AID", "SANCTION")
SIZES = {"killed": "dead", "injured": "injured", "wounded": "injured", "arrested": "arrested"}
LEVELS = {"country": 1, "region": 2, "city": 4, "site": 5}  # PLOVER's resolution: 1 country … 5 below a city


def write_plover(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write the records in order."""
    reports = chosen.reports()
    figures = {row["id"]: row for row in chosen.view.rows("figures")}
    for row in tally.through("events", chosen.rows("events")):
        reason = _unfit(row)
        if reason:
            tally.lose("events", row["id"], reason)
            continue
        record = _record(row, reports[row["document"]], figures, tally)
        out.write(as_json(record) + b"\n")
        tally.carry("events")


def _unfit(row: Row) -> str:
    """Why an event cannot be a PLOVER record, or ""."""
    if not days_of((row["date"] or {}).get("value")):
        return "undated: PLOVER needs a day"
    if not row["actors"]:
        return "nobody who did it is named: PLOVER needs an actor"
    if row["event_type"] in TAKES_RECIPIENT and not row["recipients"]:
        return f"PLOVER needs a recipient for {', '.join(TAKES_RECIPIENT)}"
    return ""


def _record(row: Row, report: Row, figures: dict[str, Row], tally: Tally) -> Row:
    days = days_of(row["date"]["value"])
    assert days is not None  # _unfit has seen to it
    first, last = (day.isoformat() for day in days)
    contexts = [*row["contexts"], *([CONTEXT_OF[row["status"]]] if row["status"] in CONTEXT_OF else [])]
    span = row["evidence"]
    record: Row = {
        "id": row["id"], "has_event": True, "date": first, **({"enddate": last} if last != first else {}),
        "actor": [_entity(party) for party in row["actors"]],
        "recipient": [_entity(party) for party in row["recipients"]],
        "event": [row["event_type"]], "mode": [row["mode"]] if row["mode"] else [], "context": contexts,
        "quad_code": row["quad"],
    }  # fmt: skip
    if row["scale"] is not None:
        record["event_scale"] = row["scale"]
    if row["place"]:
        record["event_loc"] = _place(row["place"])
    size = _size(row, figures, tally)
    if size:
        record["size"] = size
    record |= {
        "event_text": [row["trigger"]["text"]], "text": span["text"],
        "text_info": {"start": span["start"], "end": span["end"]}, "cite_info": _cited(report),
        "coder": f"onrecord {__version__}",
    }  # fmt: skip
    comments = [f"alleged; told by {row['told_by']}"] if row["status"] == "alleged" else []
    comments += ["dated by its report"] if is_news(row["date"]) else []
    if comments:
        record["comment"] = "; ".join(comments)
    return record


def _entity(party: Row) -> Row:
    actor = party["actor"]
    made = {"entity_text": party["span"]["text"]}
    if actor:
        named = {"code": actor["country"], "sector": actor["sector"], "identifier_id": actor["id"],
                 "identifier_text": actor["name"]}  # fmt: skip
        made |= {name: value for name, value in named.items() if value}
    return made


def _place(place: Row) -> Row:
    found = {
        "extracted_place": place["span"]["text"], "resolved_place": place["name"], "geonameid": place["geonameid"],
        "lat": place["lat"], "lon": place["lon"], "country_code": place["country"],
        "resolution": LEVELS.get(place["precision"]),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def _size(row: Row, figures: dict[str, Row], tally: Tally) -> Row:
    """Dead, injured and arrested; other magnitudes have no place."""
    size: Row = {}
    for id in row["magnitudes"]:
        name = SIZES.get(figures[id]["unit"]) if id in figures else None
        if name and name not in size:
            size[name] = figures[id]["value"]
        else:
            tally.shorten("events", row["id"], "magnitudes", "size is one number of dead, injured or arrested")
    return size


def _cited(report: Row) -> Row:
    cited = {"url": web_address(report), "title": report["title"] or None, "language": report["language"],
             "publication": report["outlet"], "citation": report["path"]}  # fmt: skip
    return {name: value for name, value in cited.items() if value}
