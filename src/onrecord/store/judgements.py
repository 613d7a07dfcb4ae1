"""What people decided, as a log: rows are added and read, never changed. An undo is itself a row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from onrecord.errors import StoreError
from onrecord.model.ids import make_id
from onrecord.model.record import VERDICTS, Judgement, Verdict


def make_judgement(
    verdict: Verdict, subjects: Iterable[str], by: str, at: str, why: str, edits: Iterable[tuple[str, str]] = ()
) -> Judgement:
    """A judgement with its id; StoreError where it names too little: nothing, one thing to merge, no field to edit."""
    named, changed = tuple(subjects), tuple((field, value) for field, value in edits)
    least = 2 if verdict == "merge" else 1
    if verdict not in VERDICTS or len(set(named)) < least or not all(named):
        raise StoreError(f"a judgement is one of {', '.join(VERDICTS)} and names at least {least} id(s)")
    if (verdict == "edit") != bool(changed) or (changed and len(named) > 1):
        raise StoreError("an edit names one id and at least one field; other judgements name no fields")
    flat = [word for pair in changed for word in pair]
    return Judgement(make_id("jd", verdict, *named, *flat, by, at, why), verdict, named, by, at, why, changed)


def add_judgement(connection: sqlite3.Connection, judgement: Judgement) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO judgements (id, verdict, subjects, by, at, why, edits) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            judgement.id, judgement.verdict, json.dumps(judgement.subjects), judgement.by, judgement.at, judgement.why,
            json.dumps(judgement.edits),
        ),
    )  # fmt: skip


def read_judgements(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
    """The whole log, oldest first."""
    rows = connection.execute("SELECT id, verdict, subjects, by, at, why, edits FROM judgements ORDER BY at, id")
    return tuple(
        Judgement(id, verdict, tuple(json.loads(subjects)), by, at, why, tuple((f, v) for f, v in json.loads(edits)))
        for id, verdict, subjects, by, at, why, edits in rows
    )
