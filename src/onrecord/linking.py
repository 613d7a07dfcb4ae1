"""The second half of the road: what is stored of a pile becomes its record, or is found to have become it already.

Linking takes all readings and all decisions that stand; nothing here reads a page.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.link import Asking, Kept, apply_edits, compare_texts, date_pile, link_record
from onrecord.model.claims import Reading
from onrecord.model.record import Judgement
from onrecord.model.text import Document
from onrecord.nli import load_model
from onrecord.rests_on import ADDED_ACTORS, LINKED_BY, LINKING_ROOMS, OWN_MODEL, hash_code, linking_state
from onrecord.settings import Settings
from onrecord.store import Writer

LINKED_AT_ONCE = 20_000  # new reports: each takes about 0.25 MB, one that is linked already a third of that
Contents = Sequence[tuple[Document, Reading]]


def link(writer: Writer) -> bool:
    """Make the derived tables anew where what they rest on has changed; whether they were."""
    asking, model = _asking(writer.meta(OWN_MODEL) or "")
    code = hash_code(LINKING_ROOMS)
    actors = writer.meta(ADDED_ACTORS) or ""
    state = linking_state(actors, writer.linking_inputs(), model)
    if writer.meta("linked") == state:
        return False
    lexicon = load_lexicon(actors)
    if writer.meta(LINKED_BY) != code:
        writer.forget()  # other code may make other rows of the same values
    with _uncollected():
        judgements = writer.judgements()
        for part, is_all in _parts(writer):
            _link_part(writer, part, judgements, lexicon, asking, state if is_all else "")
            writer.note(LINKED_BY, code)
    return True


def _parts(writer: Writer) -> Iterator[tuple[Contents, bool]]:
    """The reports that are linked already with some others, then with some more, then all: so many at a time that a
    pile of any size fits into memory. The record is the same as if all were linked at once."""
    contents, linked = list(writer.held()), writer.linked()
    new = [document.id for document, _ in contents if document.id not in linked]
    for first in range(0, len(new) - LINKED_AT_ONCE, LINKED_AT_ONCE):
        later = set(new[first + LINKED_AT_ONCE :])
        yield [one for one in contents if one[0].id not in later], False
        contents = list(writer.held())  # what was fetched of them is let go
    yield contents, True


def _link_part(
    writer: Writer,
    contents: Contents,
    judgements: Sequence[Judgement],
    lexicon: Lexicon,
    asking: Asking | None,
    state: str,
) -> None:
    """Make the derived tables anew for some reports; `state` is noted as what they were made from."""
    documents, edited = apply_edits([one for one, _ in contents], [one for _, one in contents], judgements)
    linked = zip(documents, edited, strict=True)
    as_stored = {new[0].id for new, held in zip(linked, contents, strict=True) if new == held}
    stamps = writer.stamps(as_stored)

    def make(kept: Kept) -> None:
        texts = compare_texts(documents, edited, kept)
        readings = date_pile(texts, edited, kept)
        record = link_record(documents, readings, judgements, lexicon, texts, asking, kept)
        writer.write_record(documents, readings, record, state, stamps, kept.made())

    try:
        make(Kept(writer.kept, stamps, writer.groups()))
    except (TypeError, ValueError, LookupError):  # what is kept may be damaged: a fault of our own comes again
        writer.forget()
        make(Kept(None, stamps))


def link_until_still(writer: Writer) -> bool:
    """Link, and again while people decide meanwhile; whether anything had to be made anew."""
    linked = again = link(writer)
    while again:
        again = link(writer)
    return linked


@contextmanager
def _uncollected() -> Iterator[None]:
    """Values of a record hold no cycles: looking for some among millions of them takes as long as linking does."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def note_of_model(settings: Settings) -> str:
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
