"""The first half of the road: a page becomes a document and all that is read in it. Stages stand in order, by name."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from onrecord.engine.batches import Outcome, outcome_batch, pages_of, stamp_of
from onrecord.engine.work import Batch, Why
from onrecord.errors import EngineError
from onrecord.extract.anchoring import anchor_claims
from onrecord.extract.dating import infer_published
from onrecord.extract.events import find_events
from onrecord.extract.mentions import find_mentions
from onrecord.extract.places import find_places
from onrecord.extract.quantities import find_quantities, with_parties
from onrecord.extract.statements import find_statements
from onrecord.extract.times import find_times
from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.model.claims import Reading, Skip
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document
from onrecord.parse import Parser, load_parser, parse
from onrecord.read import RawPage, read_page
from onrecord.rests_on import reading_key
from onrecord.settings import Settings

# a report with something for every stage: names, a place, days, an amount, a quotation, an act
SMALL = RawPage(
    "small.html", "html",
    "<!DOCTYPE html><html><head><title>Norway sends doctors to Haiti</title></head><body><h1>Norway sends doctors to "
    "Haiti</h1><p>PORT-AU-PRINCE, 14 September 2011 (Reuters) - Norway sent 200 doctors to Haiti on Monday, after the "
    "two governments had met in Oslo.</p><p>\"We will stay for two weeks,\" Foreign Minister Jonas Gahr St\u00f8re "
    "told reporters. He said the cost was $3 million.</p></body></html>",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading needs, loaded once a process."""

    settings: Settings
    lexicon: Lexicon
    parser: Parser


def load_tools(settings: Settings) -> Tools:
    return Tools(settings, load_lexicon(settings.actors), _parser(settings.parser_model))


def warm_up(settings: Settings) -> None:
    """Load what reading would load on its first page (cities, grammars, taggers), so that forks of this process share
    it: each would take some seconds and a hundred megabytes for its own."""
    process(SMALL, settings)


@functools.cache
def _parser(model: str) -> Parser:
    return load_parser(Settings(parser_model=model))


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
