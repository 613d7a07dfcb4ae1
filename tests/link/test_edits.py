"""What people put right goes into what is linked: the value changes, ids and words stay, what does not fit is left."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.link import apply_edits
from onrecord.link.edits import edit_actors
from onrecord.store import make_judgement
from tests.small import make_pile

DOCUMENTS, READINGS, RECORD = make_pile()
READING = READINGS[0]
EVENT, STATEMENT, TROOPS = READING.events[0], READING.statements[0], READING.quantities[0]
NORLAND, SUDLAND = READING.mentions


def edited(subject: str, *edits: tuple[str, str]) -> tuple[Any, Any]:
    """The first document and its reading after some edits of one thing, made one after the other."""
    judgements = [
        make_judgement("edit", [subject], "ana", f"2024-01-0{n}T00:00:00Z", "read again", [pair])
        for n, pair in enumerate(edits, start=1)
    ]
    documents, readings = apply_edits(DOCUMENTS, READINGS, judgements)
    assert readings[1:] == READINGS[1:]
    return documents[0], readings[0]


@pytest.mark.parametrize(
    ("edits", "field", "value"),
    [
        ([("type", "THREATEN")], "type", "THREATEN"),
        ([("type", "THREATEN")], "mode", None),  # a mode belongs to its type
        ([("status", "planned")], "status", "planned"),
        ([("status", "planned"), ("status", "alleged")], "status", "alleged"),  # the later holds
        ([("type", "NONSENSE")], "type", "MOBILIZE"),
        ([("id", "ev_x")], "id", EVENT.id),
    ],
)
def test_event_is_put_right(edits: list[tuple[str, str]], field: str, value: object) -> None:
    _, reading = edited(EVENT.id, *edits)
    assert getattr(reading.events[0], field) == value
    assert (reading.events[0].id, reading.events[0].evidence) == (EVENT.id, EVENT.evidence)


@pytest.mark.parametrize(
    ("subject", "part", "edit", "field", "value"),
    [
        (STATEMENT.id, "statements", ("speaker", SUDLAND.id), "speaker", SUDLAND.id),
        (STATEMENT.id, "statements", ("speaker", "me_stranger"), "speaker", NORLAND.id),  # no mention of this report
        (STATEMENT.id, "statements", ("cue_kind", "deny"), "cue_kind", "deny"),
        (STATEMENT.id, "statements", ("certainty", "possible"), "certainty", "possible"),
        (TROOPS.id, "quantities", ("value", "3,000"), "value", 3000.0),
        (TROOPS.id, "quantities", ("value", "many"), "value", 300.0),
        (TROOPS.id, "quantities", ("value", "nan"), "value", 300.0),
        (TROOPS.id, "quantities", ("bound", "at_least"), "bound", "at_least"),
        (TROOPS.id, "quantities", ("bound", "range"), "bound", "exactly"),  # a range needs two ends
        (TROOPS.id, "quantities", ("unit", "tanks"), "unit", "tanks"),
    ],
)
def test_claim_is_put_right(subject: str, part: str, edit: tuple[str, str], field: str, value: object) -> None:
    _, reading = edited(subject, edit)
    assert getattr(getattr(reading, part)[0], field) == value


def test_report_gets_the_outlet_and_date_that_a_person_gives_with_its_basis() -> None:
    document, reading = edited(DOCUMENTS[0].id, ("outlet", "Port Gazette"), ("published", "2021-02"))
    assert (document.outlet.value, document.outlet.basis) == ("Port Gazette", "given by ana: read again")
    assert (reading.published.value, reading.published.precision) == ("2021-02", "month")
    _, unchanged = edited(DOCUMENTS[0].id, ("published", "last week"))
    assert unchanged.published == READING.published


def test_undone_edit_leaves_what_was_read() -> None:
    edit = make_judgement("edit", [EVENT.id], "ana", "2024-01-01T00:00:00Z", "x", [("status", "planned")])
    undo = make_judgement("undo", [edit.id], "ana", "2024-01-02T00:00:00Z", "no")
    assert apply_edits(DOCUMENTS, READINGS, [edit, undo]) == (DOCUMENTS, READINGS)


def test_actor_gets_a_name_and_keeps_the_old_one() -> None:
    edit = make_judgement(
        "edit",
        ["ac_norland"],
        "ana",
        "2024-01-01T00:00:00Z",
        "its own name",
        [("name", "Norrland"), ("country", "SWE")],
    )
    edited = edit_actors(RECORD.actors, [edit])
    assert list(edited) == ["ac_norland"]
    norland = edited["ac_norland"]
    assert (norland.name, norland.country) == ("Norrland", "SWE")
    assert "Norland" in norland.aliases
    assert norland.basis[-1] == "country given by ana: its own name"
