"""`python bench/coverage.py`: by office the states and bodies whose holders are known, and for what share of the days.

Counted are the days since 2000 on which somebody is known to have held the office, up to the day the base reaches.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from onrecord.lexicon.actors import ActorBase, load_actors

FIRST, LAST = "2000-01-01", "2025-12-31"
HEADS: tuple[str, ...] = ("president", "prime minister", "monarch", "supreme leader")
SPEAKING: tuple[str, ...] = (
    "government spokesperson", "presidential spokesperson", "prime ministerial spokesperson",
    "foreign ministry spokesperson", "defence ministry spokesperson",
    "military spokesperson", "chief cabinet secretary", "spokesperson", "chief spokesperson",
)  # fmt: skip
OFFICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("head of state or government", HEADS),
    ("foreign minister", ("foreign minister",)),
    ("defence minister", ("defence minister",)),
    ("interior or security minister", ("interior minister", "security minister")),
    ("spokesperson", SPEAKING),
    (
        "head of a body",
        ("secretary general", "director general", "president", "leader", "chairman", "managing director"),
    ),
)


def coverage(actors: ActorBase, offices: tuple[str, ...]) -> dict[str, int]:
    """By state or body the percent of days on which the holder of one of the offices is known."""
    first, last = date.fromisoformat(FIRST).toordinal(), date.fromisoformat(LAST).toordinal()
    known: dict[str, set[int]] = {}
    for row in actors.rows.values():
        for term in row.tenures:
            if term.office in offices:
                since = max(first, date.fromisoformat(term.since).toordinal())
                until = min(last, date.fromisoformat(term.end).toordinal())
                known.setdefault(term.body, set()).update(range(since, until + 1))
    return {body: round(100 * len(days) / (last - first + 1)) for body, days in known.items() if days}


def is_state(body: str) -> bool:
    return len(body) == 3 and body not in ("EUR", "ICC", "IMF", "IMG")


def main() -> None:
    actors = load_actors()
    for name, offices in OFFICES:
        bodies = name == "head of a body"
        found = {
            b: share
            for b, share in coverage(actors, offices).items()
            if bodies != is_state(b) or name == "spokesperson"
        }
        full = sum(share >= 80 for share in found.values())
        half = sum(share >= 50 for share in found.values())
        print(f"{name}: {len(found)} known, {half} for half of the days, {full} for 80 % of them")
        print("  " + " ".join(f"{body} {share}" for body, share in sorted(found.items(), key=lambda p: (-p[1], p[0]))))


if __name__ == "__main__":
    main()
