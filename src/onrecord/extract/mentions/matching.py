"""The forms of the actor base in a report's text."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.mentions.acronyms import given_forms, with_given_forms
from onrecord.extract.mentions.draft import Match, Text, Words, balanced
from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.spelling import fold_words
from onrecord.lexicon.terms import Days
from onrecord.model.parsed import Parsed


def match_forms(parsed: Parsed, actors: ActorBase, days: Days) -> Text:
    """Find every form of the actor base, longest first, from left to right, never across a sentence's end."""
    words = tuple(fold_words(token.text) for token in parsed.tokens)
    matches: list[Match] = []
    for sentence in parsed.sentences:
        token = sentence.first
        while token < sentence.last:
            match = _match_at(parsed, words, token, sentence.last, actors)
            if match is not None:
                matches.append(match)
            token = match.last if match is not None else token + 1
    given = given_forms(parsed, words)
    matches = with_given_forms(_by_state(matches), given, parsed)
    return Text(
        parsed,
        words,
        tuple(matches),
        {match.first: match for match in matches},
        {match.last: match for match in matches},
        frozenset(named.first for named in parsed.named if named.label in ("DATE", "TIME")),
        given,
        actors,
        days,
    )


def _by_state(matches: list[Match]) -> list[Match]:
    """Of bodies that share a form (RSF) those of a state that the report names come first."""
    named = {match.sense.row.country for match in matches if match.sense.row.kind == "state"} - {None}
    return [
        replace(match, senses=tuple(sorted(match.senses, key=lambda s: s.row.country not in named)))
        if len(match.senses) > 1 and match.sense.row.kind in ("organisation", "group")
        else match
        for match in matches
    ]


def _match_at(parsed: Parsed, words: tuple[Words, ...], first: int, end: int, actors: ActorBase) -> Match | None:
    """The longest known form that starts at a token; a leading "the" is left out of it."""
    limit = actors.longest.get(words[first][0], 0) if words[first] else 0
    gathered: Words = ()
    best: Match | None = None
    for token in range(first, end):
        gathered += words[token]
        if len(gathered) > limit:
            break
        if not words[token]:
            continue
        senses = actors.by_name(gathered)
        if senses:
            surface = parsed.text[parsed.tokens[first].start : parsed.tokens[token].end]
            fitting = tuple(sense for sense in senses if sense.fits(surface))
            start = first + 1 if words[first] == ("the",) and token > first else first
            whole = balanced(parsed, start, token + 1)
            best = Match(*whole, fitting) if fitting and whole is not None else best
    return best
