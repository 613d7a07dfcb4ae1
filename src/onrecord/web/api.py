"""The API under /api: rows of the record as they are exported, texts, search, and the log of decisions.

JSON in and out; errors are problem+json. Lists come in pages and take the query language.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi import Path as InPath
from fastapi.responses import Response
from pydantic import BaseModel, Field

from onrecord import store
from onrecord.analysis import Meanings, find_alike
from onrecord.errors import NotFoundError, SettingsError
from onrecord.model.record import EDITABLE
from onrecord.model.vectors import WordVectors
from onrecord.store import LISTS, TABLES, Row, View, parse_query
from onrecord.web.asked import Asked, address, check_words, wanted_of
from onrecord.web.changes import ConflictError, Form, decide
from onrecord.web.guard import Access
from onrecord.web.problems import documented, problem
from onrecord.web.render import as_json

JSON = "application/json"
MOST = 1_000
FURTHEST = 1_000_000_000  # rows passed over
LONGEST = 1_000_000  # code points of one answer's text
Reading = Callable[[], AbstractContextManager[View]]
FindMeanings = Callable[[View], tuple[Meanings, WordVectors] | None]
Id = Annotated[str, InPath(min_length=1, max_length=200, description="An id, or enough of its beginning.")]
TableName = Literal[
    "documents", "statements", "events", "figures", "actors", "lineages", "corroborations", "contradictions",
    "timeline", "skips",
]  # fmt: skip
Wanted = Annotated[
    str, Query(max_length=2_000, description="The query language: `actor:blinken type:AID since:2022-01 lineages:>=2`.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows at most.")]
LeftOut = Annotated[
    tuple[Annotated[str, Field(max_length=100)], ...],
    Query(alias="not", max_length=50, description="With `meaning`: words that are not searched for."),
]
Offset = Annotated[int, Query(ge=0, le=FURTHEST, description="Rows to pass over.")]


class Rows(BaseModel):
    """A page of rows: how many fit in all, and the offset of the next page."""

    total: int
    offset: int
    next: int | None
    rows: list[dict[str, Any]]


class Found(BaseModel):
    """A row and the table it is of."""

    table: str
    row: dict[str, Any]


class Excerpt(BaseModel):
    """Code points [start, end) of a report's text, and how long it is."""

    document: str
    start: int
    end: int
    length: int
    text: str


class Hit(BaseModel):
    """One find: the words around it, finds between \\u0002 and \\u0003."""

    table: str
    id: str
    path: str
    snippet: str


class Alike(BaseModel):
    """A word that was asked for, and words of like meaning that were searched for as well."""

    word: str
    also: list[str]


class Hits(BaseModel):
    """What a search found, best first: by the words, and where asked for by words of like meaning."""

    hits: list[Hit]
    alike: list[Alike]
    by_meaning: list[Hit]


class Meta(BaseModel):
    """What a server serves: rows of each table, fields that people may put right."""

    tables: dict[str, int]
    editable: dict[str, list[str]]
    read_only: bool


class NewJudgement(BaseModel):
    """A decision: verdict, subjects, reason, who; `seen` the last judgement on the first subject that was known."""

    verdict: Annotated[str, Field(max_length=20)]
    subjects: Annotated[list[Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=50)]
    why: Annotated[str, Field(min_length=1, max_length=2_000)]
    by: Annotated[str, Field(min_length=1, max_length=60)]
    edits: Annotated[dict[str, str], Field(max_length=20)] = {}
    seen: str | None = None


class Judgement(BaseModel):
    """A row of the log."""

    id: str
    verdict: str
    subjects: list[str]
    by: str
    at: str
    why: str
    edits: list[tuple[str, str]]


def add_api(
    app: FastAPI, reading: Reading, access: Access, record: Path, decided: Callable[[], None], meanings: FindMeanings
) -> None:
    """Add the API's routes; `decided` is called after each decision, `meanings` gives words by meaning, if at hand."""
    _add_tables(app, reading)
    _add_texts(app, reading, access)
    _add_search(app, reading, meanings)
    _add_judgements(app, reading, record, decided)


