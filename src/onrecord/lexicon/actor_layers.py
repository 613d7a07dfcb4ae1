"""Layers of actors: the built-in base below, imported files above it, the user's own files on top.

A higher layer's row wins over a lower one's, and its holders of an office push lower ones out of the days that they
hold. Layers only add and replace: nothing known below is lost but what is contradicted above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import Entry
from onrecord.lexicon.actor_rows import ActorRow
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.terms import LAYERS, Tenure

Names = dict[tuple[str, tuple[str, ...]], list[str]]  # the keys of rows by kind and folded name


def overlay(rows: dict[str, ActorRow], entries: Iterable[Entry], single: frozenset[str]) -> dict[str, ActorRow]:
    """The rows with all entries put over them; `single` are the offices that one person holds at a time."""
    found = dict(rows)
    names: Names = {}
    for row in rows.values():
        _remember(names, row)
    by_wikidata = {row.wikidata: row.key for row in rows.values() if row.wikidata}
    pushing: dict[tuple[str, str], list[tuple[str, Tenure]]] = {}
    for entry in sorted(entries, key=lambda e: LAYERS.index(e.layer)):
        key = _key(entry, found, names, by_wikidata)
        found[key] = _merged(found.get(key), key, entry)
        _remember(names, found[key])
        if entry.wikidata:
            by_wikidata[entry.wikidata] = key
        for tenure in entry.tenures:
            if tenure.office in single:
                pushing.setdefault((tenure.office, tenure.body), []).append((key, tenure))
    return {key: _pushed(row, pushing) for key, row in found.items()} if pushing else found


def _remember(names: Names, row: ActorRow) -> None:
    for form in (row.name, *row.aliases):
        keys = names.setdefault((row.kind, fold_words(form)), [])
        if row.key not in keys:
            keys.append(row.key)


def _key(entry: Entry, rows: dict[str, ActorRow], names: Names, by_wikidata: dict[str, str]) -> str:
    """The key of the row that an entry is about: by id, Wikidata id or name and state; else a new one."""
    if entry.id in rows:
        if rows[entry.id].kind != entry.kind:
            raise LexiconError(f"{entry.where}: {entry.id} is no {entry.kind}")
        return entry.id
    if entry.kind == "state":
        raise LexiconError(
            f"{entry.where}: no state {entry.id or entry.name!r}; other names may be given to known ones"
        )
    if entry.wikidata in by_wikidata and rows[by_wikidata[entry.wikidata]].kind == entry.kind:
        return by_wikidata[entry.wikidata]
    for key in names.get((entry.kind, fold_words(entry.name)), ()):
        if entry.code is None or rows[key].code in (None, entry.code):
            return key
    key = entry.id if entry.id.startswith(f"{entry.kind}:") else f"{entry.kind}:{entry.id or _slug(entry.name)}"
    return f"{key}-{entry.code.lower()}" if key in rows and entry.code else key


def _slug(name: str) -> str:
    return "-".join(fold_words(name))


def _merged(row: ActorRow | None, key: str, entry: Entry) -> ActorRow:
    """A row with an entry put over it."""
    code = entry.code
    if row is None:
        return ActorRow(
            key, entry.name, entry.kind, code or entry.served, entry.sector, entry.aliases, entry.wikidata,
            entry.tenures, entry.layer, entry.where,
        )  # fmt: skip
    kept = tuple(t for t in row.tenures if not any(_same_term(t, new) for new in entry.tenures))
    forms = dict.fromkeys((*entry.aliases, row.name, *row.aliases))
    name = entry.name or row.name
    return replace(
        row, name=name, code=code or row.code, sector=entry.sector or row.sector,
        aliases=tuple(form for form in forms if form != name), wikidata=entry.wikidata or row.wikidata,
        tenures=tuple(sorted((*kept, *entry.tenures), key=lambda t: t.since)), layer=entry.layer, where=entry.where,
    )  # fmt: skip


def _same_term(one: Tenure, other: Tenure) -> bool:
    return (one.office, one.body) == (other.office, other.body) and one.covers(other.since, other.end)


def _pushed(row: ActorRow, pushing: dict[tuple[str, str], list[tuple[str, Tenure]]]) -> ActorRow:
    """A row whose terms leave the days to holders of higher layers."""
    tenures = list(row.tenures)
    for office in {(t.office, t.body) for t in row.tenures} & pushing.keys():
        for key, higher in pushing[office]:
            if key != row.key:
                tenures = [left for t in tenures for left in _left(t, higher)]
    return replace(row, tenures=tuple(tenures)) if tuple(tenures) != row.tenures else row


def _left(tenure: Tenure, higher: Tenure) -> Iterator[Tenure]:
    """What a higher layer's term leaves of a lower one's; both hold the day of the change."""
    other = (tenure.office, tenure.body) != (higher.office, higher.body)
    weaker = LAYERS.index(tenure.layer) < LAYERS.index(higher.layer)
    if other or not weaker or not tenure.covers(higher.since, higher.end):
        yield tenure
        return
    if tenure.since < higher.since:
        yield replace(tenure, until=higher.since, seen=None, told=(tenure.told[0], higher.since))
    if tenure.end > higher.end:
        yield replace(tenure, since=higher.end, told=(higher.end, tenure.told[1]))
