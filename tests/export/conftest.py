"""Three records to export: the small one with decisions and hostile text, the demonstration, and the first reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.gold import GOLD
from onrecord.pipeline import build
from onrecord.settings import Settings
from onrecord.store import View, make_judgement, open_view, open_writer
from tests.small import write_small

SEEDS = GOLD.parent / "seeds"
NAMES = ("small", "demo", "seeds")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record with people's decisions: with a reason, without one, taken back, and on no claim."""
    path = write_small(tmp_path_factory.mktemp("exports") / "small.onrecord")
    with open_view(path) as view:
        statements, events = ([row["id"] for row in view.rows(table)] for table in ("statements", "events"))
    at = [f"2021-03-0{day}T10:00:00Z" for day in range(1, 7)]
    taken_back = make_judgement("reject", [statements[1]], "Ana", at[2], "misread")
    with open_writer(path) as writer:
        for one in (
            make_judgement("accept", [statements[0]], "Ana", at[0], "the quote is whole"),
            make_judgement("accept", [events[0]], "Ana", at[1], " "),
            taken_back,
            make_judgement("undo", [taken_back.id], "Ana", at[3], "it was right"),
            make_judgement("reject", ["gr_event"], "Bo", at[4], "no troops were sent, says the report"),
            make_judgement("merge", ["ac_norland", "ac_sudland"], "Bo", at[5], "a try"),
        ):
            writer.judge(one)
    return path


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    if not SEEDS.is_dir():
        pytest.skip("the five reports are not at hand")
    path = tmp_path_factory.mktemp("exports") / "seeds.onrecord"
    build([str(SEEDS)], path, settings)
    return path


@pytest.fixture(scope="session", params=NAMES)
def view(request: pytest.FixtureRequest) -> Iterator[View]:
    """Each of the records, open."""
    with open_view(request.getfixturevalue(request.param)) as view:
        yield view
