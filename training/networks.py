"""Trains the convolutional tagger of `onrecord.taggers.network` with torch, on one thread and from one seed.

A sequence is signs that belong to each position, signs of the anchor, two kinds of word vectors, and labels. Signs seen
fewer times than asked are left out. The same sequences give the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.taggers.network import WINDOW, Network

SEED = 1
WIDTH = 64
DILATIONS = (1, 3)
DROPOUT = 0.2
RATE, DECAY, CLIP = 2e-3, 1e-2, 5.0
BATCH, POOL = 32, 40  # sequences a step; batches that are sorted by length together
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """One report: the signs of each of its tokens (a row each, the same number), and their vectors."""

    signs: Ints
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Task:
    """One anchor in report number `text`: signs of the positions (`pairs`, `counts` each), of the anchor, labels."""

    text: int
    first: int
    anchor: int
    pairs: Ints
    counts: Ints
    about: Ints
    labels: Ints


class Signs:
    """Numbers for signs, in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, signs: Iterable[str]) -> list[int]:
        return [self.numbers.setdefault(sign, len(self.numbers)) for sign in signs]


class Learner(nn.Module):
    """The network while it learns; `write` gives what is applied later."""

    def __init__(self, signs: int, labels: int, vector: int) -> None:
        super().__init__()
        self.signs = nn.EmbeddingBag(signs + 1, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.signs.weight, std=0.05)
        with torch.no_grad():
            self.signs.weight[0] = 0
        self.own, self.anchor = nn.Linear(vector, WIDTH), nn.Linear(vector, WIDTH, bias=False)
        self.kernels = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, WINDOW, padding=WINDOW // 2 * step, dilation=step) for step in DILATIONS
        )
        self.out, self.drop = nn.Linear(WIDTH, labels), nn.Dropout(DROPOUT)
        self.steps = nn.Parameter(torch.zeros(labels, labels))

    def forward(self, batch: Batch) -> Tensor:
        """Scores, (sequences, positions, labels)."""
        size, length = batch.mask.shape
        summed = self.signs(batch.signs, batch.starts) + self.own(batch.own) + self.anchor(batch.anchor)
        found = torch.zeros(size * length, WIDTH).index_copy(0, batch.places, self.drop(torch.relu(summed)))
        found = found.view(size, length, WIDTH).transpose(1, 2)
        for kernel in self.kernels:
            found = (found + self.drop(torch.relu(kernel(found)))) * batch.mask[:, None, :]
        scores: Tensor = self.out(found.transpose(1, 2))
        return scores


@dataclass(frozen=True, slots=True)
class Batch:
    """Sequences side by side: signs of all their positions in one row, `starts` and `places` of each position."""

    signs: Tensor
    starts: Tensor
    places: Tensor
    own: Tensor
    anchor: Tensor
    mask: Tensor
    labels: Tensor


