"""The actor base: states, organisations, people with the offices they held, and the words for roles and kinds of people.

Rows are looked up by folded words (`spelling.fold_words`); a form written in capitals alone or with a capital is only
met by text written so, which the caller checks with `Sense.fits`. A code is an ISO alpha-3 code or, where an actor is
no state's, a PLOVER code such as IGO; `country` is None then. Nothing here knows a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.lexicon.spelling import capitals, is_acronym, sound_key

How = Literal["name", "adjective", "people", "capital", "metonym"]
BODY_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
FORMER_STATES = frozenset({"YUG", "SUN", "CSK", "DDR"})
BODY_OF: Mapping[str, str] = {  # organisations whose office holders we know, and their body in people.tsv
    "organisation:nato": "NATO", "organisation:un": "UN", "organisation:eu": "EUR", "organisation:european-commission": "EUR",
    "organisation:european-council": "EUR", "organisation:icc": "ICC", "organisation:african-union": "AU",
    "organisation:imf": "IMF", "organisation:osce": "OSCE", "organisation:iaea": "UN", "organisation:who": "UN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held: ISO days; `until` None where no end is known, and then `seen` is the last day it is known for."""

    office: str
    title: str
    body: str
    since: str
    until: str | None
    seen: str | None
    source: str

    def covers(self, date_from: str, date_to: str) -> bool:
        """Whether the office was held at some day of the stretch; an open end holds as far as it is known."""
        return self.since <= date_to and date_from <= (self.until or self.seen or "")


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor of the base. `key` is stable: ``state:RUS``, ``organisation:nato``, ``person:vladimir-putin``."""

    key: str
    name: str
    kind: Literal["person", "state", "organisation", "group"]
    code: str | None
    sector: str | None
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    tenures: tuple[Tenure, ...] = ()

    @property
    def country(self) -> str | None:
        """The code where it is a state's that exists today."""
        return None if self.code is None or self.code in BODY_CODES or self.code in FORMER_STATES else self.code


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a form: the actor it leads to, and how ("Russian" is an adjective, "Moscow" a capital)."""

    row: ActorRow
    how: How
    form: str
    sector: str | None = None

    def fits(self, surface: str) -> bool:
        """Whether a text's own writing can be this form: capitals where the form has them."""
        if is_acronym(self.form):
            return "".join(c for c in surface if c.isalpha()).isupper()
        ours, theirs = capitals(self.form), capitals(surface)
        if len(ours) != len(theirs):
            return surface[:1].isupper() or not self.form[:1].isupper()
        return all(text or not form for form, text in zip(ours, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Role:
    """What role words mean: the office, its sector, and the state or body that the words alone tie it to."""

    phrase: str
    office: str
    sector: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people, groups or bodies."""

    noun: str
    kind: Literal["person", "organisation", "group"]
    sector: str | None


@dataclass(frozen=True, slots=True)
class ActorBase:
    """Every actor we know of, and the lookups over them."""

    rows: Mapping[str, ActorRow] = field(repr=False)
    senses: Mapping[tuple[str, ...], tuple[Sense, ...]] = field(repr=False)
    longest: Mapping[str, int] = field(repr=False)
    surnames: Mapping[str, tuple[ActorRow, ...]] = field(repr=False)
    offices: Mapping[tuple[str, str], tuple[ActorRow, ...]] = field(repr=False)
    roles: Mapping[tuple[str, ...], Role] = field(repr=False)
    office_sectors: Mapping[str, str] = field(repr=False)
    nouns: Mapping[str, PersonNoun] = field(repr=False)
    genders: Mapping[str, str] = field(repr=False)
    nicknames: Mapping[str, frozenset[str]] = field(repr=False)
    titles: Mapping[str, str | None] = field(repr=False)
    gendered: Mapping[str, str] = field(repr=False)
    single_offices: frozenset[str] = field(repr=False)
    loose_offices: frozenset[str] = field(repr=False)
    words: Mapping[str, frozenset[str]] = field(repr=False)
    sector_words: Mapping[str, str] = field(repr=False)

    def by_name(self, words: tuple[str, ...]) -> tuple[Sense, ...]:
        """What a form means, by its folded words; nothing where it is unknown."""
        return self.senses.get(words, ())

    def body(self, row: ActorRow) -> str | None:
        """The state or body under which the office holders of an actor are listed."""
        return row.country or BODY_OF.get(row.key)

    def sector_on(self, row: ActorRow, days: tuple[str, str] | None) -> str | None:
        """A person's sector by the offices held on a day; once out of office one of the elite, before it nothing."""
        if not row.tenures:
            return row.sector
        held = [t for t in row.tenures if days is None or t.covers(*days)] or None
        if held is None and days is not None:
            return "ELI" if any(t.until is not None and t.until < days[0] for t in row.tenures) else None
        latest = max(held or row.tenures, key=lambda t: t.since)
        return self.office_sectors.get(latest.office, "GOV")

    def by_surname(self, word: str) -> tuple[ActorRow, ...]:
        """People whose last name sounds like a folded word."""
        return self.surnames.get(sound_key(word), ())

    def holders(self, office: str, body: str, date_from: str, date_to: str) -> tuple[ActorRow, ...]:
        """Who held an office of a state or body at some day of a stretch of ISO days."""
        return tuple(
            row
            for row in self.offices.get((office, body), ())
            if any(t.office == office and t.body == body and t.covers(date_from, date_to) for t in row.tenures)
        )

    def holder(self, office: str, body: str, date_from: str, date_to: str) -> ActorRow | None:
        """The one holder of an office in a stretch of days, or None where there is none or more than one."""
        found = self.holders(office, body, date_from, date_to)
        return found[0] if len(found) == 1 else None

    def role(self, words: tuple[str, ...]) -> Role | None:
        """What role words mean, if they are all of one."""
        return self.roles.get(words)

    def same_given(self, one: str, other: str) -> bool:
        """Whether two folded given names can be one: equal, alike in sound, an initial, or a short form."""
        if one == other or sound_key(one) == sound_key(other):
            return True
        if (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
            return True
        return bool(self._variants(one) & self._variants(other))

    def _variants(self, name: str) -> frozenset[str]:
        return self.nicknames.get(name, frozenset()) | {name}
