"""Claims of a pile joined into groups, kind by kind. Like `__init__`, this file gathers the room."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.link.figures import pair_figures
from onrecord.link.groups import Stamp, make_groups
from onrecord.link.kept import Blocks, Kept, Linked, Standing, link_blocks
from onrecord.link.pile import Pile
from onrecord.link.reports import Link, fold_words
from onrecord.link.same_events import pair_events
from onrecord.link.same_statements import pair_statements
from onrecord.model.offsets import Span
from onrecord.model.record import Group

ALONE = Stamp()  # of a claim that nothing is linked with
REPRINT = 100.0  # weight of a link between claims of two prints of the very same words: above all others


def find_reprints(pile: Pile, kept: Kept) -> Mapping[str, Sequence[Link]]:
    """Claims on the same words of reports whose words are all the same, by kind."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for group in pile.same:
        keys = [pile.keys[document] for document in group if document in pile.keys]
        blocks["event", group[0]] = [one.id for of in keys for one in of.events]
        blocks["statement", group[0]] = [one.id for of in keys for one in of.statements]
        blocks["figure", group[0]] = [one.figure.id for of in keys for one in of.measured]

    def pair(changed: Blocks) -> Linked:
        return {name: list(_same_words(pile, name[0], ids)) for name, ids in changed.items()}

    standing = {
        id: Standing(document, pile.contents[id])
        for group in pile.same
        for document in group
        if document in pile.keys
        for id in pile.keys[document].ids()
    }
    linked = link_blocks("reprinted", blocks, standing, pair, kept)
    found: dict[str, list[Link]] = defaultdict(list)
    for name, links in linked.items():
        found[name[0]].extend(links)
    return found


def _same_words(pile: Pile, kind: str, ids: Iterable[str]) -> Iterator[Link]:
    """Each claim with the first one on its words, of those that stand on these words in its report as often before."""
    by_document: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for id in ids:
        document, span = _placed(pile, kind, id)
        by_document[document].append((span, id))
    first: dict[tuple[tuple[str, ...], int], str] = {}
    for document in sorted(by_document):
        times: Counter[tuple[str, ...]] = Counter()
        for span, id in sorted(by_document[document]):
            words = fold_words(pile.reports[document].document.words(span))
            times[words] += 1
            original = first.setdefault((words, times[words]), id)
            if original != id:
                left, right = sorted((original, id))
                yield Link(left, right, REPRINT)


def _placed(pile: Pile, kind: str, id: str) -> tuple[str, Span]:
    """The report and the words of a claim: of an event its trigger."""
    if kind == "event":
        return pile.events[id].document, pile.events[id].event.trigger
    if kind == "statement":
        return pile.statements[id].document, pile.statements[id].span
    return pile.measured[id].figure.document, pile.measured[id].figure.span


def group_events(pile: Pile, lineage_of: Mapping[str, str], reprints: Iterable[Link], kept: Kept) -> tuple[Group, ...]:
    keys = {document: of.events for document, of in pile.keys.items()}
    links = (*pair_events(keys, pile.events, pile.stories, lineage_of, pile.reports, pile.contents, kept), *reprints)
    linked = _linked(links)
    stamps = {
        key.id: Stamp(key.days, tuple(frozenset(side) for side in key.sides)) if key.id in linked else ALONE
        for of in keys.values()
        for key in of
    }
    return make_groups("event", stamps, links, _came_out(linked, pile.events.document_of, pile))


def group_statements(pile: Pile, reprints: Iterable[Link], kept: Kept) -> tuple[Group, ...]:
    keys = {document: of.statements for document, of in pile.keys.items()}
    links = (*pair_statements(keys, pile.stories, pile.fresh, kept), *reprints)
    linked = _linked(links)
    stamps = {
        key.id: Stamp(key.days, (frozenset(key.speaks_for),)) if key.id in linked else ALONE
        for of in keys.values()
        for key in of
    }
    return make_groups("statement", stamps, links, _came_out(linked, pile.statements.document_of, pile))


def group_figures(
    pile: Pile, event_group: Mapping[str, str], reprints: Iterable[Link], kept: Kept
) -> tuple[Group, ...]:
    keys = {document: of.measured for document, of in pile.keys.items()}
    links = (*pair_figures(keys, pile.measured, pile.stories, event_group, pile.contents, kept), *reprints)
    linked = _linked(links)
    stamps = {
        key.figure.id: Stamp(key.days) if key.figure.id in linked else ALONE for of in keys.values() for key in of
    }
    return make_groups("figure", stamps, links, _came_out(linked, pile.measured.document_of, pile))


def _linked(links: Iterable[Link]) -> set[str]:
    return {id for link in links for id in (link.left, link.right)}


def _came_out(linked: Iterable[str], document_of: Mapping[str, str], pile: Pile) -> dict[str, str]:
    """The first day of the report of each claim that something is linked with."""
    published = ((id, pile.reports[document_of[id]].published) for id in linked)
    return {id: days[0] for id, days in published if days}
