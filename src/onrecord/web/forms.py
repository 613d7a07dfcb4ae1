"""The names of one actor, form by form: what a person chooses from to split an actor that is really several.

A decision names mentions. What points to a chosen mention in the same report goes along with it, as linking moves
whole chains.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.model.shown import short
from onrecord.store import View
from onrecord.web.asked import address
from onrecord.web.words import day, plural

LISTED = 60  # forms of one actor
PLACES = 12  # reports of one form
MENTIONS = 20_000  # looked at for a page
_WORDS = (
    "he she it they him her them his hers its their theirs himself herself itself themselves who whom whose which that "
    "i me my we us our you your this these those"
)
POINTING = frozenset(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Place:
    """A report in which a form stands: its words, its address, and the value that chooses the form there alone."""

    words: str
    href: str
    mentions: int
    value: str


@dataclass(frozen=True, slots=True)
class NameForm:
    """One form: its words as most often written, how often it stands and in how many reports."""

    key: str
    words: str
    mentions: int
    reports: int
    places: tuple[Place, ...]
    counted: str


def key_of(words: str) -> str:
    """Forms that differ by case and spaces alone are one."""
    return " ".join(words.split()).casefold()


def forms_of(view: View, actor: str) -> tuple[tuple[NameForm, ...], int]:
    """Forms of an actor's names, the most frequent first, and how many are not listed; words that only point at
    somebody ("he") are none."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for document, _, words in view.forms_of(actor, MENTIONS):
        key = key_of(words)
        if key and key not in POINTING:
            found[key][document] += 1
            written[key][words] += 1
    ranked = sorted(found, key=lambda key: (-sum(found[key].values()), key))
    chosen = {key: sorted(found[key], key=lambda d: (-found[key][d], d))[:PLACES] for key in ranked[:LISTED]}
    reports = {row["id"]: row for row in view.some("documents", "id", {d for held in chosen.values() for d in held})}
    return tuple(
        NameForm(
            key, short(max(sorted(written[key]), key=lambda words: written[key][words]), 100),
            sum(found[key].values()), len(found[key]),
            tuple(
                Place(
                    f"{short(reports[d]['outlet'], 40) or 'outlet unknown'} · {day(reports[d]['published']['value'])}: "
                    f"{short(reports[d]['title'] or reports[d]['path'], 70)}",
                    address("/document", [("id", d), ("layer", "actors")]), found[key][d], f"{d} {key}",
                )
                for d in held if d in reports
            ),
            f"{plural(sum(found[key].values()), 'mention')} in {plural(len(found[key]), 'report')}",
        )
        for key, held in chosen.items()
    ), max(0, len(ranked) - LISTED)  # fmt: skip


def mentions_of(view: View, actor: str, forms: Collection[str], places: Sequence[str]) -> tuple[str, ...]:
    """The mentions that a form in the page chooses: of whole forms, or of a form in one report ("DOCUMENT FORM").

    StoreError where nothing of the actor is chosen, or all of it.
    """
    wanted = {key_of(form) for form in forms}
    there = {(document, key_of(form)) for document, _, form in (one.partition(" ") for one in places)}
    every = [(document, id, key_of(words)) for document, id, words in view.forms_of(actor)]
    named = {id for _, id, key in every if key not in POINTING}
    chosen = [id for document, id, key in every if key in wanted or (document, key) in there]
    if not chosen:
        raise StoreError("choose at least one name that leaves")
    if named <= set(chosen):
        raise StoreError("all names are chosen: an actor keeps at least one of them")
    return tuple(chosen)
