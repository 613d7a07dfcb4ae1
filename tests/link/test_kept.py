"""What linking keeps of a report: only of one that is as it is stored, and what was made last."""

from __future__ import annotations

from onrecord.link.kept import KINDS, PAIRED, SINGLY, Kept
from onrecord.link.keys import InContext, Keys, SaidKey
from onrecord.link.pile.telling import kept_keys, pack_keys
from onrecord.model.offsets import Span

STAMPS = {"doc_1": "page key", "doc_2": "page key", "doc_3": "page key"}


def test_value_is_fetched_once_a_kind_and_gives_way_to_a_newer_one() -> None:
    asked = []

    def fetch(kind: str, document: str | None) -> dict[str, list[int]]:
        asked.append((kind, document))
        return {"doc_1": [1], "doc_2": [2]}

    kept = Kept(fetch, {"doc_1": "page key", "doc_2": "page key", "doc_3": "page key"})
    assert [kept.get("words", id) for id in ("doc_1", "doc_2", "doc_3")] == [[1], [2], None]
    kept.put("words", "doc_2", [3])
    kept.put("words", "doc_3", [4])
    assert [kept.get("words", id) for id in ("doc_1", "doc_2", "doc_3")] == [[1], [3], [4]]
    assert asked == [("words", None)]
    assert list(kept.made()) == [("words", "doc_2", False, [3]), ("words", "doc_3", False, [4])]


def test_nothing_is_kept_of_a_report_that_people_put_right() -> None:
    kept = Kept(lambda _kind, _document: {"doc_1": [1]}, {})
    assert kept.get("claims", "doc_1") is None
    kept.put("claims", "doc_1", [2])
    assert list(kept.made()) == []


def test_what_rests_on_two_reports_says_so() -> None:
    kept = Kept(None, {"doc_1": "page key"})
    for kind in KINDS:
        kept.put(kind, "doc_1", [1])
    assert {kind for kind, _, paired, _ in kept.made() if paired} == set(PAIRED)


def test_large_values_are_fetched_a_report_at_a_time() -> None:
    asked = []

    def fetch(kind: str, document: str | None) -> dict[str, list[int]]:
        asked.append((kind, document))
        return {"doc_2": [2]} if document == "doc_2" else {}

    kept = Kept(fetch, STAMPS)
    assert [[kept.get(kind, id) for id in ("doc_1", "doc_2")] for kind in SINGLY] == [[None, [2]]] * len(SINGLY)
    assert asked == [(kind, id) for kind in SINGLY for id in ("doc_1", "doc_2")]


def test_keys_come_back_as_they_were_kept_and_what_has_another_form_does_not() -> None:
    said = SaidKey("st_1", ("2022-01-01", "2022-01-02"), "ac_1", ("USA",), False, Span(3, 9), True)
    packed = pack_keys(Keys((), (said,), ()))
    kept = Kept(None, STAMPS)
    assert kept_keys("doc_1", b"basis", kept) is None
    kept.put("keys", "doc_1", (b"basis", *packed))
    found = kept_keys("doc_1", b"basis", kept)
    assert found is not None
    assert (found.events, found.statements, found.measured) == ((), (said,), ())
    assert kept_keys("doc_1", b"another", kept) is None
    for damaged in ((), packed[:2], (*packed[:2], "text"), (*packed[:2], [["of", "lists"]]), (*packed, b"")):
        kept.put("keys", "doc_1", (b"basis", *damaged))
        assert kept_keys("doc_1", b"basis", kept) is None


def test_claims_of_a_report_are_asked_for_where_one_of_them_is() -> None:
    fetched: list[str] = []
    document_of = {"ev_1": "doc_1", "ev_2": "doc_1", "ev_3": "doc_2"}

    def claims_of(document: str) -> dict[str, int]:
        fetched.append(document)
        return {id: int(id[-1]) for id, of in document_of.items() if of == document}

    claims = InContext(document_of, claims_of)
    assert list(claims) == ["ev_1", "ev_2", "ev_3"]
    assert claims.get("ev_9") is None
    assert fetched == []
    assert (claims["ev_2"], claims["ev_3"]) == (2, 3)
    assert fetched == ["doc_1", "doc_2"]
