"""Decisions: who, when and why are kept, they show at once, survive linking, can be undone, and none is ever lost."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from onrecord.model.judgements import standing
from onrecord.store import open_view, open_writer
from onrecord.web.changes import ConflictError, Form, decide
from onrecord.web.feed import Entry, atom
from tests.small import make_pile, write_small
from tests.web.test_guard import form_token
from tests.web.test_pages import client_of


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return write_small(tmp_path / "small.onrecord")


def first(record: Path, table: str) -> str:
    with open_view(record) as view:
        return str(next(view.rows(table))["id"])


def send(client: TestClient, path: str, **values: object) -> int:
    answer = client.post(path, data={"form_token": form_token(client), **values}, follow_redirects=False)
    return answer.status_code


def test_decision_is_logged_shown_at_once_and_taken_back(record: Path) -> None:
    event = first(record, "events")
    with client_of(record) as client:
        assert send(client, "/decide", verdict="reject", subject=event, why="a drill", seen="") == 303
        item = next(i for i in client.get("/events.json").json()["items"] if i["id"] == event)
        assert item["verdict"] == "reject"
        assert "✗ rejected" in client.get(f"/events?open={event}").text
        queue = client.get("/review.json?of=events").json()
        assert queue["card"]["subject"] != event
        assert (queue["last"]["by"], queue["last"]["why"]) == ("ana", "a drill")
        assert send(client, "/undo") == 303
        assert client.get("/review.json?of=events").json()["last"] is None
        log = client.get("/log.json").json()["decisions"]
        assert [(d["verdict"], d["stands"]) for d in log] == [("undo", True), ("reject", False)]


def test_decisions_survive_when_the_derived_tables_are_written_anew(record: Path) -> None:
    event = first(record, "events")
    with client_of(record) as client:
        send(client, "/decide", verdict="accept", subject=event, why="it says so", seen="")
        with open_writer(record) as writer:
            writer.write_record(*make_pile(), "again")
        item = next(i for i in client.get("/events.json").json()["items"] if i["id"] == event)
        assert item["verdict"] == "accept"


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"verdict": "reject", "subject": "EVENT"}, 400, "needs its reason"),
        ({"verdict": "hate", "subject": "EVENT", "why": "x"}, 400, "no decision"),
        ({"verdict": "reject", "subject": "ev_none", "why": "x"}, 404, "holds nothing"),
        ({"verdict": "reject", "subject": "ev_", "why": "x"}, 404, "ev_"),  # only the beginning of an id
        ({"verdict": "merge", "subject": "EVENT", "why": "x"}, 400, "at least 2"),
        ({"verdict": "edit", "subject": "EVENT", "why": "x"}, 400, "nothing was changed"),
        ({"verdict": "edit", "subject": "EVENT", "why": "x", "set_status": "a", "was_status": "a"}, 400, "nothing"),
        ({"verdict": "edit", "subject": "EVENT", "why": "x", "set_score": "1"}, 400, "nothing was changed"),
    ],
)
def test_what_cannot_be_decided_says_why_and_writes_nothing(
    record: Path, values: dict[str, str], status: int, words: str
) -> None:
    held = {name: first(record, "events") if value == "EVENT" else value for name, value in values.items()}
    with client_of(record) as client:
        answer = client.post("/decide", data={"form_token": form_token(client), **held})
        assert answer.status_code == status
        assert words in answer.text
    with open_view(record) as view:
        assert view.judgements() == ()


def test_second_reviewer_sees_the_first_ones_decision_before_writing(record: Path) -> None:
    event = first(record, "events")
    decide(record, Form({"verdict": ["reject"], "subject": [event], "why": ["a drill"], "seen": [""]}), "bo")
    with client_of(record) as client:
        values = {"verdict": "accept", "subject": event, "why": "it was one", "seen": ""}
        answer = client.post("/decide", data={"form_token": form_token(client), **values})
        assert answer.status_code == 409
        for words in ("bo", "a drill", "it was one", "not stored yet"):
            assert words in answer.text
        with open_view(record) as view:
            (theirs,) = view.judgements()
        assert send(client, "/decide", **{**values, "seen": theirs.id}) == 303
    with open_view(record) as view:
        assert [(one.by, one.verdict) for one in view.judgements()] == [("bo", "reject"), ("ana", "accept")]


def test_no_decision_is_lost_when_many_decide_while_a_build_writes(record: Path) -> None:
    with open_view(record) as view:
        claims = [row["id"] for table in ("events", "statements", "figures") for row in view.rows(table)]
    conflicts: list[str] = []
    stop = threading.Event()

    def person(name: str) -> None:
        for claim in claims * 3:
            try:
                decide(record, Form({"verdict": ["accept"], "subject": [claim], "why": [name], "seen": [""]}), name)
            except ConflictError as conflict:
                conflicts.append(conflict.theirs.id)
                decide(record, Form({"verdict": ["accept"], "subject": [claim], "why": [name]}), name)

    def build() -> None:
        while not stop.is_set():
            with open_writer(record) as writer:
                writer.write_record(*make_pile(), "again")

    people = [threading.Thread(target=person, args=(name,)) for name in ("ana", "bo", "cy")]
    builder = threading.Thread(target=build)
    for thread in (builder, *people):
        thread.start()
    for thread in people:
        thread.join()
    stop.set()
    builder.join()
    with open_view(record) as view:
        log = view.judgements()
    assert len(log) == 3 * 3 * len(claims)
    assert len({one.id for one in log}) == len(log)
    assert len(standing(log)) == len(log)
    assert conflicts


def test_edit_keeps_only_what_was_changed(record: Path) -> None:
    event = first(record, "events")
    with client_of(record) as client:
        sent = {"set_type": "THREATEN", "was_type": "MOBILIZE", "set_status": "actual", "was_status": "actual"}
        assert send(client, "/decide", verdict="edit", subject=event, why="only words", seen="", **sent) == 303
        assert "type = THREATEN" in client.get(f"/events?open={event}").text
    with open_view(record) as view:
        assert view.judgements()[0].edits == (("type", "THREATEN"),)


def test_api_decides_and_tells_of_conflicts(record: Path) -> None:
    event = first(record, "events")
    body = {"verdict": "reject", "subjects": [event], "why": "a drill", "by": "script", "seen": ""}
    with client_of(record) as client:
        assert client.post("/api/judgements", json=body).status_code == 201
        again = client.post("/api/judgements", json=body)
        assert (again.status_code, again.json()["theirs"]["by"]) == (409, "script")
        assert client.post("/api/judgements", json={**body, "subjects": ["ev_none"]}).status_code == 404
        assert client.post("/api/judgements", json={"verdict": "reject"}).status_code == 422
        assert len(client.get("/api/judgements").json()) == 1


def test_notes_and_tags_stand_on_anything_and_can_be_taken_back(record: Path) -> None:
    with client_of(record) as client:
        for table in ("events", "statements", "actors", "documents"):
            assert (
                send(client, "/note", subject=first(record, table), words=f"on {table}", tags="#Harbour, check") == 303
            )
        assert send(client, "/note", subject="ev_none", words="x") == 404
        assert send(client, "/note", subject=first(record, "events")) == 400
        page = client.get("/notes.json?tag=HARBOUR").json()
        assert len(page["notes"]) == 4
        assert page["tags"][1][:2] == ["harbour", 4]
        assert "on events" in client.get(f"/events?open={first(record, 'events')}").text
        assert send(client, "/note", takes_back=page["notes"][0]["id"]) == 303
        assert len(client.get("/notes.json").json()["notes"]) == 3


def test_theme_and_name_are_kept_in_the_browser(record: Path) -> None:
    with client_of(record) as client:
        send(client, "/settings", theme="dark", by="Ngozi")
        page = client.get("/").text
        assert 'data-theme="dark"' in page
        assert "Ngozi" in page


def test_saved_search_is_news_only_when_something_new_fits(record: Path) -> None:
    with client_of(record) as client:
        assert send(client, "/search-saved", page="events", wanted="type=MOBILIZE", name="troops") == 303
        assert send(client, "/search-saved", page="nothing", wanted="", name="x") == 400
        (watched,) = client.get("/watch.json").json()["searches"]
        assert (watched["total"], watched["new"]) == (2, 0)
        feed = client.get(watched["feed"])
        assert feed.headers["content-type"].startswith("application/atom+xml")
        entries = ElementTree.fromstring(feed.content).findall("{http://www.w3.org/2005/Atom}entry")
        assert len(entries) == 2
        assert send(client, "/search-saved", drop=watched["search"]["id"]) == 303
        assert client.get("/watch.json").json()["searches"] == []


def test_feed_is_well_formed_whatever_the_words() -> None:
    entry = Entry("ev_1", "a \x00 <b> & \ud800 \u202e", "2024-01-01T00:00:00Z", "http://x/?a=1&b=2", "w")
    root = ElementTree.fromstring(atom("se_1", "<q>", "2024-01-01T00:00:00Z", [entry]))
    names = {child.tag.split("}")[1] for child in root}
    assert {"id", "title", "updated", "author", "entry"} <= names


def test_read_log_takes_back_what_it_gave(record: Path) -> None:
    from onrecord.cli.judgements import _rows, read_log

    event = first(record, "events")
    made = decide(
        record, Form({"verdict": ["edit"], "subject": [event], "why": ["x"], "set_status": ["planned"]}), "ana"
    )
    with open_view(record) as view:
        lines = [json.dumps(row) for row in _rows(view.judgements(), view.notes(every=True))]
    assert read_log("\n".join(lines)) == ([made], [])
    changed = lines[0].replace('"ana"', '"bo"')
    for bad in (changed, "{", "[]", '{"id": "jd_1"}', '{"id": 1, "verdict": 2, "subjects": [3]}'):
        read, faults = read_log(bad)
        assert (read, len(faults)) == ([], 1), bad
