"""A value that knows the record it was read from, so that a notebook can show it with its words."""

from __future__ import annotations

from typing import Any

from onrecord.errors import StoreError


class Shown:
    """Base of the values that are shown with words of their reports. A copied or pickled value stands alone."""

    _home: Any = None  # the open record; no field, so that values compare and pickle by what they hold

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_home"}

    @property
    def _record(self) -> Any:
        if self._home is None:
            raise StoreError("this value was copied out of its record; take it from the open record again")
        return self._home

    def _repr_html_(self) -> str | None:
        """HTML for a notebook, everything escaped; None where the record is not at hand, and `repr` is shown."""
        return None if self._home is None else str(self._home.html(self))


def bind(value: Any, home: Any) -> Any:
    """The same value, knowing its record."""
    if isinstance(value, Shown):
        object.__setattr__(value, "_home", home)
    return value
