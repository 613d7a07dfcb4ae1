"""Claims of a pile joined into groups, kind by kind. Like `__init__`, this file gathers the room."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np

from onrecord.link.blocks import Blocks, Linked, joined, link_blocks
from onrecord.link.columns import Index, Numbers, Places, components, ids_of, mixed, paired, summed
from onrecord.link.figures import pair_figures
from onrecord.link.groups import Grouped, Stamp, make_groups
from onrecord.link.kept import Kept, Kind
from onrecord.link.keys import IN_GROUP, ClaimKind, Table, codes_of
from onrecord.link.pile import Pile
from onrecord.link.reports import Link, fold_words
from onrecord.link.same_events import pair_events
from onrecord.link.same_statements import pair_statements

REPRINT = 100.0  # weight of a link between claims of two prints of the very same words: above all others
# what is kept of each kind: links, links between reprints, groups
LINKED: dict[ClaimKind, tuple[Kind, Kind, Kind]] = {
    "event": ("linked events", "reprinted events", "grouped events"),
    "statement": ("linked statements", "reprinted statements", "grouped statements"),
    "figure": ("linked figures", "reprinted figures", "grouped figures"),
}


def group_events(pile: Pile, lineage_of: Mapping[str, str], kept: Kept) -> Grouped:
    table = pile.tables["event"]
    stories, lineages = _names(table, pile.stories), _names(table, lineage_of)

    def pair(blocks: Blocks) -> list[list[Link]]:
        return pair_events(blocks, pile.events, pile.stories, lineage_of, pile.reports, kept)

    def stamp(row: int) -> Stamp:
        key = pile.keys.event(table, row)
        return Stamp(key.days, tuple(frozenset(side) for side in key.sides))

    blocks = table.blocks(story=stories, lineage=lineages)
    linked = link_blocks(LINKED["event"][0], table, blocks, (stories, lineages), pair, kept)
    return _join(pile, table, linked, stamp, kept)


def group_statements(pile: Pile, kept: Kept) -> Grouped:
    table = pile.tables["statement"]

    def stamp(row: int) -> Stamp:
        key = pile.keys.statement(table, row)
        return Stamp(key.days, (frozenset(key.speaks_for),))

    return _join(pile, table, pair_statements(table, pile.keys, _names(table, pile.stories), kept), stamp, kept)


def group_figures(pile: Pile, events: Grouped, group_of: Mapping[str, str], kept: Kept) -> Grouped:
    """`events` are groups of events, `group_of` gives their ids by claim."""
    table = pile.tables["figure"]
    measured = events.table.index.places(table.keys)  # the event that each figure measures
    codes = np.append(events.codes_of_rows(), np.uint64(0))
    stories, groups = _names(table, pile.stories), codes[measured]

    def pair(blocks: Blocks) -> list[list[Link]]:
        return pair_figures(blocks, pile.measured, pile.stories, group_of)

    def stamp(row: int) -> Stamp:
        return Stamp(pile.keys.figure(table, row).days)

    blocks = table.blocks(story=stories, group=groups)
    linked = link_blocks(LINKED["figure"][0], table, blocks, (stories, groups), pair, kept)
    return _join(pile, table, linked, stamp, kept)


def _names(table: Table, names: Mapping[str, str]) -> Numbers:
    """A hash of the name that each claim's report has."""
    return codes_of([names[document] for document in table.documents])[table.reports]


def _join(pile: Pile, table: Table, linked: Linked, stamp: Callable[[int], Stamp], kept: Kept) -> Grouped:
    published = [pile.reports[document].published for document in table.documents]
    out = [days[0] if days else "" for days in published]
    return join_linked(table, joined(linked, _reprints(pile, table, kept)), out, stamp, kept)


