"""The claims of a pile in context. With `__init__`, this file gathers the room: it calls what its siblings know.

Claims in context are kept with their report, as long as its actors and its date stay what they are. Of a report that is
as it was kept only the keys are read; its claims are unpacked when something asks for one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from onrecord.lexicon.words import load_function_words
from onrecord.link.context import tell_events, tell_statements
from onrecord.link.figures import Measured, make_figures
from onrecord.link.kept import Kept, hash_bytes, hash_of
from onrecord.link.keys import HASH, EventKey, FigureKey, InContext, Keys, SaidKey, pack_stems
from onrecord.link.reports import Report, Said, Texts, ToldEvent
from onrecord.link.same_events import sides_of
from onrecord.model.claims import Reading
from onrecord.model.days import day_range
from onrecord.model.record import Actor


class Acting(Mapping[str, Actor]):
    """The actor of each mention, looked up when it is asked for."""

    def __init__(self, resolved: Mapping[str, str], actors: Mapping[str, Actor]) -> None:
        self._resolved = resolved
        self._actors = actors

    def __getitem__(self, mention: str) -> Actor:
        return self._actors[self._resolved[mention]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._resolved)

    def __len__(self) -> int:
        return len(self._resolved)


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports, their stories, the keys of their claims by report, and their claims in context by id.

    The statements of `fresh` reports are new or have other keys than were kept; `contents` has a hash of each claim in
    context with all that is stored of its report, `rests_on` one of what is stored of each report and of its date.
    """

    reports: Mapping[str, Report]
    stories: Mapping[str, str]
    same: tuple[tuple[str, ...], ...]
    resolved: Mapping[str, Actor]
    keys: Mapping[str, Keys]
    events: InContext[ToldEvent]
    statements: InContext[Said]
    measured: InContext[Measured]
    fresh: frozenset[str]
    contents: Mapping[str, bytes]
    rests_on: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one report in context."""

    events: tuple[ToldEvent, ...]
    statements: tuple[Said, ...]
    measured: tuple[Measured, ...]


_pack = msgspec.msgpack.Encoder().encode
_ordered = msgspec.msgpack.Encoder(order="deterministic").encode  # a set has one form
_unpack, _unpack_keys = msgspec.msgpack.Decoder(Claims).decode, msgspec.msgpack.Decoder(Keys).decode


def read_pile(
    texts: Texts,
    readings: Sequence[Reading],
    actors: Mapping[str, Actor],
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
    known = [id for id in reports if id in read]
    stored = {id: kept.stamps.get(id) or _unlike_stored(reports[id], read[id], kept) for id in known}
    basis = {id: _basis(stored[id], read[id], acting.get(id) or actor_of) for id in known}
    events: dict[str, ToldEvent] = {}
    statements: dict[str, Said] = {}
    measured: dict[str, Measured] = {}

    def put_in(claims: Claims) -> None:
        events.update((one.id, one) for one in claims.events)
        statements.update((one.id, one) for one in claims.statements)
        measured.update((one.id, one) for one in claims.measured)

    def tell(document: str) -> Claims:
        claims = _tell(reports[document], read[document], actor_of)
        kept.put("claims", document, (basis[document], _pack(claims)))
        put_in(claims)
        return claims

    def fetch(document: str) -> None:
        found = _kept_claims(document, basis[document], kept)
        if found is None:
            tell(document)
        else:
            put_in(found)

    keys: dict[str, Keys] = {}
    fresh: set[str] = set()
    for id in known:
        made_from, held = _kept_keys(id, kept)
        if held is None or made_from != basis[id]:
            keys[id] = _keys_of(tell(id), stored[id])
            kept.put("keys", id, (basis[id], _pack(keys[id])))
            if held is None or held.statements != keys[id].statements:
                fresh.add(id)
        else:
            keys[id] = held
    event_in = {one.id: id for id, of in keys.items() for one in of.events}
    statement_in = {one.id: id for id, of in keys.items() for one in of.statements}
    figure_in = {one.figure.id: id for id, of in keys.items() for one in of.measured}
    return Pile(
        reports,
        texts.stories,
        texts.same,
        actor_of,
        keys,
        InContext(event_in, events, fetch),
        InContext(statement_in, statements, fetch),
        InContext(figure_in, measured, fetch),
        frozenset(fresh),
        {claim: content for of in keys.values() for claim, content in of.content_of()},
        {id: hash_of((stored[id], reports[id].published)) for id in known},
    )


def _unlike_stored(report: Report, reading: Reading, kept: Kept) -> str:
    """What stands for a report that is not as it is stored: a hash of it as it is; nothing where nothing is kept."""
    return hash_of((report.document, reading)).hex() if kept.stamps else ""


def _basis(stored: str, reading: Reading, acting: bytes | Mapping[str, Actor]) -> bytes:
    """A hash of all that a report's claims in context are made from: what is stored of it, actors, date."""
    actors: object = acting
    if not isinstance(acting, bytes):
        actors = [(one.id, one.kind, one.country) if (one := acting.get(m.id)) else None for m in reading.mentions]
    return hash_of((stored, actors, reading.published))


def _kept_keys(document: str, kept: Kept) -> tuple[bytes, Keys | None]:
    """What the kept keys of a report's claims were made from, and these."""
    found: Sequence[Any] | None = kept.get("keys", document)
    if found is not None:
        with suppress(msgspec.DecodeError, TypeError):  # what is damaged is made anew
            return found[0], _unpack_keys(found[1])
    return b"", None


def _kept_claims(document: str, basis: bytes, kept: Kept) -> Claims | None:
    found: Sequence[Any] | None = kept.get("claims", document)
    if found is not None and found[0] == basis:
        with suppress(msgspec.DecodeError):
            return _unpack(found[1])
    return None


def _tell(report: Report, reading: Reading, actor_of: Mapping[str, Actor]) -> Claims:
    """A report's claims in context, made anew."""
    words = load_function_words()
    told = tell_events(report, reading, actor_of, words)
    said = tell_statements(report, reading, actor_of, words)
    return Claims(told, said, make_figures(report, reading, told, words))


def _keys_of(claims: Claims, stored: str) -> Keys:
    every = (*claims.events, *claims.statements, *claims.measured)
    return Keys(
        tuple(map(_key_of_event, claims.events)),
        tuple(map(_key_of_statement, claims.statements)),
        tuple(FigureKey(one.figure, one.head, one.days) for one in claims.measured),
        b"".join(hash_bytes((stored.encode(), _ordered(one)))[:HASH] for one in every),
    )


def _key_of_event(told: ToldEvent) -> EventKey:
    first, second = sides_of(told)
    sides = tuple(sorted(first)), tuple(sorted(second))
    return EventKey(told.id, told.event.type, told.days, sides, hash_of(sorted(told.words)))


def _key_of_statement(said: Said) -> SaidKey:
    is_no = said.statement.cue_kind == "deny" or said.statement.negated
    return SaidKey(said.id, said.days, said.speaker, tuple(sorted(said.speaks_for)), pack_stems(said.words), is_no)
