"""`onrecord show`: any id of the record, opened on the words it comes from, marked in their paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from onrecord.cli.output import Json, RecordPath, console, date_words, name_of, print_json, safe, styled
from onrecord.model.shown import short
from onrecord.store import Row, View, open_view

AROUND = 400  # code points shown on either side of a mark in a long paragraph
HIDDEN = ("id", "parts", "spans")  # shown otherwise, or of no use to a reader
MEMBERS = 12  # claims of a group, or evidence of a reason, that are opened


def show(
    record: RecordPath,
    id: Annotated[str, typer.Argument(help="An id, or enough of its beginning.")],
    as_json: Json = False,
) -> None:
    """Open an id: what it is, its words marked in their paragraph, and the report they stand in."""
    with open_view(record) as view:
        table, row = view.find(id)
        if as_json:
            print_json([{"table": table, **row}])
            return
        out = console()
        out.print(styled(f"{table.removesuffix('s')} {row['id']}", "bold"))
        for label, value in _facts(table, row):
            if value:
                out.print(styled(f"  {label}: ", "dim") + styled(value))
        _print_evidence(out, view, table, row)


def _when(date: Row | None) -> str:
    """A date with the words it rests on, or with what it was taken from."""
    if date is None:
        return ""
    return f"{date_words(date) or 'not resolved'} ({'“' + date['text'] + '”' if date['text'] else date['basis']})"


def _facts(table: str, row: Row) -> list[tuple[str, str]]:
    """What a row says, as labelled lines."""
    if table == "statements":
        relays = ", ".join(name_of(relay["actor"], relay["span"]) for relay in row["relays"])
        return [
            ("speaker", name_of(row["actor"], row["speaker"])),
            ("kind", f"{row['kind']}, {row['cue_kind']}" + (", negated" if row["negated"] else "")),
            ("to", name_of(row["addressee"]) if row["addressee"] else ""),
            ("passed on by", relays),
            ("said", _when(row["said"])),
            ("certainty", row["certainty"]),
            ("probability", f"{row['probability']:.2f}"),
        ]
    if table == "events":
        place = row["place"] or {}
        return [
            ("type", row["event_type"] + (f"/{row['mode']}" if row["mode"] else "")),
            ("status", row["status"]),
            ("actors", "; ".join(name_of(a["actor"], a["span"]) for a in row["actors"])),
            ("recipients", "; ".join(name_of(a["actor"], a["span"]) for a in row["recipients"])),
            ("date", _when(row["date"]) or "unknown"),
            ("place", ", ".join(filter(None, (place.get("name"), place.get("country"))))),
            ("told by", row["told_by"]),
            ("contexts", ", ".join(row["contexts"])),
        ]
    if table == "corroborations":
        counts = ", ".join(f"{row[name]} {name}" for name in ("documents", "outlets", "lineages", "first_hand"))
        return [("of", row["of"]), ("counts", counts), *(("because", reason["words"]) for reason in row["reasons"])]
    return [(label, _plain(value)) for label, value in row.items() if label not in HIDDEN]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(held)}" for name, held in value.items() if held not in (None, [], ""))
    if isinstance(value, list):
        return short("; ".join(_plain(one) for one in value), 600)
    return "" if value is None else str(value)


def _print_evidence(out: Console, view: View, table: str, row: Row) -> None:
    """The paragraphs that the row rests on."""
    if table == "groups":
        for member in row["members"][:MEMBERS]:
            _print_evidence(out, view, *view.find(member))
    elif table == "actors":
        _print_statements_of(out, view, row["id"])
    for document, marks, strong in _marks(table, row):
        _print_marked(out, view, document, marks, strong)


def _marks(table: str, row: Row) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """What to mark for a row: the document, its spans, and those to stress."""
    if table == "statements":
        yield row["document"], row["content"], [span for span in (row["cue"], row["speaker"]) if span]
    elif table == "events":
        yield row["document"], [row["evidence"]], [row["trigger"]]
    elif table == "figures":
        yield row["document"], [row["span"]], []
    elif table == "documents":
        title = [part for part in row["parts"] if part["kind"] == "title"]
        yield row["id"], title or row["parts"][:1], []
    elif table in ("contradictions", "corroborations"):
        cited = row["spans"] if table == "contradictions" else [e for r in row["reasons"] for e in r["evidence"]]
        for span in cited[:MEMBERS]:
            yield span["document"], [span], []


def _print_statements_of(out: Console, view: View, actor: str) -> None:
    for number, row in enumerate(view.rows("statements", actor=actor)):
        if number == MEMBERS:
            return
        words = " … ".join(span["text"] for span in row["content"])
        out.print(styled(f"  “{short(words, 160)}” {row['id']} {row['path']}"))


def _print_marked(out: Console, view: View, document: str, marks: Iterable[Row], strong: Iterable[Row] = ()) -> None:
    """The paragraph around some spans, marked, with report, outlet and date above it."""
    report = next(view.rows("documents", id=document))
    text = view.text(document)
    spans = [(m["start"], m["end"], "reverse") for m in marks] + [
        (m["start"], m["end"], "bold reverse") for m in strong
    ]
    if not spans:
        return
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    touched = [p for p in report["parts"] if p["start"] < last and first < p["end"]]
    start = max(min((p["start"] for p in touched), default=first), first - AROUND)
    end = min(max((p["end"] for p in touched), default=last), last + AROUND)
    published = report["published"]["value"] or "date unknown"
    out.print()
    out.print(
        styled(f"  {report['outlet'] or 'outlet unknown'}, {published} — {report['path']} [{first}:{last}]", "dim")
    )
    out.print(Text("  ") + marked(text, start, end, spans, out.is_terminal))


def marked(text: str, start: int, end: int, spans: list[tuple[int, int, str]], terminal: bool) -> Text:
    """text[start:end] with the spans in a style, or between « and » where styles are not shown."""
    edges = sorted({start, end, *(edge for s in spans for edge in s[:2] if start < edge < end)})
    shown = Text()
    for left, right in pairwise(edges):
        styles = [style for a, b, style in spans if a <= left and right <= b]
        shown.append(safe(text[left:right]), style=styles[-1] if styles else "")
    if terminal:
        return shown
    plain: list[str] = []
    inside = False
    for left, right in pairwise(edges):
        covered = any(a <= left and right <= b for a, b, _ in spans)
        plain.append(
            ("«" if covered and not inside else "»" if inside and not covered else "") + safe(text[left:right])
        )
        inside = covered
    return Text("".join(plain) + ("»" if inside else ""))
