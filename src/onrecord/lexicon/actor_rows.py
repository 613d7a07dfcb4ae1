"""The actor base: states, organisations, people with the offices they held, and the words for roles and kinds of people.

Rows are looked up by folded words (`spelling.fold_words`); a form written in capitals alone or with a capital is only
met by text written so, which the caller checks with `Sense.fits`. A code is an ISO alpha-3 code or, where an actor is
no state's, a PLOVER code such as IGO; `country` is None then. Nothing here knows a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.lexicon.spelling import capitals, fold_words, is_acronym, sound_key
from onrecord.lexicon.terms import Days, Layer, Tenure, share

How = Literal["name", "adjective", "people", "capital", "metonym"]
BODY_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
LEADING = frozenset({"president", "prime minister", "supreme leader", "monarch"})
# offices whose holders are known by the last name alone, without a word of their state
WELL_KNOWN = LEADING | {"foreign minister", "defence minister", "secretary general", "leader"}
TOP = frozenset({"chief", "head"})  # words for whoever leads a body, whatever the office is called there
VOICES = frozenset({"spokesperson", "chief spokesperson", "military spokesperson"})
SHOWN = 4  # candidates for an office that are named; the others are counted
FORMER_STATES = frozenset({"YUG", "SUN", "CSK", "DDR"})
# how a body that is no state is named in terms of office, and its PLOVER code; all others by the key of their own row
BODIES: Mapping[str, str] = {
    "EUR": "EUR", "UN": "UNO", "NATO": "IGO", "ICC": "IGO", "AU": "IGO", "IMF": "IGO", "OSCE": "IGO", "IMG": "IMG",
}  # fmt: skip
BODY_OF: Mapping[str, str] = {  # organisations whose office holders we know, and their body in terms of office
    "organisation:nato": "NATO", "organisation:un": "UN", "organisation:eu": "EUR", "organisation:european-commission": "EUR",
    "organisation:european-council": "EUR", "organisation:icc": "ICC", "organisation:african-union": "AU",
    "organisation:imf": "IMF", "organisation:osce": "OSCE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor of the base. `key` is stable: ``state:RUS``, ``organisation:nato``, ``person:vladimir-putin``.

    `layer` is who brought the row last, `where` its line in their file.
    """

    key: str
    name: str
    kind: Literal["person", "state", "organisation", "group"]
    code: str | None
    sector: str | None
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    tenures: tuple[Tenure, ...] = ()
    layer: Layer = "built-in"
    where: str = ""

    @property
    def origin(self) -> str:
        """The row and where it is from, in words."""
        return f"{self.key} in the {self.layer} base{f' ({self.where})' if self.where else ''}"

    def is_of(self, country: str) -> bool:
        """Whether nothing speaks against an actor's being of a state: it is, it served it, or it is of none."""
        return self.country in (None, country) or any(tenure.body == country for tenure in self.tenures)

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
    body: str | None

    @property
    def country(self) -> str | None:
        """The state that the words tie the office to."""
        return None if self.body is None or self.body in BODIES else self.body


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people, groups or bodies."""

    noun: str
    kind: Literal["person", "organisation", "group"]
    sector: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a report tells of a person of whom it gives the last name alone: offices, states, and those it names."""

    offices: frozenset[str]
    countries: frozenset[str]
    named: frozenset[str | None]
    days: Days


