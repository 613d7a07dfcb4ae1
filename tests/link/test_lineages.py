"""Lineages: who stands behind a text, and which of its prints came first."""

from __future__ import annotations

from dataclasses import replace

from onrecord.link.copies import find_bonds, read_traits, same_text
from onrecord.link.kept import Kept
from onrecord.link.lineages import make_lineages
from onrecord.link.reports import read_report
from onrecord.model.record import Lineage
from onrecord.model.text import Document
from tests.link.builders import Draft, link, make_document
from tests.link.test_copies import OTHER, WIRE

TEXT = f"Hospital opens\n{WIRE}"


def lineages(*documents: Document) -> tuple[Lineage, ...]:
    reports = [read_report(document, document.published) for document in documents]
    same = same_text(read_traits(reports))
    doubles = {id for group in same for id in group[1:]}
    return make_lineages(reports, find_bonds([r for r in reports if r.id not in doubles]), same)


def test_every_report_stands_in_one_lineage() -> None:
    documents = [
        make_document(TEXT, "A"),
        make_document(TEXT, "B"),
        make_document(f"x\n{OTHER}", "C"),
        make_document(""),
    ]
    found = lineages(*documents)
    assert sorted(id for lineage in found for id in lineage.documents) == sorted(d.id for d in documents)
    assert sorted(len(lineage.documents) for lineage in found) == [1, 1, 2]


def test_the_earliest_is_the_original() -> None:
    late = make_document(TEXT.replace("this week", "lately"), "A", "2004-07-09")
    early = make_document(TEXT + "\nMore text of its own stands here, added by the second desk.", "B", "2004-07-10")
    (lineage,) = lineages(late, early)
    assert lineage.documents[0] == late.id
    assert lineage.origin.outlet == "A"
    assert "2004-07-09" in lineage.origin.basis
    assert [(copy.document, copy.of, copy.kind) for copy in lineage.copies] == [(early.id, late.id, "edited")]


def test_an_agency_credit_names_the_origin_whoever_prints_it() -> None:
    documents = [make_document(TEXT, "A", origins=[("AFP", "agency")]), make_document(TEXT, "B", "2004-07-09")]
    (lineage,) = lineages(*documents)
    assert (lineage.origin.agency, lineage.origin.basis) == ("AFP", "credited in 1 of 2 reports")


def test_a_page_that_gives_anothers_address_is_the_copy_even_if_dated_earlier() -> None:
    original = make_document(TEXT, "A", "2004-07-09", url="https://www.a.example/tine/")
    repost = make_document(TEXT, "B", "2004-07-08", [("http://a.example/tine", "original_url")])
    (lineage,) = lineages(original, repost)
    assert lineage.documents == (original.id, repost.id)
    assert lineage.copies[0].kind == "verbatim"


def test_a_copy_is_verbatim_only_if_nothing_was_changed_or_added() -> None:
    whole = make_document(TEXT, "A", "2004-07-09")
    shorter = make_document(TEXT.rsplit("\n", 1)[0], "B", "2004-07-10")
    touched = make_document(TEXT.replace("Tine", "Tina"), "C", "2004-07-11")
    (lineage,) = link([Draft(document) for document in (whole, shorter, touched)]).lineages
    found = {copy.document: (copy.kind, [edit.op for edit in copy.edits]) for copy in lineage.copies}
    assert found == {shorter.id: ("verbatim", ["dropped"]), touched.id: ("edited", ["changed"])}


def test_a_cited_source_does_not_join_lineages() -> None:
    one = make_document(f"x\n{OTHER}", "A", origins=[("Reuters", "cited")])
    other = make_document(f"y\n{WIRE}", "B", origins=[("Reuters", "cited")])
    assert len(lineages(one, other)) == 2


def test_a_passage_is_listed_and_joins_nothing() -> None:
    passage = (
        "The town has changed hands four times since the rebellion began nine years ago, and each time its market "
        "was burned and its wells were filled with sand by those who left."
    )
    own = " ".join(f"Trader number {n} sells cloth and tells of road number {n}." for n in range(40))
    source = make_document(f"x\n{WIRE}\n{WIRE.replace('Tine', 'Bahai')[::-1]}\n{passage}", "A", "2004-07-01")
    taker = make_document(f"y\n{own}\n{passage}", "B", "2004-08-01", [("A", "cited")])
    found = lineages(source, taker)
    assert len(found) == 2
    assert [(copy.document, copy.of, copy.kind) for lineage in found for copy in lineage.copies] == [
        (taker.id, source.id, "cites")
    ]


def test_the_order_of_reports_changes_nothing() -> None:
    documents = [make_document(TEXT.replace("this week", f"in week {n}"), f"Outlet {n}") for n in range(6)]
    assert lineages(*documents) == lineages(*reversed(documents))
    assert len(lineages(*documents)) == 1


def test_many_prints_of_one_text_have_one_original() -> None:
    documents = [make_document(TEXT, f"Outlet {n}", f"2004-07-{n + 1:02}") for n in range(20)]
    (lineage,) = lineages(*documents)
    assert {copy.of for copy in lineage.copies} == {documents[0].id}
    assert len(lineage.copies) == 19


def test_lineage_is_made_again_only_where_its_reports_or_bonds_are_others() -> None:
    first, copy = make_document(TEXT, "A", "2004-07-09"), make_document(TEXT + "\nMore of it.", "B", "2004-07-10")
    apart, early = make_document(f"x\n{OTHER}", "C", "2004-07-09"), make_document(TEXT + "\nOf old.", "D", "2004-07-01")
    documents = [first, copy, apart, early]
    reports = [read_report(document, document.published) for document in documents]
    kept = Kept(None, {document.id: "page key" for document in documents})
    bonds = find_bonds(reports)
    few = [bond for bond in bonds if early.id not in (bond.left, bond.right)]
    assert make_lineages(reports[:3], few, (), kept) == make_lineages(reports[:3], few, ())
    before = Kept(lambda kind, _: {id: value for made, id, _, value in kept.made() if made == kind}, kept.stamps)
    assert make_lineages(reports[:3], few, (), before) == make_lineages(reports[:3], few, ())
    assert list(before.made()) == []
    assert make_lineages(reports, bonds, (), before) == make_lineages(reports, bonds, ())
    moved = [replace(one, published=("2004-06-01", "2004-06-01")) if one.id == copy.id else one for one in reports]
    assert (
        make_lineages(moved, bonds, (), before) == make_lineages(moved, bonds, ()) != make_lineages(reports, bonds, ())
    )
