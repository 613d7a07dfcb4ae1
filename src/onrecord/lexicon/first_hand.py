"""What shows that a report rests on something of its own: an interview, a document seen, a reporter on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table

Mark = Literal["interview", "document", "presence"]
TABLE = "first_hand.tsv"
US = "{us}"
# besides the outlet's names; "the newspaper" may be another one
THIS = r"this (?:newspaper|paper|magazine|website|site|network|channel|broadcaster|programme|news agency|agency)"
THIS_ONE = r"this (?:reporter|correspondent|writer|journalist)"


@dataclass(frozen=True, slots=True)
class FirstHand:
    """One sign: what it is of, and its expression with `US` where the outlet stands."""

    kind: Mark
    pattern: str

    def expression(self, names: Iterable[str]) -> re.Pattern[str]:
        """The sign of an outlet by its names, the longest first, each with or without "the"."""
        longest = sorted(set(names), key=lambda name: (-len(name), name))
        own = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
        us = f"(?:(?:[Tt]he )?(?:{own})|{THIS}|{THIS_ONE})" if own else f"(?:{THIS}|{THIS_ONE})"
        pattern = self.pattern.replace(US, us).replace(" ", r"\s+")
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@cache
def load_first_hand(table: str = TABLE) -> tuple[FirstHand, ...]:
    """All signs in the order of the table; LexiconError where one is of no kind or does not match its example."""
    found = []
    for line, row in read_table(table, ("kind", "pattern", "example")):
        kind: Mark | None = next((kind for kind in get_args(Mark) if kind == row["kind"]), None)
        if kind is None:
            raise LexiconError(f"{table}:{line}: {row['kind']!r} is no kind of sign")
        sign = FirstHand(kind, row["pattern"])
        try:
            matched = sign.expression(["Reuters"]).search(row["example"])
        except re.error as error:
            raise LexiconError(f"{table}:{line}: {error}") from error
        if matched is None:
            raise LexiconError(f"{table}:{line}: does not match its example {row['example']!r}")
        found.append(sign)
    return tuple(found)
