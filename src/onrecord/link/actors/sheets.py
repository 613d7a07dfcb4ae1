"""The chains of all reports as columns of numbers, a row a chain: what they meet by is compared without reading them.

A report's rows and its chains, packed, are kept from one linking to the next. Numbers are hashes of 64 bits; 0 is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

import msgspec
import numpy as np

from onrecord.lexicon.actors import ActorBase
from onrecord.lexicon.spelling import sound_key
from onrecord.link.actors.chains import Chain, Days, days_of, is_office, offices_of, read_chains, telling_words
from onrecord.link.columns import Numbers, Places
from onrecord.link.kept import Kept
from onrecord.link.reports import hash_number
from onrecord.model.claims import Reading
from onrecord.model.ids import ID_LENGTH
from onrecord.model.text import Document

NUMBERS_KEPT = 1 << 17  # hashes of names and offices kept at hand
# signs of a row
NAMED, PERSON, FULL, TOLD_WHY = 1, 2, 4, 8
ROW = np.dtype([
    ("whole", "<u8"),  # all that the chain is, and its report
    ("key", "<u8"),  # its row of the actor base
    ("words", "<u8"),  # without a row: kind, state and name of a named body, kind, state and telling words of unnamed
    ("sound", "<u8"),  # of a person: how the last name sounds
    ("person", "<u8"),  # of a person: name, state and row
    ("country", "<u8"),  # its state
    ("office", "<u8"),  # of one told by nothing but an office: this and its state
    ("owner", "<i4"),  # as in Chain
    ("number", "<i4"),  # the chain's number in the reading
    ("size", "<i4"),  # how many mentions it has
    ("signs", "<i4"),
    ("start", "<i4"),  # where the chain lies, packed, among those of its report
    ("end", "<i4"),
])  # fmt: skip
HELD = np.dtype([("place", "<i4"), ("office", "<u8")])  # an office, with its state, that a person of the report holds
_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Chain).decode


@dataclass(frozen=True, slots=True)
class Sheet:
    """The chains of one report, packed: rows, offices held, numbers of the mentions chain by chain, chains."""

    published: str | None
    rows: bytes
    held: bytes
    mentions: bytes
    chains: bytes


class Sheets:
    """The chains of all reports, those of one behind those of another, in order of report and place."""

    def __init__(self, documents: Sequence[Document], sheets: Sequence[Sheet]) -> None:
        self.documents = documents
        self.rows = np.frombuffer(b"".join(sheet.rows for sheet in sheets), ROW)
        counts: Places = np.array([len(sheet.rows) // ROW.itemsize for sheet in sheets], np.int64)
        self.starts: Places = np.cumsum(counts) - counts  # of each report
        self.report: Places = np.repeat(np.arange(len(sheets)), counts)  # of each chain
        self.mentions = np.frombuffer(b"".join(sheet.mentions for sheet in sheets), "<u8")
        held = np.frombuffer(b"".join(sheet.held for sheet in sheets), HELD)
        shift = np.repeat(self.starts, [len(sheet.held) // HELD.itemsize for sheet in sheets])
        self.holders: Places = held["place"] + shift
        self.offices: Numbers = held["office"]
        self._sheets = sheets
        self._start, self._end = self.rows["start"], self.rows["end"]

    def chain(self, index: int) -> Chain:
        """One chain, read."""
        packed = self._sheets[self.report.item(index)].chains
        return _unpack(packed[self._start.item(index) : self._end.item(index)])

    def path(self, index: int) -> str:
        """The path of a chain's report."""
        return self.documents[self.report.item(index)].path

    def days(self, index: int) -> Days | None:
        """The days of a chain's report."""
        return days_of(self._sheets[self.report.item(index)].published)


def gather(documents: Iterable[Document], readings: Iterable[Reading], actors: ActorBase, kept: Kept) -> Sheets:
    """The chains of all reports."""
    read = {reading.document: reading for reading in readings}
    ordered = sorted((one for one in documents if one.id in read), key=lambda document: document.id)
    return Sheets(ordered, [read_sheet(document, read[document.id], actors, kept) for document in ordered])


def read_sheet(document: Document, reading: Reading, actors: ActorBase, kept: Kept) -> Sheet:
    """The chains of a report; those of one as it was before, with the same day and base, are not read again."""
    rests_on = [reading.published.value, actors.added]
    held: Sequence[Any] | None = kept.get("chains", document.id)
    if held is None or held[0] != rests_on:
        held = [rests_on, *_pack_chains(document, read_chains(document, reading, actors), reading, actors)]
        kept.put("chains", document.id, held)
    _, rows, offices, mentions, chains = held
    return Sheet(reading.published.value, rows, offices, mentions, chains)


def _pack_chains(
    document: Document, chains: list[Chain], reading: Reading, actors: ActorBase
) -> tuple[bytes, bytes, bytes, bytes]:
    days = days_of(reading.published.value)
    packed = [_pack(chain) for chain in chains]
    ends = list(accumulate(map(len, packed), initial=0))
    about = f"{document.id} {document.path} ".encode("utf-8", "surrogatepass")
    rows = np.array(
        [
            (_number(about + content), *_row(chain, actors), *between)
            for chain, content, between in zip(chains, packed, pairwise(ends), strict=True)
        ],
        ROW,
    )
    held = [
        (place, office_number(office, chain.country))
        for place, chain in enumerate(chains)
        for office in offices_of(chain, chain.key, days, actors)
    ]
    mentions = np.array([mention_number(id) for chain in chains for id in chain.mentions], "<u8")
    return rows.tobytes(), np.array(held, HELD).tobytes(), mentions.tobytes(), b"".join(packed)


def _row(chain: Chain, actors: ActorBase) -> tuple[int, ...]:
    sound = number_of("sound", sound_key(chain.words[-1])) if chain.is_person and chain.words else 0
    signs = NAMED * chain.named | PERSON * chain.is_person | FULL * (len(chain.words) > 1) | TOLD_WHY * bool(chain.why)
    words = 0
    if chain.key is None and not chain.is_person:
        told = chain.words if chain.named else (chain.sector or "", *telling_words(chain, actors))
        words = number_of("named" if chain.named else "told", chain.kind, chain.country or "", *told)
    return (
        number_of("row", chain.key) if chain.key else 0,
        words,
        sound,
        number_of("person", chain.name, chain.country or "", chain.key or "") if sound else 0,
        number_of("state", chain.country) if chain.country else 0,
        office_number(chain.role or "", chain.country) if chain.key is None and is_office(chain, actors) else 0,
        chain.owner, chain.number, len(chain.mentions), signs,
    )  # fmt: skip


def office_number(office: str, country: str | None) -> int:
    """An office of a state as a number."""
    return number_of("office", office, country or "")


@lru_cache(NUMBERS_KEPT)
def number_of(*words: str) -> int:
    """Some words as one number, never 0."""
    return _number("\x1f".join(words).encode("utf-8", "surrogatepass"))


def mention_number(id: str) -> int:
    """The id of a mention as a number: the hash that it ends with, or one of an id of another form."""
    try:  # `suppress` takes twice as long
        number = int(id[-ID_LENGTH:], 16) if len(id) == len("mn_") + ID_LENGTH else -1
    except ValueError:
        number = -1
    return number if number >= 0 else _number(id.encode("utf-8", "surrogatepass"))


def _number(content: bytes) -> int:
    return hash_number(content) or 1
