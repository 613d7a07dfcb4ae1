"""`onrecord actors` and `build --actors` as users run them: files, exit codes, and records that know what was added."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = "Title\n\nThe Lakeside Defence Front attacked a post. The Kenyan foreign minister, on 3 May 2031, protested.\n"
OWN = "actors:\n  - {name: Lakeside Defence Front, kind: group, country: KEN, sector: REB}\n"


def run(*arguments: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of `onrecord …` in a process of its own."""
    command = [sys.executable, "-m", "onrecord", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder, env={**os.environ, **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_import_writes_a_file_and_lists_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "name,office,country,since\nAna Sample,President,KEN,2031\nBo Sample,President,KEN,\n"
    )
    code, out, err = run("actors", "import", "people.csv", "-o", "kenya.jsonl", "--seen", "2031-05-01", folder=tmp_path)
    assert (code, out) == (3, "kenya.jsonl: 2 actors with 1 offices; 1 left out\n")
    assert "people.csv:3: office without a beginning (Bo Sample: President)" in err
    first = json.loads((tmp_path / "kenya.jsonl").read_text().splitlines()[0])
    assert first["offices"][0]["seen"] == "2031-05-01"
    code, out, err = run("actors", "import", "people.csv", "--json", folder=tmp_path)
    assert [row["where"] for row in json.loads(out)["left_out"]] == ["people.csv:3"]
    assert (tmp_path / "actors.tsv").read_text().startswith("id\tkind\tname")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("people.csv", "-o", "actors.xml"), 2, "is to end in .tsv or .jsonl"),
        (("people.csv", "--format", "xml"), 2, "no format 'xml'"),
        (("people.csv", "--seen", "May"), 2, "YYYY-MM-DD"),
        (("people.csv", "-o", "nowhere/actors.tsv"), 2, "cannot be written"),
        (("people.csv", "--country", "Atlantis"), 1, "no state"),
        (("nowhere.csv",), 1, "cannot be read"),
    ],
)
def test_import_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    (tmp_path / "people.csv").write_text("name\nAna Sample\n")
    found, _, err = run("actors", "import", *arguments, folder=tmp_path)
    assert found == code
    assert words in err
    assert "Traceback" not in err


def test_who_tells_of_names_and_offices_with_days_and_source(tmp_path: Path) -> None:
    code, out, _ = run("actors", "who", "Ukrainian", "foreign", "minister", "--on", "2019-01-15", folder=tmp_path)
    assert (code, out.splitlines()[0]) == (0, "Pavlo Klimkin (person, UKR, person:pavlo-klimkin)")
    assert "2014-06-19 to 2019-08-29 [" in out
    assert [line for line in out.splitlines() if "Klimkin" not in line and "Foreign" not in line] == []
    code, out, _ = run("actors", "who", "IAEA chief", "--on", "2010-05-01", "--json", folder=tmp_path)
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["Yukiya Amano"]
    (tmp_path / "mine.yaml").write_text(OWN)
    code, out, _ = run("actors", "who", "lakeside defence front", "--actors", "mine.yaml", "--json", folder=tmp_path)
    assert json.loads(out)["layer"] == "own"
    code, out, err = run("actors", "who", "Xq Zq", folder=tmp_path)
    assert (code, out, "nobody known as 'Xq Zq'" in err) == (1, "", True)
    code, _, err = run("actors", "who", "Lavrov", "--on", "May", folder=tmp_path)
    assert (code, "--on" in err) == (2, True)


def test_what_is_no_command_is_a_record(tmp_path: Path) -> None:
    code, _, err = run("actors", "--kind", "person", "none.onrecord", folder=tmp_path)
    assert (code, "none.onrecord" in err, "Traceback" in err) == (1, True, False)
    assert run("actors", "--help", folder=tmp_path)[1].count("import") > 0


def actor(folder: Path, name: str) -> dict[str, object] | None:
    _, out, _ = run("actors", "r.onrecord", "--json", folder=folder)
    return next((row for row in map(json.loads, out.splitlines()) if row["name"] == name), None)


def test_a_record_knows_the_actors_it_was_built_with(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "mine.yaml").write_text(OWN)
    code, _, err = run("build", "report.txt", "-o", "r.onrecord", "--actors", "mine.yaml", folder=tmp_path)
    assert (code, "Traceback" in err) == (0, False)
    front = actor(tmp_path, "Lakeside Defence Front")
    assert front is not None
    assert (front["kind"], front["country"], front["sector"]) == ("group", "KEN", "REB")
    assert "group:lakeside-defence-front in the own base (mine.yaml:2)" in front["basis"]  # type: ignore[operator]  # a list
    code, _, err = run("judge", "r.onrecord", "accept", str(front["id"]), "--why", "checked", folder=tmp_path)
    assert code == 0, err
    assert actor(tmp_path, "Lakeside Defence Front") == front
    again = run("build", "report.txt", "-o", "r.onrecord", "--json", folder=tmp_path, ONRECORD_ACTORS="mine.yaml")
    assert json.loads(again[1])["read"] == 0  # the same files: nothing to read anew
    (tmp_path / "mine.yaml").write_text(OWN.replace("REB", "UAF"))
    _, out, _ = run("build", "report.txt", "-o", "r.onrecord", "--json", "--actors", "mine.yaml", folder=tmp_path)
    assert json.loads(out)["read"] == 1
    changed = actor(tmp_path, "Lakeside Defence Front")
    assert changed is not None
    assert changed["sector"] == "UAF"


def test_build_refuses_a_wrong_own_file_and_tells_of_wrong_imported_rows(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "mine.yaml").write_text("actors:\n  - {name: X Y, country: QQQ}\n")
    code, _, err = run("build", "report.txt", "-o", "r.onrecord", "--actors", "mine.yaml", folder=tmp_path)
    assert (code, "mine.yaml:2" in err, "Traceback" in err) == (1, True, False)
    (tmp_path / "list.jsonl").write_text('{"name": "X Y", "country": "QQQ"}\n')
    code, _, err = run("build", "report.txt", "-o", "r.onrecord", "--actors", "list.jsonl", folder=tmp_path)
    assert code == 0
    assert "1 rows of added actors left out" in err
    assert "list.jsonl:1" in err
