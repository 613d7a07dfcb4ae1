"""What the tests share: the lexicon, one loaded parser, and a way to read a plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.gold import GOLD
from bench.tools import plain_document
from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document
from onrecord.parse import Parser, load_parser, parse
from onrecord.pipeline import build
from onrecord.settings import Settings, load_settings

ReadText = Callable[..., tuple[Document, Parsed]]
DEMO = Path(__file__).parents[1] / "examples" / "reports"


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings({})


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def parser(settings: Settings) -> Parser:
    return load_parser(settings)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """The record of the first five reports, where they are at hand; no test may change it."""
    folder = GOLD.parent / "seeds"
    if not folder.is_dir():
        pytest.skip("the five reports are not at hand")
    record = tmp_path_factory.mktemp("seeds") / "seeds.onrecord"
    build([str(folder)], record, settings)
    return record


@pytest.fixture(scope="session")
def read_text(parser: Parser, settings: Settings) -> ReadText:
    """A plain text, a paragraph a line, as (document, parsed); `published` an ISO day; `heading`: line 1 is a title."""

    def read(text: str, published: str | None = None, heading: bool = False) -> tuple[Document, Parsed]:
        document = plain_document("test", text, published, heading)
        return document, parse(parser, document, settings)[0]

    return read


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """The record of the reports in examples/, built once; no test may change it."""
    record = tmp_path_factory.mktemp("demo") / "demo.onrecord"
    build([str(Path(__file__).parents[1] / "examples" / "reports")], record, settings)
    return record
