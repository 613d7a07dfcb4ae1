"""A web page, or a fragment of one; broken markup is for the page's cleaning to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from onrecord.read.decode import decode
from onrecord.read.page import PageKind, RawPage
from onrecord.read.source import Found, Head, Source
from onrecord.read.streams import read_whole
from onrecord.settings import Settings

SUFFIXES = frozenset({"html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp"})
TAGS = "html|head|body|meta|title|link|script|style|div|section|article|main|header|h[1-6]|p|span|table|ul|ol|a|br|img"
# what may stand before the first tag is taken once and for all, so that nothing is tried twice
OPENING = re.compile(
    rf"(?><\?xml[^>]*>|<!--.*?-->|\s)*+<(?:!doctype\s+html|(?:{TAGS})[\s/>])", re.IGNORECASE | re.DOTALL
)
BLOCKS = re.compile(r"</(?:p|div|h[1-6]|ul|li|blockquote|figure|table|body)>|<(?:br|p)\s*/?>", re.IGNORECASE)
INLINE = re.compile(r"</(?:a|span|strong|em|b|i)>|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,6}\d?);", re.IGNORECASE)
# XML of news archives (NITF, NewsML-G2, TEI) marks its paragraphs as HTML does
XML_PARAGRAPH = re.compile(r"<\?xml.*<p[\s>]", re.DOTALL)


def looks_like_html(source: Source, head: Head) -> bool:
    """An HTML tag at the start, a suffix of web pages, or other XML with paragraphs in it."""
    if OPENING.match(head.text) or XML_PARAGRAPH.match(head.text):
        return True
    return source.suffix in SUFFIXES and "<" in head.text


def kind_of_text(text: str) -> PageKind:
    """Whether a text that came as a value (a field, a feed's entry) has HTML in it.

    Inline tags and entities alone do not make HTML of a text whose paragraphs are lines: as HTML it would lose them.
    """
    in_lines = "\n" in text.strip()
    return "html" if BLOCKS.search(text) or (INLINE.search(text) and not in_lines) else "text"


def read_html(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    yield RawPage(source.path, "html", decode(read_whole(stream, settings), source.charset), source.told)
