"""FollowTheMoney, STIX and PROV, each read by its own library: valid, whole, and nothing vanishes on the way."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from typing import Any

import pytest
import stix2
from prov.model import ProvDerivation, ProvDocument, ProvEntity

from onrecord.export.stix import NO_TIME
from onrecord.store import View
from tests.export.exported import export


def test_entities_are_valid_and_lose_no_property(view: View) -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="needs ICU; CI has it")
    made = export(view, "ftm")
    held = {}
    for data in made.lines:
        entity = followthemoney.model.get_proxy(data, cleaned=False)
        entity.schema.validate(data)
        back = entity.to_dict()
        assert {name: sorted(values) for name, values in back["properties"].items()} == {
            name: sorted(values) for name, values in data["properties"].items()
        }, data
        assert all(entity.has(name) for name in entity.schema.required)
        assert data["id"] not in held
        held[data["id"]] = entity
    for entity in held.values():  # no reference leads nowhere, nor to what it cannot be
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert held[value].schema.is_a(prop.range), (entity, prop.name)
    counts = Counter(entity.schema.name for entity in held.values())
    assert counts["Article"] == view.count("documents")
    assert counts["Event"] == view.count("events")
    assert counts["Note"] == view.count("statements") + view.count("figures")
    assert sum(counts[name] for name in ("Person", "PublicBody", "Organization", "LegalEntity")) == view.count("actors")
    quotes = [entity.first("description") for entity in held.values() if entity.schema.name == "Note"]
    assert all(quotes)
    dated = [row for row in view.rows("documents") if row["published"]["value"]]
    kept = [entity for entity in held.values() if entity.schema.name == "Article" and entity.has("publishedAt")]
    intervals = [loss for loss in made.losses if loss["reason"] == "an interval is no date"]
    assert len(dated) == len(kept) + len(intervals)


def test_bundle_is_stix_without_anything_custom(view: View) -> None:
    made = export(view, "stix")
    bundle: Any = stix2.parse(made.data.decode(), allow_custom=False)
    held = {one.id: one for one in bundle.objects}
    assert len(held) == len(bundle.objects)
    for one in held.values():  # no reference leads nowhere
        references = [
            *getattr(one, "object_refs", ()),
            getattr(one, "source_ref", None),
            getattr(one, "target_ref", None),
        ]
        assert {id for id in references if id} <= set(held)
    counts = Counter(one.type for one in held.values())
    assert counts["identity"] == view.count("actors")
    assert counts["report"] == view.count("documents") - len(made.lost("documents"))
    assert counts["opinion"] == view.count("contradictions") - len(made.lost("contradictions"))
    assert {one.opinion for one in held.values() if one.type == "opinion"} <= {"neutral"}  # the machine judges nothing
    named = Counter(
        reference.external_id for one in held.values() for reference in getattr(one, "external_references", ())
        if reference.source_name != "wikidata"
    )  # fmt: skip
    for table in ("statements", "events", "figures", "contradictions"):
        assert {row["id"] for row in view.rows(table)} - set(made.lost(table)) <= set(named)
    texts = {row["id"]: view.text(row["id"]) for row in view.rows("documents")}
    assert len(texts) == view.count("documents")
    undated = {row["id"] for row in view.rows("documents") if (row["published"]["precision"] not in ("day", "minute"))}
    for one in held.values():
        if one.type == "report" and one.external_references[0].external_id not in undated:
            assert not NO_TIME.startswith(f"{one.published:%Y-%m-%d}")


def test_provenance_reads_back_as_itself(view: View) -> None:
    made = export(view, "prov")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        document = ProvDocument.deserialize(content=made.data.decode(), format="json")
    assert _nameless(json.loads(document.serialize(format="json") or "")) == _nameless(made.json)
    kinds: Counter[str] = Counter(
        str(value) for one in document.get_records(ProvEntity) for value in one.get_attribute("prov:type")
    )
    assert kinds["onrecord:report"] == kinds["onrecord:file"] == view.count("documents")
    assert kinds["onrecord:lineage"] == view.count("lineages")
    assert kinds["onrecord:judgement"] == len(view.judgements())
    copies = [copy for row in view.rows("lineages") for copy in row["copies"]]
    derivations = list(document.get_records(ProvDerivation))
    assert len(derivations) == 2 * view.count("documents") + len(copies)


def _nameless(held: Any) -> Any:
    """PROV-JSON without the names that the library gives to relations, and values in one order: both are its own."""
    if isinstance(held, list):
        return sorted(held, key=str)
    if not isinstance(held, dict):
        return held
    if any(name.startswith("_:") for name in held):
        return sorted(json.dumps(_nameless(one), sort_keys=True) for one in held.values())
    return {name: _nameless(value) for name, value in held.items()}
