"""PROV-JSON: where the record comes from: files, kept texts, stages with their version, tables, and who decided what.

One document a record. Reports are entities derived from files; reading, parsing and extracting are one activity a
report, with the key of code, word lists and weights that it was made with; linking uses all readings and the standing
decisions, and generates the tables. A copy is derived from its original.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from onrecord import __version__
from onrecord.export.choice import Choice
from onrecord.export.tally import Tally
from onrecord.optional import need
from onrecord.store import TABLES

CARRIES: dict[str, tuple[str, ...]] = {
    "documents": ("id", "path", "title", "outlet", "url", "text_sha256", "lineage"),
    "lineages": ("id", "documents", "origin", "copies"),
    "judgements": ("id", "verdict", "subjects", "by", "at", "why"),
}
DERIVED = tuple(table for table in TABLES if table != "documents")


def write_prov(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:  # noqa: ARG001  # one part
    """Write the document."""
    model = need("prov.model", "prov")
    document = model.ProvDocument()
    document.add_namespace("onrecord", "urn:onrecord:")
    program = document.agent("onrecord:program", {"prov:type": "prov:SoftwareAgent", "onrecord:version": __version__})
    link = document.activity("onrecord:link", other_attributes={"onrecord:inputs_sha256": chosen.view.version()})
    document.wasAssociatedWith(link, program)
    known = _add_reports(document, program, link, chosen, tally)
    _add_lineages(document, known, chosen, tally)
    _add_decisions(document, link, chosen, tally)
    for table in DERIVED:
        count = sum(1 for _ in chosen.rows(table))
        made = document.entity(f"onrecord:table-{table}", {"prov:type": "onrecord:table", "onrecord:rows": count})
        document.wasGeneratedBy(made, link)
    # the library's own JSON, with keys and values in one order: it holds them in sets
    held = _ordered(json.loads(document.serialize(format="json")))
    out.write(json.dumps(held, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "replace") + b"\n")


def _ordered(held: Any) -> Any:
    if isinstance(held, dict):
        return {name: _ordered(value) for name, value in held.items()}
    return sorted(held, key=str) if isinstance(held, list) else held


def _add_reports(document: Any, program: Any, link: Any, chosen: Choice, tally: Tally) -> set[str]:
    keys = chosen.view.reading_keys()
    known = set()
    for row in tally.through("documents", chosen.rows("documents")):
        file = document.entity(
            f"onrecord:file-{row['id']}", {"prov:type": "onrecord:file", "onrecord:path": row["path"]}
        )
        facts = {"title": row["title"], "outlet": row["outlet"], "url": row["url"], "text_sha256": row["text_sha256"]}
        report = document.entity(f"onrecord:{row['id']}", {
            "prov:type": "onrecord:report", **{f"onrecord:{name}": value for name, value in facts.items() if value},
        })  # fmt: skip
        reading = document.activity(f"onrecord:read-{row['id']}", other_attributes={
            "onrecord:stages": "read parse extract", "onrecord:reading_key": keys[row["id"]],
        })  # fmt: skip
        claims = document.entity(f"onrecord:claims-{row['id']}", {"prov:type": "onrecord:reading"})
        document.used(reading, file)
        document.wasGeneratedBy(report, reading)
        document.wasGeneratedBy(claims, reading)
        document.wasDerivedFrom(report, file)
        document.wasDerivedFrom(claims, report)
        document.wasAssociatedWith(reading, program)
        document.used(link, claims)
        known.add(row["id"])
        tally.carry("documents")
    return known


def _add_lineages(document: Any, known: set[str], chosen: Choice, tally: Tally) -> None:
    for row in tally.through("lineages", chosen.rows("lineages")):
        source = row["origin"]["agency"] or row["origin"]["outlet"]
        facts = {"onrecord:origin": source, "onrecord:basis": row["origin"]["basis"]}
        lineage = document.collection(f"onrecord:{row['id']}", {
            "prov:type": "onrecord:lineage", **{name: value for name, value in facts.items() if value},
        })  # fmt: skip
        for id in row["documents"]:
            if id in known:
                document.hadMember(lineage, f"onrecord:{id}")
        for copy in row["copies"]:
            if {copy["document"], copy["of"]} <= known:
                document.wasDerivedFrom(f"onrecord:{copy['document']}", f"onrecord:{copy['of']}", other_attributes={
                    "onrecord:kind": copy["kind"], "onrecord:share": copy["share"]})  # fmt: skip
            else:
                tally.shorten("lineages", row["id"], "copies", "a copy or its original was not chosen")
            if copy["edits"]:
                tally.shorten("lineages", row["id"], "copies", "edits between copies have no place")
        tally.carry("lineages")


def _add_decisions(document: Any, link: Any, chosen: Choice, tally: Tally) -> None:
    people: dict[str, Any] = {}
    for number, one in enumerate(chosen.view.judgements()):
        tally.taken["judgements"] += 1
        if one.by not in people:
            people[one.by] = document.agent(
                f"onrecord:person-{len(people) + 1}", {"prov:type": "prov:Person", "onrecord:name": one.by}
            )
        decided = document.activity(f"onrecord:decide-{number + 1}", startTime=one.at, endTime=one.at)
        made = document.entity(f"onrecord:{one.id}", {
            "prov:type": "onrecord:judgement", "onrecord:verdict": one.verdict, "onrecord:why": one.why,
            "onrecord:subjects": " ".join(one.subjects),
        })  # fmt: skip
        if one.edits:
            tally.shorten("judgements", one.id, "edits", "the values of an edit have no place")
        document.wasGeneratedBy(made, decided)
        document.wasAssociatedWith(decided, people[one.by])
        document.used(link, made)
        tally.carry("judgements")
