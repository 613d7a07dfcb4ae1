"""Run by `bench/speed.py` in another environment: texts on stdin, a JSON string a line; out come the CPU seconds that
each took and the peer's name. TASK `parse`: `nlp(text)`; `quotes`: textacy's direct quotations, the parse beside it.

Nothing of the project is imported here.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any


def load(task: str, model: str) -> tuple[Callable[[str], object], str]:
    """What is done with a text, and its name."""
    spacy: Any = importlib.import_module("spacy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the weights were made with an earlier release
        nlp = spacy.load(model)
    name = f"spaCy {spacy.__version__}"
    if task == "parse":
        return nlp, name
    triples: Any = importlib.import_module("textacy.extract.triples")
    version = importlib.import_module("textacy").__version__
    return lambda text: list(triples.direct_quotations(nlp(text))), f"{name} and textacy {version}'s quotations"


def main(task: str, model: str) -> None:
    work, name = load(task, model)
    for line in sys.stdin:
        text = json.loads(line)
        start = time.process_time()
        try:
            work(text)
        except ValueError as error:  # textacy refuses texts whose quotation marks do not pair
            print(f"{task}: {error}", file=sys.stderr)
        print(json.dumps([time.process_time() - start, name]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
