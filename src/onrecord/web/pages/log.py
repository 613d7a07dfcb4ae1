"""What people did with the record: the log of decisions, notes and tags, and saved searches with what they found."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import NotFoundError
from onrecord.model.judgements import standing
from onrecord.model.shown import short
from onrecord.store import SavedSearch, View
from onrecord.web.asked import Asked, address, wanted_of
from onrecord.web.desk import Desk
from onrecord.web.source import heading_of
from onrecord.web.words import content_of

SHOWN = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision or a note is about: its words and the address that opens it."""

    id: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the log."""

    id: str
    verdict: str
    by: str
    at: str
    why: str
    edits: tuple[tuple[str, str], ...]
    subjects: tuple[Subject, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """Decisions, the newest first."""

    decisions: tuple[Decision, ...]
    total: int
    people: tuple[tuple[str, int, str, bool], ...]  # name, decisions, address, whether it is the one shown


@dataclass(frozen=True, slots=True)
class Remark:
    """A note that stands."""

    id: str
    words: str
    tags: tuple[str, ...]
    by: str
    at: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Notes, the newest first, and all tags with how often they are used."""

    notes: tuple[Remark, ...]
    tags: tuple[tuple[str, int, str, bool], ...]  # tag, notes, address, whether it is the one shown


@dataclass(frozen=True, slots=True)
class Watched:
    """A saved search: how many it finds now, how many of these are not looked at by `onrecord watch` yet."""

    search: SavedSearch
    href: str
    feed: str
    total: int
    new: int
    recent: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class WatchPage:
    """Saved searches."""

    searches: tuple[Watched, ...]


def log_page(view: View, asked: Asked, desk: Desk) -> LogPage:
    log = desk.decisions.log
    stands = {one.id for one in standing(log)}
    one = asked.get("by")
    chosen = [row for row in reversed(log) if not one or row.by == one][:SHOWN]
    counts: dict[str, int] = {}
    for row in log:
        counts[row.by] = counts.get(row.by, 0) + 1
    return LogPage(
        tuple(
            Decision(
                row.id, row.verdict, row.by, row.at[:19].replace("T", " "), row.why, row.edits,
                tuple(subject_of(view, id) for id in row.subjects[:6]), row.id in stands or row.verdict == "undo",
            )
            for row in chosen
        ),
        len(log),
        tuple((name, n, asked.toggled("by", name), name == one) for name, n in sorted(counts.items())),
    )  # fmt: skip


def notes_page(view: View, asked: Asked, desk: Desk) -> NotesPage:
    notes = [note for held in desk.decisions.notes.values() for note in held]
    notes.sort(key=lambda note: (note.at, note.id), reverse=True)
    tag = asked.get("tag").lower()
    counts: dict[str, int] = {}
    for note in notes:
        for one in note.tags:
            counts[one] = counts.get(one, 0) + 1
    chosen = [note for note in notes if not tag or tag in note.tags][:SHOWN]
    return NotesPage(
        tuple(
            Remark(n.id, n.words, n.tags, n.by, n.at[:19].replace("T", " "), subject_of(view, n.subject))
            for n in chosen
        ),
        tuple((name, n, asked.toggled("tag", name), name == tag) for name, n in sorted(counts.items())),
    )


def watch_page(view: View, asked: Asked, desk: Desk) -> WatchPage:  # noqa: ARG001  # every page takes the same three
    watched = []
    for search in view.searches():
        wanted = wanted_of(search.page, Asked.read(f"/{search.page}", search.wanted))
        found = view.ids(search.page, wanted, 5_000)
        seen = {finding.item for finding in view.findings(search.id, 50_000)}
        recent = [finding.item for finding in view.findings(search.id, 5)]
        watched.append(
            Watched(
                search, f"/{search.page}?{search.wanted}" if search.wanted else f"/{search.page}",
                address("/feed.atom", [("search", search.id)]), len(found), sum(one not in seen for one in found),
                tuple(subject_of(view, item) for item in recent),
            )
        )  # fmt: skip
    return WatchPage(tuple(watched))


def subject_of(view: View, id: str) -> Subject:
    """Anything that has an id, in words; an id that the record no longer holds is shown as it is."""
    try:
        table, row = view.find(id)
    except NotFoundError:
        return Subject(id, f"{short(id, 40)} (not in the record now)", "")
    if table == "groups":
        member = view.find(row["members"][0])
        return Subject(id, f"group: {short(content_of(member[1]), 100)}", address(f"/{member[0]}", [("group", id)]))
    if table == "judgements":
        return Subject(id, f"the decision to {row['verdict']}: {short(row['why'], 80)}", "/log")
    if table in ("actors", "documents"):
        path = "/actor" if table == "actors" else "/document"
        return Subject(id, short(content_of(row), 100) or id, address(path, [("id", id)]))
    if table == "contradictions":
        return Subject(id, short(row["words"], 100), address("/contradictions", [("open", row["left"])]))
    if table in ("statements", "events", "figures"):
        words = f"{heading_of(table, row)}: “{short(content_of(row), 80)}”"
        return Subject(id, words, address(f"/{table}", [("open", id)]))
    return Subject(id, short(id, 40), "")
