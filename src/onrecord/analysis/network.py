"""Who acted towards whom: a directed network with friendly and hostile ties apart, in time where asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from onrecord.analysis.happenings import Happening, happenings
from onrecord.store import Row, View

By = Literal["country", "actor"]
BYS: tuple[By, ...] = ("country", "actor")


def find_network(view: View, by: By = "country", monthly: bool = False) -> Iterator[Row]:
    """One row for each directed tie, strongest first; `monthly` gives one for each month, dated acts alone.

    `hostile` and `friendly` are sums over acts of the Goldstein values of their events times lineages / (lineages + 1),
    both positive; `balance` is friendly less hostile. Nodes are states, or actors by id.
    """
    ties: dict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in happenings(view):
        period = one.day[:7] if monthly else ""
        if monthly and not period:
            continue
        sources, targets = (_nodes(side, by, names) for side in (one.actors, one.recipients))
        for source in sources:
            for target in targets:
                if source != target:
                    ties[period, source, target].append(one)
    rows = [_row(key, acts, names) for key, acts in ties.items()]
    yield from sorted(
        rows, key=lambda r: (r["period"] or "", -(r["hostile"] + r["friendly"]), r["source"], r["target"])
    )


def _nodes(side: tuple[Row, ...], by: By, names: dict[str, str]) -> list[str]:
    found = {}
    for party in side:
        key = party["id"] if by == "actor" else party["country"]
        if key:
            found[key] = party["name"] if by == "actor" else key
    names.update(found)
    return sorted(found)


def _row(key: tuple[str, str, str], acts: list[Happening], names: dict[str, str]) -> Row:
    period, source, target = key
    hostile = sum(act.hostility * act.weight for act in acts if act.hostility > 0)
    friendly = -sum(act.hostility * act.weight for act in acts if act.hostility < 0)
    days = sorted(act.day for act in acts if act.day)
    return {
        "source": source,
        "source_name": names[source],
        "target": target,
        "target_name": names[target],
        "period": period or None,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "acts": len(acts),
        "hostile": round(hostile, 2),
        "friendly": round(friendly, 2),
        "balance": round(friendly - hostile, 2),
        "event_groups": sorted(act.group for act in acts),
    }
