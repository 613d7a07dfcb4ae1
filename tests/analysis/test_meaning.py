"""Words of like meaning are found among the record's own, can be taken out, and find what the words typed do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bench.meaning import measure
from onrecord.analysis import load_meanings, widen
from onrecord.model.vectors import WordVectors
from onrecord.parse.vectors import load_word_vectors
from onrecord.settings import Settings
from onrecord.store import open_view, parse_query
from onrecord.web import Access, Options, make_app
from tests.small import write_small


@pytest.fixture(scope="module")
def vectors(settings: Settings) -> WordVectors:
    return load_word_vectors(settings)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("meaning") / "small.onrecord")


@pytest.fixture(scope="module")
def client(record: Path, vectors: WordVectors) -> Iterator[TestClient]:
    with TestClient(make_app(Options(record, Access(hosts=("testserver",)), vectors=lambda: vectors))) as made:
        yield made


def test_it_finds_what_words_do_not(vectors: WordVectors, tmp_path: Path) -> None:
    found = measure(vectors, tmp_path)
    assert found["found by words"] == 0  # no query shares a word with what it should find
    assert found["found by meaning"] >= 45
    assert found["of the topic"] >= 28


@pytest.mark.parametrize(
    ("query", "also"),
    [
        ("soldiers", ["troops"]),  # a word that the record lacks
        ("troops", []),  # nothing else of the record is near
        ("Troops", []),  # a capital is a name
        ('"soldiers"', ["troops"]),  # one word in quotes is a word
        ('"the soldiers"', []),  # a phrase
        ("soldier*", []),  # a beginning
        ("-soldiers 300", []),  # what nobody wants
        ("type:MOBILIZE", []),  # a field
        ("the", []),  # a word without a meaning of its own
        ("qzxv", []),  # a word that nobody knows
        ("منزل 300", []),
    ],
)
def test_only_plain_words_are_widened(record: Path, vectors: WordVectors, query: str, also: list[str]) -> None:
    with open_view(record) as view:
        wider, near = widen(load_meanings(view, vectors), vectors, parse_query(query))
        assert [word for one in near for word in one.also] == also
        assert (wider == parse_query(query)) is (not also)
        assert bool(view.search(wider, 10)) is (bool(also) or bool(view.search(parse_query(query), 10)))


def test_page_names_the_words_and_takes_them_out(client: TestClient) -> None:
    page = client.get("/search.json?q=soldiers").json()
    assert (page["finds"], page["meaning"]) == ([], "on")
    assert {find["kind"] for find in page["by_meaning"]} == {"document"}
    ((word, without),) = page["alike"][0]["also"]
    assert word == "troops"
    left = client.get(without.replace("/search", "/search.json")).json()
    assert left["by_meaning"] == []
    ((word, back),) = left["alike"][0]["left_out"]
    assert client.get(back.replace("/search", "/search.json")).json()["by_meaning"] == page["by_meaning"]
    off = client.get(page["turned"].replace("/search", "/search.json")).json()
    assert (off["meaning"], off["alike"], off["by_meaning"]) == ("off", [], [])
    both = client.get("/search.json?q=troops").json()
    assert both["finds"]
    assert not {find["id"] for find in both["finds"]} & {find["id"] for find in both["by_meaning"]}


def test_api_gives_the_same_finds_when_asked(client: TestClient, record: Path) -> None:
    page = client.get("/search.json?q=soldiers").json()
    found = client.get("/api/search?q=soldiers&meaning=true").json()
    assert found["alike"] == [{"word": "soldiers", "also": ["troops"]}]
    assert [hit["id"] for hit in found["by_meaning"]] == [find["id"] for find in page["by_meaning"]] != []
    without = client.get("/api/search?q=soldiers&meaning=true&not=troops&not=none").json()
    assert without == {"hits": [], "alike": [{"word": "soldiers", "also": []}], "by_meaning": []}
    assert client.get("/api/search?q=soldiers").json() == {"hits": [], "alike": [], "by_meaning": []}
    with TestClient(make_app(Options(record, Access(hosts=("testserver",))))) as plain:
        answer = plain.get("/api/search?q=soldiers&meaning=true")
    assert (answer.status_code, "not yet" in answer.json()["detail"]) == (400, True)


def test_short_beginnings_are_refused(client: TestClient) -> None:
    for path in ("/search?q=s*", "/events?q=tr*", "/search?q=troops+p*", "/api/search?q=a*"):
        answer = client.get(path)
        assert (answer.status_code, "three letters" in answer.text) == (400, True), path
    assert client.get("/events?q=tro*").status_code == 200
    assert client.get("/events?q=outlet:t*").status_code == 200  # a field is no full text


def test_search_goes_by_words_where_no_vectors_are_at_hand(record: Path) -> None:
    with TestClient(make_app(Options(record, Access(hosts=("testserver",))))) as plain:
        page = plain.get("/search.json?q=troops").json()
    assert (page["meaning"], page["by_meaning"]) == ("", [])
    assert page["finds"]
