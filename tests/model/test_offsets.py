"""Laws of `OffsetMap`, on any map: what is exact leads there and back, what is whole is never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.offsets import OffsetMap, Run, Span


@st.composite
def maps(draw: st.DrawFn) -> OffsetMap:
    """Runs as a reader makes them: exact or whole, with gaps in the raw page between them."""
    runs: list[Run] = []
    kept = raw = 0
    for _ in range(draw(st.integers(1, 8))):
        raw += draw(st.integers(0, 3))  # markup that was cut away
        size = draw(st.integers(1, 5))
        width = draw(st.one_of(st.just(size), st.integers(0, 7)))
        runs.append(Run(kept, kept + size, raw, raw + width))
        kept, raw = kept + size, raw + width
    return OffsetMap(tuple(runs))


@st.composite
def maps_with_spans(draw: st.DrawFn) -> tuple[OffsetMap, Span]:
    offsets = draw(maps())
    start = draw(st.integers(0, offsets.runs[-1].end - 1))
    return offsets, Span(start, draw(st.integers(start + 1, offsets.runs[-1].end)))


@given(maps_with_spans())
def test_to_raw_and_back_holds_the_span(case: tuple[OffsetMap, Span]) -> None:
    offsets, span = case
    raw = offsets.to_raw(span)
    assert 0 <= raw.start <= raw.end <= offsets.runs[-1].raw_end
    back = offsets.to_kept(raw)
    touched = [run for run in offsets.runs if run.start < span.end and span.start < run.end]
    if all(run.exact for run in touched):
        assert back == span
    elif all(run.raw_end > run.raw_start for run in touched):
        assert back is not None
        assert back.contains(span)


@given(maps_with_spans())
def test_a_longer_span_never_has_a_shorter_origin(case: tuple[OffsetMap, Span]) -> None:
    offsets, span = case
    whole = offsets.to_raw(Span(0, offsets.runs[-1].end))
    assert whole.contains(offsets.to_raw(span))


@given(maps())
def test_each_run_leads_to_its_own_raw_stretch(offsets: OffsetMap) -> None:
    for run in offsets.runs:
        assert offsets.to_raw(Span(run.start, run.end)) == Span(run.raw_start, run.raw_end)


@given(st.integers(1, 50), st.data())
def test_identity_changes_nothing(length: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, length - 1))
    span = Span(start, data.draw(st.integers(start + 1, length)))
    assert OffsetMap.identity(length).to_raw(span) == span == OffsetMap.identity(length).to_kept(span)


def test_what_was_cut_away_has_no_kept_span() -> None:
    offsets = OffsetMap((Run(0, 3, 0, 3), Run(3, 6, 10, 13)))
    assert offsets.to_kept(Span(4, 9)) is None
    assert offsets.to_kept(Span(2, 11)) == Span(2, 4)


@pytest.mark.parametrize("span", [Span(0, 0), Span(2, 7), Span(9, 9)], ids=str)
def test_to_raw_refuses_what_is_no_stretch_of_the_text(span: Span) -> None:
    with pytest.raises(ValueError, match="not a stretch"):
        OffsetMap.identity(6).to_raw(span)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_span_refuses_to_run_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)
