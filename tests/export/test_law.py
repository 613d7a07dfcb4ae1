"""For every format: rows in = rows out + rows listed as lost; the same record, the same bytes.

What stands in the bytes is checked format by format in the other files of this folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from onrecord.errors import QueryError
from onrecord.export import FORMATS, Format, choose, export_to, losses_beside
from onrecord.export.choice import key_of
from onrecord.export.schemas import SCHEMAS
from onrecord.store import TABLES, Query, View, open_view, parse_query
from tests.export.exported import export

PARTS = [(form, part) for form in FORMATS for part in (form.parts if not form.one_table else form.parts[:1])]
JUDGEMENTS = ("id", "verdict", "subjects", "by", "at", "why", "edits")


@pytest.mark.parametrize(("form", "part"), PARTS, ids=[f"{form.name}-{part}" for form, part in PARTS])
def test_what_goes_in_comes_out_or_is_listed(view: View, form: Format, part: str) -> None:
    made = export(view, form.name, part)
    listed: Counter[str] = Counter()
    for one in made.losses:
        assert one["reason"]
        if not one["field"]:
            listed[one["table"]] += one["rows"]
    for table in TABLES if not part or form.carries else (part,):
        assert made.tally.taken[table] == view.count(table)
        assert made.tally.taken[table] == made.tally.carried[table] + listed[table]
    assert sum(one["rows"] for one in made.losses) == made.tally.losses
    if form.name != "duckdb":  # it numbers its own blocks
        assert export(view, form.name, part).data == made.data


def test_another_process_writes_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from onrecord.export import FORMATS, choose, export_to\n"
        "from onrecord.store import Query, open_view\n"
        "with open_view(Path(sys.argv[1])) as view:\n"
        "    for form in FORMATS:\n"
        "        export_to(form, form.parts[0], choose(view, Query()), Path(sys.argv[2]) / form.name)\n"
    )
    for seed in ("1", "2"):  # the order of a set differs between these
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(demo), str(folder)], check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    for form in FORMATS:
        if form.name != "duckdb":
            one, two = ((tmp_path / seed / form.name).read_bytes() for seed in ("1", "2"))
            assert one == two, form.name


@pytest.mark.parametrize("form", [form for form in FORMATS if form.carries], ids=lambda form: form.name)
def test_fields_that_a_format_says_it_carries_exist(form: Format) -> None:
    for table, fields in form.carries.items():
        known = SCHEMAS[table].names if table in SCHEMAS else JUDGEMENTS
        assert set(fields) <= set(known), table


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("actor:norland", {"statements": 2, "events": 2, "figures": 2}),  # figures come along with their events
        ("type:mobilize since:2021", {"statements": 0, "events": 0, "figures": 0}),
        ("language:en", {"statements": 2, "events": 2, "figures": 2}),
        ("author:unknown", {"statements": 2, "events": 2, "figures": 2}),  # only reports have it: their claims come
        ("value:>250", {"statements": 0, "events": 0, "figures": 1}),
        ("kind:number", {"statements": 0, "events": 0, "figures": 2}),  # a contradiction brings both its sides
        ('"will not leave"', {"statements": 1, "events": 0, "figures": 0}),
    ],
)
def test_choice_brings_what_the_chosen_rows_rest_on(small: Path, query: str, claims: dict[str, int]) -> None:
    with open_view(small) as view:
        chosen = choose(view, parse_query(query))
        rows = {table: list(chosen.rows(table)) for table in TABLES}
    assert {table: len(rows[table]) for table in claims} == claims
    documents = {row["id"] for row in rows["documents"]}
    actors, groups = {row["id"] for row in rows["actors"]}, {row["of"] for row in rows["corroborations"]}
    for table in claims:
        for row in rows[table]:
            assert row["document"] in documents
            for party in [*row.get("actors", ()), *row.get("recipients", ())]:
                assert party["actor"]["id"] in actors
            assert row["group"] in groups or row["group"] not in ("gr_event",)


def test_choice_of_everything_is_everything_and_of_no_table_an_error(view: View) -> None:
    every = choose(view, Query())
    asked = choose(view, parse_query("-id:x"))
    for table in TABLES:
        if table not in ("timeline", "skips"):  # these come with claims and reports
            assert [key_of(table, row) for row in asked.rows(table)] == [key_of(table, r) for r in every.rows(table)]
    with pytest.raises(QueryError, match="no table has all of: outlets, speaker"):
        list(choose(view, parse_query("outlets:1 speaker:x")).rows("events"))


def test_earlier_losses_do_not_stay_beside_a_file_without_any(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "out"
    forms = {form.name: form for form in FORMATS}
    with open_view(small) as view:
        export_to(forms["plover"], "", choose(view, Query()), path)
        assert losses_beside(path).exists()
        export_to(forms["xlsx"], "events", choose(view, Query(), "events"), path)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
