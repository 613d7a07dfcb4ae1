"""The fields of the query language: one literal table of what can be asked, of which tables, and where it is held.

docs/query.md is made from this table. SQL stands here and in `matching.py` only; values of a query are always bound.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from onrecord.model.claims import ACTOR_KINDS, BOUNDS, CUE_KINDS, EVENT_TYPES, NARRATOR, STATUSES
from onrecord.model.record import COPY_KINDS
from onrecord.model.text import PRECISIONS

UNKNOWN = "unknown"  # how a missing value is asked for and shown

Op = Literal["=", ">=", "<=", ">", "<"]
# text: whole words of it, ignoring case and accents; code: all of it, ignoring case; id: an id; list: one of several
Kind = Literal["text", "code", "choice", "list", "flag", "number", "day", "actor", "id"]


@dataclass(frozen=True, slots=True)
class Value:
    """What is asked for; `begins` where it is only the beginning (`blink*`)."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field, or "" for words, with values any of which fits; `at` is its first character, from 1."""

    field: str
    values: tuple[Value, ...]
    op: Op = "="
    negated: bool = False
    at: int = dataclasses.field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A name, what it asks in words, and for each table the SQL that holds it.

    For an actor field the SQL is a condition with `{in}` where the actors are; otherwise it is an expression.
    `choices` are all the values there are, where these are a family.
    """

    name: str
    kind: Kind
    what: str
    sql: dict[str, str]
    choices: tuple[str, ...] = ()


CLAIMS: tuple[str, ...] = ("statements", "events", "figures")
_GROUP = {"statements": "statement_group", "events": "event_group", "figures": "figure_group"}


def _json(path: str, *tables: str) -> dict[str, str]:
    return dict.fromkeys(tables, f"json_extract(row, '$.{path}')")


def _column(name: str, *tables: str) -> dict[str, str]:
    return dict.fromkeys(tables, name)


def _report(column: str) -> dict[str, str]:
    """A column of the report that a claim stands in."""
    return {
        table: f"(SELECT r.{column} FROM reports r WHERE r.id = {table}.document)" for table in CLAIMS
    }  # fmt: skip


def _backing(column: str) -> dict[str, str]:
    """A count of the group that a claim belongs to."""
    return {
        table: f"(SELECT g.{column} FROM groups g WHERE g.id = {table}.{_GROUP[table]})" for table in CLAIMS
    }  # fmt: skip


def _role(role: str) -> str:
    return f"id IN (SELECT claim FROM participants WHERE role = '{role}' AND actor {{in}})"


def _lane(role: str) -> str:
    return f"position IN (SELECT position FROM timeline_parties WHERE role = '{role}' AND actor {{in}})"


_ANY = "id IN (SELECT claim FROM participants WHERE actor {in})"
_TAKING = "(SELECT claim FROM participants WHERE actor {in})"

FIELDS: tuple[Field, ...] = (
    Field("actor", "actor", "who did it (events, timeline), who said it (statements), or the actor itself", {
        "events": _role("actor"), "statements": _role("speaker"), "timeline": _lane("actor"), "actors": "id {in}"}),
    Field("recipient", "actor", "whom it was done to", {
        "events": _role("recipient"), "timeline": _lane("recipient")}),
    Field("speaker", "actor", "who said it", {"statements": _role("speaker")}),
    Field("addressee", "actor", "whom it was said to", {"statements": _role("addressee")}),
    Field("relay", "actor", "who passed it on", {"statements": _role("relay")}),
    Field("giver", "actor", "who gives the amount", {"figures": "json_extract(row, '$.giver.id') {in}"}),
    Field("receiver", "actor", "who gets the amount", {"figures": "json_extract(row, '$.receiver.id') {in}"}),
    Field("party", "actor", "who takes part in any role; of reports, who is named in them", {
        "events": _ANY, "statements": _ANY,
        "figures": "(json_extract(row, '$.giver.id') {in} OR json_extract(row, '$.receiver.id') {in})",
        "timeline": "position IN (SELECT position FROM timeline_parties WHERE actor {in})",
        "documents": "id IN (SELECT document FROM mentions WHERE actor {in})",
        "contradictions": f"id IN (SELECT contradiction FROM opposed WHERE claim IN {_TAKING})",
        "corroborations": f"of IN (SELECT event_group FROM events WHERE id IN {_TAKING} UNION ALL "
                          f"SELECT statement_group FROM statements WHERE id IN {_TAKING})"}),
    Field("type", "choice", "PLOVER event type", _column("type", "events", "timeline"), EVENT_TYPES),
    Field("mode", "code", "PLOVER mode", _json("mode", "events")),
    Field("context", "list", "PLOVER context", _json("contexts", "events")),
    Field("status", "choice", "whether it happened", _column("status", "events"), STATUSES),
    Field("quad", "number", "PLOVER quad class, 1 to 4", _column("quad", "events", "timeline")),
    Field("scale", "number", "PLOVER's conflict-cooperation score, -10 to 10", _json("scale", "events")),
    Field("goldstein", "number", "Goldstein value, -10 to 10", _json("goldstein", "events")),
    Field("cameo", "code", "CAMEO code", _json("cameo", "events")),
    Field("told_by", "id", f"the statement it is told in, or {NARRATOR}", _json("told_by", "events")),
    Field("score", "number", "how likely the type is right, 0 to 1; of the timeline, its rank",
          _column("score", "events", "timeline")),
    Field("place", "text", "name of the place", _column("place", "events")),
    Field("in", "code", "country of the place, ISO 3166 alpha-3", _column("place_country", "events")),
    Field("kind", "choice", "how it is quoted", _column("kind", "statements"), ("direct", "indirect", "mixed")),
    Field("kind", "choice", "kind of actor", _column("kind", "actors"), ACTOR_KINDS),
    Field("kind", "choice", "kind of contradiction", _column("kind", "contradictions"),
          ("number", "date", "place", "actor", "denial", "dispute", "wording")),
    Field("copies", "list", "how one of its reports was copied", {
        "lineages": "(SELECT json_group_array(json_extract(value, '$.kind')) FROM json_each(row, '$.copies'))"},
        COPY_KINDS),
    Field("cue", "choice", "kind of the cue word", _column("cue_kind", "statements"), CUE_KINDS),
    Field("certainty", "choice", "how certain the speaker is", _column("certainty", "statements"),
          ("certain", "probable", "possible", UNKNOWN)),
    Field("negated", "flag", "whether the cue is negated", _json("negated", "statements"), ("true", "false")),
    Field("part", "choice", "where in the report", _json("part", "statements"), ("body", "title", "caption")),
    Field("probability", "number", "how probable it is that this is a statement, 0 to 1",
          _json("probability", "statements")),
    Field("unit", "code", "unit of the figure", _column("unit", "figures")),
    Field("bound", "choice", "how exact it is", _column("bound", "figures"), BOUNDS),
    Field("value", "number", "the number", _column("value", "figures")),
    Field("what", "text", "what it counts", _json("what", "figures")),
    Field("country", "code", "the state of the speaker or the actor, ISO 3166 alpha-3",
          _column("country", "statements", "actors")),
    Field("sector", "code", "PLOVER sector", _column("sector", "actors")),
    Field("wikidata", "code", "Wikidata id", _json("wikidata", "actors")),
    Field("mentions", "number", "how often it is mentioned", _column("mentions", "actors")),
    Field("date", "day", "when it was said, happened or held", {
        "statements": "said", "events": "date", "figures": "date", "timeline": "date", "documents": "published"}),
    Field("since", "day", "the same, from this day on", {
        "statements": "said", "events": "date", "figures": "date", "timeline": "date", "documents": "published"}),
    Field("until", "day", "the same, up to the end of this day, month or year", {
        "statements": "said", "events": "date", "figures": "date", "timeline": "date", "documents": "published"}),
    Field("dated", "choice", "what tells the date: its clause, its sentence, the one before, another report of the "
          "same event, or only the report's own day", {
        "statements": "json_extract(row, '$.said.by')", "events": "json_extract(row, '$.date.by')",
        "timeline": "json_extract(row, '$.date.by')"}, ("clause", "sentence", "before", "group", "report")),
    Field("precision", "choice", "how exact the date is", {
        "timeline": "precision", "documents": "json_extract(row, '$.published.precision')",
        "events": "json_extract(row, '$.date.precision')"}, PRECISIONS),
    Field("published", "day", "when the report came out", {"documents": "published", **_report("published")}),
    Field("outlet", "text", "the outlet", {
        **_column("outlet", "documents", *CLAIMS), "lineages": "json_extract(row, '$.origin.outlet')"}),
    Field("agency", "text", "the agency that it comes from", _json("origin.agency", "lineages")),
    Field("title", "text", "title of the report", {"documents": "title", **_report("title")}),
    Field("author", "text", "author of the report", _json("author", "documents")),
    Field("language", "code", "language of the report", {"documents": "language", **_report("language")}),
    Field("path", "text", "path of the file", {
        "documents": "path", **_report("path"), "skips": "json_extract(row, '$.path')"}),
    Field("lineage", "id", "the lineage of the report", {"documents": "lineage", **_report("lineage"),
          "lineages": "id"}),
    Field("document", "id", "the report, by its id", {
        "documents": "id", **_column("document", *CLAIMS, "skips")}),
    Field("group", "id", "the group of claims that are one", {
        **_GROUP, "corroborations": "of", "timeline": "of"}),
    Field("id", "id", "the row, by its id", _column(
        "id", "documents", *CLAIMS, "actors", "lineages", "corroborations", "contradictions")),
    Field("documents", "number", "how many reports", {
        **_backing("documents"), **_json("documents", "corroborations"),
        **dict.fromkeys(("timeline", "lineages"), "json_array_length(row, '$.documents')")}),
    Field("lineages", "number", "how many independent lineages", {
        **_backing("lineages"), **_column("lineages", "corroborations", "timeline")}),
    Field("outlets", "number", "how many outlets", _json("outlets", "corroborations")),
    Field("first_hand", "number", "how many reports with a mark of being there", _json("first_hand", "corroborations")),
    Field("stage", "choice", "the stage that left it out", _column("stage", "skips"), ("read", "parse", "extract")),
    Field("reason", "text", "why it was left out", _column("reason", "skips")),
)  # fmt: skip

# Where free words are looked for: a full-text table, or an expression of text.
FULL_TEXT: dict[str, str] = {"statements": "statements_search", "events": "events_search"}
TEXTS: dict[str, str] = {
    "figures": "json_extract(row, '$.what') || ' | ' || json_extract(row, '$.span.text')",
    "actors": "name || ' | ' || json_extract(row, '$.aliases')",
    "lineages": "coalesce(json_extract(row, '$.origin.agency'), '') || ' | ' || "
                "coalesce(json_extract(row, '$.origin.outlet'), '') || ' | ' || json_extract(row, '$.origin.basis')",
    "corroborations": "(SELECT group_concat(json_extract(value, '$.words'), ' | ') FROM json_each(row, '$.reasons'))",
    "contradictions": "json_extract(row, '$.words') || ' | ' || json_extract(row, '$.spans[0].text') || ' | ' || "
                      "json_extract(row, '$.spans[1].text')",
    "timeline": "json_extract(row, '$.headline')",
    "skips": "reason || ' | ' || json_extract(row, '$.path') || ' | ' || json_extract(row, '$.detail')",
}  # fmt: skip


def find_fields(name: str, table: str = "") -> tuple[Field, ...]:
    """The fields of a name, of one table or of any."""
    return tuple(one for one in FIELDS if one.name == name and (not table or table in one.sql))


def fields_of(table: str = "") -> tuple[str, ...]:
    """The names of all fields, or of those that a table has."""
    return tuple(dict.fromkeys(one.name for one in FIELDS if not table or table in one.sql))
