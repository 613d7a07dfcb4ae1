"""The files that inputs name, found and put in order: the same paths and the same order wherever and however given.

A path in a folder is relative to that folder. Hidden files are passed over; no link is followed out of a folder, and a
file that two inputs reach is read once.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.claims import Skip
from onrecord.read.source import is_hidden, shown


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to be read: its path in the record, where it is, and its true place with all links resolved."""

    path: str
    place: Path
    true: Path


def find_files(inputs: Sequence[str]) -> list[File | Skip]:
    """All files under the inputs and what is skipped, in the order of their paths."""
    files: set[File] = set()
    skips: set[tuple[str, str, str]] = set()
    for given in inputs:
        for found in _under(given):
            if isinstance(found, File):
                files.add(found)
            else:
                skips.add((found.document, found.reason, found.detail))
    once: dict[Path, File] = {}
    for file in sorted(files, key=lambda file: (-len(file.path), file)):  # the path from the outermost folder
        kept = once.setdefault(file.true, file)
        if kept.path != file.path:
            skips.add((file.path, "already read", f"as {kept.path}"))
    skipped = [Skip(path, "read", reason, detail) for path, reason, detail in skips]
    return sorted([*once.values(), *skipped], key=_order)


def _order(found: File | Skip) -> tuple[str, str, str]:
    if isinstance(found, File):
        return (found.path, str(found.true), "")
    return (found.document, found.reason, found.detail)


def _under(given: str) -> Iterator[File | Skip]:
    """The file or the files of the folder that an input names."""
    try:
        place = Path(given)
        mode = place.stat().st_mode
        true = place.resolve(strict=True)
    except (OSError, ValueError) as error:  # ValueError: a NUL in it
        yield _no_input(given, error)
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(true)
    elif stat.S_ISREG(mode):
        yield File(shown(place.name), place, true)
    else:
        yield Skip(shown(given), "read", "special file", "neither a file nor a folder")


def _no_input(given: str, error: Exception) -> Skip:
    if isinstance(error, PermissionError):
        return Skip(shown(given), "read", "unreadable file", "no permission")
    hint = "only http and https addresses can be fetched" if "://" in given else "there is no such file or folder"
    return Skip(shown(given), "read", "no such input", hint)


def _in_folder(root: Path) -> Iterator[File | Skip]:
    """Files below a folder. Folders are entered by their own names only, never by a link."""
    open_ = [root]
    while open_:
        folder = open_.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield Skip(_path(root, folder), "read", "unreadable file", error.strerror or str(error))
            continue
        for entry in entries:
            if is_hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                open_.append(Path(entry.path))
            else:
                yield _entry(root, entry)


def _entry(root: Path, entry: os.DirEntry[str]) -> File | Skip:
    place = Path(entry.path)
    path = _path(root, place)
    if entry.is_file(follow_symlinks=False):
        return File(path, place, place)
    try:
        true = place.resolve(strict=True)
        mode = true.stat().st_mode
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return Skip(path, "read", "broken link", "it leads to nothing")
    if not true.is_relative_to(root):
        return Skip(path, "read", "link leaves the folder", "only what lies in the folder is read")
    if stat.S_ISDIR(mode):
        return Skip(path, "read", "link to a folder", "the folder itself is read")
    if not stat.S_ISREG(mode):
        return Skip(path, "read", "special file", "neither a file nor a folder")
    return File(path, place, true)


def _path(root: Path, place: Path) -> str:
    return shown(place.relative_to(root).as_posix())
