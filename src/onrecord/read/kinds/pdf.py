"""A PDF with a text layer: its lines, put together into paragraphs, one to a line with a blank line between.

Page numbers and running heads are left out; nothing is recognised from pictures.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.read.decode import repair
from onrecord.read.page import RawPage
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import read_whole
from onrecord.settings import Settings

if TYPE_CHECKING:
    import pypdf

LETTERS_OF_A_TEXT = 20  # fewer in the whole file are a stamp on scanned pages
FULL_LINE = 0.75  # of the length of a long line: a line that stops before has ended its paragraph
END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
NUMBERING = re.compile(r"\W*(?:page\W*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
REPEATED = 3  # pages that must share their first or last line, numbers apart, before it is a running head

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about a damaged file; ours is a skip


def looks_like_pdf(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    return b"%PDF-" in head.data[:1024]


def read_pdf(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    import pypdf
    import pypdf.errors

    data = read_whole(stream, settings)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("encrypted", "a PDF that asks for a password")
        pages = list(_page_lines(reader, settings))
    except pypdf.errors.DependencyError as error:
        raise InputError("encrypted", str(error)) from error
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError("damaged file", f"PDF: {error}") from error
    text = repair("\n\n".join(join_lines(without_running_heads(pages))))
    if sum(map(str.isalpha, text)) < LETTERS_OF_A_TEXT:
        raise InputError("no text layer", f"{len(pages)} pages")
    yield RawPage(source.path, "text", text, source.told)


def _page_lines(reader: pypdf.PdfReader, settings: Settings) -> Iterator[list[str]]:
    length = 0
    for page in reader.pages:
        lines = [" ".join(line.split()) for line in page.extract_text().split("\n")]
        length += sum(map(len, lines))
        if length > settings.max_file_bytes:
            raise InputError("file too large", f"over {settings.max_file_bytes:,} characters of text")
        yield lines


def without_running_heads(pages: Sequence[list[str]]) -> list[str]:
    """All lines of all pages, without page numbers and lines that many pages begin or end with."""
    trimmed = [lines for page in pages if (lines := _without_blank_ends(page))]
    edges = Counter(_masked(line) for lines in trimmed for line in (lines[0], lines[-1]))
    kept: list[str] = []
    for lines in trimmed:
        last = len(lines) - 1
        kept.extend(
            line
            for at, line in enumerate(lines)
            if 0 < at < last or not (NUMBERING.fullmatch(line) or edges[_masked(line)] >= REPEATED)
        )
    return kept


def _without_blank_ends(lines: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def join_lines(lines: Sequence[str]) -> list[str]:
    """Paragraphs: a blank line ends one, and so does a short line with a sentence's end or a new start after it."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    words = {word.strip(".,;:!?\"'()“”‘’") for line in lines for word in line.split()}
    paragraphs: list[list[str]] = [[]]
    before = ""
    for line in lines:
        short = len(before) < FULL_LINE * width
        if not line or (short and (END.search(before) or not line[0].islower())):
            paragraphs.append([])
        if line:
            paragraphs[-1].append(line)
        before = line
    return [_join(paragraph, words) for paragraph in paragraphs if paragraph]


def _join(lines: Sequence[str], words: set[str]) -> str:
    """One paragraph; a word divided at a line's end is put together again."""
    joined = [lines[0]]
    for before, line in pairwise(lines):
        first, divided = line.split()[0], re.search(r"[^\W\d_]-$", before)
        if not (divided and first[0].islower()):
            joined.append(f" {line}")
            continue
        start = before.split()[-1]
        if start != start.lower() or (start + first).strip(".,;:!?\"'()“”‘’") in words:  # "US-backed", "cease-fire"
            joined.append(line)
            continue
        joined[-1] = joined[-1][:-1]
        joined.append(line)
    return "".join(joined)
