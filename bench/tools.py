"""What the benchmarks share: the gold folder, plain texts made into documents, and parses kept between runs.

A gold text goes through the same parser and extractors as a build; only reading and cleaning are left out, because
gold offsets are into the text as it stands.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.model.offsets import OffsetMap, Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document, Fact, Part, PartKind, Published
from onrecord.parse import Parser, load_parser, parse
from onrecord.settings import Settings, load_settings

Row = dict[str, Any]
CACHE = Path(__file__).parent.parent / ".cache" / "parses"


@dataclass(frozen=True, slots=True)
class Tools:
    """What every task needs, loaded once."""

    settings: Settings
    lexicon: Lexicon
    parser: Parser

    def parsed(self, document: Document) -> Parsed:
        """The parse of a document, from the cache where the same text was parsed with the same code before."""
        source = Path(__file__).parent.parent / "src" / "onrecord"
        files = [*sorted((source / "parse").glob("*.py")), source / "model" / "parsed.py"]
        code = b"".join(file.read_bytes() for file in files)
        key = hashlib.sha256(repr((document, self.parser.name, self.parser.version)).encode() + code).hexdigest()
        kept = CACHE / f"{key}.pickle"
        if kept.exists():
            found: Parsed = pickle.loads(kept.read_bytes())  # our own file, written below
            return found
        parsed, _ = parse(self.parser, document, self.settings)
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(parsed))
        return parsed


def load_tools() -> Tools:
    settings = load_settings()
    return Tools(settings, load_lexicon(settings.actors), load_parser(settings))


def plain_document(id: str, text: str, published: str | None = None, heading: bool = False) -> Document:
    """A gold text as a document: a paragraph a line, nothing cleaned; `heading`: its first line is the title."""
    parts: list[Part] = []
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            kind: PartKind = "title" if heading and not parts else "body"
            parts.append(Part(kind, Span(match.start(), match.end())))
    nothing = Fact(None, "gold text")
    date = Published(published, "day", "gold data") if published else Published(None, "unknown", "gold data gives none")
    return Document(
        id=id,
        path=id,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        offsets=OffsetMap.identity(len(text)),
        parts=tuple(parts),
        title=nothing,
        outlet=nothing,
        author=nothing,
        url=nothing,
        language=Fact("en", "gold data"),
        published=date,
    )


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def spans(pairs: Iterable[Span]) -> Iterator[list[int]]:
    """Spans as the two-number lists that the scorer reads."""
    return ([pair.start, pair.end] for pair in pairs)
