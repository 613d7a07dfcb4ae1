"""The claims of a pile in context. With `__init__`, this file gathers the room: it calls what its siblings know.

Claims in context are kept with their report, as long as its actors and its date stay what they are. Of a report that is
as it was kept only columns are read; keys and claims are unpacked when something asks for one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from onrecord.link.figures import Measured, in_group
from onrecord.link.kept import Kept, hash_of
from onrecord.link.keys import ClaimKind, InContext, Keys, KeysOf, Table, read_table
from onrecord.link.pile.telling import (
    CLAIM_KINDS,
    Claims,
    Columns,
    kept_claims,
    kept_columns,
    kept_keys,
    make_columns,
    make_keys,
    pack,
    pack_keys,
    tell_claims,
    unpack_events,
    unpack_measured,
    unpack_statements,
)
from onrecord.link.reports import AT_HAND, Report, Said, Texts, ToldEvent, days_of
from onrecord.model.claims import Reading
from onrecord.model.days import Days
from onrecord.model.lookup import shown_of
from onrecord.model.record import Actor, Figure, ShownActor


class Acting(Mapping[str, ShownActor]):
    """The actor of each mention, looked up when it is asked for."""

    def __init__(self, resolved: Mapping[str, str], actors: Mapping[str, Actor]) -> None:
        self._resolved = resolved
        self._shown = shown_of(actors)

    def __getitem__(self, mention: str) -> ShownActor:
        actor = self._shown(self._resolved[mention])
        if actor is None:
            raise KeyError(mention)
        return actor

    def __iter__(self) -> Iterator[str]:
        return iter(self._resolved)

    def __len__(self) -> int:
        return len(self._resolved)


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports, their stories, the claims of `documents` (those that were read) in columns, their keys, and their claims
    in context by id.

    `rests_on` has for each report what stands for all that is stored of it, and its days.
    """

    reports: Mapping[str, Report]
    stories: Mapping[str, str]
    same: tuple[tuple[str, ...], ...]
    resolved: Mapping[str, ShownActor]
    documents: tuple[str, ...]
    tables: Mapping[ClaimKind, Table]
    keys: KeysOf
    events: InContext[ToldEvent]
    statements: InContext[Said]
    measured: InContext[Measured]
    rests_on: Mapping[str, tuple[str, Days | None]]

    def document_of(self, kind: ClaimKind) -> Mapping[str, str]:
        """The report of each claim of one kind."""
        claims: dict[ClaimKind, InContext[Any]] = {
            "event": self.events, "statement": self.statements, "figure": self.measured,
        }  # fmt: skip
        return claims[kind].document_of


class Figures(Mapping[str, tuple[Figure, ...]]):
    """The figures of each report that stand in a group, in the order of their words, made when they are asked for."""

    def __init__(self, pile: Pile, group_of: Mapping[str, str]) -> None:
        self._pile = pile
        self._group_of = group_of
        self._documents = frozenset(pile.documents)

    def __getitem__(self, document: str) -> tuple[Figure, ...]:
        if document not in self._documents:
            raise KeyError(document)
        known = (key.figure for key in self._pile.keys.of(document).measured if key.figure.id in self._group_of)
        found = (in_group(figure, self._group_of[figure.id]) for figure in known)
        return tuple(sorted(found, key=lambda figure: (figure.span, figure.id)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._pile.documents)

    def __len__(self) -> int:
        return len(self._pile.documents)


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
    reports = {id: _dated(one, read.get(id)) for id, one in texts.reports.items()}
    known = [id for id in reports if id in read]
    stored = {id: kept.stamps.get(id) or _unlike_stored(reports[id], read[id], kept) for id in known}
    basis = {id: _basis(stored[id], read[id], acting.get(id) or actor_of) for id in known}
    told: dict[str, Claims] = {}  # those of the last report whose claims were made

    def tell(document: str) -> Claims:
        if document not in told:
            report = reports[document]
            report = replace(report, document=report.document.whole())
            claims = tell_claims(report, read[document].whole(), actor_of)
            told.clear()
            told[document] = claims
            packed = pack(claims.events), pack(claims.statements), pack(claims.measured)
            kept.put("claims", document, (basis[document], *packed))
        return told[document]

    def packed_of(document: str) -> Sequence[bytes] | None:
        return None if document in told else kept_claims(document, basis[document], kept)

    @lru_cache(AT_HAND)
    def events_of(document: str) -> Mapping[str, ToldEvent]:
        packed = packed_of(document)
        return unpack_events(packed[0]) if packed else tell(document).events

    @lru_cache(AT_HAND)
    def statements_of(document: str) -> Mapping[str, Said]:
        packed = packed_of(document)
        return unpack_statements(packed[1]) if packed else tell(document).statements

    @lru_cache(AT_HAND)
    def measured_of(document: str) -> Mapping[str, Measured]:
        packed = packed_of(document)
        return unpack_measured(packed[2]) if packed else tell(document).measured

    def claims_of(document: str) -> Claims:
        return Claims(events_of(document), statements_of(document), measured_of(document))

    @lru_cache(AT_HAND)
    def keys_of(document: str) -> Keys:
        keys = kept_keys(document, basis[document], kept)
        if keys is None:
            keys = make_keys(claims_of(document))
            kept.put("keys", document, (basis[document], *pack_keys(keys)))
        return keys

    def columns_of(document: str) -> Columns:
        columns = kept_columns(document, basis[document], kept)
        if columns is None:
            columns = make_columns(claims_of(document), keys_of(document), stored[document])
            kept.put("columns", document, (basis[document], pack(columns)))
        return columns

    made = {id: columns_of(id) for id in read if id in reports}  # in the order of the file
    columns = [made[id] for id in known]
    kept.let_go("columns")
    tables = {kind: read_table(kind, known, [one[n] for one in columns]) for n, kind in enumerate(CLAIM_KINDS)}
    return Pile(
        reports,
        texts.stories,
        texts.same,
        actor_of,
        tuple(known),
        tables,
        KeysOf(keys_of),
        InContext(tables["event"].documents_of(), events_of),
        InContext(tables["statement"].documents_of(), statements_of),
        InContext(tables["figure"].documents_of(), measured_of),
        {id: (stored[id], reports[id].published) for id in known},
    )


def _dated(report: Report, reading: Reading | None) -> Report:
    """A report with the days that the pile gave its reading."""
    days = days_of(reading.published.value) if reading else report.published
    return report if days == report.published else replace(report, published=days)


def _unlike_stored(report: Report, reading: Reading, kept: Kept) -> str:
    """What stands for a report that is not as it is stored: a hash of it as it is; nothing where nothing is kept."""
    return hash_of((report.document, reading)).hex() if kept.stamps else ""


def _basis(stored: str, reading: Reading, acting: bytes | Mapping[str, ShownActor]) -> bytes:
    """A hash of all that a report's claims in context are made from: what is stored of it, actors, date."""
    actors: object = acting
    if not isinstance(acting, bytes):
        actors = [(one.id, one.kind, one.country) if (one := acting.get(m.id)) else None for m in reading.mentions]
    return hash_of((stored, actors, reading.published))
