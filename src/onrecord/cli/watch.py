"""`onrecord watch`: saved searches run again; what is new is printed, and ends the command with exit code 4."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import NEWS, Json, RecordPath, console, print_json, styled
from onrecord.errors import SettingsError
from onrecord.store import LISTS, Row, open_view, open_writer

MOST = 200_000


def watch(
    record: RecordPath,
    save: Annotated[str, typer.Option("--save", help="Keep a search under this name; with --page and --wanted.")] = "",
    page: Annotated[str, typer.Option("--page", help="With --save: statements, events, figures, timeline, …")] = "",
    wanted: Annotated[
        str, typer.Option("--wanted", help="With --save: filters as in the page's address, actor=ac_1&type=AID.")
    ] = "",
    feed: Annotated[
        Path | None, typer.Option("--feed", help="A folder for an Atom file a search, with what it found so far.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run saved searches again: print what they find that is new. Exit code 4 where there is news."""
    # the pages' library takes half a second to import
    from onrecord.web.watching import feed_of, look_again, save_search

    with open_view(record):
        pass  # a clear error where there is none, before a writer would make one
    if save:
        if page not in LISTS:
            raise SettingsError(f"--save needs --page; pages: {', '.join(LISTS)}")
        with open_writer(record) as writer:
            search = save_search(record, writer, save, page, wanted, "command line", _now())
        typer.echo(f"{search.id}: {save}")
        return
    with open_writer(record) as writer:
        news = look_again(record, writer, _now())
    if feed is not None:
        feed.mkdir(parents=True, exist_ok=True)
        with open_view(record) as view:
            for search in view.searches():
                if re.fullmatch(r"\w{1,80}", search.id, re.ASCII):  # a stranger's record may name a path
                    (feed / f"{search.id}.atom").write_bytes(feed_of(view, search, ""))
    rows: list[Row] = [
        {"search": one.search.id, "name": one.search.name, "item": subject.id, "words": subject.words}
        for one in news for subject in one.subjects
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        out = console()
        for one in news:
            out.print(styled(f"{one.search.name}: {len(one.subjects)} new of {one.total}", "bold"))
            for subject in one.subjects:
                out.print(styled(f"  {subject.words}"), styled(subject.id, "dim"))
    if rows:
        raise typer.Exit(NEWS)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
