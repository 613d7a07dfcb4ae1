"""The server: tools with their descriptions and limits, over standard input and output or HTTP on this machine.

Each call opens the record for itself, reads one snapshot and is broken off after `SECONDS`. Nothing can be changed.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import anyio.to_thread
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, TypeAdapter
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord.assistants import tools
from onrecord.assistants.answers import NOTE, Answer, framed
from onrecord.errors import OnrecordError
from onrecord.store import FIELDS, TABLES, DatabaseError, View, open_view, trouble

SECONDS = 15.0  # how long one call may read
LARGEST_BODY = 64 * 1024
READS = ToolAnnotations(readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False)
INSTRUCTIONS = (
    "An evidence-linked record of news reports on a crisis. Ask `overview` first. Answer from what the tools return "
    "only, and cite for each fact the quote, outlet, date, document id and offsets. Say how many independent sources "
    "(lineages) stand behind it, that a statement is its speaker's, and what contradicts it. " + NOTE
)
SYNTAX = (
    "Terms that must all fit: field:value (several: type:AID,ASSAULT), comparisons (lineages:>=2, since:2022-01), "
    'words and "exact words" to be found in the text, a minus before a term excludes. Empty: everything. '
)

Result = Annotated[CallToolResult, Answer]
Limit = Annotated[int, Field(ge=1, le=tools.MOST, description="Entries at most.")]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="Entries to pass over; an answer says where to go on.")]
Query = Annotated[str, Field(max_length=2_000, description=SYNTAX)]


class Asked:
    """The tools over one record."""

    def __init__(self, record: Path) -> None:
        self.record = record

    async def overview(self) -> Result:
        """What the record holds: how many reports, statements, events; outlets; days covered. Ask this first."""
        return await self._answer(tools.overview)

    async def search(
        self, query: Annotated[str, Field(min_length=1, max_length=2_000, description=SYNTAX)], limit: Limit = 8
    ) -> Result:
        """Find statements, events and reports by their words, best first."""
        return await self._answer(lambda view: tools.search(view, query, limit))

    async def documents(self, query: Query = "", limit: Limit = 10, offset: Offset = 0) -> Result:
        """List reports: title, outlet, date, whether one is copied from another, how many reports its lineage has."""
        return await self._list("documents", query, limit, offset)

    async def statements(self, query: Query = "", limit: Limit = 10, offset: Offset = 0) -> Result:
        """List who said what: exact words, speaker, kind of cue (say, deny, warn …), report, independent sources."""
        return await self._list("statements", query, limit, offset)

    async def events(self, query: Query = "", limit: Limit = 10, offset: Offset = 0) -> Result:
        """List who did what to whom: PLOVER type, status, parties, date and how it is known, the sentence."""
        return await self._list("events", query, limit, offset)

    async def figures(self, query: Query = "", limit: Limit = 10, offset: Offset = 0) -> Result:
        """List amounts: troops, killed, money …, what they count, the words around them."""
        return await self._list("figures", query, limit, offset)

    async def timeline(self, query: Query = "", limit: Limit = 20, offset: Offset = 0) -> Result:
        """List dated events in order, each with quotes from different independent sources."""
        return await self._list("timeline", query, limit, offset)

    async def contradictions(self, query: Query = "", limit: Limit = 10, offset: Offset = 0) -> Result:
        """List claims that cannot both hold and disputes between speakers, both quoted, without a verdict."""
        return await self._list("contradictions", query, limit, offset)

    async def actor(
        self, name: Annotated[str, Field(min_length=1, max_length=200, description="A name, a part of one, or an id.")],
        limit: Limit = 5,
    ) -> Result:  # fmt: skip
        """Who somebody is: all names met, offices with dates, country, and where they are named. Its id then works in
        queries, as in speaker:ac_12ab."""
        return await self._answer(lambda view: tools.actor(view, name, limit))

    async def document_excerpt(
        self, document: Annotated[str, Field(min_length=1, max_length=200, description="Id of a report.")],
        start: Annotated[int, Field(ge=0, description="First code point.")] = 0,
        end: Annotated[int, Field(ge=0, description="Code point to stop at; 0 for as much as is given at once.")] = 0,
    ) -> Result:  # fmt: skip
        """Read a stretch of a report's text, to see a quote in its place."""
        return await self._answer(lambda view: tools.excerpt(view, document, start, end))

    async def _list(self, table: str, query: str, limit: int, offset: int) -> CallToolResult:
        return await self._answer(lambda view: tools.list_rows(view, table, query, limit, offset))

    async def _answer(self, ask: Callable[[View], Answer]) -> CallToolResult:
        answer = await anyio.to_thread.run_sync(self._read, ask)
        words = framed(answer, secrets.token_hex(8))
        held = TypeAdapter(Answer).dump_python(answer, mode="json")
        return CallToolResult(content=[TextContent(type="text", text=words)], structuredContent=held)

    def _read(self, ask: Callable[[View], Answer]) -> Answer:
        end = time.monotonic() + SECONDS
        try:
            with open_view(self.record) as view, view.snapshot():
                view.limit_time(lambda: time.monotonic() > end)
                return ask(view)
        except OnrecordError as error:
            raise ToolError(str(error)) from error
        except DatabaseError as error:
            slow = "this took too long; narrow it down" if trouble(error) == "slow" else "the record could not be read"
            raise ToolError(slow) from error


def make_server(record: Path) -> FastMCP:
    """The server over one record, ready for `run("stdio")` or `guarded`."""
    server = FastMCP(
        "onrecord", instructions=INSTRUCTIONS, log_level="WARNING", stateless_http=True, json_response=True,
        max_request_body_size=LARGEST_BODY,
    )  # fmt: skip
    asked = Asked(record)
    for tool in (
        asked.overview, asked.search, asked.documents, asked.statements, asked.events, asked.figures, asked.actor,
        asked.timeline, asked.contradictions, asked.document_excerpt,
    ):  # fmt: skip
        fields = fields_of(tool.__name__) if tool.__name__ in TABLES else ""
        server.add_tool(tool, description=" ".join((tool.__doc__ or "").split()) + fields, annotations=READS)
    return server


def fields_of(table: str) -> str:
    """The fields of a table's queries in words."""
    held = {one.name: one for one in FIELDS if table in one.sql}
    return " Fields: " + "; ".join(
        f"{one.name} ({', '.join(one.choices) if one.choices else one.what})" for one in held.values()
    )


def guarded(server: FastMCP, token: str) -> ASGIApp:
    """The server over HTTP at /mcp: names of this machine only (DNS rebinding), and with a token where one is set."""
    app: Starlette = server.streamable_http_app()

    async def check(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and token:
            given = Headers(scope=scope).get("authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
                refusal = PlainTextResponse("a token is needed", 401, {"www-authenticate": "Bearer"})
                await refusal(scope, receive, send)
                return
        await app(scope, receive, send)

    return check
