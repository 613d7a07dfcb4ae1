"""What the tests of linking share: piles of plain texts with the mentions that are found in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.tools import plain_document
from onrecord.extract.mentions import find_mentions
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Reading
from onrecord.model.text import Document, Published
from tests.conftest import ReadText

Pile = Callable[..., tuple[list[Document], list[Reading]]]


@pytest.fixture(scope="session")
def pile(read_text: ReadText, lexicon: Lexicon) -> Pile:
    """Plain texts as documents with readings; a text may come with a day, "2003-01-01|text"."""

    def make(*texts: str) -> tuple[list[Document], list[Reading]]:
        documents, readings = [], []
        for number, text in enumerate(texts):
            day, _, words = text.rpartition("|")
            document, parsed = read_text(words, day or None)
            named = replace(plain_document(f"report-{number}", words), id=f"report-{number}")
            document = replace(document, id=named.id, path=named.path)
            published = Published(day or None, "day" if day else "unknown", "given")
            documents.append(document)
            mentions = find_mentions(replace(parsed, document=document.id), document, lexicon)
            readings.append(Reading(document.id, published, mentions))
        return documents, readings

    return make
