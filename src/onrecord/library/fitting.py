"""Whether a field of a row fits what is wanted of it: values as people know them, not as they are nested."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from onrecord.store import Row


def fits(held: Any, wanted: Any) -> bool:
    """Whether a field's value fits: None for unknown, a function to ask, a collection of which any fits, or a value.

    Of a list any element may fit; of an actor the id, name or country, of a party its actor or words, of a date the
    beginning, of a place the name or country, of a span the words.
    """
    if wanted is None:
        return held is None or held == []
    if callable(wanted):
        return bool(wanted(held))
    if isinstance(wanted, list | tuple | Set):
        return any(fits(held, one) for one in wanted)
    if isinstance(held, list):
        return any(fits(one, wanted) for one in held)
    if isinstance(held, Mapping):
        return wanted == held or (isinstance(wanted, str) and _names(held, wanted))
    return bool(held == wanted)


def _names(held: Mapping[str, Any] | Row, wanted: str) -> bool:
    if "precision" in held and "value" in held:
        return bool(held["value"]) and str(held["value"]).startswith(wanted)
    if "actor" in held:
        return _names(held["actor"] or {}, wanted) or (held["span"] or {}).get("text") == wanted
    return wanted in (held.get("id"), held.get("name"), held.get("country"), held.get("text"), held.get("agency"),
                      held.get("outlet"), held.get("document"))  # fmt: skip
