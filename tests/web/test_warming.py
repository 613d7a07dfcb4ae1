"""What pages keep is worked out beside the server, handed over, and gives the same pages."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from onrecord.model.vectors import WordVectors
from onrecord.store import open_view
from onrecord.web.asked import Asked
from onrecord.web.decisions import read_decisions
from onrecord.web.desk import Desk, Kept
from onrecord.web.pages import PAGES
from onrecord.web.render import as_json
from onrecord.web.sending import write_value
from onrecord.web.warming import PARTS, _entries, warm, work_out
from tests.small import write_small


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("warming") / "small.onrecord")


def test_every_page_that_is_reached_by_itself_is_worked_out(record: Path) -> None:
    entries = [entry for part in PARTS for entry in work_out(record, part)]
    keys = {key[0] if isinstance(key, tuple) else key for _, key, _ in entries}
    assert {"columns", "facets", "tension", "omissions", "framing", "names", "counts"} <= keys
    with open_view(record) as view:
        assert {version for version, _, _ in entries} == {view.version()}


def test_what_was_cut_off_is_used_as_far_as_it_came(record: Path) -> None:
    stream = io.BytesIO()
    for entry in work_out(record, "pages"):
        write_value(entry, stream)
    whole = stream.getvalue()
    assert 0 < len(list(_entries(io.BytesIO(whole[: len(whole) // 2])))) < len(list(_entries(io.BytesIO(whole))))
    assert list(_entries(io.BytesIO(b""))) == []


def test_server_takes_it_over_and_shows_the_same(record: Path) -> None:
    kept = Kept()
    warm((sys.executable, "-m", "onrecord.cli.warming", str(record)), kept)
    warm((sys.executable, "-c", "raise SystemExit(1)"), kept)  # nothing is lost where it fails
    assert isinstance(kept.held("", "vectors"), WordVectors)  # for search by meaning
    with open_view(record) as view:
        for page in PAGES:
            if page.group:
                desks = [Desk("", True, read_decisions(view), view.version(), one) for one in (kept, Kept())]
                shown = [as_json(page.make(view, Asked(page.path), desk)) for desk in desks]
                assert shown[0] == shown[1], page.name
        assert kept.held(view.version(), ("columns", "statements")) is not None
