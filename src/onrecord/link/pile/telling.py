"""The claims of one report in context, with keys and columns: made, packed, and found again among what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, get_args

import msgspec

from onrecord.lexicon.words import load_function_words
from onrecord.link.columns import number_in
from onrecord.link.context import tell_events, tell_statements
from onrecord.link.figures import Measured, make_figures, names_of_figure
from onrecord.link.kept import Kept, Kind, hash_of
from onrecord.link.keys import (
    IN_GROUP,
    ClaimKind,
    EventKey,
    FigureKey,
    Keys,
    Part,
    SaidKey,
    code_of,
    numbers_of,
    pack_numbers,
)
from onrecord.link.reports import Report, Said, ToldEvent, hash_number
from onrecord.link.same_events import names_of_event, sides_of
from onrecord.link.same_statements import meets_by, names_of_statement
from onrecord.model.claims import NARRATOR, Reading
from onrecord.model.ids import make_id
from onrecord.model.record import ShownActor


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one report in context by id, in the order of its reading."""

    events: Mapping[str, ToldEvent]
    statements: Mapping[str, Said]
    measured: Mapping[str, Measured]


CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
Columns = tuple[Part, Part, Part]  # of the claims of one report, in the order of CLAIM_KINDS
pack = msgspec.msgpack.Encoder().encode
_ordered = msgspec.msgpack.Encoder(order="deterministic").encode  # a set has one form
unpack_events = msgspec.msgpack.Decoder(dict[str, ToldEvent]).decode
unpack_statements = msgspec.msgpack.Decoder(dict[str, Said]).decode
unpack_measured = msgspec.msgpack.Decoder(dict[str, Measured]).decode
_unpack_columns = msgspec.msgpack.Decoder(Columns).decode


def kept_keys(document: str, basis: bytes, kept: Kept) -> Keys | None:
    """The keys kept of a report's claims, if they rest on `basis`; those of another form are damaged, and made anew."""
    packed = _kept("keys", document, basis, kept)
    return Keys(*packed) if packed and [*map(type, packed)] == [bytes] * len(CLAIM_KINDS) else None


def kept_columns(document: str, basis: bytes, kept: Kept) -> Columns | None:
    """The columns kept of a report's claims, if they rest on `basis`."""
    packed = _kept("columns", document, basis, kept)
    with suppress(msgspec.DecodeError, TypeError):  # what is damaged is made anew
        return _unpack_columns(packed[0]) if packed else None
    return None


def kept_claims(document: str, basis: bytes, kept: Kept) -> Sequence[bytes] | None:
    """Events, statements and figures of a report, each packed, if they rest on `basis`."""
    return _kept("claims", document, basis, kept)


def _kept(kind: Kind, document: str, basis: bytes, kept: Kept) -> Sequence[bytes] | None:
    found: Sequence[Any] | None = kept.get(kind, document)
    return found[1:] if found is not None and found[0] == basis else None


def tell_claims(report: Report, reading: Reading, actor_of: Mapping[str, ShownActor]) -> Claims:
    """A report's claims in context, made anew."""
    words = load_function_words()
    told = tell_events(report, reading, actor_of, words)
    said = tell_statements(report, reading, actor_of, words)
    measured = make_figures(report, reading, told, words)
    return Claims({one.id: one for one in told}, {one.id: one for one in said}, {one.id: one for one in measured})


def make_keys(claims: Claims) -> Keys:
    return Keys(
        tuple(map(_key_of_event, claims.events.values())),
        tuple(map(_key_of_statement, claims.statements.values())),
        tuple(FigureKey(one.figure, one.head, one.days) for one in claims.measured.values()),
    )


def pack_keys(keys: Keys) -> tuple[bytes, bytes, bytes]:
    """Keys as they are kept, as `Keys` takes them."""
    return pack(keys.events), pack(keys.statements), pack(keys.measured)


def make_columns(claims: Claims, keys: Keys, stored: str) -> Columns:
    told, spoken, measured = [*claims.events.values()], [*claims.statements.values()], [*claims.measured.values()]
    stems = [numbers_of(said.words) for said in spoken]
    of = [code_of(key.figure.of) if key.figure.of else 0 for key in keys.measured]
    said = [hash_number(pack((key, words))) for key, words in zip(keys.statements, stems, strict=True)]
    alike = [hash_number(pack((meets_by(key), words))) for key, words in zip(keys.statements, stems, strict=True)]
    return (
        _part("event", told, stored, map(names_of_event, keys.events), [0] * len(told)),
        _part("statement", spoken, stored, map(names_of_statement, keys.statements), said, stems, alike),
        _part("figure", measured, stored, map(names_of_figure, keys.measured), of),
    )


def _part(
    kind: ClaimKind,
    claims: Sequence[ToldEvent | Said | Measured],
    stored: str,
    names: Iterable[Iterable[tuple[int, object]]],
    keys: Iterable[int],
    stems: Sequence[Sequence[int]] = (),
    alike: Iterable[int] = (),
) -> Part:
    found = [(at, how, name) for at, given in enumerate(names) for how, name in given]
    return Part(
        "\n".join(one.id for one in claims),
        pack_numbers(number_in(make_id(IN_GROUP, kind, one.id), IN_GROUP) for one in claims),
        pack_numbers(code_of(one.id) for one in claims),
        pack_numbers(hash_number(stored.encode() + b"\x1f" + _ordered(one)) for one in claims),
        pack_numbers(keys),
        pack_numbers(hash_number(pack(name)) for _, _, name in found),
        pack_numbers(at for at, _, _ in found),
        pack_numbers(how for _, how, _ in found),
        pack_numbers(stem for one in stems for stem in one),
        pack_numbers(accumulate(map(len, stems))),
        pack_numbers(alike),
    )


def _key_of_event(told: ToldEvent) -> EventKey:
    first, second = sides_of(told)
    sides = tuple(sorted(first)), tuple(sorted(second))
    words, event = hash_of(sorted(told.words)), told.event
    is_own = event.told_by == NARRATOR
    return EventKey(told.id, event.type, told.days, sides, words, event.trigger, event.evidence, is_own)


def _key_of_statement(said: Said) -> SaidKey:
    is_no = said.statement.cue_kind == "deny" or said.statement.negated
    is_direct = said.statement.speaker is not None and not said.statement.relays
    return SaidKey(said.id, said.days, said.speaker, tuple(sorted(said.speaks_for)), is_no, said.span, is_direct)
