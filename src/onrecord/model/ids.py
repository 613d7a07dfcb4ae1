"""Ids are made of content: the same input gives the same id on any machine, in any order, in any process."""

from __future__ import annotations

import hashlib

ID_LENGTH = 16  # hex digits, 64 bits: under 1 chance in 10**7 of any clash among a million rows of a kind


def make_id(kind: str, *parts: object) -> str:
    """A short content hash such as ``st_3f0c…``: `kind` is a two-letter prefix, `parts` what the thing is made of."""
    content = "\x1f".join(str(part) for part in parts)
    return f"{kind}_{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:ID_LENGTH]}"
