"""`python -m onrecord.cli.warming RECORD`: what `serve` has worked out beside itself; see `web/warming.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import OnrecordError
from onrecord.store import open_view
from onrecord.web.warming import Entry, listen, send, work_out


def every(record: Path) -> Iterator[Entry]:
    """What pages keep, then the words of like meaning that their search offers."""
    yield from work_out(record, listen())
    yield from _words(record)


def _words(record: Path) -> Iterator[Entry]:
    # two seconds to import
    from onrecord.analysis import load_meanings
    from onrecord.parse.vectors import load_word_vectors
    from onrecord.settings import load_settings

    try:
        vectors = load_word_vectors(load_settings())
        yield "", "vectors", vectors
        with open_view(record) as view, view.snapshot():
            yield view.version(), "meanings", load_meanings(view, vectors)
    except OnrecordError:  # a pipeline of one's own without vectors: search goes by words
        return


if __name__ == "__main__":
    send(every(Path(sys.argv[1])))
