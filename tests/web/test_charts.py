"""What charts stand on: dates on an axis, sentences side by side, bands, layouts; the same record, the same picture."""

from __future__ import annotations

import datetime
import threading
import time

import pytest

from onrecord.model.shown import safe, short
from onrecord.store import sums
from onrecord.web.asked import Asked
from onrecord.web.desk import Kept
from onrecord.web.pages.copies import pair_sentences
from onrecord.web.pages.network import _layout
from onrecord.web.relinking import Relinking
from onrecord.web.scale import Scale, span_of
from onrecord.web.words import amount, day, number


def ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2008-08-09", ("2008-08-09", "2008-08-09")),
        ("2008-08-09T17:40", ("2008-08-09", "2008-08-09")),
        ("2008-02", ("2008-02-01", "2008-02-29")),
        ("2008-12", ("2008-12-01", "2008-12-31")),
        ("2008", ("2008-01-01", "2008-12-31")),
        ("2008-W32", ("2008-08-04", "2008-08-10")),
        ("200", ("2000-01-01", "2009-12-31")),  # TIMEX3 decade
        ("2014-03-01/2014-05", ("2014-03-01", "2014-05-31")),
        ("2014-05/2014-03", None),  # goes backward
        ("XXXX-WXX-5", None),
        ("2008-13-40", None),
        ("9999-12", None),  # its last day cannot be said
        ("", None),
        ("PT5M", None),
    ],
)
def test_dates_of_any_precision_become_days(value: str, span: tuple[str, str] | None) -> None:
    assert span_of(value) == (None if span is None else (ordinal(span[0]), ordinal(span[1])))


@pytest.mark.parametrize("days", [1, 5, 30, 69, 100, 400, 1_100, 4_000, 40_000, 700_000])
def test_axis_has_some_ticks_in_order_and_not_too_many(days: int) -> None:
    first = ordinal("0800-01-05") if days > 100_000 else ordinal("1999-11-05")
    ticks = Scale(first, first + days - 1).ticks()
    assert 1 <= len(ticks) <= 16
    assert [t.x for t in ticks] == sorted(t.x for t in ticks)
    assert all(0 <= t.x <= 100 for t in ticks)


def test_sentences_stand_beside_what_they_became() -> None:
    left = ["Jets bombed the town of Gori.", "Sixty people were killed.", "Smoke rose over the square."]
    right = ["Planes bombed the town of Gori.", "It was a Saturday.", "Sixty people were killed."]
    pairs = pair_sentences(left, right)
    assert [p.kind for p in pairs] == ["changed", "added", "same", "dropped"]
    assert [piece.text for piece in pairs[0].left if piece.kind == "changed"] == ["Jets"]
    assert "".join(piece.text for p in pairs for piece in p.left) == "".join(left)
    assert "".join(piece.text for p in pairs for piece in p.right) == "".join(right)
    assert pair_sentences([], []) == ()


def test_network_is_drawn_the_same_every_time_and_inside_its_frame() -> None:
    ids = [f"ac_{n}" for n in range(20)]
    edges = [sums.Edge(ids[n], ids[n * 7 % 20], 1, n, n) for n in range(1, 20) if n != n * 7 % 20]
    places = _layout(ids, edges)
    assert places == _layout(ids, edges)
    assert all(0 < x < 1000 and 0 < y < 760 for x, y in places.values())
    assert len(set(places.values())) == 20
    assert _layout([], []) == {}
    assert len(_layout(ids[:1], [])) == 1


def test_what_is_kept_is_made_once_even_when_many_ask_at_the_same_time() -> None:
    kept, made = Kept(), []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    threads = [threading.Thread(target=lambda: kept.get("v", "key", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), kept.get("v", "key", make)) == (1, 1)
    assert kept.get("w", "key", make) == 2  # another state of the tables


def test_failure_is_not_kept() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get("v", "key", lambda: 1 // 0)
    assert kept.get("v", "key", lambda: 5) == 5


def test_many_decisions_are_linked_once_and_later_ones_again() -> None:
    runs: list[float] = []
    relinking = Relinking(lambda: runs.append(time.monotonic()), lambda: None)
    for _ in range(5):
        relinking.ask()
    assert relinking.running
    deadline = time.monotonic() + 10
    while relinking.running and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(runs) == 1
    relinking.ask()
    while relinking.running and time.monotonic() < deadline + 10:
        time.sleep(0.02)
    assert len(runs) == 2
    idle = Relinking(None, lambda: None)
    idle.ask()
    assert not idle.running


def test_addresses_hold_the_state_and_lose_nothing() -> None:
    asked = Asked.read("/events", "type=AID&type=AGREE&q=a%26b&empty=&open=ev_1&page=3")
    assert asked.every("type") == ("AID", "AGREE")
    assert asked.with_(open="ev_2") == "/events?type=AID&type=AGREE&q=a%26b&page=3&open=ev_2"
    assert asked.toggled("type", "AID") == "/events?type=AGREE&q=a%26b"  # the list starts anew
    assert asked.toggled("status", "actual") == "/events?type=AID&type=AGREE&q=a%26b&status=actual"
    assert asked.number("page", 1, 100) == 3
    assert asked.number("open", 1, 100) == 1
    assert len(Asked.read("/", "&".join(f"a={n}" for n in range(5_000))).pairs) <= 80


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (safe("a\x00b\u202ec\ud800d\te"), "a�b�c�d\te"),
        (short("one two three", 8), "one two…"),
        (short(None, 8), ""),
        (day("2008-08-07TNI"), "2008-08-07 night"),
        (day("2008-08-09T17:40+01:00"), "2008-08-09 17:40"),
        (day("2014-01-01/2014-02-01"), "2014-01-01 – 2014-02-01"),
        (day(None), "undated"),
        (number(1234567.5), "1,234,567.5"),
        (number(1e300), "1e+300"),
        (amount({"bound": "range", "low": 5.0, "high": 10.0, "value": 7.5, "unit": "tanks"}), "5–10 tanks"),
        (
            amount({"bound": "at_least", "low": None, "high": None, "value": 2000.0, "unit": "killed"}),
            "at least 2,000 killed",
        ),
    ],
)
def test_values_are_put_in_words(shown: str, words: str) -> None:
    assert shown == words
