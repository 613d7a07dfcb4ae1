"""The kinds of input, in the order in which they are recognised: by what is in the file first, then by its suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.read.decode import decode, is_binary
from onrecord.read.kinds.archive import looks_like_archive, read_archive
from onrecord.read.kinds.feed import looks_like_feed, read_feed
from onrecord.read.kinds.html import looks_like_html, read_html
from onrecord.read.kinds.json_dump import looks_like_json, read_json
from onrecord.read.kinds.mail import looks_like_mail, read_mail
from onrecord.read.kinds.mhtml import looks_like_mhtml, read_mhtml
from onrecord.read.kinds.packed import looks_like_packed, read_packed
from onrecord.read.kinds.pdf import looks_like_pdf, read_pdf
from onrecord.read.kinds.table import looks_like_table, read_table
from onrecord.read.kinds.text import looks_like_text, read_text
from onrecord.read.kinds.warc import looks_like_warc, read_warc
from onrecord.read.source import Head, Reader, Source


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: its name, how it is recognised, its reader, and whether it is read in pieces however long."""

    name: str
    looks: Callable[[Source, Head], bool]
    read: Reader
    in_pieces: bool = False


PACKED: tuple[Kind, ...] = (  # known by their first bytes, which are no text
    Kind("packed file", looks_like_packed, read_packed, in_pieces=True),
    Kind("archive", looks_like_archive, read_archive, in_pieces=True),
    Kind("crawl", looks_like_warc, read_warc, in_pieces=True),
    Kind("PDF", looks_like_pdf, read_pdf),
)
TEXTS: tuple[Kind, ...] = (
    Kind("saved page", looks_like_mhtml, read_mhtml),
    Kind("mail", looks_like_mail, read_mail),
    Kind("feed", looks_like_feed, read_feed),
    Kind("web page", looks_like_html, read_html),
    Kind("JSON", looks_like_json, read_json, in_pieces=True),
    Kind("table", looks_like_table, read_table, in_pieces=True),
    Kind("text", looks_like_text, read_text),
)
# what the first bytes of files say that people keep beside reports, so that a skip can say what was found
SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture, sound or video"),
    (b"ID3", "sound"),
    (b"\xd0\xcf\x11\xe0", "a Word, Excel or Outlook file of the old kind; save it as text, HTML or PDF"),
    (b"Rar!", "a RAR archive; unpack it or make it a ZIP"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it or make it a ZIP"),
    (b"\xfd7zXZ", "packed by xz; unpack it or pack it by gzip"),
    (b"\x28\xb5\x2f\xfd", "packed by Zstandard; unpack it or pack it by gzip"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table; save it as CSV or JSON lines"),
)
NO_REPORTS = frozenset(
    {"css", "js", "mjs", "map", "svg", "sql", "py", "ini", "yaml", "yml", "toml", "ris", "bib", "rtf"}
)


def recognise(source: Source, data: bytes) -> Kind:
    """The kind of a source by its first bytes; InputError where there is nothing to read in it."""
    if not data:
        raise InputError("empty file")
    head = Head(data, "")
    packed = next((kind for kind in PACKED if kind.looks(source, head)), None)
    if packed is not None:
        return packed
    if is_binary(data):
        raise InputError("binary file", next((words for sign, words in SIGNS if data.startswith(sign)), ""))
    if data.startswith(b"{\\rtf") or source.suffix in NO_REPORTS:
        raise InputError("kind not read", f"a .{'rtf' if data.startswith(b'{') else source.suffix} file")
    head = Head(data, decode(data, source.charset).lstrip())
    if not head.text and len(data) < 1024:
        raise InputError("empty file", "blank")
    return next(kind for kind in TEXTS if kind.looks(source, head))
