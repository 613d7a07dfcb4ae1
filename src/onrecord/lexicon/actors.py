"""Reads the actor files into one `ActorBase` and checks them: a doubled, unknown or unordered row is an error.

The values themselves are in `actor_rows`; the word lists that go with them are read by `actor_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import Vocabulary
from onrecord.lexicon.actor_files import read_layer
from onrecord.lexicon.actor_layers import overlay
from onrecord.lexicon.actor_rows import BODIES, BODY_CODES, VOICES, ActorBase, ActorRow, Known, PersonNoun, Role, Sense
from onrecord.lexicon.actor_words import (
    check_code,
    check_once,
    check_sector,
    read_genders,
    read_nicknames,
    read_nouns,
    read_offices,
    read_peoples,
    read_roles,
    read_sector_words,
    read_titles,
    read_words,
)
from onrecord.lexicon.spelling import fold_words, sound_key
from onrecord.lexicon.table import read_table, split_cell
from onrecord.lexicon.terms import LAYERS, Tenure, make_tenure

__all__ = [
    "BODY_CODES",
    "ActorBase",
    "ActorRow",
    "Known",
    "PersonNoun",
    "Role",
    "Sense",
    "Tenure",
    "known_words",
    "load_actors",
]


def load_actors(added: Sequence[Path] = (), hashed: str = "") -> ActorBase:
    """Read and check every actor file, then put the added files over them, the user's own on top; `hashed` is a hash of
    the added ones."""
    roles, offices = read_roles(), read_offices()
    rows: dict[str, ActorRow] = {}
    bodies = (*_states(), *_territories(), *_organisations())
    for sense in bodies:
        rows.setdefault(sense.row.key, sense.row)
    built_in = (*bodies, *_names(_people(dict(rows))))
    for sense in built_in:
        rows.setdefault(sense.row.key, sense.row)
    files = [read_layer(path, known_words(rows, roles)) for path in added]
    rows = overlay(rows, (entry for file in files for entry in file.entries), offices) if added else rows
    senses: dict[tuple[str, ...], list[Sense]] = {}
    for sense in (*_added_senses(rows), *_renewed(built_in, rows), *_metonyms(rows)):
        _put(senses, sense)
    longest: dict[str, int] = {}
    for words in senses:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    people = tuple(row for row in rows.values() if row.kind == "person")
    return ActorBase(
        rows=rows,
        senses={words: tuple(found) for words, found in senses.items()},
        longest=longest,
        surnames=_by_surname(people),
        offices=(held := _by_office(people)),
        led=_led(held),
        roles=roles,
        office_sectors={role.office: role.sector for role in reversed(roles.values()) if role.sector},
        nouns=read_nouns(),
        genders=read_genders(),
        nicknames=read_nicknames(),
        titles=read_titles("title"),
        gendered={word: gender for word, gender in read_titles("noun").items() if gender},
        single_offices=offices,
        loose_offices=read_offices("loose"),
        shared_offices=read_offices("shared"),
        words=read_words(),
        sector_words=read_sector_words(),
        peoples=read_peoples(),
        faults=tuple(fault for file in files for fault in file.faults),
        added=hashed,
    )


def known_words(rows: Mapping[str, ActorRow], roles: Mapping[tuple[str, ...], Role]) -> Vocabulary:
    """What added files may name: the codes of all states, the keys of bodies, and the words for offices."""
    codes = frozenset(row.code for row in rows.values() if row.kind == "state" and row.code)
    bodies = {row.key: row.code for row in rows.values() if row.kind != "person"}
    return Vocabulary(codes | BODY_CODES, roles, {**BODIES, **bodies})


def _added_senses(rows: Mapping[str, ActorRow]) -> Iterator[Sense]:
    """The names of rows that a layer brought or changed, the highest layer first."""
    for layer in reversed(LAYERS[1:]):
        for row in rows.values():
            if row.layer == layer:
                yield from (Sense(row, "name", form) for form in (row.name, *row.aliases))


def _renewed(senses: Iterable[Sense], rows: Mapping[str, ActorRow]) -> Iterator[Sense]:
    """Senses of the built-in base with the rows as the layers left them."""
    return (sense if rows[sense.row.key] is sense.row else replace(sense, row=rows[sense.row.key]) for sense in senses)


def _put(senses: dict[tuple[str, ...], list[Sense]], sense: Sense) -> None:
    words = fold_words(sense.form)
    if words and (sense.row.key, sense.form) not in [(other.row.key, other.form) for other in senses.get(words, [])]:
        senses.setdefault(words, []).append(sense)


def _forms(row: ActorRow, cells: Mapping[str, str], capitals: str) -> Iterator[Sense]:
    """All senses of a state or territory: its names first, so that they win over a capital of the same name."""
    for form in (row.name, *split_cell(cells["forms"])):
        yield Sense(row, "name", form)
    for form in split_cell(cells["adjectives"]):
        yield Sense(row, "adjective", form)
    for form in split_cell(cells["people"]):
        yield Sense(row, "people", form)
    for form in split_cell(capitals):
        yield Sense(row, "capital", form, "GOV")


def _states() -> Iterator[Sense]:
    file, seen = "states.tsv", set[str]()
    for line, cells in read_table(file, ("country", "name", "forms", "adjectives", "people", "capitals")):
        check_once(file, line, cells["country"], seen)
        code = check_code(file, line, cells["country"])
        row = ActorRow(f"state:{code}", cells["name"], "state", code, None, split_cell(cells["forms"]))
        yield from _forms(row, cells, cells["capitals"])


def _territories() -> Iterator[Sense]:
    file, seen = "territories.tsv", set[str]()
    for line, cells in read_table(file, ("kind", "code", "name", "forms", "adjectives", "people", "note")):
        check_once(file, line, cells["name"], seen)
        code, aliases = check_code(file, line, cells["code"]), split_cell(cells["forms"])
        if cells["kind"] == "state":
            row = ActorRow(f"state:{code}", cells["name"], "state", code, None, aliases)
        else:
            sector = "PRE" if cells["note"] == "de facto authority" else None
            key = f"territory:{'-'.join(fold_words(cells['name']))}"
            row = ActorRow(key, cells["name"], "state", code, sector, aliases)
        yield from _forms(row, cells, "")


def _organisations() -> Iterator[Sense]:
    file, seen = "organisations.tsv", set[str]()
    for line, cells in read_table(file, ("id", "kind", "name", "aliases", "code", "sector")):
        check_once(file, line, cells["id"], seen)
        if cells["kind"] not in ("organisation", "group"):
            raise LexiconError(f"{file}:{line}: {cells['kind']!r} is no kind of organisation")
        row = ActorRow(
            f"{'group' if cells['kind'] == 'group' else 'organisation'}:{cells['id']}",
            cells["name"],
            "group" if cells["kind"] == "group" else "organisation",
            check_code(file, line, cells["code"]),
            check_sector(file, line, cells["sector"]),
            split_cell(cells["aliases"]),
        )
        for form in (row.name, *row.aliases):
            yield Sense(row, "name", form)


def _metonyms(rows: Mapping[str, ActorRow]) -> Iterator[Sense]:
    file, seen = "metonyms.tsv", set[str]()
    for line, cells in read_table(file, ("form", "country", "sector")):
        check_once(file, line, cells["form"], seen)
        row = rows.get(f"state:{cells['country']}")
        if row is None:
            raise LexiconError(f"{file}:{line}: no state {cells['country']!r}")
        yield Sense(row, "metonym", cells["form"], check_sector(file, line, cells["sector"]))


def _people(bodies: Mapping[str, ActorRow]) -> Iterator[ActorRow]:
    """One row a person, with all tenures; the lines of a person stand together. `bodies` may be served in."""
    file, seen = "people.tsv", set[str]()
    columns = ("id", "name", "aliases", "wikidata", "code", "office", "title", "since", "until", "seen", "source")
    person: ActorRow | None = None
    for line, cells in read_table(file, columns):
        body = cells["code"]
        if body not in bodies and body not in BODIES and f"state:{body}" not in bodies:
            raise LexiconError(f"{file}:{line}: {body!r} is no state and no body that we know")
        try:
            tenure = make_tenure(
                cells["office"], cells["title"], body, cells["since"], cells["until"], cells["seen"],
                cells["source"],
            )  # fmt: skip
        except ValueError as error:
            raise LexiconError(f"{file}:{line}: {error}") from None
        key = f"person:{cells['id']}"
        if person is not None and person.key == key:
            person = replace(person, tenures=(*person.tenures, tenure))
            continue
        if person is not None:
            yield person
        check_once(file, line, key, seen)
        code = bodies[body].code or "" if body in bodies else BODIES.get(body, body)
        person = ActorRow(
            key, cells["name"], "person", check_code(file, line, code), None, split_cell(cells["aliases"]),
            cells["wikidata"] or None, (tenure,),
        )  # fmt: skip
    if person is not None:
        yield person


def _names(people: Iterable[ActorRow]) -> Iterator[Sense]:
    for row in people:
        for form in (row.name, *row.aliases):
            yield Sense(row, "name", form)


def _by_surname(people: tuple[ActorRow, ...]) -> dict[str, tuple[ActorRow, ...]]:
    found: dict[str, list[ActorRow]] = {}
    for row in people:
        keys = {sound_key(words[-1]) for form in (row.name, *row.aliases) if (words := fold_words(form))}
        for key in sorted(keys):
            found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _by_office(people: tuple[ActorRow, ...]) -> dict[tuple[str, str], tuple[ActorRow, ...]]:
    found: dict[tuple[str, str], list[ActorRow]] = {}
    for row in people:
        for office in sorted({(tenure.office, tenure.body) for tenure in row.tenures}):
            found.setdefault(office, []).append(row)
    return {office: tuple(rows) for office, rows in found.items()}


def _led(offices: Mapping[tuple[str, str], object]) -> dict[str, frozenset[str]]:
    """The offices but those of speaking that are known of each body that is no state."""
    found: dict[str, set[str]] = {}
    for office, body in offices:
        if office not in VOICES and (":" in body or body in BODIES):
            found.setdefault(body, set()).add(office)
    return {body: frozenset(led) for body, led in found.items()}
