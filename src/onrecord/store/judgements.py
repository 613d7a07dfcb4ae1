"""What people decided, as a log: rows are added and read, never changed. An undo is itself a row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from onrecord.errors import StoreError
from onrecord.model.ids import make_id
from onrecord.model.record import VERDICTS, Judgement, Verdict


def make_judgement(verdict: Verdict, subjects: Iterable[str], by: str, at: str, why: str) -> Judgement:
    """A judgement with its id; StoreError where it names nothing, or a merge fewer than two things."""
    named = tuple(subjects)
    least = 2 if verdict == "merge" else 1
    if verdict not in VERDICTS or len(set(named)) < least:
        raise StoreError(f"a judgement is one of {', '.join(VERDICTS)} and names at least {least} id(s)")
    return Judgement(make_id("jd", verdict, *named, by, at, why), verdict, named, by, at, why)


def add_judgement(connection: sqlite3.Connection, judgement: Judgement) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO judgements (id, verdict, subjects, by, at, why) VALUES (?, ?, ?, ?, ?, ?)",
        (
            judgement.id, judgement.verdict, json.dumps(judgement.subjects), judgement.by, judgement.at, judgement.why,
        ),
    )  # fmt: skip


def read_judgements(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
    """The whole log, oldest first."""
    rows = connection.execute("SELECT id, verdict, subjects, by, at, why FROM judgements ORDER BY at, id")
    return tuple(
        Judgement(id, verdict, tuple(json.loads(subjects)), by, at, why) for id, verdict, subjects, by, at, why in rows
    )
