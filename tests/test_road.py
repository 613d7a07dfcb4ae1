"""The whole road on the demonstration reports, and the laws of the record: the same input gives the same record."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

import onrecord
from onrecord.export.jsonl import write_jsonl
from onrecord.link import pile, reports
from onrecord.linking import link
from onrecord.pipeline import build
from onrecord.settings import load_settings
from onrecord.store import TABLES, Row, make_judgement, open_view, open_writer
from onrecord.store import writer as stored

REPORTS = Path(__file__).parents[1] / "examples" / "reports"


def export(record: Path, folder: Path) -> dict[str, bytes]:
    """Every table of a record as JSON lines."""
    found: dict[str, bytes] = {}
    with open_view(record) as view:
        for table in TABLES:
            path = folder / f"{record.stem}-{table}.jsonl"
            with path.open("wb") as out:
                write_jsonl(table, view.rows(table), out)
            found[table] = path.read_bytes()
    return found


def rows(record: Path, table: str) -> list[Row]:
    with open_view(record) as view:
        return list(view.rows(table))


def make(record: Path, inputs: Sequence[Path], jobs: int = 1, prune: bool = False) -> Path:
    build([str(path) for path in inputs], record, load_settings({}, jobs=jobs), prune=prune)
    return record


@pytest.fixture
def record(demo: Path) -> Path:
    return demo


def test_demonstration_gives_a_record_worth_reading(record: Path) -> None:
    counts = {table: len(rows(record, table)) for table in TABLES}
    assert counts["documents"] == 15
    assert counts["statements"] > 40
    assert counts["events"] > 40
    assert counts["timeline"] > 10
    assert counts["figures"] > 15
    assert {row["reason"] for row in rows(record, "skips")} == {"language not supported"}  # no stage failed
    speakers = {row["actor"]["name"] for row in rows(record, "statements") if row["actor"]}
    assert {"Dmitry Medvedev", "Mikheil Saakashvili", "George W. Bush", "Sergey Lavrov"} <= speakers


# what examples/README.md says is planted: kind, and the reports of both sides
PLANTED = {
    ("number", "archive.jsonl#3", "archive.jsonl#5"),
    ("date", "archive.jsonl#3", "archive.jsonl#5"),
    ("place", "archive.jsonl#5", "baltic-lantern.xml#2"),
    ("wording", "archive.jsonl#5", "baltic-lantern.xml#3"),
    ("denial", "archive.jsonl#2", "archive.jsonl#5"),
    ("dispute", "caspian-state-news.html", "northgate-courier.html"),
    ("dispute", "caspian-state-news.html", "caspian-state-news.html"),
    ("dispute", "northgate-courier.html", "northgate-courier.html"),
    ("dispute", "baltic-lantern.xml#2", "baltic-lantern.xml#2"),
    ("dispute", "baltic-lantern.xml#3", "baltic-lantern.xml#3"),
    ("dispute", "archive.jsonl#2", "archive.jsonl#2"),
}


def test_every_planted_contradiction_and_denial_is_found_and_nothing_else(record: Path) -> None:
    paths = {row["id"]: row["path"] for row in rows(record, "documents")}
    found = [
        (row["kind"], *sorted(paths[span["document"]] for span in row["spans"]))
        for row in rows(record, "contradictions")
    ]
    assert sorted(found) == sorted(PLANTED)


def test_every_planted_copy_is_found_and_nothing_else(record: Path) -> None:
    paths = {row["id"]: row["path"] for row in rows(record, "documents")}
    copies = [copy for row in rows(record, "lineages") for copy in row["copies"]]
    assert sorted((paths[c["document"]], paths[c["of"]], c["kind"]) for c in copies) == [
        ("daily-digest.txt", "northgate-courier.html", "paraphrased"),
        ("valley-channel.html", "northgate-courier.html", "edited"),
    ]


def test_lineages_do_not_change_when_every_report_comes_ten_times(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    for number in range(10):
        shutil.copytree(REPORTS, folder / f"mirror-{number}")
    many = make(tmp_path / "many.onrecord", [folder])
    assert len(rows(many, "documents")) == 10 * len(rows(record, "documents"))

    def counts(path: Path) -> Counter[int]:
        return Counter(row["lineages"] for row in rows(path, "corroborations"))

    assert len(rows(many, "lineages")) == len(rows(record, "lineages"))
    assert counts(many) == counts(record)
    assert len(rows(many, "contradictions")) == len(rows(record, "contradictions"))


def test_spellings_of_one_name_are_one_actor(record: Path) -> None:
    (president,) = [row for row in rows(record, "actors") if row["name"] == "Mikheil Saakashvili"]
    assert {"Mikheil Saakashvili", "Mikhail Saakashvili"} <= set(president["aliases"])
    assert president["country"] == "GEO"


def test_reposts_are_one_lineage_and_counted_once(record: Path) -> None:
    paths = {row["id"]: row["path"] for row in rows(record, "documents")}
    lineages = [{paths[id] for id in row["documents"]} for row in rows(record, "lineages")]
    assert any({"northgate-courier.html", "valley-channel.html"} <= lineage for lineage in lineages)
    assert sorted(path for lineage in lineages for path in lineage) == sorted(paths.values())
    for row in rows(record, "corroborations"):
        assert row["lineages"] <= row["documents"]


def test_language_that_is_not_read_is_stored_and_searchable(record: Path) -> None:
    (skip,) = [row for row in rows(record, "skips") if row["reason"] == "language not supported"]
    assert skip["path"] == "kurier-am-abend.txt"
    with open_view(record) as view:
        assert [hit.path for hit in view.search("Friedensplan")] == ["kurier-am-abend.txt"]


def test_undated_report_is_not_given_a_day(record: Path) -> None:
    published = {row["path"]: row["published"] for row in rows(record, "documents")}
    assert published["hospital-count.txt"]["value"] == "2008-08-14"
    undated = published["field-notes.txt"]
    assert undated["value"] is None or "/" in undated["value"]


def test_every_span_stands_in_its_document_and_its_file(record: Path) -> None:
    with open_view(record) as view:
        view.check()
        for row in view.rows("statements"):
            path = REPORTS / row["path"].split("#")[0]
            if path.suffix == ".txt":
                raw = path.read_text(encoding="utf-8")
                for span in row["content"]:
                    assert raw[span["raw_start"] : span["raw_end"]] == span["text"]


def test_building_again_reads_nothing_and_changes_nothing(record: Path, tmp_path: Path) -> None:
    before = export(record, tmp_path)
    built = build([str(REPORTS)], record, load_settings({}))
    assert (built.read, built.known, built.linked) == (0, 15, False)
    assert export(record, tmp_path) == before


def test_order_of_files_and_number_of_processes_change_nothing(record: Path, tmp_path: Path) -> None:
    wanted = export(record, tmp_path)
    files = sorted(REPORTS.iterdir(), reverse=True)
    one = make(tmp_path / "reversed.onrecord", files[:4])
    make(one, files[4:])
    assert export(one, tmp_path) == wanted
    two = make(tmp_path / "two.onrecord", [REPORTS], jobs=2)
    assert export(two, tmp_path) == wanted


def test_reports_added_and_removed_in_steps_give_the_same_record(record: Path, tmp_path: Path) -> None:
    with open_writer(record) as writer:
        contents = list(writer.contents())
    stepwise = tmp_path / "demo.onrecord"
    with open_writer(stepwise) as writer:
        for chosen in (contents[9:12], contents[:4], contents[14:], contents[2:9], contents[12:14]):
            for document, reading in chosen:
                writer.add(document, reading, document.id, "key")
            link(writer)
        writer.keep_only(document.id for document, _ in contents[1:])
        link(writer)
        written = writer.changes()
        document, reading = contents[0]
        writer.add(document, reading, document.id, "key")
        link(writer)
        again = writer.changes() - written
    assert export(stepwise, tmp_path) == export(record, tmp_path)
    assert inside(stepwise) == inside(record)
    fresh = tmp_path / "fresh.onrecord"
    with open_writer(fresh) as writer:
        for document, reading in contents:
            writer.add(document, reading, document.id, "key")
        link(writer)
        assert again < writer.changes() / 2  # one report of fifteen: most rows were not touched


def test_a_pile_of_which_little_is_in_memory_gives_the_same_record(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = tmp_path / "demo.onrecord"
    with open_writer(record) as writer:
        contents = list(writer.contents())
    for module, name in (
        (pile, "AT_HAND"), (reports, "WORDS_AT_HAND"), (stored, "TEXTS"), (stored, "READINGS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 2)
    with open_writer(narrow) as writer:
        for document, reading in contents:
            writer.add(document, reading, document.id, "key")
        assert link(writer)
        assert not link(writer)
    assert export(narrow, tmp_path) == export(record, tmp_path)
    assert inside(narrow) == inside(record)


def test_what_linking_keeps_changes_no_record(record: Path, tmp_path: Path) -> None:
    with open_writer(record) as writer:
        contents = list(writer.contents())
    moment = "2024-01-0{}T00:00:00Z".format
    event = next(reading.events[0].id for _, reading in contents[:9] if reading.events)
    typed = make_judgement("edit", [event], "an editor", moment(1), "the paper says so", [("type", "THREATEN")])
    outlet = make_judgement("edit", [contents[2][0].id], "an editor", moment(2), "imprint", [("outlet", "The Globe")])
    undone = make_judgement("undo", [outlet.id], "an editor", moment(3), "wrong imprint")
    with open_view(record) as view:
        group = next(row["of"] for row in view.rows("corroborations") if row["documents"] > 1)
        gone = next(row["id"] for row in view.rows("contradictions"))
    accepted = make_judgement("accept", [group], "an editor", moment(4), "seen on film")
    rejected = make_judgement("reject", [gone], "an editor", moment(5), "two counts")

    stepwise = tmp_path / "demo.onrecord"
    with open_writer(stepwise) as writer:
        for document, reading in contents[:9]:
            writer.add(document, reading, document.id, "key")
        writer.judge(typed, outlet)  # kept is nothing that rests on what people put right
        link(writer)
        for document, reading in contents[9:]:
            writer.add(document, reading, document.id, "key")
        link(writer)
        writer.judge(undone, accepted, rejected)
        link(writer)
    fresh = tmp_path / "fresh.onrecord"
    with open_writer(fresh) as writer:
        for document, reading in contents:
            writer.add(document, reading, document.id, "key")
        writer.judge(typed, outlet, undone, accepted, rejected)
        link(writer)
    wanted = [export(fresh, tmp_path), inside(fresh)]
    assert [export(stepwise, tmp_path), inside(stepwise)] == wanted

    for damage in ("DELETE FROM kept WHERE rowid % 2", "UPDATE kept SET value = x'93010203' WHERE rowid % 2"):
        with sqlite3.connect(stepwise) as connection:
            connection.execute(damage)
            connection.execute("DELETE FROM meta WHERE key = 'linked'")
        connection.close()
        with open_writer(stepwise) as writer:
            assert link(writer)
        assert [export(stepwise, tmp_path), inside(stepwise)] == wanted


def test_what_was_kept_before_everything_was_put_right_is_not_taken_for_what_is_written(
    record: Path, tmp_path: Path
) -> None:
    """Of a pile in whose every report somebody put something right nothing is kept, nor of the pile as a whole."""
    with open_writer(record) as writer:
        contents = list(writer.contents())[:2]
    edits = [
        make_judgement("edit", [document.id], "an editor", f"2024-01-0{at}T00:00:00Z", "imprint", [("outlet", "Globe")])
        for at, (document, _) in enumerate(contents, start=1)
    ]
    undone = [
        make_judgement("undo", [one.id], "an editor", f"2024-01-0{at}T00:00:00Z", "wrong")
        for at, one in enumerate(edits, start=4)
    ]
    path = tmp_path / "demo.onrecord"
    with open_writer(path) as writer:
        for document, reading in contents:
            writer.add(document, reading, document.id, "key")
        link(writer)
        before = export(path, tmp_path), inside(path)
        writer.judge(*edits)
        link(writer)
        assert export(path, tmp_path) != before[0]
        writer.judge(*undone)
        link(writer)
    assert (export(path, tmp_path), inside(path)) == before


def test_rows_made_by_other_code_are_made_anew(record: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(record, tmp_path / "demo.onrecord"))
    connection = sqlite3.connect(older)
    connection.execute("UPDATE statements SET row = json_set(row, '$.cue_kind', 'as it was called then')")
    connection.execute("UPDATE meta SET value = 'older code' WHERE key IN ('linked', 'linked by')")
    connection.commit()
    connection.close()
    with open_writer(older) as writer:
        assert link(writer)
    assert export(older, tmp_path) == export(record, tmp_path)


def inside(record: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the tables hold beside the rows, without positions."""
    queries = {
        "participants": "SELECT * FROM participants",
        "mentions": "SELECT * FROM mentions",
        "groups": "SELECT * FROM groups",
        "opposed": "SELECT * FROM opposed",
        "timeline": "SELECT date, of, lineages, precision, score, type, quad FROM timeline ORDER BY position",
        "lanes": "SELECT of, role, actor FROM timeline JOIN timeline_parties USING (position) ORDER BY 1, 2, 3",
        "statements": "SELECT id, actor, said, outlet, statement_group FROM statements ORDER BY position",
        "events": "SELECT id, type, date, event_group, outlet, told_by FROM events ORDER BY position",
        "figures": "SELECT id, unit, figure_group, date FROM figures ORDER BY position",
        "said": "SELECT f.id, words, speaker FROM statements_search f JOIN statements s ON s.position = f.rowid "
        "WHERE s.id = f.id ORDER BY 1",
        "told": "SELECT f.id, words FROM events_search f JOIN events e ON e.position = f.rowid "
        "WHERE e.id = f.id ORDER BY 1",
    }
    connection = sqlite3.connect(record)
    found = {name: connection.execute(query).fetchall() for name, query in queries.items()}
    connection.close()
    assert len(found["said"]) == len(found["statements"])
    assert len(found["told"]) == len(found["events"])
    return found


