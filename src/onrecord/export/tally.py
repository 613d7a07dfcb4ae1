"""What an export took of the record, what it carried, and every loss with its reason.

For each table: rows taken = rows carried + rows lost. A field that a format has no place for is a loss too, counted
over the rows in which it says something. Losses go to the sidecar as they come, one JSON object a line:
{table, id, field ("" for the whole row), reason, rows}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from onrecord.export.wording import as_json
from onrecord.store import Row

NO_PLACE = "the format has no place for it"


@dataclass(slots=True)
class Tally:
    """Counts by table. `carries` says which fields of which tables a format has a place for; {} is all of all."""

    carries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sidecar: BinaryIO | None = None
    taken: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)  # (table, reason): rows
    cut: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # (table, field, reason): values
    _placeless: Counter[tuple[str, str]] = field(default_factory=Counter)

    def through(self, table: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, counted as taken, and their fields without a place as lost."""
        kept = self.carries.get(table)
        for row in rows:
            self.taken[table] += 1
            if kept is not None:
                self._placeless.update(
                    (table, name) for name, value in row.items() if name not in kept and _says(value)
                )
            yield row

    def carry(self, table: str, rows: int = 1) -> None:
        self.carried[table] += rows

    def lose(self, table: str, id: str, reason: str) -> None:
        """A row that does not come out."""
        self.lost[table, reason] += 1
        self._write(table, id, "", reason, 1)

    def shorten(self, table: str, id: str, field: str, reason: str) -> None:
        """A value of a carried row that does not come out, or not whole."""
        self.cut[table, field, reason] += 1
        self._write(table, id, field, reason, 1)

    def leave(self, table: str, rows: int) -> None:
        """A whole table that the format has no place for."""
        if rows:
            self.taken[table] += rows
            self.lost[table, NO_PLACE] += rows
            self._write(table, "", "", NO_PLACE, rows)

    def finish(self) -> None:
        """List the fields that found no place, once each."""
        for (table, name), rows in sorted(self._placeless.items()):
            self.cut[table, name, NO_PLACE] += rows
            self._write(table, "", name, NO_PLACE, rows)
        self._placeless.clear()

    @property
    def losses(self) -> int:
        return sum(self.lost.values()) + sum(self.cut.values())

    def missing(self, table: str) -> int:
        """Rows that were taken and neither carried nor listed as lost: 0, or the exporter is wrong."""
        return self.taken[table] - self.carried[table] - sum(n for (t, _), n in self.lost.items() if t == table)

    def _write(self, table: str, id: str, field: str, reason: str, rows: int) -> None:
        if self.sidecar is not None:
            line = {"table": table, "id": id, "field": field, "reason": reason, "rows": rows}
            self.sidecar.write(as_json(line) + b"\n")


def _says(value: object) -> bool:
    return value not in (None, "", [], {})
