"""The chain tagger: its two ways to decode against counting every labelling, and files that it cannot trust."""

from __future__ import annotations

import hashlib
import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import TaggerError
from onrecord.taggers.chain import (
    DIGESTS,
    FOLDER,
    Chain,
    likelihoods,
    load_chain,
    read_chain,
    scores,
    write_chain,
)

SIGNS = ("capital", "after a colon", "verb", "quoted")
LABELS = ("cue", "content", "other")


@pytest.fixture
def chain() -> Chain:
    """Weights in steps of 1/8, which half precision holds without loss."""
    generator = np.random.default_rng(7)
    weights = (generator.integers(-16, 16, (len(SIGNS), len(LABELS))) / 8).astype(np.float32)
    steps = (generator.integers(-16, 16, (len(LABELS), len(LABELS))) / 8).astype(np.float32)
    return Chain(LABELS, {sign: row for row, sign in enumerate(SIGNS)}, weights, steps)


SEQUENCES = [
    ([["capital"]], "one position"),
    ([["capital", "verb"], [], ["quoted"]], "a position without signs"),
    ([["never seen"], ["verb", "never seen"], ["after a colon"], ["quoted", "capital"]], "unknown signs say nothing"),
]


def total(chain: Chain, sequence: list[list[str]], labels: tuple[int, ...]) -> float:
    """The weight of one labelling, summed by hand."""
    own = sum(
        float(chain.weights[chain.rows[sign], label])
        for signs, label in zip(sequence, labels, strict=True)
        for sign in signs
        if sign in chain.rows
    )
    return own + sum(float(chain.steps[a, b]) for a, b in itertools.pairwise(labels))


@pytest.mark.parametrize(("sequence", "why"), SEQUENCES)
def test_likelihoods_are_shares_of_all_labellings(chain: Chain, sequence: list[list[str]], why: str) -> None:
    every = list(itertools.product(range(len(LABELS)), repeat=len(sequence)))
    weights = [math.exp(total(chain, sequence, labels)) for labels in every]
    for at, found in enumerate(likelihoods(chain, [sequence], "content")[0]):
        held = sum(weight for labels, weight in zip(every, weights, strict=True) if labels[at] == 1)
        assert found == pytest.approx(held / sum(weights), abs=1e-6), why


def test_long_sequences_do_not_overflow(chain: Chain) -> None:
    heavy = Chain(chain.labels, chain.rows, chain.weights * 100, chain.steps * 100)
    [found] = likelihoods(heavy, [[["verb"], ["quoted", "capital"]] * 2000], "cue")
    assert all(0 <= value <= 1 for value in found)


def test_nothing_to_label_gives_nothing(chain: Chain) -> None:
    assert likelihoods(chain, [[]], "cue") == [[]]
    assert likelihoods(chain, [], "cue") == []
    assert scores(chain, [[], []]).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_written_chain_reads_back_the_same(chain: Chain) -> None:
    data = write_chain(chain)
    again = read_chain(data)
    assert (again.labels, dict(again.rows)) == (chain.labels, dict(chain.rows))
    assert np.array_equal(again.weights, chain.weights)
    assert np.array_equal(again.steps, chain.steps)
    assert write_chain(again) == data


def kept(folder: Path, data: bytes, digest: str) -> Path:
    (folder / "weights.npz").write_bytes(data)
    (folder / DIGESTS).write_text(f"{digest}  weights.npz\n")
    return folder


def test_weights_are_read_where_their_digest_fits(tmp_path: Path, chain: Chain) -> None:
    data = write_chain(chain)
    assert load_chain("weights", kept(tmp_path, data, hashlib.sha256(data).hexdigest())).labels == LABELS


def test_damaged_weights_are_an_error(tmp_path: Path, chain: Chain) -> None:
    data = write_chain(chain)
    with pytest.raises(TaggerError, match="damaged"):
        load_chain("weights", kept(tmp_path, data[:-1], hashlib.sha256(data).hexdigest()))


def test_missing_weights_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match="cannot read the weights 'weights'"):
        load_chain("weights", tmp_path)


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_what_is_no_chain_is_an_error(data: bytes) -> None:
    with pytest.raises(TaggerError):
        read_chain(data)


def test_weights_that_do_not_fit_their_signs_are_an_error(chain: Chain) -> None:
    with pytest.raises(TaggerError, match="do not fit"):
        read_chain(write_chain(Chain(LABELS, {"one": 0}, chain.weights, chain.steps)))


def test_shipped_weights_of_statements_are_listed_small_and_described() -> None:
    shipped = sorted(FOLDER.glob("statement_*.*"))
    listed = {line.split()[1] for line in (FOLDER / DIGESTS).read_text().splitlines()}
    assert shipped
    assert {path.name for path in shipped} <= listed
    assert sum(path.stat().st_size for path in shipped) < 15_000_000
    card = (FOLDER / "statements.md").read_text()
    assert all(path.name in card for path in shipped)
