"""Which place a name means: its explicit container first, then the company it keeps in the report, then its size.

A name has one sense in a report unless a container says otherwise. Where no sense is borne out, none is given.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from onrecord.extract.places.candidates import Candidate
from onrecord.lexicon.cities import fold_name
from onrecord.lexicon.places import Place, PlaceKind
from onrecord.model.parsed import Parsed

# How likely a bare name is to mean a sense of each kind, on the scale of log10(inhabitants) that cities are given.
PRIOR: dict[PlaceKind, float] = {
    "country": 8.6, "continent": 8.2, "disputed": 7.6, "region": 7.2, "water": 7.2, "range": 7.0, "border": 7.0,
    "province": 7.2, "island": 6.5, "facility": 6.5, "city": 0.0,
}  # fmt: skip
RENOWN = 2.0  # a city named without its state counts as one a hundred times its size
CAPITAL = 1.3  # a seat of government counts as a city twenty times its size
LESSER, LESSER_OF_MILLIONS = 1.0, 0.3  # an old or foreign name counts as a city a tenth its size; half, of a metropolis
FITS, CLASHES = 5.0, -3.0  # an explicit container outweighs any difference in size
CALLED_SO = 1.0  # "province" or "state" stands beside the name
TOWN_WORDS = frozenset({"city", "town", "village", "municipality"})
NAMED_STATE, STATE_SHARE = 1.2, 1.5  # the sense's state is named elsewhere; and by how much of the report
NEAR = 0.8  # another place of the report lies within `NEAR_KM`
NEAR_KM = 300.0
MOST_POINTS = 200  # clear cities kept to measure nearness from: more than any report names, so that lists stay cheap
DIVISION_KM = 600.0  # how far from its middle a town of a division may lie, where codes don't tell
SMALL_TOWN = 4.2  # log10 of 15,000 inhabitants: below that, size alone does not bear a sense out
TIE = 0.15  # senses closer than that are a toss-up
CLEAR = 1.0  # by how much a sense must lead for its state to count as named


@dataclass(frozen=True, slots=True)
class Resolved:
    """A candidate with the sense chosen for it, or None, and why in words; `country` may be known without the place."""

    place: Place | None
    basis: str
    country: str | None = None


def resolve_candidates(parsed: Parsed, candidates: list[Candidate]) -> list[Resolved]:
    """A sense for each candidate, in order."""
    containers = [_container(parsed, candidates, index) for index in range(len(candidates))]
    by_name: dict[str, Candidate] = {}
    for candidate, container in zip(candidates, containers, strict=True):
        if container is not None:
            by_name.setdefault(fold_name(candidate.core), container)
    context = _read_context(candidates)
    chosen: dict[tuple[object, ...], Resolved] = {}
    found: list[Resolved] = []
    for index, candidate in enumerate(candidates):
        name = fold_name(candidate.core)
        around = containers[index] or by_name.get(name)
        inside = candidates[index - 1] if index and containers[index - 1] is candidate else None
        key = (name, candidate.senses, candidate.generic, around and around.core, inside and inside.core)
        if key not in chosen:
            chosen[key] = _choose(candidate, around, inside, context)
        found.append(chosen[key])
    return found


@dataclass(frozen=True, slots=True)
class _Context:
    """How often states are named in the report, in all and by each name, and the points of its clear cities."""

    total: int
    states: Counter[str]
    by_name: Counter[tuple[str, str]]
    names: Counter[str]
    points: tuple[tuple[str, float, float], ...]

    def share(self, country: str, name: str) -> float:
        """How much of the report is about a state, the name itself left out; 0 where nothing else names it."""
        others = self.total - self.names[name]
        return (self.states[country] - self.by_name[country, name]) / others if others else 0.0

    def is_near(self, place: Place, name: str) -> bool:
        return any(
            other != name and distance_km(place.lat, place.lon, lat, lon) <= NEAR_KM for other, lat, lon in self.points
        )


def prior(place: Place) -> float:
    """How likely a bare name means this place."""
    size = math.log10(place.population + 10) if place.kind == "city" else PRIOR[place.kind]
    lesser = LESSER_OF_MILLIONS if place.population >= 1_000_000 else LESSER
    fame = RENOWN if place.renowned else CAPITAL if place.capital else 0.0
    return size + fame - (lesser if place.lesser else 0.0)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _read_context(candidates: list[Candidate]) -> _Context:
    by_name: Counter[tuple[str, str]] = Counter()
    points: dict[str, tuple[str, float, float]] = {}
    for candidate in candidates:
        ranked = sorted(candidate.senses, key=prior, reverse=True)
        if not ranked or (len(ranked) > 1 and prior(ranked[0]) - prior(ranked[1]) < CLEAR):
            continue
        best, name = ranked[0], fold_name(candidate.core)
        if best.country is not None:
            by_name[best.country, name] += 1
        if best.kind == "city" and len(points) < MOST_POINTS:
            points[name] = (name, best.lat, best.lon)
    states: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for (state, name), count in by_name.items():
        states[state] += count
        names[name] += count
    return _Context(sum(states.values()), states, by_name, names, tuple(points.values()))


def _container(parsed: Parsed, candidates: list[Candidate], index: int) -> Candidate | None:
    """What a name is said to lie in: "Paris, Texas", "Hama in Syria", "Cambridge (Massachusetts)"."""
    if index + 1 == len(candidates):
        return None
    candidate, after = candidates[index], candidates[index + 1]
    between = parsed.text[candidate.span.end : after.span.start].strip()
    holds = after.origin == "name" and any(sense.kind != "city" for sense in after.senses)
    return after if holds and between in {",", "(", "in", ", in"} else None


def _fits(place: Place, container: Candidate) -> bool:
    """Whether a place may lie in one of a container's senses."""
    return any(_holds(sense, place) for sense in container.senses)


