"""Other coders' rows: GDELT 2.0 and PLOVER or POLECAT files in, and a comparison with the record's own events out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import open as open_gzip
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from onrecord.coders.compare import Comparison, Pair, compare
from onrecord.coders.gdelt import join_mentions, read_event, read_mention
from onrecord.coders.plover import read_plover
from onrecord.coders.values import CodedFault, Unusable
from onrecord.errors import InputError
from onrecord.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from onrecord.model.coded import CodedRow

__all__ = ["Coded", "CodedFault", "Comparison", "Pair", "compare", "read_coded"]

LONGEST = 1_000_000  # characters of one row


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of other coders, and what of their files could not be used."""

    rows: tuple[CodedRow, ...]
    faults: tuple[CodedFault, ...]


def read_coded(paths: list[Path]) -> Coded:
    """Read files of other coders, each by what stands in it; InputError where one is none of the known forms.

    A GDELT mention file gives the events of an event file, read in the same call, the other reports that tell of them.
    """
    rows: list[CodedRow] = []
    mentions: list[tuple[str, str, str]] = []
    faults: list[CodedFault] = []
    for path in paths:
        for number, line in _lines(path):
            if not line.strip():
                continue
            origin = f"{path.name}:{number}"
            try:
                if line.lstrip().startswith("{"):
                    rows += read_plover(line, origin)
                    continue
                cells = line.rstrip("\r\n").split("\t")
                if len(cells) >= len(EVENT_COLUMNS):
                    rows.append(read_event(cells, origin))
                elif len(cells) >= len(MENTION_COLUMNS):
                    mentions.append(read_mention(cells))
                elif number == 1:
                    raise InputError("not coded events", f"{path}: neither GDELT 2.0 columns nor PLOVER JSON lines")
                else:
                    faults.append(CodedFault(origin, "too few columns", str(len(cells))))
            except Unusable as error:
                faults.append(CodedFault(origin, error.reason, error.found))
    return Coded(tuple(sorted(join_mentions(rows, mentions), key=lambda r: (r.origin, r.id))), tuple(faults))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with _opened(path) as stream:
            number = 0
            while line := stream.readline(LONGEST):
                number += 1
                yield number, line
    except (OSError, EOFError, BadZipFile) as error:
        raise InputError("unreadable file", f"{path}: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """A file as text, unpacked where it is a .gz or a .zip with one file in it, as GDELT's are."""
    if path.suffix.lower() == ".zip":
        with ZipFile(path) as archive, archive.open(archive.namelist()[0]) as member:
            yield TextIOWrapper(member, "utf-8", "replace", newline="\n")
    elif path.suffix.lower() == ".gz":
        with open_gzip(path, "rt", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
    else:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
