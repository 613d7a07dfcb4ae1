"""What day an event or a statement without a time of its own may take: one row a way of telling, each with its reason.

The first row that fits decides. "report": news of the days up to the report's own; so is what no row fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from onrecord.extract.anchoring.telling import Telling
from onrecord.model.text import PartKind

Takes = Literal["report", "nothing"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the policy sees of a claim: its clause, the part it stands in, whether it happened, whether it is something
    said, whether it stands in the first sentences or in a direct quotation, whether words beside it say that it lasts,
    comes again or is long past, and whether its paragraph looks back to an earlier time."""

    telling: Telling
    part: PartKind
    happened: bool = True
    saying: bool = False
    lead: bool = False
    quoted: bool = False
    lasting: bool = False
    looking_back: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One way of telling, what a claim told so takes, and why."""

    name: str
    fits: Callable[[Told], bool]
    takes: Takes
    reason: str


POLICY: tuple[Row, ...] = (
    Row("not told as having happened", lambda t: not t.happened, "nothing",
        "what is planned, denied, possible or history has no day unless the text says one"),
    Row("lasting or repeated", lambda t: t.lasting, "nothing",
        "“has long”, “for years”, “every week”, “previously” tell of no one day"),
    Row("in a caption", lambda t: t.part == "caption", "nothing",
        "a picture is often older than its report, and its caption is told in the present"),
    Row("in a quotation", lambda t: t.quoted, "nothing", "people speak of what happened at any time, not of the news"),
    Row("in the title", lambda t: t.part == "title" and t.telling.place == "main", "report",
        "a headline tells the report's news, in any tense"),
    Row("in a clause beside", lambda t: t.telling.place == "beside", "nothing",
        "“who seized …”, “after it seized …”: what the reader is taken to know, of any time"),
    Row("already past", lambda t: t.telling.tense == "pluperfect", "nothing",
        "“had seized” lies before what is told, nobody says how long"),
    Row("still open", lambda t: t.telling.tense in ("open", None), "nothing",
        "will, would, may, to: it has not happened, or its clause has no tense"),
    Row("how things are", lambda t: t.telling.tense == "present" and (not t.saying or t.telling.passive), "nothing",
        "“troops are stationed”, “the treaty bans”, “he is accused”: a state; only what one says is news so"),
    Row("done by now", lambda t: t.telling.tense == "perfect" and not t.saying and not t.lead, "nothing",
        "past the lead “has banned”, “has launched” tell of deeds of any time; what is said is news anywhere"),
    Row("looking back", lambda t: t.looking_back and t.telling.tense == "past", "nothing",
        "after a month, a year or a day long past in its paragraph the past tense tells of that time"),
)  # fmt: skip
NEWS = "past, present perfect or present in a main clause or in what is said there: the report's news"


def takes(told: Told) -> Takes:
    """What a claim told so takes."""
    return next((row.takes for row in POLICY if row.fits(told)), "report")
