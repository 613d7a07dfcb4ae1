"""The command line: data on stdout, all else on stderr. No logic of its own: each command calls one plain function.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped (they are
listed with their reasons), 4 done and there is news (`watch`).
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in parse, but before the exporters load numpy

import typer

from onrecord import __version__
from onrecord.cli.actors import group as actors_group
from onrecord.cli.behind import contradictions, diff, framing, network, omissions, tension
from onrecord.cli.build import build
from onrecord.cli.doctor import doctor
from onrecord.cli.export import export
from onrecord.cli.judge import judge
from onrecord.cli.judgements import judgements
from onrecord.cli.link import link
from onrecord.cli.lists import events, sources, statements
from onrecord.cli.output import FAILED, USAGE, say
from onrecord.cli.report import report
from onrecord.cli.search import search
from onrecord.cli.serve import serve
from onrecord.cli.show import show
from onrecord.cli.timeline import timeline
from onrecord.cli.watch import watch
from onrecord.errors import OnrecordError, SettingsError

__all__ = ["COMMANDS", "GROUPS", "app", "main"]

COMMANDS = (
    build, link, serve, report, show, timeline, statements, events, sources, contradictions, omissions, framing,
    tension, network, diff, search, export, judge, judgements, watch, doctor,
)  # fmt: skip
GROUPS = (("actors", actors_group),)  # commands with commands of their own

app = typer.Typer(
    help="From a pile of news reports to an evidence-linked record: who said and did what to whom, when, where, "
    "and how many independent sources stand behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in COMMANDS:
    app.command()(command)
for name, group in GROUPS:
    app.add_typer(group, name=name)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; expected failures become one line on stderr and an exit code."""
    try:
        app()
    except SettingsError as error:
        say(f"onrecord: {error}")
        sys.exit(USAGE)
    except OnrecordError as error:
        say(f"onrecord: {error}")
        sys.exit(FAILED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left, as `head` does
        sys.exit(0)
    except KeyboardInterrupt:
        say("onrecord: stopped; what was stored is safe, and the same command goes on from there")
        sys.exit(FAILED)
