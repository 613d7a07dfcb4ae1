"""What follows from the record's rows, on a record of hand-made reports and on the demonstration's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.analysis import find_changes, find_framing, find_network, find_omissions, find_tension
from onrecord.analysis.happenings import happenings, type_hostility
from onrecord.model.claims import EVENT_TYPES
from onrecord.model.text import Document
from onrecord.store import View, make_judgement, open_view, open_writer
from tests.link.builders import Draft, link, make_document
from tests.link.test_record import TAIL


def report(outlet: str, tail: str, day: str = "2005-12-19", raid: str | None = "2005-12-18") -> Draft:
    """A report that names Sudan and Chad and, with `raid`, tells of a raid on that day."""
    line = "Sudan attacked Chad at the border post of Adré on Monday." if raid else "Sudan spoke to Chad by telephone."
    draft = Draft(make_document(f"News\n{line}\n{TAIL[tail]} {TAIL[tail][::-1]}", outlet, day))
    if raid:
        draft.event(line, "attacked", "ASSAULT", ["Sudan"], ["Chad"], draft.time("Monday", raid))
    else:
        draft.event(line, "spoke", "CONSULT", ["Sudan"], ["Chad"])
    return draft


def write(path: Path, drafts: Sequence[Draft]) -> Path:
    with open_writer(path) as writer:
        documents: list[Document] = [draft.document for draft in drafts]
        readings = [draft.reading() for draft in drafts]
        for document, reading in zip(documents, readings, strict=True):
            writer.add(document, reading, document.id, "test")
        writer.write_record(documents, readings, link(drafts), "test")
    return path


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    drafts = [report("X", "A"), report("Y", "B"), report("Z", "C", raid=None), report("Late", "C", "2006-02-01", None)]
    with open_view(write(tmp_path / "a.onrecord", drafts)) as found:
        yield found


def test_omission_is_of_a_report_that_wrote_of_the_same_parties_in_that_week(view: View) -> None:
    (row,) = find_omissions(view)
    assert row["date"] == "2005-12-18"
    assert len(row["told_by"]) == 2
    assert [silent["outlets"] for silent in row["left_out_by"]] == [["Z"]]  # not the one that came out in February


def test_tension_is_the_sum_of_its_parts_and_unknown_where_nobody_reported(tmp_path: Path) -> None:
    drafts = [report("X", "A"), report("Y", "B"), report("Z", "C", "2005-12-30", "2005-12-29")]
    with open_view(write(tmp_path / "a.onrecord", drafts)) as view:
        rows = {row["period"]: row for row in find_tension(view)}
    first, quiet, last = rows["2005-12-18"], rows["2005-12-24"], rows["2005-12-29"]
    assert first["index"] == pytest.approx(type_hostility()["ASSAULT"] * 2 / 3, abs=0.01)
    assert sum(act["part"] for act in first["acts"]) == pytest.approx(first["index"], abs=0.01)
    assert first["low"] <= first["index"] <= first["high"]
    assert (quiet["index"], quiet["reports"]) == (None, 0)
    assert last["index"] < first["index"]  # one source behind it, not two


def test_tension_by_week_and_network_hold_the_same_acts(view: View) -> None:
    (week,) = find_tension(view, "week")
    assert week["period"] == "2005-12-12"
    ties = list(find_network(view))
    assert [(tie["source"], tie["target"]) for tie in ties] == [("SDN", "TCD")]
    assert ties[0]["hostile"] > 0 > ties[0]["balance"]
    assert ties[0]["first"] == ties[0]["last"] == "2005-12-18"
    (monthly,) = find_network(view, "actor", monthly=True)
    assert (monthly["source_name"], monthly["target_name"], monthly["period"]) == ("Sudan", "Chad", "2005-12")


def test_every_event_type_has_a_place_on_the_scale() -> None:
    assert set(type_hostility()) == set(EVENT_TYPES)
    assert min(type_hostility().values()) < 0 < max(type_hostility().values())


def test_the_events_own_values_count_once_a_lineage(tmp_path: Path) -> None:
    drafts = [report("X", "A"), report("Y", "B"), report("Z", "C")]
    for draft, values in zip(drafts, ((-10.0, 0.9), (-4.0, 0.9), (None, 0.9)), strict=True):  # the third says nothing
        draft.events = [replace(event, goldstein=values[0], score=values[1]) for event in draft.events]
    with open_view(write(tmp_path / "a.onrecord", drafts)) as view:
        found = [one for one in happenings(view) if one.type == "ASSAULT"]
        assert {(one.scale_from, round(one.hostility, 2)) for one in found} == {("events", 7.0)}
        (row,) = find_tension(view)
        assert [(act["scale"], act["scale_from"]) for act in row["acts"]] == [(7.0, "events")]
        assert row["index"] == pytest.approx(7.0 * 3 / 4, abs=0.01)


def test_framing_counts_voices_apart_and_only_where_words_differ(tmp_path: Path) -> None:
    texts = {
        "X": "News\nThe annexation was complete. Chad spoke of “the annexation” again.",
        "Y": "News\nAfter the reunification the shops opened. The rebels left.",
    }
    drafts = [Draft(make_document(text, outlet, "2005-12-19")) for outlet, text in texts.items()]
    with open_view(write(tmp_path / "a.onrecord", drafts)) as view:
        rows = list(find_framing(view))
        assert [(row["outlet"], row["word"], row["own"], row["quoted"]) for row in rows] == [
            ("X", "annexation", 1, 1),
            ("Y", "reunification", 1, 0),
        ]
        for row in rows:
            for use in row["evidence"]:
                assert view.text(use["document"])[use["start"] : use["end"]] == use["text"]


def test_changes_say_what_and_why(tmp_path: Path) -> None:
    drafts = [report("X", "A"), report("Y", "B")]
    old, new = write(tmp_path / "old.onrecord", drafts[:1]), write(tmp_path / "new.onrecord", drafts)
    judged = write(tmp_path / "judged.onrecord", drafts)
    with open_writer(judged) as writer:
        writer.judge(make_judgement("accept", [drafts[0].events[0].id], "me", "2024-01-01T00:00:00Z", "seen"))
    with open_view(old) as before, open_view(new) as after, open_view(judged) as decided:
        assert list(find_changes(after, after)) == []
        changes = {(row["table"], row["change"]): row["why"] for row in find_changes(before, after)}
        assert changes["documents", "added"] == "the report is in this build only"
        assert changes["events", "added"] == "its report is new"
        assert ("corroborations", "changed") in changes
        removed = {row["table"] for row in find_changes(after, before) if row["change"] == "removed"}
        assert {"documents", "events"} <= removed
        (row,) = find_changes(after, decided)
        assert (row["table"], row["change"]) == ("judgements", "added")
