"""FollowTheMoney entities as JSON lines, for OpenAleph and its like.

Reports are Articles, actors Persons, PublicBodies, Organizations or LegalEntities, with a Mention in each report;
events are Events with an UnknownLink for each pair of actor and recipient; statements and figures are Notes;
a contradiction is an UnknownLink between two of these. There are no offsets: the quote stands in the description.
Values are written as the library writes them itself: countries alpha-2, languages alpha-3, dates ISO, and in names of
entities a hyphen for the underscore of our ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, content, heading, is_news, web_address
from onrecord.lexicon.codes import alpha2, language3
from onrecord.model.ids import make_id
from onrecord.model.timex import days_of
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "documents": ("id", "path", "title", "outlet", "author", "url", "language", "published"),
    "actors": ("id", "name", "kind", "country", "aliases", "roles", "wikidata", "mentions", "sector", "basis"),
    "events": ("id", "document", "path", "event_type", "mode", "contexts", "evidence", "actors", "recipients", "date",
               "place", "status"),
    "statements": ("id", "document", "path", "content", "cue_kind", "speaker", "actor", "addressee", "kind",
                   "negated", "certainty"),
    "figures": ("id", "document", "path", "span", "value", "unit", "bound", "what", "giver", "receiver", "of"),
    "contradictions": ("id", "kind", "left", "right", "spans", "words"),
}  # fmt: skip

_SCHEMA = {"person": "Person", "state": "PublicBody", "organisation": "Organization"}
_REFERENCES = {"document", "resolved", "involved", "proof", "subject", "object", "entity"}
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?")


def write_ftm(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write the entities, each one line."""
    for entity in _entities(chosen, tally):
        out.write(as_json(entity) + b"\n")


def _entities(chosen: Choice, tally: Tally) -> Iterator[Row]:
    reports = chosen.reports()
    for row in tally.through("documents", chosen.rows("documents")):
        yield _article(row, chosen, tally)
        tally.carry("documents")
    known = {row["id"] for row in chosen.rows("documents")}
    actors = set()
    for row in tally.through("actors", chosen.rows("actors")):
        actors.add(row["id"])
        mentioned = sorted({m[0] for m in chosen.mentions(row["id"])} & known)
        yield _actor(row, [web_address(reports[id]) for id in mentioned], tally)
        for document in mentioned:
            yield _entity(make_id("me", row["id"], document), "Mention", document=[document], name=[row["name"]],
                          resolved=[row["id"]])  # fmt: skip
        tally.carry("actors")
    for row in tally.through("events", chosen.rows("events")):
        yield from _event(row, reports[row["document"]], tally)
        tally.carry("events")
    for row in tally.through("statements", chosen.rows("statements")):
        yield _statement(row, reports[row["document"]])
        tally.carry("statements")
    for row in tally.through("figures", chosen.rows("figures")):
        yield _figure(row, reports[row["document"]])
        tally.carry("figures")
    claims = {row["id"] for table in ("events", "statements", "figures") for row in chosen.rows(table)}
    for row in tally.through("contradictions", chosen.rows("contradictions")):
        if row["left"] in claims and row["right"] in claims:
            yield _contradiction(row, reports)
            tally.carry("contradictions")
        else:
            tally.lose("contradictions", row["id"], "one of its sides is not among the chosen claims")


def _entity(id: str, schema: str, **properties: Sequence[str | None]) -> Row:
    held = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    for name in _REFERENCES & set(held):
        held[name] = [_name(value) for value in held[name]]
    return {"id": _name(id), "schema": schema, "properties": {name: values for name, values in held.items() if values}}


def _name(id: str) -> str:
    """Names of entities have no underscore there: st-3f0c… for st_3f0c…."""
    return id.replace("_", "-")


def _article(row: Row, chosen: Choice, tally: Tally) -> Row:
    value = row["published"]["value"]
    when = _instant(value)
    if value and not when:
        tally.shorten("documents", row["id"], "published", "an interval is no date")
    elif when and when != value:
        tally.shorten("documents", row["id"], "published", "dates have no time zone here; the day is kept")
    language = language3(row["language"])
    if row["language"] and not language:
        tally.shorten("documents", row["id"], "language", "no such language")
    if row["url"] and not web_address(row):
        tally.shorten("documents", row["id"], "url", "no address on the web")
    return _entity(
        row["id"], "Article", title=[_clean(row["title"])], fileName=[_clean(row["path"])],
        author=[_clean(row["author"])], publisher=[_clean(row["outlet"])], publishedAt=[when], language=[language],
        sourceUrl=[web_address(row)], bodyText=[_text(chosen.text(row["id"]))],
    )  # fmt: skip