def train_network(
    sequences: Sequence[Task], texts: Sequence[Text], signs: Signs, labels: tuple[str, ...], least: int, rounds: int
) -> Network:
    """A network with the weights that explain the labels best; signs seen fewer than `least` times are left out."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    names, row_of = _kept(sequences, texts, signs, least)
    middle, spread = _spread(texts)
    texts = [Text(row_of[text.signs], (text.vectors - middle) / spread) for text in texts]
    learner = Learner(len(names), len(labels), len(middle))
    optimizer = torch.optim.AdamW(learner.parameters(), lr=RATE, weight_decay=DECAY)
    chance = np.random.RandomState(SEED)
    steps = rounds * (len(sequences) // BATCH + 1)
    done = 0
    for _ in range(rounds):
        learner.train()
        for chosen in _batches(sequences, chance):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.0, 1 - done / steps) + 1e-5
            batch = _batch([sequences[number] for number in chosen], texts, row_of)
            loss = _surprise(learner(batch), batch, learner.steps).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learner.parameters(), CLIP)
            optimizer.step()
            done += 1
    return _written(learner.eval(), names, labels, middle, spread)


def _kept(sequences: Sequence[Task], texts: Sequence[Text], signs: Signs, least: int) -> tuple[list[str], Ints]:
    """The signs seen often enough, and for each number its row, nought for the others."""
    seen = [
        (one.pairs, one.about, texts[one.text].signs[one.first : one.first + len(one.counts)].ravel())
        for one in sequences
    ]
    counts = np.bincount(np.concatenate([part for parts in seen for part in parts]), minlength=len(signs.numbers))
    names = sorted(sign for sign, number in signs.numbers.items() if counts[number] >= least)
    row_of: Ints = np.zeros(len(signs.numbers), np.int64)
    for row, sign in enumerate(names, start=1):
        row_of[signs.numbers[sign]] = row
    return names, row_of


def _spread(texts: Sequence[Text]) -> tuple[Floats, Floats]:
    vectors = np.concatenate([text.vectors for text in texts])
    return vectors.mean(axis=0), vectors.std(axis=0)


def _batches(sequences: Sequence[Task], chance: np.random.RandomState) -> Iterator[list[int]]:
    """Numbers of sequences in batches of like length, in random order."""
    order = chance.permutation(len(sequences))
    found: list[list[int]] = []
    for start in range(0, len(order), BATCH * POOL):
        pool = sorted(order[start : start + BATCH * POOL].tolist(), key=lambda number: len(sequences[number].counts))
        found.extend(pool[at : at + BATCH] for at in range(0, len(pool), BATCH))
    for number in chance.permutation(len(found)):
        yield found[number]


def _batch(chosen: Sequence[Task], texts: Sequence[Text], row_of: Ints) -> Batch:
    length = max(len(one.counts) for one in chosen)
    mask, labels = np.zeros((len(chosen), length), np.float32), np.zeros((len(chosen), length), np.int64)
    signs, sizes, places, own, anchor = [], [], [], [], []
    for number, one in enumerate(chosen):
        text, size = texts[one.text], len(one.counts)
        of_tokens, about = text.signs[one.first : one.first + size], row_of[one.about]
        total = one.counts + of_tokens.shape[1] + len(about)
        begin = np.cumsum(total) - total
        before = np.cumsum(one.counts) - one.counts
        merged = np.empty(int(total.sum()), np.int64)
        merged[np.repeat(begin - before, one.counts) + np.arange(len(one.pairs))] = row_of[one.pairs]
        merged[(begin + one.counts)[:, None] + np.arange(of_tokens.shape[1])] = of_tokens
        merged[(begin + one.counts + of_tokens.shape[1])[:, None] + np.arange(len(about))] = about
        signs.append(merged)
        sizes.append(total)
        places.append(number * length + np.arange(size))
        own.append(text.vectors[one.first : one.first + size])
        anchor.append(np.repeat(text.vectors[one.anchor][None], size, axis=0))
        mask[number, :size], labels[number, :size] = 1, one.labels
    every = np.concatenate(sizes)
    parts = (np.concatenate(signs), np.cumsum(every) - every, np.concatenate(places), np.concatenate(own))
    return Batch(*map(torch.from_numpy, (*parts, np.concatenate(anchor), mask, labels)))


def _surprise(scores: Tensor, batch: Batch, steps: Tensor) -> Tensor:
    """Minus the log likelihood of each sequence's labels among all labellings."""
    own = torch.gather(scores, 2, batch.labels[:, :, None])[:, :, 0] * batch.mask
    moves = steps[batch.labels[:, :-1], batch.labels[:, 1:]] * batch.mask[:, 1:]
    reached = scores[:, 0]
    for at in range(1, scores.shape[1]):
        further = torch.logsumexp(reached[:, :, None] + steps, 1) + scores[:, at]
        reached = torch.where(batch.mask[:, at, None] > 0, further, reached)
    return torch.logsumexp(reached, 1) - own.sum(1) - moves.sum(1)


def _written(
    learner: Learner, names: Sequence[str], labels: tuple[str, ...], middle: Floats, spread: Floats
) -> Network:
    """The learned weights as they are applied: vectors' middle and spread are folded into the weights."""
    part = {name: value.detach().numpy() for name, value in learner.state_dict().items()}
    own, anchor = (part[f"{name}.weight"].T / spread[:, None] for name in ("own", "anchor"))
    bias = part["own.bias"] - middle @ own - middle @ anchor
    numbers = range(len(DILATIONS))
    kernels = [part[f"kernels.{k}.weight"].transpose(2, 1, 0).reshape(WINDOW * WIDTH, WIDTH) for k in numbers]
    return Network(
        labels=labels,
        rows={name: row for row, name in enumerate(names, start=1)},
        signs=part["signs.weight"],
        own=own,
        anchor=anchor,
        bias=bias,
        kernels=np.stack(kernels),
        kernel_bias=np.stack([part[f"kernels.{k}.bias"] for k in numbers]),
        dilations=DILATIONS,
        out=part["out.weight"].T,
        out_bias=part["out.bias"],
        steps=part["steps"],
    )
