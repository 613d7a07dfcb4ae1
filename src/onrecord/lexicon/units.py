"""Units, money, bounds, and what happens to those who are counted, with the patterns made of them.

Patterns are made once, at load, of the tables alone: longest form first, so that "metric tons" is no "metric".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pycountry

from onrecord.errors import LexiconError
from onrecord.lexicon.numbers import Numbers, any_of, load_numbers
from onrecord.lexicon.table import read_table, split_cell, split_listed
from onrecord.model.claims import BOUNDS, Bound

NOT_CURRENT = frozenset({"XBT", "HRK", "BGN", "ZWL"})  # bitcoin, and currencies of this century since given up
CODES_THAT_ARE_WORDS = frozenset(
    {"ALL", "TRY", "TOP", "CUP", "PEN", "MOP", "GEL", "LAK", "ANG", "BAM", "COP", "MAD", "SOS"}
)


@dataclass(frozen=True, slots=True)
class Units:
    """Words of amounts. `measures` and `money` lead from a form to the unit's name or ISO 4217 code.

    `sign` finds money before digits, `form` a unit or money word after them, `rate` "per day" and its like, `before` and
    `after` the words that bound an amount; their forms are in `bounds_before` and `bounds_after`.
    """

    numbers: Numbers
    money: dict[str, str]
    signs: dict[str, str]
    measures: dict[str, str]
    kinds: dict[str, str]
    bounds_before: dict[str, Bound]
    bounds_after: dict[str, Bound]
    fate_verbs: dict[str, str]
    fate_nouns: dict[str, str]
    people: frozenset[str]
    numbered: frozenset[str]
    sign: re.Pattern[str]
    form: re.Pattern[str]
    rate: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    def unit_of(self, form: str) -> str | None:
        """The unit or currency of a form as written: its own case first, then any."""
        spaced = " ".join(form.split())
        found = self.money.get(spaced) or self.measures.get(spaced)
        if found or len(spaced) < 3:  # "mW" is not "MW"
            return found
        return self.money.get(spaced.lower()) or self.measures.get(spaced.lower())


def load_units() -> Units:
    """Read and check the tables of amounts."""
    money, signs = _read_money()
    measures, kinds = _read_measures()
    before, after = _read_bounds()
    fate_verbs, fate_nouns = _read_fates()
    return Units(
        numbers=load_numbers(),
        money=money,
        signs=signs,
        measures=measures,
        kinds=kinds,
        bounds_before=before,
        bounds_after=after,
        fate_verbs=fate_verbs,
        fate_nouns=fate_nouns,
        people=_read_list("people_nouns.tsv", "noun"),
        numbered=_read_list("numbered_things.tsv", "word"),
        sign=re.compile(rf"(?<![A-Za-z])(?:{any_of(signs)})\s?$"),
        form=re.compile(rf"[\s-]?({any_of((*money, *measures))})(?![A-Za-z0-9]|'[a-z])", re.IGNORECASE),
        rate=re.compile(rf"(?:\s+(?:an?|per|each)\s+|\s?/\s?|-an?-)({any_of(_read_list('rates.tsv', 'word'))})\b"),
        before=re.compile(rf"(?<![\w-])(?:{any_of(before)})\s*$", re.IGNORECASE),
        after=re.compile(rf"\s?(?:{any_of(after)})(?!\w)", re.IGNORECASE),
    )


def _add(index: dict[str, str], forms: Iterable[str], value: str, where: str) -> None:
    for form in forms:
        if index.setdefault(form, value) != value:
            raise LexiconError(f"{where}: {form!r} is {index[form]} already")


def _read_money() -> tuple[dict[str, str], dict[str, str]]:
    """Words and ISO codes after an amount, signs and ISO codes before one."""
    codes = {currency.alpha_3 for currency in pycountry.currencies}
    money: dict[str, str] = {}
    signs: dict[str, str] = {}
    for number, cells in read_table("currencies.tsv", ("code", "words", "signs")):
        where, code = f"currencies.tsv:{number}", cells["code"]
        if code not in codes | NOT_CURRENT:
            raise LexiconError(f"{where}: {code!r} is no ISO 4217 code")
        _add(money, split_listed(cells["words"]), code, where)
        _add(money, (word.lower() for word in split_listed(cells["words"])), code, where)
        _add(signs, split_listed(cells["signs"]), code, where)
    for code in sorted(codes - CODES_THAT_ARE_WORDS):
        signs.setdefault(code, code)
        money.setdefault(code, code)
    return money, signs


def _read_measures() -> tuple[dict[str, str], dict[str, str]]:
    """Units by form (long forms in lower case too), and what each unit measures."""
    forms: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for number, cells in read_table("units.tsv", ("unit", "measures", "forms")):
        where, unit = f"units.tsv:{number}", cells["unit"]
        if unit in kinds:
            raise LexiconError(f"{where}: {unit!r} stands twice")
        kinds[unit] = cells["measures"]
        _add(forms, split_cell(cells["forms"]), unit, where)
    for form in [form for form in forms if len(form) > 2]:
        forms.setdefault(form.lower(), forms[form])
    return forms, kinds


def _read_bounds() -> tuple[dict[str, Bound], dict[str, Bound]]:
    sides: dict[str, dict[str, Bound]] = {"before": {}, "after": {}}
    for number, cells in read_table("bounds.tsv", ("bound", "side", "words")):
        where = f"bounds.tsv:{number}"
        bound = next((bound for bound in BOUNDS if bound == cells["bound"]), None)
        side = sides.get(cells["side"])
        if bound is None or side is None:
            raise LexiconError(f"{where}: unknown bound {cells['bound']!r} or side {cells['side']!r}")
        if cells["words"] in side:
            raise LexiconError(f"{where}: {cells['words']!r} stands twice")
        side[cells["words"]] = bound
    return sides["before"], sides["after"]


def _read_fates() -> tuple[dict[str, str], dict[str, str]]:
    verbs: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for number, cells in read_table("fates.tsv", ("unit", "verbs", "nouns")):
        where = f"fates.tsv:{number}"
        _add(verbs, split_listed(cells["verbs"]), cells["unit"], where)
        _add(nouns, split_listed(cells["nouns"]), cells["unit"], where)
    return verbs, nouns


def _read_list(name: str, column: str) -> frozenset[str]:
    found: set[str] = set()
    for number, cells in read_table(name, (column,)):
        if cells[column] in found:
            raise LexiconError(f"{name}:{number}: {cells[column]!r} stands twice")
        found.add(cells[column])
    return frozenset(found)
