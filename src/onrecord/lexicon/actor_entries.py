"""One actor as an added file tells of it: checked against what we know, and the same whatever the file's form.

The keys are those of docs/actors.md. Every fault is a `LexiconError` that names file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_rows import Role
from onrecord.lexicon.actor_words import SECTORS
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.terms import Layer, Tenure, make_tenure

EntryKind = Literal["person", "organisation", "group", "state"]
KINDS: tuple[EntryKind, ...] = ("person", "organisation", "group", "state")
KEYS: tuple[str, ...] = ("id", "kind", "name", "aliases", "wikidata", "country", "sector", "offices")
OFFICE_KEYS: tuple[str, ...] = ("office", "title", "country", "since", "until", "seen", "source")
ALWAYS = "9999-12-31"  # how long an office without an end holds in the user's own file: until they say otherwise


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an entry may name: codes of states and bodies, and the words for offices."""

    codes: frozenset[str]
    roles: Mapping[tuple[str, ...], Role]
    bodies: Mapping[str, str | None]  # other than states, by short name or key, with their codes

    def code_of(self, body: str) -> str | None:
        """The code of a state or body as a file names it."""
        return self.bodies.get(body, body) or None

    def office(self, words: str) -> str:
        """Our word for an office ("Foreign Secretary": foreign minister); unknown ones in lower case as they are."""
        role = self.roles.get(fold_words(words))
        return role.office if role is not None else words.lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor of an added file; `id` is empty where the file gives none. `served` is the code of the first office."""

    id: str
    kind: EntryKind
    name: str
    aliases: tuple[str, ...]
    wikidata: str | None
    code: str | None
    served: str | None
    sector: str | None
    tenures: tuple[Tenure, ...]
    layer: Layer
    where: str


def make_entry(values: Mapping[str, object], where: str, layer: Layer, known: Vocabulary) -> Entry:
    """An entry from the keys of one row, list item or JSON object."""
    _check_keys(values, KEYS, where)
    id, name = _text(values, "id", where), _text(values, "name", where)
    kind = _text(values, "kind", where) or id.partition(":")[0] or "person"
    if kind not in KINDS:
        raise LexiconError(f"{where}: {kind!r} is no kind of actor: {', '.join(KINDS)}")
    if not fold_words(name) and not id:
        raise LexiconError(f"{where}: an actor without a name")
    code, sector = _text(values, "country", where), _text(values, "sector", where)
    _check_code(code, where, known)
    if sector and sector not in SECTORS:
        raise LexiconError(f"{where}: {sector!r} is no PLOVER sector")
    offices = [_mapping(office, where) for office in _list(values, "offices", where)]
    tenures = tuple(_tenure(office, code, where, layer, known) for office in offices)
    aliases = tuple(dict.fromkeys(alias for alias in _texts(values, "aliases", where) if fold_words(alias)))
    wikidata = _text(values, "wikidata", where) or None
    own, served = known.code_of(code), known.code_of(tenures[0].body if tenures else "")
    return Entry(id, kind, name, aliases, wikidata, own, served, sector or None, tenures, layer, where)


def _tenure(values: Mapping[str, object], code: str, where: str, layer: Layer, known: Vocabulary) -> Tenure:
    _check_keys(values, OFFICE_KEYS, where)
    told = {key: _text(values, key, where) for key in OFFICE_KEYS}
    body = told["country"] or code
    if not told["office"] or not told["since"] or not body:
        raise LexiconError(f"{where}: an office needs its name, a country or body, and the day it began (since)")
    _check_code(body, where, known)
    seen = told["seen"] or (ALWAYS if layer == "own" and not told["until"] else "")
    title, source = told["title"] or told["office"], told["source"] or where
    try:
        return make_tenure(known.office(told["office"]), title, body, told["since"], told["until"], seen, source, layer)
    except ValueError as error:
        raise LexiconError(f"{where}: {error}") from None


def _check_keys(values: Mapping[str, object], keys: Iterable[str], where: str) -> None:
    unknown = sorted(set(values) - set(keys))
    if unknown:
        raise LexiconError(f"{where}: unknown key {', '.join(map(repr, unknown))}")


def _check_code(code: str, where: str, known: Vocabulary) -> None:
    if code and code not in known.codes and code not in known.bodies:
        raise LexiconError(f"{where}: {code!r} is no ISO 3166 alpha-3 code and no body that we know")


def _text(values: Mapping[str, object], key: str, where: str) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise LexiconError(f"{where}: {key} is to be a text")
    return " ".join(value.split())


def _list(values: Mapping[str, object], key: str, where: str) -> list[Any]:
    value = values.get(key) or []
    if not isinstance(value, list):
        raise LexiconError(f"{where}: {key} is to be a list")
    return value


def _texts(values: Mapping[str, object], key: str, where: str) -> list[str]:
    found = _list(values, key, where)
    if not all(isinstance(value, str) for value in found):
        raise LexiconError(f"{where}: {key} is to be a list of texts")
    return [" ".join(value.split()) for value in found]


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: an office is to be given by keys: {', '.join(OFFICE_KEYS)}")
    return value
