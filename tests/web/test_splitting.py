"""An actor is split by its names, a group decided on with its claims: what is written holds through linking."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from onrecord.linking import link
from onrecord.store import open_view, open_writer
from onrecord.web.forms import forms_of, key_of
from tests.small import write_small
from tests.web.test_changes import send
from tests.web.test_guard import form_token
from tests.web.test_pages import client_of


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The small record as linking makes it."""
    path = write_small(tmp_path / "small.onrecord")
    with open_writer(path) as writer:
        writer.forget()
        link(writer)
    return path


def actor(record: Path, name: str) -> str:
    with open_view(record) as view:
        return next(str(row["id"]) for row in view.rows("actors") if row["name"] == name)


def test_names_are_listed_by_form_and_report(record: Path) -> None:
    with open_view(record) as view:
        (form,), more = forms_of(view, actor(record, "Norway"))
        assert (form.words, form.mentions, form.reports, more) == ("Norland", 2, 2, 0)
        assert sorted(place.mentions for place in form.places) == [1, 1]
    assert key_of(" The  Kremlin ") == key_of("the kremlin")
    page = client_of(record).get(f"/actor?id={actor(record, 'Norway')}&forms=1").text
    assert 'name="form" value="norland"' in page
    assert "report by report" in page
    assert 'name="form"' not in client_of(record).get(f"/actor?id={actor(record, 'Norway')}").text


def test_split_by_report_makes_two_actors_and_can_be_taken_back(record: Path) -> None:
    id = actor(record, "Norway")
    with open_view(record) as view:
        place = forms_of(view, id)[0][0].places[0].value
        document = place.partition(" ")[0]
        (mention,) = (m for d, m, _ in view.forms_of(id) if d == document)
    with client_of(record) as client:
        values = {"verdict": "split", "actor": "1", "subject": id, "place": place, "why": "another Norland", "seen": ""}
        assert send(client, "/decide", **values) == 303
        assert "another Norland" in client.get(f"/actor?id={id}").text
        with open_view(record) as view:
            (judgement,) = view.judgements()
        assert (judgement.verdict, judgement.subjects) == (
            "split",
            (id, mention),
        )  # as `onrecord judge split` writes it
        with open_writer(record) as writer:
            link(writer)
        with open_view(record) as view:
            named = [row["mentions"] for row in view.rows("actors") if "Norland" in row["aliases"]]
        assert named == [1, 1]
        assert send(client, "/undo", judgement=judgement.id) == 303
        with open_writer(record) as writer:
            link(writer)
        with open_view(record) as view:
            assert [row["mentions"] for row in view.rows("actors") if "Norland" in row["aliases"]] == [2]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [({}, "at least one name"), ({"form": "norland"}, "keeps at least one"), ({"form": "somebody"}, "at least one")],
)
def test_split_that_leaves_nothing_or_all_is_refused(record: Path, chosen: dict[str, str], words: str) -> None:
    id = actor(record, "Norway")
    with client_of(record) as client:
        values = {"verdict": "split", "actor": "1", "subject": id, "why": "x", **chosen}
        answer = client.post("/decide", data={"form_token": form_token(client), **values})
        assert (answer.status_code, words in answer.text) == (400, True)
    with open_view(record) as view:
        assert view.judgements() == ()


def test_review_offers_names_to_split_by(record: Path) -> None:
    page = client_of(record).get(f"/review?of=actors&id={actor(record, 'Norway')}").text
    assert 'data-key="s"' in page
    assert 'name="form" value="norland"' in page
    assert 'data-key="a"' not in page  # an actor is not accepted or rejected


def test_decision_on_a_group_shows_on_its_claims_when_the_group_is_gone(tmp_path: Path) -> None:
    record = write_small(tmp_path / "small.onrecord")
    with open_view(record) as view:
        claims = [row["id"] for row in view.rows("events")]
    with client_of(record) as client:
        assert send(client, "/decide", verdict="reject", subject="gr_event", why="a drill") == 303
        with open_view(record) as view:
            (judgement,) = view.judgements()
        assert judgement.subjects == ("gr_event", *claims)
        with open_writer(record) as writer:
            link(writer)
        with open_view(record) as view:
            assert view.group("gr_event") is None  # linking made other groups
        items = {item["id"]: item["verdict"] for item in client.get("/events.json").json()["items"]}
        assert [items[id] for id in claims] == ["reject", "reject"]
        page = client.get(f"/events?open={quote(claims[0])}").text
        assert page.count("a drill") == 1  # once, though it names the claim and its group
        assert "(not in the record now)" in client.get("/log").text
