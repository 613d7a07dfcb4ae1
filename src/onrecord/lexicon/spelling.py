"""How names are compared: as folded words, and by a key that spellings of one foreign name share.

Folding never joins two names of different letters; the key may, and is only used where something else also agrees.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from onrecord.lexicon.table import read_table

ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W\d_]\.[^\W\d_]")
WORD = re.compile(r"[^\W_]+")
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a"}
)
# several Latin spellings of one sound in names from Cyrillic, Arabic, Persian, German and others; applied in order
SOUNDS: tuple[tuple[str, str], ...] = (
    ("sch", "sh"), ("tsch", "ch"), ("tch", "ch"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "y"), ("oe", "o"),
    ("ue", "u"), ("ae", "a"), ("i", "y"), ("j", "y"),
)  # fmt: skip
POSSESSIVE = re.compile(r"'s\b")
ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)-", re.IGNORECASE)
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case without accents or marks; "U.S." is one word, and so is "O'Neill"."""
    if text.isascii():
        plain = text.lower()
    else:
        kept = (c for c in unicodedata.normalize("NFKD", text.lower()) if unicodedata.category(c) not in ("Mn", "Cf"))
        plain = "".join(kept).translate(LETTERS)
    if "." in plain:
        plain = ACRONYM.sub(lambda match: match.group().replace(".", ""), plain)
    if "'" in plain or "’" in plain:
        plain = POSSESSIVE.sub(" s", plain.replace("’", "'")).replace("'", "")
    return tuple(WORD.findall(plain))


def fold_name(name: str) -> tuple[str, ...]:
    """The words of a person's name, a last name alone without its article: "Al-Burhan" is the "al-Burhan" of others."""
    words = fold_words(name)
    return words[1:] if len(words) == 2 and ARTICLE.match(name) else words


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """One key for the spellings of one name: Zelensky, Zelenskiy, Zelenskyy. Takes a folded word."""
    key = word
    for spelling, sound in SOUNDS:
        key = key.replace(spelling, sound)
    key = DOUBLED.sub(r"\1", key)
    return key.rstrip("y") or key


def is_acronym(form: str) -> bool:
    """Whether a form is written in capitals alone (US, U.N., IAEA), so that its case must be heeded."""
    letters = [c for c in form if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters) and len(letters) <= 6 and " " not in form


@lru_cache(maxsize=65536)
def capitals(text: str) -> tuple[bool, ...]:
    """For each word of a text whether it begins with a capital."""
    return tuple(word[0].isupper() for word in WORD.findall(text))


@cache
def _letters() -> dict[str, str]:
    return {cells["letter"]: cells["latin"] for _, cells in read_table("letters.tsv", ("letter", "latin"))}


def romanise(name: str) -> str:
    """A name in Latin letters: Cyrillic, Greek, Arabic and Hebrew letter by letter, other scripts as they are."""
    if name.isascii():
        return name
    letters = _letters()
    return "".join(letters.get(c, c) for c in unicodedata.normalize("NFKC", name.lower()))
