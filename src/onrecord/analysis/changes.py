"""What a new build of a record changes against an old one, and why as far as the records show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from onrecord.store import Row, View

Change = Literal["added", "removed", "changed"]
# tables whose rows have ids, in the order in which one leads to the next
COMPARED = ("documents", "statements", "events", "figures", "actors", "lineages", "corroborations", "contradictions")
CLAIMS = ("statements", "events", "figures")


def find_changes(old: View, new: View) -> Iterator[Row]:
    """One row for each row that is added, removed or changed, table by table: `{table, change, id, fields, why}`.

    `fields` pairs old and new values of the fields that differ.
    """
    before, after = ({row["id"]: row for row in view.rows("documents")} for view in (old, new))
    judged = sorted({j.id for j in new.judgements()} ^ {j.id for j in old.judgements()})
    for table in COMPARED:
        rows = [{row["id"]: row for row in view.rows(table)} for view in (old, new)]
        for id in sorted(rows[0].keys() | rows[1].keys()):
            one, other = rows[0].get(id), rows[1].get(id)
            if one != other:
                change: Change = "added" if one is None else "removed" if other is None else "changed"
                fields = _differing(one, other) if one and other else {}
                why = _why(table, change, other or one or {}, (before, after), bool(judged))
                yield {"table": table, "change": change, "id": id, "fields": fields, "why": why}
    for id in judged:
        change = "added" if any(j.id == id for j in new.judgements()) else "removed"
        yield {"table": "judgements", "change": change, "id": id, "fields": {}, "why": "a person decided"}


def _differing(one: Row, other: Row) -> dict[str, list[object]]:
    return {name: [one.get(name), other.get(name)] for name in {**one, **other} if one.get(name) != other.get(name)}


def _why(table: str, change: Change, row: Row, documents: tuple[dict[str, Row], dict[str, Row]], judged: bool) -> str:
    """The reason that the two records show: a report came, went or was read anew, or others changed what is linked."""
    before, after = documents
    if table == "documents":
        if change == "changed":
            return "linked anew: its lineage, or read anew with other code or word lists"
        return "the report is in this build only" if change == "added" else "the report is in the old build only"
    if table in CLAIMS:
        if row["document"] not in before:
            return "its report is new"
        if row["document"] not in after:
            return "its report is gone"
        if change == "changed":
            return "its actors or its group are other ones: linked anew, or read anew"
        return "its report was read anew with other code, word lists or actors"
    if before.keys() != after.keys():
        return "reports came or went" + (", or a judgement" if judged else "")
    return "a judgement was made or taken back" if judged else "claims were read or linked anew"
