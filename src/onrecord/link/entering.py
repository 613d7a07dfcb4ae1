"""What comes of the days of events that are one: days lent, and entries of the timeline. Like `__init__`, this file
gathers the room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from onrecord.link.columns import Numbers, mixed
from onrecord.link.dates import inherit_days
from onrecord.link.groups import Grouped
from onrecord.link.kept import Kept
from onrecord.link.pile import Pile
from onrecord.link.timeline import Entered, make_entry
from onrecord.model.record import Inherited


class Dated(msgspec.Struct, frozen=True, array_like=True):
    """What comes of the days of an event group: events with those that lend them theirs, and an entry.

    `state` is a hash of all that both rest on.
    """

    state: int
    inherited: tuple[Inherited, ...]
    entered: Entered | None


_pack, _unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(tuple[Dated, ...]).decode


def date_groups(pile: Pile, events: Grouped, lineage_of: Mapping[str, str], states: Numbers, kept: Kept) -> list[Dated]:
    """Of each event group, as it was kept with the report of its first claim or found now; `states` are hashes of all
    that the claims of each report, its lineage and the names of its actors rest on."""
    now = mixed(events.states(states) + events.codes)
    first = np.full(len(events.codes), len(events.table), np.int64)
    rows = np.flatnonzero(events.of >= 0)
    np.minimum.at(first, events.of[rows], rows)
    by_document: dict[str, list[int]] = defaultdict(list)
    numbers = events.numbers
    owners = events.table.reports[first[numbers]]
    for number, owner in zip(numbers.tolist(), owners.tolist(), strict=True):
        by_document[pile.documents[owner]].append(number)
    kept_of = {document: _kept(document, kept) for document in by_document}
    dated: dict[int, Dated] = {}
    for document, of in by_document.items():
        for number, state in zip(of, now[of].tolist(), strict=True):
            if held := kept_of[document].get(state):
                dated[number] = held
    missing = np.array([number for number in numbers.tolist() if number not in dated], np.int64)
    for number, group in zip(missing.tolist(), events.make(missing), strict=True):
        entered = make_entry(group, pile.events, pile.resolved, pile.reports, lineage_of)
        dated[number] = Dated(int(now[number]), inherit_days(group, pile.events), entered)
    for document, of in by_document.items():
        made = [dated[number] for number in of]
        if made != list(kept_of[document].values()):
            kept.put("dated", document, (_pack(made),))
    return list(dated.values())


def _kept(document: str, kept: Kept) -> dict[int, Dated]:
    packed: Sequence[Any] | None = kept.get("dated", document)
    return {one.state: one for one in _unpack(packed[0])} if packed else {}
