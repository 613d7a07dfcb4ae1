"""What people change: decisions, notes, saved searches. Each becomes a row of a log with who, when and why.

Two people may work on one file. A form says which decision on its subject it has seen last; where a newer one stands,
nothing is written, and the person sees both.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import NotFoundError, StoreError
from onrecord.model.judgements import standing
from onrecord.model.record import EDITABLE, VERDICTS, Judgement, Verdict
from onrecord.store import LISTS, View, make_judgement, make_note, open_view, open_writer
from onrecord.web.decisions import read_decisions
from onrecord.web.forms import mentions_of
from onrecord.web.watching import save_search

LONGEST = 2_000  # characters of a reason or a note
MOST = 50  # subjects of one decision
NAMES = 2_000  # names of an actor chosen in one form


class ConflictError(Exception):
    """Somebody else decided meanwhile: their judgement, and what was to be written."""

    def __init__(self, theirs: Judgement, verdict: str, subjects: Sequence[str], why: str) -> None:
        super().__init__("someone else decided on this meanwhile")
        self.theirs = theirs
        self.verdict = verdict
        self.subjects = tuple(subjects)
        self.why = why


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent, by name; a value may be repeated."""

    values: Mapping[str, Sequence[str]]

    def get(self, name: str) -> str:
        """The last value that is not empty."""
        return next((v[:LONGEST].strip() for v in reversed(self.values.get(name, ())) if v.strip()), "")

    def every(self, name: str, most: int = MOST) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in self.values.get(name, ()) if value))[:most]


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def decide(record: Path, form: Form, by: str) -> Judgement:
    """Write a decision; StoreError or NotFoundError where it cannot be, ConflictError where a newer one is unseen."""
    verdict, subjects, why = form.get("verdict"), form.every("subject"), form.get("why")
    if not why:
        raise StoreError("a decision needs its reason")
    with open_view(record) as view:
        edits = _edits(view, form, subjects) if verdict == "edit" else ()
        for subject in subjects:
            _check_subject(view, verdict, subject, subjects)
        subjects = _whole(view, form, verdict, subjects)
    with open_writer(record) as writer:
        made = make_judgement(_verdict(verdict), subjects, by, writer.next_time(), why, edits)
        if "seen" in form.values:
            newer = writer.judge_if_seen(made, form.get("seen"))
            if newer is not None:
                raise ConflictError(newer, verdict, subjects, why)
        else:
            writer.judge(made)
    return made


def undo(record: Path, form: Form, by: str) -> Judgement:
    """Take a decision back: the one named, or the last of this person's that stands."""
    with open_view(record) as view:
        log = view.judgements()
        held = {one.id: one for one in standing(log)}
        last = read_decisions(view).mine(by)
    id = form.get("judgement") or (last.id if last else "")
    if id not in held:
        raise NotFoundError("there is no decision of yours to take back" if not id else f"{id!r} does not stand")
    with open_writer(record) as writer:
        made = make_judgement("undo", [id], by, writer.next_time(), form.get("why") or "taken back in review")
        writer.judge(made)
    return made


def _verdict(word: str) -> Verdict:
    verdict = next((known for known in VERDICTS if known == word), None)
    if verdict is None:
        raise StoreError(f"{word!r} is no decision")
    return verdict


def _check_subject(view: View, verdict: str, subject: str, subjects: Sequence[str]) -> None:
    """Every subject is in the record by its whole id; the rest of an actor's split are mentions of its reports."""
    if verdict == "split" and subject != subjects[0]:
        return  # mention ids, which have no rows: link passes over those that are none
    _, row = view.find(subject)
    if row["id"] != subject:
        raise NotFoundError(f"the record holds nothing with the id {subject!r}")


def _whole(view: View, form: Form, verdict: str, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """What a decision is about in full: an actor's chosen mentions, a group with its claims."""
    forms, places = form.every("form", NAMES), form.every("place", NAMES)
    if verdict == "split" and len(subjects) == 1 and (forms or places or "actor" in form.values):
        return (*subjects, *mentions_of(view, subjects[0], forms, places))
    return view.whole_subjects(verdict, subjects)


def _edits(view: View, form: Form, subjects: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The fields whose value was changed in the form."""
    if len(subjects) != 1:
        raise StoreError("an edit is about one thing")
    table, _ = view.find(subjects[0])
    found = [(name, form.get(f"set_{name}"), form.get(f"was_{name}")) for name in EDITABLE.get(table, ())]
    changed = tuple((name, value) for name, value, was in found if f"set_{name}" in form.values and value != was)
    if not changed:
        raise StoreError("nothing was changed; change a field, or press Escape")
    return changed


def annotate(record: Path, form: Form, by: str) -> None:
    """Add a note or tags to anything, or take a note back."""
    subject, back = form.get("subject"), form.get("takes_back")
    with open_view(record) as view:
        if back:
            found = next((note for note in view.notes() if note.id == back), None)
            if found is None:
                raise NotFoundError("this note does not stand")
            subject = found.subject
        else:
            view.find(subject)
    tags = form.get("tags").replace(",", " ").split()
    with open_writer(record) as writer:
        writer.annotate(make_note(subject, tags, form.get("words"), by, writer.next_time(), back or None))


def keep_search(record: Path, form: Form, by: str) -> None:
    """Keep a page and its filters to be watched, or stop watching."""
    drop, page = form.get("drop"), form.get("page")
    if not drop and page not in LISTS:
        raise StoreError("this page cannot be watched; watch a list")
    with open_writer(record) as writer:
        if drop:
            writer.drop_search(drop)
        else:
            save_search(record, writer, form.get("name"), page, form.get("wanted"), by, now())
