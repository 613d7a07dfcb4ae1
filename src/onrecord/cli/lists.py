"""`statements`, `events`, `actors`, `sources`: the record's rows as lists for people, or as JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import typer
from rich.console import Console

from onrecord.cli.output import (
    Json,
    Limit,
    RecordPath,
    Where,
    console,
    date_words,
    limited,
    name_of,
    print_json,
    styled,
)
from onrecord.model.shown import short
from onrecord.store import Row, View, open_view, parse_query

Actor = Annotated[str, typer.Option("--actor", "-a", help="Only this actor: an id, a country code, or part of a name.")]
Document = Annotated[str, typer.Option("--document", "-d", help="Only this report: its id or path.")]


def statements(
    record: RecordPath, actor: Actor = "", document: Document = "",
    kind: Annotated[str, typer.Option("--kind", help="Only direct, indirect or mixed.")] = "",
    min_probability: Annotated[
        float, typer.Option("--min-probability", min=0, max=1, help="Only those at least so probable, 0 to 1.")
    ] = 0.0,
    where: Where = "", limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """List who said what, each with its words and where they stand."""
    with open_view(record) as view:
        fitting = (
            r for r in view.matching("statements", parse_query(where, "statements"))
            if r["probability"] >= min_probability and _fits_statement(r, actor, document, kind)
        )  # fmt: skip
        _print_rows(limited(fitting, limit), as_json, _print_statement)


def _print_rows(rows: Iterable[Row], as_json: bool, print_row: Callable[[Console, Row], None]) -> None:
    if as_json:
        print_json(rows)
        return
    out = console()
    for row in rows:
        print_row(out, row)


def _fits_statement(row: Row, actor: str, document: str, kind: str) -> bool:
    parties = [row["actor"], *(relay["actor"] for relay in row["relays"])]
    return (not kind or row["kind"] == kind) and _is_in(row, document) and (not actor or _is_party(parties, actor))


def _print_statement(out: Console, row: Row) -> None:
    words = " … ".join(span["text"] for span in row["content"])
    cue = row["cue"]["text"] if row["cue"] else ""
    denied = " (negated)" if row["negated"] else ""
    out.print(
        styled(name_of(row["actor"], row["speaker"]), "bold"), styled(f"[{row['cue_kind']}{denied}: {cue}]", "dim")
    )
    out.print(styled(f"  {short(words, 300)}"))
    out.print(styled(f"  {row['id']}  {row['path']}", "dim"))


def events(
    record: RecordPath, actor: Actor = "", document: Document = "",
    type: Annotated[str, typer.Option("--type", "-t", help="Only this PLOVER type, AID for example.")] = "",
    status: Annotated[str, typer.Option("--status", help="Only actual, planned, hypothetical, …")] = "",
    where: Where = "", limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """List who did what to whom: PLOVER type, parties, date, status, and the words."""
    with open_view(record) as view:
        fitting = (
            r for r in view.matching("events", parse_query(where, "events"))
            if (not type or r["event_type"] == type.upper()) and (not status or r["status"] == status)
            and _is_in(r, document) and (not actor or _is_party([a["actor"] for a in _parties(r)], actor))
        )  # fmt: skip
        rows = limited(fitting, limit)
        _print_rows(rows, as_json, _print_event)


def _print_event(out: Console, row: Row) -> None:
    actors, recipients = (
        ", ".join(dict.fromkeys(name_of(a["actor"], None if a["actor"] else a["span"]) for a in side))
        for side in (row["actors"], row["recipients"])
    )
    kind = row["event_type"] + (f"/{row['mode']}" if row["mode"] else "")
    parties = f"{actors or '?'} → {recipients}" if recipients else actors or "?"
    when = date_words(row["date"]) or "undated"
    out.print(styled(f"{kind:<20}", "bold"), styled(parties), styled(f"[{row['status']}, {when}]", "dim"))
    out.print(styled(f"  {short(row['evidence']['text'], 300)}"))
    out.print(styled(f"  {row['id']}  {row['path']}", "dim"))


def actors(
    record: RecordPath,
    country: Annotated[str, typer.Option("--country", "-c", help="Only actors of this state, ISO 3166 alpha-3.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Only person, state, organisation, group or role.")] = "",
    where: Where = "", limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """List who acts and speaks, with spellings, country, offices, and why they are taken for one."""
    with open_view(record) as view:
        fitting = (
            r for r in view.matching("actors", parse_query(where, "actors"))
            if (not country or r["country"] == country.upper()) and (not kind or r["kind"] == kind)
        )  # fmt: skip
        rows = limited(fitting, limit)
        _print_rows(rows, as_json, _print_actor)


def _print_actor(out: Console, row: Row) -> None:
    also = ", ".join(alias for alias in row["aliases"] if alias != row["name"])
    kind = f"{row['kind']} {row['country'] or ''}"
    out.print(styled(f"{row['mentions']:>5}"), styled(row["name"], "bold"), styled(kind), styled(row["id"], "dim"))
    if also:
        out.print(styled(f"      also: {short(also, 200)}", "dim"))


def sources(record: RecordPath, where: Where = "", as_json: Json = False) -> None:
    """List the reports by lineage: which descend from one text, and from whom."""
    with open_view(record) as view:
        rows = list(view.matching("lineages", parse_query(where, "lineages")))
        if as_json:
            print_json(rows)
            return
        out = console()
        for number, row in enumerate(sorted(rows, key=lambda r: (-len(r["documents"]), r["id"])), start=1):
            name = row["origin"]["agency"] or row["origin"]["outlet"]
            basis = row["origin"]["basis"]
            origin = f"origin: {name} ({basis})" if name else f"origin {basis}"
            out.print(styled(f"lineage {number}", "bold"), styled(origin), styled(row["id"], "dim"))
            for line in _lineage_lines(view, row):
                out.print(styled(f"  {line}"))


def _lineage_lines(view: View, lineage: Row) -> Iterator[str]:
    copies: dict[str, Row] = {}
    for copy in lineage["copies"]:
        copies.setdefault(copy["document"], copy)
    for id in lineage["documents"]:
        row = next(view.rows("documents", id=id))
        published = row["published"]["value"] or "date unknown"
        copy = copies.get(id)
        how = f"; {copy['kind']} copy of {copy['of']}, {copy['share']:.0%}" if copy else ""
        outlet, title = row["outlet"] or "outlet unknown", row["title"] or "no title"
        yield f"{outlet}, {published}: {title} [{row['path']}{how}] {id}"


def _parties(row: Row) -> list[Row]:
    return [*row["actors"], *row["recipients"]]


def _is_in(row: Row, document: str) -> bool:
    return not document or document in (row["document"], row["path"])


def _is_party(actors: list[Row | None], wanted: str) -> bool:
    wanted = wanted.casefold()
    return any(
        a is not None and (wanted in (a["id"], (a["country"] or "").casefold()) or wanted in a["name"].casefold())
        for a in actors
    )
