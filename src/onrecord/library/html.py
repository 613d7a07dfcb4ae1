"""Values of the record as HTML for notebooks: a report with its claims marked, a claim in its sentence, tables, lines.

Text of reports is untrusted: all of it passes `told`, which escapes and takes out what could turn a page around.
Styles stand in the elements, as a notebook brings none of ours, and leave colours to light and dark themes.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.library.records import Contradiction, Document, Event, Figure, Party, Span, Statement, TimelineEntry
from onrecord.model.marks import Mark, Segment, segments
from onrecord.model.shown import safe
from onrecord.store import View

REACH = 160  # code points shown on either side of a claim
ROWS = 10  # rows of a table shown
LINES = 60  # entries of a timeline shown
LAYER_STYLES = {
    "statements": "background:rgba(255,196,0,.22)", "events": "border-bottom:2px solid rgba(200,60,60,.7)",
    "figures": "border-bottom:3px double rgba(60,110,200,.8)",
}  # fmt: skip
PART_STYLES = {"cue": "font-weight:bold", "speaker": "font-style:italic", "trigger": "font-weight:bold"}
DIM = "opacity:.7;font-size:90%"


def told(words: object) -> str:
    """Any words as text of a page; unknown is empty."""
    return "" if words is None else html.escape(safe(str(words)))


def document_html(view: View, document: Document) -> str:
    """A report with its statements, events and figures marked."""
    text, marks = view.text(document.id), marks_of(view, document.id)
    facts = (document.outlet or "outlet unknown", document.published.value or "date unknown", document.path)
    head = f"<h4>{told(document.title or document.path)}</h4><p style='{DIM}'>{' · '.join(map(told, facts))}</p>"
    blocks = [(part.kind, part.start, part.end) for part in document.parts] or [("body", 0, len(text))]
    paragraphs = (
        f"<p style='white-space:pre-wrap{';opacity:.5' if kind == 'boilerplate' else ''}'>"
        f"{marked(segments(text, start, end, marks))}</p>"
        for kind, start, end in blocks
    )
    return f"<div>{head}{''.join(paragraphs)}</div>"


def marks_of(view: View, document: str) -> list[Mark]:
    """The claims of a report as marks on its text."""
    marks: list[Mark] = []
    for row in view.rows("statements", document=document):
        who = (row["actor"] or {}).get("name") or (row["speaker"] or {}).get("text") or "source not named"
        label = f"{who}: {row['cue_kind']} ({row['id']})"
        spans = [("content", one) for one in row["content"]] + [(p, row[p]) for p in ("cue", "speaker") if row[p]]
        marks += [Mark(s["start"], s["end"], "statements", row["id"], label, part) for part, s in spans]
    for row in view.rows("events", document=document):
        label = f"{row['event_type']}, {row['status']} ({row['id']})"
        spans = [(part, row[part]) for part in ("evidence", "trigger")]
        marks += [Mark(s["start"], s["end"], "events", row["id"], label, part) for part, s in spans]
    for row in view.rows("figures", document=document):
        span = row["span"]
        marks.append(Mark(span["start"], span["end"], "figures", row["id"], f"{row['unit']} ({row['id']})"))
    return marks


def marked(over: Iterable[Segment]) -> str:
    """Segments as inline elements, what they mean shown on hovering."""
    return "".join(_mark(one) if one.layers else told(one.text) for one in over)


def _mark(one: Segment) -> str:
    style = ";".join(
        [LAYER_STYLES[layer] for layer in one.layers] + [PART_STYLES[part] for part in one.parts if part in PART_STYLES]
    )
    return f"<span style='{style}' title='{told(one.label)}'>{told(one.text)}</span>"


def statement_html(view: View, one: Statement) -> str:
    """Who said what, in its sentences."""
    who = one.actor.name if one.actor else one.speaker.text if one.speaker else "source not named"
    head = f"<b>{told(who)}</b> {told(('not ' if one.negated else '') + one.cue_kind)}"
    facts = (one.kind, f"certainty {one.certainty}", f"probability {one.probability:.2f}", one.id)
    spans = [(span, "content") for span in one.content]
    spans += [(span, part) for span, part in ((one.cue, "cue"), (one.speaker, "speaker")) if span]
    return _claim(view, head, facts, one.document, "statements", spans)


def event_html(view: View, one: Event) -> str:
    """Who did what to whom, in its sentence."""
    kind = one.event_type + (f" / {one.mode}" if one.mode else "")
    head = f"<b>{told(kind)}</b> {told(_parties(one.actors))} → {told(_parties(one.recipients))}"
    date = one.date.value or f"“{one.date.text}”" if one.date else "undated"
    facts = (one.status, date, one.place.name if one.place else "place unknown", one.id)
    return _claim(view, head, facts, one.document, "events", [(one.evidence, "evidence"), (one.trigger, "trigger")])


def figure_html(view: View, one: Figure) -> str:
    """An amount in its sentence."""
    head = f"<b>{told(f'{one.value:,g}')} {told(one.unit)}</b> {told(one.what)}"
    facts = (one.bound.replace("_", " "), one.date or "day unknown", one.id)
    return _claim(view, head, facts, one.document, "figures", [(one.span, "")])


def contradiction_html(view: View, one: Contradiction) -> str:
    """Two claims that cannot both hold, each in its sentence."""
    head = f"<b>{told(one.kind)}</b> {told(one.words)}"
    sides = (
        f"<li>{_quoted(view, span.document, 'statements', [(span, 'content')])}<br>{_source(view, span.document)}</li>"
        for span in one.spans
    )
    return f"<div>{head}<ul>{''.join(sides)}</ul></div>"


def timeline_html(entries: Sequence[TimelineEntry], count: int) -> str:
    """The timeline as lines."""
    lines = (
        f"<li><code>{told(one.date.value)}</code> {told(one.headline)} <span style='{DIM}'>"
        f"reports: {len(one.documents)}, independent: {one.lineages}</span></li>"
        for one in entries
    )
    more = f"<p style='{DIM}'>{len(entries)} of {count} entries</p>" if count > len(entries) else ""
    return f"<div><ul style='list-style:none;padding:0'>{''.join(lines)}</ul>{more}</div>"


def table_html(name: str, rows: Sequence[dict[str, Any]], count: int, columns: Sequence[str]) -> str:
    """The first rows of a table, nested fields in short."""
    head = "".join(f"<th>{told(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{told(_short(row[c]))}</td>' for c in columns)}</tr>" for row in rows)
    caption = f"<caption style='{DIM}'>{told(name)}: {count} rows, {len(rows)} shown</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _claim(
    view: View, head: str, facts: Sequence[str], document: str, layer: str, spans: Sequence[tuple[Span, str]]
) -> str:
    """A claim's line, its words in the text around them, and its report."""
    line = f"<span style='{DIM}'>{' · '.join(map(told, facts))}</span>"
    words = _quoted(view, document, layer, spans)
    return f"<div>{head} {line}<blockquote>{words}</blockquote>{_source(view, document)}</div>"


