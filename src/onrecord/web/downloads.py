"""What a list shows, filtered as it is, as a file in any of the formats of `onrecord export`.

A format that cannot carry everything comes as a ZIP with the list of what it lost. One file is made at a time, as it
may take a core for a while; what is larger than `MOST` rows is for the command line.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import SettingsError
from onrecord.export import FORMATS, Choice, Format, choose_listed, find_format, write_part
from onrecord.store import LISTS, View
from onrecord.web.asked import Asked, address, wanted_of

MOST = 100_000  # rows of the list in one file
WAIT = 10.0  # seconds that a request waits for another one's file
DAY = (1980, 1, 1, 0, 0, 0)  # of files in a ZIP: the same rows give the same bytes
NOT_ASKED = ("open", "page", "layer", "table", "format", "order", "by", "at", "forms")
MEDIA = {
    ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".jsonl": "application/x-ndjson",
    ".geojson": "application/geo+json", ".jsonld": "application/ld+json", ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_making = threading.Lock()


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: the format's name, what it is, its address."""

    name: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: what to call it, its media type, and itself, at its beginning."""

    name: str
    media: str
    file: BinaryIO


def downloads(asked: Asked, table: str) -> tuple[Download, ...]:
    """Every format a list can be taken away in, with the filters of its address."""
    kept = [pair for pair in asked.pairs if pair[0] not in NOT_ASKED]
    forms = [form for form in FORMATS if form.one_table or table not in ("skips", "actors")]
    return tuple(
        Download(form.name, form.about.replace("every table", "these rows").replace(", a sheet a table", ""),
                 address("/download", [("table", table), ("format", form.name), *kept]))
        for form in forms
    )  # fmt: skip


def make_download(view: View, asked: Asked, record: str) -> Made:
    """The file that an address asks for; SettingsError says what cannot be."""
    table, form = asked.get("table"), find_format(asked.get("format", "csv"))
    if table not in LISTS:
        raise SettingsError(f"no list of {table[:40]!r}; lists: {', '.join(LISTS)}")
    if form is None:
        raise SettingsError(f"no format {asked.get('format')[:40]!r}; formats: {', '.join(f.name for f in FORMATS)}")
    wanted = wanted_of(table, asked)
    total = view.select(table, wanted, 0).total
    if total > MOST:
        raise SettingsError(f"{total:,} rows are more than the {MOST:,} of a download; narrow them down, or use: "
                            f"onrecord export --format {form.name}")  # fmt: skip
    if not _making.acquire(timeout=WAIT):
        raise SettingsError("another file is being made just now; try again in a moment")
    try:
        return _make(form, table, choose_listed(view, table, wanted, form.one_table), named(record, table))
    finally:
        _making.release()


def named(record: str, table: str) -> str:
    """A plain name for a file, whatever the record is called."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(record).stem.encode("ascii", "ignore").decode()).strip("-")[:60]
    return f"{stem or 'record'}-{table}"


def _make(form: Format, table: str, chosen: Choice, name: str) -> Made:
    parts = (table,) if form.one_table else form.parts
    made: list[tuple[str, BinaryIO]] = []
    with ExitStack() as scratch:
        for part in parts:
            title = f"{name}{'-' + part if len(parts) > 1 else ''}{form.suffix}"
            out, losses = (scratch.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            tally = write_part(form, part, chosen, out, losses)
            made.append((title, out))
            if tally.losses:
                made.append((f"{title}.losses.jsonl", losses))
        whole = tempfile.TemporaryFile()  # noqa: SIM115  # closed by who sends it
        try:
            if len(made) == 1:
                title, only = made[0]
                only.seek(0)
                shutil.copyfileobj(only, whole)
                media = MEDIA.get("." + title.rpartition(".")[2], "application/octet-stream")
            else:
                title, media = f"{name}-{form.name}.zip", MEDIA[".zip"]
                _pack(made, whole)
            whole.seek(0)
        except BaseException:
            whole.close()
            raise
    return Made(title, media, whole)


def _pack(made: Sequence[tuple[str, BinaryIO]], whole: BinaryIO) -> None:
    """Several files as one ZIP."""
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for title, out in made:
            out.seek(0)
            with archive.open(zipfile.ZipInfo(title, DAY), "w") as inside:
                shutil.copyfileobj(out, inside)
