"""Rows of the record as entries of an answer, with the reports they stand in and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.assistants.answers import Entry, Evidence, harmless
from onrecord.store import Row, View

QUOTE = 700  # code points of one quote
REACH = 120  # code points on either side of a figure's words
MEMBERS = 4  # claims of a group, or mentions of an actor, that are quoted
CLAIMS = {"event": "events", "statement": "statements", "figure": "figures"}


class Shelf:
    """The reports behind the rows of one answer, looked up once."""

    def __init__(self, view: View, rows: Sequence[Row] = ()) -> None:
        self.view = view
        self._reports: dict[str, Row] = {}
        self._backing: dict[str, Row] = {}
        self.fetch(row["document"] for row in rows if row.get("document"))
        self._backing = {
            r["of"]: r for r in view.some("corroborations", "of", (row.get("group") or "" for row in rows))
        }

    def fetch(self, documents: Iterable[str]) -> None:
        """Look up reports that are not on the shelf yet."""
        wanted = [id for id in dict.fromkeys(documents) if id not in self._reports]
        self._reports |= {row["id"]: row for row in self.view.some("documents", "id", wanted)}

    def report(self, document: str) -> Row:
        self.fetch([document])
        return self._reports[document]

    def evidence(self, document: str, start: int, end: int, context: bool = False) -> Evidence:
        """The words of a report between two offsets, cut where they are long."""
        row, last = self.report(document), min(end, start + QUOTE)
        published = row["published"]
        return Evidence(
            quote=harmless(self.view.piece(document, start, last)), document=document, start=start, end=last,
            whole=last == end, title=_told(row["title"]), outlet=_told(row["outlet"]), published=published["value"],
            published_basis=harmless(published["basis"] or ""), path=harmless(row["path"]), url=_told(row["url"]),
            lineage=row["lineage"],
            context=harmless(self.view.around(document, start, last, REACH)) if context else "",
        )  # fmt: skip

    def lineages(self, documents: Iterable[str]) -> int:
        """How many lineages some reports belong to; one without a lineage is one of its own."""
        held = list(dict.fromkeys(documents))
        self.fetch(held)
        return len({self._reports[id]["lineage"] or id for id in held if id in self._reports})

    def backing(self, row: Row) -> tuple[int, int]:
        """How many reports and lineages stand behind a claim: those of its group, or its own."""
        found = self._backing.get(row.get("group") or "")
        return (found["documents"], found["lineages"]) if found else (1, 1)


def statement_entry(shelf: Shelf, row: Row) -> Entry:
    who = _name(row["actor"], row["speaker"])
    facts = {
        "speaker": who, "words for the speaker": (row["speaker"] or {}).get("text", ""), "cue": row["cue_kind"],
        "to": _name(row["addressee"]) if row["addressee"] else "", "quoted": row["kind"],
        "certainty": row["certainty"], "probability": f"{row['probability']:.2f}",
        "passed on by": ", ".join(_name(one["actor"], one["span"]) for one in row["relays"]),
    }  # fmt: skip
    says = f"{who}: {'not ' if row['negated'] else ''}{row['cue_kind']}"
    return _claim(shelf, "statements", row, says, row["said"], facts, row["content"])


def event_entry(shelf: Shelf, row: Row) -> Entry:
    sides = [
        ", ".join(dict.fromkeys(_name(p["actor"], p["span"]) for p in row[side])) for side in ("actors", "recipients")
    ]
    place = row["place"] or {}
    facts = {
        "type": row["event_type"], "mode": row["mode"] or "", "status": row["status"], "actors": sides[0],
        "recipients": sides[1], "place": ", ".join(filter(None, (place.get("name"), place.get("country")))),
        "told by": row["told_by"], "how likely the type is right": f"{row['score']:.2f}",
    }  # fmt: skip
    says = f"{row['event_type']} ({row['status']}): {sides[0] or '?'} → {sides[1] or '?'}"
    return _claim(shelf, "events", row, says, row["date"], facts, [row["evidence"]])


def figure_entry(shelf: Shelf, row: Row) -> Entry:
    span = row["span"]
    says = f"{row['bound'].replace('_', ' ')} {row['value']:,g} {row['unit']}: {row['what']}"
    facts = {
        "unit": row["unit"], "bound": row["bound"], "counts": row["what"] or "", "of": row["of"] or "",
        "range": f"{row['low']:,g} to {row['high']:,g}" if row["low"] is not None and row["high"] is not None else "",
        "given by": _name(row["giver"]) if row["giver"] else "",
        "to": _name(row["receiver"]) if row["receiver"] else "",
    }  # fmt: skip
    date = {"value": row["date"], "basis": "the day it holds for"} if row["date"] else None
    entry = _claim(shelf, "figures", row, says, date, facts, [])
    return _with(entry, [shelf.evidence(row["document"], span["start"], span["end"], context=True)])


def document_entry(shelf: Shelf, row: Row, spans: Sequence[tuple[int, int]] = ()) -> Entry:
    """A report; its evidence are the spans, or else its title or beginning."""
    shelf.fetch([row["id"]])
    titles = [(part["start"], part["end"]) for part in row["parts"] if part["kind"] in ("title", "body")]
    lineage = next(iter(shelf.view.rows("lineages", id=row["lineage"])), None) if row["lineage"] else None
    copy = next((one for one in lineage["copies"] if one["document"] == row["id"]), None) if lineage else None
    origin = (lineage or {}).get("origin", {})
    facts = {
        "outlet": row["outlet"] or "", "author": row["author"] or "", "language": row["language"] or "",
        "lineage": row["lineage"] or "", "comes from": origin.get("agency") or origin.get("outlet") or "",
        "copied": f"{copy['kind']} of {copy['of']}, {copy['share']:.0%}" if copy else "",
        "length in code points": str(max((part["end"] for part in row["parts"]), default=0)),
    }  # fmt: skip
    published = row["published"]
    evidence = [shelf.evidence(row["id"], start, end) for start, end in spans or titles[:1]]
    return Entry(
        row["id"], "documents", _told(row["title"]) or harmless(row["path"]), published["value"],
        harmless(published["basis"] or ""), len(lineage["documents"]) if lineage else 1, 1, None, _kept(facts),
        evidence,
    )  # fmt: skip


def actor_entry(shelf: Shelf, row: Row) -> Entry:
    """Who an actor is, under which names and offices, and where it is first named."""
    places = shelf.view.mentions_of(row["id"], 1_000)
    named: dict[str, tuple[str, int, int]] = {}
    for document, start, end, _ in places:
        named.setdefault(document, (document, start, end))
    offices = "; ".join(f"{r['title']} ({r['from'] or '?'} to {r['to'] or '?'})" for r in row["roles"])
    facts = {
        "kind": row["kind"], "country": row["country"] or "", "sector": row["sector"] or "",
        "names": ", ".join(row["aliases"][:20]), "offices": offices, "wikidata": row["wikidata"] or "",
        "mentions": str(row["mentions"]), "why these are one": "; ".join(row["basis"][:3]),
    }  # fmt: skip
    evidence = [shelf.evidence(*where, context=True) for where in list(named.values())[:MEMBERS]]
    return Entry(
        row["id"], "actors", harmless(row["name"]), None, "", len(named), shelf.lineages(named), None, _kept(facts),
        evidence,
    )  # fmt: skip


def timeline_entry(shelf: Shelf, row: Row) -> Entry:
    """A dated group of claims, a quote from each of some of its reports, of different lineages first."""
    of = row["event_group"] or row["statement"]
    group = shelf.view.group(of)
    if group is not None:
        claims = shelf.view.some(CLAIMS[group["kind"]], "id", group["members"])
    else:
        claims = [shelf.view.find(of)[1]] if of else []
    shelf.fetch(row["documents"])
    evidence = [_first_words(shelf, claim) for claim in _spread(shelf, claims)]
    date = row["date"]
    return Entry(
        of, "timeline", harmless(row["headline"]), date["value"], f"precision {date['precision']}, by {date['by']}",
        len(row["documents"]), row["lineages"], of, {}, evidence,
    )  # fmt: skip


def contradiction_entry(shelf: Shelf, row: Row) -> Entry:
    spans = row["spans"]
    shelf.fetch(span["document"] for span in spans)
    evidence = [shelf.evidence(span["document"], span["start"], span["end"], context=True) for span in spans]
    documents = [span["document"] for span in spans]
    facts = {"kind": row["kind"], "left": row["left"], "right": row["right"]}
    return Entry(
        row["id"], "contradictions", harmless(f"{row['kind']}: {row['words']}"), None, "", len(set(documents)),
        shelf.lineages(documents), None, facts, evidence,
    )  # fmt: skip


def _claim(
    shelf: Shelf, table: str, row: Row, says: str, date: Row | None, facts: dict[str, str], spans: Sequence[Row]
) -> Entry:
    documents, lineages = shelf.backing(row)
    evidence = [shelf.evidence(row["document"], span["start"], span["end"]) for span in spans]
    value, basis = ((date or {}).get(key) for key in ("value", "basis"))
    return Entry(
        row["id"], table, harmless(says), value, harmless(basis or ""), documents, lineages, row["group"], _kept(facts),
        evidence,
    )  # fmt: skip


def _with(entry: Entry, evidence: list[Evidence]) -> Entry:
    return Entry(
        entry.id, entry.table, entry.says, entry.date, entry.date_basis, entry.documents, entry.lineages, entry.group,
        entry.facts, evidence,
    )  # fmt: skip


def _first_words(shelf: Shelf, claim: Row) -> Evidence:
    span = (claim.get("content") or [claim.get("evidence") or claim.get("span")])[0]
    return shelf.evidence(claim["document"], span["start"], span["end"])


def _spread(shelf: Shelf, claims: Sequence[Row]) -> list[Row]:
    """Some claims of a group: one of each lineage before a second one of any."""
    shelf.fetch(claim["document"] for claim in claims)
    seen: dict[str, int] = {}
    ordered: list[tuple[int, int, Row]] = []
    for claim in claims:
        lineage = shelf.report(claim["document"])["lineage"] or claim["document"]
        seen[lineage] = seen.get(lineage, 0) + 1
        ordered.append((seen[lineage], len(ordered), claim))
    return [claim for _, _, claim in sorted(ordered, key=lambda one: one[:2])][:MEMBERS]


def _name(actor: Row | None, span: Row | None = None) -> str:
    return str(actor["name"]) if actor else str(span["text"]) if span else "source not named"


def _told(words: str | None) -> str | None:
    return None if words is None else harmless(words)


def _kept(facts: dict[str, str]) -> dict[str, str]:
    """Facts that are known, their words harmless."""
    return {name: harmless(value) for name, value in facts.items() if value}
