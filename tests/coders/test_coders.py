"""Other coders' files: read by their published columns and fields, kept apart, and set beside ours report by report."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.gold import GOLD
from onrecord.cli import app
from onrecord.coders import compare, read_coded
from onrecord.coders.gdelt import plover_type
from onrecord.errors import InputError
from onrecord.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from onrecord.model.coded import CodedRow
from onrecord.store import TABLES, Row, open_view
from tests.small import write_small

URL = "https://herald.example/talks"
PUBLISHED_COLUMNS = GOLD.parent / "design" / "schemas" / "gdelt_columns.json"


def gdelt_event(**cells: object) -> str:
    row: dict[str, object] = {
        "GlobalEventID": 1, "Day": 20210301, "Actor1Name": "NORLAND", "Actor1CountryCode": "NOR",
        "Actor2Name": "SUDLAND", "Actor2CountryCode": "SDN", "EventCode": "150", "DATEADDED": 20210302101500,
        "SOURCEURL": URL, **cells,
    }  # fmt: skip
    return "\t".join(str(row.get(name, "")) for name in EVENT_COLUMNS)


def gdelt_mention(**cells: object) -> str:
    row: dict[str, object] = {"GlobalEventID": 1, "MentionTimeDate": 20210303000000, **cells}
    return "\t".join(str(row.get(name, "")) for name in MENTION_COLUMNS)


PLOVER = {
    "id": "7", "date": "2021-03-01", "event": ["MOBILIZE"], "mode": ["troops"],
    "actor": [{"code": "NOR", "sector": "MIL", "entity_text": "Norland"}],
    "recipient": [{"code": "SDN", "entity_text": "Sudland"}], "event_loc": {"resolved_place": "Harbour"},
    "cite_info": {"url": URL, "title": "Harbour talks"}, "text": "It sent 300 troops to Sudland.",
}  # fmt: skip
POLECAT = {
    "Event ID": "NGEC-1", "Event Date": "2021-03-01", "Event Type": "MOBILIZE", "Actor Name": "Norland",
    "Actor Country": "NOR", "Recipient Name": "Sudland", "Recipient Country": "SDN", "Headline": "Harbour talks",
    "Publication Date": "2021-03-02", "Placename": "None",
}  # fmt: skip


@pytest.mark.skipif(not PUBLISHED_COLUMNS.is_file(), reason="the published column lists are not at hand")
def test_columns_are_the_published_ones() -> None:
    lists = json.loads(PUBLISHED_COLUMNS.read_text(encoding="utf-8"))
    assert list(EVENT_COLUMNS) == lists["events_v2"]
    assert list(MENTION_COLUMNS) == lists["mentions_v2"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (gdelt_event(), ("gdelt", "MOBILIZE", "150", "NOR", "SDN", "2021-03-01", "2021-03-02", URL)),
        (gdelt_event(EventCode="0871"), ("gdelt", "RETREAT", "0871", "NOR", "SDN", "2021-03-01", "2021-03-02", URL)),
        (gdelt_event(EventCode="010"), ("gdelt", None, "010", "NOR", "SDN", "2021-03-01", "2021-03-02", URL)),
        (gdelt_event(Actor1CountryCode="ROM", Actor2CountryCode="", Day=20210231),
         ("gdelt", "MOBILIZE", "150", "ROU", None, None, "2021-03-02", URL)),  # no such day: unknown, not another one
        (json.dumps(PLOVER), ("plover", "MOBILIZE", "MOBILIZE", "NOR", "SDN", "2021-03-01", None, URL)),
        (json.dumps(POLECAT), ("plover", "MOBILIZE", "MOBILIZE", "NOR", "SDN", "2021-03-01", "2021-03-02", None)),
    ],
)  # fmt: skip
def test_rows_are_read_by_their_columns(tmp_path: Path, line: str, wanted: tuple[object, ...]) -> None:
    path = tmp_path / "coded"
    path.write_text(line + "\n", encoding="utf-8")
    (row,) = read_coded([path]).rows
    assert row.origin == "coded:1"
    assert (row.coder, row.type, row.code, row.source, row.target, row.day, row.published, row.url) == wanted


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (gdelt_event(GlobalEventID="x"), "no event number"),
        (gdelt_event(EventCode="999"), "no CAMEO code"),
        ("a\tb", "too few columns"),
        ('{"id": 1', "no JSON"),
        ('{"id": "1", "actor": []}', "no event type"),
        ('{"id": "1", "event": ["PEACE"]}', "no PLOVER type"),
        ("{" * 5_000, "no JSON"),
    ],
)
def test_rows_that_cannot_be_used_are_told_of_and_the_rest_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "coded.csv"
    path.write_text(f"{gdelt_event()}\n{line}\n{gdelt_event(GlobalEventID=2)}\n", encoding="utf-8")
    read = read_coded([path])
    assert [row.id for row in read.rows] == ["gdelt_1", "gdelt_2"]
    assert [(fault.origin, fault.reason) for fault in read.faults] == [("coded.csv:2", reason)]


def test_files_may_be_packed_and_mentions_give_other_reports(tmp_path: Path) -> None:
    events, mentions = tmp_path / "20210302.export.CSV.zip", tmp_path / "20210302.mentions.CSV.gz"
    with zipfile.ZipFile(events, "w") as archive:
        archive.writestr("20210302.export.CSV", gdelt_event() + "\n")
    with gzip.open(mentions, "wt", encoding="utf-8") as out:
        for url in (URL, "https://other.example/x"):
            out.write(gdelt_mention(MentionIdentifier=url) + "\n")
        out.write(gdelt_mention(GlobalEventID=99, MentionIdentifier=URL) + "\n")  # its event is in another file
    rows = read_coded([mentions, events]).rows
    assert [(row.url, row.published) for row in sorted(rows, key=lambda r: r.url or "")] == [
        (URL, "2021-03-02"), ("https://other.example/x", "2021-03-03"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"one line of prose\n", b"PK\x03\x04 no archive"])
def test_file_of_another_kind_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ("notes.zip" if content.startswith(b"PK") else "notes.txt")
    path.write_bytes(content)
    with pytest.raises(InputError, match="notes"):
        read_coded([path])


def test_every_cameo_root_has_a_type_or_is_no_event() -> None:
    assert [root for root in range(1, 21) if plover_type(f"{root:02}0") is None] == [1, 2]


def report(id: str, url: str | None, title: str, day: str | None = "2021-03-02") -> Row:
    return {"id": id, "path": f"{id}.html", "url": url, "title": title, "published": {"value": day}}


def party(name: str, country: str | None) -> Row:
    return {"span": {"text": name}, "actor": {"name": name, "country": country} if country else None}


def event(
    type: str = "MOBILIZE", source: str | None = "NOR", target: str | None = "SDN", day: str | None = "2021-03-01"
) -> Row:
    return {
        "id": "ev_1", "document": "doc_1", "event_type": type, "status": "actual",
        "actors": [party("Norland", source)] if source else [], "date": {"value": day} if day else None,
        "recipients": [party("Sudland", target)] if target else [], "evidence": {"text": "words"},
    }  # fmt: skip


def coded(**fields: Any) -> CodedRow:
    held: dict[str, Any] = {
        "id": "c1", "coder": "gdelt", "origin": "f:1", "url": URL, "title": None, "published": None,
        "day": "2021-03-01", "type": "MOBILIZE", "code": "150", "source": "NOR", "source_name": "NORLAND",
        "target": "SDN", "target_name": "SUDLAND", "place": None, "text": None, **fields,
    }  # fmt: skip
    return CodedRow(**held)


PAIRS: tuple[tuple[str, Row, CodedRow, list[tuple[str, tuple[str, ...]]]], ...] = (
    ("the same", event(), coded(), [("agree", ())]),
    ("another type between the same two", event("ASSAULT"), coded(), [("differ", ("type",))]),
    ("no recipient with us", event(target=None), coded(), [("differ", ("target",))]),
    ("their day lies in our days", event(day="2021-02-28/2021-03-02"), coded(), [("agree", ())]),
    ("their day lies beside our days", event(day="2021-02-20/2021-02-28"), coded(), [("differ", ("day",))]),
    ("a month that may be any", event(day="2021-03"), coded(), [("agree", ())]),
    ("days that stand nowhere in the calendar", event(day="XXXX-WXX-1"), coded(), [("differ", ("day",))]),
    ("no day with us: unknown is not agreement", event(day=None), coded(), [("differ", ("day",))]),
    ("unknown to both is the same", event(day=None, target=None),
     coded(day=None, target=None, target_name=None), [("agree", ())]),
    ("by name where there is no country", event(source="NOR"), coded(source=None), [("agree", ())]),
    ("one side and another type is another event", event("AID", target="USA"), coded(target_name=None),
     [("only_ours", ()), ("only_theirs", ())]),
    ("nobody known on either side, only the type", event(source=None, target=None),
     coded(source=None, source_name=None, target=None, target_name=None), [("only_ours", ()), ("only_theirs", ())]),
)  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "wanted"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_events_are_paired_and_said_to_differ_where_they_do(
    ours: Row, theirs: CodedRow, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = compare([report("doc_1", URL, "Harbour talks")], [ours], [theirs])
    assert [(pair.verdict, pair.fields) for pair in found.pairs] == wanted


def test_row_is_paired_once_and_an_act_told_twice_counts_once() -> None:
    twice = [event(), event(), event(day="2021-02-27")]
    found = compare([report("doc_1", URL, "Harbour talks")], twice, [coded()])
    assert [pair.verdict for pair in found.pairs] == ["agree", "only_ours"]
    assert found.counts() == {"agree": 1, "differ": 0, "only_ours": 1, "only_theirs": 0}


@pytest.mark.parametrize(
    ("row", "matched"),
    [
        (coded(url="http://www.herald.example/talks/?utm_source=x#top"), True),
        (coded(url="https://herald.example/talks?id=2"), False),  # another page of the site
        (coded(url=None, title="HARBOUR — talks"), True),
        (coded(url=None, title="Harbour talks", published="2021-04-20"), False),  # weeks away: another report
        (coded(url=None), False),
        (coded(url="http://[broken"), False),
    ],
)
def test_reports_are_matched_by_address_or_title_and_day(row: CodedRow, matched: bool) -> None:
    found = compare([report("doc_1", URL, "Harbour talks")], [event()], [row])
    assert (not found.elsewhere) == matched == bool(found.pairs)


def test_title_of_two_reports_matches_neither() -> None:
    reports = [report("doc_1", None, "Harbour talks"), report("doc_2", None, "Harbour talks")]
    assert compare(reports, [event()], [coded(url=None, title="Harbour talks")]).elsewhere


def test_command_prints_both_sides_and_keeps_theirs_apart(tmp_path: Path) -> None:
    record = write_small(tmp_path / "small.onrecord")
    file = tmp_path / "coded.jsonl"
    rows = [
        {**PLOVER, "cite_info": {"title": "Harbour talks"}, "text_info": {"date": "2021-03-02"}},
        POLECAT,
        {"id": 3},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with open_view(record) as view:
        before = {table: list(view.rows(table)) for table in TABLES}
    run = CliRunner()
    none = run.invoke(app, ["compare", str(record)])
    assert "keeps no rows of other coders" in str(none.exception)
    # two of our reports have this title on this day, so that nothing is matched by guess
    assert "does not hold: 2" in run.invoke(app, ["compare", str(record), "--with", str(file)]).stdout
    done = run.invoke(app, ["compare", str(record), "--with", str(file), "--keep", "--json"])
    assert done.exit_code == 3
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == [
        "report not in the record", "report not in the record", "row not used",
    ]  # fmt: skip
    again = run.invoke(app, ["compare", str(record), "--json"])
    assert (again.exit_code, len(again.stdout.splitlines())) == (0, 2)
    with open_view(record) as view:
        assert {table: list(view.rows(table)) for table in TABLES} == before
        assert len(view.coded()) == 2
