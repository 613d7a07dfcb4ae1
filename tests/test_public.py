"""The public surface: what may be imported, what an error is, and that importing stays cheap."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import onrecord
from onrecord import errors

PUBLIC = ["OnrecordError", "Settings", "__version__", "build", "extract", "load_settings", "open", "read_document"]


def test_public_names_are_these_and_sorted() -> None:
    assert sorted(onrecord.__all__) == onrecord.__all__ == PUBLIC
    for name in PUBLIC:
        assert getattr(onrecord, name) is not None


def test_errors_are_the_tree_they_say() -> None:
    drawn = set(re.findall(r"(\w+Error)", errors.__doc__ or ""))
    made = {name for name, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__}
    assert drawn == made
    assert all(issubclass(getattr(errors, name), errors.OnrecordError) for name in made)


def test_import_does_not_load_the_parser() -> None:
    code = "import sys, onrecord; sys.exit(bool({'spacy', 'trafilatura', 'pyarrow', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False).returncode == 0
