"""The claims of a pile in context. With `__init__`, this file gathers the room: it calls what its siblings know.

Claims in context are kept with their report, as long as its actors, its date and its story stay what they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from onrecord.lexicon.words import load_function_words
from onrecord.link.context import tell_events, tell_statements
from onrecord.link.figures import Measured, make_figures
from onrecord.link.kept import Kept
from onrecord.link.reports import Report, Said, Texts, ToldEvent
from onrecord.model.claims import Reading
from onrecord.model.days import day_range
from onrecord.model.record import Actor


class Acting(Mapping[str, Actor]):
    """The actor of each mention, looked up when it is asked for."""

    def __init__(self, resolved: Mapping[str, str], actors: Iterable[Actor]) -> None:
        self._resolved = resolved
        self._actors = {actor.id: actor for actor in actors}

    def __getitem__(self, mention: str) -> Actor:
        return self._actors[self._resolved[mention]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._resolved)

    def __len__(self) -> int:
        return len(self._resolved)


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports, their stories and their claims in context, by id; `came_out` is the first day of a claim's report.

    The claims of `fresh` reports are new or in another context than they were kept in; `rests_on` gives for each report
    a hash of what its claims in context are made from.
    """

    reports: Mapping[str, Report]
    stories: Mapping[str, str]
    same: tuple[tuple[str, ...], ...]
    resolved: Mapping[str, Actor]
    events: Mapping[str, ToldEvent]
    statements: Mapping[str, Said]
    measured: Mapping[str, Measured]
    came_out: Mapping[str, str]
    fresh: frozenset[str]
    rests_on: Mapping[str, bytes]


def read_pile(
    texts: Texts,
    readings: Sequence[Reading],
    actors: Sequence[Actor],
    resolved: Mapping[str, str],
    kept: Kept,
    acting: Mapping[str, bytes],
) -> Pile:
    """Reports and claims in context; a document without a reading has no claims."""
    read = {reading.document: reading for reading in readings}
    actor_of = Acting(resolved, actors)
    reports = {
        id: replace(one, published=day_range(read[id].published.value)) if id in read else one
        for id, one in texts.reports.items()
    }
    events: dict[str, ToldEvent] = {}
    statements: dict[str, Said] = {}
    measured: dict[str, Measured] = {}
    came_out: dict[str, str] = {}
    fresh: set[str] = set()
    rests_on: dict[str, bytes] = {}
    for report in (report for id, report in reports.items() if id in read):
        basis = _basis(report, read[report.id], acting.get(report.id) or actor_of, texts.stories[report.id], kept)
        rests_on[report.id] = basis
        found, is_fresh = _claims_of(report, read[report.id], actor_of, texts.stories[report.id], basis, kept)
        if is_fresh:
            fresh.add(report.id)
        events.update((one.id, one) for one in found.events)
        statements.update((one.id, one) for one in found.statements)
        measured.update((one.id, one) for one in found.measured)
        if report.published:
            claims: tuple[ToldEvent | Said | Measured, ...] = (*found.events, *found.statements, *found.measured)
            came_out.update((claim.id, report.published[0]) for claim in claims)
    return Pile(
        reports, texts.stories, texts.same, actor_of, events, statements, measured, came_out, frozenset(fresh), rests_on
    )


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one report in context."""

    events: tuple[ToldEvent, ...]
    statements: tuple[Said, ...]
    measured: tuple[Measured, ...]


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Claims).decode


def _basis(report: Report, reading: Reading, acting: bytes | Mapping[str, Actor], story: str, kept: Kept) -> bytes:
    """A hash of all that a report's claims in context are made from: what is stored of it, actors, date, story."""
    actors: object = acting
    if not isinstance(acting, bytes):
        actors = [(one.id, one.kind, one.country) if (one := acting.get(m.id)) else None for m in reading.mentions]
    stored = kept.stamps.get(report.id) or ((report.document, reading) if kept.stamps else "")
    return hash_of((stored, actors, reading.published, story))


def _claims_of(
    report: Report, reading: Reading, actor_of: Mapping[str, Actor], story: str, basis: bytes, kept: Kept
) -> tuple[Claims, bool]:
    """A report's claims in context, and whether these are not those kept."""
    found: Sequence[Any] | None = kept.get("claims", report.id)
    if found is not None and found[0] == basis:
        with suppress(msgspec.DecodeError):  # what is damaged is made anew
            return _unpack(found[1]), False
    words = load_function_words()
    told = tell_events(report, reading, actor_of, words)
    said = tell_statements(report, reading, actor_of, words)
    claims = Claims(told, said, make_figures(report, reading, told, story, words))
    kept.put("claims", report.id, (basis, _pack(claims)))
    return claims, True


def hash_of(value: object) -> bytes:
    return hashlib.blake2b(_pack(value), digest_size=16).digest()
