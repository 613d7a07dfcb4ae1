"""Numbers in words and the ways of writing them: patterns made at load of ``number_words.tsv`` alone.

Digits stand for themselves; these are the words, letters and signs that make or multiply a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table

NumberPart = Literal["unit", "ten", "scale", "suffix", "plural", "fraction", "glyph"]
NUMBER_PARTS: tuple[NumberPart, ...] = get_args(NumberPart)


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that makes a number, and the part it plays."""

    value: float
    part: NumberPart


@dataclass(frozen=True, slots=True)
class Numbers:
    """Number words, and patterns for the ways they are written.

    `row`: "two hundred and five"; `scale`: " million" after digits; `suffix`: "m" right after them; `vague`: "tens of
    thousands"; `fraction`: "two-thirds of"; `out_of`: "one in five"; `rough`: "half a million", "several hundred";
    `and_part`: " and a half".
    """

    words: dict[str, NumberWord]
    row: re.Pattern[str]
    scale: re.Pattern[str]
    suffix: re.Pattern[str]
    vague: re.Pattern[str]
    fraction: re.Pattern[str]
    out_of: re.Pattern[str]
    rough: re.Pattern[str]
    and_part: re.Pattern[str]

    def value(self, word: str) -> float:
        """The value of a number word or of plain digits."""
        return float(word) if word.isdecimal() else self.words[word.lower()].value


def load_numbers() -> Numbers:
    """Read and check the number words."""
    words = _read_words()
    of = {part: any_of(word for word, number in words.items() if number.part == part) for part in NUMBER_PARTS}
    counting = f"{of['unit']}|{of['ten']}|{of['scale']}"
    return Numbers(
        words=words,
        row=_pattern(rf"\b(?:{counting})(?:(?:\s+|-)(?:and\s+)?(?:{counting}))*\b"),
        scale=_pattern(rf"[\s-]({of['scale']})s?\b(?:\s({of['scale']})\b)?"),
        suffix=_pattern(rf"(?:{of['suffix']})(?![A-Za-z])"),
        vague=_pattern(rf"\b(?:(?:{of['plural']})\s+of\s+)?(?:{of['plural']})\b"),
        fraction=_pattern(
            rf"\b(an?|{of['unit']})[\s-]({of['fraction']})\b(?=\s+of\b|\s+the\b)"
            r"|(?<!first\s)(?<!second\s)(?<!other\s)\b()(half)(?=\s+(?:of|the|its|their|his|her|our|all|an?)\b)"
        ),
        out_of=_pattern(rf"\b({of['unit']}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?({of['unit']}|\d+)\b"),
        rough=_pattern(rf"\b(half\s+an?|a\s+half|an?|a\s+quarter\s+of\s+a|several|a\s+few)[\s-]((?:{of['scale']}))\b"),
        and_part=_pattern(r"\s+and\s+(a\s+half|a\s+quarter|three\s+quarters)\b"),
    )


def any_of(forms: Iterable[str]) -> str:
    """Forms as the alternatives of a pattern, longest first; a space stands for any white space."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _read_words() -> dict[str, NumberWord]:
    found: dict[str, NumberWord] = {}
    for number, cells in read_table("number_words.tsv", ("word", "value", "part")):
        where = f"number_words.tsv:{number}"
        part = next((part for part in NUMBER_PARTS if part == cells["part"]), None)
        if part is None:
            raise LexiconError(f"{where}: unknown part {cells['part']!r}; one of {', '.join(NUMBER_PARTS)}")
        if cells["word"] in found:
            raise LexiconError(f"{where}: {cells['word']!r} stands twice")
        try:
            found[cells["word"]] = NumberWord(float(cells["value"]), part)
        except ValueError as error:
            raise LexiconError(f"{where}: not a number: {cells['value']!r}") from error
    return found
