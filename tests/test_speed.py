"""The measure of speed runs: every stage has its time, and so has the parse that the whole is held against."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from bench import speed


def test_every_stage_of_some_reports_is_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("northgate-courier.html", "hospital-count.txt", "kurier-am-abend.txt"):
        shutil.copy(speed.DEMO / name, tmp_path)
    speed.main([str(tmp_path), "--rounds", "1", "--json", "--stock", sys.executable])
    found = json.loads(capsys.readouterr().out)
    assert found["reports"] == 2, "the third is in German"
    stages = {"read", "parse", "mentions", "times", "places", "quantities", "statements", "events", "store", "link"}
    assert stages < set(found["stages"])
    assert all(row["cpu_ms_a_report"] > 0 for name, row in found["stages"].items() if name in stages)
    parts = sum(found["stages"][name]["cpu_ms_a_report"] for name in (*stages, "dating"))
    assert found["whole"]["cpu_ms_a_report"] == pytest.approx(parts, abs=0.1 * len(stages))
    bare, stock = found["beside"]["bare parse"], found["beside"]["stock parse"]
    assert bare["name"] == stock["name"], "here the other environment is this one"
    assert bare["whole_costs"] > 0
    assert 0 < found["whole"]["largest_mb"] < 2048
