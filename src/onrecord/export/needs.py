"""Libraries that only some formats need: asked for by name where they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import SettingsError


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Around the import of an optional library: SettingsError says what to install where it is not there."""
    try:
        yield
    except ImportError as error:
        raise SettingsError(
            f'this needs a library that is not installed ({error.name}): pip install "onrecord[{extra}]"'
        ) from error
