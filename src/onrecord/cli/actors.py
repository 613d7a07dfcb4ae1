"""`onrecord actors`: those of a record, and with `import` and `who` the base that they are looked up in.

`actors RECORD` lists, as `timeline RECORD` does; a record that is called "who" or "import" is given as "./who".
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.cli.actors_import import day_of, import_actors
from onrecord.cli.lists import actors
from onrecord.cli.output import Json, console, print_json, styled
from onrecord.errors import LexiconError

COMMANDS = (("list", actors), ("import", import_actors))


class ListsByDefault(TyperGroup):
    """What is no command of the group is a record to list."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = not args or args[0] in self.commands or args[0] == "--help"
        return super().parse_args(ctx, args if known else ["list", *args])


group = typer.Typer(
    cls=ListsByDefault,
    help="List a record's actors, import lists of actors, or ask who is known.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def who(
    words: Annotated[list[str], typer.Argument(help="A name, or an office: French foreign minister, NATO chief.")],
    on: Annotated[str, typer.Option("--on", help="A day, YYYY-MM-DD: who held the office then.")] = "",
    added: Annotated[
        list[Path] | None, typer.Option("--actors", help="A file of actors to know as well; repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask who is known by a name or held an office: each with the days, and the source that says so."""
    rows = known(" ".join(words), day_of(on, "--on") if on else "", added or [])
    if as_json:
        print_json(rows)
        return
    out = console()
    for row in rows:
        told = ", ".join(part for part in (row["kind"], row["country"], row["id"]) if part)
        out.print(styled(row["name"], "bold"), styled(f"({told})", "dim"))
        for office in row["offices"]:
            until = office["until"] or f"… (known until {office['seen']})"
            days = f"{office['since']} to {until}"
            out.print(
                styled(f"  {office['title']}, {office['country']}: {days}"), styled(f"[{office['source']}]", "dim")
            )


def known(words: str, day: str, added: list[Path]) -> list[dict[str, Any]]:
    """The rows of the base that words name, or that held the office they name; LexiconError where there is none."""
    # the lexicon takes a while to load: only the commands that need it wait for it
    from onrecord.lexicon.actors import load_actors
    from onrecord.lexicon.imported.titles import read_office
    from onrecord.lexicon.spelling import fold_words

    base = load_actors(added)
    folded = fold_words(words)
    rows = list(dict.fromkeys(sense.row.key for sense in base.by_name(folded)))
    office, body = read_office(folded, base)
    if office is not None and body is not None and not rows:
        rows = [row.key for row, _ in base.holders(office, body, (day, day) if day else None)]
    rows = rows or [row.key for row in (base.by_surname(folded[-1]) if len(folded) == 1 else ())]
    if not rows:
        raise LexiconError(
            f"nobody known as {words!r}{f' on {day}' if day else ''}; add actors with a file of your own"
        )
    return [
        {
            "id": row.key, "name": row.name, "kind": row.kind, "country": row.code, "sector": row.sector,
            "aliases": list(row.aliases), "wikidata": row.wikidata, "layer": row.layer,
            "offices": [
                {"office": t.office, "title": t.title, "country": t.body, "since": t.told[0], "until": t.told[1],
                 "seen": t.seen, "source": t.source}
                for t in row.tenures if not day or t.covers(day, day)
            ],
        }
        for row in map(base.rows.__getitem__, rows)
    ]  # fmt: skip


for name, command in (*COMMANDS, ("who", who)):
    group.command(name)(command)
