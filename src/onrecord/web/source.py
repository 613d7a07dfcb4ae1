"""The source pane: a report's text with its layers of marks, and what is opened in it with all that stands behind it.

One list of evidence serves every page: whatever is opened, here are its words, in their report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.errors import NotFoundError
from onrecord.model.marks import LAYERS, Mark, Segment, count_layers, segments
from onrecord.model.record import EDITABLE, Judgement, Note
from onrecord.model.shown import short
from onrecord.store import Row, View
from onrecord.store.narrow import some_reports, times_and_places
from onrecord.web.asked import Asked, address
from onrecord.web.decisions import Decisions
from onrecord.web.words import amount, content_of, date_of, day, name_of, names_of, plural

AROUND = 5_000  # code points shown on either side of what is opened; the document's own page shows all
WHOLE = 400_000  # code points of one report that a page shows at most
MEMBERS = 30  # claims of a group that are listed
LAYERS_OPEN = ("statements", "events", "figures")  # shown where an address says nothing


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its kind, and its words in segments."""

    kind: str
    start: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of marks: whether it is shown, how many things it marks, and the address with it turned over."""

    name: str
    label: str
    shown: bool
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Member:
    """A claim of the same group: whose report says it, in which words."""

    id: str
    outlet: str
    published: str
    words: str
    lineage: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What is opened: its table and row, what it says in labelled lines, and what stands behind and against it."""

    table: str
    id: str
    row: Row
    heading: str
    facts: tuple[tuple[str, str, str], ...]  # label, words, address or ""
    members: tuple[Member, ...]
    backing: str
    reasons: tuple[str, ...]
    against: tuple[Row, ...]
    judgements: tuple[Judgement, ...]
    notes: tuple[Note, ...]
    seen: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A report as the pane shows it; `cut` says that there is more before or after."""

    document: Row
    title: str
    outlet: str
    published: str
    blocks: tuple[Block, ...]
    layers: tuple[Layer, ...]
    opened: Opened | None
    cut: tuple[bool, bool]


def open_source(
    view: View, asked: Asked, decisions: Decisions, id: str, whole: bool = False, marked: str = ""
) -> Source | None:  # fmt: skip
    """The report of a claim, or a report itself, with `id` opened in it (of a report, what is marked with the id
    `marked`); None where the record holds no such thing."""
    try:
        table, row = view.find(id) if id else ("", {})
    except NotFoundError:
        return None
    if table == "groups":
        found = [view.find(member) for member in row["members"][:1]]
        table, row = found[0] if found else ("", {})
    document = {"documents": row.get("id"), "contradictions": (row.get("spans") or [{}])[0].get("document")}.get(
        table, row.get("document")
    )
    report = next(iter(view.rows("documents", id=document)), None) if document else None
    if report is None:
        return None
    text = view.text(report["id"])
    marks = marks_of(view, report["id"])
    counts = count_layers(marks)
    pointed = _pointed(asked, row["id"], len(text)) if table == "documents" else []
    marks += pointed
    if table == "contradictions":
        marks += [Mark(s["start"], s["end"], "statements", row["id"], row["kind"]) for s in row["spans"]
                  if s["document"] == report["id"]]  # fmt: skip
    shown = asked.every("layer") or LAYERS_OPEN
    lit = marked or row.get("id", "")
    first, last = _around(marks, lit, len(text), whole or table == "documents")
    opened = open_item(view, decisions, table, row) if table != "documents" else None
    blocks = _blocks(report, text, marks, lit if opened or pointed or marked else "", first, last)
    return Source(
        document=report,
        title=short(report["title"] or report["path"], 200),
        outlet=short(report["outlet"], 80) or "outlet unknown",
        published=day(report["published"]["value"]),
        blocks=blocks,
        layers=_layers(asked, counts, shown),
        opened=opened,
        cut=(first > 0, last < len(text)),
    )


def marks_of(view: View, document: str) -> list[Mark]:
    """All marks of a report: claims from the record's rows, times and places from its reading, actors by mention."""
    marks: list[Mark] = []
    for row in view.rows("statements", document=document):
        label = f"{name_of(row['actor'], row['speaker'])}: {row['cue_kind']}"
        marks += [Mark(s["start"], s["end"], "statements", row["id"], label, "content") for s in row["content"]]
        for part in ("cue", "speaker"):
            if row[part]:
                marks.append(Mark(row[part]["start"], row[part]["end"], "statements", row["id"], label, part))
    for row in view.rows("events", document=document):
        label = f"{row['event_type']}: {names_of(row['actors'])} → {names_of(row['recipients'])}"
        for part in ("evidence", "trigger"):
            marks.append(Mark(row[part]["start"], row[part]["end"], "events", row["id"], label, part))
    for row in view.rows("figures", document=document):
        marks.append(Mark(row["span"]["start"], row["span"]["end"], "figures", row["id"], amount(row)))
    names = view.mentions_in(document)
    called = view.names(actor for _, _, actor, _ in names) if names else {}
    marks += [Mark(start, end, "actors", actor, called.get(actor, actor)) for start, end, actor, _ in names]
    read = times_and_places(view, document)
    times = [
        Mark(t.span.start, t.span.end, "times", t.id, f"{t.value or 'not resolved'} ({t.basis or t.type})")
        for t in read.times
    ]
    places = [
        Mark(p.span.start, p.span.end, "places", p.id, f"{p.name}, {p.country or 'country unknown'} ({p.precision})")
        for p in read.places
    ]
    return marks + times + places


