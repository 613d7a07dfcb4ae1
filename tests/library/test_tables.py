"""The record in Python: lazy tables, frozen values, frames that hold every row, views that are safe."""

from __future__ import annotations

import dataclasses
import html
import pickle
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars
import pyarrow as pa
import pytest

import onrecord
from onrecord.errors import NotFoundError, QueryError, StoreError
from onrecord.export.schemas import SCHEMAS
from onrecord.library import OpenRecord
from onrecord.library.opened import KINDS
from onrecord.store import TABLES
from tests.small import FIRST, write_small
from tests.web.records import hostile_record


@pytest.fixture
def record(demo: Path) -> Iterator[OpenRecord]:
    with onrecord.open(demo) as held:
        yield held


def inner(hint: Any) -> Any:
    """The class inside `tuple[X, ...]` and `X | None`."""
    arguments = [one for one in typing.get_args(hint) if one not in (type(None), Ellipsis)]
    return inner(arguments[0]) if arguments else hint


def assert_same_fields(kind: type, columns: Any, where: str) -> None:
    names = {one.name.rstrip("_") for one in dataclasses.fields(kind)}
    assert names == {field.name for field in columns}, f"library/records.py and export/schemas.py differ in {where}"
    hints = typing.get_type_hints(kind)
    for field in columns:
        held = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(held):
            hint = hints[field.name if field.name in hints else field.name + "_"]
            assert_same_fields(inner(hint), list(held), f"{where}.{field.name}")


@pytest.mark.parametrize("table", TABLES)
def test_values_have_the_fields_of_the_record(table: str) -> None:
    assert_same_fields(KINDS[table], list(SCHEMAS[table]), table)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_comes_as_a_frozen_value_and_in_every_frame(record: OpenRecord, table: str) -> None:
    held = getattr(record, table)
    values = list(held)
    assert len(values) == len(held) == held.to_arrow().num_rows == record.view.count(table)
    assert held.to_arrow().to_pylist() == pa.Table.from_pylist(list(held.rows()), schema=SCHEMAS[table]).to_pylist()
    if values:
        with pytest.raises(dataclasses.FrozenInstanceError):
            values[0].path = "else"
        assert pickle.loads(pickle.dumps(values[0])) == values[0]
    assert held.to_polars().height == len(held.to_pandas()) == len(values)
    assert polars.DataFrame(held).height == len(values)  # by the Arrow C stream


CASES: tuple[tuple[str, str, dict[str, Any], Any], ...] = (
    ("statements", "", {"cue_kind": "deny"}, lambda one: one.cue_kind == "deny"),
    ("statements", "", {"actor": "Sergey Lavrov"}, lambda one: one.actor and one.actor.name == "Sergey Lavrov"),
    ("statements", "", {"actor": None}, lambda one: one.actor is None),
    ("statements", "", {"probability": lambda p: p > 0.9}, lambda one: one.probability > 0.9),
    ("statements", "cue:deny", {"kind": "indirect"}, lambda one: (one.cue_kind, one.kind) == ("deny", "indirect")),
    ("events", "", {"event_type": ["AID", "ASSAULT"]}, lambda one: one.event_type in ("AID", "ASSAULT")),
    ("events", "", {"actors": "RUS"}, lambda one: any(p.actor and p.actor.country == "RUS" for p in one.actors)),
    ("events", "", {"date": "2008-08-1"}, lambda one: one.date and (one.date.value or "").startswith("2008-08-1")),
    ("events", "type:ASSAULT", {}, lambda one: one.event_type == "ASSAULT"),
    ("figures", "unit:killed value:>=100", {}, lambda one: one.unit == "killed" and one.value >= 100),
)  # fmt: skip


@pytest.mark.parametrize(
    ("table", "query", "fields", "wanted"), CASES, ids=[f"{c[0]} {c[1]} {list(c[2])}" for c in CASES]
)
def test_filters_give_the_rows_that_fit_and_all_of_them(
    record: OpenRecord, table: str, query: str, fields: dict[str, Any], wanted: Any
) -> None:
    every = getattr(record, table)
    found = every.filter(query, **fields)
    expected = [one for one in every if wanted(one)]
    assert list(found) == expected
    assert len(found) == len(expected) > 0
    assert bool(found)


def test_rows_are_found_by_id_number_and_slice(record: OpenRecord) -> None:
    first, last = record.events[0], record.events[-1]
    assert record.events[first.id] == record.find(first.id) == first
    assert record.events[:3] == list(record.events)[:3]
    assert record.events[::-1][0] == last
    assert record.timeline[record.timeline[0].event_group or ""] == record.timeline[0]
    with pytest.raises(NotFoundError, match="is in the table events"):
        record.statements[first.id]
    with pytest.raises(IndexError):
        record.events[10_000]


def test_what_stands_behind_a_claim_is_found(record: OpenRecord) -> None:
    behind = record.behind(record.events.filter("lineages:>=2")[0].id)
    assert behind is not None
    assert behind.lineages >= 2


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda table: table.filter(colour="red"), StoreError),  # no such field
        (lambda table: table.filter("colour:red"), QueryError),
        (lambda table: table["st_none"], NotFoundError),
    ],
)
def test_wrong_questions_are_errors_that_say_so(record: OpenRecord, ask: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(record.statements)


def test_record_works_without_a_with_statement(tmp_path: Path) -> None:
    record = onrecord.open(write_small(tmp_path / "small.onrecord"))
    assert [one.text.count("\n\n") for one in record.documents] == [1, 1, 1]
    span = record.statements[0].content[0]
    assert record.documents[record.statements[0].document].text[span.start : span.end] == span.text
    record.close()


def test_views_show_the_words_and_escape_all_of_them(tmp_path: Path) -> None:
    with onrecord.open(write_small(tmp_path / "small.onrecord")) as record:
        page = record.documents.filter(path="north/a.html")[0]._repr_html_() or ""
        assert FIRST.split("\n\n")[1] in html.unescape(re.sub(r"</?span[^>]*>", "", page))
        assert "title='Norland: say" in page
        assert "300" in (record.figures[0]._repr_html_() or "")
        assert "MOBILIZE" in record.timeline._repr_html_()
    with onrecord.open(hostile_record(tmp_path / "hostile.onrecord")) as record:
        shown = [record._repr_html_(), *(getattr(record, table)._repr_html_() for table in TABLES)]
        for table in ("documents", "statements", "events", "figures", "contradictions", "timeline"):
            shown += [one._repr_html_() for one in getattr(record, table)]
        for page in shown:
            assert "<script" not in page
            assert "<img" not in page
            assert "\u202e" not in page
            assert ' onmouseover="' not in page


def test_copied_value_has_no_view_and_says_so(record: OpenRecord) -> None:
    alone = pickle.loads(pickle.dumps(record.documents[0]))
    assert alone._repr_html_() is None
    with pytest.raises(StoreError, match="copied out of its record"):
        _ = alone.text


@pytest.mark.parametrize(("library", "ask"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_missing_library_is_named_with_its_extra(
    record: OpenRecord, monkeypatch: pytest.MonkeyPatch, library: str, ask: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(onrecord.OnrecordError, match=r'pip install "onrecord\[frames\]"'):
        getattr(record.statements, ask)()
