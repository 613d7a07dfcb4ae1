"""How each class of expression is resolved where its words leave a choice: one row a class, each with its reason.

`past`, `future` and `open` say which of the candidates is taken in a clause of that direction: "back" is the nearest
on or before the anchor, "ahead" the nearest on or after it, "near" the nearest either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.extract.times.sense import Direction

Choice = Literal["back", "ahead", "near"]
# A yearless date that its clause would put this many days away is more likely the near one on the other side: reports
# say the year of what lies ten months off ("the company set a Dec. 15 deadline", written in November).
FAR = 300


@dataclass(frozen=True, slots=True)
class Policy:
    """The choice for a class of expression by direction, and why."""

    kind: str
    past: Choice
    future: Choice
    open: Choice
    reason: str

    def choose(self, direction: Direction) -> Choice:
        return {"past": self.past, "future": self.future, "open": self.open}[direction]


POLICIES: tuple[Policy, ...] = (
    Policy(
        "weekday", "back", "ahead", "back", "a report names the days of the week just gone by their names, today too"
    ),
    Policy("date", "back", "ahead", "near", "a day without its year lies in the year that brings it closest"),
    Policy("month", "back", "ahead", "near", "a month without its year lies in the year that brings it closest"),
    Policy("season", "back", "ahead", "near", "a season named without its year is the one closest to the report"),
    Policy("quarter", "back", "near", "near", "figures told or awaited are of the quarters around the report"),
    Policy("holiday", "back", "ahead", "near", "a holiday without its year is the one closest to the report"),
    Policy(
        "weekend", "back", "ahead", "back", "'the weekend' in a report is the one just gone, or the one it falls in"
    ),
)
BY_KIND: dict[str, Policy] = {policy.kind: policy for policy in POLICIES}


def choose(kind: str, direction: Direction) -> Choice:
    """The choice that the policy for a class makes in a clause of this direction."""
    return BY_KIND[kind].choose(direction)
