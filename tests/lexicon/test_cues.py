"""The cue tables: what they must hold, and what the loader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import cues as cues_module
from onrecord.lexicon.cues import load_cues
from onrecord.model.claims import CUE_KINDS


def test_cues_cover_the_language_of_reporting() -> None:
    cues = load_cues()
    assert len(cues.verbs) + len(cues.nouns) + len(cues.adjectives) + len(cues.prepositions) >= 350
    assert {entry.kind for entry in cues.verbs.values()} == set(CUE_KINDS)


@pytest.mark.parametrize(
    ("word", "kind", "frame"),
    [
        ("say", "say", "quote"),
        ("say", "say", "that"),
        ("vow", "promise", "to"),
        ("urge", "demand", "name"),
        ("deny", "deny", "ing"),
        ("condemn", "accuse", "object"),
        ("call", "say", "small"),
        ("warn", "warn", "that"),
        ("point out", "say", "that"),
    ],
)
def test_verb_has_kind_and_frame(word: str, kind: str, frame: str) -> None:
    entry = load_cues().verbs[word]
    assert entry.kind == kind
    assert frame in entry.frames


@pytest.mark.parametrize("word", ["attack", "seek", "plan", "back"])
def test_verbs_of_doing_say_nothing_to_check(word: str) -> None:
    assert load_cues().verbs[word].register == "act"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("say\tsay\tspeech\tquote\t-\tno\nsay\tsay\tspeech\tthat\t-\tno", "twice"),
        ("say\tutter\tspeech\tquote\t-\tno", "'utter' is none of"),
        ("say\tsay\tshouted\tquote\t-\tno", "'shouted' is none of"),
        ("say\tsay\tspeech\tverse\t-\tno", "'verse' is none of"),
        ("say\tsay\tspeech\t-\t-\tno", "neither a frame nor a preposition"),
        ("say\tsay\tspeech\tquote\t-\tmaybe", "'maybe' is none of"),
        ("\tsay\tspeech\tquote\t-\tno", "empty word"),
    ],
)
def test_wrong_row_is_named_with_its_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    header = "word\tkind\tregister\tframes\tprepositions\thearer\n"
    (tmp_path / "data" / "cues.tsv").write_text(header + row, encoding="utf-8")
    monkeypatch.setattr("onrecord.lexicon.table.files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as raised:
        cues_module._read_verbs()
    assert "cues.tsv:" in str(raised.value)
