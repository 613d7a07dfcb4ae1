"""Every knob: name, default, help. Each can be set by an environment variable, ``ONRECORD_`` and the name in capitals.

Sizes are in bytes or code points as the help says. A test reads the help into docs/settings.md.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from onrecord.errors import SettingsError

PREFIX = "ONRECORD_"


T = TypeVar("T")


def _knob(default: T, help: str) -> T:
    value: T = field(default=default, metadata={"help": help})
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run; passed along, never global."""

    parser_model: str = _knob("", "spaCy pipeline to load, by package name or folder; empty: the first of the known English ones that is installed and whose weights are the released ones")  # fmt: skip
    jobs: int = _knob(1, "processes that read and parse; 1 works in the calling process")
    fetch: bool = _knob(False, "whether inputs that are web addresses may be fetched")
    max_file_bytes: int = _knob(20_000_000, "largest single page, text, mail or PDF, in bytes; larger ones are skipped")
    max_container_bytes: int = _knob(4_000_000_000, "largest archive or dump (ZIP, WARC, JSONL, CSV), in bytes")
    max_members: int = _knob(200_000, "most members read from one archive or dump")
    max_expansion: int = _knob(200, "largest ratio of unpacked to packed size of an archive member before it is taken for a bomb")  # fmt: skip
    max_nesting: int = _knob(3, "how deep archives in archives are followed")
    max_text_chars: int = _knob(400_000, "longest text of one report that is analysed, in code points; a longer one is stored and searchable only")  # fmt: skip
    max_paragraph_chars: int = _knob(20_000, "longest paragraph that is parsed, in code points; a longer one is stored and searchable only")  # fmt: skip
    actors: str = _knob("", "files of actors put over the built-in ones (docs/actors.md): .tsv or .jsonl from `onrecord actors import`, .yaml of your own; several joined as in PATH")  # fmt: skip
    nli_model: str = _knob("", "folder or file of a language-inference model of your own (ONNX, with tokenizer.json) that is asked about every contradiction; empty: none")  # fmt: skip
    nli_labels: str = _knob("", "names of that model's outputs in order (contradiction, entailment, neutral), joined by commas; empty: those of its config.json")  # fmt: skip
    nli_bar: float = _knob(0.0, "how likely (0 to 1) that model must find a contradiction between two claims of one group to set them side by side by itself; 0: never")  # fmt: skip
    fetch_timeout: float = _knob(20.0, "seconds to wait for a web address")
    columns: str = _knob("", "columns of CSV and JSONL articles, as field=column pairs joined by commas (fields: text, html, title, outlet, author, url, published, language); empty: the usual names")  # fmt: skip


def load_settings(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Defaults, then environment variables, then `overrides` that are not None."""
    environment = os.environ if environment is None else environment
    known = {knob.name: knob for knob in dataclasses.fields(Settings)}
    values: dict[str, object] = {}
    for name, knob in known.items():
        text = environment.get(PREFIX + name.upper())
        if text is not None:
            values[name] = _read(name, text, knob.default)
    for name, value in overrides.items():
        if name not in known:
            raise SettingsError(f"no setting is called {name!r}; see docs/settings.md")
        if value is not None:
            values[name] = value
    return Settings(**values)  # type: ignore[arg-type]  # each was read by its default's type


def _read(name: str, text: str, default: object) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        if isinstance(default, int):
            return int(text)
        return float(text) if isinstance(default, float) else text
    except (KeyError, ValueError):
        wanted = type(default).__name__
        raise SettingsError(f"{PREFIX}{name.upper()}={text!r}: give a value of type {wanted}") from None
