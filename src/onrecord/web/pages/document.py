"""A report as it was read: its text with all layers, what is known of it and on what basis, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import NotFoundError
from onrecord.model.shown import short
from onrecord.store import Row, View
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.source import Opened, Source, open_item, open_source
from onrecord.web.words import day

FACTS = ("title", "outlet", "author", "url", "language")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One report whole."""

    source: Source
    facts: tuple[tuple[str, str, str], ...]  # what, value, basis
    cues: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, str], ...]
    lineage: Row | None
    siblings: tuple[tuple[str, str], ...]  # other reports of its lineage: words, address
    skips: tuple[Row, ...]
    claims: tuple[tuple[str, str, int], ...]  # table, address, number
    about: Opened
    text_sha256: str


def document_page(view: View, asked: Asked, desk: Desk) -> DocumentPage:
    id = asked.get("id")
    row = next(iter(view.rows("documents", id=id)), None)
    if row is None:
        raise NotFoundError("the record holds no report with this id")
    opened = asked.get("open")
    source = open_source(view, asked, desk.decisions, opened or id, whole=True)
    if source is None or source.document["id"] != id:
        source = open_source(view, asked, desk.decisions, id, whole=True)
    if source is None:
        raise NotFoundError("the record holds no text of this report")
    lineage = next(iter(view.rows("lineages", id=row["lineage"])), None) if row["lineage"] else None
    others = [one for one in (lineage or {}).get("documents", []) if one != id][:12]
    published = row["published"]
    return DocumentPage(
        source=source,
        facts=(
            ("published", f"{day(published['value'])} ({published['precision']})" if published["value"] else "unknown",
             published["basis"]),
            *((name, short(row[name], 300) or "unknown", row["basis"][name]) for name in FACTS),
            ("file", short(row["path"], 300), "where it was read"),
        ),
        cues=tuple((cue["span"]["text"], cue["words"]) for cue in published["cues"]),
        origins=tuple((short(o["name"], 120), o["kind"].replace("_", " ")) for o in row["origins"]),
        lineage=lineage,
        siblings=tuple(
            (short(f"{r['outlet'] or 'outlet unknown'}: {r['title'] or r['path']}", 100),
             address("/copy", [("left", id), ("right", r["id"])]))
            for r in view.some("documents", "id", others)
        ),
        skips=tuple(view.rows("skips", document=id)),
        claims=tuple(
            (table, address(f"/{table}", [("document", id)]), sum(1 for _ in view.rows(table, document=id)))
            for table in ("statements", "events", "figures")
        ),
        about=open_item(view, desk.decisions, "documents", row),
        text_sha256=row["text_sha256"],
    )  # fmt: skip
