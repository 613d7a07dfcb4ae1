"""The one road: read -> parse -> extract -> link -> store. Every stage is called here by name, in order.

A page that is already in the record, read with the same code and weights, is not read again. Each report is stored in
a transaction of its own, so a build that is cut off goes on where it stopped and ends with the same record.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from onrecord.engine import run_in_processes, run_serially
from onrecord.extract.anchoring import anchor_claims
from onrecord.extract.dating import infer_published
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities, with_parties
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.link import Asking, apply_edits, compare_texts, date_pile, link_record
from onrecord.model.claims import Reading, Skip
from onrecord.model.ids import make_id
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document
from onrecord.nli import load_model
from onrecord.parse import Parser, load_parser, parse
from onrecord.read import RawPage, read_page, read_pages
from onrecord.settings import Settings
from onrecord.store import Writer, open_writer

READING_ROOMS: tuple[str, ...] = ("model", "lexicon", "read", "extract", "taggers", "parse.py")
ADDED_ACTORS = "actors"  # where a record notes the added files of actors that it was built with
OWN_MODEL = "inference model"  # where it notes the model that is asked about contradictions: path, labels, bar
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


def load_tools(settings: Settings) -> Tools:
    return Tools(settings, load_lexicon(settings.actors), _parser(settings))


@functools.cache
def _parser(settings: Settings) -> Parser:
    return load_parser(settings)


def build(
    inputs: Sequence[str],
    path: Path,
    settings: Settings,
    progress: Progress | None = None,
    prune: bool = False,
) -> Built:
    """Read `inputs` into the record at `path` and link it; `prune` removes reports that are not among them."""
    key = reading_key(load_tools(settings))
    with open_writer(path) as writer:
        writer.note(ADDED_ACTORS, os.pathsep.join(os.path.abspath(p) for p in settings.actors.split(os.pathsep) if p))
        writer.note(OWN_MODEL, _own_model(settings))
        known = writer.pages()
        skips: list[Skip] = []
        seen: dict[str, str] = {}
        done = 0
        for page, result in _read_all(_new_pages(inputs, settings, known, key, seen, skips), settings):
            if isinstance(result, Skip):
                skips.append(result)
            else:
                document, reading = result
                writer.add(document, reading, _page_id(page), key)
                done += 1
            if progress:
                progress(len(seen), page.path)
        removed = writer.keep_only(seen) if prune else 0
        writer.replace_input_skips(skips, seen.values(), all_paths=prune)
        paths = frozenset({*seen.values(), *(skip.document for skip in skips)})
        failed = sum(skip.document in seen.values() for skip in skips)
        return Built(done, len(seen) - done - failed, removed, link(writer), paths)


def link(writer: Writer) -> bool:
    """Make the derived tables anew where what they rest on has changed; whether they were."""
    lexicon = load_lexicon(writer.meta(ADDED_ACTORS) or "")
    asking, model = _asking(writer.meta(OWN_MODEL) or "")
    code = _digest(("model", "lexicon", "taggers", "link", "store"))
    state = hashlib.sha256((code + lexicon.added + model + writer.linking_inputs()).encode()).hexdigest()
    if writer.meta("linked") == state:
        return False
    contents = list(writer.contents())
    documents = [document for document, _ in contents]
    readings = [reading for _, reading in contents]
    judgements = writer.judgements()
    documents, edited = apply_edits(documents, readings, judgements)
    texts = compare_texts(documents, edited)
    readings = list(date_pile(texts, edited))
    record = link_record(documents, readings, judgements, lexicon, texts, asking)
    writer.write_record(documents, readings, record, state)
    return True


def _own_model(settings: Settings) -> str:
    """What a record keeps of the settings of a language-inference model; nothing where none is set."""
    if not settings.nli_model:
        return ""
    load_model(settings.nli_model, settings.nli_labels)  # one that cannot be used is found before hours of reading
    return json.dumps([os.path.abspath(os.path.expanduser(settings.nli_model)), settings.nli_labels, settings.nli_bar])


def _asking(noted: str) -> tuple[Asking | None, str]:
    """The model that a record notes, loaded, and what tells it from another one."""
    if not noted:
        return None, ""
    path, labels, bar = json.loads(noted)
    model = load_model(path, labels)
    return Asking(model.infer, bar), repr((model.name, model.labels, bar))


def process(page: RawPage, settings: Settings) -> tuple[Document, Reading] | Skip:
    """One page into a document and all that is read in it; a page that cannot be read becomes a skip row."""
    tools = load_tools(settings)
    document = read_page(page, tools.lexicon)
    if isinstance(document, Skip):
        return document
    reason = _unread(document, settings)
    if reason is not None:
        return document, Reading(document.id, document.published, skips=(reason,))
    try:
        return document, read_document(document, tools)
    except Exception as error:  # noqa: BLE001  # the boundary: a fault in one report must not end the run
        fault = Skip(document.id, "extract", "reading failed", f"{type(error).__name__}: {error}")
        return document, Reading(document.id, document.published, skips=(fault,))


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


def reading_key(tools: Tools) -> str:
    """A hash of all that a reading depends on beside the page: code, lexicon, added actors, parser, limits."""
    limits = (tools.settings.max_text_chars, tools.settings.max_paragraph_chars)
    parts = (_digest(READING_ROOMS), tools.lexicon.added, tools.parser.name, tools.parser.version, limits)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _new_pages(
    inputs: Sequence[str], settings: Settings, known: dict[str, str], key: str, seen: dict[str, str], skips: list[Skip]
) -> Iterator[RawPage]:
    """Pages that must be read; every page met goes into `seen` (page id -> path), every skip into `skips`."""
    for page in read_pages(inputs, settings):
        if isinstance(page, Skip):
            skips.append(page)
            continue
        id = _page_id(page)
        if id in seen:
            continue
        seen[id] = page.path
        if known.get(id) != key:
            yield page


def _read_all(
    pages: Iterable[RawPage], settings: Settings
) -> Iterator[tuple[RawPage, tuple[Document, Reading] | Skip]]:
    """Each page with what came of it, in order."""
    stage = functools.partial(_paired, settings=settings)
    if settings.jobs <= 1:
        return run_serially(stage, pages)
    return run_in_processes(stage, pages, settings.jobs, _poisoned)


def _paired(page: RawPage, settings: Settings) -> tuple[RawPage, tuple[Document, Reading] | Skip]:
    return page, process(page, settings)


def _poisoned(page: RawPage) -> tuple[RawPage, Skip]:
    return page, Skip(page.path, "read", "reader killed", "the process that read it died twice; it was left out")


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


@functools.cache
def _digest(rooms: tuple[str, ...]) -> str:
    """A hash of the source and data files of some rooms."""
    digest = hashlib.sha256()
    for room in rooms:
        for name, content in sorted(_contents(files("onrecord") / room, room)):
            digest.update(f"{name}\0".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _contents(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield name, place.read_bytes()
        return
    for child in place.iterdir():
        if child.name != "__pycache__":
            yield from _contents(child, f"{name}/{child.name}")
