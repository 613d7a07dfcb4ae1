"""What a list shows can be taken away: the same rows in every format, plain names, losses listed, limits said."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.export import FORMATS, Format
from onrecord.store import LISTS, open_view
from onrecord.web import downloads
from onrecord.web.asked import Asked
from tests.small import write_small
from tests.web.records import hostile_record
from tests.web.test_pages import client_of


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("downloads") / "My ré cord; x.onrecord")


@pytest.fixture(scope="module")
def client(record: Path) -> TestClient:
    return client_of(record)


def test_rows_are_those_of_the_list_with_its_filters(client: TestClient, record: Path) -> None:
    with open_view(record) as view:
        events = list(view.rows("events"))
    for query, ids in (
        ("", [row["id"] for row in events]),
        ("&q=-250", [row["id"] for row in events if "250" not in row["evidence"]["text"]]),  # the query language
        ("&q=troops&status=actual&open=ev_x&page=7&layer=none", [row["id"] for row in events]),
        ("&outlet=unknown", [events[1]["id"]]),
        ("&type=AID", []),
    ):
        answer = client.get(f"/download?table=events&format=jsonl{query}")
        assert answer.status_code == 200
        assert [json.loads(line)["id"] for line in answer.text.splitlines()] == ids, query
    rows = list(csv.DictReader(io.StringIO(client.get("/download?table=events&format=csv&q=-250").text)))
    assert [row["id"] for row in rows] == [events[0]["id"]]
    assert client.get("/download?table=statements&since=2021-03-02").text.count("\n") == 1  # a heading alone


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_list_comes_in_every_format_it_is_offered_in(client: TestClient, form: Format) -> None:
    for table in LISTS:
        offered = {one.name: one.href for one in downloads.downloads(Asked(f"/{table}"), table)}
        if form.name not in offered:
            continue
        answer = client.get(offered[form.name])
        assert answer.status_code == 200, (table, answer.text[:300])
        name = answer.headers["content-disposition"].partition('filename="')[2].rstrip('"')
        assert name.startswith(f"My-r-cord-x-{table}")  # no sign of the record's own name that could harm a header
        assert answer.content
        if name.endswith(".zip"):
            inside = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
            assert len(inside) > 1
            assert all("/" not in one and "\\" not in one for one in inside)


def test_what_a_format_cannot_carry_is_listed_beside_the_file(client: TestClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/download?table=events&format=geojson").content))
    (losses,) = [name for name in archive.namelist() if name.endswith(".losses.jsonl")]
    assert all({"table", "reason", "rows"} <= set(json.loads(line)) for line in archive.read(losses).splitlines())
    again = client.get("/download?table=events&format=geojson").content
    assert zipfile.ZipFile(io.BytesIO(again)).namelist() == archive.namelist()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("table=sqlite_master", 400, "no list of"),
        ("table=events&format=exe", 400, "no format"),
        ("table=events&since=2021-99", 400, "not in the calendar"),
        ("table=events&q=type:peace", 400, "one of: AGREE"),
        ("table=<script>alert(1)</script>", 400, "no list of"),
    ],
)
def test_what_cannot_be_taken_says_why(client: TestClient, query: str, status: int, words: str) -> None:
    answer = client.get(f"/download?{query}")
    assert (answer.status_code, words in answer.text) == (status, True)
    assert "<script>alert" not in answer.text


def test_too_many_rows_and_missing_libraries_are_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST", 1)
    answer = client.get("/download?table=events&format=csv")
    assert (answer.status_code, "onrecord export --format csv" in answer.text) == (400, True)
    monkeypatch.undo()
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    answer = client.get("/download?table=events&format=xlsx")
    assert (answer.status_code, "onrecord[xlsx]" in answer.text) == (501, True)
    assert client.get("/download?table=events&format=csv").status_code == 200  # the next one is not held up


def test_hostile_record_is_taken_away_as_text(tmp_path: Path) -> None:
    client = client_of(hostile_record(tmp_path / "<script>.onrecord"))
    answer = client.get("/download?table=events&format=csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="script-events.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"
