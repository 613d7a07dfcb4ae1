"""`onrecord serve`: the record's pages on this machine. Loopback by default; a token for anything else."""

from __future__ import annotations

import getpass
import secrets
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import RecordPath, say
from onrecord.errors import SettingsError
from onrecord.store import open_view, open_writer

LOCAL = ("127.0.0.1", "localhost", "::1")

SWITCH = 0.001  # seconds after which a page that is worked out lets another one go on
BUILD = "3600"  # seconds that linking waits for a running build


def serve(
    record: RecordPath,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; a token is needed off loopback.")] = LOCAL[
        0
    ],
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="Port; 0 takes a free one.")] = 8470,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be decided, noted or saved.")] = False,
    token: Annotated[
        str, typer.Option("--token", help="The token to ask for; one is made up where it is needed and none is given.")
    ] = "",
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A name that browsers call this server by; repeatable.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who decides; your login name by default.")] = "",
    show: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the record as pages: every fact beside its source, decisions by keyboard. Ctrl-C ends it."""
    # a second to import, which no other command should wait for
    import uvicorn

    from onrecord.web import LOOPBACK, Access, Options, make_app

    prepare(record, read_only)
    local = host in LOCAL
    if not local and not token:
        token = secrets.token_urlsafe(24)
    named = f"[{host}]" if ":" in host else host
    names = (*LOOPBACK, *([] if host in ("0.0.0.0", "::") else [named.lower()]), *(n.lower() for n in allow_host or []))
    if host in ("0.0.0.0", "::") and not allow_host:
        raise SettingsError(f"{host} listens on all addresses: say by which name browsers call it, --allow-host NAME")
    access = Access(hosts=tuple(dict.fromkeys(names)), token=token, read_only=read_only)
    relink = None if read_only else lambda: relink_beside(record)
    app = make_app(Options(record, access, by or _login(), relink, warming_beside(record)))
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=15,
        limit_concurrency=200, h11_max_incomplete_event_size=64 * 1024, proxy_headers=False, lifespan="off",
    )  # fmt: skip
    socket = config.bind_socket()
    shown = (allow_host or [named])[0]
    address = f"http://{shown}:{socket.getsockname()[1]}/" + (f"?token={token}" if token else "")
    say(f"onrecord: {record} is at {address}" + (" (read-only)" if read_only else "") + "; Ctrl-C ends it")
    if show:
        webbrowser.open(address)
    sys.setswitchinterval(SWITCH)
    uvicorn.Server(config).run(sockets=[socket])


def prepare(record: Path, read_only: bool) -> None:
    """A record that is there, of this version and linked; OnrecordError says what to do where it is not."""
    with open_view(record, older=not read_only) as view:
        linked = view.meta().get("linked")
    if read_only:
        return
    with open_writer(record):
        pass  # brings an earlier version up to date
    with open_view(record) as view:
        linked = view.meta().get("linked")
    if not linked:
        say("onrecord: linking the record …")
        relink_beside(record)


def warming_beside(record: Path) -> tuple[str, ...]:
    """The command that works out beside the server what its pages keep."""
    return (sys.executable, "-m", "onrecord.cli.warming", str(record))


def relink_beside(record: Path) -> None:
    """Link in a process of its own: it takes a core and memory that the server should not give."""
    command = [sys.executable, "-m", "onrecord", "link", str(record), "--wait", BUILD]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"onrecord: linking failed, the decisions are safe: {done.stderr.strip()[-300:]}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name in a bare container
        return "reviewer"
