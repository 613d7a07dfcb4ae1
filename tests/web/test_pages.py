"""Every page and its twin answer, with the state in the address; hostile records break nothing and nothing gets out."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from onrecord.model.marks import Segment
from onrecord.store import open_view
from onrecord.web import Access, Options, make_app
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages import PAGES
from onrecord.web.pages.claims import claims
from onrecord.web.pages.copies import CopiesPage
from onrecord.web.pages.unsaid import FIRST, OUTLETS, FramingPage, OutletWords, Thing, Use, WordUse, framing
from tests.small import write_small
from tests.web.records import ATTACKS, hostile_record

HOSTS = ("testserver",)


def client_of(record: Path, **access: object) -> TestClient:
    return TestClient(make_app(Options(record, Access(**{"hosts": HOSTS, **access}), by="ana")))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("web") / "small.onrecord")


@pytest.fixture(scope="module")
def client(record: Path) -> Iterator[TestClient]:
    with client_of(record) as made:
        yield made


def addresses(record: Path) -> list[str]:
    """Every page, opened on what the record holds."""
    with open_view(record) as view:
        ids = {
            table: [row["id"] for row in view.rows(table)]
            for table in ("documents", "statements", "events", "figures", "actors", "contradictions")
        }
    left, right = ids["documents"][:2]
    made = [page.path for page in PAGES if page.name not in ("actor", "document", "copy")]
    made += [f"/document?id={quote(id)}" for id in ids["documents"]]
    made += [f"/actor?id={quote(id)}" for id in ids["actors"]]
    made += [f"/{table}?open={quote(id)}" for table in ("statements", "events", "figures") for id in ids[table]]
    made += [f"/claims?open={quote(ids['events'][0])}", f"/copy?left={quote(left)}&right={quote(right)}"]
    made += [f"/review?of={q}" for q in ("events", "statements", "contradictions", "figures", "actors")]
    made += ["/timeline?by=type", "/timeline?by=quad&since=2021", "/timeline?by=country", "/search?q=harbour",
             "/tension?step=day&pair=NOR-SDN", "/map?at=-180,-90,360", "/events?quad=4&type=MOBILIZE&q=sent&order=date",
             "/statements?since=2021-03&until=2021-03", "/network?status=actual"]  # fmt: skip
    return made


def test_every_page_and_its_twin_answer(client: TestClient, record: Path) -> None:
    for path in addresses(record):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[-2_000:])
        head, _, query = path.partition("?")
        name = next(page.name for page in PAGES if page.path == head)
        twin = client.get(f"/{name}.json" + (f"?{query}" if query else ""))
        assert twin.status_code == 200
        context = next(page.context for page in PAGES if page.name == name)
        assert list(twin.json()) == [field.name for field in dataclasses.fields(context)]


def test_pages_are_data_and_documented() -> None:
    for page in PAGES:
        assert page.context.__doc__
        assert page.about.endswith(".")
        assert dataclasses.is_dataclass(page.context)
        assert page.context.__dataclass_params__.frozen  # type: ignore[attr-defined]


class Reader(HTMLParser):
    """Collects elements, and what could run: scripts, styles, handlers, foreign addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "script" and not (held.get("src") or "").startswith("/static/"):
            self.bad.append(f"script {held}")
        if tag in ("style", "iframe", "object", "embed", "base") or (tag == "img"):
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and not re.match(r"/(?![/\\])|#", value or "#"):
                self.bad.append(f"{tag} {name}={value}"[:200])
        if held.get("id"):
            self.ids.append(str(held["id"]))


def test_pages_hold_no_script_style_handler_or_foreign_address(client: TestClient, record: Path) -> None:
    for path in addresses(record):
        reader = Reader()
        reader.feed(client.get(path).text)
        assert reader.bad == [], path
        assert len(reader.ids) == len(set(reader.ids)), (path, "an id stands twice")


