"""What shows that a report has something of its own: whose interview, whose eyes; not what others were told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import first_hand
from onrecord.lexicon.first_hand import load_first_hand
from onrecord.link.first_hand import find_marks
from onrecord.link.reports import read_report
from onrecord.model.text import Origin
from tests.link.builders import Draft, link, make_document
from tests.link.test_record import TAIL


@pytest.mark.parametrize(
    ("line", "outlet", "expected", "why"),
    [
        (
            "The governor told the Valley Courier that the bridge was gone.",
            "The Valley Courier",
            "interview",
            "its own",
        ),
        (
            "The governor told the Courier that the bridge was gone.",
            "The Valley Courier",
            "interview",
            "its short name",
        ),
        ("The governor told the Hill Gazette that the bridge was gone.", "The Valley Courier", "", "told to another"),
        ("The governor told reporters that the bridge was gone.", "The Valley Courier", "", "told to everybody"),
        ("In a rare interview with this newspaper he spoke of his years in prison.", None, "interview", "no name"),
        ("A draft of the accord, seen by AFP, names two ports.", "AFP", "document", "a document seen"),
        ("A draft of the accord, seen by AFP, names two ports.", "The Valley Courier", "", "seen by another"),
        ("“A draft was seen by AFP,” he said.", "AFP", "", "somebody says so, not the agency"),
        ("An AFP correspondent counted nine burnt lorries on the road.", "AFP", "presence", "on the spot"),
        (
            "Shelling was heard by a Valley Courier reporter near the river.",
            "Valley Courier",
            "presence",
            "on the spot",
        ),
        ("Witnesses saw nine burnt lorries.", "AFP", "", "others were on the spot"),
        ("The Times are hard, he told the timekeeper.", "Valley Times", "", "other words that begin alike"),
        ("AFP saw its staff cut.", "Reuters", "", "of another"),
    ],
)
def test_marks_are_of_the_outlet_itself(line: str, outlet: str | None, expected: str, why: str) -> None:
    document = make_document(f"News\n{line}\n{TAIL['A']}", outlet or "", "2005-12-19")
    if outlet is None:
        document = replace(document, outlet=replace(document.outlet, value=None))
    marks = find_marks(read_report(document, document.published))
    assert [kind for kind, _ in marks] == ([expected] if expected else []), why


def test_an_agency_that_is_credited_speaks_for_itself() -> None:
    document = make_document(
        "News\nThe envoy told the AP that talks go on.\n" + TAIL["A"], "Hill Gazette", "2005-12-19"
    )
    assert find_marks(read_report(document, document.published)) == ()
    credited = replace(document, origins=(Origin("Associated Press", "agency", None),))
    assert [kind for kind, _ in find_marks(read_report(credited, document.published))] == ["interview"]


def told(outlet: str, tail: str, line: str) -> Draft:
    draft = Draft(make_document(f"Raid\n{line}\n{TAIL[tail]} {TAIL[tail][::-1]}", outlet, "2005-12-20"))
    draft.event(line, "attacked", "ASSAULT", ["Sudan"], ["Chad"], draft.time("Monday", "2005-12-18"))
    return draft


def test_a_mark_is_a_reason_with_its_words_and_copies_add_none() -> None:
    line = "Sudan attacked Chad on Monday at the border post, a doctor told AFP"
    drafts = [told("AFP", "A", line), told("Hill Gazette", "A", line), told("Y", "B", "Sudan attacked Chad on Monday")]
    (group,) = [one for one in link(drafts).corroborations if one.documents == 3]
    (mark,) = [reason for reason in group.reasons if reason.name == "first hand"]
    assert (mark.weight, mark.words) == (1.0, "1 lineage has it from an interview of its own")
    text = {draft.document.id: draft.document for draft in drafts}
    assert [text[one.document].words(one.span) for one in mark.evidence] == ["told AFP"]


def test_the_table_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("gossip", "told {us}", "told Reuters"),
        ("document", "seen by {us}", "told Reuters"),
        ("document", "(", "x"),
    ]
    for kind, pattern, example in rows:
        row = {"kind": kind, "pattern": pattern, "example": example}
        monkeypatch.setattr(first_hand, "read_table", lambda *_, row=row: [(2, row)])
        load_first_hand.cache_clear()
        with pytest.raises(LexiconError, match="first_hand"):
            load_first_hand()
    load_first_hand.cache_clear()
