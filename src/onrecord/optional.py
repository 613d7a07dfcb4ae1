"""Libraries that only some people need: asked for by name, and one line that says what to install where one lacks."""

from __future__ import annotations

import importlib
from types import ModuleType

from onrecord.errors import MissingError


def need(module: str, extra: str) -> ModuleType:
    """Import a library of an extra of this package; MissingError says what to install where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = (error.name or module).partition(".")[0]
        raise MissingError(
            f'{name} is not installed ({error}); get it with: pip install "onrecord[{extra}]"'
        ) from error
