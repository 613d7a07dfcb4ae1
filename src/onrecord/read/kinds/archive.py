"""A ZIP archive, or a WACZ (a ZIP with crawls in it): its members are read in the order of their names.

Nothing is unpacked to a place on disk that a member names. Sizes in the directory are not believed: what comes out is
counted, for each member against its packed bytes and for all against the archive.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from onrecord.errors import InputError
from onrecord.model.claims import Skip
from onrecord.read.source import Found, Head, Opened, Source, check_nesting, is_hidden, shown
from onrecord.read.streams import BREAKS, Packed, Ratio, Unpacked, buffered, seekable
from onrecord.settings import Settings

DIRECTORY_BYTES = 200  # a member in the archive's directory, on average at most: 46 bytes, a long path, some extras
SMALL_DIRECTORY = 1_000_000  # bytes, of some thousands of members: read whatever the settings say
END_BYTES = 65_557 + 76  # the longest end of an archive: 22 bytes, a comment, and the large archive's own end before it
NOT_READ: tuple[tuple[str, str], ...] = (
    ("[Content_Types].xml", "a Word, Excel or PowerPoint file"),
    ("mimetype", "an OpenDocument or EPUB file"),
)


def looks_like_archive(source: Source, head: Head) -> bool:  # noqa: ARG001  # every recogniser takes both
    return head.data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def read_archive(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    check_nesting(source, settings)
    with seekable(stream) as file, _open_archive(file, settings) as archive:
        size = file.seek(0, 2)
        whole = Ratio(size, settings)
        for member in _members(archive):
            name = _name(member)
            path = f"{source.path}!{shown(name)}"
            wrong = _wrong(member)
            if wrong is not None:
                yield Skip(path, "read", wrong.reason, wrong.detail)
                continue
            packed = min(member.compress_size, size)
            try:
                with archive.open(member) as opened:
                    inner = Source(path, name.rpartition("/")[2], None, source.depth + 1)
                    one = Ratio(packed, settings)
                    yield Opened(inner, buffered(Unpacked(cast(Packed, opened), one, whole)))
            except BREAKS as error:
                yield Skip(path, "read", "damaged archive", str(error))


def _open_archive(file: IO[bytes], settings: Settings) -> zipfile.ZipFile:
    """The archive; InputError where it is damaged, or its directory so long that it would fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_BYTES))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    length = int.from_bytes(end[at + 12 : at + 16], "little")
    if at >= 76 and end[at - 20 :].startswith(b"PK\x06\x07"):  # a large archive: the true length stands before
        length = int.from_bytes(end[at - 36 : at - 28], "little")
    if at >= 0 and length > max(SMALL_DIRECTORY, DIRECTORY_BYTES * settings.max_members):
        raise InputError("too many members", f"a directory of {length:,} bytes")
    try:
        return zipfile.ZipFile(file)
    except BREAKS as error:
        raise InputError("damaged archive", str(error)) from error


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files to be read, by name; of a WACZ its crawls alone."""
    names = set(archive.namelist())
    for name, words in NOT_READ:
        if name in names:
            raise InputError("kind not read", f"{words}; save it as text, HTML or PDF")
    members = [member for member in archive.infolist() if not member.is_dir() and not is_hidden(_name(member))]
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        members = [member for member in members if member.filename.startswith("archive/")]
    return sorted(members, key=lambda member: (member.filename, member.header_offset))


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name with '/' between folders; archives made on Windows may have the other one."""
    return member.filename.replace("\\", "/")


def _wrong(member: zipfile.ZipInfo) -> InputError | None:
    """Why a member is not opened, if so."""
    name = _name(member)
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
        return InputError("unsafe member path", "it leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        return InputError("special file", "a link inside an archive")
    if member.flag_bits & 0x1:
        return InputError("encrypted", "the member asks for a password")
    return None
