"""The PLOVER sector of a noun phrase: the most telling of its role, its modifiers, the body named in it, its noun."""

from __future__ import annotations

from onrecord.extract.mentions.draft import Words
from onrecord.lexicon.actors import ActorBase, ActorRow, PersonNoun, Role

# sectors that a modifier may put in the place of a general noun's: "army doctor" stays MED, "army official" is MIL
OVERRIDING = frozenset(
    {"MIL", "SPY", "COP", "LEG", "JUD", "REB", "PRM", "MED", "REL", "BUS", "AGR", "EDU", "UAF", "CRM"}
)
GENERAL = frozenset({None, "BUS", "GOV", "LAB"})


def sector_of(noun: PersonNoun, role: Role | None, own: Words, body: str | None, actors: ActorBase) -> str | None:
    """`own` are the phrase's words up to its head, `body` the sector of an organisation that it names."""
    modifiers = [actors.sector_words[word] for word in own[:-1] if word in actors.sector_words]
    if noun.noun in actors.words["guided"] and modifiers:
        return modifiers[-1]
    if noun.noun in actors.words["protesting"] and "OPP" in modifiers:
        return "OPP"
    if role is not None and role.sector and " " in role.phrase:
        return role.sector
    if body is not None and noun.noun in actors.words["speaking for"]:
        return body
    if role is not None and role.sector is None and len(role.phrase) > len(noun.noun):
        return body  # a "director general" is no general
    telling = [sector for sector in modifiers if noun.sector is None or sector in OVERRIDING]
    if noun.sector in GENERAL and telling:
        return telling[-1]
    return (role.sector if role is not None else None) or noun.sector or body


def represented_sector(owner: ActorRow, role: Role | None) -> str | None:
    """The sector that a body gives to those who act for it; who speaks for a state speaks for its government."""
    if owner.kind != "state" or owner.sector is not None:
        return owner.sector
    return "GOV" if role is not None and role.office == "spokesperson" else None