def test_hostile_record_breaks_nothing_and_gets_nothing_out(tmp_path: Path) -> None:
    record = hostile_record(tmp_path / "hostile.onrecord")
    with client_of(record) as client:
        for path in addresses(record):
            answer = client.get(path)
            assert answer.status_code == 200, (path[:200], answer.text[-1_500:])
            reader = Reader()
            reader.feed(answer.text)
            assert reader.bad == [], path[:200]
            assert "<script>window" not in answer.text
            assert "\u202e" not in answer.text
            assert "\x1b" not in answer.text
            assert len(answer.content) < 1_500_000, (path[:100], len(answer.content))
            assert "49" not in re.findall(r"\{\{ 7 \* 7 \}\}|(?<=\D)49(?=\{)", answer.text)
            name = next(page.name for page in PAGES if page.path == path.partition("?")[0])
            assert client.get(f"/{name}.json?{path.partition('?')[2]}").status_code == 200


@pytest.mark.parametrize("words", ATTACKS)
def test_hostile_addresses_break_nothing(client: TestClient, words: str) -> None:
    value = quote(words[:1_000].encode("utf-8", "replace").decode())
    for page in PAGES:
        for query in (
            f"id={value}",
            f"open={value}",
            f"q={value}&since={value}&order={value}",
            f"page={value}&at={value}",
            f"actor={value}&type={value}&layer={value}&by={value}&of={value}",
            f"left={value}&right={value}",
        ):
            answer = client.get(f"{page.path}?{query}")
            assert answer.status_code in (200, 400, 404), (page.path, query, answer.text[-600:])
            reader = Reader()
            reader.feed(answer.text)
            assert reader.bad == [], (page.path, query)


def test_filters_are_in_the_address_and_narrow_the_list(client: TestClient) -> None:
    every = client.get("/statements.json").json()
    assert every["pager"]["total"] == 2
    outlet = next(one for one in every["filters"] if one["name"] == "outlet")["choices"][0]
    narrowed = client.get(outlet["href"].replace("/statements", "/statements.json"))
    assert narrowed.json()["pager"]["total"] == outlet["count"] == 1
    assert narrowed.json()["filters"][0]["choices"]
    assert client.get("/statements.json?q=nothingofthekind").json()["items"] == []
    assert "Nothing fits" in client.get("/statements?q=nothingofthekind").text


def test_search_boxes_take_the_query_language_and_say_what_is_wrong(client: TestClient) -> None:
    def total(query: str) -> int:
        found: int = client.get(f"/events.json?{urlencode({'q': query})}").json()["pager"]["total"]
        return found

    assert [total("actor:NOR type:mobilize"), total("-250"), total("troops"), total("type:aid")] == [2, 1, 2, 0]
    wrong = client.get("/events?q=type:peace")
    assert (wrong.status_code, "one of: AGREE" in wrong.text) == (400, True)
    assert client.get("/events?q=http://example.org").status_code == 200  # words with a colon stay words
    finds = client.get("/search.json?q=actor:NOR+250").json()["finds"]
    assert [find["kind"] for find in finds] == ["event"]


def test_list_opens_the_page_that_holds_what_is_opened(record: Path, client: TestClient) -> None:
    with open_view(record) as view:
        last = list(view.rows("events"))[-1]
    page = client.get(f"/events.json?open={last['id']}").json()
    assert [item["id"] for item in page["items"] if item["opened"]] == [last["id"]]
    assert page["source"]["opened"]["id"] == last["id"]
    marked = "".join(s["text"] for b in page["source"]["blocks"] for s in b["segments"] if s["opened"])
    assert marked == last["evidence"]["text"]


