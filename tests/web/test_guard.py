"""Who may come in, what they may change, and what a browser is told about the answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.store import open_view
from onrecord.web.asked import own_path
from tests.small import write_small
from tests.web.test_pages import client_of


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def form_token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def test_every_answer_carries_the_headers(record: Path) -> None:
    with client_of(record) as client:
        for path in ("/", "/nowhere", "/static/style.css", "/api/meta", "/statements.json"):
            headers = client.get(path).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
        assert client.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "", "[::2]"])
def test_other_names_are_refused_so_that_no_site_can_rebind_its_own(record: Path, host: str) -> None:
    with client_of(record, hosts=("127.0.0.1", "localhost", "[::1]")) as client:
        assert client.get("/", headers={"host": host}).status_code == 421
        for name in ("127.0.0.1:8470", "LOCALHOST", "[::1]:1"):
            assert client.get("/", headers={"host": name}).status_code == 200


def test_token_is_asked_for_and_kept_in_a_cookie(record: Path) -> None:
    with client_of(record, token="s3cret") as client:
        for headers in ({}, {"authorization": "Bearer wrong"}, {"cookie": "onrecord_token=wrong"}):
            assert client.get("/", headers=headers).status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.post("/decide?token=s3cret").status_code == 401
        assert client.get("/api/meta", headers={"authorization": "Bearer s3cret"}).status_code == 200
        answer = client.get("/statements?token=s3cret&kind=mixed", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/statements?kind=mixed")
        assert "httponly" in answer.headers["set-cookie"].lower()
        assert client.get("//evil.example/?token=s3cret", follow_redirects=False).headers.get("location", "/") in (
            "/",
            "/evil.example/",
        )
        assert client.get("/").status_code == 200


def test_changes_need_their_form_token_and_their_own_origin(record: Path) -> None:
    with open_view(record) as view:
        event = next(view.rows("events"))["id"]
    decision = {"verdict": "reject", "subject": event, "why": "a drill"}
    with client_of(record) as client:
        token = form_token(client)
        refused = [
            client.post("/decide", data=decision),
            client.post("/decide", data={**decision, "form_token": "0" * 64}),
            client.post("/decide", data={**decision, "form_token": token}, headers={"origin": "http://evil.example"}),
            client.post("/decide", data={**decision, "form_token": token}, headers={"sec-fetch-site": "cross-site"}),
            client.post("/api/judgements", json={}, headers={"origin": "null"}),
            client.request("DELETE", "/decide"),
        ]
        assert [answer.status_code for answer in refused] == [403, 403, 403, 403, 403, 405]
        with open_view(record) as view:
            assert view.judgements() == ()
        taken = client.post("/decide", data={**decision, "form_token": token}, headers={"origin": "http://testserver"},
                            follow_redirects=False)  # fmt: skip
        assert taken.status_code == 303
        with open_view(record) as view:
            assert [one.by for one in view.judgements()] == ["ana"]


def test_form_token_belongs_to_its_session(record: Path) -> None:
    with client_of(record) as client:
        token = form_token(client)
        client.cookies.clear()
        assert client.post("/settings", data={"theme": "dark", "form_token": token}).status_code == 403


def test_read_only_changes_nothing(record: Path) -> None:
    with client_of(record, read_only=True) as client:
        page = client.get("/review").text
        assert '<form method="post"' not in page
        assert client.post("/decide", data={}).status_code == 403
        assert client.post("/api/judgements", json={}).status_code == 403


def test_too_much_is_refused(record: Path) -> None:
    with client_of(record) as client:
        token = form_token(client)
        assert client.post("/note", data={"form_token": token, "words": "x" * 100_000}).status_code == 413
        assert client.get("/?q=" + "x" * 9_000).status_code == 414


@pytest.mark.parametrize(
    ("back", "path"),
    [
        ("/statements?kind=direct", "/statements?kind=direct"), ("https://evil.example/", "/"), ("//evil.example", "/"),
        ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
    ],
)  # fmt: skip
def test_forms_lead_back_to_this_server_only(back: str, path: str) -> None:
    assert own_path(back) == path
