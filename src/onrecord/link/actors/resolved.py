"""Which actor each mention is, in twelve bytes a mention: there are many times more of them than of actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from onrecord.link.actors.sheets import Places, Sheets, mention_number
from onrecord.model.record import Actor


class Resolved(Mapping[str, str]):
    """The id of each mention's actor, by the mention's id."""

    def __init__(self, sheets: Sheets, actors: Sequence[Actor], places: Places) -> None:
        """`places` are those of each chain's actor among `actors`."""
        of_mention = np.repeat(places, sheets.rows["size"]).astype(np.uint32)
        order = np.argsort(sheets.mentions)
        self._numbers = sheets.mentions[order]
        self._places = of_mention[order]
        self._actors = actors

    def __getitem__(self, mention: str) -> str:
        number = np.uint64(mention_number(mention))
        at = int(self._numbers.searchsorted(number))
        if at == len(self._numbers) or self._numbers[at] != number:
            raise KeyError(mention)
        return self._actors[int(self._places[at])].id

    def __iter__(self) -> Iterator[str]:
        """The mentions in the order of actors."""
        return (mention for actor in self._actors for mention in actor.mentions)

    def __len__(self) -> int:
        return len(self._numbers)