def _reprints(pile: Pile, table: Table, kept: Kept) -> Linked:
    """Claims on the same words of reports whose words are all the same."""
    first = {document: group[0] for group in pile.same for document in group}
    prints = codes_of([first.get(id, "") for id in table.documents])[table.reports]
    rows = np.flatnonzero(np.array([id in first for id in table.documents], bool)[table.reports])

    def pair(blocks: Blocks) -> list[list[Link]]:
        return [list(_same_words(pile, table.kind, ids)) for ids in blocks]

    return link_blocks(LINKED[table.kind][1], table, (prints[rows], rows), (), pair, kept)


def _same_words(pile: Pile, kind: ClaimKind, ids: Iterable[str]) -> Iterator[Link]:
    """Each claim with the first one on its words, of those that stand on these words in its report as often before."""
    by_document: dict[str, set[str]] = defaultdict(set)
    document_of = pile.document_of(kind)
    for id in ids:
        by_document[document_of[id]].add(id)
    first: dict[tuple[tuple[str, ...], int], str] = {}
    for document in sorted(by_document):
        times: Counter[tuple[str, ...]] = Counter()
        placed = pile.keys.of(document).placed(kind)
        for span, id in sorted(one for one in placed if one[1] in by_document[document]):
            words = fold_words(pile.reports[document].document.words(span))
            times[words] += 1
            original = first.setdefault((words, times[words]), id)
            if original != id:
                left, right = sorted((original, id))
                yield Link(left, right, REPRINT)


def join_linked(table: Table, linked: Linked, out: Sequence[str], stamp: Callable[[int], Stamp], kept: Kept) -> Grouped:
    """The groups of a table's claims; `out` is the day of each report, "" where it is not known. Claims that links lead
    between are grouped as they were if all of them, their links and the days of their reports are what they were."""
    met = components(linked.left, linked.right, len(table))
    rows = np.union1d(linked.left, linked.right)
    claims = mixed(table.contents[rows] + codes_of(out)[table.reports[rows]])
    ends = paired(table.codes[linked.left], table.codes[linked.right])
    ties = mixed(ends + linked.weights.view(np.uint64))
    states = summed(claims, met[rows], len(table)) + summed(ties, met[linked.left], len(table))
    kind = LINKED[table.kind][2]
    code, state, founder = (
        np.frombuffer(part, np.uint64) for part in cast("Sequence[Any]", kept.get_whole(kind) or [b""] * 3)
    )
    at = Index(code).places(table.codes[rows])
    stays = at >= 0
    stays[stays] = state[at[stays]] == states[met[rows[stays]]]
    anew = np.zeros(len(table), bool)
    anew[met[rows[~stays]]] = True
    of = np.arange(len(table))
    old = rows[~anew[met[rows]]]
    of[old] = table.index.places(founder[Index(code).places(table.codes[old])])
    if (of[old] < 0).any():
        raise ValueError(f"{kind}: a founder that is not there")  # damaged: all is made anew
    new = rows[anew[met[rows]]]
    if len(new):
        links = linked.links(table, np.flatnonzero(anew[met[linked.left]]))
        for row, first in _founders(table, new, links, stamp, out):
            of[row] = first
    if len(new) or len(code) != len(rows):
        columns = (table.codes[rows], states[met[rows]], table.codes[of[rows]])
        kept.put_whole(kind, [column.tobytes() for column in columns])
    return Grouped(table, of)


def _founders(
    table: Table, rows: Places, links: Sequence[Link], stamp: Callable[[int], Stamp], out: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Claims grouped anew: the row of each, with that of the founder of its group."""
    row_of = {table.ids[row]: row for row in rows.tolist()}
    came_out = {id: day for id, row in row_of.items() if (day := out[table.reports[row]])}
    own = dict(zip(ids_of(IN_GROUP, table.groups[rows]), rows.tolist(), strict=True))
    for group in make_groups(table.kind, {id: stamp(row) for id, row in row_of.items()}, links, came_out):
        for id in group.members:
            yield row_of[id], own[group.id]
