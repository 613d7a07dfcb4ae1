"""What the readers of coded rows share: a row that cannot be used, and days as they are written in such files."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


@dataclass(frozen=True, slots=True)
class CodedFault:
    """A row that was left out: file and line, why, and what was found."""

    origin: str
    reason: str
    found: str


class Unusable(Exception):  # noqa: N818 - it never leaves this room
    """A row that cannot be used."""

    def __init__(self, reason: str, found: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.found = found[:200]


def day_of(told: str) -> str | None:
    """An ISO day out of YYYYMMDD, YYYY-MM-DD or either with a time behind it; None where there is none."""
    found = _DAY.match(told.strip())
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def known(told: object) -> str | None:
    """Words of a cell; None where it says nothing."""
    words = " ".join(str(told).split()) if told is not None else ""
    return words if words and words.lower() not in ("none", "nan", "null", "---") else None