def _around(marks: Sequence[Mark], opened: str, length: int, whole: bool) -> tuple[int, int]:
    spans = [mark for mark in marks if mark.id == opened]
    if whole or not spans:
        return 0, min(length, WHOLE if whole else 2 * AROUND)
    first, last = min(m.start for m in spans), max(m.end for m in spans)
    return max(0, first - AROUND), min(length, min(last, first + WHOLE) + AROUND)


def _blocks(report: Row, text: str, marks: Sequence[Mark], opened: str, first: int, last: int) -> tuple[Block, ...]:
    """The blocks of a text between two offsets; where the record holds no parts, the text is one block."""
    parts = report["parts"] or [{"kind": "body", "start": 0, "end": len(text)}]
    ordered = sorted(marks, key=lambda mark: mark.start)
    blocks = []
    for part in parts:
        start, end = max(part["start"], first), min(part["end"], last)
        if start < end:
            over = [mark for mark in ordered if mark.start < end and start < mark.end]
            blocks.append(Block(part["kind"], start, segments(text, start, end, over, opened)))
    return tuple(blocks)


def _pointed(asked: Asked, id: str, length: int) -> list[Mark]:
    """A stretch of a report that an address points at (`mark=START-END`), as a mark of what is opened."""
    first, _, last = asked.get("mark").partition("-")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 19):
        return []
    start, end = int(first), min(int(last), length)
    return [Mark(start, end, "statements", id, "what the address points at")] if start < end else []


def _layers(asked: Asked, counts: dict[str, int], shown: Sequence[str]) -> tuple[Layer, ...]:
    made = []
    for name, label in LAYERS:
        on = name in shown
        kept = [one for one, _ in LAYERS if (one in shown) != (one == name)]
        pairs = [pair for pair in asked.pairs if pair[0] != "layer"]
        chosen = [("layer", one) for one in kept] or [("layer", "none")]
        made.append(Layer(name, label, on, counts[name], Asked(asked.path, (*pairs, *chosen)).address))
    return tuple(made)


def open_item(view: View, decisions: Decisions, table: str, row: Row) -> Opened:
    """All that is known of one row: facts, the rest of its group, why it counts as it does, what people decided."""
    group = row.get("group")
    members = _members(view, row) if group else ()
    backing, reasons = _backing(view, group) if group else ("", ())
    claims = [row["id"], *(member.id for member in members)] if table != "actors" else []
    return Opened(
        table=table,
        id=row["id"],
        row=row,
        heading=heading_of(table, row),
        facts=tuple(facts_of(view, table, row)),
        members=members,
        backing=backing,
        reasons=reasons,
        against=tuple(view.against(claims)) if claims else (),
        judgements=tuple({one.id: one for id in (row["id"], group or row["id"]) for one in decisions.on(id)}.values()),
        notes=decisions.notes.get(row["id"], ()),
        seen=decisions.last(row["id"]),
        fields=EDITABLE.get(table, ()),
    )


