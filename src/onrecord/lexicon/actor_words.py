"""Reads the word lists that tell who an actor is: roles, nouns for people, titles, given names, and closed lists by use."""

from __future__ import annotations

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_rows import BODIES, PersonNoun, Role
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.table import read_table, split_cell

SECTORS = frozenset(
    {
        "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
        "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
    }
)  # fmt: skip


def check_sector(file: str, line: int, sector: str) -> str | None:
    if sector and sector not in SECTORS:
        raise LexiconError(f"{file}:{line}: {sector!r} is no PLOVER sector")
    return sector or None


def check_code(file: str, line: int, code: str) -> str | None:
    if code and not (len(code) == 3 and code.isalpha() and code.isupper()):
        raise LexiconError(f"{file}:{line}: {code!r} is no alpha-3 or PLOVER code")
    return code or None


def check_once(file: str, line: int, key: str, seen: set[str]) -> None:
    if key in seen:
        raise LexiconError(f"{file}:{line}: {key!r} is there twice")
    seen.add(key)


def read_roles() -> dict[tuple[str, ...], Role]:
    file, seen = "roles.tsv", set[str]()
    found: dict[tuple[str, ...], Role] = {}
    for line, cells in read_table(file, ("phrase", "office", "sector", "body")):
        check_once(file, line, cells["phrase"], seen)
        role = Role(
            cells["phrase"],
            cells["office"],
            check_sector(file, line, cells["sector"]),
            cells["body"] if cells["body"] in BODIES else check_code(file, line, cells["body"]),
        )
        found[fold_words(cells["phrase"])] = role
    return found


def read_nouns() -> dict[str, PersonNoun]:
    file, seen = "person_nouns.tsv", set[str]()
    found: dict[str, PersonNoun] = {}
    for line, cells in read_table(file, ("noun", "kind", "sector")):
        check_once(file, line, cells["noun"], seen)
        kind = cells["kind"]
        if kind not in ("person", "organisation", "group"):
            raise LexiconError(f"{file}:{line}: {kind!r} is no kind of noun")
        sector = check_sector(file, line, cells["sector"])
        found[cells["noun"]] = PersonNoun(
            cells["noun"], "person" if kind == "person" else "group" if kind == "group" else "organisation", sector
        )
    return found


def read_nicknames() -> dict[str, frozenset[str]]:
    """Each form with all that share a name with it: "bill" and "will" meet in "william"."""
    found: dict[str, set[str]] = {}
    for _, cells in read_table("nicknames.tsv", ("form", "names")):
        names = split_cell(cells["names"])
        for form in (cells["form"], *names):
            found.setdefault(form, set()).update({cells["form"], *names} if form == cells["form"] else {form})
    return {form: frozenset(names) for form, names in found.items()}


def read_genders() -> dict[str, str]:
    """Given names that tell he from she."""
    file, seen = "given_names.tsv", set[str]()
    found: dict[str, str] = {}
    for line, cells in read_table(file, ("name", "gender")):
        check_once(file, line, cells["name"], seen)
        found[cells["name"]] = _gender(file, line, cells["gender"]) or ""
    return found


def _gender(file: str, line: int, gender: str) -> str | None:
    if gender not in ("m", "f", ""):
        raise LexiconError(f"{file}:{line}: gender is m, f or nothing, not {gender!r}")
    return gender or None


def read_titles(use: str) -> dict[str, str | None]:
    """Titles before names, or nouns, with the gender they tell."""
    file = "titles.tsv"
    return {
        cells["word"]: _gender(file, line, cells["gender"])
        for line, cells in read_table(file, ("word", "use", "gender"))
        if cells["use"] == use
    }


def read_offices(only: str = "") -> frozenset[str]:
    """Offices of one holder at a time; or only those that a column (loose, shared) says yes to."""
    rows = [cells for _, cells in read_table("offices.tsv", ("office", "loose", "shared"))]
    return frozenset(cells["office"] for cells in rows if not only or cells[only] == "yes")


def read_words() -> dict[str, frozenset[str]]:
    """Closed lists by use."""
    file, seen = "actor_words.tsv", set[str]()
    found: dict[str, frozenset[str]] = {}
    for line, cells in read_table(file, ("use", "words", "why")):
        check_once(file, line, cells["use"], seen)
        found[cells["use"]] = frozenset(split_cell(cells["words"]))
    return found


def read_sector_words() -> dict[str, str]:
    """Modifiers that tell a sector."""
    file, seen = "sector_words.tsv", set[str]()
    found: dict[str, str] = {}
    for line, cells in read_table(file, ("word", "sector")):
        check_once(file, line, cells["word"], seen)
        found[cells["word"]] = check_sector(file, line, cells["sector"]) or "UNK"
    return found


def read_peoples() -> dict[tuple[str, ...], str]:
    """Peoples of one state, by folded words."""
    file, seen = "peoples.tsv", set[str]()
    found: dict[tuple[str, ...], str] = {}
    for line, cells in read_table(file, ("people", "country")):
        check_once(file, line, cells["people"], seen)
        found[fold_words(cells["people"])] = check_code(file, line, cells["country"]) or ""
    return found
