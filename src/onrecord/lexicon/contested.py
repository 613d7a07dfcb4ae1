"""Words that sides use for one thing: "annexation" and "reunification". Nothing is said about which is right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table, split_cell

TABLE = "contested.tsv"


@dataclass(frozen=True, slots=True)
class Contested:
    """One thing and its words; `pattern` finds their forms, `word_of` tells which word a form is of."""

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    forms: tuple[tuple[str, str], ...]

    def word_of(self, form: str) -> str:
        return dict(self.forms)[" ".join(form.casefold().split())]


@cache
def load_contested(table: str = TABLE) -> tuple[Contested, ...]:
    """All things in the order of the table; LexiconError where a form is doubled within one or a word stands alone."""
    rows: dict[str, dict[str, str]] = {}
    words: dict[str, list[str]] = {}
    for line, row in read_table(table, ("thing", "word", "forms")):
        forms = rows.setdefault(row["thing"], {})
        words.setdefault(row["thing"], []).append(row["word"])
        for form in (row["word"], *split_cell(row["forms"])):
            if form in forms or form != form.casefold():
                raise LexiconError(f"{table}:{line}: {form!r} is doubled or not in lower case")
            forms[form] = row["word"]
    alone = [thing for thing, found in words.items() if len(found) < 2]
    if alone:
        raise LexiconError(f"{table}: only one word for {', '.join(alone)}")
    return tuple(
        Contested(thing, tuple(words[thing]), _pattern(forms), tuple(forms.items())) for thing, forms in rows.items()
    )


def _pattern(forms: dict[str, str]) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in longest) + r")(?!\w)", re.I)
