"""The chains of mentions of one report: what each says of its actor, alone and with the actor base and the day.

A chain rests on its report's text and reading, on the day the report came out and on the actor base, on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.lexicon.actors import ActorBase, ActorRow, Known
from onrecord.lexicon.spelling import fold_name, fold_words
from onrecord.model.claims import ActorKind, Mention, Reading
from onrecord.model.text import Document

INDEFINITE = frozenset({("a",), ("an",)})
OWNED = frozenset({("my",), ("his",), ("her",), ("its",), ("our",), ("their",)})
Days = tuple[str, str]
NOBODYS, UNKNOWN = -1, -2


class Chain(NamedTuple):
    """One actor of one report: its mentions, and what they say together.

    `number` is the chain's number in the reading, `key` the row of the actor base it was led to, `why` how if not by
    the reading itself, and `note` why an office led to nobody. `owner` is the place, among the report's chains, of the
    one whose group it is ("his allies"), NOBODYS or UNKNOWN.
    """

    number: int
    mentions: tuple[str, ...]
    kind: ActorKind
    name: str
    words: tuple[str, ...]
    named: bool
    key: str | None
    country: str | None
    sector: str | None
    role: str | None
    surfaces: tuple[str, ...]
    why: str = ""
    note: str = ""
    owner: int = NOBODYS

    @property
    def is_person(self) -> bool:
        return self.named and self.kind == "person"


def read_chains(document: Document, reading: Reading, actors: ActorBase) -> list[Chain]:
    """All chains of a report but those of pronouns alone, in the order of their first mentions."""
    by_chain: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        by_chain.setdefault(mention.chain, []).append(mention)
    told = [group for group in by_chain.values() if any(mention.kind != "pronoun" for mention in group)]
    told.sort(key=lambda group: (group[0].span, group[0].id))
    owners = {m.span.start: place for place, group in enumerate(told) for m in group if m.kind == "pronoun"}
    chains = [_with_owner(_chain(document, group), group[0].span.start, owners) for group in told]
    days = days_of(reading.published.value)
    states = frozenset(chain.country for chain in chains if chain.named and chain.kind == "state")
    return [_known(chain, states, days, actors) for chain in chains]


def _chain(document: Document, mentions: list[Mention]) -> Chain:
    names = [mention for mention in mentions if mention.kind == "name"]
    shown = names or [mention for mention in mentions if mention.kind == "nominal"]
    best = shown[0]
    key = country = sector = role = None
    for mention in mentions:
        key, country = key or mention.key, country or mention.country
        sector, role = sector or mention.sector, role or mention.role
    return Chain(
        best.chain, tuple([mention.id for mention in mentions]), best.actor_kind, best.name,
        (fold_name if best.actor_kind == "person" else fold_words)(best.name), bool(names),
        key or None, country or None, sector or None, role or None,
        tuple(sorted({document.words(mention.span) for mention in shown})),
    )  # fmt: skip


def _with_owner(chain: Chain, start: int, owners: dict[int, int]) -> Chain:
    if chain.named or chain.words[:1] not in OWNED:
        return chain
    return chain._replace(owner=owners.get(start, UNKNOWN))


def days_of(published: str | None) -> Days | None:
    """First and last day of a publication date or interval, or None."""
    if not published:
        return None
    first, _, last = published.partition("/")
    first, last = first[:10], (last or first)[:10]
    return (first, last) if len(first) == 10 and len(last) == 10 else None


def _known(chain: Chain, states: frozenset[str | None], days: Days | None, actors: ActorBase) -> Chain:
    """A chain that the reading left without a row of the base, with the row that its kind or its day leads to."""
    if chain.key is not None:
        return chain
    if chain.kind == "state":
        found = _state(chain, actors)
        if found is not None:
            return found
    if days is None:
        return chain
    row = _holder_named(chain, states, days, actors) if chain.is_person else None
    if not chain.named and chain.kind == "role":
        row, note = _holder_of_role(chain, days, actors)
        chain = chain._replace(note=note) if note else chain
    if row is None:
        return chain
    return chain._replace(key=row.key, why=f"{chain.name!r}: in office in the days of the report ({'/'.join(days)})")


def _state(chain: Chain, actors: ActorBase) -> Chain | None:
    """A state named as an actor by its capital or a palace."""
    meant = [sense for sense in actors.by_name(chain.words) if sense.row.kind == "state" and sense.how != "people"]
    if not meant or chain.country not in (None, meant[0].row.country):
        return None
    return chain._replace(key=meant[0].row.key, why=f"{chain.name!r}: {meant[0].how} of a state")


def _holder_named(chain: Chain, states: frozenset[str | None], days: Days, actors: ActorBase) -> ActorRow | None:
    """Of a last name alone, the one who held a fitting office on all days of the report."""
    if len(chain.words) != 1:
        return None
    offices = frozenset({chain.role} if chain.role else ())
    countries = frozenset({chain.country} if chain.country else ())
    return actors.by_last_name(chain.words[0], Known(offices, countries, states, days))


def _holder_of_role(chain: Chain, days: Days, actors: ActorBase) -> tuple[ActorRow | None, str]:
    """The holder of an office that a report names without its holder; only a definite singular phrase.

    Where the days leave a choice, who may be meant, in words.
    """
    if not is_office(chain, actors) or chain.words[:1] in INDEFINITE:
        return None, ""
    role, country = chain.role or "", chain.country or ""
    gender = next((actors.gendered[word] for word in chain.words if word in actors.gendered), None)
    row = actors.holder(role, country, days, gender)
    return row, "" if row is not None else actors.candidates(role, country, days, gender)


def is_office(chain: Chain, actors: ActorBase) -> bool:
    """Whether a chain is told by nothing but an office of a state that one person holds at a time."""
    if chain.named or chain.kind != "role" or chain.role is None or chain.country is None:
        return False
    return actors.is_single(chain.role, chain.country)


def offices_of(chain: Chain, key: str | None, days: Days | None, actors: ActorBase) -> Iterator[str]:
    """The offices of a person of a known state: the one told, and those that the row `key` has on the report's days."""
    if not chain.is_person or not chain.country:
        return
    offices = {chain.role} if chain.role else set()
    row = actors.rows.get(key or "")
    if row is not None and days is not None:
        offices |= {tenure.office for tenure in row.tenures if tenure.covers(*days)}
    yield from sorted(offices)


def telling_words(chain: Chain, actors: ActorBase) -> tuple[str, ...]:
    """The words that tell unnamed actors apart: not how many, nor their state ("Sudan's" and "Sudanese" are one)."""
    own = _without_state(chain.words, chain.country, actors)
    return tuple(word for word in own if word not in actors.words["untelling"] and not word.isdigit()) or chain.words


def _without_state(words: tuple[str, ...], country: str | None, actors: ActorBase) -> tuple[str, ...]:
    """Words without the name or adjective of the actor's state, wherever it stands before the last of them."""
    for length in (3, 2, 1) if country is not None else ():
        for first in range(len(words) - length):
            senses = actors.by_name(words[first : first + length])
            if any(s.row.key == f"state:{country}" and s.how in ("name", "adjective") for s in senses):
                rest = words[first + length :]
                return (*words[:first], *(rest[1:] if rest[0] == "s" and len(rest) > 1 else rest))
    return words
