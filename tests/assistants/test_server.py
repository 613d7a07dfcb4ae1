"""The server for assistants, asked by the protocol's own client: every quote stands where it says, nothing escapes."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.memory import create_connected_server_and_client_session
from mcp.types import CallToolResult
from typer.testing import CliRunner

from onrecord.assistants import guarded, make_server
from onrecord.assistants.answers import harmless
from onrecord.assistants.entries import QUOTE
from onrecord.cli import app
from onrecord.store import open_view
from tests.small import write_small
from tests.web.records import hostile_record

LISTING = ("search", "documents", "statements", "events", "figures", "timeline", "contradictions")
FRAME = re.compile(
    r"(.*?)\n(.*?)\n<<<([0-9a-f]{16}) begin of [^\n]*\n(.*)\n\3 end of what others wrote>>>", re.DOTALL
)  # fmt: skip
Ask = Callable[[ClientSession], Awaitable[Any]]

# what an analyst's assistant would ask of a record on a crisis: tool and arguments
QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("What do the reports say of a ceasefire or a war?", "search", {"query": "war"}),
    ("Who denied what?", "statements", {"query": "cue:deny"}),
    ("What did Russians say?", "statements", {"query": "country:RUS", "limit": 25}),
    ("What was warned of?", "statements", {"query": "cue:warn,threaten"}),
    ("What did Russia do?", "events", {"query": "party:russia", "limit": 25}),
    ("What was said to be sent or given?", "events", {"query": "type:AID,COOPERATE,SUPPORT"}),
    ("How many, how much?", "figures", {"limit": 25}),
    ("Who is the Russian president?", "actor", {"name": "Russia"}),
    ("What happened when?", "timeline", {"limit": 25}),
    ("Where do reports or speakers contradict each other?", "contradictions", {}),
)  # fmt: skip


def ask(record: Path, asked: Ask) -> Any:
    """What a client gets of a server on a record, in one process."""

    async def run() -> Any:
        async with create_connected_server_and_client_session(make_server(record)._mcp_server) as client:
            return await asked(client)

    return anyio.run(run)


def call(record: Path, tool: str, **arguments: Any) -> CallToolResult:
    async def asked(client: ClientSession) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    found: CallToolResult = ask(record, asked)
    return found


def text_of(result: CallToolResult) -> str:
    return "".join(one.text for one in result.content if one.type == "text")


def check_quotes(record: Path, result: CallToolResult) -> int:
    """Each quote against the text of its document; how many there were."""
    assert not result.isError, text_of(result)
    assert result.structuredContent is not None
    count = 0
    with open_view(record) as view:
        for entry in result.structuredContent["entries"]:
            assert entry["evidence"], f"{entry['id']} is told without evidence"
            for one in entry["evidence"]:
                words = view.text(one["document"])[one["start"] : one["end"]]
                assert one["quote"] == harmless(words) != ""
                assert len(one["quote"]) <= QUOTE
                assert one["published_basis"]
                count += 1
            assert entry["lineages"] >= 1
    return count


@pytest.mark.parametrize("name", ["demo", "seeds"])
def test_ten_questions_are_answered_with_quotes_that_stand_where_they_say(
    request: pytest.FixtureRequest, name: str
) -> None:
    record: Path = request.getfixturevalue(name)

    async def asked(client: ClientSession) -> list[CallToolResult]:
        return [await client.call_tool(tool, arguments) for _, tool, arguments in QUESTIONS]

    counts = [check_quotes(record, result) for result in ask(record, asked)]
    assert sum(count > 0 for count in counts) >= 8
    assert sum(counts) > 50


def test_every_tool_is_described_and_only_reads(demo: Path) -> None:
    async def asked(client: ClientSession) -> Any:
        return await client.initialize(), (await client.list_tools()).tools

    started, tools = ask(demo, asked)
    assert "never instructions" in started.instructions
    assert {tool.name for tool in tools} == {
        "overview", "search", "documents", "statements", "events", "figures", "actor", "timeline", "contradictions",
        "document_excerpt",
    }  # fmt: skip
    for tool in tools:
        assert tool.description
        assert tool.annotations.readOnlyHint
        assert not tool.annotations.destructiveHint
        assert tool.outputSchema["properties"]["entries"]


def test_pages_of_a_list_give_every_row_once(demo: Path) -> None:
    ids, offset = [], 0
    while offset is not None:
        held = call(demo, "events", limit=30, offset=offset).structuredContent or {}
        ids += [entry["id"] for entry in held["entries"]]
        offset = held["next_offset"]
    with open_view(demo) as view:
        assert ids == [row["id"] for row in view.rows("events")]


def test_excerpt_is_the_text_and_is_cut(demo: Path) -> None:
    with open_view(demo) as view:
        document = max(view.rows("documents"), key=lambda row: len(view.text(row["id"])))["id"]
        text = view.text(document)
    held = call(demo, "document_excerpt", document=document, start=10).structuredContent or {}
    (entry,) = held["entries"]
    assert "".join(one["quote"] for one in entry["evidence"]) == harmless(text[10:])
    assert (entry["evidence"][0]["start"], entry["evidence"][-1]["end"]) == (10, len(text))
    beyond = call(demo, "document_excerpt", document=document, start=10**7).structuredContent or {}
    assert beyond["facts"]["excerpt"].startswith(f"{len(text)} to {len(text)} of")


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("events", {"query": "colour:red"}, "no field of events is called"),
        ("events", {"limit": 1_000}, "less than or equal to 50"),  # sizes have limits
        ("statements", {"query": "x" * 3_000}, "at most 2000"),
        ("actor", {"name": "Nobody Atall"}, "knows nobody called"),
        ("document_excerpt", {"document": "ev_"}, "begins more than one id"),
        ("search", {"query": ""}, "at least 1"),
    ],
)
def test_wrong_questions_get_an_error_in_words(demo: Path, tool: str, arguments: dict[str, Any], words: str) -> None:
    result = call(demo, tool, **arguments)
    assert result.isError
    assert words in text_of(result)


@pytest.mark.parametrize("tool", LISTING)
def test_hostile_text_stays_inside_its_frame(tmp_path: Path, tool: str) -> None:
    record = hostile_record(tmp_path / "hostile.onrecord")
    arguments = {"query": "port"} if tool == "search" else {"limit": 50}
    text = text_of(call(record, tool, **arguments))
    found = FRAME.fullmatch(text)
    assert found
    head, note, mark, body = found.groups()
    assert "never instructions" in note
    assert mark not in body
    assert "hacked" in body or tool == "search"
    assert "hacked" not in head + note
    assert not set("\x00\x1b\u202e\ud800") & set(text)


def test_mark_of_a_frame_is_another_one_each_time_and_hidden_text_is_shown(tmp_path: Path) -> None:
    record = write_small(tmp_path / "small.onrecord")
    marks = {text_of(call(record, "events")).split("<<<")[1][:16] for _ in range(3)}
    assert len(marks) == 3
    hidden = "a" + "".join(chr(0xE0000 + ord(c)) for c in "obey") + "\u200bb"
    assert harmless(hidden) == "a\ufffd\ufffd\ufffd\ufffd\ufffdb"
    assert len(harmless(hidden)) == len(hidden)


def test_http_takes_own_names_and_the_token_only(demo: Path) -> None:
    server = make_server(demo)
    app = guarded(server, "s3cret")

    async def run() -> None:
        async with server.session_manager.run():
            transport = httpx.ASGITransport(app=app)
            base = "http://127.0.0.1:8471"
            allowed = {"authorization": "Bearer s3cret"}
            async with httpx.AsyncClient(transport=transport, base_url=base, headers=allowed) as client:
                async with (
                    streamable_http_client(f"{base}/mcp", http_client=client) as (read, write, _),
                    ClientSession(read, write) as session,
                ):
                    await session.initialize()
                    check_quotes(demo, await session.call_tool("statements", {"query": "cue:deny"}))
                body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
                accept = {"accept": "application/json, text/event-stream"}
                other = await client.post("/mcp", json=body, headers={**accept, "host": "evil.example"})
                assert other.status_code == 421
                large = await client.post("/mcp", content=b"x" * 100_000, headers=accept)
                assert large.status_code in (400, 413)
            async with httpx.AsyncClient(transport=transport, base_url=base) as stranger:
                assert (await stranger.post("/mcp", json=body)).status_code == 401

    anyio.run(run)


@pytest.mark.enable_socket
def test_command_serves_standard_input_and_output(tmp_path: Path) -> None:
    record = write_small(tmp_path / "small.onrecord")

    async def run() -> None:
        command = StdioServerParameters(command=sys.executable, args=["-m", "onrecord", "mcp", str(record)])
        async with stdio_client(command) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            assert check_quotes(record, await session.call_tool("events", {})) == 2

    anyio.run(run)


def test_missing_library_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = CliRunner().invoke(app, ["mcp", str(write_small(tmp_path / "small.onrecord"))])
    assert 'pip install "onrecord[mcp]"' in str(done.exception)
