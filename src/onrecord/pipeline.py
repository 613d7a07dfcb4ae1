"""The one road: read -> parse -> extract -> link -> store. Every stage is called here by name, in order.

A page that is already in the record, read with the same code and weights, is not read again. Each report is stored in
a transaction of its own, so a build that is cut off goes on where it stopped and ends with the same record.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.engine import (
    ROWS,
    Batch,
    Outcome,
    Stamp,
    Why,
    Work,
    engine_of,
    open_engine,
    outcome_batch,
    outcomes_of,
    page_batches,
    pages_of,
    read_in_shards,
    stamp_of,
)
from onrecord.errors import EngineError
from onrecord.extract.anchoring import anchor_claims
from onrecord.extract.dating import infer_published
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities, with_parties
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.lexicon import Lexicon, hash_added, load_lexicon
from onrecord.linking import ADDED_ACTORS, OWN_MODEL, hash_code, link_until_still, note_of_actors, note_of_model
from onrecord.model.claims import Reading, Skip
from onrecord.model.ids import make_id
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document
from onrecord.parse import Parser, find_installed, load_parser, parse
from onrecord.read import RawPage, read_page, read_pages
from onrecord.settings import Settings
from onrecord.store import open_writer

READING_ROOMS: tuple[str, ...] = ("model", "lexicon", "read", "extract", "taggers", "parse")
Progress = Callable[[int, str], None]  # pages done so far, and the path of the last one


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading needs, loaded once a process."""

    settings: Settings
    lexicon: Lexicon
    parser: Parser


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: reports read now, known before, removed; and the paths of all inputs of this run."""

    read: int
    known: int
    removed: int
    linked: bool
    paths: frozenset[str]


@dataclass(slots=True)
class Met:
    """What a walk over the inputs has met so far: pages (id -> path), how many of them must be read, and skips."""

    seen: dict[str, str] = field(default_factory=dict)
    new: int = 0
    skips: list[Skip] = field(default_factory=list)


def load_tools(settings: Settings) -> Tools:
    return Tools(settings, load_lexicon(settings.actors), _parser(settings.parser_model))


@functools.cache
def _parser(model: str) -> Parser:
    return load_parser(Settings(parser_model=model))


@functools.cache
def _parser_name(model: str) -> tuple[str, str]:
    """Name and version of the pipeline that parses; only one of the user's own has to be loaded to tell."""
    found = _parser(model) if model else find_installed()
    return found.name, found.version


def build(
    inputs: Sequence[str],
    path: Path,
    settings: Settings,
    progress: Progress | None = None,
    prune: bool = False,
) -> Built:
    """Read `inputs` into the record at `path` and link it; `prune` removes reports that are not among them."""
    if settings.actors:
        load_lexicon(settings.actors)  # a wrong file is said before a record is made
    key = reading_key(settings)
    engine, jobs = engine_of(settings)  # a wrong setting is said before a record is made
    settings = replace(settings, engine=engine, jobs=jobs)
    with open_writer(path, "onrecord build") as writer:
        writer.note(ADDED_ACTORS, note_of_actors(settings))
        writer.note(OWN_MODEL, note_of_model(settings))
        known, met = writer.pages(), Met()
        seen, skips = met.seen, met.skips
        done = failed = 0
        for outcome in _read_all(_new_pages(inputs, settings, known, key, met), Stamp(settings, key)):
            if outcome.document is None or outcome.reading is None:
                skips.append(outcome.skip or Skip(outcome.path, "read", "page not understood", "nothing came of it"))
                failed += 1
            else:
                writer.add(outcome.document, outcome.reading, outcome.page, key)
                done += 1
            if progress:
                progress(len(seen) - met.new + done + failed, outcome.path)
        removed = writer.keep_only(seen) if prune else 0
        writer.replace_input_skips(skips, seen.values(), all_paths=prune)
        paths = frozenset({*seen.values(), *(skip.document for skip in skips)})
        return Built(done, len(seen) - done - failed, removed, link_until_still(writer), paths)


def process(page: RawPage, settings: Settings) -> tuple[Document, Reading] | Skip:
    """One page into a document and all that is read in it; a page that cannot be read becomes a skip row."""
    tools = load_tools(settings)
    document = read_page(page, tools.lexicon)
    if isinstance(document, Skip):
        return document
    return document, read_whole(document, settings)


def read_whole(document: Document, settings: Settings) -> Reading:
    """All that is read in a document; what cannot be analysed or fails leaves a skip in its place."""
    reason = _unread(document, settings)
    if reason is not None:
        return Reading(document.id, document.published, skips=(reason,))
    try:
        return read_document(document, load_tools(settings))
    except MemoryError:
        raise  # the engine knows what to do with a page that is too much for a process
    except Exception as error:  # noqa: BLE001  # the boundary: a fault in one report must not end the run
        fault = Skip(document.id, "extract", "reading failed", f"{type(error).__name__}: {error}")
        return Reading(document.id, document.published, skips=(fault,))


