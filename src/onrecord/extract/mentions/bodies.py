"""Nouns that say again what is named: appositions, "the TASS news agency", "the Biden government", "the alliance"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.mentions.chains import Chains
from onrecord.extract.mentions.draft import Draft, Text
from onrecord.extract.mentions.people import Listed, agrees, forms_of
from onrecord.lexicon.actors import ActorBase, ActorRow
from onrecord.lexicon.spelling import fold_words

FAR_BACK = 60  # mentions: how far back "the ministry" may point; set by hand, not measured
LEADING = frozenset({"president", "prime minister", "supreme leader"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def join_appositions(chains: Chains, text: Text, at_head: dict[int, int]) -> None:
    """As in "Sergey Lavrov, Russia's foreign minister": one actor; what the noun says of him is said of the name."""
    tokens = text.parsed.tokens
    for index, draft in enumerate(chains.drafts):
        token = tokens[draft.head]
        if token.dep not in ("appos", "attr") or draft.kind == "pronoun":
            continue
        governor = _governor(text, draft.head)
        other = at_head.get(governor) if governor is not None else None
        if other is None or other == index or draft.plural != chains.drafts[other].plural:
            continue
        one, two = chains.drafts[other], draft
        kinds = {one.actor_kind, two.actor_kind}
        if kinds <= {"person", "role"} and {one.kind, two.kind} == {"name", "nominal"} and agrees(one, two):
            name, noun = (other, index) if one.kind == "name" else (index, other)
            _inherit(chains, name, noun)
            chains.join(noun, name, "apposition" if token.dep == "appos" else "is said to be")


def _governor(text: Text, head: int) -> int | None:
    """What an apposition stands beside, or the subject of "is"."""
    token = text.parsed.tokens[head]
    if token.dep == "appos":
        return token.head
    verb = text.parsed.tokens[token.head]
    if verb.lemma != "be":
        return None
    return next((i for i in text.parsed.children[verb.i] if text.parsed.tokens[i].dep in SUBJECTS), None)


def _inherit(chains: Chains, name: int, noun: int) -> None:
    one, two = chains.drafts[name], chains.drafts[noun]
    chains.drafts[name] = replace(
        one, role=one.role or two.role, country=one.country or two.country, body=one.body or two.body,
        sector=one.sector or two.sector, gender=one.gender or two.gender,
    )  # fmt: skip


def join_titles(chains: Chains) -> None:
    """A role phrase that the parser made the head of the name at its end: "Ambassador to Ukraine Marie Yovanovitch".

    "A spokesman for President Lula" is not he: the name has another title.
    """
    ends = {
        draft.last: i for i, draft in enumerate(chains.drafts) if draft.kind == "name" and draft.actor_kind == "person"
    }
    for index, draft in enumerate(chains.drafts):
        name = ends.get(draft.last)
        if name is None or draft.kind != "nominal" or draft.actor_kind != "role":
            continue
        role = chains.drafts[name].role
        if chains.drafts[name].first > draft.head and role is not None and role == draft.role:
            chains.join(index, name, "title of the name")


def join_bodies(chains: Chains, actors: ActorBase) -> None:
    """As in "The TASS news agency", "Houthi rebels": the noun only says what the named body is."""
    for name, noun in _inside(chains, ("organisation", "group")):
        words = chains.drafts[noun].words
        if words[-1].removesuffix("s") in actors.words["body"] and chains.drafts[name].last <= chains.drafts[noun].head:
            chains.join(noun, name, "noun for the body named in it")


def join_governments(chains: Chains, listed: Listed, actors: ActorBase) -> None:
    """As in "The Biden government", "the Sudanese regime": a government is its state's."""
    states: dict[str, int] = {}
    for index, draft in enumerate(chains.drafts):
        if draft.key is not None:
            states.setdefault(draft.key, index)
    led = {noun: name for name, noun in _inside(chains, ("person",))}
    for index, draft in enumerate(chains.drafts):
        if draft.actor_kind != "organisation" or draft.kind != "nominal" or not draft.definite:
            continue
        country = draft.country or _country_of(chains, led.get(index), listed, actors)
        if country is None or draft.words[-1] not in actors.words["government"]:
            continue
        region = actors.rows.get(draft.body or "")  # the Abkhaz government is not Georgia's
        key = region.key if region is not None and region.kind == "state" else f"state:{country}"
        chains.drafts[index] = replace(draft, key=key, country=country, sector="GOV", actor_kind="state")
        chains.join(index, states.setdefault(key, index), "government for its state")


def _country_of(chains: Chains, person: int | None, listed: Listed, actors: ActorBase) -> str | None:
    """The state of whom a government is named after, if only by the last name that one leader in the base bears."""
    if person is None:
        return None
    row = listed.get(chains.root(person))
    known = chains.drafts[person].country or (row[0].country if row is not None else None)
    if known is not None:
        return known
    leaders = [other for other in actors.by_surname(chains.drafts[person].words[-1]) if _has_led(other)]
    return leaders[0].country if len(leaders) == 1 else None


def _has_led(row: ActorRow) -> bool:
    return any(tenure.office in LEADING for tenure in row.tenures)


def _inside(chains: Chains, kinds: tuple[str, ...]) -> list[tuple[int, int]]:
    """Pairs of a name and the nominal that it stands in before the head, by index."""
    found = []
    for index, draft in enumerate(chains.drafts):
        if draft.kind != "nominal":
            continue
        other = index + 1
        while other < len(chains.drafts) and chains.drafts[other].first < draft.head:
            inner = chains.drafts[other]
            if inner.kind == "name" and inner.actor_kind in kinds:
                found.append((other, index))
            other += 1
        before = chains.drafts[index - 1] if index > 0 else draft
        if before.first == draft.first and before.kind == "name" and before.actor_kind in kinds:
            found.append((index - 1, index))
    return found


def body_meant(chains: Chains, index: int, actors: ActorBase) -> int | None:
    """As in "The alliance", "the ministry": the last body named before whose name or kind has that word."""
    draft = chains.drafts[index]
    if not draft.definite or draft.country or len(draft.words) > 2 or draft.actor_kind not in ("organisation", "group"):
        return None
    noun = draft.words[-1]
    for other in range(index - 1, max(-1, index - FAR_BACK), -1):
        named = chains.drafts[other]
        if (
            named.kind == "name"
            and named.actor_kind in ("organisation", "group")
            and noun in _kind_words(named, actors)
        ):
            return other
    return None


def _kind_words(named: Draft, actors: ActorBase) -> frozenset[str]:
    row = actors.rows.get(named.key) if named.key is not None else None
    words = [word for form in forms_of(row) for word in fold_words(form)] if row is not None else list(named.words)
    own = (*words, *(word.removesuffix("s") for word in words))
    return frozenset(own) | actors.words.get(f"called {named.sector}", frozenset())
