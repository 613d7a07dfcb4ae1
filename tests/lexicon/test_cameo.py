"""The table of CAMEO codes: complete, checked at load, and the codes that events of each kind must get."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import table
from onrecord.lexicon.cameo import cameo_of, read_cameo
from onrecord.lexicon.plover import read_kinds
from onrecord.lexicon.triggers import load_triggers
from onrecord.model.claims import EVENT_TYPES, EventType

HEAD = "type\tmode\tcontext\tcameo\tgoldstein"
ROOTS: dict[EventType, tuple[str, ...]] = {
    "AGREE": ("03",), "CONSULT": ("04",), "SUPPORT": ("05",), "CONCEDE": ("08",), "COOPERATE": ("06",), "AID": ("07",),
    "RETREAT": ("08",), "REQUEST": ("10",), "ACCUSE": ("09", "11"), "REJECT": ("12",), "THREATEN": ("13",),
    "PROTEST": ("14",), "SANCTION": ("16", "17"), "MOBILIZE": ("15",), "COERCE": ("17", "19"),
    "ASSAULT": ("17", "18", "19", "20"),
}  # fmt: skip


@pytest.mark.parametrize("type_", EVENT_TYPES)
def test_every_type_and_mode_has_a_code_of_its_root_and_a_value_on_its_side(type_: EventType) -> None:
    triggers = load_triggers()
    kind = triggers.kinds[type_]
    for mode in (None, *kind.modes):
        for row in triggers.cameo[type_, mode]:
            assert row.code[:2] in ROOTS[type_], mode
            assert (row.goldstein > 0) == (kind.quad in (1, 2)), mode
        assert cameo_of(triggers.cameo, type_, mode, ()).context is None


@pytest.mark.parametrize(
    ("type_", "mode", "contexts", "code", "value"),
    [
        pytest.param(
            "AID", None, ("economic", "military"), "072", 8.3, id="the table's order decides, not the event's"
        ),
        pytest.param("AID", None, ("gender",), "070", 7, id="a context without a row of its own"),
        pytest.param("SANCTION", "discontinue", ("economic",), "163", -8, id="economic sanctions"),
        pytest.param("ASSAULT", "firearms", ("military",), "193", -10, id="a shooting in war"),
        pytest.param("ASSAULT", "firearms", (), "180", -9, id="a shooting elsewhere"),
        pytest.param("RETREAT", "ceasefire", (), "0871", 9, id="a four-figure code"),
    ],
)
def test_an_event_gets_the_code_of_its_mode_and_context(
    type_: EventType, mode: str | None, contexts: tuple[str, ...], code: str, value: float
) -> None:
    found = cameo_of(load_triggers().cameo, type_, mode, contexts)
    assert (found.code, found.goldstein) == (code, value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param(["AGREE\t-\t-\t030\t4"], "no code for", id="types without a code"),
        pytest.param(["AGREE\t-\t-\t030\t4", "AGREE\t-\tlegal\t0313\t5.2"], "too late", id="after the row for all"),
        pytest.param(["AGREE\t-\tweather\t030\t4"], "unknown context", id="a context that PLOVER does not have"),
        pytest.param(["AGREE\tvisit\t-\t030\t4"], "no mode", id="a mode of another type"),
        pytest.param(["AGREE\t-\tlegal\t99\t4"], "no CAMEO code", id="a root that CAMEO does not have"),
        pytest.param(["AGREE\t-\tlegal\t030\t4", "AGREE\t-\t-\t030\t5"], "another value", id="two values of one code"),
        pytest.param(["AGREE\t-\t-\t030\t40"], "no Goldstein value", id="a value out of range"),
    ],
)
def test_loader_refuses_a_table_with_a_wrong_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: list[str], words: str
) -> None:
    kinds = read_kinds()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cameo.tsv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    monkeypatch.setattr(table, "files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=words):
        read_cameo(kinds)
