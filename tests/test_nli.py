"""A language-inference model of one's own: a tiny one is made here, runs, is asked, and decides nothing by itself."""

from __future__ import annotations

import importlib
import json
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import MissingError, SettingsError
from onrecord.link import Asking
from onrecord.model.record import Inference
from onrecord.nli import load_model
from onrecord.pipeline import build
from onrecord.settings import Settings
from onrecord.store import open_view
from tests.link.builders import Draft, link
from tests.link.test_contradictions import ADRE, TINE, raid

WORDS = {"[PAD]": (0.0, 0.0, 0.0), "[UNK]": (0.0, 0.0, 0.0), "not": (40.0, 0.0, 0.0), "same": (0.0, 40.0, 0.0)}
NAMES = ["contradiction", "entailment", "neutral"]


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protocol buffer: a number or something with a length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    found = b""
    while value > 127:
        found += bytes([value & 127 | 128])
        value >>= 7
    return found + bytes([value])


def model_bytes(input_name: str = "input_ids") -> bytes:
    """An ONNX graph: each word has three scores, a text their mean."""

    def value(name: str, type: int, dims: list[str | int]) -> bytes:
        shape = b"".join(field(1, field(1, dim) if isinstance(dim, int) else field(2, dim)) for dim in dims)
        return field(1, name) + field(2, field(1, field(1, type) + field(2, shape)))

    table = struct.pack(f"<{3 * len(WORDS)}f", *(score for scores in WORDS.values() for score in scores))
    tensor = field(1, len(WORDS)) + field(1, 3) + field(2, 1) + field(8, "table") + field(9, table)
    gather = field(1, "table") + field(1, input_name) + field(2, "each") + field(4, "Gather")
    axes = field(1, "axes") + field(8, 1) + field(20, 7)
    keep = field(1, "keepdims") + field(3, 0) + field(20, 2)
    mean = field(1, "each") + field(2, "logits") + field(4, "ReduceMean") + field(5, axes) + field(5, keep)
    graph = field(1, gather) + field(1, mean) + field(2, "tiny") + field(5, tensor)
    graph += field(11, value(input_name, 7, ["n", "length"])) + field(12, value("logits", 1, ["n", 3]))
    return field(1, 8) + field(7, graph) + field(8, field(2, 13))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tokenizers = pytest.importorskip("tokenizers")
    pytest.importorskip("onnxruntime")
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel({w: n for n, w in enumerate(WORDS)}, "[UNK]"))
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    path = tmp_path / "model"
    path.mkdir()
    made.save(str(path / "tokenizer.json"))
    (path / "model.onnx").write_bytes(model_bytes())
    (path / "config.json").write_text(json.dumps({"id2label": dict(enumerate(NAMES))}))
    return path


def test_a_model_runs_and_gives_the_same_for_either_order(folder: Path) -> None:
    model = load_model(str(folder))
    pairs = [("not not", "x"), ("same same same", "x y"), ("x", "not not"), ("a", "b")]
    found = model.infer(pairs)
    assert [one.label for one in found[:3]] == ["contradiction", "entailment", "contradiction"]
    assert found[0].score == found[2].score > 0.99
    assert found[1].score < 0.01
    assert found[3].score == pytest.approx(1 / 3, abs=0.001)
    assert load_model(str(folder / "model.onnx")).name == found[0].model
    assert model.infer([]) == []


def test_the_setting_names_the_labels_where_the_model_does_not(folder: Path) -> None:
    (folder / "config.json").unlink()
    model = load_model(str(folder), "Entailment, contradiction, neutral")
    assert model.infer([("not", "not")])[0].label == "entailment"


def nothing(_: Path) -> None:
    """Leave the folder as it is."""


@pytest.mark.parametrize(
    ("break_it", "labels", "message", "why"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "", "no tokenizer.json", "half of a download"),
        (lambda folder: (folder / "model.onnx").unlink(), "", "0 .onnx files", "the weights are missing"),
        (lambda folder: (folder / "b.onnx").write_bytes(b""), "", "2 .onnx files", "which one is not for us to say"),
        (lambda folder: (folder / "model.onnx").write_bytes(b"no model"), "", "no inference model", "damaged"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "", "no inference model", "damaged tokenizer"),
        (lambda folder: (folder / "config.json").write_text("[]"), "", "set nli_labels", "no labels in it"),
        (lambda folder: (folder / "config.json").write_text('{"id2label": {"0": "LABEL_0"}}'), "", "set nli_labels",
         "names that mean nothing"),
        (nothing, "contradiction, entailment", "3 scores, but 2 labels", "fewer names than scores"),
        (nothing, "yes, no, neutral", "set nli_labels", "names of another task"),
        (lambda folder: (folder / "model.onnx").write_bytes(model_bytes("pixels")), "", "pixels", "a model of images"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_clear_line(
    folder: Path, break_it: object, labels: str, message: str, why: str
) -> None:
    assert callable(break_it)
    break_it(folder)
    with pytest.raises(SettingsError) as error:
        load_model(str(folder), labels)
    assert message in str(error.value), why
    assert "\n" not in str(error.value)


def test_missing_libraries_and_files_say_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="unset it"):
        load_model(str(folder / "other.onnx"))

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(MissingError, match=r'pip install "onrecord\[nli\]"'):
        load_model(str(folder))


def test_the_model_is_asked_and_sets_nothing_side_by_side_unless_given_a_bar(folder: Path) -> None:
    model = load_model(str(folder))
    drafts = [raid("X", "A", ADRE, what="not not not"), raid("Y", "B", TINE, what="not not not")]
    without, asked = link(drafts), link(drafts, asking=Asking(model.infer))
    assert [one.inference for one in without.contradictions] == [None]
    (place,) = asked.contradictions
    assert (place.kind, place.inference.label if place.inference else "") == ("place", "contradiction")
    assert replace(place, inference=None) == without.contradictions[0]

    agreeing = [raid("X", "A", ADRE), raid("Y", "B", ADRE)]
    said = Asking(lambda pairs: [Inference("contradiction", 0.8, "m") for _ in pairs])
    assert link(agreeing, asking=said).contradictions == ()
    (one,) = link(agreeing, asking=replace(said, bar=0.7)).contradictions
    assert (one.kind, {one.left, one.right}) == ("inferred", {draft.events[0].id for draft in agreeing})
    assert link(agreeing, asking=replace(said, bar=0.9)).contradictions == ()
    one_text: list[Draft] = [raid("X", "A", ADRE), raid("Y", "A", ADRE)]
    assert link(one_text, asking=replace(said, bar=0.7)).contradictions == ()  # a copy is no second source


def test_a_record_notes_its_model_and_a_build_without_it_drops_it(folder: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    tails = "Shops stayed open until dark.", "Rain is not expected before autumn, farmers in the hills say."
    for name, amount, tail in (("a", "12", tails[0]), ("b", "40", tails[1])):
        line = f"The blast killed {amount} soldiers in the town of Adré on 18 December 2005, the army said."
        (reports / f"{name}.txt").write_text(f"{line} {tail}", encoding="utf-8")
    record = tmp_path / "a.onrecord"
    build([str(reports)], record, Settings(nli_model=str(folder)))
    with open_view(record) as view:
        (row,) = view.rows("contradictions")
        assert row["kind"] == "number"
        assert row["inference"]["model"].startswith("model.onnx ")
    built = build([str(reports)], record, Settings())
    assert (built.read, built.linked) == (0, True)
    with open_view(record) as view:
        assert [row["inference"] for row in view.rows("contradictions")] == [None]
