"""Which actor each mention is, in twelve bytes a mention: there are many times more of them than of actors."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from onrecord.link.actors.packed import HASH, Actors
from onrecord.link.actors.sheets import Sheets, mention_number
from onrecord.link.columns import Lookup, Places, as_numbers, once, paired


class Resolved(Mapping[str, str]):
    """The id of each mention's actor, by the mention's id."""

    def __init__(self, sheets: Sheets, actors: Actors, places: Places) -> None:
        """`places` are those of each chain's actor among `actors`; a mention of two chains is the later actor's."""
        of_mention = np.repeat(places, sheets.rows["size"])
        met = once(sheets.mentions)
        place_at = np.zeros(len(met.numbers), np.int64)
        np.maximum.at(place_at, met.which, of_mention)
        self.places: Places = place_at[met.which]  # of the actor of each mention of the sheets
        self._mentions = Lookup(met.numbers)
        self._place_at = array("I", place_at.astype(np.uint32).tobytes())
        self._actors = actors

    def __getitem__(self, mention: str) -> str:
        at = self._mentions.place(mention_number(mention))
        if at < 0:
            raise KeyError(mention)
        return self._actors.id(self._place_at[at])

    def chosen(self, mentions: Iterable[str]) -> dict[str, str]:
        """What stands for each of many mentions, as far as they are here."""
        asked = list(mentions) if len(self) else []
        at = self._mentions.places(as_numbers([mention_number(one) for one in asked]))
        actors = self._actors.ids(np.frombuffer(self._place_at, np.uint32)[at])
        return {one: actor for one, actor, place in zip(asked, actors, at.tolist(), strict=True) if place >= 0}

    def __iter__(self) -> Iterator[str]:
        """The mentions in the order of actors, each once."""
        return iter(dict.fromkeys(mention for actor in self._actors.values() for mention in actor.mentions))

    def __len__(self) -> int:
        return len(self._mentions)


def hashes_by_report(sheets: Sheets, resolved: Resolved, actors: Actors) -> Iterator[Mapping[str, bytes]]:
    """For each report a hash of what rows show of the actors of its mentions; then one of what claims rest on."""
    report = np.repeat(sheets.report, sheets.rows["size"])
    for hashes in (actors.heads["shown"], actors.heads["acting"]):
        total = np.zeros(len(sheets.documents), np.uint64)
        np.add.at(total, report, paired(hashes[resolved.places], sheets.mentions))
        packed = (one.to_bytes(HASH, "little") for one in total.tolist())
        yield {document.id: one for document, one in zip(sheets.documents, packed, strict=True)}
