"""How each word in view stands to a cue, in signs: short strings, or what a caller keeps in their place.

A report has some two thousand pairs of cue and word with fifteen signs each, most of them signs that another pair has
too. So a sign is made once for each set of values that it tells of, and found by these afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from onrecord.extract.statements.evidence import Evidence
from onrecord.extract.statements.role_signs import View

DEEP = 4  # levels below a branch that are told apart
NEAR = 4  # tokens from the cue in which the words themselves are signs
FAR = (0, 1, 2, 3, 4, 4, 6, 6, 6, 6, *[10] * 10)  # how far a word is from the cue, as a sign says it; beyond, 20

Kept = TypeVar("Kept")


class _Kind(dict[tuple[object, ...], Kept], Generic[Kept]):
    """The signs of one kind, by the values that they tell of."""

    def __init__(self, form: str, keep: Callable[[str], Kept]) -> None:
        super().__init__()
        self._form, self._keep = form, keep

    def __missing__(self, values: tuple[object, ...]) -> Kept:
        made = self[values] = self._keep(self._form.format(*values))
        return made


class PairSigns(Generic[Kept]):
    """All kinds of signs of one report; `keep` says what is kept of a new one (`str`: the sign itself)."""

    def __init__(self, keep: Callable[[str], Kept]) -> None:
        self.place = _Kind("p {}", keep)
        self.place_dep = _Kind("pd {} {}", keep)
        self.place_lemma = _Kind("pl {} {}", keep)
        self.place_entry = _Kind("pe {} {}", keep)
        self.place_core = _Kind("pc {} {}", keep)
        self.place_word = _Kind("pw {} {}", keep)
        self.place_rivals = _Kind("pt {} {:d}{}", keep)
        self.place_level = _Kind("pv {} {}{:d}{:d}", keep)
        self.role_form = _Kind("r {}{}", keep)
        self.role_place = _Kind("rp {} {}", keep)
        self.role_lemma = _Kind("rl {} {}", keep)
        self.quote_apart = _Kind("q {} {}", keep)
        self.quote_place = _Kind("qp {} {}", keep)
        self.away = _Kind("x {}{} {}{}", keep)
        self.near_word = _Kind("y {}{} {} {}", keep)
        self.near_tag = _Kind("z {}{} {} {}", keep)

    def of(self, evidence: Evidence, view: View) -> list[tuple[Kept, ...]]:
        """The signs of each token in view, in order."""
        tokens, lower, cue = evidence.parsed.tokens, evidence.lower, view.cue
        lemma, entry, core, form = view.lemma, view.entry, view.core, view.rule_form
        sentence, tag, branches = tokens[cue].sentence, tokens[cue].tag, (None, *view.branch, None)
        quotes = _quote_names(evidence, view)
        found: list[tuple[Kept, ...]] = []
        for at, index in enumerate(range(view.first, view.last)):
            token, word, quote = tokens[index], lower[index], quotes[at]
            place, role, between, branch = view.place[at], view.rule[at], view.between[at], view.branch[at]
            side = "<" if index < cue else ">" if index > cue else "="
            away, apart, level = abs(index - cue), token.sentence - sentence, view.level[at]
            signs: tuple[Kept, ...] = (
                self.place[(place,)],
                self.place_dep[place, token.dep],
                self.place_lemma[place, lemma],
                self.place_entry[place, entry],
                self.place_core[place, core],
                self.place_word[place, word],
                self.place_rivals[place, view.theirs[at], between],
                self.place_level[
                    place, level if level < DEEP else DEEP, branches[at] != branch, branches[at + 2] != branch
                ],
                self.role_form[role, form],
                self.role_place[role, place],
                self.role_lemma[role, lemma],
                self.quote_apart[quote, apart],
                self.quote_place[quote, place],
                self.away[side, FAR[away] if away < len(FAR) else 20, apart, between],
            )
            if away < NEAR:
                near = (self.near_word[side, away, lemma, word], self.near_tag[side, away, tag, token.tag])
                signs += near
            found.append(signs)
        return found


def _quote_names(evidence: Evidence, view: View) -> list[str]:
    """Which quotation each token in view stands in, seen from the cue: its own, the last before, the first after,
    another."""
    inside = evidence.marked.inside
    names: dict[int | None, str] = {}
    if view.quote_after is not None:
        names[view.quote_after] = f"A{min(view.gap_after, 5)}"
    if view.quote_before is not None:
        names[view.quote_before] = f"B{min(view.gap_before, 5)}"
    if inside[view.cue] is not None:
        names[inside[view.cue]] = "C"
    names[None] = "o"
    return [names.get(number, "x") for number in inside[view.first : view.last]]
