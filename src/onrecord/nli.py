"""A language-inference model of the user's own (ONNX): whether one sentence contradicts another, as one more sign.

None is shipped. A model is a folder with one ``.onnx`` file, ``tokenizer.json`` and, for the names of its labels,
``config.json`` (as such models are given out), or the path of the ``.onnx`` file in it. It runs on one thread, so that
the same pair gets the same score.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np

from onrecord.errors import SettingsError
from onrecord.model.record import Inference, InferenceLabel
from onrecord.optional import need

LONGEST = 256  # tokens of a pair, where the model itself does not fix a number
AT_ONCE = 16
LABELS: tuple[InferenceLabel, ...] = get_args(InferenceLabel)


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model; `name` is its file's name and the start of its hash, `labels` what each of its outputs means."""

    name: str
    labels: tuple[InferenceLabel, ...]
    session: Any
    tokenizer: Any

    def infer(self, pairs: Sequence[tuple[str, str]]) -> list[Inference]:
        """For each pair its likeliest label, and how likely a contradiction is, either text coming first."""
        both = self._shares([*pairs, *((other, one) for one, other in pairs)])
        found = []
        for forth, back in zip(both[: len(pairs)], both[len(pairs) :], strict=True):
            mean = (forth + back) / 2
            label = self.labels[int(mean.argmax())]
            found.append(Inference(label, round(float(mean[self.labels.index("contradiction")]), 4), self.name))
        return found

    def _shares(self, pairs: Sequence[tuple[str, str]]) -> list[Any]:
        found: list[Any] = []
        for first in range(0, len(pairs), AT_ONCE):
            encoded = self.tokenizer.encode_batch(list(pairs[first : first + AT_ONCE]))
            given = {
                "input_ids": [one.ids for one in encoded],
                "attention_mask": [one.attention_mask for one in encoded],
                "token_type_ids": [one.type_ids for one in encoded],
            }
            wanted = {one.name: np.array(given[one.name], np.int64) for one in self.session.get_inputs()}
            scores = np.asarray(self.session.run(None, wanted)[0], np.float64)
            sizes = np.exp(scores - scores.max(axis=1, keepdims=True))
            found.extend(sizes / sizes.sum(axis=1, keepdims=True))
        return found


def load_model(path: str, labels: str = "") -> Model:
    """A model by its folder or file; `labels` are the names of its outputs in order, joined by commas, where
    ``config.json`` does not give them. SettingsError says which file is missing, MissingError which library."""
    file = _file(Path(path).expanduser())
    runtime, tokenizers = need("onnxruntime", "nli"), need("tokenizers", "nli")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = runtime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        tokenizer = tokenizers.Tokenizer.from_file(str(_beside(file, "tokenizer.json")))
    except SettingsError:
        raise
    except Exception as error:  # noqa: BLE001  # both libraries raise errors of their own kinds
        raise SettingsError(f"{path}: no inference model: {' '.join(str(error).split())[:200]}") from None
    _check(path, session)
    length = session.get_inputs()[0].shape[1]
    fixed = length if isinstance(length, int) else None
    tokenizer.enable_truncation(fixed or LONGEST)
    tokenizer.enable_padding(length=fixed)
    known = _labels(file, labels)
    outputs = session.get_outputs()[0].shape[-1]
    if isinstance(outputs, int) and outputs != len(known):
        raise SettingsError(f"{path}: the model gives {outputs} scores, but {len(known)} labels are named: {known}")
    name = f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"
    return Model(name, known, session, tokenizer)


def _file(path: Path) -> Path:
    if path.is_dir():
        found = sorted(path.glob("*.onnx")) or sorted(path.glob("onnx/model.onnx"))
        if len(found) != 1:
            raise SettingsError(f"{path}: {len(found)} .onnx files; name the one to use in nli_model")
        return found[0]
    if not path.is_file():
        raise SettingsError(
            f"{path}: no such file or folder; set nli_model (ONRECORD_NLI_MODEL) to a model, or unset it"
        )
    return path


def _beside(file: Path, name: str) -> Path:
    """A file of the model's folder, or of the folder above, where a model lies in ``onnx/``."""
    for folder in (file.parent, file.parent.parent):
        if (folder / name).is_file():
            return folder / name
    raise SettingsError(f"{file.parent}: no {name} beside the model")


def _labels(file: Path, given: str) -> tuple[InferenceLabel, ...]:
    """What each output means, as the setting or the model's configuration has it."""
    names = [name.strip() for name in given.split(",")] if given else []
    if not names:
        try:
            config = json.loads(_beside(file, "config.json").read_text(encoding="utf-8"))
            held = config["id2label"]
            names = [str(held[key]) for key in sorted(held, key=int)]
        except (SettingsError, OSError, ValueError, KeyError, TypeError, AttributeError):
            names = []
    known = tuple(label for name in names for label in LABELS if label == name.lower())
    if len(known) != len(names) or "contradiction" not in known:
        order = ", ".join(LABELS)
        raise SettingsError(f"{file}: its labels are unknown ({names or 'none named'}); set nli_labels, as in: {order}")
    return known


def _check(path: str, session: Any) -> None:
    unknown = {one.name for one in session.get_inputs()} - {"input_ids", "attention_mask", "token_type_ids"}
    if unknown:
        raise SettingsError(f"{path}: a model with inputs this version does not know: {', '.join(sorted(unknown))}")
