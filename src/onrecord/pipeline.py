"""The one road: inputs -> pages -> readings (`reading.py`) -> record (`linking.py`). Every stage is called by name.

A page that is already in the record, read with the same code and weights, is not read again. Each report is stored in
a transaction of its own, so a build that is cut off goes on where it stopped and ends with the same record.

What reads and what links takes seconds to import: both are loaded when there is something to read or to link.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.engine import engine_of, open_engine
from onrecord.known import Known, Met, count_pages, new_pages, openers_stamp, to_keep
from onrecord.model.claims import Skip
from onrecord.read import RawPage
from onrecord.rests_on import ADDED_ACTORS, OWN_MODEL, linking_state, note_of_actors, reading_key
from onrecord.settings import Settings
from onrecord.store import Writer, open_writer

if TYPE_CHECKING:
    from onrecord.engine.batches import Outcome

Progress = Callable[[int, int | None, str], None]  # pages done so far, of how many, and the path of the last one


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: reports read now, known before, removed; and the paths of all inputs of this run."""

    read: int
    known: int
    removed: int
    linked: bool
    paths: frozenset[str]


def build(
    inputs: Sequence[str],
    path: Path,
    settings: Settings,
    progress: Progress | None = None,
    prune: bool = False,
) -> Built:
    """Read `inputs` into the record at `path` and link it; `prune` removes reports that are not among them."""
    _check(settings)
    key = reading_key(settings)
    engine, jobs = engine_of(settings)  # a wrong setting is said before a record is made
    settings = replace(settings, engine=engine, jobs=jobs)
    noted = note_of_actors(settings), _note_of_model(settings)
    with open_writer(path, "onrecord build") as writer:
        writer.note(ADDED_ACTORS, noted[0])
        writer.note(OWN_MODEL, noted[1])
        known, met = Known(key, openers_stamp(settings, key), writer.pages(), writer.files()), Met()
        total = functools.cache(lambda: count_pages(inputs, settings, known))
        failed: dict[str, Skip] = {}
        done = 0
        for outcome in _read_all(new_pages(inputs, settings, known, met), settings, key):
            if outcome.document is None or outcome.reading is None:
                skip = outcome.skip or Skip(outcome.path, "read", "page not understood", "nothing came of it")
                failed[outcome.page] = skip
            else:
                writer.add(outcome.document, outcome.reading, outcome.page, key)
                done += 1
            if progress:
                progress(len(met.seen) - met.new + done + len(failed), total(), outcome.path)
        skips = [*met.skips, *failed.values()]
        removed = writer.keep_only(met.seen) if prune else 0
        writer.replace_input_skips(skips, met.seen.values(), all_paths=prune)
        paths = frozenset({*met.seen.values(), *(skip.document for skip in skips)})
        linked = not _is_linked(writer) and _link(writer)
        if met.gave:
            writer.keep_files(*to_keep(met, known, failed))
        return Built(done, met.known, removed, linked, paths)


def _check(settings: Settings) -> None:
    """A wrong file of actors is said before a record is made."""
    if settings.actors:
        from onrecord.lexicon import load_lexicon

        load_lexicon(settings.actors)


def _note_of_model(settings: Settings) -> str:
    if not settings.nli_model:
        return ""
    from onrecord.linking import note_of_model

    return note_of_model(settings)


def _is_linked(writer: Writer) -> bool:
    """Whether the derived tables are what they should be; never so where a model must be loaded to tell."""
    if writer.meta(OWN_MODEL):
        return False
    return writer.meta("linked") == linking_state(writer.meta(ADDED_ACTORS) or "", writer.linking_inputs())


def _link(writer: Writer) -> bool:
    from onrecord.linking import link_until_still

    return link_until_still(writer)


def _read_all(pages: Iterator[tuple[str, RawPage]], settings: Settings, key: str) -> Iterator[Outcome]:
    """What came of each page. No engine is started for nothing."""
    first = next(pages, None)
    if first is None:
        return
    from onrecord.engine.batches import ROWS, Stamp, outcomes_of, page_batches
    from onrecord.engine.shards import read_in_shards
    from onrecord.engine.work import Work
    from onrecord.reading import lost_page, read_batch, warm_up

    pages, stamp = itertools.chain([first], pages), Stamp(settings, key)
    if settings.engine == "processes":
        warm_up(settings)
    work = Work(read_batch, lost_page, settings.max_page_seconds, settings.max_process_bytes)
    with open_engine(settings, work) as run:
        if settings.work:
            yield from read_in_shards(pages, run, Path(settings.work), settings.shards, stamp)
            return
        most = 1 if settings.engine == "serial" else ROWS
        for batch in run(page_batches(pages, stamp, most)):
            yield from outcomes_of(batch)
