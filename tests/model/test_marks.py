"""Marks lie on exactly the code points that the record says, whatever the script; nothing is lost, nothing doubled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.marks import Mark, count_layers, segments


def mark(text: str, words: str, layer: str = "statements", id: str = "st_1", part: str = "content") -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), layer, id, words, part)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norland \U0001f600 said it \u201cwill not leave\u201d.",
            "will not leave",
        ),  # beyond the basic plane before it
        ("👩‍👩‍👧 families fled, officials said", "families fled"),  # joined emoji are several code points
        ("Zu\u0308rich and Zürich signed", "Zürich"),  # combining mark before, composed letter in it
        ("قال الوزير إن القوات انسحبت", "القوات انسحبت"),  # right to left
        ("He said “שלום” to נסיך", "שלום"),  # both directions in one line
        ("e\u0301e\u0301e\u0301", "\u0301e"),  # a span that begins on a combining mark is kept as it is
    ],
)
def test_marks_cover_exactly_their_words(text: str, words: str) -> None:
    found = segments(text, 0, len(text), [mark(text, words)], "st_1")
    assert "".join(s.text for s in found) == text
    assert [s.text for s in found if s.layers] == [words]
    assert [s.first for s in found if s.layers] == [True]


def test_overlapping_layers_are_cut_at_every_edge() -> None:
    text = "Norland said it sent 300 troops on Monday."
    marks = [
        mark(text, "it sent 300 troops on Monday"),
        mark(text, "said", part="cue"),
        mark(text, "sent 300 troops", "events", "ev_1", "evidence"),
        mark(text, "300", "figures", "qu_1", ""),
        mark(text, "Monday", "times", "ti_1", ""),
    ]
    found = segments(text, 0, len(text), marks, "ev_1")
    assert [(s.text, s.layers) for s in found if s.layers] == [
        ("said", ("statements",)), ("it ", ("statements",)), ("sent ", ("statements", "events")),
        ("300", ("statements", "events", "figures")), (" troops", ("statements", "events")), (" on ", ("statements",)),
        ("Monday", ("statements", "times")),
    ]  # fmt: skip
    assert [s.text for s in found if s.opened] == ["sent ", "300", " troops"]
    assert next(s for s in found if s.text == "300").ids == ("qu_1", "ev_1", "st_1")  # the narrowest opens first
    assert count_layers(marks)["statements"] == 1


@given(
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=12),
)
def test_segments_are_the_text_whatever_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(a, b, "events", f"ev_{n}", "") for n, (a, b) in enumerate(spans)]
    found = segments(text, 0, len(text), marks)
    assert "".join(s.text for s in found) == text
    covered = {offset for a, b in spans for offset in range(a, min(b, len(text)))}
    at = 0
    for s in found:
        assert all((offset in covered) == bool(s.layers) for offset in range(at, at + len(s.text)))
        at += len(s.text)
