"""`onrecord doctor`: is everything here that a build needs, and is a record whole? Each finding says what to do."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.cli.output import FAILED, Json, console, print_json, say, styled
from onrecord.errors import OnrecordError, SettingsError, StoreError
from onrecord.settings import load_settings
from onrecord.store import open_writer, store_version
from onrecord.store.backup import keep_damaged, mend, replace
from onrecord.store.health import examine_record
from onrecord.store.lock import alone
from onrecord.taggers.files import check_all

ROOM = 200_000_000  # bytes that should be free beside the size of the record itself
SHARED = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs", "fuse.glusterfs")
MOUNTS = Path("/proc/mounts")


def doctor(
    record: Annotated[Path | None, typer.Argument(help="A record to check as well.")] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Make a clean record of what can be read; the old file is kept beside it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check the installation, and a record if one is given: file, texts, spans, decisions; --repair mends it."""
    if repair:
        if record is None:
            raise SettingsError("--repair needs a record")
        _repair(record)
    findings = examine(record)
    if as_json:
        print_json(findings)
    else:
        out = console()
        for finding in findings:
            mark = styled("ok  ", "green") if finding["ok"] else styled("BAD ", "red")
            out.print(mark, styled(f"{finding['check']}: {finding['found']}"))
    if not all(finding["ok"] for finding in findings):
        raise typer.Exit(FAILED)


def examine(record: Path | None) -> list[dict[str, object]]:
    """Every check as {check, ok, found}."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("onrecord", lambda: f"{__version__}, Python {sys.version.split()[0]}"),
        ("settings", lambda: str(load_settings())),
        ("store", store_version),
        ("lexicon", _lexicon),
        ("parser", _parser),
        ("taggers", _taggers),
        ("extras", _extras),
    ]
    if record is not None:
        checks.append(("disk", lambda: _disk(record)))
    found = [_examined(name, check) for name, check in checks]
    if record is not None:
        found += [{"check": one.check, "ok": one.ok, "found": one.found} for one in examine_record(record)]
    return found


def _examined(name: str, check: Callable[[], str]) -> dict[str, object]:
    try:
        return {"check": name, "ok": True, "found": check()}
    except OnrecordError as error:
        return {"check": name, "ok": False, "found": str(error)}


def _lexicon() -> str:
    from onrecord.lexicon import load_lexicon

    faults = load_lexicon(load_settings().actors).actors.faults
    return "all files read and checked" + (f", {len(faults)} rows of added actors left out" if faults else "")


def _parser() -> str:
    from onrecord.parse import load_parser

    parser = load_parser(load_settings())
    return f"{parser.name} {parser.version}, {'released weights' if parser.known else 'weights of your own choice'}"


def _taggers() -> str:
    """The weights of the trained layers, by hash."""
    return f"{check_all()} files of weights, each as it was trained"


def _extras() -> str:
    """Optional libraries by extra: which are there, and what to install for those that are not."""
    missing: dict[str, list[str]] = {}
    named: set[str] = set()
    for line in importlib.metadata.requires("onrecord") or ():
        found = re.match(r"([\w.-]+).*extra == ['\"](\w+)['\"]", line)
        if found and found[2] != "all":
            named.add(found[2])
            if not _is_installed(found[1]):
                missing.setdefault(found[2], []).append(found[1])
    if not named:
        return "this installation does not say which there are"
    there = ", ".join(sorted(named - set(missing))) or "none"
    asked = "".join(f'; {extra} lacks {", ".join(libraries)}: pip install "onrecord[{extra}]"'
                    for extra, libraries in sorted(missing.items()))  # fmt: skip
    return f"installed: {there}{asked}"


def _is_installed(library: str) -> bool:
    try:
        importlib.metadata.distribution(library)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _disk(record: Path) -> str:
    """Room for the record to grow, and a file system whose locks can be relied on."""
    folder = record.absolute().parent
    try:
        free = shutil.disk_usage(folder).free
        needed = ROOM + (record.stat().st_size if record.is_file() else 0)
    except OSError as error:
        raise StoreError(f"{folder} cannot be looked at: {error.strerror}") from error
    if free < needed:
        raise StoreError(f"{free:,} bytes are free in {folder}, {needed:,} should be: linking writes its tables anew")
    system = _file_system(folder)
    if system in SHARED:
        raise StoreError(
            f"{folder} is on a network ({system}), where locks of files fail: two writers can ruin a record there. "
            "Keep it on a disk of this machine, and copy it with: onrecord backup"
        )
    return f"{free:,} bytes free" + (f", {system}" if system else "")


def _file_system(folder: Path) -> str:
    """The kind of file system a folder is on; "" where the system does not tell."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    inside = [(place, kind) for place, kind in mounts if folder.is_relative_to(place.replace("\\040", " "))]
    return max(inside, key=lambda mount: len(mount[0]), default=("", ""))[1]


def _repair(record: Path) -> None:
    """Keep the old file, make a clean record of it, link that, and put it in its place."""
    # linking needs the whole road, whose parser takes two seconds to import
    from onrecord.linking import link

    if not record.is_file():
        raise StoreError(f"there is no record at {record}")
    with alone(record, "onrecord doctor --repair"):
        kept = keep_damaged(record)
        say(f"onrecord: the file as it was is kept as {kept}")
        clean = record.with_name(record.name + ".mended")
        clean.unlink(missing_ok=True)
        try:
            saved = mend(kept, clean)
            with open_writer(clean) as writer:
                link(writer)
            replace(record, clean)
        finally:
            clean.unlink(missing_ok=True)
    counts = f"{saved.reports} reports, {saved.judgements} decisions, {saved.notes} notes"
    say(f"onrecord: {counts} were saved and linked anew, {len(saved.lost)} could not be read")
    for words in saved.lost:
        say(f"  {words}")
