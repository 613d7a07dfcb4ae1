"""The commands as a user runs them: what they print where, their exit codes, and that no report's text does harm."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.output import safe
from onrecord.cli.show import marked
from onrecord.model.shown import short
from onrecord.store import TABLES
from tests.small import write_small


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of `onrecord …` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments], input=stdin, capture_output=True, check=False, cwd=cwd
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_small(tmp_path_factory.mktemp("cli") / "small.onrecord"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("timeline",), ["2021-03-01", "Norland → Sudland", "2 reports, 1 independent", "It sent 300 troops"]),
        (("statements",), ["Norland", "[say: said]", 'it "will not leave" the port', "north/a.html"]),
        (("events",), ["MOBILIZE/troops", "Norland → Sudland", "[actual, undated]"]),
        (("actors",), ["Norland", "state NOR"]),
        (("sources",), ["origin: Wire (credit)", "edited copy of", "90%", "outlet unknown"]),
        (("search", "harbour"), ["«Harbour» talks", "north/a.html", "south/b.html"]),
        (("search", "type:mobilize", "actor:NOR", "250"), ["event", "It sent «250» troops"]),
        (("statements", "--where", "-outlet:herald since:2021-03"), ["it will leave the port"]),
        (("statements", "--actor", "nor", "--document", "south/b.html"), ["it will leave the port"]),
        (("events", "--type", "mobilize", "--status", "actual", "-n", "1"), ["300 troops"]),
    ],
)
def test_lists_print_what_people_look_for(record: str, arguments: tuple[str, ...], words: list[str]) -> None:
    code, out, err = run(arguments[0], record, *arguments[1:])
    assert (code, err) == (0, "")
    assert all(word in out for word in words), out


@pytest.mark.parametrize("command", ["timeline", "statements", "events", "actors", "sources"])
def test_json_is_the_row_of_the_export(record: str, command: str) -> None:
    table = "lineages" if command == "sources" else command
    _, printed, _ = run(command, record, "--json")
    _, exported, _ = run("export", record, "--table", table)
    assert printed == exported
    assert all(isinstance(json.loads(line), dict) for line in printed.splitlines())


def test_show_opens_every_id_on_its_words(record: str) -> None:
    ids = [json.loads(line)["id"] for t in TABLES if t not in ("timeline", "skips")
           for line in run("export", record, "--table", t)[1].splitlines()]  # fmt: skip
    assert len(ids) > 10
    for id in [*ids, "gr_event", "gr_statement"]:
        code, out, err = run("show", record, id)
        assert (code, err) == (0, ""), err
        assert id in out
        assert "«" in out or id.startswith(("ac_", "li_")), out


def test_show_marks_the_words_and_names_the_report(record: str) -> None:
    (row, *_) = [json.loads(line) for line in run("statements", record, "--json")[1].splitlines()]
    _, out, _ = run("show", record, row["id"])
    assert '«Norland» «said» on Monday that «it "will not leave" the port». 😀' in out
    assert "The Northern Herald, 2021-03-02 — north/a.html" in out
    assert "said: 2021-03-01 (“Monday”)" in out


def test_unknown_things_fail_with_one_line_that_helps(record: str, tmp_path: Path) -> None:
    for arguments, expected, words in (
        (("show", record, "st_none"), 1, "holds nothing"),
        (("statements", str(tmp_path / "none")), 1, "onrecord build"),
        (("export", record, "--format", "docx"), 2, "jsonl, csv, parquet"),
        (("export", record, "--table", "nothing"), 2, "statements"),
        (("export", record, "--format", "parquet"), 2, "--out"),
        (("judge", record, "hate", "ev_1", "--why", "x"), 2, "accept"),
        (("judge", record, "reject", "gr_event"), 2, "--why"),
        (("judge", record, "reject", "gr_nothing", "--why", "x"), 1, "holds nothing"),
        (("nothing",), 2, "No such command"),
        (("build",), 2, "Missing argument"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (expected, ""), (arguments, err)
        assert words in err
        assert "Traceback" not in err


def test_export_writes_all_tables_to_a_folder(record: str, tmp_path: Path) -> None:
    for format in ("jsonl", "csv", "parquet"):
        assert run("export", record, "--format", format, "--out", str(tmp_path / format))[0] == 0
        assert sorted(p.stem for p in (tmp_path / format).iterdir()) == sorted(TABLES)


def test_judgement_is_logged_shown_and_taken_back(tmp_path: Path) -> None:
    record = str(write_small(tmp_path / "judged.onrecord"))
    (event, *_) = [json.loads(line)["id"] for line in run("events", record, "--json")[1].splitlines()]
    code, out, err = run("judge", record, "reject", event, "--why", "a drill", "--by", "ana")
    assert code == 0, err
    id = out.split(":")[0]
    assert "a drill" in run("show", record, id)[1]
    assert run("judge", record, "undo", id, "--why", "it was one", "--by", "bo")[0] == 0
    _, log, _ = run("judge", record)
    assert "ana: reject (taken back)" in log
    assert "bo: undo" in log
    assert len(run("judge", record, "--json")[1].splitlines()) == 2


def test_hostile_text_does_nothing_to_the_terminal(record: str) -> None:
    for arguments in (("sources", record), ("search", record, "hostile"), ("search", record, "instructions")):
        code, out, _ = run(*arguments)
        assert code == 0
        assert "\x1b" not in out
        assert "\u202e" not in out


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\nb\tc", "a b c"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),  # markup of the printing library
        ("\u202etxt", "\ufffdtxt"),
        ("نص עברית 😀", "نص עברית 😀"),  # right-to-left text itself is untouched
    ],
)
def test_safe_text_is_shown_as_it_is_or_marked(words: str, shown: str) -> None:
    assert safe(words) == shown


def test_marked_text_joins_overlapping_spans() -> None:
    text = "0123456789"
    spans = [(2, 5, "reverse"), (4, 7, "bold"), (8, 9, "reverse")]
    assert marked(text, 0, 10, spans, terminal=False).plain == "01«23456»7«8»9"


def test_shorten_cuts_at_a_space() -> None:
    assert short("one two three", 8) == "one two…"
    assert short("one", 8) == "one"


def test_output_cut_off_by_its_reader_is_no_error(record: str) -> None:
    command = f"{sys.executable} -m onrecord statements {record} --json | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_version_is_printed() -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("onrecord ")


def test_decisions_are_handed_on_and_taken_in(tmp_path: Path) -> None:
    first, second = (str(write_small(tmp_path / name)) for name in ("a.onrecord", "b.onrecord"))
    event = json.loads(run("events", first, "--json")[1].splitlines()[0])["id"]
    assert run("judge", first, "edit", event, "--set", "status=planned", "--why", "not yet", "--by", "ana")[0] == 0
    _, log, _ = run("judgements", "export", first)
    (tmp_path / "log.jsonl").write_text(log, encoding="utf-8")
    code, out, err = run("judgements", "import", second, str(tmp_path / "log.jsonl"))
    assert (code, err) == (0, "")
    assert "1 judgements (1 new)" in out
    assert json.loads(run("events", second, "--json")[1].splitlines()[0])["status"] == "planned"
    assert "(0 new)" in run("judgements", "import", second, stdin=log.encode())[1]
    code, _, err = run("judgements", "import", second, stdin=log.replace("not yet", "never").encode())
    assert code == 1
    assert "line 1 left out" in err
    for wrong in (
        ("judgements", "burn", first),
        ("judge", first, "edit", event, "--why", "x"),
        ("judge", first, "edit", event, "--set", "score=1", "--why", "x"),
        ("judge", first, "accept", event, "--set", "status=planned", "--why", "x"),
    ):
        assert run(*wrong)[0] == 2, wrong


def test_watched_search_ends_with_its_own_code_where_there_is_news(tmp_path: Path) -> None:
    record = str(write_small(tmp_path / "small.onrecord"))
    saved = run("watch", record, "--save", "planned", "--page", "events", "--wanted", "status=planned")
    assert saved[0] == 0, saved
    assert run("watch", record) == (0, "", "")
    event = json.loads(run("events", record, "--json")[1].splitlines()[0])["id"]
    run("judge", record, "edit", event, "--set", "status=planned", "--why", "not yet", "--by", "ana")
    code, out, err = run("watch", record, "--json", "--feed", str(tmp_path / "feeds"))
    assert (code, err) == (4, "")
    assert json.loads(out)["item"] == event
    (feed,) = (tmp_path / "feeds").iterdir()
    assert event in feed.read_text(encoding="utf-8")
    assert run("watch", record)[0] == 0
    assert run("watch", record, "--save", "x", "--page", "nothing")[0] == 2


def test_report_is_one_file_that_loads_and_runs_nothing(record: str, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    code, printed, err = run("report", record, "-o", str(out), "--title", "<b>Harbour</b>", "--since", "2021")
    assert (code, printed) == (0, ""), err
    page = out.read_text(encoding="utf-8")
    assert "&lt;b&gt;Harbour" in page
    assert "It sent 300 troops" in page
    for word in ("<script", "src=", "url(", "http://", "https://", "@import", 'href="/'):
        assert word not in page, word
    assert run("report", record, "-o", "-")[1].startswith("<!doctype html>")
    assert run("report", record, "--actor", "nobody at all")[0] == 2


def test_serve_needs_a_record_and_a_name_to_be_called_by(record: str, tmp_path: Path) -> None:
    assert run("serve", str(tmp_path / "none.onrecord"))[0] == 1
    code, _, err = run("serve", record, "--host", "0.0.0.0")
    assert code == 2
    assert "--allow-host" in err


def test_link_says_whether_there_was_something_to_do(tmp_path: Path) -> None:
    record = str(write_small(tmp_path / "small.onrecord"))
    assert json.loads(run("link", record, "--json")[1])["linked"] is True
    assert json.loads(run("link", record, "--json")[1])["linked"] is False
    assert run("link", str(tmp_path / "none"))[0] == 1


def test_doctor_mends_what_it_finds_broken_and_keeps_the_old_file(tmp_path: Path) -> None:
    record = write_small(tmp_path / "hurt.onrecord")
    data = record.read_bytes()
    record.write_bytes(b"\x00" * 100 + data[100:])
    code, _, err = run("statements", str(record))
    assert code == 1
    assert f"onrecord doctor {record} --repair" in err
    code, out, err = run("doctor", str(record), "--repair", "--json")
    assert code == 0, (out, err)
    assert "3 reports" in err
    assert {json.loads(line)["check"] for line in out.splitlines()} >= {
        "taggers",
        "extras",
        "disk",
        "claims",
        "orphans",
    }
    assert record.with_name("hurt.onrecord.before-repair").read_bytes() == b"\x00" * 100 + data[100:]
    assert run("search", str(record), "harbour")[0] == 0
    assert run("backup", str(record), str(tmp_path / "copy.onrecord"))[0] == 0
    assert run("search", str(tmp_path / "copy.onrecord"), "harbour")[0] == 0
    code, out, err = run("backup", str(record), str(tmp_path / "copy.onrecord"))
    assert (code, out) == (1, "")
    assert "choose another name" in err


@pytest.mark.parametrize(
    ("arguments", "seconds"),
    [(("-c", "import onrecord"), 0.3), (("-m", "onrecord", "--help"), 0.5), (("-m", "onrecord", "--version"), 0.5)],
)
def test_what_is_asked_in_passing_loads_little(arguments: tuple[str, ...], seconds: float) -> None:
    def cpu() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime

    assert min(cpu() for _ in range(3)) < seconds
