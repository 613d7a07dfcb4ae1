"""The second half of the road: what is stored of a pile becomes its record, or is found to have become it already.

Linking takes all readings and all decisions that stand; nothing here reads a page.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from onrecord.lexicon import load_base
from onrecord.lexicon.actors import ActorBase
from onrecord.link import Asking, Kept, apply_edits, compare_texts, date_pile, link_record
from onrecord.model.claims import Reading
from onrecord.model.record import Judgement
from onrecord.model.text import Document
from onrecord.nli import load_model
from onrecord.rests_on import ADDED_ACTORS, LINKED_BY, LINKING_ROOMS, OWN_MODEL, hash_code, linking_state
from onrecord.settings import Settings
from onrecord.store import Writer


def link(writer: Writer) -> bool:
    """Make the derived tables anew where what they rest on has changed; whether they were."""
    asking, model = _asking(writer.meta(OWN_MODEL) or "")
    code = hash_code(LINKING_ROOMS)
    actors = writer.meta(ADDED_ACTORS) or ""
    state = linking_state(actors, writer.linking_inputs(), model)
    if writer.meta("linked") == state:
        return False
    if writer.meta(LINKED_BY) != code:
        writer.forget()  # other code may make other rows of the same values
    with _uncollected():
        _link_all(writer, list(writer.held()), writer.judgements(), load_base(actors), asking, state)
        writer.note(LINKED_BY, code)
    return True


def _link_all(
    writer: Writer,
    contents: Sequence[tuple[Document, Reading]],
    judgements: Sequence[Judgement],
    base: ActorBase,
    asking: Asking | None,
    state: str,
) -> None:
    """Make the derived tables anew; `state` is noted as what they were made from."""
    documents, edited = apply_edits([one for one, _ in contents], [one for _, one in contents], judgements)
    linked = zip(documents, edited, strict=True)
    as_stored = {new[0].id for new, held in zip(linked, contents, strict=True) if new == held}
    stamps = writer.stamps(as_stored)

    def make(kept: Kept) -> None:
        texts = compare_texts(documents, edited, kept, base)
        readings = date_pile(texts, edited, kept)
        record = link_record(documents, readings, judgements, base, texts, asking, kept)
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
