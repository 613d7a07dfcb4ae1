"""`python bench/pile.py BASE.onrecord OUT.onrecord REPORTS`: a large record made of a small one, to measure pages on.

The base's reports, with all that was read and linked, are taken as often as needed; each round has ids of its own and
lies some days later. Actors are the same in all rounds, as in a real crisis. It is a measure of size, not of content.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.lexicon import load_lexicon
from onrecord.link import link_record
from onrecord.model.claims import Reading
from onrecord.model.record import Actor, Record
from onrecord.model.text import Document
from onrecord.store import open_writer

IDS = re.compile(rb"\b(doc|st|ev|qu|fi|me|ti|pl|gr|ln|li|co|cn)_([0-9a-f]+)\b")
DAYS = re.compile(rb"\b((?:19|20)\d\d-\d\d-\d\d)\b")
STEP, SPREAD = 13, 730  # a round lies this many days after the one before it, inside these
T = TypeVar("T")


def rounds(base: Path, reports: int) -> tuple[list[tuple[Document, Reading]], Record]:
    """Documents with their readings, and the record that links them, `reports` of them."""
    with open_writer(base) as writer:
        contents = list(writer.contents())
    record = link_record([d for d, _ in contents], [r for _, r in contents], [], load_lexicon())
    made: list[tuple[Document, Reading]] = []
    records = []
    number = 0
    while len(made) < reports:
        moved = mover(number)
        chosen = contents[: reports - len(made)]
        held = {document.id for document, _ in chosen}
        for document, reading in chosen:
            value = moved(replace(document, text=""), Document)
            made.append(
                (replace(value, text=document.text, path=f"{number:03}/{document.path}"), moved(reading, Reading))
            )
        records.append(moved(_within(record, held) if len(chosen) < len(contents) else record, Record))
        number += 1
    return made, _joined(records)


def mover(number: int) -> Callable[[object, type[T]], T]:
    """A function that gives a value of the first round the ids and days of round `number`."""
    shift = datetime.timedelta(days=number * STEP % SPREAD)

    def later(found: re.Match[bytes]) -> bytes:
        try:
            return (datetime.date.fromisoformat(found[1].decode()) + shift).isoformat().encode()
        except ValueError:
            return found[0]

    def moved(value: object, type: type[T]) -> T:
        text = msgspec.json.encode(value)
        if number:
            text = DAYS.sub(later, IDS.sub(rb"\1_\g<2>%04x" % number, text))
        return msgspec.json.decode(text, type=type)

    return moved


def _within(record: Record, documents: set[str]) -> Record:
    """The last, shorter round: lineages of its reports only, and no groups."""
    lineages = tuple(
        replace(one, documents=tuple(d for d in one.documents if d in documents), copies=())
        for one in record.lineages
        if documents & set(one.documents)
    )
    return Record(actors=record.actors, resolved=record.resolved, lineages=lineages)


def _joined(records: list[Record]) -> Record:
    mentions: dict[str, list[str]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    for record in records:
        for actor in record.actors:
            actors.setdefault(actor.id, actor)
            mentions[actor.id].extend(actor.mentions)
    return Record(
        actors=tuple(replace(actor, mentions=tuple(mentions[id])) for id, actor in actors.items()),
        resolved=tuple(pair for record in records for pair in record.resolved),
        lineages=tuple(one for record in records for one in record.lineages),
        groups=tuple(one for record in records for one in record.groups),
        figures=tuple(one for record in records for one in record.figures),
        corroborations=tuple(one for record in records for one in record.corroborations),
        contradictions=tuple(one for record in records for one in record.contradictions),
        timeline=tuple(one for record in records for one in record.timeline),
    )


def main(base: str, out: str, reports: str) -> None:
    made, record = rounds(Path(base), int(reports))
    with open_writer(Path(out)) as writer:
        for number, (document, reading) in enumerate(made):
            writer.add(document, reading, f"pg_{number}", "resampled")
        writer.write_record([d for d, _ in made], [r for _, r in made], record, "resampled")


if __name__ == "__main__":
    main(*sys.argv[1:])