def _add_tables(app: FastAPI, reading: Reading) -> None:
    @app.get("/api/tables/{table}", tags=["record"], summary="Rows of a table that fit", response_model=Rows,
             responses=documented(400, 404, 422))  # fmt: skip
    def table_rows(
        table: TableName, request: Request, q: Wanted = "", limit: Limit = 100, offset: Offset = 0
    ) -> Response:
        """Rows are those of `onrecord export`. Beside `q`, the filters of the page of the same name hold."""
        with reading() as view:
            total, rows = _select(view, table, request.url.query, q, limit, offset)
        end = offset + len(rows)
        next = end if rows and end < total else None
        answer = _answer({"total": total, "offset": offset, "next": next, "rows": rows})
        if next is not None:
            pairs = [pair for pair in Asked.read("", request.url.query).pairs if pair[0] != "offset"]
            there = address(f"/api/tables/{table}", [*pairs, ("offset", str(next))])
            answer.headers["link"] = f'<{there}>; rel="next"'
        return answer

    @app.get("/api/tables/{table}/{id}", tags=["record"], summary="One row of a table", response_model=Found,
             responses=documented(400, 404, 422))  # fmt: skip
    def table_row(table: TableName, id: Id) -> Response:
        """An entry of the timeline goes by the id of its group; what was skipped has no id."""
        with reading() as view:
            if table == "timeline":
                rows = list(view.rows("timeline", of=id))
                if not rows:
                    raise NotFoundError(f"the timeline has no entry of a group {id!r}")
                return _answer({"table": table, "row": rows[0]})
            held, row = view.find(id)
        if held != table:
            raise NotFoundError(f"{id!r} is in {held}, not in {table}")
        return _answer({"table": table, "row": row})

    @app.get("/api/row", tags=["record"], summary="The row of an id", response_model=Found,
             responses=documented(400, 404, 422))  # fmt: skip
    def one_row(id: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
        """Any id, or enough of its beginning; `table` says what it is."""
        with reading() as view:
            table, row = view.find(id)
        return _answer({"table": table, "row": row})


def _select(view: View, table: str, address: str, query: str, limit: int, offset: int) -> tuple[int, list[Row]]:
    """How many rows fit, and a page of them."""
    asked = parse_query(query, table)
    if table not in LISTS:
        return view.count_matching(table, asked), list(view.matching(table, asked, limit, offset))
    wanted = dataclasses.replace(wanted_of(table, Asked.read(f"/{table}", address)), words="", query=query)
    found = view.select(table, wanted, limit, offset)
    return found.total, list(found.rows)


def _add_texts(app: FastAPI, reading: Reading, access: Access) -> None:
    @app.get("/api/text", tags=["record"], summary="The kept text of a report, or a stretch of it",
             response_model=Excerpt, responses=documented(400, 404, 422))  # fmt: skip
    def text(
        document: Annotated[str, Query(min_length=1, max_length=200)],
        start: Annotated[int, Query(ge=0, le=FURTHEST, description="First code point.")] = 0,
        end: Annotated[int | None, Query(ge=0, le=FURTHEST, description="Code point to stop at.")] = None,
    ) -> Response:  # fmt: skip
        """All spans are code points into this text; at most a million are given at once."""
        with reading() as view:
            whole = view.text(document)
        first = min(start, len(whole))
        last = min(len(whole) if end is None else max(end, first), first + LONGEST, len(whole))
        held = {"document": document, "start": first, "end": last, "length": len(whole), "text": whole[first:last]}
        return _answer(held)

    @app.get("/api/meta", tags=["record"], summary="What this server serves", response_model=Meta,
             responses=documented())  # fmt: skip
    def meta() -> Response:
        with reading() as view:
            counts = {table: view.count(table) for table in TABLES}
        return _answer({"tables": counts, "editable": EDITABLE, "read_only": access.read_only})


def _add_search(app: FastAPI, reading: Reading, meanings: FindMeanings) -> None:
    @app.get("/api/search", tags=["record"], summary="Claims and reports by their words", response_model=Hits,
             responses=documented(400, 422))  # fmt: skip
    def search(
        q: Annotated[str, Query(min_length=1, max_length=2_000)],
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        meaning: Annotated[bool, Query(description="Also by words of like meaning.")] = False,
        left_out: LeftOut = (),
    ) -> Response:  # fmt: skip
        """Best first; `q` may hold fields as well as words."""
        check_words(q)
        with reading() as view:
            query = parse_query(q)
            hits = view.search(query, limit)
            held = meanings(view) if meaning else None
            if meaning and held is None:
                raise SettingsError("no words by meaning are at hand, or not yet; search without them, or again later")
            known = {hit.id for hit in hits}
            near, others = find_alike(view, held, query, left_out, known, limit) if held else ((), [])
        alike = [{"word": one.word, "also": one.also} for one in near]
        return _answer({"hits": _hits(hits), "alike": alike, "by_meaning": _hits(others[:limit])})


def _hits(hits: Sequence[store.Hit]) -> list[Row]:
    return [{name: getattr(hit, name) for name in Hit.model_fields} for hit in hits]


def _add_judgements(app: FastAPI, reading: Reading, record: Path, decided: Callable[[], None]) -> None:
    @app.get("/api/judgements", tags=["decisions"], summary="The log of decisions, oldest first",
             response_model=list[Judgement], responses=documented())  # fmt: skip
    def judgements() -> Response:
        with reading() as view:
            return _answer([dataclasses.asdict(one) for one in view.judgements()])

    @app.post("/api/judgements", tags=["decisions"], summary="Decide", status_code=201, response_model=Judgement,
              responses=documented(400, 403, 404, 409, 422))  # fmt: skip
    def judge(new: NewJudgement) -> Response:
        """409 where somebody else decided since `seen`; nothing is written then."""
        values: dict[str, list[str]] = {"verdict": [new.verdict], "subject": new.subjects, "why": [new.why]}
        values |= {f"set_{name}": [value] for name, value in new.edits.items()}
        if new.seen is not None:
            values["seen"] = [new.seen]
        try:
            made = decide(record, Form(values), new.by)
        except ConflictError as conflict:
            return problem(409, str(conflict), theirs=dataclasses.asdict(conflict.theirs))
        decided()
        return _answer(dataclasses.asdict(made), 201)


def _answer(held: Any, status: int = 200) -> Response:
    return Response(as_json(held), status, media_type=JSON)
