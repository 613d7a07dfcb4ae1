"""The review queue: one card at a time, with its source, the reasons, and what a decision would change.

The place in the queue is in the address (`after`); what is decided leaves the queue, so the next card has the same
address. Nothing is decided twice unseen: the form carries the last judgement that its card showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from onrecord.model.claims import BOUNDS, CUE_KINDS, EVENT_TYPES, STATUSES, Certainty
from onrecord.model.record import EDITABLE, Judgement
from onrecord.model.shown import short
from onrecord.store import Row, View, sums
from onrecord.web.asked import Asked, address
from onrecord.web.desk import Desk
from onrecord.web.forms import NameForm, forms_of
from onrecord.web.source import Opened, Source, open_item, open_source
from onrecord.web.words import content_of, plural

QUEUES: tuple[tuple[str, str], ...] = (
    ("events", "Events, the least sure first"), ("contradictions", "Contradictions"),
    ("statements", "Statements without a known speaker first"), ("figures", "Figures"),
    ("actors", "Actors that may be one"),
)  # fmt: skip
REASONS: dict[str, tuple[str, ...]] = {
    "accept": ("the text says so", "checked against the source"),
    "reject": ("the text does not say this", "wrong actor or speaker", "not an act of the crisis",
               "a figure of speech", "read out of its context"),
}  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "type": EVENT_TYPES, "status": STATUSES, "cue_kind": CUE_KINDS, "certainty": get_args(Certainty),
    "bound": tuple(bound for bound in BOUNDS if bound != "range"),
}  # fmt: skip
FIELD_OF = {"type": "event_type"}
START = (-1.0, -1)
MERGES = 8


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be put right: what it holds, and what it may hold where that is one of a few."""

    name: str
    value: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a card's subject could be merged with."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide."""

    subject: str
    opened: Opened
    why_here: str
    would: tuple[tuple[str, str], ...]  # key, what the decision changes
    fields: tuple[Field, ...]
    merges: tuple[Candidate, ...]
    can_split: bool
    forms: tuple[NameForm, ...]  # an actor's names, to split it by
    more_forms: int
    other: str  # of a pair of actors the second one
    skip: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The queue's head, its source, and the reviewer's last decision."""

    queue: str
    queues: tuple[tuple[str, str, bool], ...]
    card: Card | None
    source: Source | None
    here: str
    reasons: dict[str, tuple[str, ...]]
    last: Judgement | None
    decided: int


def review(view: View, asked: Asked, desk: Desk) -> ReviewPage:
    queue = asked.one_of("of", [name for name, _ in QUEUES])
    decisions = desk.decisions
    decided = frozenset(decisions.by_subject)
    paired = queue == "actors" and not asked.get("id")
    card = _pair_card(view, asked, desk) if paired else _card(view, asked, desk, queue, decided)
    shown = _shown(view, card)
    return ReviewPage(
        queue=queue,
        queues=tuple((label, address("/review", [("of", name)]), name == queue) for name, label in QUEUES),
        card=card,
        source=open_source(view, asked, decisions, shown, marked=_marked(card)) if shown else None,
        here=asked.address,
        reasons=REASONS,
        last=decisions.mine(desk.by),
        decided=len({one.id for held in decisions.by_subject.values() for one in held}),
    )


def _shown(view: View, card: Card | None) -> str:
    """What the source pane opens: the card's claim, a contradiction's left side, an actor's first statement or act."""
    if card is None:
        return ""
    if card.opened.table == "contradictions":
        return str(card.opened.row["left"])
    if card.opened.table != "actors":
        return card.subject
    mentions = view.mentions_of(card.subject, 1)
    return mentions[0][0] if mentions else ""


def _marked(card: Card | None) -> str:
    """The actor of a card, whose mentions are what there is to see."""
    return card.subject if card is not None and card.opened.table == "actors" else ""


def _card(view: View, asked: Asked, desk: Desk, queue: str, decided: frozenset[str]) -> Card | None:
    one = asked.get("id")
    if one:
        table, row = view.find(one)
        return _make_card(view, asked, desk, table, row, START) if table in EDITABLE or table == queue else None
    next_one = sums.weakest(view, queue, _after(asked.get("after")), decided)
    if next_one is None:
        return None
    score, position = next_one.pop("at")
    return _make_card(view, asked, desk, queue, next_one, (score, position))


def _after(text: str) -> tuple[float, int]:
    try:
        score, position = text.split(",")
        return float(score), int(position)
    except ValueError:
        return START


def _make_card(
    view: View, asked: Asked, desk: Desk, table: str, row: Row, at: tuple[float, int]
) -> Card:  # fmt: skip
    opened = open_item(view, desk.decisions, table, row)
    forms, more = _forms(view, desk, row["id"]) if table == "actors" else ((), 0)
    return Card(
        subject=row["id"],
        opened=opened,
        why_here=_why(table, row),
        would=_would(table, row, opened),
        fields=_fields(view, table, row),
        merges=_merges(view, desk, table, row),
        can_split=len(opened.members) > 1,
        forms=forms,
        more_forms=more,
        other="",
        skip=asked.with_(after=f"{at[0]},{at[1]}", id=None),
    )


