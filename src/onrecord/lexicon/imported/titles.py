"""The title of an office as lists write it ("Minister of Foreign Affairs of Ukraine"): our office, and whose it is."""

from __future__ import annotations

from onrecord.lexicon.actor_rows import BODY_OF, ActorBase, ActorRow

JOINING = frozenset({"of", "the", "for", "to", "s", "republic"})


def read_office(title: tuple[str, ...], base: ActorBase) -> tuple[str | None, str | None]:
    """Office and body that a title's folded words name; None for what they do not."""
    for first, last in _stretches(len(title)):
        row = _owner(title[first:last], base)
        if row is None:
            continue
        role = base.role(_plain(title[:first] + title[last:]))
        body = base.body(row, role.office) if role is not None else None
        if role is not None and body is not None:
            return base.office_of(body, role.office), body
    role = base.role(_plain(title)) or base.role(title)
    return (role.office, role.body) if role is not None else (None, None)


def _stretches(length: int) -> list[tuple[int, int]]:
    """All stretches of words that may name a state, the longest first, at the end before the beginning."""
    found = [(first, last) for first in range(length) for last in range(first + 1, length + 1) if last - first < length]
    return sorted(found, key=lambda pair: (pair[0] - pair[1], -pair[0]))


def _owner(words: tuple[str, ...], base: ActorBase) -> ActorRow | None:
    rows = (sense.row for sense in base.by_name(words) if sense.how in ("name", "adjective"))
    return next((row for row in rows if row.kind == "state" or row.key in BODY_OF or row.key in base.led), None)


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without what joined them to the name of the state."""
    first, last = 0, len(words)
    while last > first and words[last - 1] in JOINING:
        last -= 1
    while first < last and words[first] in JOINING:
        first += 1
    return words[first:last]
