"""What docs/security.md promises of the code as a whole; what it promises of one part is tested with that part."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import pkgutil
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.extract.times.find import _grammar
from onrecord.lexicon import Lexicon
from onrecord.read.document import make_document
from onrecord.read.page import RawPage, Told
from onrecord.store import make_search, open_writer
from tests.cli.test_commands import run
from tests.small import write_small

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
# what makes code of data, or runs commands of a shell
FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "ctypes", "imp", "xmlrpc"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load",
                   "yaml.full_load", "tempfile.mktemp", "numpy.load"}  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_nothing_makes_code_of_data(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not {name.partition(".")[0] for name in named} & FORBIDDEN_MODULES, ast.unparse(node)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in FORBIDDEN_CALLS, ast.unparse(node)
            named_arguments = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert named_arguments.get("shell") != "True", ast.unparse(node)
            assert named_arguments.get("allow_pickle", "False") == "False", ast.unparse(node)
            assert "extractall" not in called, "members of archives never go to the disk"
            assert called != "yaml.BaseLoader" or len(node.args) == 1


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-peers.lock"])
def test_every_dependency_is_locked_by_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(rows) > 50
    for row in rows:
        assert re.match(r"[\w.\[\],-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", row), row
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert ".ci/audit" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# regular expressions -------------------------------------------------------------------------------------------------

REPEATED = ("a", "A", "0", " ", "\n", "\t ", "-", ".", "(", "<", '"', "a ", "A. ", "0,", "a-", "a.", "</", "=a", "a=b ")
LENGTH = 600
SECONDS = 1.0  # a pattern that tries everything takes longer than the world will last


def patterns_in(value: object, seen: set[int]) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """Every compiled expression in a value of ours, however deep."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in list(value.values())[:500]:
            yield from patterns_in(one, seen)
    elif isinstance(value, list | tuple):
        for one in value[:500]:
            yield from patterns_in(one, seen)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name), seen)


def every_pattern(lexicon: Lexicon) -> list[re.Pattern[str] | re.Pattern[bytes]]:
    """Those that modules and word lists hold, and those that functions make while a page is read."""
    seen: set[int] = set()
    found = [*patterns_in(lexicon, seen), *patterns_in(_grammar(lexicon.times), seen)]
    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not module.name.endswith("__main__"):
            found += patterns_in(vars(importlib.import_module(module.name)), seen)
    page = ROOT / "examples" / "reports" / "valley-channel.html"
    met = subprocess.run([sys.executable, "-m", "tests.patterns_met", page], capture_output=True, check=True, cwd=ROOT)
    made = [re.compile(source, flags) for source, flags, _ in json.loads(met.stdout)]
    assert len(made) > 300
    held = {(pattern.pattern, pattern.flags) for pattern in found}
    return found + [pattern for pattern in made if (pattern.pattern, pattern.flags) not in held]


def test_no_regular_expression_runs_away(lexicon: Lexicon) -> None:
    """Every expression of the package against every kind of repetition: none takes a second for a page's line."""

    def alarm(*_: object) -> None:
        raise TimeoutError

    found = every_pattern(lexicon)
    assert len(found) > 200
    slow = []
    before = signal.signal(signal.SIGALRM, alarm)
    try:
        for pattern in found:
            for unit in REPEATED:
                text = (unit * LENGTH)[:LENGTH] + "!"
                signal.setitimer(signal.ITIMER_REAL, 60)
                started = time.process_time()
                try:
                    if isinstance(pattern.pattern, bytes):
                        pattern.search(text.encode())
                    else:
                        pattern.search(text)
                except TimeoutError:
                    slow.append((pattern.pattern, unit))
                if time.process_time() - started > SECONDS:
                    slow.append((pattern.pattern, unit))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert slow == []


@pytest.mark.parametrize("unit", ["\t ", " ", "| ", "- ", "a ", "0 ", "(", "by "])
def test_very_long_metadata_are_read_in_time(lexicon: Lexicon, unit: str) -> None:
    """Titles, outlets, authors and dates of sixty thousand characters, from a dump and from the page."""
    long = "one two three four" + (unit * 60_000)[:60_000] + "b"
    told = Told(title=(long, "x"), outlet=(long, "x"), author=(long, "x"), published=(long, "x"))
    page = f"<title>{long}</title><h1>{long}</h1><p class=byline>By {long}</p><p>The envoy said it would hold.</p>"
    started = time.process_time()
    make_document(RawPage("a", "text", "The envoy said it would hold.\n\n" + long, told), lexicon)
    make_document(RawPage("a", "html", page, told), lexicon)
    assert time.process_time() - started < 10


# records from others -------------------------------------------------------------------------------------------------

HOSTILE = {
    "a value of another kind": "UPDATE statements SET row = '[1, 2]'",
    "no JSON": "UPDATE events SET row = 'x'",
    "brackets without end": "UPDATE statements SET row = replace(hex(zeroblob(50000)), '00', '[')",
    "fields that are missing": "UPDATE statements SET row = json_remove(row, '$.content', '$.actor')",
    "numbers for words": "UPDATE events SET row = json_set(row, '$.evidence', 5, '$.actors', 7)",
    "bytes": "UPDATE statements SET row = x'ff00fe'",
}


@pytest.mark.parametrize("statement", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_rows_end_in_a_line_and_never_in_a_traceback(tmp_path: Path, statement: str) -> None:
    record = write_small(tmp_path / "hostile.onrecord")
    connection = sqlite3.connect(record)
    connection.execute(statement)
    connection.commit()
    connection.close()
    table = re.findall(r"UPDATE (\w+)", statement)[0]
    code, _, err = run(table, str(record))
    assert code == 1
    assert "Traceback" not in err
    assert "onrecord doctor" in err
    assert "\x1b" not in err


def test_ids_of_a_strangers_record_name_no_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    record = write_small(tmp_path / "a" / "hostile.onrecord")
    search = make_search("troops", "events", "", "x", "2024-05-01T10:00:00Z")
    with open_writer(record) as writer:
        for id in ("../../out", "/tmp/out-of-onrecord", "a/b", "", search.id):
            writer.save_search(dataclasses.replace(search, id=id))
    code, _, err = run("watch", str(record), "--feed", str(tmp_path / "a" / "feeds"))
    assert code in (0, 4), err
    assert [path.name for path in tmp_path.rglob("*.atom")] == [f"{search.id}.atom"]
    assert not Path("/tmp/out-of-onrecord.atom").exists()


# the page itself -----------------------------------------------------------------------------------------------------


def test_every_line_of_the_threat_model_names_tests_that_exist() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| Threat", "|--"))]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert named, f"no test: {row}"
        for path, test in named:
            assert (ROOT / path).exists(), path
            assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8"), (path, test)