def _pair_card(view: View, asked: Asked, desk: Desk) -> Card | None:
    """Two actors that may be one; the place in the queue is a number."""
    decisions = desk.decisions
    decided = frozenset(
        frozenset(pair)
        for one in decisions.log if len(one.subjects) > 1
        for pair in ((one.subjects[0], other) for other in one.subjects[1:])
    )  # fmt: skip
    number = asked.number("after", 0, 10_000)
    pairs = desk.kept(("namesakes", decided), lambda: sums.namesakes(view, 10_001, decided))
    if len(pairs) <= number:
        return None
    left, right, why = pairs[number]
    rows = {row["id"]: row for row in view.some("actors", "id", (left, right))}
    opened = open_item(view, decisions, "actors", rows[left])
    other = rows[right]
    would = (
        ("m", f"“{short(rows[left]['name'], 60)}” takes over {plural(other['mentions'], 'mention')} of "
              f"“{short(other['name'], 60)}”, with all that it says and does"),
        ("x", "the two are kept apart, and are not asked about again"),
        ("s", f"the names you choose leave “{short(rows[left]['name'], 60)}” and become an actor of their own"),
    )  # fmt: skip
    forms, more = _forms(view, desk, left)
    return Card(
        left, opened, why, would, _fields(view, "actors", rows[left]),
        (Candidate(right, f"{short(other['name'], 80)} ({other['kind']}, {plural(other['mentions'], 'mention')})"),),
        False, forms, more, right, asked.with_(after=str(number + 1)),
    )  # fmt: skip


def _forms(view: View, desk: Desk, actor: str) -> tuple[tuple[NameForm, ...], int]:
    return desk.kept(("forms", actor), lambda: forms_of(view, actor))


def _why(table: str, row: Row) -> str:
    if table == "actors":
        return (
            f"{plural(row['mentions'], 'mention')} under {plural(len(row['aliases']), 'name')} are taken for one actor"
        )
    if table == "events":
        return f"the rule that found it is of strength {row['score']:.2f} of 1"
    if table == "statements":
        return "the source is not a known actor" if row["actor"] is None else "how sure the speaker is was not read"
    if table == "contradictions":
        return f"two claims do not fit: {short(row['words'], 200)}"
    return "figures are worth a second look: units and bounds decide what contradicts what"


def _would(table: str, row: Row, opened: Opened) -> tuple[tuple[str, str], ...]:
    """What each decision changes, in words."""
    others = len({one.lineage for one in opened.members if one.id != row["id"]})
    mine = next((one.lineage for one in opened.members if one.id == row["id"]), "")
    still = {one.lineage for one in opened.members if one.id != row["id"]}
    if table == "actors":
        return (
            ("m", "it takes over all mentions of the other, with all that it says and does"),
            ("s", "the names you choose leave it and become an actor of their own"),
        )
    if table == "contradictions":
        return (
            ("a", "it stays, and says who confirmed it"),
            ("x", "the two claims are no longer set against each other"),
        )
    if len(opened.members) > 1:
        loses = "one independent source fewer" if mine not in still else "no independent source fewer"
        drop = f"its group keeps {plural(len(opened.members) - 1, 'claim')} of {plural(others, 'source')}: {loses}"
    else:
        drop = "its group has no other claim: it leaves the timeline, the network and all counts"
    return (
        ("a", "it counts as checked, and names you among the reasons"),
        ("x", drop),
        *((("s", "it leaves its group and stands alone"),) if len(opened.members) > 1 else ()),
    )


def _fields(view: View, table: str, row: Row) -> tuple[Field, ...]:
    made = []
    for name in EDITABLE.get(table, ()):
        held = row.get(FIELD_OF.get(name, name))
        if name == "speaker":
            choices, held = _speakers(view, row), ""
        elif name == "published":
            choices, held = (), (row["published"] or {}).get("value")
        else:
            choices = tuple((one, one.replace("_", " ")) for one in CHOICES.get(name, ()))
        made.append(Field(name, "" if held is None else str(held), choices))
    return tuple(made)


def _speakers(view: View, row: Row) -> tuple[tuple[str, str], ...]:
    """Mentions of the same report that may be the speaker: one an actor, the nearest to the statement."""
    at = row["content"][0]["start"]
    nearest: dict[str, tuple[int, str]] = {}
    for start, _, actor, id in view.mentions_in(row["document"]):
        if actor not in nearest or abs(start - at) < nearest[actor][0]:
            nearest[actor] = (abs(start - at), id)
    names = view.names(nearest) if nearest else {}
    ranked = sorted(nearest.items(), key=lambda pair: pair[1])[:25]
    return tuple((id, short(names.get(actor, actor), 60)) for actor, (_, id) in ranked)


def _merges(view: View, desk: Desk, table: str, row: Row) -> tuple[Candidate, ...]:
    """What the card's subject might be one with: claims of other reports that share most words; actors of one name."""
    if table == "actors":
        last = row["name"].split()[-1:] or [row["name"]]
        return tuple(
            Candidate(one["id"], f"{short(one['name'], 80)} ({one['kind']}, {plural(one['mentions'], 'mention')})")
            for one in desk.called(view, last[0], MERGES + 1) if one["id"] != row["id"]
        )  # fmt: skip
    if table not in ("events", "statements"):
        return ()
    words = [word for word in content_of(row).split() if len(word) > 4 and word.isalpha()][:3]
    found = [one for word in words for one in view.words_in(table, word, 20)]
    ranked = sorted({one["id"]: one for one in found}.values(), key=lambda one: (-sum(
        other["id"] == one["id"] for other in found), one["id"]))  # fmt: skip
    seen = {row.get("group")}
    made = []
    for one in ranked:
        if one["group"] not in seen and one["document"] != row["document"]:
            seen.add(one["group"])
            made.append(Candidate(one["id"], short(content_of(one), 140)))
    return tuple(made[:MERGES])
