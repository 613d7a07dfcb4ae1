"""What a user types, as a full-text query in which no character of theirs is syntax."""

from __future__ import annotations

import re


def match_query(words: str) -> str:
    """A full-text query of quoted terms only, so that no character of the user's is taken for syntax."""
    terms = re.findall(r'"([^"]+)"|(\S+)', words.replace("\0", " "))
    parts: list[str] = []
    for phrase, word in terms:
        term = (phrase or word).replace('"', " ")
        if not re.search(r"\w", term):
            continue
        stem = term.rstrip("*")
        parts.append(f'"{stem}"*' if term.endswith("*") and not phrase else f'"{term}"')
    return " ".join(parts)