def test_missing_things_say_so(client: TestClient) -> None:
    for path in (
        "/actor?id=ac_none",
        "/document?id=x",
        "/copy?left=a&right=b",
        "/nowhere",
        "/feed.atom?search=x",
        "/static/none.css",
        "/static/..%2fapp.py",
        "/api/tables/sqlite_master",
        "/api/row?id=zz",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "Traceback" not in answer.text


def test_api_gives_the_rows_of_the_export(record: Path, client: TestClient) -> None:
    with open_view(record) as view:
        rows = list(view.rows("events"))
    answer = client.get("/api/tables/events?type=MOBILIZE&limit=1&offset=1").json()
    assert (answer["total"], answer["rows"]) == (2, rows[1:])
    assert client.get(f"/api/row?id={rows[0]['id']}").json() == {"table": "events", "row": rows[0]}
    assert client.get("/api/meta").json()["tables"]["events"] == 2
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/tables/{table}", "/api/judgements", "/timeline.json"} <= set(paths)
    assert json.dumps(paths).count("operationId") > len(PAGES)


def test_an_outlet_whose_claim_does_not_fit_the_one_shown_says_otherwise(demo: Path) -> None:
    with open_view(demo) as view:
        desk = Desk("", True, read_decisions(view), view.version(), Kept())
        shown = [row for number in ("1", "2") for row in claims(view, Asked("/claims", (("page", number),)), desk).rows]
    states = {row.heading: Counter(cell.state for cell in row.cells if cell.state != "silent") for row in shown}
    assert states["86,000 people"] == {"says": 1, "otherwise": 1}  # another counts 118,000
    denied = next(found for heading, found in states.items() if heading.endswith("military base at Senaki"))
    assert denied == {"attributes": 1, "otherwise": 1}  # the row is about the deed, though the denial stands for it


def words_of(record: Path, query: str, outlets: int) -> FramingPage:
    """The page of words over a thing that so many outlets have words for, and one that a single outlet has."""
    use = Use("own", (Segment("the "), Segment("invasion", ("statements",))), "doc_1", "4-12", "")
    told = tuple(OutletWords(f"Outlet {n}", (WordUse("invasion", 1, 0, 0, (use,)),)) for n in range(outlets))
    kept = Kept()
    with open_view(record) as view:
        kept.put(view.version(), "framing", (Thing("war", told, outlets, ""), Thing("wall", told[:1], 1, "")))
        return framing(view, Asked.read("/framing", query), Desk("", True, read_decisions(view), view.version(), kept))


def test_words_show_the_first_outlets_of_each_thing_and_all_of_one(record: Path) -> None:
    both = words_of(record, "", FIRST + 1)
    assert [(t.name, len(t.outlets), t.total, bool(t.href)) for t in both.things] == [
        ("war", FIRST, FIRST + 1, True), ("wall", 1, 1, False)
    ]  # fmt: skip
    assert both.things[0].outlets[0].words[0].uses[0].href == "/framing?open=doc_1&mark=4-12"
    seen: list[str] = []
    query = both.things[0].href.partition("?")[2]
    while query:
        one = words_of(record, query, OUTLETS + 2)
        assert one.pager is not None
        assert one.pager.total == OUTLETS + 2
        assert [thing.name for thing in one.things] == ["war"]
        assert one.every == "/framing"
        assert "thing=war" in one.things[0].outlets[0].words[0].uses[0].href
        seen += [outlet.outlet for outlet in one.things[0].outlets]
        query = one.pager.next.partition("?")[2]
    assert seen == [f"Outlet {n}" for n in range(OUTLETS + 2)]  # every outlet once
    assert len(words_of(record, "thing=nothing", 2).things) == 2


def test_copies_hide_no_report_for_good(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[CopiesPage.__module__], "SHOWN", 1)
    with client_of(demo) as client:
        every = client.get("/copies.json").json()
        cut = every["lineages"][0]
        assert (len(cut["branches"]), cut["hidden"]) == (1, 2)
        assert cut["href"] == f"/copies?lineage={cut['id']}"
        assert "and 2 more" in client.get("/copies").text
        alone = client.get(f"/copies.json?lineage={cut['id']}").json()
        assert [(len(one["branches"]), one["hidden"], one["href"]) for one in alone["lineages"]] == [(3, 0, "")]
        assert alone["every"] == "/copies"
        assert client.get("/copies.json?lineage=none").json()["lineages"] == []
