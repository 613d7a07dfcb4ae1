"""The CAMEO code and Goldstein value of an event, by its PLOVER type, mode and contexts.

Complete by check at load: every type, with and without each of its modes, has a code; one code has one value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onrecord.errors import LexiconError
from onrecord.lexicon.plover import EventKind, check_contexts, event_type, mode_of
from onrecord.lexicon.table import read_table
from onrecord.model.claims import EventType

CODE = re.compile(r"(0[1-9]|1\d|20)\d{1,2}")  # root, then one or two digits
MOST = 10.0  # Goldstein values run from -10, the most hostile, to 10


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code ("0312") with its Goldstein value, for events with a context; None: for all others."""

    context: str | None
    code: str
    goldstein: float


CameoTable = Mapping[tuple[EventType, str | None], tuple[Cameo, ...]]


def cameo_of(table: CameoTable, type: EventType, mode: str | None, contexts: Collection[str]) -> Cameo:
    """The code of the first row whose context an event has; the row without one stands last."""
    return next(row for row in table[type, mode] if row.context is None or row.context in contexts)


def read_cameo(kinds: Mapping[EventType, EventKind], name: str = "cameo.tsv") -> CameoTable:
    """Read and check the table."""
    found: dict[tuple[EventType, str | None], list[Cameo]] = {}
    values: dict[str, float] = {}
    for line, row in read_table(name, ("type", "mode", "context", "cameo", "goldstein")):
        type_ = event_type(row["type"], name, line)
        rows = found.setdefault((type_, mode_of(row["mode"], kinds[type_], name, line)), [])
        one = Cameo(
            None if row["context"] == "-" else row["context"], row["cameo"], _value(row["goldstein"], name, line)
        )
        check_contexts([one.context] if one.context else [], name, line)
        if any(other.context in (one.context, None) for other in rows):
            raise LexiconError(f"{name}:{line}: {row['type']} {row['mode']} {row['context']} comes too late or twice")
        if not CODE.fullmatch(one.code) or values.setdefault(one.code, one.goldstein) != one.goldstein:
            raise LexiconError(f"{name}:{line}: {one.code!r} is no CAMEO code, or has another value above")
        rows.append(one)
    _check_complete(found, kinds, name)
    return {key: tuple(rows) for key, rows in found.items()}


def _value(text: str, name: str, line: int) -> float:
    value = float(text)
    if not -MOST <= value <= MOST:
        raise LexiconError(f"{name}:{line}: {text} is no Goldstein value")
    return value


def _check_complete(
    found: Mapping[tuple[EventType, str | None], list[Cameo]], kinds: Mapping[EventType, EventKind], name: str
) -> None:
    for kind in kinds.values():
        for mode in (None, *kind.modes):
            rows = found.get((kind.type, mode), [])
            if not rows or rows[-1].context is not None:
                raise LexiconError(f"{name}: no code for {kind.type} {mode or '-'} without context")
