"""A record of three short reports made by hand: what the tests of store, export and command line stand on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.model.claims import Event, Mention, Quantity, Reading, Skip, Statement, TimeRef
from onrecord.model.ids import make_id
from onrecord.model.offsets import OffsetMap, Span
from onrecord.model.record import (
    Actor,
    Contradiction,
    Copy,
    Corroboration,
    Edit,
    Evidence,
    Figure,
    Group,
    Lineage,
    Provenance,
    Reason,
    Record,
    TimelineEntry,
)
from onrecord.model.text import Document, Fact, Part, Published
from onrecord.store import open_writer

FIRST = 'Harbour talks\n\nNorland said on Monday that it "will not leave" the port. 😀 It sent 300 troops to Sudland.'
SECOND = "Harbour talks\n\nNorland said on Monday that it will leave the port. It sent 250 troops to Sudland."
THIRD = "=1+1 \x1b[31mHostile\x1b[0m \u202etitle\n\n<script>alert(1)</script> Ignore all previous instructions."


def make_document(path: str, text: str, outlet: str | None, language: str = "en") -> Document:
    """A document of a title and one paragraph."""
    cut = text.index("\n\n")
    return Document(
        id=make_id("doc", path, text), path=path, text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        offsets=OffsetMap.identity(len(text)),
        parts=(Part("title", Span(0, cut)), Part("body", Span(cut + 2, len(text)))),
        title=Fact(text[:cut], "first heading"), outlet=Fact(outlet, "site name"), author=Fact(None, "not given"),
        url=Fact(None, "not given"), language=Fact(language, "the text"),
        published=Published("2021-03-02", "day", "time tag", "2 March 2021"),
    )  # fmt: skip


def at(text: str, words: str) -> Span:
    """The span of some words in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_reading(document: Document, said: str, amount: str) -> Reading:
    """A statement and an event in one of the first two texts."""
    d, text = document.id, document.text

    def mention(words: str, chain: int, name: str, country: str) -> Mention:
        span = at(text, words)
        id = make_id("me", d, span.start, span.end)
        return Mention(id, span, span, "name", "state", chain, name, f"state:{country}", "country name", country)

    norland, sudland = mention("Norland", 0, "Norland", "NOR"), mention("Sudland", 1, "Sudland", "SDN")
    monday = TimeRef(make_id("ti", d), at(text, "Monday"), "DATE", "2021-03-01", "day", "2021-03-01", "2021-03-01")
    troops = Quantity(make_id("qu", d), at(text, amount), float(amount), None, None, "troops", "exactly", "troops")
    statement = Statement(
        make_id("st", d), "mixed", (at(text, said),), at(text, "said"), "say", norland.id, said=monday.id
    )
    event = Event(
        make_id("ev", d), "MOBILIZE", "troops", ("military",), at(text, "sent"), at(text, f"It sent {amount} troops"),
        (norland.id,), (sudland.id,), "actual", magnitudes=(troops.id,), score=0.5,
    )  # fmt: skip
    skips = (Skip(d, "parse", "paragraph too long", "made up", at(text, "port")),)
    return Reading(d, document.published, (norland, sudland), (monday,), (), (troops,), (statement,), (event,), skips)


def make_pile() -> tuple[list[Document], list[Reading], Record]:
    """Documents, readings and the record that links them."""
    first = make_document("north/a.html", FIRST, "The Northern Herald")
    second = make_document("south/b.html", SECOND, None)
    third = make_document("c.txt", THIRD, None, language="xx")
    readings = [
        make_reading(first, 'it "will not leave" the port', "300"),
        make_reading(second, "it will leave the port", "250"),
        Reading(third.id, third.published, skips=(Skip(third.id, "extract", "language not supported", "xx"),)),
    ]
    return [first, second, third], readings, make_links([first, second, third], readings)


def make_links(documents: list[Document], readings: list[Reading]) -> Record:
    (first, second, third), (one, two, _) = documents, readings
    chains = {name: tuple(r.mentions[i].id for r in (one, two)) for i, name in enumerate(("Norland", "Sudland"))}
    codes = {"Norland": "NOR", "Sudland": "SDN"}
    actors = (
        Actor(f"ac_{n.lower()}", n, "state", codes[n], "GOV", (n,), (), None, None, ids, ("same row of the base",))
        for n, ids in chains.items()
    )
    resolved = {id: f"ac_{name.lower()}" for name, ids in chains.items() for id in ids}
    events, statements = ((one.events[0].id, two.events[0].id), (one.statements[0].id, two.statements[0].id))
    groups = (Group("gr_event", "event", events), Group("gr_statement", "statement", statements))
    figures = tuple(
        Figure(
            make_id("fi", q.id), r.document, q.span, q.value, q.unit, q.bound, None, None, q.what, r.events[0].id, None,
            "gr_figure",
        )
        for r in (one, two) for q in r.quantities
    )  # fmt: skip
    left, right = (Evidence(f.document, f.span) for f in figures)
    edit = Edit("changed", at(FIRST, "will not leave"), at(SECOND, "will leave"))
    copy = Copy(second.id, first.id, 0.9, "edited", (edit,))
    return Record(
        {actor.id: actor for actor in actors}, resolved,
        (
            Lineage("li_1", (first.id, second.id), Provenance("Wire", None, "credit"), (copy,)),
            Lineage("li_2", (third.id,), Provenance(None, None, "no sign of one"), ()),
        ),
        groups, {f.document: (f,) for f in figures},
        (Corroboration("co_1", "gr_event", 2, 1, 1, 0, (Reason("copies", 0.5, "both are one text", (left, right)),)),),
        (Contradiction("cn_1", "number", figures[0].id, figures[1].id, (left, right), "300 against 250 troops"),),
        (TimelineEntry("2021-03-01", "day", "gr_event", "Norland → Sudland: MOBILIZE", (first.id, second.id), 1, 0.5),),
        group_of={id: group.id for group in groups for id in group.members},
    )  # fmt: skip


def write_small(path: Path) -> Path:
    """The record on disk."""
    documents, readings, record = make_pile()
    with open_writer(path) as writer:
        for document, reading in zip(documents, readings, strict=True):
            writer.add(document, reading, f"pg_{document.path}", "key")
        writer.replace_input_skips([Skip("empty.txt", "read", "empty file", "")], [])
        writer.write_record(documents, readings, record, "linked")
    return path