def heading_of(table: str, row: Row) -> str:
    """A row in one line."""
    if table == "statements":
        return f"{name_of(row['actor'], row['speaker'])}: {'not ' if row['negated'] else ''}{row['cue_kind']}"
    if table == "events":
        return f"{row['event_type']} · {names_of(row['actors'])} → {names_of(row['recipients'])}"
    if table == "figures":
        return amount(row)
    if table == "contradictions":
        return f"{row['kind']}: {row['words']}"
    return short(content_of(row), 200)


def facts_of(view: View, table: str, row: Row) -> list[tuple[str, str, str]]:
    """What a row says, as (label, words, address)."""
    if table == "statements":
        said = date_of(row["said"]) if row["said"] else ""
        facts = [
            ("speaker", name_of(row["actor"], row["speaker"]), _actor(row["actor"])),
            ("to", name_of(row["addressee"]) if row["addressee"] else "", _actor(row["addressee"])),
            ("passed on by", ", ".join(name_of(r["actor"], r["span"]) for r in row["relays"]), ""),
            ("quoted", row["kind"], ""), ("certainty", row["certainty"], ""), ("said", said, ""),
        ]  # fmt: skip
    elif table == "events":
        place = row["place"] or {}
        told = row["told_by"]
        teller = next(iter(view.rows("statements", id=told)), None) if told != "narrator" else None
        facts = [
            ("type", f"{row['event_type']}{' / ' + row['mode'] if row['mode'] else ''}", ""),
            ("status", row["status"], ""), ("date", date_of(row["date"]), ""),
            ("place", ", ".join(filter(None, (place.get("name"), place.get("country")))), ""),
            ("told by", name_of(teller["actor"], teller["speaker"]) if teller else "the report itself",
             opening("/statements", told) if teller else ""),
            ("contexts", ", ".join(row["contexts"]), ""), ("strength of the rule", f"{row['score']:.2f}", ""),
        ]  # fmt: skip
    elif table == "figures":
        facts = [("counts", row["what"] or "", ""), ("bound", row["bound"].replace("_", " "), ""),
                 ("holds for", row["date"] or "", ""), ("of", "the event" if row["of"] else "",
                 opening("/events", row["of"]) if row["of"] else "")]  # fmt: skip
    else:
        facts = []
    return [(label, short(words, 300), href) for label, words, href in facts if words]


def opening(path: str, id: str) -> str:
    """The address of a list with one of its rows opened."""
    return address(path, [("open", id)])


def _actor(actor: Row | None) -> str:
    return address("/actor", [("id", actor["id"])]) if actor else ""


def _members(view: View, row: Row) -> tuple[Member, ...]:
    group = view.group(row["group"])
    if group is None:
        return ()
    table = {"event": "events", "statement": "statements", "figure": "figures"}[group["kind"]]
    rows = view.some(table, "id", group["members"][:MEMBERS])
    reports = some_reports(view, (one["document"] for one in rows))
    return tuple(
        Member(
            one["id"], short(reports[one["document"]].outlet, 60) or "outlet unknown",
            day(reports[one["document"]].published), short(content_of(one), 160), reports[one["document"]].lineage,
            one["id"] == row["id"],
        )
        for one in rows if one["document"] in reports
    )  # fmt: skip


def _backing(view: View, group: str) -> tuple[str, tuple[str, ...]]:
    """How many stand behind a group, in words, and the reasons."""
    row = next(iter(view.rows("corroborations", of=group)), None)
    if row is None:
        return "", ()
    counts = (
        f"{plural(row['documents'], 'report')}, {plural(row['outlets'], 'outlet')}, "
        f"{plural(row['lineages'], 'independent source')}"
    )
    first = f", {row['first_hand']} first-hand" if row["first_hand"] else ""
    return counts + first, tuple(short(reason["words"], 300) for reason in row["reasons"])
