"""Trains the tagger of statements: `python -m training.statements FOLDER` writes its weights into the package.

FOLDER holds `train.jsonl` (articles with source, cue and content of each attribution) in the format of the statements
benchmark. Same data, same parser, same lexicons, same weights: there is no chance in it. Takes about ten CPU minutes.

Two chains learn: one, sentence by sentence, which words are cues; the other, cue by cue, the roles around it. The
second is shown the other cues that chains trained on other articles find, so it learns with the mistakes it will meet.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite

from bench.tools import Row, Tools, load_tools, plain_document, read_rows
from onrecord.extract.statements import find_by_rules
from onrecord.extract.statements.cue_signs import cue_signs, may_be_cue
from onrecord.extract.statements.evidence import Evidence, gather
from onrecord.extract.statements.quotes import mark_quotes
from onrecord.extract.statements.role_signs import role_signs
from onrecord.extract.statements.tagged import CUE_WEIGHTS, IS_CUE, NO_CUE, ROLE_WEIGHTS, ROLES, SEEN
from onrecord.taggers.chain import DIGESTS, FOLDER, Chain, likelihoods, write_chain

FOLDS = 3
HEAD_POS = ("VERB", "NOUN", "ADJ", "AUX", "ADP", "SCONJ")
# L1 and L2 strengths and rounds were chosen on the development articles; signs seen fewer times are left out
CUE_OPTIONS = {"c1": 2.0, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 3}
ROLE_OPTIONS = {"c1": 2.0, "c2": 0.1, "max_iterations": 60, "feature.minfreq": 5}

Sequences = list[tuple[list[list[str]], list[str]]]


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution of the gold data in tokens; `head` is the cue's highest word."""

    head: int
    cue: frozenset[int]
    content: frozenset[int]
    source: frozenset[int]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tools = load_tools()
    articles = [_article(row, tools) for row in read_rows(Path(sys.argv[1]) / "train.jsonl")]
    sentences = [_cue_sequences(evidence, gold) for evidence, gold in articles]
    _write(CUE_WEIGHTS, _train([one for article in sentences for one in article], (IS_CUE, NO_CUE), CUE_OPTIONS))
    found = _cross_found(articles, sentences)
    roles = [one for article, cues in zip(articles, found, strict=True) for one in _role_sequences(*article, cues)]
    _write(ROLE_WEIGHTS, _train(roles, ROLES, ROLE_OPTIONS))


def _article(row: Row, tools: Tools) -> tuple[Evidence, list[Gold]]:
    parsed = tools.parsed(plain_document(row["id"], row["text"], heading=True))
    marked = mark_quotes(parsed)
    evidence = gather(marked, find_by_rules(marked, tools.lexicon), tools.lexicon.cues)
    return evidence, [gold for one in row["attributions"] if one["cue"] and (gold := _gold(evidence, one))]


def _gold(evidence: Evidence, one: Row) -> Gold | None:
    cue, content, source = (frozenset(_tokens(evidence, one[role])) for role in ("cue", "content", "source"))
    tokens = evidence.parsed.tokens
    words = [index for index in cue if tokens[index].pos not in ("PUNCT", "SPACE")] or sorted(cue)
    if not words:
        return None
    depth = {index: sum(1 for _ in evidence.parsed.ancestors(index)) for index in words}
    head = min(words, key=lambda index: (tokens[index].pos not in HEAD_POS, depth[index], index))
    return Gold(head, cue, content, source)


def _tokens(evidence: Evidence, spans: Iterable[Sequence[int]]) -> Iterator[int]:
    """The tokens that share a letter or figure with a span, and the punctuation that lies in it."""
    for start, end in spans:
        first, last = evidence.marked.token_at(start + 1), bisect_left(evidence.marked.starts, end)
        for token in evidence.parsed.tokens[first:last]:
            shared = evidence.parsed.text[max(token.start, start) : min(token.end, end)]
            if shared and (any(c.isalnum() for c in shared) or not any(c.isalnum() for c in token.text)):
                yield token.i


def _cue_sequences(evidence: Evidence, gold: Sequence[Gold]) -> Sequences:
    heads = {one.head for one in gold}
    found: Sequences = []
    for sentence in evidence.parsed.sentences:
        tokens = [index for index in range(sentence.first, sentence.last) if may_be_cue(evidence, index)]
        if tokens:
            labels = [IS_CUE if index in heads else NO_CUE for index in tokens]
            found.append(([cue_signs(evidence, index) for index in tokens], labels))
    return found


def _cross_found(
    articles: Sequence[tuple[Evidence, list[Gold]]], sentences: Sequence[Sequences]
) -> list[frozenset[int]]:
    """The cues that a chain trained without an article finds in it."""
    found: list[frozenset[int]] = [frozenset()] * len(articles)
    for fold in range(FOLDS):
        known = [one for number, article in enumerate(sentences) if number % FOLDS != fold for one in article]
        chain = _train(known, (IS_CUE, NO_CUE), CUE_OPTIONS)
        for number in range(fold, len(articles), FOLDS):
            found[number] = _found(chain, articles[number][0], sentences[number])
    return found


def _found(chain: Chain, evidence: Evidence, sequences: Sequences) -> frozenset[int]:
    tokens = [
        index
        for sentence in evidence.parsed.sentences
        for index in range(sentence.first, sentence.last)
        if may_be_cue(evidence, index)
    ]
    likely = [sure for signs, _ in sequences for sure in likelihoods(chain, signs, IS_CUE)]
    return frozenset(index for index, sure in zip(tokens, likely, strict=True) if sure >= SEEN)


def _role_sequences(
    evidence: Evidence, gold: Sequence[Gold], cues: frozenset[int]
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The words around each cue with their roles."""
    for one in gold:
        first, signs = role_signs(evidence, one.head, cues | {one.head})
        yield signs, [_role(one, index) for index in range(first, first + len(signs))]


def _role(one: Gold, index: int) -> str:
    held = ((one.cue, "cue"), (one.content, "content"), (one.source, "source"))
    return next((role for words, role in held if index in words), "other")


def _train(sequences: Sequences, labels: tuple[str, ...], options: dict[str, float]) -> Chain:
    """A chain with the weights that explain the labels best; those of no use are nought and left out."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for signs, wanted in sequences:
        trainer.append(signs, wanted)
    trainer.set_params({**options, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "model")
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        learned = tagger.info()
        tagger.close()
    signs_kept = {sign: row for row, sign in enumerate(sorted({sign for sign, _ in learned.state_features}))}
    weights = np.zeros((len(signs_kept), len(labels)), np.float32)
    for (sign, label), weight in learned.state_features.items():
        weights[signs_kept[sign], labels.index(label)] = weight
    steps = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in learned.transitions.items():
        steps[labels.index(before), labels.index(after)] = weight
    return Chain(labels, signs_kept, weights, steps)


def _write(name: str, chain: Chain) -> None:
    """Put a chain into the package, and its digest into the list there."""
    data = write_chain(chain)
    (FOLDER / f"{name}.npz").write_bytes(data)
    listed = FOLDER / DIGESTS
    digests = _read_digests(listed.read_text()) if listed.exists() else {}
    digests[f"{name}.npz"] = hashlib.sha256(data).hexdigest()
    listed.write_text("".join(f"{digest}  {file}\n" for file, digest in sorted(digests.items())))
    print(f"{name}: {len(chain.rows)} signs, {len(data)} bytes")


def _read_digests(text: str) -> dict[str, str]:
    return {file: digest for digest, file in (line.split() for line in text.splitlines())}


if __name__ == "__main__":
    main()