def read_document(document: Document, tools: Tools) -> Reading:
    """Parse a document and find everything in it."""
    parsed, skips = parse(tools.parser, document, tools.settings)
    return extract(document, parsed, tools.lexicon, skips)


def extract(document: Document, parsed: Parsed, lexicon: Lexicon, skips: tuple[Skip, ...] = ()) -> Reading:
    """All claims of one parsed report; each stage gets the values of those before it."""
    mentions = find_mentions(parsed, document, lexicon)
    published = infer_published(document, parsed, mentions, lexicon)
    times = find_times(parsed, published, lexicon)
    places = find_places(parsed, mentions, lexicon)
    quantities = with_parties(parsed, mentions, find_quantities(parsed, lexicon))
    statements, speakers = find_statements(parsed, mentions, times, lexicon)
    mentions += speakers
    events, participants = find_events(parsed, mentions, times, places, quantities, statements, lexicon, published)
    mentions += participants
    statements, events = anchor_claims(parsed, published, times, statements, events)
    return Reading(document.id, published, mentions, times, places, quantities, statements, events, skips)


def reading_key(settings: Settings) -> str:
    """A hash of all that a reading depends on beside the page: code, lexicon, added actors, parser, limits.

    Neither lexicon nor parser is loaded for it: a build that finds nothing new needs neither.
    """
    limits = (settings.max_text_chars, settings.max_paragraph_chars)
    parts = (hash_code(READING_ROOMS), hash_added(settings.actors), *_parser_name(settings.parser_model), limits)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _new_pages(
    inputs: Sequence[str], settings: Settings, known: dict[str, str], key: str, met: Met
) -> Iterator[tuple[str, RawPage]]:
    """Pages that must be read, by id; all that is met on the way is noted."""
    for page in read_pages(inputs, settings):
        if isinstance(page, Skip):
            met.skips.append(page)
            continue
        id = _page_id(page)
        if id in met.seen:
            continue
        met.seen[id] = page.path
        if known.get(id) != key:
            met.new += 1
            yield id, page


def _read_all(pages: Iterator[tuple[str, RawPage]], stamp: Stamp) -> Iterator[Outcome]:
    """What came of each page. No engine is started for nothing."""
    settings = stamp.settings
    first = next(pages, None)
    if first is None:
        return
    pages = itertools.chain([first], pages)
    if settings.engine != "dask":
        load_tools(settings)  # forked processes share what is loaded by now
    work = Work(read_batch, lost_page, settings.max_page_seconds, settings.max_process_bytes)
    with open_engine(settings, work) as run:
        if settings.work:
            yield from read_in_shards(pages, run, Path(settings.work), settings.shards, stamp)
            return
        most = 1 if settings.engine == "serial" else ROWS
        for batch in run(page_batches(pages, stamp, most)):
            yield from outcomes_of(batch)


def read_batch(batch: Batch) -> Batch:
    """Pages in, what came of each out, in the same order: the whole reading of reports as one stage of any engine.

    Columns are those of `engine.batches` (PAGES, OUTCOMES). Parser and word lists are loaded once a process. A batch
    whose stamp names another reading key than this process has is refused: its code or word lists differ.
    """
    stamp = stamp_of(batch)
    if stamp.key and stamp.key != reading_key(stamp.settings):
        raise EngineError("a worker has other code, word lists or files of actors: install the same on every machine")
    return outcome_batch([_outcome(id, page, stamp.settings) for id, page in pages_of(batch)])


def lost_page(batch: Batch, why: Why) -> Batch:
    """The skip of a page that no worker outlived."""
    (stamp, ((id, page),)) = stamp_of(batch), pages_of(batch)
    if why == "slow":
        seconds = stamp.settings.max_page_seconds
        skip = Skip(page.path, "read", "took too long", f"not read in {seconds:g} seconds; it was left out")
    else:
        skip = Skip(page.path, "read", "reader killed", "the process that read it died twice; it was left out")
    return outcome_batch([Outcome(id, page.path, skip=skip)])


def _outcome(id: str, page: RawPage, settings: Settings) -> Outcome:
    found = process(page, settings)
    if isinstance(found, Skip):
        return Outcome(id, page.path, skip=found)
    return Outcome(id, page.path, *found)


def _unread(document: Document, settings: Settings) -> Skip | None:
    """Why a document is stored and searchable but not analysed, if it is not."""
    language = document.language.value
    if language is not None and language != "en":
        return Skip(document.id, "extract", "language not supported", f"the text is in {language!r}; English is read")
    if len(document.text) > settings.max_text_chars:
        detail = f"{len(document.text)} code points, {settings.max_text_chars} at most"
        return Skip(document.id, "extract", "text too long", detail)
    return None


def _page_id(page: RawPage) -> str:
    return make_id(
        "pg", page.path, page.kind, page.told, hashlib.sha256(page.raw.encode("utf-8", "replace")).hexdigest()
    )
