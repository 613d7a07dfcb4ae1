"""The word vectors that ship with the parser's pipeline, read on their own: a table of 24 MB, no network.

Only words of letters are taken; of a word that has several, with capitals and without, the one without.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import spacy
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # spaCy gives no types for it

from onrecord.errors import ParserError
from onrecord.installed import MODELS
from onrecord.model.vectors import WordVectors, make_word_vectors
from onrecord.settings import Settings


def load_word_vectors(settings: Settings) -> WordVectors:
    """The vectors of the configured pipeline, or of the first known one; ParserError where it has none."""
    for name in [settings.parser_model] if settings.parser_model else MODELS:
        folder = _folder(name)
        if folder is not None:
            table = Vectors(strings=StringStore()).from_disk(folder)
            if 0 not in table.data.shape:
                return make_word_vectors(_rows(folder, table.key2row), np.asarray(table.data, np.float32))
    raise ParserError(
        "the parser's pipeline has no word vectors, and a search by meaning needs them: en_core_web_md has"
    )


def _rows(folder: Path, key2row: dict[int, int]) -> dict[str, int]:
    """The row of each word, by the words that the pipeline knows."""
    rows: dict[str, int] = {}
    strings = StringStore().from_disk(folder / "strings.json")
    words = sorted(word for word in strings if word.isalpha())
    for word in sorted(words, key=str.islower, reverse=True):
        row = key2row.get(int(strings[word]), -1)
        if row >= 0:
            rows.setdefault(word.casefold(), int(row))
    return rows


def _folder(name: str) -> Path | None:
    """Where a pipeline, by package name or folder, keeps its vectors."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # W095: made with spaCy 3.7
            root = Path(name) if Path(name).is_dir() else Path(spacy.util.get_package_path(name))
    except (ImportError, ValueError):
        return None
    return next((path.parent for path in sorted(root.rglob("vocab/vectors"))), None)
