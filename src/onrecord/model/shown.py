"""Text of reports as a page, a notebook or an assistant may be shown it."""

from __future__ import annotations

import re

NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
# control characters, lone surrogates and direction overrides: shown as a mark, one for one, so that offsets hold
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def safe(words: str) -> str:
    """Text that can do nothing to a page's order or its encoding; as long as it was."""
    return _UNSAFE.sub(NOT_SHOWN, words)
