"""The first five reports, where they are at hand: metadata, parts and dates as people read them, by the whole road.

Their texts belong to their publishers and are no part of the project; without them these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.gold import GOLD
from onrecord.store import Row, open_view

SEEDS = GOLD.parent / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five reports are not at hand")


def truth() -> list[dict[str, Any]]:
    if not SEEDS.is_dir():
        return []
    rows: list[dict[str, Any]] = json.loads((GOLD / "seeds" / "documents.json").read_text(encoding="utf-8"))
    return rows


@pytest.fixture(scope="module")
def tables(seeds: Path) -> dict[str, list[Row]]:
    with open_view(seeds) as view:
        return {
            table: list(view.rows(table))
            for table in ("documents", "statements", "events", "figures", "lineages", "skips")
        }


def document(tables: dict[str, list[Row]], file: str) -> Row:
    (row,) = [row for row in tables["documents"] if row["path"] == file]
    return row


@pytest.mark.parametrize("wanted", truth(), ids=lambda wanted: str(wanted["file"])[:3])
def test_metadata_is_right_or_unknown(tables: dict[str, list[Row]], wanted: dict[str, Any]) -> None:
    row = document(tables, wanted["file"])
    assert row["title"].removesuffix(" | Stories") == wanted["title"]
    assert row["outlet"] == wanted["outlet"]
    assert row["language"] == wanted["language"]
    assert row["url"] == wanted.get("url")
    published = row["published"]
    if wanted["published_basis"].startswith("stated"):
        assert published["value"] == wanted["published"]
    elif published["value"] is not None:
        first, last = (published["value"].split("/") * 2)[:2]
        assert first <= wanted["published"] <= last
        assert published["cues"]


@pytest.mark.parametrize("wanted", truth(), ids=lambda wanted: str(wanted["file"])[:3])
def test_boilerplate_is_told_from_the_report(tables: dict[str, list[Row]], wanted: dict[str, Any]) -> None:
    row = document(tables, wanted["file"])
    raw = (SEEDS / wanted["file"]).read_text(encoding="utf-8")
    read = [part for part in row["parts"] if part["kind"] in ("body", "title", "caption")]
    for line in wanted["boilerplate"]:
        start = raw.index(line)
        assert not any(p["raw_start"] < start + len(line) and start < p["raw_end"] for p in read), line
    body = [part for part in read if part["kind"] == "body"]
    first, last = raw.index(wanted["body_first"], body[0]["raw_start"]), raw.rindex(wanted["body_last"])
    assert body[0]["raw_start"] == first
    assert body[-1]["raw_end"] == last + len(wanted["body_last"])


def test_nothing_is_skipped(tables: dict[str, list[Row]]) -> None:
    assert tables["skips"] == []


def test_no_report_is_taken_for_a_copy_of_another(tables: dict[str, list[Row]]) -> None:
    assert [len(row["documents"]) for row in tables["lineages"]] == [1] * 5


@pytest.mark.parametrize("wanted", truth(), ids=lambda wanted: str(wanted["file"])[:3])
def test_figures_are_found(tables: dict[str, list[Row]], wanted: dict[str, Any]) -> None:
    found = {row["value"] for row in tables["figures"] if row["path"] == wanted["file"]}
    assert {float(figure["amount"]) for figure in wanted["figures"]} <= found


def test_claims_stand_in_the_files(tables: dict[str, list[Row]]) -> None:
    """Every claim's words are the file's words at its raw offsets, but for markup that was cut out of them."""
    for table, key in (("statements", "content"), ("events", "evidence"), ("figures", "span")):
        for row in tables[table]:
            raw = (SEEDS / row["path"]).read_text(encoding="utf-8")
            for span in row[key] if isinstance(row[key], list) else [row[key]]:
                words = raw[span["raw_start"] : span["raw_end"]].replace("<u>", "").replace("</u>", "")
                assert "".join(words.split()) == "".join(span["text"].split())
