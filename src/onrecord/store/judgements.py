"""What people decided, as a log: rows are added and read, never changed. An undo is itself a row."""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator

from onrecord.errors import StoreError
from onrecord.model.ids import make_id
from onrecord.model.record import VERDICTS, Judgement, Verdict

TICK = datetime.timedelta(microseconds=1)
AHEAD = datetime.timedelta(days=1)  # how far a colleague's clock may be ahead of ours


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


def next_time(connection: sqlite3.Connection) -> str:
    """The time of a decision or note that is made now: the clock's, or just after the newest one in the log.

    So what was decided later also comes later, whatever a clock does that is set back or runs behind a colleague's.
    """
    now = datetime.datetime.now(datetime.UTC)
    (newest,) = connection.execute(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM judgements UNION ALL SELECT max(at) FROM notes)"
    ).fetchone()
    if newest is not None and _written(now) <= newest:
        with contextlib.suppress(ValueError, OverflowError):  # a time that is none says nothing
            now = datetime.datetime.fromisoformat(newest).astimezone(datetime.UTC) + TICK
            now += datetime.timedelta(seconds=_written(now) <= newest)  # one that was written in another form
    return _written(now)


def check_time(at: str) -> None:
    """StoreError for a time of somebody else's decision that is none, or that would put off all of ours."""
    try:
        told = datetime.datetime.fromisoformat(at)
    except ValueError:
        raise StoreError(f"{at[:40]!r} is no time; it is written like 2024-05-01T10:00:00Z") from None
    if told.tzinfo is None:
        raise StoreError(f"{at!r} has no zone; UTC is written with a Z at the end")
    if told > datetime.datetime.now(datetime.UTC) + AHEAD:
        raise StoreError(f"{at!r} lies in the future: one of the two clocks is wrong")


def _written(time: datetime.datetime) -> str:
    return time.isoformat(timespec="microseconds")


def read_judgements(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
    """The whole log, oldest first; rows of a damaged file that are none are left out (`doctor` tells them)."""
    return tuple(judgement for judgement, _ in read_rows(connection) if judgement is not None)


def read_rows(connection: sqlite3.Connection) -> Iterator[tuple[Judgement | None, str]]:
    """Every row of the log as a judgement, or None, with its id as it stands in the file."""
    rows = connection.execute("SELECT id, verdict, subjects, by, at, why, edits FROM judgements ORDER BY at, id")
    for row in rows:
        try:
            yield judgement_of(*row), str(row[0])
        except (TypeError, ValueError, RecursionError):  # the last: JSON of brackets alone
            yield None, str(row[0])


def judgement_of(
    id: str, verdict: str, subjects: str, by: str, at: str, why: str, edits: str = "[]"
) -> Judgement:  # fmt: skip
    """A stored row as a judgement; ValueError or TypeError where it is none."""
    named, changed = json.loads(subjects), [(field, value) for field, value in json.loads(edits)]
    known = next((one for one in VERDICTS if one == verdict), None)
    texts = [id, by, at, why, *named, *(word for pair in changed for word in pair)]
    if known is None or not isinstance(named, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{id} is no judgement")
    return Judgement(id, known, tuple(named), by, at, why, tuple(changed))