def test_removing_a_report_removes_exactly_its_evidence(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(REPORTS, folder)
    whole = make(tmp_path / "pruned.onrecord", [folder])
    (folder / "caspian-state-news.html").unlink()
    (folder / "archive.jsonl").unlink()
    make(whole, [folder], prune=True)
    fresh = make(tmp_path / "fresh.onrecord", [folder])
    assert export(whole, tmp_path) == export(fresh, tmp_path)


def test_killed_build_goes_on_to_the_same_record(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "killed.onrecord"
    command = [sys.executable, "-m", "onrecord", "build", str(REPORTS), "-o", str(target)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(2400):
        if process.poll() is not None or _stored(target) >= 4:
            break
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = _stored(target)
    assert 4 <= kept <= 15
    built = build([str(REPORTS)], target, load_settings({}))
    assert built.known == kept
    assert export(target, tmp_path) == export(record, tmp_path)


def _stored(path: Path) -> int:
    """Reports in a record that another process is writing; 0 while there is none."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        connection.close()
    except sqlite3.Error:
        return 0
    return int(count)


def test_judgements_outlive_a_rebuild_and_can_be_undone(tmp_path: Path) -> None:
    target = make(tmp_path / "judged.onrecord", [REPORTS])
    before = export(target, tmp_path)
    entry = max(rows(target, "timeline"), key=lambda row: row["lineages"])
    reject = make_judgement("reject", [entry["event_group"]], "ana", "2024-05-01T10:00:00Z", "not what happened")
    with open_writer(target) as writer:
        writer.judge(reject)
        link(writer)
    assert entry["event_group"] not in {row["event_group"] for row in rows(target, "timeline")}
    make(target, [REPORTS])
    assert entry["event_group"] not in {row["event_group"] for row in rows(target, "timeline")}
    with open_writer(target) as writer:
        writer.judge(make_judgement("undo", [reject.id], "bo", "2024-05-02T10:00:00Z", "it was"))
        link(writer)
    assert export(target, tmp_path) == before


def test_merged_actors_speak_as_one(tmp_path: Path) -> None:
    target = make(tmp_path / "merged.onrecord", [REPORTS])
    spoken = Counter(row["actor"]["id"] for row in rows(target, "statements") if row["actor"])
    (first, n), (second, m) = spoken.most_common(2)
    with open_writer(target) as writer:
        writer.judge(make_judgement("merge", [first, second], "ana", "2024-05-01T10:00:00Z", "a test"))
        link(writer)
    after = Counter(row["actor"]["id"] for row in rows(target, "statements") if row["actor"])
    assert after[first] == n + m
    assert second not in after


def test_bad_inputs_are_skipped_with_reasons_and_nothing_else_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(REPORTS, folder)
    (folder / "empty.html").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 100)
    (folder / "broken.jsonl").write_text('{"title": "x", "text": "Norland said it would stay."}\n{"title": \n')
    (folder / "endless.txt").write_text("Peace\n\n" + "The minister said " + "peace and " * 100_000 + "war.")
    target = tmp_path / "bad.onrecord"
    command = [sys.executable, "-m", "onrecord", "build", str(folder), "-o", str(target), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    summary = json.loads(done.stdout)
    assert summary["documents"] == 15 + 2
    reasons = {row["path"]: row["reason"] for row in summary["skips"]}
    assert set(reasons) == {"empty.html", "picture.txt", "broken.jsonl#2", "endless.txt", "kurier-am-abend.txt"}
    assert reasons["empty.html"] == "empty file"
    assert "Traceback" not in done.stderr


def test_changed_limit_reads_again(tmp_path: Path) -> None:
    target, report = tmp_path / "limit.onrecord", str(REPORTS / "hospital-count.txt")
    build([report], target, load_settings({}, max_text_chars=100))
    assert [row["reason"] for row in rows(target, "skips")] == ["text too long"]
    assert build([report], target, load_settings({})).read == 1
    assert rows(target, "skips") == []
    assert len(rows(target, "statements")) > 3


def test_library_reads_what_it_built(tmp_path: Path) -> None:
    assert onrecord.build([str(REPORTS / "hospital-count.txt")], tmp_path / "one.onrecord") == 1
    with onrecord.open(tmp_path / "one.onrecord") as opened:
        assert [one.path for one in opened.documents] == ["hospital-count.txt"]
