"""Names of one report that are one: a key of the actor base, a full name, a last name with nothing against it.

The report's day, where it is known, tells who a last name alone may be; it never chooses between two.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft
from onrecord.lexicon.actors import ActorBase, ActorRow, Known
from onrecord.lexicon.spelling import fold_words, sound_key
from onrecord.lexicon.terms import Days

Listed = dict[
    int, tuple[ActorRow, str]
]  # the row of the actor base behind a chain, by root, and the rule that found it


def known_days(published: str | None) -> Days:  # the days on which a report can have come out
    """First and last day of a published value (a day, a date-time or an interval); None where it is unknown."""
    if not published:
        return None
    first, _, last = published.partition("/")
    first, last = first[:10], (last or first)[:10]
    return (first, last) if len(first) == 10 and len(last) == 10 else None


def join_names(chains: Chains, actors: ActorBase) -> None:
    """One key, one full name, one last name with nothing against it."""
    by_key: dict[str, int] = {}
    people: list[int] = []
    by_words: dict[tuple[str, ...], int] = {}
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "name":
            continue
        if draft.actor_kind == "person":
            people.append(index)
        elif draft.key is not None:
            chains.join(index, by_key.setdefault(draft.key, index), "same listed actor")
        else:
            words = (draft.actor_kind, *draft.words)
            chains.join(index, by_words.setdefault(words, index), "same name")
    _join_acronyms(chains)
    _join_people(chains, people, actors)


def _join_acronyms(chains: Chains) -> None:
    """A body named in full and later by its initials."""
    initials: dict[str, int] = {}
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "name" or draft.actor_kind != "organisation" or draft.key is not None or not draft.words:
            continue
        if len(draft.words) > 2:
            letters = "".join(word[0] for word in draft.words if word not in ("of", "the", "for", "and", "in", "s"))
            initials.setdefault(letters, index)
        elif len(draft.words) == 1 and draft.name.isupper() and draft.words[0] in initials:
            chains.join(index, initials[draft.words[0]], "initials of a name given in full")


def _join_people(chains: Chains, people: list[int], actors: ActorBase) -> None:
    """Full names with each other, then last names alone with the full name that they best go with."""
    by_last: dict[str, list[int]] = {}
    full = [index for index in people if len(chains.drafts[index].words) > 1]
    for index in full:
        draft = chains.drafts[index]
        roots = by_last.setdefault(sound_key(draft.words[-1]), [])
        match = next((other for other in roots if _same_person(chains.drafts[other], draft, actors)), None)
        if match is None:
            roots.append(index)
        else:
            chains.join(index, match, "same full name")
    _join_tails(chains, full)
    _join_single_words(chains, [index for index in people if len(chains.drafts[index].words) == 1], full, by_last)


def _join_single_words(chains: Chains, alone: list[int], full: list[int], by_last: dict[str, list[int]]) -> None:
    """A last name with the person named in full, else a first name so ("Kim" with Kim Jong-un), else with its like."""
    by_first: dict[str, list[int]] = {}
    for index in full:
        if chains.root(index) == index:
            by_first.setdefault(chains.drafts[index].words[0], []).append(index)
    for index in alone:
        draft = chains.drafts[index]
        roots = by_last.setdefault(sound_key(draft.words[0]), [])
        candidates = [other for other in roots if agrees(chains.drafts[other], draft)]
        chosen = _nearest_person(chains, candidates or by_first.get(draft.words[0], []), index)
        if chosen is None:
            roots.append(index)
        else:
            chains.join(index, chosen, "last name of a person named in full")


def _join_tails(chains: Chains, full: list[int]) -> None:
    """As in "Abdel Hamid" after "Hoda Abdel Hamid": a last name of two words."""
    longer = {chains.drafts[i].words[-2:]: i for i in reversed(full) if len(chains.drafts[i].words) > 2}
    for index in full:
        draft = chains.drafts[index]
        other = longer.get(draft.words)
        if other is not None and chains.root(other) != chains.root(index):
            chains.drafts[index] = replace(draft, key=None, country=chains.drafts[other].country)
            chains.join(index, other, "last name of a person named in full")


def _same_person(one: Draft, other: Draft, actors: ActorBase) -> bool:
    if one.key is not None and one.key == other.key:
        return True
    if not _same_last_name(one, other) or not agrees(one, other):
        return False
    if len(one.words) == 1 or len(other.words) == 1:
        return True
    return actors.same_given(one.words[0], other.words[0])


def _same_last_name(one: Draft, other: Draft) -> bool:
    """Whether two persons' last words are one name, spelling apart."""
    return bool(one.words and other.words) and sound_key(one.words[-1]) == sound_key(other.words[-1])


def agrees(one: Draft, other: Draft) -> bool:
    """Nothing read of two mentions speaks against their being one: not sex, and not state."""
    if one.gender and other.gender and one.gender != other.gender:
        return False
    return not (one.country and other.country and one.country != other.country)


def _nearest_person(chains: Chains, candidates: list[int], index: int) -> int | None:
    """Of people of one last name the one listed in the base, if only one is, else the last one named before."""
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    listed = [i for i in candidates if chains.drafts[i].key is not None]
    if len(listed) == 1:
        return listed[0]
    before = [i for i in candidates if i < index]
    return before[-1] if before else candidates[0]


def key_people(chains: Chains, actors: ActorBase, days: Days) -> Listed:
    """The listed person behind each chain of person names, by root, with the rule that found it."""
    named = frozenset(draft.country for draft in chains.drafts if draft.kind == "name" and draft.actor_kind == "state")
    found: Listed = {}
    for root, members in chains.members().items():
        drafts = [
            chains.drafts[i]
            for i in members
            if chains.drafts[i].kind == "name" and chains.drafts[i].actor_kind == "person"
        ]
        if not drafts:
            continue
        keys = sorted({draft.key for draft in drafts if draft.key is not None})
        if len(keys) == 1:
            found[root] = (actors.rows[keys[0]], "listed person")
            continue
        row = _listed_alike(max(drafts, key=lambda d: len(d.words)), drafts, named, actors, days)
        if row is not None:
            found[root] = row
    return found


def _listed_alike(
    best: Draft, drafts: list[Draft], named: frozenset[str | None], actors: ActorBase, days: Days
) -> tuple[ActorRow, str] | None:
    """A listed person under another spelling, or, of a last name alone, the one whom office, state and day allow."""
    countries = frozenset(draft.country for draft in drafts if draft.country)
    if len(best.words) == 1:
        offices = frozenset(draft.role for draft in drafts if draft.role)
        row = actors.by_last_name(best.words[0], Known(offices, countries, named, days))
        rule = "last name of an office holder of the day" if days is not None else "last name of one office holder only"
        return (row, rule) if row is not None else None
    rows = [row for row in actors.by_surname(best.words[-1]) if all(row.is_of(country) for country in countries)]
    alike = [row for row in rows if any(_same_words(best.words, form, actors) for form in forms_of(row))]
    if len(alike) > 1 and days is not None:
        alike = [row for row in alike if any(tenure.covers(*days) for tenure in row.tenures)]
    return (alike[0], "listed person under another spelling") if len(alike) == 1 else None


def forms_of(row: ActorRow) -> tuple[str, ...]:
    return (row.name, *row.aliases)


def _same_words(words: tuple[str, ...], form: str, actors: ActorBase) -> bool:
    other = fold_words(form)
    return (
        len(other) > 1
        and sound_key(other[-1]) == sound_key(words[-1])
        and actors.same_given(other[0], words[0])
        and (len(words) != len(other) or len(words) == 2 or words[1][0] == other[1][0])
    )
