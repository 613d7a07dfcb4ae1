"""W3C Web Annotations (JSON-LD): every claim as a note on the words it comes from.

A target names the report's kept text as its source, with a hash, and both selectors: the quote with what stands around
it, and the position in code points. Statements, events and figures describe, mentions of actors identify,
contradictions link two places. Claims in several pieces have a composite target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import as_json, content, heading, urn, web_address, when
from onrecord.store import Row

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/", "sha256": "schema:sha256"}]
AROUND = 32  # code points of prefix and suffix, as Hypothesis takes them

CARRIES: dict[str, tuple[str, ...]] = {
    "statements": ("id", "document", "path", "kind", "content", "cue_kind", "speaker", "actor", "negated", "certainty"),
    "events": (
        "id", "document", "path", "event_type", "mode", "contexts", "trigger", "evidence", "actors", "recipients",
        "date", "status",
    ),
    "figures": ("id", "document", "path", "span", "value", "unit", "bound", "low", "high", "what"),
    "actors": ("id", "name", "wikidata", "mentions"),
    "contradictions": ("id", "kind", "spans", "words"),
}  # fmt: skip


def write_annotations(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write one annotation collection with all its annotations in its first page."""
    head = {"@context": CONTEXT, "id": urn("annotations"), "type": "AnnotationCollection"}
    out.write(as_json(head)[:-1])
    out.write(b', "first": {"id": "urn:onrecord:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": [')
    count = 0
    for annotation in _annotations(chosen, tally):
        out.write((b",\n" if count else b"\n") + as_json(annotation))
        count += 1
    out.write(f']}}, "total": {count}}}\n'.encode())


def _annotations(chosen: Choice, tally: Tally) -> Iterator[Row]:
    texts = _Texts(chosen)
    for row in tally.through("statements", chosen.rows("statements")):
        speaker = row["actor"]["name"] if row["actor"] else row["speaker"]["text"] if row["speaker"] else "unnamed"
        denied = "not " if row["negated"] else ""
        words = f"{speaker} [{denied}{row['cue_kind']}, {row['kind']}, {row['certainty']}]: {content(row)}"
        target = texts.target(row["document"], row["content"])
        tags = (row["cue_kind"], row["kind"])
        yield _describing(row["id"], words, tags, target)
        tally.carry("statements")
    for row in tally.through("events", chosen.rows("events")):
        date = when(row["date"])
        words = f"{heading(row)}{', ' + date if date else ''} [“{row['trigger']['text']}”]"
        tags = (row["event_type"], row["mode"], *row["contexts"], row["status"])
        yield _describing(row["id"], words, tags, texts.target(row["document"], [row["evidence"]]))
        tally.carry("events")
    for row in tally.through("figures", chosen.rows("figures")):
        span = f" ({row['low']:g} to {row['high']:g})" if row["bound"] == "range" and row["low"] is not None else ""
        words = f"{row['bound'].replace('_', ' ')} {row['value']:g}{span} {row['unit']}: {row['what']}"
        yield _describing(row["id"], words, (row["unit"],), texts.target(row["document"], [row["span"]]))
        tally.carry("figures")
    yield from _identifying(chosen, texts, tally)
    for row in tally.through("contradictions", chosen.rows("contradictions")):
        places = [texts.target(span["document"], [span]) for span in row["spans"]]
        body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain",
                "value": f"{row['kind']}: {row['words']}"}  # fmt: skip
        yield {"id": urn(row["id"]), "type": "Annotation", "motivation": "linking", "body": [body, places[1]],
               "target": places[0]}  # fmt: skip
        tally.carry("contradictions")


def _identifying(chosen: Choice, texts: _Texts, tally: Tally) -> Iterator[Row]:
    """Each place where an actor is named, in the chosen reports."""
    reports = {row["id"] for row in chosen.rows("documents")}
    for row in tally.through("actors", chosen.rows("actors")):
        found = [m for m in chosen.mentions(row["id"]) if m[0] in reports]
        for document, start, end, mention in found:
            source = f"http://www.wikidata.org/entity/{row['wikidata']}" if row["wikidata"] else urn(row["id"])
            body = [
                {"type": "SpecificResource", "purpose": "identifying", "source": source},
                {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": row["name"]},
            ]
            target = texts.target(document, [{"start": start, "end": end}])
            yield {"id": urn(mention), "type": "Annotation", "motivation": "identifying", "body": body,
                   "target": target}  # fmt: skip
        if found:
            tally.carry("actors")
        else:
            tally.lose("actors", row["id"], "no mention of it is in the chosen reports")


def _describing(id: str, words: str, tags: Iterable[str | None], target: Row) -> Row:
    body = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": words}]
    body += [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag} for tag in tags if tag]
    return {"id": urn(id), "type": "Annotation", "motivation": "describing", "body": body, "target": target}


class _Texts:
    """Targets in the kept texts; the last text is held, as claims come report by report."""

    def __init__(self, chosen: Choice) -> None:
        self._chosen = chosen
        self._reports = chosen.reports()
        self._held = ("", "")

    def target(self, document: str, spans: Iterable[Row]) -> Row:
        """One specific resource, or a composite of the pieces."""
        if self._held[0] != document:
            self._held = (document, self._chosen.text(document))
        pieces = [self._piece(document, self._held[1], span["start"], span["end"]) for span in spans]
        return pieces[0] if len(pieces) == 1 else {"type": "Composite", "items": pieces}

    def _piece(self, document: str, text: str, start: int, end: int) -> Row:
        quote = {
            "type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        }  # fmt: skip
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"type": "SpecificResource", "source": self._source(document), "selector": [quote, position]}

    def _source(self, document: str) -> Row:
        report = self._reports[document]
        source = {"id": urn(document), "type": "Text", "format": "text/plain", "sha256": report["text_sha256"]}
        if report["language"]:
            source["language"] = report["language"]
        address = web_address(report)
        return source | {"via": address} if address else source
