"""`contradictions`, `omissions`, `framing`, `tension`, `network`, `diff`: what stands behind and against the record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from onrecord.analysis import find_changes, find_framing, find_network, find_omissions, find_tension
from onrecord.analysis.network import BYS
from onrecord.analysis.tension import STEPS
from onrecord.cli.output import Json, Limit, RecordPath, Where, console, limited, print_json, styled
from onrecord.errors import SettingsError
from onrecord.model.shown import short
from onrecord.store import Row, View, open_view, parse_query


def contradictions(
    record: RecordPath,
    kind: Annotated[
        str, typer.Option("--kind", help="Only number, date, place, actor, wording, denial, dispute or inferred.")
    ] = "",
    where: Where = "", limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """List claims that cannot both hold, each with the words of both sides; disputes are between two speakers."""
    with open_view(record) as view:
        fitting = view.matching("contradictions", parse_query(where, "contradictions"))
        rows = limited((r for r in fitting if not kind or r["kind"] == kind), limit)
        if as_json:
            print_json(rows)
            return
        out = console()
        for row in rows:
            out.print(styled(row["kind"], "bold"), styled(row["words"]), styled(row["id"], "dim"))
            if asked := row["inference"]:
                out.print(styled(f"  {asked['model']}: {asked['label']}, contradiction {asked['score']:.2f}", "dim"))
            for side, span in zip(("left", "right"), row["spans"], strict=True):
                report = next(view.rows("documents", id=span["document"]))
                where = f"{report['outlet'] or 'outlet unknown'} [{report['path']}]"
                out.print(styled(f"  {where}: “{short(span['text'], 300)}” {row[side]}", "dim"))


def omissions(record: RecordPath, limit: Limit = 0, as_json: Json = False) -> None:
    """List what two lineages or more tell and others, which wrote of the same parties in that week, do not mention."""
    with open_view(record) as view:
        rows = limited(find_omissions(view), limit)
        if as_json:
            print_json(rows)
            return
        out = console()
        for row in rows:
            out.print(styled(row["date"], "bold"), styled(row["headline"]), styled(row["event_group"], "dim"))
            out.print(styled(f"  told by {len(row['told_by'])} lineages; not mentioned by:", "dim"))
            for silent in row["left_out_by"]:
                names = ", ".join(silent["outlets"]) or "outlet unknown"
                out.print(styled(f"    {names}: {', '.join(_path(view, id) for id in silent['documents'])}"))


def _path(view: View, document: str) -> str:
    return str(next(view.rows("documents", id=document))["path"])


def framing(
    record: RecordPath,
    outlet: Annotated[str, typer.Option("--outlet", help="Only this outlet, by its name.")] = "",
    limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """List the words each outlet uses for the same contested thing: said itself, reported as said, quoted."""
    with open_view(record) as view:
        rows = limited((r for r in find_framing(view) if not outlet or r["outlet"] == outlet), limit)
        if as_json:
            print_json(rows)
            return
        out, thing = console(), ""
        for row in rows:
            if row["thing"] != thing:
                thing = row["thing"]
                out.print(styled(thing, "bold"))
            counts = ", ".join(f"{voice} {row[voice]}" for voice in ("own", "reported", "quoted") if row[voice])
            out.print(styled(f"  {row['outlet']}: {row['word']}"), styled(f"[{counts}]", "dim"))


def tension(
    record: RecordPath,
    step: Annotated[str, typer.Option("--step", help="day or week.")] = "day",
    pair: Annotated[str, typer.Option("--pair", help="Only this pair of states: RUS-GEO.")] = "",
    limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """Print how hostile each state's acts towards another are over time, with a band, and the acts it is made of."""
    steps = [known for known in STEPS if known == step]
    if not steps:
        raise SettingsError(f"--step is {' or '.join(STEPS)}, not {step!r}")
    with open_view(record) as view:
        wanted = tuple(pair.upper().split("-"))
        rows = limited(
            (r for r in find_tension(view, steps[0]) if not pair or (r["source"], r["target"]) == wanted), limit
        )
        if as_json:
            print_json(rows)
            return
        out = console()
        for row in rows:
            _print_tension(out, row)


def _print_tension(out: Console, row: Row) -> None:
    figure = "no report" if row["index"] is None else f"{row['index']:+.1f} ({row['low']:+.1f} to {row['high']:+.1f})"
    acts = ", ".join(f"{act['event_type']} {act['event_group']}" for act in row["acts"])
    head = f"{row['period']} {row['source']} → {row['target']}"
    out.print(styled(head, "bold"), styled(figure), styled(f"{row['reports']} reports; {acts or 'no act told'}", "dim"))


def network(
    record: RecordPath,
    by: Annotated[str, typer.Option("--by", help="Nodes: country or actor.")] = "country",
    monthly: Annotated[bool, typer.Option("--monthly", help="A network for each month, of dated acts.")] = False,
    limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """Print who acted towards whom: directed ties, friendly and hostile apart."""
    nodes = [known for known in BYS if known == by]
    if not nodes:
        raise SettingsError(f"--by is {' or '.join(BYS)}, not {by!r}")
    with open_view(record) as view:
        rows = limited(find_network(view, nodes[0], monthly), limit)
        if as_json:
            print_json(rows)
            return
        out = console()
        for row in rows:
            when = f"{row['period']} " if row["period"] else ""
            acts = f"{row['acts']} act{'s' * (row['acts'] != 1)}"
            out.print(
                styled(f"{when}{row['source_name']} → {row['target_name']}", "bold"),
                styled(f"hostile {row['hostile']:.1f}, friendly {row['friendly']:.1f}"), styled(f"[{acts}]", "dim"),
            )  # fmt: skip


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A record, or an earlier copy of one.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The record to compare it with.")],
    table: Annotated[str, typer.Option("--table", "-t", help="Only this table.")] = "",
    limit: Limit = 0, as_json: Json = False,
) -> None:  # fmt: skip
    """Print what a new build changes: rows added, removed, changed, and why; all rows with --json or --table."""
    with open_view(old) as before, open_view(new) as after:
        rows = list(limited((r for r in find_changes(before, after) if not table or r["table"] == table), limit))
    if as_json:
        print_json(rows)
        return
    out = console()
    if table:
        for row in rows:
            fields = "; ".join(f"{name}: {_short(one)} → {_short(two)}" for name, (one, two) in row["fields"].items())
            out.print(styled(f"{row['change']} {row['id']}", "bold"), styled(fields), styled(row["why"], "dim"))
        return
    for (name, change, why), count in sorted(Counter((r["table"], r["change"], r["why"]) for r in rows).items()):
        out.print(styled(f"{name:<16}{change:<9}{count:>6}", "bold"), styled(why, "dim"))
    if not rows:
        out.print(styled("the two records hold the same"))


def _short(value: object) -> str:
    return short(str(value), 80)
