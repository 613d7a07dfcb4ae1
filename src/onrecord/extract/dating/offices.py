"""What the offices of named people say of the report's date: not before they came into them, not after they left.

An office binds only if the text gives it to the person now, and the person by more than a last name: the base of office
holders begins in 2000, so that an earlier namesake would be missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.extract.dating.bounds import Bound, bound, join_stretches
from onrecord.lexicon.actors import ActorBase, ActorRow, Tenure
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.times import TimeWords
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed, Token
from onrecord.model.text import Cue

# days by which works of reference differ on when an office began or ended, and a title is used before or after
SLACK = timedelta(days=14)
REACH = 3  # words before a name among which "former" stands: "former US President"


@dataclass(frozen=True, slots=True)
class Office:
    """A person of the base, the terms in the office that the text gives them, and whether they act in it now."""

    row: ActorRow
    terms: tuple[Tenure, ...]
    mention: Mention
    current: bool


def bounds_from_offices(
    parsed: Parsed, mentions: tuple[Mention, ...], actors: ActorBase, words: TimeWords
) -> Iterator[Bound]:
    """A bound by each office: its terms where the person acts in it now, from their first day on elsewhere."""
    for office in _find_offices(parsed, mentions, actors, words):
        yield _bound(parsed, office)


def _bound(parsed: Parsed, office: Office) -> Bound:
    span = office.mention.span
    shown = f"{parsed.words(span)}, {office.terms[0].title}"
    terms = sorted((term.since, term.until or "9999") for term in office.terms)
    first = date.fromisoformat(terms[0][0]) - SLACK
    if not office.current:
        return bound(first, None, Cue(span, f"{shown}: not before {first}"))
    held = join_stretches((date.fromisoformat(since) - SLACK, _end(until)) for since, until in terms)
    stretches = tuple((low, None if high == date.max else high) for low, high in held)
    told = " or ".join(f"{low} to {high}" if high else f"from {low} on" for low, high in stretches)
    return Bound(stretches, Cue(span, f"{shown}: {told}"))


def _end(until: str) -> date:
    return date.max if until == "9999" else date.fromisoformat(until) + SLACK


def _find_offices(
    parsed: Parsed, mentions: tuple[Mention, ...], actors: ActorBase, words: TimeWords
) -> tuple[Office, ...]:
    """One office a chain: that of its first mention with one."""
    chains: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        chains[mention.chain].append(mention)
    acting = _acting_now(parsed, mentions)
    found = [_office(parsed, chain, actors, words, number in acting) for number, chain in sorted(chains.items())]
    return tuple(office for office in found if office is not None)


def _office(parsed: Parsed, chain: list[Mention], actors: ActorBase, words: TimeWords, current: bool) -> Office | None:
    """The office of a chain, unless any of its mentions takes it back."""
    names = [mention for mention in chain if mention.kind == "name"]
    titled = next((mention for mention in names if mention.role and mention.key), None)
    row = actors.rows.get(titled.key) if titled is not None and titled.key else None
    if (
        titled is None
        or row is None
        or row.kind != "person"
        or any(_is_taken_back(parsed, name, words) for name in names)
    ):
        return None
    if not any(_is_full(parsed, name, row) for name in names):
        return None
    terms = tuple(term for term in row.tenures if term.office == titled.role)
    if not terms or len({term.body for term in terms}) > 1:
        return None
    return Office(row, terms, titled, current)


def _is_taken_back(parsed: Parsed, mention: Mention, words: TimeWords) -> bool:
    """Whether a name or the words before it say that the office is not held: "former", "then", "-elect"."""
    if mention.role and words.has("unheld", mention.role.split()[0]):
        return True
    before = parsed.text[max(0, mention.span.start - 40) : mention.span.start].rpartition("\n")[2]
    near = (*fold_words(before)[-REACH:], *fold_words(parsed.words(mention.span)))
    return any(words.has("unheld", word) for word in near)


def _is_full(parsed: Parsed, mention: Mention, row: ActorRow) -> bool:
    """Whether a mention gives more than the last name."""
    shown = set(fold_words(parsed.words(mention.span)))
    return any(set(fold_words(form)) <= shown and len(fold_words(form)) > 1 for form in (row.name, *row.aliases))


def _acting_now(parsed: Parsed, mentions: tuple[Mention, ...]) -> frozenset[int]:
    """Chains of the people of the day: those of whom something is told in a sentence that names no year."""
    heads = {offset: m.chain for m in mentions for offset in range(m.head.start, m.head.end)}
    found: set[int] = set()
    for token in parsed.tokens:
        if token.start in heads and token.dep in ("nsubj", "nsubjpass"):
            verb = parsed.tokens[token.head]
            if verb.tag in ("VBD", "VBZ", "VBN") and not _has_year(parsed, token):
                found.add(heads[token.start])
    return frozenset(found)


def _has_year(parsed: Parsed, token: Token) -> bool:
    """Whether a year is said in the sentence: its weekday may then be one of long ago."""
    return any(len(other.text) == 4 and other.text.isdigit() for other in parsed.sentence_tokens(token.sentence))
