"""`python -m training.outlines FOLDER`: makes the outlines on the map (web/static/land.svg) anew.

FOLDER is the unpacked npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`): Natural Earth 1:50m in the public
domain, as TopoJSON. Lines are simplified (Douglas and Peucker 1973) to 0.04 degrees and written in twentieths of one.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
OUT = Path(__file__).parents[1] / "src" / "onrecord" / "web" / "static" / "land.svg"
TOLERANCE, LEAST, SCALE = 0.04, 0.03, 20  # degrees, square degrees, parts of a degree


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplified(points: list[Point]) -> list[Point]:
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        dx, dy = x2 - x1, y2 - y1
        length = math.hypot(dx, dy)
        far = [
            abs(dx * (y1 - y) - dy * (x1 - x)) / length if length else math.hypot(x - x1, y - y1)
            for x, y in points[first + 1 : last]
        ]
        if far and max(far) > TOLERANCE:
            middle = first + 1 + far.index(max(far))
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    return [points[number] for number in sorted(keep)]


def path(points: Iterable[Point], closed: bool) -> str:
    """A line in whole units, each step relative to the last."""
    whole = [(round(x * SCALE), round(-y * SCALE)) for x, y in points]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole) if a != b]
    if not steps:
        return ""
    return f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}".replace(" -", "-") + ("z" if closed else "")


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The rings of all land, unrolled over the antimeridian, closed round a pole."""
    arcs = decode(topology)
    for polygon in (polygon for shape in topology["objects"]["land"]["geometries"] for polygon in shape["arcs"]):
        for ids in polygon:
            points: list[Point] = []
            for id in ids:
                arc = arcs[id] if id >= 0 else arcs[~id][::-1]
                points += arc[1:] if points else arc
            unrolled, turned = [points[0]], 0
            for (before, _), (x, y) in pairwise(points):
                turned += -360 if x - before > 180 else 360 if x - before < -180 else 0
                unrolled.append((x + turned, y))
            if abs(unrolled[-1][0] - unrolled[0][0]) > 180:
                unrolled += [(unrolled[-1][0], -90.0), (unrolled[0][0], -90.0)]
            yield unrolled


def land(topology: dict[str, Any]) -> str:
    found = []
    for ring in rings(topology):
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2)
        if area >= LEAST:
            half = len(ring) // 2
            line = simplified(ring[: half + 1])[:-1] + simplified(ring[half:])
            shifts = [0] + [-360] * (max(x for x, _ in ring) > 180.01) + [360] * (min(x for x, _ in ring) < -180.01)
            found += [path(((x + shift, y) for x, y in line), True) for shift in shifts]
    return "".join(found)


def borders(topology: dict[str, Any]) -> str:
    """Arcs that two states share."""
    users: dict[int, set[int]] = {}

    def visit(arcs: Any, state: int) -> None:
        for one in arcs:
            if isinstance(one, list):
                visit(one, state)
            else:
                users.setdefault(one if one >= 0 else ~one, set()).add(state)

    for number, shape in enumerate(topology["objects"]["countries"]["geometries"]):
        visit(shape["arcs"], number)
    arcs = decode(topology)
    return "".join(path(simplified(arcs[arc]), False) for arc, states in users.items() if len(states) > 1)


def main(folder: Path) -> None:
    read = {
        name: json.loads((folder / f"{name}-50m.json").read_text(encoding="utf-8")) for name in ("land", "countries")
    }
    drawn = "".join(
        f'<path id="{id}" transform="scale({1 / SCALE:g})" d="{line}"/>'
        for id, line in (("land", land(read["land"])), ("borders", borders(read["countries"])))
    )
    comment = "<!-- outlines of land and states: Natural Earth 1:50m, public domain, simplified; in degrees -->"
    OUT.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{comment}{drawn}</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
