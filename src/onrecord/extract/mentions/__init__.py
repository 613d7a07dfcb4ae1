"""Who is named or pointed to in a report: mentions in order of the text, joined into chains of one actor each.

A name's span is the name proper, a nominal's the whole noun phrase. What could not be resolved has key None; a country
is only given where the words or the actor base give it.
"""

from __future__ import annotations

from onrecord.extract.mentions.acronyms import join_given_forms
from onrecord.extract.mentions.antecedents import join_pronouns
from onrecord.extract.mentions.chains import Chains, gendered
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.mentions.matching import match_forms
from onrecord.extract.mentions.names import find_names
from onrecord.extract.mentions.nominals import find_nominals
from onrecord.extract.mentions.people import Listed, join_names, key_people, known_days
from onrecord.extract.mentions.pronouns import find_pronouns, quoted_tokens
from onrecord.extract.mentions.roles import join_owned, join_roles
from onrecord.extract.mentions.states import find_halves, join_states
from onrecord.extract.mentions.towns import find_headings, without_headings
from onrecord.lexicon import Lexicon
from onrecord.lexicon.actors import ActorBase, ActorRow
from onrecord.lexicon.terms import Days
from onrecord.model.claims import Mention
from onrecord.model.ids import make_id
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

__all__ = ["find_mentions"]


def find_mentions(parsed: Parsed, document: Document, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every mention of an actor in the parsed parts of a report, in order, with chains within the report."""
    actors = lexicon.actors
    days = known_days(document.published.value)
    text = match_forms(parsed, actors, days)
    headings = find_headings(text, lexicon.places)
    found = find_names(text, actors, lexicon.places, lexicon.cues, lexicon.furniture)
    given = join_given_forms(found, text)
    names = without_headings(sorted((*given, *find_halves(text, given)), key=lambda draft: draft.first), headings)
    nominals = without_headings(find_nominals(text, names, lexicon.places), headings)
    taken = frozenset(token for draft in names for token in range(draft.first, draft.last))
    pronouns = without_headings(find_pronouns(text, taken), headings)
    chains = Chains(sorted((*names, *nominals, *pronouns), key=lambda d: (d.first, d.last)))
    join_names(chains, actors)
    unnamed = join_roles(chains, text, actors, days)
    gendered(chains)
    join_states(chains, text, lexicon.places)
    join_pronouns(chains, text, quoted_tokens(text))
    join_owned(chains)
    listed = {**unnamed, **key_people(chains, actors, days)}
    return tuple(_mentions(chains, text, listed, document.id, days, actors))


def _mentions(
    chains: Chains, text: Text, listed: Listed, document: str,
    days: Days, actors: ActorBase,
) -> list[Mention]:  # fmt: skip
    """Drafts as mentions, with what their chain knows; chains are numbered by first mention."""
    rows = {chains.root(index): found for index, found in listed.items()}
    members = chains.members()
    numbers = {root: number for number, root in enumerate(sorted(members))}
    found: list[Mention] = []
    for root in sorted(members):
        drafts = [chains.drafts[i] for i in members[root]]
        row, rule = rows.get(root, (None, ""))
        best = _best(drafts)
        for index in members[root]:
            found.append(_mention(chains, text, index, drafts, best, row, rule, numbers[root], document, days, actors))
    return sorted(found, key=lambda m: (m.span, m.kind))


def _best(drafts: list[Draft]) -> Draft:
    """The mention that names a chain best: the fullest name, else the fullest noun phrase; the first in a tie."""
    order = {"name": 0, "nominal": 1, "pronoun": 2}
    return min(drafts, key=lambda d: (order[d.kind], -len(d.words) if d.kind == "name" else 0))


def _mention(
    chains: Chains, text: Text, index: int, drafts: list[Draft], best: Draft, row: ActorRow | None, rule: str,
    chain: int, document: str, days: Days, actors: ActorBase,
) -> Mention:  # fmt: skip
    draft = chains.drafts[index]
    span = text.parsed.span(draft.first, draft.last)
    head = (
        span if draft.kind == "name" else Span(text.parsed.tokens[draft.head].start, text.parsed.tokens[draft.head].end)
    )
    key = row.key if row is not None else next((d.key for d in (draft, *drafts) if d.key), None)
    known = row or actors.rows.get(key or "")
    origin = known.origin if known is not None else ""
    own = [draft, *drafts]
    sector = next((d.sector for d in own if d.sector), None)
    if row is not None and row.kind == "person":
        sector = sector or actors.sector_on(row, days)
    country = next((d.country for d in own if d.country), None)
    return Mention(
        id=make_id("mn", document, span.start, span.end, draft.kind),
        span=span,
        head=head,
        kind=draft.kind,
        actor_kind=best.actor_kind if row is None else row.kind,
        chain=chain,
        name=row.name if row is not None else best.name,
        key=key,
        rule="; ".join(part for part in (draft.rule, chains.rules.get(index, ""), rule, origin) if part),
        country=country or (actors.country_on(row, days) if row is not None else None),
        sector=sector,
        role=next((_told_role(d, actors) for d in own if d.role), None),
    )


def _told_role(draft: Draft, actors: ActorBase) -> str | None:
    """The office, with the body where it is not the state's: "spokesperson of Hamas"."""
    body = actors.rows.get(draft.body or "")
    return f"{draft.role} of {body.name}" if body is not None else draft.role
