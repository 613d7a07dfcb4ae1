"""`onrecord mcp`: the record for language-model assistants, read-only, each answer with its quotes."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.output import RecordPath, say
from onrecord.optional import need
from onrecord.store import open_view


def mcp(
    record: RecordPath,
    http: Annotated[
        int, typer.Option("--http", min=0, max=65535, help="Serve HTTP on this port of 127.0.0.1; 0: standard input.")
    ] = 0,
    token: Annotated[str, typer.Option("--token", help="With --http: the bearer token that a client must send.")] = "",
) -> None:
    """Serve the record to a language-model assistant by the Model Context Protocol: read-only, every fact quoted."""
    with open_view(record):
        pass  # a record that is none is told of at once
    need("mcp", "mcp")
    # over a second to import, which no other command should wait for
    import uvicorn

    from onrecord.assistants import guarded, make_server

    server = make_server(record)
    if not http:
        say(f"onrecord: {record} for an assistant on standard input and output; Ctrl-C ends it")
        server.run("stdio")
        return
    say(f"onrecord: {record} for assistants at http://127.0.0.1:{http}/mcp; Ctrl-C ends it")
    uvicorn.run(
        guarded(server, token), host="127.0.0.1", port=http, log_level="warning", access_log=False,
        server_header=False, limit_concurrency=50, proxy_headers=False,
    )  # fmt: skip