def _holds(region: Place, place: Place) -> bool:
    """Whether a place lies in a region: by their codes, or else by state and distance."""
    if region.kind == "country":
        return region.countries == place.countries and place.kind != "country"
    if region.kind not in {"province", "region", "disputed", "island"} or place.kind not in {"city", "facility"}:
        return False
    if region.division and place.division and region.countries == place.countries:
        return region.division == place.division
    return (not region.countries or set(place.countries) <= set(region.countries)) and _is_within(place, region)


def _is_within(place: Place, region: Place) -> bool:
    return distance_km(place.lat, place.lon, region.lat, region.lon) <= DIVISION_KM


def _choose(candidate: Candidate, around: Candidate | None, inside: Candidate | None, context: _Context) -> Resolved:
    """The best borne-out sense of a candidate that is said to lie in `around` and to hold `inside`."""
    scored = [(*_score(candidate, sense, around, inside, context), sense) for sense in candidate.senses]
    if not scored:
        return Resolved(None, "not in the gazetteer")
    scored.sort(key=lambda row: (-row[0], row[2].geonameid or 0))
    score, basis, best = scored[0]
    if score < SMALL_TOWN:
        return Resolved(None, "no sense of the name is borne out by the report")
    rival = next((row for row in scored[1:] if _is_elsewhere(best, row[2])), None)
    if rival is not None and score - rival[0] < TIE:
        country = best.country if best.country == rival[2].country else None
        return Resolved(None, f"as likely {_where(best)} as {_where(rival[2])}", country)
    return Resolved(best, basis, best.country)


def _where(place: Place) -> str:
    return f"{place.name} at {place.lat:.1f}, {place.lon:.1f}"


def _is_elsewhere(place: Place, other: Place) -> bool:
    return distance_km(place.lat, place.lon, other.lat, other.lon) > NEAR_KM


def _score(
    candidate: Candidate, place: Place, around: Candidate | None, inside: Candidate | None, context: _Context
) -> tuple[float, str]:
    """How well a sense fits, and the weightiest reason in words."""
    name, score = fold_name(candidate.core), prior(place)
    reasons: list[str] = []
    if candidate.generic not in {"", *TOWN_WORDS} and place.kind == "province":
        score += CALLED_SO
        reasons.append(f"called a {candidate.generic}")
    if around is not None and any(_fits(sense, around) for sense in candidate.senses):
        score += FITS if _fits(place, around) else CLASHES
        reasons += [f"named as in {around.core}"] if _fits(place, around) else []
    if inside is not None and any(_holds(place, sense) for sense in inside.senses):
        score += FITS
        reasons.append(f"named as where {inside.core} lies")
    share = context.share(place.country, name) if place.country is not None else 0.0
    if share:
        score += NAMED_STATE + STATE_SHARE * share
        reasons.append(f"{place.country} is named in the report")
    if place.kind == "city" and context.is_near(place, name):
        score += NEAR
        reasons.append("other places of the report lie near")
    largest = "largest of that name" if place.kind == "city" else f"{place.kind} of that name"
    return score, "; ".join(reasons) or largest
