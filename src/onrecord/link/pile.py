"""The claims of a pile in context. With `__init__`, this file gathers the room: it calls what its siblings know.

Claims in context are kept with their report, as long as its actors and its date stay what they are. Of a report that is
as it was kept only columns are read; keys and claims are unpacked when something asks for one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, get_args

import msgspec

from onrecord.lexicon.words import load_function_words
from onrecord.link.context import tell_events, tell_statements
from onrecord.link.figures import Measured, in_group, make_figures, names_of_figure
from onrecord.link.kept import Kept, hash_of
from onrecord.link.keys import (
    ClaimKind,
    EventKey,
    FigureKey,
    InContext,
    Keys,
    KeysOf,
    Part,
    SaidKey,
    Table,
    code_of,
    numbers_of,
    pack_numbers,
    read_table,
)
from onrecord.link.reports import AT_HAND, Report, Said, Texts, ToldEvent, hash_number
from onrecord.link.same_events import names_of_event, sides_of
from onrecord.link.same_statements import names_of_statement
from onrecord.model.claims import Reading
from onrecord.model.days import day_range
from onrecord.model.ids import make_id
from onrecord.model.record import Actor, Figure


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
    """Reports, their stories, the claims of `documents` (those that were read) in columns, their keys, and their claims
    in context by id.

    `rests_on` has a hash of what is stored of each report and of its date.
    """

    reports: Mapping[str, Report]
    stories: Mapping[str, str]
    same: tuple[tuple[str, ...], ...]
    resolved: Mapping[str, Actor]
    documents: tuple[str, ...]
    tables: Mapping[ClaimKind, Table]
    keys: KeysOf
    events: InContext[ToldEvent]
    statements: InContext[Said]
    measured: InContext[Measured]
    rests_on: Mapping[str, bytes]


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


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one report in context by id, in the order of its reading."""

    events: Mapping[str, ToldEvent]
    statements: Mapping[str, Said]
    measured: Mapping[str, Measured]


CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
Columns = tuple[Part, Part, Part]  # of the claims of one report, in the order of CLAIM_KINDS
_pack = msgspec.msgpack.Encoder().encode
_ordered = msgspec.msgpack.Encoder(order="deterministic").encode  # a set has one form
_unpack_events = msgspec.msgpack.Decoder(dict[str, ToldEvent]).decode
_unpack_statements = msgspec.msgpack.Decoder(dict[str, Said]).decode
_unpack_measured = msgspec.msgpack.Decoder(dict[str, Measured]).decode
_unpack_keys = msgspec.msgpack.Decoder(Keys).decode
_unpack_columns = msgspec.msgpack.Decoder(Columns).decode


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
    told: dict[str, Claims] = {}  # those of the last report whose claims were made

    def tell(document: str) -> Claims:
        if document not in told:
            claims = _tell(reports[document], read[document], actor_of)
            told.clear()
            told[document] = claims
            packed = _pack(claims.events), _pack(claims.statements), _pack(claims.measured)
            kept.put("claims", document, (basis[document], *packed))
        return told[document]

    def packed_of(document: str) -> Sequence[Any] | None:
        return None if document in told else _kept_claims(document, basis[document], kept)

    @lru_cache(AT_HAND)
    def events_of(document: str) -> Mapping[str, ToldEvent]:
        packed = packed_of(document)
        return _unpack_events(packed[0]) if packed else tell(document).events

    @lru_cache(AT_HAND)
    def statements_of(document: str) -> Mapping[str, Said]:
        packed = packed_of(document)
        return _unpack_statements(packed[1]) if packed else tell(document).statements

    @lru_cache(AT_HAND)
    def measured_of(document: str) -> Mapping[str, Measured]:
        packed = packed_of(document)
        return _unpack_measured(packed[2]) if packed else tell(document).measured

    def claims_of(document: str) -> Claims:
        return Claims(events_of(document), statements_of(document), measured_of(document))

    @lru_cache(AT_HAND)
    def keys_of(document: str) -> Keys:
        keys = _kept_keys(document, basis[document], kept)
        if keys is None:
            keys = _keys_of(claims_of(document))
            kept.put("keys", document, (basis[document], _pack(keys)))
        return keys

    def columns_of(document: str) -> Columns:
        columns = _kept_columns(document, basis[document], kept)
        if columns is None:
            columns = _columns_of(claims_of(document), keys_of(document), stored[document])
            kept.put("columns", document, (basis[document], _pack(columns)))
        return columns

    columns = [columns_of(id) for id in known]
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