def _actor(row: Row, addresses: list[str | None], tally: Tally) -> Row:
    country = alpha2(row["country"])
    if row["country"] and not country:
        tally.shorten("actors", row["id"], "country", "no ISO 3166 alpha-2 code")
    roles = [_clean(role["title"]) for role in row["roles"]]
    schema = _SCHEMA.get(row["kind"], "LegalEntity")
    own: dict[str, Sequence[str | None]] = {"position": roles} if schema == "Person" else {}
    if roles and schema != "Person":
        tally.shorten("actors", row["id"], "roles", "only a Person has positions")
    return _entity(
        row["id"], schema, name=[_clean(row["name"])], country=[(country or "").lower()],
        alias=[_clean(alias) for alias in row["aliases"] if alias != row["name"]], wikidataId=[row["wikidata"]],
        sector=[row["sector"]], classification=[row["kind"]], notes=[_text("; ".join(row["basis"]))],
        sourceUrl=addresses, **own,
    )  # fmt: skip


def _event(row: Row, report: Row, tally: Tally) -> Iterator[Row]:
    date = (row["date"] or {}).get("value")
    days = days_of(date)
    if date and not days:
        tally.shorten("events", row["id"], "date", "no place in the calendar")
    first, last = (day.isoformat() for day in days) if days else (None, None)
    place = row["place"] or {}
    if place.get("lat") is not None:
        tally.shorten("events", row["id"], "place", "no coordinates here; name and country are kept")
    sides = [[p["actor"] for p in row[side]] for side in ("actors", "recipients")]
    for side, found in zip(("actors", "recipients"), sides, strict=True):
        if None in found:
            tally.shorten("events", row["id"], side, "no actor is known; the words stand in the name")
    does, suffers = ([actor["id"] for actor in found if actor] for found in sides)
    address, words, status = [web_address(report)], [_text(row["evidence"]["text"])], [row["status"]]
    yield _entity(
        row["id"], "Event", name=[_clean(heading(row))], startDate=[first], endDate=[last], summary=words,
        involved=[*does, *suffers], location=[_clean(place.get("name"))],
        country=[(alpha2(place.get("country")) or "").lower()], proof=[row["document"]], sourceUrl=address,
        keywords=[row["event_type"], row["mode"], *row["contexts"], *status, *_dated(row)], recordId=[row["id"]],
    )  # fmt: skip
    for actor in dict.fromkeys(does):
        for recipient in dict.fromkeys(suffers):
            yield _entity(
                make_id("ul", row["id"], actor, recipient), "UnknownLink", subject=[actor], object=[recipient],
                role=[row["event_type"]], startDate=[first], endDate=[last], status=status, summary=words,
                proof=[row["document"]], sourceUrl=address, recordId=[row["id"]],
            )  # fmt: skip


def _dated(row: Row) -> list[str]:
    return ["dated by its report"] if is_news(row["date"]) else []


def _statement(row: Row, report: Row) -> Row:
    speaker = row["actor"]["name"] if row["actor"] else row["speaker"]["text"] if row["speaker"] else "somebody"
    denied = "not " if row["negated"] else ""
    return _entity(
        row["id"], "Note", name=[_clean(f"{speaker}: {denied}{row['cue_kind']}")], description=[_text(content(row))],
        entity=[actor["id"] for actor in (row["actor"], row["addressee"]) if actor], proof=[row["document"]],
        keywords=[row["cue_kind"], row["kind"], row["certainty"]], sourceUrl=[web_address(report)],
    )  # fmt: skip


def _figure(row: Row, report: Row) -> Row:
    words = f"{row['bound'].replace('_', ' ')} {row['value']:.12g} {row['unit']}"
    return _entity(
        row["id"], "Note", name=[_clean(words)], description=[_text(f"{row['span']['text']}: {row['what']}")],
        entity=[*(actor["id"] for actor in (row["giver"], row["receiver"]) if actor), row["of"]],
        proof=[row["document"]], keywords=[_clean(row["unit"])], sourceUrl=[web_address(report)],
    )  # fmt: skip


def _contradiction(row: Row, reports: dict[str, Row]) -> Row:
    documents = [span["document"] for span in row["spans"]]
    return _entity(
        row["id"], "UnknownLink", subject=[row["left"]], object=[row["right"]], role=[f"contradiction: {row['kind']}"],
        summary=[_text(row["words"])], description=[_text(" ↔ ".join(span["text"] for span in row["spans"]))],
        proof=list(documents), sourceUrl=[web_address(reports[id]) for id in documents],
    )  # fmt: skip


def _clean(words: str | None) -> str | None:
    """One line, as names and strings are kept there."""
    return " ".join(_text(words).split()) if words else None


def _text(words: str) -> str:
    """Without characters that the library takes out: controls but line breaks and tabs."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", words).strip()


def _instant(value: str | None) -> str | None:
    """A day, month, year or local time; None for an interval."""
    if not value or "/" in value:
        return None
    found = _DAY.match(value)
    if found is None or not days_of(value):
        return None
    return found[0] if found.end() == len(value) else found[0][:10]
