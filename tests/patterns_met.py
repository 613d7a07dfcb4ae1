"""`python -m tests.patterns_met FOLDER`: every expression that the package compiles while it reads a folder, as JSON.

Many are made inside functions of word lists and names, where no look at a module's values finds them. Run in a process
of its own, so that none was made before.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

Key = tuple[str, int]


def note_patterns() -> dict[Key, str]:
    """What is compiled from now on by code of the package: source and flags, with the file it was made in."""
    met: dict[Key, str] = {}
    compiler: Any = importlib.import_module("re._compiler")
    made = compiler.compile

    def noted(source: Any, flags: int) -> re.Pattern[Any]:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] in {"re", "functools"}:
            frame = frame.f_back
        maker = frame.f_globals.get("__name__", "")
        if isinstance(source, str) and maker.partition(".")[0] == "onrecord":
            met[source, int(flags)] = maker
        pattern: re.Pattern[Any] = made(source, flags)
        return pattern

    compiler.compile = noted
    return met


def main(folder: str) -> None:
    met = note_patterns()
    import onrecord  # after compiling is watched

    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from onrecord.pipeline import build
    from onrecord.settings import Settings

    with tempfile.TemporaryDirectory() as place:
        build([folder], Path(place) / "met.onrecord", Settings(engine="serial"))
    print(json.dumps([[source, flags, maker] for (source, flags), maker in met.items()]))


if __name__ == "__main__":
    main(sys.argv[1])
