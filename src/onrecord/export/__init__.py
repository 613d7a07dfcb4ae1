"""The record in other tools' formats: one module a format, all in one literal tuple.

A format has parts (tables; "" where all goes into one file), fields that it carries, and a function that writes one
part of the chosen rows to an open binary file and counts in a tally: rows taken = rows carried + rows listed as lost.
`export_to` is the one door: it writes beside the file and puts it in place when it is whole, with every loss in
`FILE.losses.jsonl`. docs/exports.md says what goes where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import StoreError
from onrecord.export import (
    citations,
    claimreview,
    duck,
    ftm,
    gdelt,
    graphs,
    places,
    plover,
    prov,
    sheets,
    stix,
    timelinejs,
    web_annotations,
)
from onrecord.export.choice import Choice, choose_listed, choose_table
from onrecord.export.delimited import write_csv
from onrecord.export.jsonl import write_jsonl
from onrecord.export.parquet import write_parquet
from onrecord.export.tally import Tally
from onrecord.store import TABLES, Query, Row, View

__all__ = [
    "FORMATS",
    "Choice",
    "Format",
    "Tally",
    "choose",
    "choose_listed",
    "export_to",
    "find_format",
    "losses_beside",
    "write_part",
]

WriteRows = Callable[[str, Iterable[Row], BinaryIO], int]
WritePart = Callable[[str, Choice, BinaryIO, Tally], None]
Carries = dict[str, tuple[str, ...]]
WHOLE = ("",)  # one file for all


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files, whether it can go to a terminal, its parts, and what writes it.

    `carries` says which fields of which tables have a place in it; {} is all. `one_table`: a single table can be asked.
    """

    name: str
    suffix: str
    text: bool
    write: WritePart
    about: str
    parts: tuple[str, ...] = WHOLE
    carries: Carries = field(default_factory=dict)
    one_table: bool = False


def _by_rows(write: WriteRows) -> WritePart:
    """A writer of one table's rows, as a writer of a part."""

    def write_part(part: str, chosen: Choice, out: BinaryIO, tally: Tally) -> None:
        tally.carry(part, write(part, tally.through(part, chosen.rows(part)), out))

    return write_part


FORMATS: tuple[Format, ...] = (
    Format("jsonl", ".jsonl", True, _by_rows(write_jsonl), "every table as JSON lines", TABLES, one_table=True),
    Format("csv", ".csv", True, _by_rows(write_csv), "every table as CSV", TABLES, one_table=True),
    Format("parquet", ".parquet", False, _by_rows(write_parquet), "every table as Parquet", TABLES, one_table=True),
    Format("xlsx", ".xlsx", False, sheets.write_xlsx, "one Excel workbook, a sheet a table", one_table=True),
    Format("duckdb", ".duckdb", False, duck.write_duckdb, "one DuckDB database", one_table=True),
    Format("annotations", ".jsonld", True, web_annotations.write_annotations, "W3C Web Annotations",
           carries=web_annotations.CARRIES),
    Format("ftm", ".ftm.json", True, ftm.write_ftm, "FollowTheMoney entities, for OpenAleph", carries=ftm.CARRIES),
    Format("plover", ".plover.jsonl", True, plover.write_plover, "PLOVER event records", carries=plover.CARRIES),
    Format("gdelt", ".tsv", True, gdelt.write_gdelt, "GDELT 2.0 events and mentions", gdelt.PARTS, gdelt.CARRIES),
    Format("timelinejs", ".timeline.json", True, timelinejs.write_timelinejs, "a TimelineJS timeline",
           carries=timelinejs.CARRIES),
    Format("gexf", ".gexf", True, graphs.write_gexf, "who acts on whom, for Gephi", carries=graphs.CARRIES),
    Format("graphml", ".graphml", True, graphs.write_graphml, "the same as GraphML", carries=graphs.CARRIES),
    Format("geojson", ".geojson", True, places.write_geojson, "events on the map", carries=places.CARRIES),
    Format("stix", ".stix.json", True, stix.write_stix, "a STIX 2.1 bundle, for OpenCTI", carries=stix.CARRIES),
    Format("prov", ".prov.json", True, prov.write_prov, "where the record comes from, as PROV-JSON",
           carries=prov.CARRIES),
    Format("claimreview-draft", ".claimreview.jsonl", True, claimreview.write_claimreview,
           "ClaimReview drafts from people's decisions", carries=claimreview.CARRIES),
    Format("csl", ".csl.json", True, citations.write_csl, "the reports as references, for Zotero and Pandoc",
           carries=citations.CARRIES),
)  # fmt: skip


def find_format(name: str) -> Format | None:
    """The format of a name, or None."""
    return next((one for one in FORMATS if one.name == name), None)


def choose(view: View, query: Query, table: str = "") -> Choice:
    """The rows to export: of one table those that fit, of all tables what fits and what it rests on."""
    return choose_table(view, table, query) if table else Choice(view, query)


def write_part(form: Format, part: str, chosen: Choice, out: BinaryIO, sidecar: BinaryIO | None = None) -> Tally:
    """Write one part; the tally says what was carried and what was lost. Losses go to the sidecar one by one."""
    tally = Tally(form.carries, sidecar)
    try:
        form.write(part, chosen, out, tally)
    except UnicodeEncodeError as error:
        raise StoreError(f"the record holds text that is no Unicode ({error}); was it made by onrecord?") from error
    for table in TABLES if form.carries else ():
        if table not in form.carries:
            tally.leave(table, sum(1 for _ in chosen.rows(table)))
    tally.finish()
    return tally


def export_to(form: Format, part: str, chosen: Choice, path: Path) -> Tally:
    """Write one part to a file, and its losses beside it. An earlier file stays as it is until the new one is whole."""
    beside = losses_beside(path)
    made = [one.with_name(f".{one.name}.part") for one in (path, beside)]
    with ExitStack() as stack:
        for one in made:
            stack.callback(one.unlink, missing_ok=True)
        with made[0].open("w+b") as out, made[1].open("wb") as sidecar:
            tally = write_part(form, part, chosen, out, sidecar)
        made[0].replace(path)
        if tally.losses:
            made[1].replace(beside)
        else:
            beside.unlink(missing_ok=True)
    return tally


def losses_beside(path: Path) -> Path:
    """Where the losses of an exported file are listed."""
    return path.with_name(path.name + ".losses.jsonl")
