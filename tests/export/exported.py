"""One export as a test has it: the bytes, the tally, the losses as the sidecar lists them."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from onrecord.export import Tally, choose, find_format, write_part
from onrecord.store import Query, Row, View


@dataclass(frozen=True, slots=True)
class Exported:
    """What came out, with helpers to read it."""

    data: bytes
    tally: Tally
    losses: list[Row]

    @property
    def json(self) -> Row:
        held: Row = json.loads(self.data)
        return held

    @property
    def lines(self) -> list[Row]:
        return [json.loads(line) for line in self.data.decode().splitlines()]

    def lost(self, table: str, field: str = "") -> list[str]:
        """The ids of rows, or of rows one of whose values, is listed as lost."""
        return [one["id"] for one in self.losses if (one["table"], one["field"]) == (table, field)]

    def why(self, table: str, field: str = "") -> set[str]:
        return {one["reason"] for one in self.losses if (one["table"], one["field"]) == (table, field)}


def export(view: View, name: str, part: str = "", query: Query | None = None, table: str = "") -> Exported:
    """Export in memory."""
    form = find_format(name)
    assert form is not None
    out, sidecar = io.BytesIO(), io.BytesIO()
    tally = write_part(form, part, choose(view, query or Query(), table), out, sidecar)
    return Exported(out.getvalue(), tally, [json.loads(line) for line in sidecar.getvalue().decode().splitlines()])
