"""The API under /api: rows of the record as they are exported, texts, and the log of decisions; JSON in and out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from onrecord.errors import NotFoundError, OnrecordError
from onrecord.model.record import EDITABLE
from onrecord.store import LISTS, View
from onrecord.web.asked import Asked, wanted_of
from onrecord.web.changes import ConflictError, Form, decide
from onrecord.web.guard import Access
from onrecord.web.render import as_json

JSON = "application/json"
MOST = 1_000
Reading = Callable[[], AbstractContextManager[View]]


class NewJudgement(BaseModel):
    """A decision: verdict, subjects, reason, who; `seen` the last judgement on the first subject that was known."""

    verdict: str
    subjects: Annotated[list[str], Field(min_length=1, max_length=50)]
    why: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Annotated[str, Field(min_length=1, max_length=60)]
    edits: dict[str, str] = {}
    seen: str | None = None


def add_api(app: FastAPI, reading: Reading, access: Access, record: Path, decided: Callable[[], None]) -> None:
    """Add the API's routes; `decided` is called after each decision."""
    _add_record(app, reading, access)
    _add_judgements(app, reading, record, decided)


def _add_record(app: FastAPI, reading: Reading, access: Access) -> None:
    @app.get("/api/tables/{table}", tags=["record"], summary="Rows of a table that fit the filters")
    def table_rows(
        table: str, request: Request, limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> Response:  # fmt: skip
        """Filters are those of the page of the same name; rows are those of `onrecord export`."""
        if table not in LISTS:
            return _answer({"error": f"no table {table!r}; tables: {', '.join(LISTS)}"}, 404)
        wanted = wanted_of(table, Asked.read(f"/{table}", request.url.query))
        with reading() as view:
            found = view.select(table, wanted, limit, offset)
        return _answer({"total": found.total, "offset": offset, "rows": found.rows})

    @app.get("/api/row", tags=["record"], summary="The row of an id")
    def one_row(id: str) -> Response:
        """Any id, or enough of its beginning; `table` says what it is."""
        try:
            with reading() as view:
                table, row = view.find(id)
        except NotFoundError as error:
            return _answer({"error": str(error)}, 404)
        return _answer({"table": table, "row": row})

    @app.get("/api/text", tags=["record"], summary="The kept text of a report")
    def text(document: str) -> Response:
        """All spans are code points into this text."""
        try:
            with reading() as view:
                return _answer({"document": document, "text": view.text(document)})
        except NotFoundError as error:
            return _answer({"error": str(error)}, 404)

    @app.get("/api/meta", tags=["record"], summary="What this server serves")
    def meta() -> Response:
        with reading() as view:
            counts = {table: view.count(table) for table in LISTS}
        return _answer({"tables": counts, "editable": EDITABLE, "read_only": access.read_only})


def _add_judgements(app: FastAPI, reading: Reading, record: Path, decided: Callable[[], None]) -> None:
    @app.get("/api/judgements", tags=["decisions"], summary="The log of decisions, oldest first")
    def judgements() -> Response:
        with reading() as view:
            return _answer([dataclasses.asdict(one) for one in view.judgements()])

    @app.post("/api/judgements", tags=["decisions"], summary="Decide", status_code=201)
    def judge(new: NewJudgement) -> Response:
        """409 where somebody else decided since `seen`; nothing is written then."""
        values: dict[str, list[str]] = {"verdict": [new.verdict], "subject": new.subjects, "why": [new.why]}
        values |= {f"set_{name}": [value] for name, value in new.edits.items()}
        if new.seen is not None:
            values["seen"] = [new.seen]
        try:
            made = decide(record, Form(values), new.by)
        except ConflictError as conflict:
            return _answer({"error": str(conflict), "theirs": dataclasses.asdict(conflict.theirs)}, 409)
        except OnrecordError as error:
            return _answer({"error": str(error)}, 404 if isinstance(error, NotFoundError) else 400)
        decided()
        return _answer(dataclasses.asdict(made), 201)


def _answer(held: Any, status: int = 200) -> Response:
    return Response(as_json(held), status, media_type=JSON)