def _quoted(view: View, document: str, layer: str, spans: Sequence[tuple[Span, str]]) -> str:
    """The spans marked in the text around them, which begins and ends on whole words."""
    start, end = min(span.start for span, _ in spans), max(span.end for span, _ in spans)
    first, last = max(0, start - REACH), end + REACH
    text = view.piece(document, first, last)
    ends = len(text) < last - first
    left = text.find(" ", 0, start - first) + 1 if first else 0
    right = len(text) if ends else max(text.rfind(" ", end - first), end - first)
    marks = [Mark(span.start - first, span.end - first, layer, "", layer, part) for span, part in spans]
    return f"{'…' if first else ''}{marked(segments(text, left, right, marks))}{'' if ends else '…'}"


def _source(view: View, document: str) -> str:
    row = next(iter(view.rows("documents", id=document)), None)
    facts = (row["outlet"] or "outlet unknown", row["published"]["value"] or "date unknown", row["path"]) if row else ()
    return f"<span style='{DIM}'>{' · '.join(map(told, facts))}</span>"


def _parties(parties: Sequence[Party]) -> str:
    return ", ".join(dict.fromkeys(one.actor.name if one.actor else one.span.text for one in parties)) or "?"


def _short(value: Any) -> str:
    """A field in a few words: the words of a span, the name of an actor, the value of a date."""
    if isinstance(value, list):
        held = ", ".join(_short(one) for one in value[:3])
        return held + ", …" if len(value) > 3 else held
    if isinstance(value, dict):
        named = value.get("actor") or value
        if isinstance(named, dict) and "precision" in named and "value" in named:
            return _short(named["value"] or named.get("text"))
        found = next((named[key] for key in ("text", "name", "words", "span") if named.get(key)), None)
        return _short(found if found is not None else next(filter(None, value.values()), None))
    if value is None:
        return ""
    words = str(value)
    return words if len(words) <= 120 else words[:119] + "…"
