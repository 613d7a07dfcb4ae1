"""Text of reports as a page, a notebook or an assistant may be shown it."""

from __future__ import annotations

import re

NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
# control characters, lone surrogates and direction overrides: shown as a mark, one for one, so that offsets hold
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def safe(words: str) -> str:
    """Text that can do nothing to a page's order or its encoding; as long as it was."""
    return words if words.isprintable() else _UNSAFE.sub(NOT_SHOWN, words)  # all of these are unprintable


def short(words: str | None, length: int) -> str:
    """At most `length` characters on one line, cut at a space where there is one."""
    text = " ".join((words or "")[: length * 4 + 200].split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut) + "…"
