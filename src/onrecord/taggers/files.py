"""Files of weights: where they lie, and that they are the ones that were trained."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.errors import TaggerError

FOLDER = Path(__file__).parent
DIGESTS = "SHA256SUMS"  # the list of digests beside the weights


def checked(path: Path) -> bytes:
    """The bytes of a file of weights; TaggerError where it is missing or is not the one that was trained."""
    try:
        data, digests = path.read_bytes(), (path.parent / DIGESTS).read_text(encoding="ascii")
    except OSError as error:
        raise TaggerError(f"cannot read the weights {path.name!r}: {error}; install the package again") from error
    if hashlib.sha256(data).hexdigest() != read_digests(digests).get(path.name):
        raise TaggerError(f"{path} is damaged or not the file that was trained; install the package again")
    return data


def check_all() -> int:
    """How many files of weights there are; TaggerError where one is missing or is not the one that was trained."""
    wanted = read_digests((FOLDER / DIGESTS).read_text(encoding="ascii"))
    for name in wanted:
        checked(FOLDER / name)
    return len(wanted)


def read_digests(text: str) -> dict[str, str]:
    """Digests by file."""
    return {file: digest for digest, file in (line.split() for line in text.splitlines())}
