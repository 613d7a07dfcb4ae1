"""`onrecord search`: full text over statements and reports."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from onrecord.cli.output import Json, Limit, RecordPath, Where, console, print_json, safe, say, styled
from onrecord.settings import load_settings
from onrecord.store import Hit, Query, View, open_view, parse_query


def search(
    record: RecordPath,
    words: Annotated[
        list[str],
        typer.Argument(help="Words that must all occur; \"a phrase\"; begin*; fields as in actor:blinken type:AID."),
    ],
    meaning: Annotated[
        bool, typer.Option("--meaning", "-m", help="Also by words of like meaning, which are named on stderr.")
    ] = False,
    without: Annotated[
        list[str] | None, typer.Option("--not", help="With --meaning: a word that is not searched for; repeatable.")
    ] = None,
    where: Where = "", limit: Limit = 20, as_json: Json = False,
) -> None:  # fmt: skip
    """Search statements, then reports, best first; each hit's id opens with `show`.

    A query with fields (docs/query.md) finds events as well.
    """
    query = parse_query(" ".join([*(_argument(word) for word in words), where]))
    with open_view(record) as view:
        if meaning:
            query = _widened(view, query, without or [])
        hits = view.search(query, limit or -1)
    if as_json:
        print_json(
            {"table": h.table, "id": h.id, "path": h.path, "rank": h.rank,
             "snippet": h.snippet.replace("\x02", "").replace("\x03", "")}
            for h in hits
        )  # fmt: skip
        return
    out = console()
    for hit in hits:
        out.print(styled(hit.table.removesuffix("s"), "bold"), _snippet(hit, out.is_terminal))
        out.print(styled(f"  {hit.id}  {hit.path}", "dim"))


def _widened(view: View, query: Query, without: list[str]) -> Query:
    """The query with words of like meaning beside its own, which are said on stderr."""
    # two seconds to import and to read, which a search by words should not wait for
    from onrecord.analysis import load_meanings, widen
    from onrecord.parse.vectors import load_word_vectors

    vectors = load_word_vectors(load_settings())
    wider, near = widen(load_meanings(view, vectors), vectors, query, without)
    for one in near:
        say(f"onrecord: {one.word}, also: {', '.join(one.also) or 'nothing'} (--not WORD leaves one out)")
    if not near:
        say("onrecord: no word of the record is near enough in meaning; names, phrases and beginnings stay as they are")
    return wider


def _argument(word: str) -> str:
    """One argument: a phrase where it has spaces and nothing of the query language, as the shell takes quotes away."""
    plain = " " in word and not any(sign in word for sign in '":“')
    return f'"{word}"' if plain else word


def _snippet(hit: Hit, terminal: bool) -> Text:
    """The words around a find, the find marked."""
    shown = Text()
    for number, piece in enumerate(hit.snippet.replace("\x03", "\x02").split("\x02")):
        found = number % 2 == 1
        words = safe(piece)
        shown.append(words if terminal or not found else f"«{words}»", style="reverse" if found else "")
    return shown
