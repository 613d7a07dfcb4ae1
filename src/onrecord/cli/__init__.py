"""The command line: data on stdout, all else on stderr. No logic of its own: each command calls one plain function.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped (they are
listed with their reasons), 4 done and there is news (`watch`).
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in parse, but before the exporters load numpy

import typer
from typer.core import TyperGroup

from onrecord import __version__
from onrecord.errors import OnrecordError, SettingsError

__all__ = ["COMMANDS", "app", "main"]

# Every command: its name, the module here that holds it (loaded when it is asked for: together they take a second),
# and how its help begins, which a test holds true.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("build", "build", "Read reports into a record"),
    ("link", "link", "Link a record anew"),
    ("serve", "serve", "Serve the record as pages"),
    ("report", "report", "Write one HTML file"),
    ("show", "show", "Open an id: what it is, its words marked in their paragraph"),
    ("timeline", "timeline", "Print the timeline"),
    ("statements", "lists", "List who said what"),
    ("events", "lists", "List who did what to whom"),
    ("sources", "lists", "List the reports by lineage"),
    ("contradictions", "behind", "List claims that cannot both hold"),
    ("omissions", "behind", "List what two lineages or more tell and others"),
    ("framing", "behind", "List the words each outlet uses for the same contested thing"),
    ("tension", "behind", "Print how hostile each state's acts towards another are over time"),
    ("network", "behind", "Print who acted towards whom"),
    ("diff", "behind", "Print what a new build changes"),
    ("compare", "compare", "Set events beside another coder's of the same reports"),
    ("search", "search", "Search statements, then reports, best first"),
    ("export", "export", "Write the record in another tool's format"),
    ("judge", "judge", "Accept, reject, merge, split or edit"),
    (
        "judgements",
        "judgements",
        "Print the log of decisions and notes as JSON lines, or add such a file to the log",
    ),
    ("watch", "watch", "Run saved searches again"),
    ("mcp", "mcp", "Serve the record to a language-model assistant"),
    ("doctor", "doctor", "Check the installation, and a record if one is given"),
    ("backup", "backup", "Copy a record as it is at one moment, while it is in use"),
    ("actors", "actors", "List a record's actors, import lists of actors, or ask who is known"),
)
FAILED, USAGE = 1, 2
UNEXPECTED = (AttributeError, KeyError, RecursionError, TypeError, ValueError)  # what a hostile record may lead to
INTERRUPTED = 130  # what the command line's library makes of Ctrl-C


class Commands(TyperGroup):
    """The commands, each loaded when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the library gives its context
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return load(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, _, help in COMMANDS])


def load(name: str) -> Any:
    """A command by name, None where there is no such command. A module may hold a group of commands instead."""
    module = next((module for known, module, _ in COMMANDS if known == name), None)
    if module is None:
        return None
    held = importlib.import_module(f"onrecord.cli.{module}")
    if hasattr(held, "group"):
        return typer.main.get_command(held.group)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name)(getattr(held, name))
    return typer.main.get_command(alone)


app = typer.Typer(
    cls=Commands,
    help="From a pile of news reports to an evidence-linked record: who said and did what to whom, when, where, "
    "and how many independent sources stand behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
        _end(str(error), USAGE)
    except OnrecordError as error:
        _end(str(error), FAILED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left, as `head` does
        sys.exit(0)
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
        _end("stopped; what was stored is safe, and the same command goes on from there", FAILED)
    except Exception as error:
        from onrecord.store import DatabaseError, fault

        if isinstance(error, DatabaseError):
            _end(fault("the record", error), FAILED)
        if sys.flags.dev_mode or not isinstance(error, UNEXPECTED):
            raise
        _end(
            f"an unexpected value ({type(error).__name__}: {str(error)[:200]}): is the record whole? "
            "onrecord doctor RECORD tells. If it is, the fault is ours, and python -X dev -m onrecord … shows where",
            FAILED,
        )
    finally:
        gc.freeze()  # else Python looks all that is loaded through for cycles before it ends: a second after a build


def _end(words: str, code: int) -> None:
    from onrecord.cli.output import say

    say(f"onrecord: {words}")
    sys.exit(code)