def _kept_keys(document: str, basis: bytes, kept: Kept) -> Keys | None:
    found: Sequence[Any] | None = kept.get("keys", document)
    if found is not None and found[0] == basis:
        with suppress(msgspec.DecodeError, TypeError):  # what is damaged is made anew
            return _unpack_keys(found[1])
    return None


def _kept_columns(document: str, basis: bytes, kept: Kept) -> Columns | None:
    found: Sequence[Any] | None = kept.get("columns", document)
    if found is not None and found[0] == basis:
        with suppress(msgspec.DecodeError, TypeError):
            columns: Columns = _unpack_columns(found[1])
            return columns
    return None


def _kept_claims(document: str, basis: bytes, kept: Kept) -> Sequence[Any] | None:
    """Events, statements and figures of a report, each packed."""
    found: Sequence[Any] | None = kept.get("claims", document)
    return found[1:] if found is not None and found[0] == basis else None


def _tell(report: Report, reading: Reading, actor_of: Mapping[str, Actor]) -> Claims:
    """A report's claims in context, made anew."""
    words = load_function_words()
    told = tell_events(report, reading, actor_of, words)
    said = tell_statements(report, reading, actor_of, words)
    measured = make_figures(report, reading, told, words)
    return Claims({one.id: one for one in told}, {one.id: one for one in said}, {one.id: one for one in measured})


def _keys_of(claims: Claims) -> Keys:
    return Keys(
        tuple(map(_key_of_event, claims.events.values())),
        tuple(map(_key_of_statement, claims.statements.values())),
        tuple(FigureKey(one.figure, one.head, one.days) for one in claims.measured.values()),
    )


def _columns_of(claims: Claims, keys: Keys, stored: str) -> Columns:
    told, spoken, measured = [*claims.events.values()], [*claims.statements.values()], [*claims.measured.values()]
    stems = [numbers_of(said.words) for said in spoken]
    of = [code_of(key.figure.of) if key.figure.of else 0 for key in keys.measured]
    said = [hash_number(_pack((key, words))) for key, words in zip(keys.statements, stems, strict=True)]
    return (
        _part("event", told, stored, map(names_of_event, keys.events), [0] * len(told)),
        _part("statement", spoken, stored, map(names_of_statement, keys.statements), said, stems),
        _part("figure", measured, stored, map(names_of_figure, keys.measured), of),
    )


def _part(
    kind: ClaimKind,
    claims: Sequence[ToldEvent | Said | Measured],
    stored: str,
    names: Iterable[Iterable[tuple[int, object]]],
    keys: Iterable[int],
    stems: Sequence[Sequence[int]] = (),
) -> Part:
    found = [(at, how, name) for at, given in enumerate(names) for how, name in given]
    return Part(
        "\n".join(one.id for one in claims),
        "\n".join(make_id("gr", kind, one.id) for one in claims),
        pack_numbers(code_of(one.id) for one in claims),
        pack_numbers(hash_number(stored.encode() + b"\x1f" + _ordered(one)) for one in claims),
        pack_numbers(keys),
        pack_numbers(hash_number(_pack(name)) for _, _, name in found),
        pack_numbers(at for at, _, _ in found),
        pack_numbers(how for _, how, _ in found),
        pack_numbers(stem for one in stems for stem in one),
        pack_numbers(accumulate(map(len, stems))),
    )


def _key_of_event(told: ToldEvent) -> EventKey:
    first, second = sides_of(told)
    sides = tuple(sorted(first)), tuple(sorted(second))
    return EventKey(told.id, told.event.type, told.days, sides, hash_of(sorted(told.words)))


def _key_of_statement(said: Said) -> SaidKey:
    is_no = said.statement.cue_kind == "deny" or said.statement.negated
    return SaidKey(said.id, said.days, said.speaker, tuple(sorted(said.speaks_for)), is_no)
