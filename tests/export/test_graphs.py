"""GEXF and GraphML read back by networkx: every actor a node, every event with two known sides in an edge."""

from __future__ import annotations

import io
from typing import Any

import networkx
import pytest

from onrecord.model.timex import days_of
from onrecord.store import View
from tests.export.exported import export

READ = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}


@pytest.mark.parametrize("format", READ)
def test_graph_reads_back_with_its_counts_and_attributes(view: View, format: str) -> None:
    made = export(view, format)
    graph: Any = READ[format](io.BytesIO(made.data), **({"force_multigraph": True} if format == "graphml" else {}))
    actors = {row["id"]: row for row in view.rows("actors")}
    assert graph.is_directed()
    assert set(graph.nodes) == set(actors)
    for id, node in graph.nodes(data=True):
        row = actors[id]
        assert (node["label"], node["type"], node["mentions"]) == (row["name"], row["kind"], row["mentions"])
        assert node.get("country") == row["country"]
    ties: dict[tuple[str, str, str, str], list[Any]] = {}
    lost = set(made.lost("events"))
    for row in view.rows("events"):
        sides = [{p["actor"]["id"] for p in row[side] if p["actor"]} for side in ("actors", "recipients")]
        assert (row["id"] in lost) == (not all(sides))
        for source in sides[0]:
            for target in sides[1]:
                ties.setdefault((source, target, row["event_type"], row["status"]), []).append(row)
    found = {(a, b, edge["event_type"], edge["status"]): edge for a, b, edge in graph.edges(data=True)}
    assert graph.number_of_edges() == len(found)
    assert set(found) == set(ties)
    lineages = {row["id"]: row["lineage"] for row in view.rows("documents")}
    for key, rows in ties.items():
        edge, documents = found[key], {row["document"] for row in rows}
        assert edge["weight"] == len({row["group"] for row in rows})
        assert edge["sources"] == len(documents)
        assert edge["lineages"] == len({lineages[id] for id in documents})
        days = [d.isoformat() for row in rows for d in days_of((row["date"] or {}).get("value")) or ()]
        first, last = ("start", "end") if format == "gexf" else ("first", "last")
        assert (edge.get(first), edge.get(last)) == ((min(days), max(days)) if days else (None, None))
