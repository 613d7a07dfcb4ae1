"""Which words a pattern cannot match without: most paragraphs lack those of most rules, which then need not be tried.

The words are read off the compiled pattern itself, so a new rule needs nothing said about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op  # the parser of `re` has no public name
from re import _parser
from typing import Any

DIGIT = r"\d"  # stands for any digit
# characters that ignoring case makes equal to ASCII letters, though lower() does not
FOLDED = frozenset("ıİſK")


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Strings in lower case (or DIGIT) of which each match holds at least one; None where no such set is found."""
    found = _of_row(_parser.parse(pattern.pattern, pattern.flags))
    if found is None:
        return None
    return frozenset(one for one in found if not any(other in one for other in found if other != one))


def held(needs: Iterable[str], text: str) -> frozenset[str]:
    """Those of some strings that stand in a text; all of them where the text has letters of odd case."""
    if not FOLDED.isdisjoint(text):
        return frozenset(needs)
    lower = text.lower()
    digit = any(map(str.isdecimal, lower))
    return frozenset(need for need in needs if (digit if need == DIGIT else need in lower))


def _of_row(row: Any) -> frozenset[str] | None:
    """The best set of things that all stand in a row: with the longest strings, then the fewest."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, argument in row:
        if kind is op.LITERAL:
            run += chr(argument).lower()
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        one = _of_one(kind, argument)
        if one is not None:
            found.append(one)
    if run:
        found.append(frozenset({run}))
    return max(found, key=lambda one: (min(map(len, one)), -len(one), sorted(one)), default=None)


def _of_one(kind: Any, argument: Any) -> frozenset[str] | None:
    if kind is op.SUBPATTERN:
        return _of_row(argument[3])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _of_row(argument[2]) if argument[0] else None
    if kind is op.BRANCH:
        ways = [_of_row(way) for way in argument[1]]
        return None if any(way is None for way in ways) else frozenset().union(*(way for way in ways if way))
    if kind is op.IN and all(_is_digit(*one) for one in argument):
        return frozenset({DIGIT})
    return None


def _is_digit(kind: Any, argument: Any) -> bool:
    """Whether one part of a set of characters holds digits only."""
    if kind is op.CATEGORY:
        return bool(argument is op.CATEGORY_DIGIT)
    ends = argument if kind is op.RANGE else (argument, argument)
    return kind in (op.LITERAL, op.RANGE) and all(chr(end).isdecimal() for end in ends)
