"""Which chains are one actor: each gets a code by what it meets others with, and those of one code are one.

Step by step: what has one row of the actor base; people by full name; a last name alone where the pile leaves one
candidate; bodies by name and state; an office with the one person named in it; those without a name by their words.
A name alone is never enough where the pile leaves a choice: then the chains stay apart. No step undoes what one before
it did, and each looks at all chains at once, so that nothing depends on their order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon.actors import ActorBase
from onrecord.link.actors.chains import NOBODYS, offices_of
from onrecord.link.actors.people import lead_people
from onrecord.link.actors.sheets import NAMED, PERSON, TOLD_WHY, Sheets, office_number
from onrecord.link.columns import Numbers, Places, once, paired
from onrecord.link.kept import Kept

# how a chain came to its code
ALONE, ROW, FULL_NAME, LAST_NAME, SAME_LAST_NAME, BODY, REPORTS_OFFICE, PILES_OFFICE, WORDS = range(9)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Meeting:
    """Of each chain its code, how it came to it, the chain it was led to or -1, and for a group of somebody's a chain
    of theirs (NOBODYS for all others, itself where they are not known)."""

    codes: Numbers
    steps: NDArray[np.int8]
    leaders: Places
    owners: Places


class Codes:
    """The codes given so far, 0 where none is given, and how."""

    def __init__(self, sheets: Sheets) -> None:
        size = len(sheets.rows)
        self._whole: Numbers = sheets.rows["whole"]
        self.codes: Numbers = np.zeros(size, np.uint64)
        self.steps = np.zeros(size, np.int8)
        self.leaders: Places = np.full(size, -1, np.int64)

    def give(self, which: Places, codes: Numbers, step: int) -> None:
        """Codes for some chains, in order; of those with one code all but the first came to it by this step."""
        self.codes[which] = codes
        self.steps[np.delete(which, once(codes).first)] = step

    def stay_alone(self, which: Mask) -> None:
        """A code of its own for each of some chains."""
        self.codes[which] = self._whole[which]


def meet(sheets: Sheets, actors: ActorBase, kept: Kept) -> Meeting:
    """The code of every chain."""
    rows = sheets.rows
    given = Codes(sheets)
    keyed = np.flatnonzero(rows["key"])
    given.give(keyed, rows["key"][keyed], ROW)
    given.steps[rows["signs"] & TOLD_WHY > 0] = ALONE  # its own reason says enough
    _full_names(sheets, given, *lead_people(sheets, actors, kept))
    _last_names(sheets, given)
    given.stay_alone((given.codes == 0) & (rows["signs"] & PERSON > 0))  # who holds an office is told apart by code
    bodies = np.flatnonzero((given.codes == 0) & (rows["words"] > 0) & (rows["signs"] & NAMED > 0))
    given.give(bodies, rows["words"][bodies], BODY)
    _offices(sheets, given, actors)
    owners = _unnamed(sheets, given)
    given.stay_alone(given.codes == 0)
    return Meeting(given.codes, given.steps, given.leaders, owners)


def _full_names(sheets: Sheets, given: Codes, full: Places, led: Places) -> None:
    """Full names of people, each led to the one that it is; those in the base lead."""
    rows = sheets.rows
    without = rows["key"][full] == 0
    chains, leading = full[without], led[without]
    given.codes[chains] = np.where(rows["key"][leading] > 0, rows["key"][leading], rows["person"][leading])
    joined = chains != leading
    given.steps[chains[joined]] = FULL_NAME
    given.leaders[chains[joined]] = leading[joined]


def _last_names(sheets: Sheets, given: Codes) -> None:
    """A last name alone, with the one person of that name in the pile whose states, where any is told, are its own."""
    rows = sheets.rows
    sounds, countries = rows["sound"], rows["country"]
    alone = np.flatnonzero((sounds > 0) & (given.codes == 0))
    if not len(alone):
        return
    known = np.flatnonzero((sounds > 0) & (given.codes > 0) & np.isin(sounds, sounds[alone]))
    known = known[once(paired(sounds[known], given.codes[known])).first]  # one for each sound and code
    people: dict[int, set[int]] = {}  # sound -> codes
    for sound, code in zip(sounds[known].tolist(), given.codes[known].tolist(), strict=True):
        people.setdefault(sound, set()).add(code)
    told = np.flatnonzero((given.codes > 0) & (countries > 0) & np.isin(given.codes, given.codes[known]))
    states: dict[int, set[int]] = {}  # code -> countries
    told = told[once(paired(given.codes[told], countries[told])).first]
    for code, country in zip(given.codes[told].tolist(), countries[told].tolist(), strict=True):
        states.setdefault(code, set()).add(country)
    by_name: dict[tuple[int, int], list[int]] = {}
    for index, sound, country in zip(alone.tolist(), sounds[alone].tolist(), countries[alone].tolist(), strict=True):
        by_name.setdefault((sound, country), []).append(index)
    for (sound, country), chains in by_name.items():
        met = people.get(sound, set())
        found = [code for code in met if not country or states.get(code, set()) <= {country}]
        if len(found) == 1:
            given.codes[chains], given.steps[chains] = found[0], LAST_NAME
    unmet = alone[~np.isin(sounds[alone], sounds[known])]
    given.give(unmet, paired(sounds[unmet], countries[unmet]), SAME_LAST_NAME)


def _offices(sheets: Sheets, given: Codes, actors: ActorBase) -> None:
    """As in "A Kremlin spokesperson": with the one person named in that office in the same report, else in the pile."""
    rows = sheets.rows
    told = np.flatnonzero(rows["office"])
    holders, offices = _holders(sheets, given, actors)
    asked = np.isin(offices, rows["office"][told])
    holders, offices = holders[asked], offices[asked]
    codes = given.codes[holders].tolist()
    pile: dict[int, set[int]] = {}
    near: dict[tuple[int, int], set[int]] = {}
    for report, office, code in zip(sheets.report[holders].tolist(), offices.tolist(), codes, strict=True):
        pile.setdefault(office, set()).add(code)
        near.setdefault((report, office), set()).add(code)
    for index, report in zip(told.tolist(), sheets.report[told].tolist(), strict=True):
        office = int(rows["office"][index])
        here = near.get((report, office), set())
        found = here or pile.get(office, set())
        if len(found) == 1:
            given.codes[index] = next(iter(found))
            given.steps[index] = REPORTS_OFFICE if here else PILES_OFFICE


def _holders(sheets: Sheets, given: Codes, actors: ActorBase) -> tuple[Places, Numbers]:
    """Chains of people, and the offices they hold; those that a name led to a row hold its offices too."""
    rows = sheets.rows
    led = (rows["sound"] > 0) & (rows["key"] == 0) & (rows["country"] > 0)
    known = np.flatnonzero(rows["key"])
    keyed, first = np.unique(rows["key"][known], return_index=True)
    led &= np.isin(given.codes, keyed)
    holders, offices = [], []
    for index in np.flatnonzero(led).tolist():
        chain = sheets.chain(index)
        row = sheets.chain(int(known[first[np.searchsorted(keyed, given.codes[index])]]))
        for office in offices_of(chain, row.key, sheets.days(index), actors):
            holders.append(index)
            offices.append(office_number(office, chain.country))
    return (
        np.concatenate((sheets.holders, np.array(holders, np.int64))),
        np.concatenate((sheets.offices, np.array(offices, np.uint64))),
    )


def _unnamed(sheets: Sheets, given: Codes) -> Places:
    """Those without a name: one actor for each state, kind and telling words; what is somebody's, for each of these.

    Gives the owners.
    """
    rows = sheets.rows
    told = np.flatnonzero((given.codes == 0) & (rows["words"] > 0) & (rows["signs"] & NAMED == 0))
    owners: Places = np.full(len(rows), NOBODYS, np.int64)
    owned = told[rows["owner"][told] != NOBODYS]
    by = rows["owner"][owned].astype(np.int64)
    whose = np.where(by < 0, owned, by + sheets.starts[sheets.report[owned]])
    known = (by >= 0) & ((rows["signs"][whose] & NAMED > 0) | np.isin(given.codes[whose], rows["key"][rows["key"] > 0]))
    owners[owned] = np.where(known, whose, owned)
    free = told[rows["owner"][told] == NOBODYS]
    which = np.concatenate((free, owned[known]))
    codes = np.concatenate((rows["words"][free], paired(rows["words"][owned[known]], given.codes[whose[known]])))
    order = np.argsort(which)
    given.give(which[order], codes[order], WORDS)
    return owners
