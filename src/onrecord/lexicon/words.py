"""Function words: those that hold a sentence together and say nothing of what it is about. Lower case, no doubles."""

from __future__ import annotations

from functools import cache

from onrecord.errors import LexiconError
from onrecord.lexicon.table import read_table

TABLE = "function_words.tsv"


@cache
def load_function_words(table: str = TABLE) -> frozenset[str]:
    """English function words and the word pieces that come of them ("don't" is "don" and "t")."""
    words: set[str] = set()
    for line, row in read_table(table, ("word",)):
        if row["word"] != row["word"].lower() or row["word"] in words:
            raise LexiconError(f"{table}:{line}: {row['word']!r} is doubled or not in lower case")
        words.add(row["word"])
    return frozenset(words)
