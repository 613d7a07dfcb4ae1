"""Web annotations: expanded by the JSON-LD library, and every one found again in its text by quote and by position."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pyld import jsonld

from onrecord.store import Row, View, open_view
from tests.export.exported import export

OA, DC = "http://www.w3.org/ns/oa#", "http://purl.org/dc/"
# the terms of the W3C's context that we use, as its vocabulary defines them: tests load nothing from the net
CONTEXT = {
    "id": "@id", "type": "@type", "oa": OA, "as": "http://www.w3.org/ns/activitystreams#",
    "Annotation": OA + "Annotation", "SpecificResource": OA + "SpecificResource", "TextualBody": OA + "TextualBody",
    "TextQuoteSelector": OA + "TextQuoteSelector", "TextPositionSelector": OA + "TextPositionSelector",
    "Composite": OA + "Composite", "Text": DC + "dcmitype/Text",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@id": OA + "hasBody", "@type": "@id"}, "target": {"@id": OA + "hasTarget", "@type": "@id"},
    "source": {"@id": OA + "hasSource", "@type": "@id"}, "selector": {"@id": OA + "hasSelector", "@type": "@id"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "describing": OA + "describing", "identifying": OA + "identifying", "linking": OA + "linking",
    "tagging": OA + "tagging",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "format": DC + "elements/1.1/format",
    "language": DC + "elements/1.1/language", "exact": OA + "exact", "prefix": OA + "prefix", "suffix": OA + "suffix",
    "start": {"@id": OA + "start"}, "end": {"@id": OA + "end"}, "via": {"@id": OA + "via", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"}, "first": {"@id": "as:first", "@type": "@id"},
    "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip


def load(url: str, options: Any) -> Row:  # noqa: ARG001  # the library's shape
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def pieces(target: Row) -> list[Row]:
    return list(target["items"]) if target["type"] == "Composite" else [target]


def test_every_annotation_is_found_again_by_quote_and_by_position(view: View) -> None:
    made = export(view, "annotations").json
    items = made["first"]["items"]
    assert made["total"] == len(items) > 0
    for one in items:
        linked = [body for body in one["body"] if "selector" in body]
        for piece in [*pieces(one["target"]), *(p for body in linked for p in pieces(body))]:
            source = piece["source"]
            text = view.text(source["id"].removeprefix("urn:onrecord:"))
            assert hashlib.sha256(text.encode()).hexdigest() == source["sha256"]
            quote, position = piece["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"] != ""
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.startswith(around, position["start"] - len(quote["prefix"]))


def test_claims_mentions_and_contradictions_have_their_motivation(view: View) -> None:
    made = export(view, "annotations")
    by = {name: {one["id"] for one in made.json["first"]["items"] if one["motivation"] == name}
          for name in ("describing", "identifying", "linking")}  # fmt: skip
    claims = {f"urn:onrecord:{row['id']}" for t in ("statements", "events", "figures") for row in view.rows(t)}
    assert by["describing"] == claims
    assert by["linking"] == {f"urn:onrecord:{row['id']}" for row in view.rows("contradictions")}
    actors = [row["id"] for row in view.rows("actors")]
    mentions = {f"urn:onrecord:{m[3]}" for id in actors for m in view.mentions_of(id, 1_000_000)}
    assert by["identifying"] == mentions
    assert set(made.lost("actors")) == {id for id in actors if not view.mentions_of(id, 1)}


def test_it_is_linked_data_with_no_term_that_nobody_defines(view: View) -> None:
    made = export(view, "annotations").json
    made["first"]["items"] = made["first"]["items"][:200]  # the library takes a second for a thousand
    (expanded,) = jsonld.expand(made, {"documentLoader": load})
    (page,) = expanded["http://www.w3.org/ns/activitystreams#first"]
    (listed,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(listed["@list"]) == len(made["first"]["items"])
    for one in listed["@list"]:
        assert one["@type"] == [OA + "Annotation"]
        assert {OA + "hasBody", OA + "hasTarget", OA + "motivatedBy"} <= set(one)
        (target,) = one[OA + "hasTarget"]
        whole = target.get(OA + "hasSource") or target["http://www.w3.org/ns/activitystreams#items"]
        assert whole
    assert _names(made) <= {*CONTEXT, "@context", "schema", "sha256"}


def _names(held: Any) -> set[str]:
    """Every key of the JSON: one that the context lacks would vanish without a word."""
    if isinstance(held, dict):
        return {name for name in held if name != "@context"} | {n for v in held.values() for n in _names(v)}
    return {name for value in held for name in _names(value)} if isinstance(held, list) else set()


def test_a_statement_in_pieces_is_one_annotation(demo: Path) -> None:
    with open_view(demo) as view:
        pieced = {f"urn:onrecord:{row['id']}" for row in view.rows("statements") if len(row["content"]) > 1}
        items = export(view, "annotations").json["first"]["items"]
    assert pieced
    assert pieced == {one["id"] for one in items if one["target"]["type"] == "Composite"}
