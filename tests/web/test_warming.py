"""What pages keep is worked out beside the server, handed over, and gives the same pages."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Hashable
from pathlib import Path

import pytest

from onrecord.model.vectors import WordVectors
from onrecord.store import open_view
from onrecord.web import desk
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages import PAGES
from onrecord.web.render import as_json
from onrecord.web.sending import write_value
from onrecord.web.warming import _entries, warm, work_out
from tests.small import write_small


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("warming") / "small.onrecord")


def test_every_page_that_is_reached_by_itself_is_worked_out(record: Path) -> None:
    entries = list(work_out(record))
    keys = {key[0] if isinstance(key, tuple) else key for _, key, _ in entries}
    assert {"columns", "facets", "tension", "omissions", "framing", "names", "counts"} <= keys
    with open_view(record) as view:
        assert {version for version, _, _ in entries} == {view.version()}


def test_what_was_cut_off_is_used_as_far_as_it_came(record: Path) -> None:
    stream = io.BytesIO()
    for entry in work_out(record):
        write_value(entry, stream)
    whole = stream.getvalue()
    assert 0 < len(list(_entries(io.BytesIO(whole[: len(whole) // 2])))) < len(list(_entries(io.BytesIO(whole))))
    assert list(_entries(io.BytesIO(b""))) == []


def test_page_waits_for_what_was_announced_and_works_out_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    asked: list[Hashable] = []
    with kept.coming(("dear",), asked.append):
        threading.Timer(0.1, lambda: kept.put("1", "dear", "brought")).start()
        assert kept.get("1", "dear", lambda: "made here") == "brought"
        assert kept.get("1", "dear", lambda: "made here") == "brought"
        assert kept.get("1", "cheap", lambda: "made here") == "made here"
        assert asked == ["dear"]  # told once, as it had come by the second time
        monkeypatch.setattr(desk, "PATIENCE", 0.05)
        assert kept.get("2", "dear", lambda: "made here") == "made here"  # what came was of another state
    with kept.coming(("late",), asked.append):
        pass  # the process ended without it
    monkeypatch.setattr(desk, "PATIENCE", 60)
    assert kept.get("1", "late", lambda: "made here") == "made here"


def test_what_is_waited_for_comes_first(record: Path) -> None:
    def order(wanted: set[str]) -> list[str]:
        keys = [key[0] if isinstance(key, tuple) else str(key) for _, key, _ in work_out(record, wanted)]
        return [key for key in dict.fromkeys(keys) if key in ("counts", "omissions", "framing")]

    assert order(set()) == ["counts", "omissions", "framing"]
    assert order({"framing"}) == ["framing", "counts", "omissions"]
    entries, asked = work_out(record, wanted := set[str]()), []
    for _, key, _ in entries:
        asked.append(key)
        wanted.add("framing")  # said while the first page was worked out
    assert asked.index("framing") < asked.index("omissions")


def test_server_takes_it_over_and_shows_the_same(record: Path) -> None:
    kept = Kept()
    warm((sys.executable, "-m", "onrecord.cli.warming", str(record)), kept)
    warm((sys.executable, "-c", "raise SystemExit(1)"), kept)  # nothing is lost where it fails
    assert isinstance(kept.held("", "vectors"), WordVectors)  # for search by meaning
    with open_view(record) as view:
        for page in PAGES:
            if page.group:
                both = [Desk("", True, read_decisions(view), view.version(), one) for one in (kept, Kept())]
                shown = [as_json(page.make(view, Asked(page.path), one)) for one in both]
                assert shown[0] == shown[1], page.name
        assert kept.held(view.version(), ("columns", "statements")) is not None
