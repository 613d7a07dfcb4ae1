"""The event tagger: its shares against a sum by hand, the package's own weights, and files that it cannot trust."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import TaggerError
from onrecord.model.claims import EVENT_TYPES
from onrecord.taggers.events import (
    NAME,
    NONE,
    EventWeights,
    known_views,
    likely_types,
    load_event_weights,
    read_event_weights,
    write_event_weights,
)
from onrecord.taggers.files import DIGESTS, FOLDER


@pytest.fixture
def weights() -> EventWeights:
    """Three views in two groups, two labels; numbers that half precision holds without loss."""
    rows = {"rule:AID": 0, "near:send": 1, "near:rice": 2}
    table = np.array([[2, -2], [1, 0], [0.5, -0.5]], np.float32)
    return EventWeights(
        ("AID", NONE), rows, np.array([1, 3, 4], np.float32), {"rule": 2.0, "near": 0.5}, table,
        np.array([0.25, -0.25], np.float32), 0.5,
    )  # fmt: skip


def test_each_group_is_a_vector_of_its_size(weights: EventWeights) -> None:
    found = dict(known_views(weights.rows, weights.rarity, weights.sizes, ("near:rice", "near:send", "rule:AID")))
    assert found == pytest.approx({0: 2.0, 1: 0.5 * 3 / 5, 2: 0.5 * 4 / 5})


def test_shares_are_those_of_the_sum_by_hand(weights: EventWeights) -> None:
    shares = likely_types(weights, ("rule:AID", "near:send", "near:never seen"))
    aid, none = 0.25 + 2 * 2 + 0.5 * 1, -0.25 - 2 * 2
    wanted = math.exp(aid / 2) / (math.exp(aid / 2) + math.exp(none / 2))
    assert shares["AID"] == pytest.approx(wanted)
    assert sum(shares.values()) == pytest.approx(1)


def test_unknown_views_leave_what_is_common(weights: EventWeights) -> None:
    assert likely_types(weights, ("verb:x", "near:nothing")) == likely_types(weights, ())


def test_a_file_gives_back_what_was_written_always_the_same(weights: EventWeights) -> None:
    data = write_event_weights(weights)
    again = read_event_weights(data)
    assert write_event_weights(again) == data
    assert likely_types(again, ("rule:AID", "near:rice")) == likely_types(weights, ("rule:AID", "near:rice"))


def test_own_weights_know_every_type_and_that_there_may_be_none() -> None:
    found = load_event_weights()
    assert set(found.labels) == {*EVENT_TYPES, NONE}
    assert (FOLDER / f"{NAME}.npz").stat().st_size < 2_000_000
    assert all(view.partition(":")[0] in found.sizes for view in found.rows)


def test_missing_weights_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match="install the package again"):
        load_event_weights(tmp_path / "events.npz")


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        pytest.param(b"\0", False, id="other bytes than those listed"),
        pytest.param(b"", False, id="not listed"),
    ],
)
def test_changed_weights_are_refused(tmp_path: Path, weights: EventWeights, change: bytes, listed: bool) -> None:
    data = write_event_weights(weights)
    (tmp_path / "events.npz").write_bytes(data + change)
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / DIGESTS).write_text(f"{digest}  {'events' if change or listed else 'others'}.npz\n")
    with pytest.raises(TaggerError, match="damaged"):
        load_event_weights(tmp_path / "events.npz")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", b"\x93NUMPY"])
def test_what_is_no_weights_file_is_refused(data: bytes) -> None:
    with pytest.raises(TaggerError):
        read_event_weights(data)


def test_weights_that_do_not_fit_their_views_are_refused(weights: EventWeights) -> None:
    short = EventWeights(
        weights.labels, weights.rows, weights.rarity, weights.sizes, weights.weights[:2], weights.bias, 1.0
    )
    with pytest.raises(TaggerError, match="do not fit"):
        read_event_weights(write_event_weights(short))
