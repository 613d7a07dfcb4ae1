"""Short forms that a report itself gives, "the Rapid Support Forces (RSF)": here they mean that, whatever elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from onrecord.extract.mentions.draft import Draft, Match, Text, Words
from onrecord.lexicon.spelling import is_acronym
from onrecord.model.parsed import Parsed

LONGEST = 8  # words before the bracket that the letters may come from
BODIES = frozenset({"organisation", "group", "state"})


def given_forms(parsed: Parsed, words: tuple[Words, ...]) -> dict[str, int]:
    """Each short form in brackets with the token after the name that it stands for, where the letters fit the name."""
    tokens = parsed.tokens
    found: dict[str, int] = {}
    for i in range(2, len(tokens) - 1):
        short = tokens[i].text
        if tokens[i - 1].text != "(" or tokens[i + 1].text != ")" or len(short) < 2 or not is_acronym(short):
            continue
        first = max(i - 1 - LONGEST, parsed.sentences[tokens[i].sentence].first)
        initials = [
            word[0] for token in range(first, i - 1) if tokens[token].text[:1].isupper() for word in words[token]
        ]
        if _spells(short.lower().replace(".", ""), initials):
            found.setdefault(short, i - 1)
    return found


def _spells(short: str, initials: list[str]) -> bool:
    """Whether letters are first letters of the words before, in any order: "National Electoral Council (CNE)"."""
    return not Counter(short) - Counter(initials)


def with_given_forms(matches: list[Match], given: dict[str, int], parsed: Parsed) -> list[Match]:
    """Matches of listed forms, the report's own short forms meaning what it says, or nothing listed."""
    if not given:
        return matches
    ending = {match.last: match for match in matches if match.sense.row.kind != "person"}
    kept = [m for m in matches if m.last - m.first > 1 or parsed.tokens[m.first].text not in given]
    taken = {token for match in kept for token in range(match.first, match.last)}
    meant = {short: ending[last] for short, last in given.items() if last in ending}
    more = (
        Match(token.i, token.i + 1, meant[token.text].senses)
        for token in parsed.tokens
        if token.text in meant and token.i not in taken
    )
    return sorted([*kept, *more], key=lambda m: m.first)


def join_given_forms(names: tuple[Draft, ...], text: Text) -> tuple[Draft, ...]:
    """Names with each of the report's own short forms made the body that it stands for."""
    tokens = text.parsed.tokens
    ending = {draft.last: draft for draft in names if draft.actor_kind in BODIES}
    meant = {short: ending[last] for short, last in text.given.items() if last in ending}
    if not meant:
        return names
    found = [d for d in names if d.last - d.first > 1 or tokens[d.first].text not in meant]
    taken = {token for draft in found for token in range(draft.first, draft.last)}
    for token in tokens:
        if token.text in meant and token.i not in taken:
            whole, at = meant[token.text], token.i
            found.append(replace(whole, first=at, last=at + 1, head=at, rule="short form that the report gives"))
    return tuple(sorted(found, key=lambda d: d.first))
