"""The convolutional tagger: its scores against sums by hand, and files that it cannot trust."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.errors import TaggerError
from onrecord.model.parsed import VECTOR
from onrecord.taggers.chain import DIGESTS, FOLDER
from onrecord.taggers.network import (
    WINDOW,
    Network,
    best_paths,
    firmness,
    load_network,
    read_network,
    scores,
    sums,
    write_network,
)

LABELS = ("content", "source", "other")
WIDTH = 4


@pytest.fixture
def network() -> Network:
    """Weights in steps of 1/8, which half precision holds without loss."""
    generator = np.random.default_rng(3)

    def some(*shape: int) -> NDArray[np.float32]:
        return (generator.integers(-8, 8, shape) / 8).astype(np.float32)

    signs = some(3, WIDTH)
    signs[0] = 0
    return Network(
        LABELS, {"verb": 1, "quoted": 2}, signs, some(6, WIDTH), some(6, WIDTH), some(WIDTH),
        some(2, WINDOW * WIDTH, WIDTH), some(2, WIDTH), (1, 3), some(WIDTH, 3), some(3), some(3, 3),
    )  # fmt: skip


def test_sums_add_known_signs_and_unknown_ones_say_nothing(network: Network) -> None:
    found = sums(network, [["verb"], [], ["never seen", "quoted", "verb"]])
    assert np.array_equal(found[0], network.signs[1])
    assert np.array_equal(found[1], np.zeros(WIDTH))
    assert np.allclose(found[2], network.signs[1] + network.signs[2])


def test_scores_are_those_of_the_sums_written_out(network: Network) -> None:
    summed = sums(network, [["verb"], ["quoted"], [], ["verb", "quoted"]])
    held = [np.maximum(row + network.bias, 0) for row in summed]
    for kernel, bias, dilation in zip(network.kernels, network.kernel_bias, network.dilations, strict=True):
        weights = kernel.reshape(WINDOW, WIDTH, WIDTH)
        after = []
        for at, row in enumerate(held):
            seen = bias.copy()
            for step in range(WINDOW):
                other = at + (step - WINDOW // 2) * dilation
                if 0 <= other < len(held):
                    seen = seen + held[other] @ weights[step]
            after.append(row + np.maximum(seen, 0))
        held = after
    wanted = [row @ network.out + network.out_bias for row in held]
    assert np.allclose(scores(network, [summed])[0], wanted, atol=1e-5)
    beside = scores(network, [summed[:1], summed, summed[:2]])
    assert np.allclose(beside[1], wanted, atol=1e-5), "sequences laid end to end do not see each other"
    assert np.allclose(beside[2], scores(network, [summed[:2]])[0], atol=1e-5)


def test_labels_are_those_of_the_heaviest_way(network: Network) -> None:
    [given] = scores(network, [sums(network, [["verb"], ["quoted"], [], ["verb", "quoted"]])])

    def total(path: tuple[int, ...]) -> float:
        own = sum(float(given[at, one]) for at, one in enumerate(path))
        return own + sum(float(network.steps[a, b]) for a, b in itertools.pairwise(path))

    heaviest = max(itertools.product(range(3), repeat=4), key=total)
    assert best_paths(network, [given]) == [list(heaviest)]
    assert best_paths(network, [given[:1], given, given[:0]])[1:] == [list(heaviest), []]
    assert 0 < firmness(given, heaviest) <= 1


def test_nothing_to_label_gives_nothing(network: Network) -> None:
    assert best_paths(network, []) == []
    assert scores(network, []) == []
    assert firmness(np.zeros((0, 3), np.float32), []) == 1.0


def test_written_network_reads_back_the_same(network: Network) -> None:
    data = write_network(network)
    again = read_network(data)
    assert (again.labels, again.rows, again.dilations) == (network.labels, network.rows, network.dilations)
    for part in ("signs", "own", "anchor", "bias", "kernels", "kernel_bias", "out", "out_bias", "steps"):
        assert np.array_equal(getattr(again, part), getattr(network, part)), part
    assert write_network(again) == data


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_what_is_no_network_is_an_error(data: bytes) -> None:
    with pytest.raises(TaggerError):
        read_network(data)


def test_weights_that_do_not_fit_each_other_are_an_error(network: Network) -> None:
    parts = {name: getattr(network, name) for name in Network.__slots__}
    with pytest.raises(TaggerError, match="do not fit"):
        read_network(write_network(Network(**{**parts, "rows": {"verb": 1}})))


def test_damaged_weights_are_an_error(tmp_path: Path, network: Network) -> None:
    data = write_network(network)
    (tmp_path / "weights.npz").write_bytes(data[:-1])
    (tmp_path / DIGESTS).write_text(f"{hashlib.sha256(data).hexdigest()}  weights.npz\n")
    with pytest.raises(TaggerError, match="damaged"):
        load_network("weights", tmp_path)


def test_shipped_network_takes_the_parsers_vectors() -> None:
    shipped = load_network("statement_roles", FOLDER)
    assert shipped.own.shape[0] == VECTOR
    assert set(shipped.labels) == {"content", "source", "cue", "other"}
