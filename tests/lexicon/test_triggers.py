"""The trigger tables: what the loader refuses, and what the rows as a whole must keep to."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import table
from onrecord.lexicon.plover import EVERY_CONTEXT
from onrecord.lexicon.triggers import OUTERS, load_triggers
from onrecord.model.claims import EVENT_TYPES

DATA = Path(str(files("onrecord.lexicon"))) / "data"
TABLES = ("plover.tsv", "cameo.tsv", "trigger_words.tsv", "decisions.tsv", "contexts.tsv", "triggers.tsv")
COOPERATIVE_QUADS = (1, 2)


def _load_with(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, line: str) -> None:
    """Load copies of the tables with one line added to one of them."""
    (folder / "data").mkdir()
    for kept in TABLES:
        text = (DATA / kept).read_text(encoding="utf-8").rstrip("\n")
        (folder / "data" / kept).write_text(f"{text}\n{line}\n" if kept == name else f"{text}\n", encoding="utf-8")
    monkeypatch.setattr(table, "files", lambda _: folder)
    load_triggers()


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        pytest.param("triggers.tsv", "zap\tverb\tWAGE\t-\t-\tplain\t-\t-", "no event type", id="unknown type"),
        pytest.param("triggers.tsv", "zap\tverb\tASSAULT\tlaser\t-\tplain\t-\t-", "no mode", id="unknown mode"),
        pytest.param("triggers.tsv", "zap\tverb\tASSAULT\t-\tweather\tplain\t-\t-", "context", id="unknown context"),
        pytest.param("triggers.tsv", "zap\tverb\tASSAULT\t-\t-\tupside\t-\t-", "frame", id="unknown frame"),
        pytest.param("triggers.tsv", "zap\tglyph\tASSAULT\t-\t-\tplain\t-\t-", "kind", id="unknown kind"),
        pytest.param("triggers.tsv", "zap\tverb\tASSAULT\t-\t-\tplain\t-\tgizmos", "word class", id="unknown class"),
        pytest.param("triggers.tsv", "invade\tverb\tASSAULT\t-\t-\tplain\t-\t-", "twice", id="doubled trigger"),
        pytest.param("plover.tsv", "AID\t2\t10\t-\tto", "twice", id="doubled type"),
        pytest.param("trigger_words.tsv", "gizmos\tlamp|lamp", "twice", id="doubled word"),
        pytest.param("contexts.tsv", "weather\train", "context", id="unknown context of a word"),
        pytest.param("decisions.tsv", "dream\tAID\tAGREE\t-", "none of", id="unknown outer word"),
        pytest.param("decisions.tsv", "agree\t*\tAGREE\t-", "twice", id="doubled decision"),
        pytest.param("decisions.tsv", "breach\tAID/flood\tREJECT\t-", "no mode", id="unknown mode under a word"),
    ],
)
def test_loader_refuses_a_wrong_row_with_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, line: str, words: str
) -> None:
    lines = (DATA / name).read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    with pytest.raises(LexiconError, match=words) as raised:
        _load_with(monkeypatch, tmp_path, name, line)
    assert f"{name}:{lines + 1}" in str(raised.value)


def test_triggers_are_many_and_reach_every_type() -> None:
    triggers = load_triggers()
    rows = [row for rows in triggers.by_head.values() for row in rows]
    assert len(rows) >= 900
    assert {row.type for row in rows} == set(EVENT_TYPES)


def test_every_mode_has_a_score_on_its_types_side() -> None:
    for kind in load_triggers().kinds.values():
        for score in (kind.score, *kind.modes.values()):
            assert score >= 0 if kind.quad in COOPERATIVE_QUADS else score <= 0.5  # a request for help scores 0.5


def test_contexts_are_the_codebooks() -> None:
    triggers = load_triggers()
    used = {context for contexts in triggers.context_words.values() for context in contexts}
    assert len(EVERY_CONTEXT) == 37
    assert used <= EVERY_CONTEXT


@pytest.mark.parametrize(
    ("outer", "type_", "mode", "want"),
    [
        pytest.param("agree", "RETREAT", "withdraw", ("AGREE", None), id="agreeing to withdraw is agreeing"),
        pytest.param("future", "CONSULT", None, ("AGREE", None), id="a future meeting is an agreement"),
        pytest.param("refuse", "AID", None, ("REJECT", "assist"), id="refusing aid"),
        pytest.param("threaten", "ASSAULT", "aerial", ("THREATEN", "violence"), id="threatening air strikes"),
        pytest.param("threaten", "COERCE", "arrest", ("THREATEN", "arrest"), id="the content gives the mode"),
        pytest.param("demand", "RETREAT", "release", ("REQUEST", "yield"), id="demanding a release"),
        pytest.param("end", "SANCTION", None, ("RETREAT", None), id="lifting sanctions"),
        pytest.param("end", "AID", None, ("SANCTION", "discontinue"), id="cutting aid"),
        pytest.param("breach", "RETREAT", "ceasefire", ("ASSAULT", None), id="breaking a truce"),
        pytest.param("future", "ACCUSE", None, None, id="a future accusation stays what it is"),
    ],
)
def test_decisions_turn_one_type_into_another(outer: str, type_: str, mode: str | None, want: object) -> None:
    triggers = load_triggers()
    known = next(one for one in OUTERS if one == outer)
    inner = next(one for one in EVENT_TYPES if one == type_)
    assert triggers.decide(known, inner, mode) == want
