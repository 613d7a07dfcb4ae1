"""Furniture: what stands on news pages around the report, and the outlets and agencies that pages name.

A rule is one row of ``data/furniture.tsv``; rows of one place are tried as one expression, the first that matches names
the block. Matching is on the block in lower case, with straight quotes and single spaces (`plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal, get_args
from urllib.parse import urlsplit

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table, split_cell

Place = Literal["whole", "start", "within", "end", "class"]
OutletKind = Literal["agency", "broadcaster", "newspaper", "magazine", "website"]
KINDS = (
    "section", "navigation", "mail", "share", "comments", "related", "newsletter", "subscription", "cookies", "advertisement",
    "media", "source", "copyright", "outlet", "credit", "caption label", "caption", "early caption", "byline", "date",
)  # fmt: skip
CLASS_KINDS = (
    "nav", "share", "related", "comments", "newsletter", "cookies", "advertisement", "byline", "date", "caption",
    "headline", "summary", "body", "footer", "tags", "unseen", "widget",
)  # fmt: skip
MOST_CHARS = 900  # longest block that is tried against the rules: menus and captions are shorter
LONGEST_NOTE = 400  # how far into a block a note of the site's own is sought
TAIL = 140  # how far from its end a caption's credit may start

_ENDING = re.compile(r"""[\[(]|(?<=[.!?"'] )\S""")
_WORD = re.compile(r"[a-z]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STRAIGHT = str.maketrans("‘’‛ʼ“”„‟′″\u00a0–—", "''''\"\"\"\"'\" --")


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign: `closes` means that nothing behind it belongs to the report."""

    kind: str
    place: Place
    closes: bool
    pattern: str
    example: str
    line: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet and the domains it publishes at; `country` is the ISO 3166 alpha-3 code of its seat."""

    name: str
    domains: tuple[str, ...]
    kind: OutletKind
    country: str


@dataclass(frozen=True, slots=True)
class Agency:
    """One that others carry or cite, and every name it is credited with, its own first."""

    name: str
    names: tuple[str, ...]
    kind: Literal["agency", "outlet"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """All signs, outlets and agencies; the mappings and expressions are made from them once."""

    rules: tuple[Rule, ...]
    outlets: tuple[Outlet, ...]
    agencies: tuple[Agency, ...]
    _places: dict[Place, re.Pattern[str]] = field(init=False, repr=False, compare=False)
    _within: dict[str, re.Pattern[str]] = field(init=False, repr=False, compare=False)
    _classes: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _domains: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _outlet_names: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _agency_names: dict[str, Agency] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: tuple[Place, ...] = ("whole", "start", "end")
        set_field = object.__setattr__
        set_field(self, "_places", {place: _one_expression(self.rules, place) for place in places})
        set_field(self, "_within", _by_first_word(self.rules))
        set_field(self, "_classes", _class_words(self.rules))
        set_field(self, "_domains", {domain: outlet for outlet in self.outlets for domain in outlet.domains})
        set_field(self, "_outlet_names", {_bare(outlet.name): outlet for outlet in self.outlets})
        set_field(self, "_agency_names", {name: agency for agency in self.agencies for name in agency.names})

    def name_block(self, text: str) -> Rule | None:
        """The rule that a block falls under, or None for one that may be the report itself."""
        if len(text) > MOST_CHARS:
            return None
        words = plain(text)
        found = (
            self._places["whole"].fullmatch(words)
            or self._places["start"].match(words)
            or self._inside(words)
            or self._ending(words)
        )
        return self._rule(found.lastgroup) if found and found.lastgroup else None

    def _inside(self, words: str) -> re.Match[str] | None:
        """A sign in the middle, tried only where its first word stands."""
        for word in _WORD.finditer(words, 0, LONGEST_NOTE):
            pattern = self._within.get(word.group())
            if pattern is not None and (match := pattern.match(words, word.start())):
                return match
        return None

    def _ending(self, words: str) -> re.Match[str] | None:
        """A credit at the end of a caption: in brackets, or a sentence of its own."""
        starts = _ENDING.finditer(words, max(0, len(words) - TAIL))
        found = (self._places["end"].fullmatch(words, start.start()) for start in starts)
        return next((match for match in found if match), None)

    def class_hints(self, names: str) -> frozenset[str]:
        """What class and id names say of an element: "share", "related", "byline", "body", …"""
        words = _WORD.findall(_HUMP.sub(" ", names).lower())
        pairs = [f"{one} {two}" for one, two in pairwise(words)]
        threes = [f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False)]
        return frozenset(kind for phrase in (*words, *pairs, *threes) for kind in self._classes.get(phrase, ()))

    def outlet_at(self, address: str) -> Outlet | None:
        """The outlet that publishes at a web address or domain, its subdomains included."""
        host = host_of(address)
        while host.count("."):
            if host in self._domains:
                return self._domains[host]
            host = host.partition(".")[2]
        return None

    def outlet_called(self, name: str) -> Outlet | None:
        """The outlet of that name, "The" and capitals apart."""
        return self._outlet_names.get(_bare(name))

    def agency_called(self, name: str) -> Agency | None:
        """The agency of exactly that name or alias."""
        return self._agency_names.get(name)

    def agency_names(self) -> tuple[str, ...]:
        """All names and aliases, the longest first, so that an expression made of them takes the longest."""
        return tuple(sorted(self._agency_names, key=lambda name: (-len(name), name)))

    def _rule(self, group: str) -> Rule:
        return self.rules[int(group[1:])]


def plain(text: str) -> str:
    """A block as the rules see it: lower case, straight quotes and hyphens, single spaces."""
    return " ".join(text.translate(_STRAIGHT).lower().split())


def host_of(address: str) -> str:
    """The host of a web address, with or without its scheme, without ``www.``; "" where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


def _bare(name: str) -> str:
    return plain(name).removeprefix("the ")


def _one_expression(rules: tuple[Rule, ...], place: Place) -> re.Pattern[str]:
    chosen = [f"(?P<r{number}>{rule.pattern})" for number, rule in enumerate(rules) if rule.place == place]
    return re.compile("|".join(chosen) or r"(?!)")


def _by_first_word(rules: tuple[Rule, ...]) -> dict[str, re.Pattern[str]]:
    """The signs within a block by their first words."""
    words: dict[str, list[str]] = {}
    for number, rule in enumerate(rules):
        if rule.place == "within":
            for first in dict.fromkeys(_first_words(rule.pattern)):
                words.setdefault(first, []).append(f"(?P<r{number}>{rule.pattern})")
    return {first: re.compile("|".join(patterns)) for first, patterns in words.items()}


def _first_words(pattern: str) -> list[str]:
    """The first word of each alternative; "" where one does not begin with a plain word."""
    depth, alternatives = 0, [""]
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            alternatives.append("")
        else:
            alternatives[-1] += character
    heads = (re.match(r"[a-z]+(?=[ \\])", alternative) for alternative in alternatives)
    return [head.group() if head else "" for head in heads]


def _class_words(rules: tuple[Rule, ...]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for rule in rules:
        for phrase in split_cell(rule.pattern) if rule.place == "class" else ():
            kinds.setdefault(phrase, set()).add(rule.kind)
    return {phrase: frozenset(found) for phrase, found in kinds.items()}


def load_furniture() -> Furniture:
    """Read and check all three files."""
    return Furniture(tuple(_read_rules()), tuple(_read_outlets()), load_agencies())


@cache
def load_agencies() -> tuple[Agency, ...]:
    """The agencies alone, which is all that linking asks of furniture; loaded once a process."""
    return tuple(_read_agencies())


def _read_rules() -> Iterable[Rule]:
    name, seen = "furniture.tsv", set()
    for line, row in read_table(name, ("kind", "where", "closes", "pattern", "example")):
        kind, where, pattern = row["kind"], row["where"], row["pattern"]
        if where not in get_args(Place):
            raise LexiconError(f"{name}:{line}: unknown place {where!r}")
        if kind not in (CLASS_KINDS if where == "class" else KINDS):
            raise LexiconError(f"{name}:{line}: unknown kind {kind!r}")
        if row["closes"] not in {"", "closes"}:
            raise LexiconError(f"{name}:{line}: closes is 'closes' or empty")
        if (kind, where, pattern) in seen:
            raise LexiconError(f"{name}:{line}: doubled")
        seen.add((kind, where, pattern))
        _check_pattern(name, line, where, pattern)
        yield Rule(kind, where, bool(row["closes"]), pattern, row["example"], line)  # type: ignore[arg-type]  # checked


def _check_pattern(name: str, line: int, where: str, pattern: str) -> None:
    if where == "class":
        if not all(re.fullmatch(r"[a-z]+(?: [a-z]+){0,2}", phrase) for phrase in split_cell(pattern)):
            raise LexiconError(f"{name}:{line}: class names are one to three words in small letters")
        return
    if where == "within" and not all(_first_words(pattern)):
        raise LexiconError(f"{name}:{line}: each alternative of a sign within must begin with a plain word")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise LexiconError(f"{name}:{line}: not a regular expression: {error}") from error
    if compiled.groups:
        raise LexiconError(f"{name}:{line}: use (?:…), a plain group would take the rule's name")


def _read_outlets() -> Iterable[Outlet]:
    name, seen = "outlets.tsv", set()
    for line, row in read_table(name, ("name", "domains", "kind", "country")):
        domains = split_cell(row["domains"])
        if row["kind"] not in get_args(OutletKind) or not re.fullmatch(r"[A-Z]{3}", row["country"]) or not domains:
            raise LexiconError(f"{name}:{line}: a name, domains, a known kind and a country code are wanted")
        for key in (*(f"//{domain}" for domain in domains), row["name"]):
            if key in seen:
                raise LexiconError(f"{name}:{line}: {key!r} is there twice")
            seen.add(key)
        yield Outlet(row["name"], domains, row["kind"], row["country"])  # type: ignore[arg-type]  # checked above


def _read_agencies() -> Iterable[Agency]:
    name, seen = "agencies.tsv", set()
    for line, row in read_table(name, ("name", "aliases", "kind")):
        names = (row["name"], *split_cell(row["aliases"]))
        if row["kind"] not in {"agency", "outlet"}:
            raise LexiconError(f"{name}:{line}: unknown kind {row['kind']!r}")
        for key in names:
            if key in seen:
                raise LexiconError(f"{name}:{line}: {key!r} is there twice")
            seen.add(key)
        yield Agency(row["name"], names, row["kind"])  # type: ignore[arg-type]  # checked above
