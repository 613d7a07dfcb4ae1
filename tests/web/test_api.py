"""The API: what its description says is what it does, for requests made from the description too."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from onrecord.store import TABLES, open_view
from onrecord.web import Access, Options, make_app
from tests.small import write_small
from tests.web.test_pages import HOSTS, client_of

EXAMPLES = 2  # requests to each operation in an ordinary run
WANTED = int(os.environ.get("ONRECORD_API_EXAMPLES", "0"))  # how many over all operations together
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("api") / "small.onrecord")


@pytest.fixture(scope="module")
def client(record: Path) -> Iterator[TestClient]:
    with client_of(record) as made:
        yield made


def strategy_of(operation: Any) -> Any:
    """Requests to an operation that fit its description, and where it takes anything, those that do not fit it too."""
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.body or next(operation.iter_parameters(), None)):
        return fitting
    return fitting | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def test_requests_made_from_the_description_are_answered_as_described(record: Path) -> None:
    described = schemathesis.openapi.from_asgi("/api/openapi.json", make_app(Options(record, Access(hosts=HOSTS))))
    operations = [cast("Any", found).ok() for found in described.get_all_operations()]
    asking = [one for one in operations if one.body or next(one.iter_parameters(), None)]  # the others have one request
    examples = max(EXAMPLES, -(-WANTED // len(asking)))
    asked: Counter[str] = Counter()
    for operation in operations:

        @settings(
            max_examples=examples, deadline=None, derandomize=not WANTED, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck), database=None,
        )  # fmt: skip
        @given(case=strategy_of(operation))
        def check(case: Any) -> None:
            asked[case.operation.label] += 1
            case.validate_response(case.call(), checks=CHECKS)

        check()
    assert set(asked) == {operation.label for operation in operations}
    print(f"{asked.total()} requests to {len(asked)} operations")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_listed_in_pages_and_each_row_has_an_address(
    client: TestClient, record: Path, table: str
) -> None:
    with open_view(record) as view:
        rows = list(view.rows(table))
    found: list[Any] = []
    there = f"/api/tables/{table}?limit=1"
    while there:
        answer = client.get(there)
        found += answer.json()["rows"]
        there = answer.headers.get("link", "").partition(">")[0].removeprefix("<")
        assert bool(there) == (answer.json()["next"] is not None)
        assert answer.json()["total"] == len(rows)
    assert found == rows
    for row in rows:
        id = row.get("id") or row.get("event_group")
        if id:
            assert client.get(f"/api/tables/{table}/{id}").json() == {"table": table, "row": row}


def test_lists_take_the_query_language(client: TestClient) -> None:
    found = client.get("/api/tables/events", params={"q": "type:MOBILIZE recipient:sudland outlet:northern"}).json()
    assert [row["path"] for row in found["rows"]] == ["north/a.html"]
    assert client.get("/api/tables/lineages", params={"q": "agency:wire"}).json()["total"] == 1
    hits = client.get("/api/search", params={"q": "leave"}).json()["hits"]
    assert {hit["table"] for hit in hits} >= {"statements", "documents"}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/tables/events?q=colour:red", 400, "no field of events is called"),
        ("/api/tables/sqlite_master", 404, "documents"),  # the tables there are
        ("/api/tables/events/ev_none", 404, "nothing with the id"),
        ("/api/tables/statements/ev_", 404, "begins more than one id"),
        ("/api/tables/events?offset=99999999999999999999", 422, "offset"),
        ("/api/text?document=doc_none", 404, "no document"),
        ("/api/nothing", 404, "openapi.json"),
        ("/events.json?q=type:NOTHING", 400, "no type"),
    ],
)  # fmt: skip
def test_errors_are_problems_with_words(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    held = answer.json()
    assert held["status"] == status
    assert words in held["detail"]


def test_guard_refuses_the_api_in_problems_too(record: Path) -> None:
    with client_of(record, token="s3cret") as client:
        answer = client.get("/api/meta")
        assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
        assert client.get("/").headers["content-type"].startswith("text/plain")


def test_text_is_given_whole_or_in_stretches(client: TestClient, record: Path) -> None:
    with open_view(record) as view:
        id = next(view.rows("documents"))["id"]
        text = view.text(id)
    assert client.get("/api/text", params={"document": id}).json()["text"] == text
    part = client.get("/api/text", params={"document": id, "start": 3, "end": 9}).json()
    assert (part["text"], part["length"]) == (text[3:9], len(text))
    assert client.get("/api/text", params={"document": id, "start": 10**6}).json()["text"] == ""