@dataclass(frozen=True, slots=True)
class ActorBase:
    """Every actor we know of, and the lookups over them."""

    rows: Mapping[str, ActorRow] = field(repr=False)
    senses: Mapping[tuple[str, ...], tuple[Sense, ...]] = field(repr=False)
    longest: Mapping[str, int] = field(repr=False)
    surnames: Mapping[str, tuple[ActorRow, ...]] = field(repr=False)
    offices: Mapping[tuple[str, str], tuple[ActorRow, ...]] = field(repr=False)
    led: Mapping[str, frozenset[str]] = field(repr=False)
    roles: Mapping[tuple[str, ...], Role] = field(repr=False)
    office_sectors: Mapping[str, str] = field(repr=False)
    nouns: Mapping[str, PersonNoun] = field(repr=False)
    genders: Mapping[str, str] = field(repr=False)
    nicknames: Mapping[str, frozenset[str]] = field(repr=False)
    titles: Mapping[str, str | None] = field(repr=False)
    gendered: Mapping[str, str] = field(repr=False)
    single_offices: frozenset[str] = field(repr=False)
    loose_offices: frozenset[str] = field(repr=False)
    shared_offices: frozenset[str] = field(repr=False)
    words: Mapping[str, frozenset[str]] = field(repr=False)
    sector_words: Mapping[str, str] = field(repr=False)
    peoples: Mapping[tuple[str, ...], str] = field(repr=False)
    faults: tuple[str, ...] = ()  # rows of added files that were left out, with file and line
    added: str = ""  # a hash of the files of actors that were put over the built-in ones

    def by_name(self, words: tuple[str, ...]) -> tuple[Sense, ...]:
        """What a form means, by its folded words; nothing where it is unknown."""
        return self.senses.get(words, ())

    def body(self, row: ActorRow, office: str | None) -> str | None:
        """Under what the holders of an actor's office are listed: a state's code, a body's short name, a row's own key.

        A region's president is not the state's, a party's spokesman not the government's: what is no state speaks for
        its state only in offices that states alone have ("Knesset speaker", "Pentagon chief").
        """
        if row.key in BODY_OF or row.key.startswith("state:"):
            return BODY_OF.get(row.key) or row.country
        own = row.kind in ("state", "group") or row.country is None or office is None or office in self.shared_offices
        return row.key if own else row.country

    def code_of(self, body: str) -> str | None:
        """The code of a state or body as terms of office name it: ISO alpha-3, or PLOVER's."""
        return self.rows[body].code if body in self.rows else BODIES.get(body, body)

    def office_of(self, body: str, office: str) -> str:
        """What "chief" or "head" means where a body has one leading office; other words as they are."""
        led = self.led.get(body, frozenset()) if office in TOP else frozenset()
        return next(iter(led)) if len(led) == 1 else office

    def is_single(self, office: str, body: str | None) -> bool:
        """Whether one person at a time holds an office, and its words mean nobody else there."""
        loose = office in self.loose_offices and (body is None or not (body in BODIES or body in self.rows))
        return office in self.single_offices and not loose

    def sector_on(self, row: ActorRow, days: Days) -> str | None:
        """A person's sector by the offices held on all days of a stretch: out of office one of the elite, before none.

        Without a day, or where office and no office fall into the stretch, only what holds for all of it is said.
        """
        if not row.tenures:
            return row.sector
        if days is None:
            sectors = {self._sector_in(t) for t in row.tenures}
            return sectors.pop() if len(sectors) == 1 else None
        held = [t for t in row.tenures if t.covers(*days)]
        if not held:
            return "ELI" if any(t.until is not None and t.until < days[0] for t in row.tenures) else None
        if share(held, days) < 1.0:
            return None
        return self._sector_in(max(held, key=lambda t: t.since))

    def _sector_in(self, tenure: Tenure) -> str | None:
        """The sector of an office, else of the body that it is held in."""
        body = self.rows.get(tenure.body)
        return self.office_sectors.get(tenure.office) or (body.sector if body is not None else None) or "GOV"

    def code_on(self, row: ActorRow, days: Days) -> str | None:
        """The code of the state or body an actor speaks for on a day; at another time, of the one state ever served."""
        held = [t for t in row.tenures if days is not None and t.covers(*days)]
        codes = {self.code_of(t.body) for t in held}
        codes = codes or {self.code_of(t.body) for t in row.tenures if t.body not in BODIES} - BODY_CODES
        if len(codes) != 1:
            return None if row.tenures and codes else row.code
        return codes.pop()

    def country_on(self, row: ActorRow, days: Days) -> str | None:
        """The state of `code_on`, where it is one that exists today."""
        code = self.code_on(row, days)
        return None if code in BODY_CODES or code in FORMER_STATES else code

    def by_surname(self, word: str) -> tuple[ActorRow, ...]:
        """People whose last name sounds like a folded word."""
        return self.surnames.get(sound_key(word), ())

    def by_last_name(self, word: str, known: Known) -> ActorRow | None:
        """The one person whom a folded last name alone can mean; a common name, or no day, asks for more than a name."""
        bearers = self.by_surname(word)
        rows = [row for row in bearers if all(row.is_of(country) for country in known.countries)]
        fitting = [row for row in rows if any(self._fits(tenure, known) for tenure in row.tenures)]
        if len(fitting) > 1:
            fitting = [row for row in fitting if row.country in known.named]
        if len(fitting) != 1:
            return None
        row = fitting[0]
        if known.offices or known.countries or row.country in known.named:
            return row if known.days is not None or known.offices or len(bearers) == 1 else None
        if word in self.words["common surname"] or word in self.genders or not self._is_well_known(row, known):
            return None
        return row if known.days is not None or len(bearers) == 1 else None

    def _is_well_known(self, row: ActorRow, known: Known) -> bool:
        return any(tenure.office in WELL_KNOWN and self._fits(tenure, known) for tenure in row.tenures)

    def _fits(self, tenure: Tenure, known: Known) -> bool:
        """Whether a tenure can be meant: the office told, or a top office on the day, or at any time a leading one."""
        if known.offices:
            return tenure.office in known.offices and (known.days is None or tenure.covers(*known.days))
        if known.days is None:
            return tenure.office in LEADING
        return tenure.covers(*known.days) and self.is_single(tenure.office, tenure.body)

    def holders(
        self, office: str, body: str, days: Days, gender: str | None = None
    ) -> tuple[tuple[ActorRow, float], ...]:
        """Who held an office in a stretch of days (None: at any time), each with the share of it, most first.

        `gender` is what the words tell of the holder: "the Kremlin spokeswoman" is no man.
        """
        found = []
        for row in self.offices.get((office, body), ()):
            if gender is not None and self.genders.get(fold_words(row.name)[0]) not in (gender, None, ""):
                continue
            terms = [t for t in row.tenures if t.office == office and t.body == body]
            if days is None or any(t.covers(*days) for t in terms):
                found.append((row, share(terms, days)))
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].key)))

    def holder(self, office: str, body: str, days: Days, gender: str | None = None) -> ActorRow | None:
        """The one who held an office on every day of a stretch; None where the day is unknown or leaves a choice."""
        found = self.holders(office, body, days, gender) if days is not None else ()
        return found[0][0] if len(found) == 1 and found[0][1] == 1.0 else None

    def candidates(self, office: str, body: str, days: Days, gender: str | None = None) -> str:
        """In words, who may be meant by an office that leaves a choice, with weights; empty where nobody is known."""
        found = self.holders(office, body, days, gender)
        total = sum(weight for _, weight in found)
        when = "the day is unknown" if days is None else "/".join(dict.fromkeys(days))
        shown = ", ".join(f"{row.name} {weight / total:.2f}" for row, weight in found[:SHOWN])
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        return f"{office} of {body}, {when}: {shown}{more}" if found else ""

    def role(self, words: tuple[str, ...]) -> Role | None:
        """What role words mean, if they are all of one."""
        return self.roles.get(words)

    def same_given(self, one: str, other: str) -> bool:
        """Whether two folded given names can be one: equal, alike in sound, an initial, or a short form."""
        if one == other or sound_key(one) == sound_key(other):
            return True
        if (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
            return True
        mine, theirs = self.nicknames.get(one, frozenset()), self.nicknames.get(other, frozenset())
        return one in theirs or other in mine or not mine.isdisjoint(theirs)

    def given_forms(self, name: str) -> frozenset[str]:
        """Forms of a folded given name; names that `same_given` holds for one share at least one of them."""
        return frozenset((name, sound_key(name), f"{name[0]}.")) | self.nicknames.get(name, frozenset())
