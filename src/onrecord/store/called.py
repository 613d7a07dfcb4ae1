"""The names of all actors held in memory, to look for words in them as fast as somebody types."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from onrecord.store.decoded import decode_json, decode_row
from onrecord.store.matching import called
from onrecord.store.rows import Row
from onrecord.store.view import NAMED, View


@dataclass(frozen=True, slots=True)
class Names:
    """Every actor's names in one text, a line each, the most mentioned first; `starts[i]` is where line i begins."""

    text: str
    starts: tuple[int, ...]
    positions: tuple[int, ...]


def load_names(view: View) -> Names:
    """The names of all actors; of the `NAMED` most mentioned all their names."""
    query = (
        "SELECT position, name, CASE WHEN number <= ? THEN json_extract(row, '$.aliases') END FROM "
        "(SELECT position, name, row, row_number() OVER (ORDER BY position) AS number FROM actors) ORDER BY position"
    )
    lines, starts, positions, at = [], [], [], 0
    for position, name, aliases in view._connection.execute(query, (NAMED,)):
        line = "\t".join(map(called, [name, *(decode_json(aliases) if aliases else ())]))
        lines.append(line)
        starts.append(at)
        positions.append(position)
        at += len(line) + 1
    return Names("\n".join(lines), tuple(starts), tuple(positions))


def actors_called(view: View, names: Names, words: str, limit: int) -> list[Row]:
    """Actors one of whose names holds the words, the most mentioned first, as `View.actors_called` finds them."""
    wanted = called(words)
    found: list[int] = []
    at = names.text.find(wanted) if wanted else -1
    while at >= 0 and len(found) < limit:
        line = bisect_right(names.starts, at) - 1
        found.append(names.positions[line])
        after = names.starts[line + 1] if line + 1 < len(names.starts) else len(names.text)
        at = names.text.find(wanted, after)
    marks = ", ".join("?" * len(found))
    rows = view._connection.execute(f"SELECT row FROM actors WHERE position IN ({marks}) ORDER BY position", found)
    return [decode_row(row) for (row,) in rows]
