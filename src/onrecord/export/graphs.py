"""GEXF and GraphML: who acts on whom, for Gephi and its like.

A node is an actor, an edge all events of one `event_type` and status between two: weight the number of event groups,
start and end the days of the first and last, sources the reports and lineages the independent ones. Events with nobody
known on one side make no edge, and are listed as lost.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.export.wording import for_xml
from onrecord.model.timex import days_of
from onrecord.optional import need
from onrecord.store import Row

CARRIES: dict[str, tuple[str, ...]] = {
    "actors": ("id", "name", "kind", "country", "sector", "mentions"),
    "events": ("id", "document", "path", "event_type", "actors", "recipients", "date", "status", "group", "quad"),
}


@dataclass(slots=True)
class _Tie:
    """What is known of one edge."""

    quad: int
    groups: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)


def write_gexf(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write GEXF; edges with days have start and end, so that Gephi can play them."""
    networkx = need("networkx", "graphs")
    made = io.BytesIO()
    networkx.write_gexf(_graph(networkx, chosen, tally, played=True), made)
    # the library writes the day of the export; the same record must give the same bytes
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", made.getvalue(), count=1))


def write_graphml(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write GraphML."""
    networkx = need("networkx", "graphs")
    networkx.write_graphml_xml(_graph(networkx, chosen, tally, played=False), out, edge_id_from_attribute="id")


def _graph(networkx: Any, chosen: Choice, tally: Tally, played: bool) -> Any:
    graph = networkx.MultiDiGraph()
    for row in tally.through("actors", chosen.rows("actors")):
        named = {"label": row["name"], "type": row["kind"], "country": row["country"], "sector": row["sector"]}
        graph.add_node(row["id"], mentions=row["mentions"], **_held(named, "actors", row["id"], tally))
        tally.carry("actors")
    lineages = {id: report["lineage"] for id, report in chosen.reports().items()}
    for (source, target, kind, status), tie in sorted(_ties(chosen, tally, set(graph)).items()):
        days = {"start": min(tie.days), "end": max(tie.days)} if tie.days else {}
        names = {} if played or not days else {"first": days["start"], "last": days["end"]}
        graph.add_edge(
            source, target, key=f"{kind} {status}", id=f"{source} {target} {kind} {status}", label=kind,
            event_type=kind, status=status, weight=len(tie.groups), quad=tie.quad, sources=len(tie.documents),
            lineages=len({lineages[id] for id in tie.documents}), **(days if played else names),
        )  # fmt: skip
    return graph


def _ties(chosen: Choice, tally: Tally, nodes: set[str]) -> dict[tuple[str, str, str, str], _Tie]:
    ties: dict[tuple[str, str, str, str], _Tie] = {}
    for row in tally.through("events", chosen.rows("events")):
        sides = [[p["actor"]["id"] for p in row[side] if p["actor"]] for side in ("actors", "recipients")]
        pairs = [(a, b) for a in dict.fromkeys(sides[0]) for b in dict.fromkeys(sides[1]) if {a, b} <= nodes]
        if not pairs:
            tally.lose("events", row["id"], "no known actor on both sides: no edge")
            continue
        for pair in pairs:
            tie = ties.setdefault((*pair, row["event_type"], row["status"]), _Tie(row["quad"]))
            tie.groups.add(row["group"] or row["id"])
            tie.documents.add(row["document"])
            tie.days += _days(row)
        tally.carry("events")
    return ties


def _days(row: Row) -> list[str]:
    days = days_of((row["date"] or {}).get("value"))
    return [day.isoformat() for day in days] if days else []


def _held(values: dict[str, str | None], table: str, id: str, tally: Tally) -> dict[str, str]:
    """Values that are known, as XML can hold them."""
    held = {}
    for name, value in values.items():
        if value is not None:
            held[name], replaced = for_xml(value)
            if replaced:
                tally.shorten(table, id, name, "control characters, which XML has none of, became �")
    return held
