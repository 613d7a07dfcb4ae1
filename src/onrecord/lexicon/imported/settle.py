"""Actors as foreign lists tell of them, made into entries of our own: codes, offices and names that we can use.

Names in other letters than Latin, and one word alone of a person's name, are left out: texts in English do not use the
first, and a last name alone is resolved by rules, never by a list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pycountry

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import Entry, Vocabulary, make_entry
from onrecord.lexicon.actor_rows import BODIES, ActorBase
from onrecord.lexicon.imported.titles import read_office
from onrecord.lexicon.imported.values import Fault, Found, FoundOffice
from onrecord.lexicon.spelling import fold_words

LONGEST_TITLE = 16  # words; what is longer is a description, not a title
OTHER_CODES = {"uk": "GBR", "xk": "XKX", "eu": "EUR", "kosovo": "XKX", "un": "UN", "zz": ""}


def settle(found: Found, base: ActorBase, known: Vocabulary, seen: str, country: str) -> Iterator[Entry | Fault]:
    """The entry of an actor, and a fault for each part that had to be left out.

    `seen` is the day of the list: an office without an end is known to be held until then. `country` is the code of
    those for whom the list gives none.
    """
    name = " ".join(found.name.split())
    if not fold_words(name) or not _is_latin(name):
        yield Fault(found.where, "no name in Latin letters", name)
        return
    told = read_country(found.country, base, known)
    if found.country and told is None:
        yield Fault(found.where, "unknown country", found.country)
    code = told or country or None
    offices: list[dict[str, str]] = []
    for office in found.offices:
        settled = _settled(office, base, known, seen, code)
        if isinstance(settled, str):
            yield Fault(found.where, settled, f"{name}: {office.title}")
        elif settled not in offices:
            offices.append(settled)
    values: dict[str, object] = {
        "kind": found.kind, "name": name, "aliases": list(_aliases(found, name)), "wikidata": found.wikidata,
        "country": code, "sector": found.sector, "offices": offices,
    }  # fmt: skip
    try:
        yield make_entry(values, found.where, "imported", known)
    except LexiconError as error:
        yield Fault(found.where, str(error).removeprefix(f"{found.where}: "))


def _settled(
    office: FoundOffice, base: ActorBase, known: Vocabulary, seen: str, code: str | None
) -> dict[str, str] | str:
    """The keys of an office, or why it cannot be used."""
    words = fold_words(office.title)
    if not words or len(words) > LONGEST_TITLE:
        return "office without a title"
    if not office.since:
        return "office without a beginning"
    ours, body = read_office(words, base)
    told = read_country(office.country, base, known)
    body = body or told or code
    if body is None:
        return "office of no known state"
    if office.until and office.until < office.since[: len(office.until)]:
        return "office that ends before it begins"
    last = "" if office.until else max(seen, office.since)
    title = " ".join(office.title.split())
    return {
        "office": ours or " ".join(words), "title": title, "country": body, "since": office.since,
        "until": office.until, "seen": last, "source": "",
    }  # fmt: skip


def read_country(told: str, base: ActorBase, known: Vocabulary) -> str | None:
    """The code of a state or body told by alpha-2 or alpha-3 code or by name."""
    words = told.strip()
    if words.lower() in OTHER_CODES:
        return OTHER_CODES[words.lower()] or None
    if words.upper() in known.codes or words.upper() in BODIES:
        return words.upper()
    if len(words) == 2:
        found = pycountry.countries.get(alpha_2=words.upper())
        return str(found.alpha_3) if found is not None and found.alpha_3 in known.codes else None
    return next((s.row.code for s in base.by_name(fold_words(words)) if s.row.kind == "state"), None)


def _aliases(found: Found, name: str) -> Iterator[str]:
    for alias in dict.fromkeys(" ".join(alias.split()) for alias in found.aliases):
        enough = len(fold_words(alias)) > (1 if found.kind == "person" else 0)
        if alias != name and enough and _is_latin(alias) and "|" not in alias:
            yield alias


def _is_latin(words: str) -> bool:
    """Whether all letters are Latin."""
    return all(unicodedata.name(c, "").startswith("LATIN") for c in words if c.isalpha() and not c.isascii())
