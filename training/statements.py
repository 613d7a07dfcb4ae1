"""Trains the taggers of statements: `python -m training.statements FOLDER` writes their weights into the package.

FOLDER holds `train.jsonl` (articles with source, cue and content of each attribution) in the format of the statements
benchmark. Same data, same parser, same lexicons, same weights: what chance there is comes from one seed.

A chain learns, sentence by sentence, which words are cues; a network, cue by cue, the roles of the words around it. The
network is shown the other cues that chains trained on the other half of the articles find, so it learns with the
mistakes it will meet. Last, a regression learns how probable it is that an attribution is right, on one half of the
articles, from what a chain and a network that only saw the other half make of them.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.tools import Row, Tools, load_tools, plain_document, read_rows
from onrecord.extract.statements import find_by_rules
from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.cue_signs import cue_signs, may_be_cue
from onrecord.extract.statements.evidence import Evidence, gather, tokens_of
from onrecord.extract.statements.lifted import read_with
from onrecord.extract.statements.odds import STATEMENT_ODDS, Facts
from onrecord.extract.statements.pair_signs import PairSigns
from onrecord.extract.statements.quotes import mark_quotes
from onrecord.extract.statements.role_signs import cue_role_signs, look, token_signs
from onrecord.extract.statements.roles import ROLE_WEIGHTS, ROLES
from onrecord.extract.statements.tagged import CUE_WEIGHTS, IS_CUE, NO_CUE, SEEN, Bars, Taggers
from onrecord.taggers.chain import Chain, likelihoods, write_chain
from onrecord.taggers.network import Network, read_network, write_network
from onrecord.taggers.odds import write_odds
from training.chains import Sequences, train_chain
from training.networks import Signs, Task, Text, train_network
from training.regression import learn_odds
from training.weights import keep

HEAD_POS = ("VERB", "NOUN", "ADJ", "AUX", "ADP", "SCONJ")
# L1 and L2 strengths and rounds were chosen on the development articles; signs seen fewer times are left out
CUE_OPTIONS = {"c1": 2.0, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 3}
ROLE_LEAST, ROLE_ROUNDS = 10, 3
JUDGED = Bars(0.1, 0.1, 0.1)  # from where on readings are judged: lower than where they are taken for statements


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
    labels = (IS_CUE, NO_CUE)
    cues = train_chain([one for article in sentences for one in article], labels, CUE_OPTIONS)
    keep(f"{CUE_WEIGHTS}.npz", write_chain(cues))
    chains = [
        train_chain([one for article in sentences[1 - half :: 2] for one in article], labels, CUE_OPTIONS)
        for half in (0, 1)
    ]
    found = [_found(chains[n % 2], articles[n][0], sentences[n]) for n in range(len(articles))]
    del sentences
    signs = Signs()
    texts: list[Text] = []
    tasks: list[Task] = []
    for number, ((evidence, gold), seen) in enumerate(zip(articles, found, strict=True)):
        texts.append(_text(evidence, signs))
        tasks.extend(_tasks(number, evidence, gold, seen, signs))
    keep(f"{ROLE_WEIGHTS}.npz", write_network(train_network(tasks, texts, signs, ROLES, ROLE_LEAST, ROLE_ROUNDS)))
    odd = [one for one in tasks if one.text % 2]
    taggers = Taggers(chains[0], _halved(train_network(odd, texts, signs, ROLES, ROLE_LEAST, ROLE_ROUNDS)))
    known = [one for evidence, gold in articles[::2] for one in _judged(evidence, gold, taggers)]
    about = f"What each fact adds to the log odds that an attribution is right; learned from {len(known)} of them."
    keep(f"{STATEMENT_ODDS}.tsv", write_odds(learn_odds(known), about).encode())


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


def _found(chain: Chain, evidence: Evidence, sequences: Sequences) -> frozenset[int]:
    tokens = [
        index
        for sentence in evidence.parsed.sentences
        for index in range(sentence.first, sentence.last)
        if may_be_cue(evidence, index)
    ]
    likely = [sure for row in likelihoods(chain, [signs for signs, _ in sequences], IS_CUE) for sure in row]
    return frozenset(index for index, sure in zip(tokens, likely, strict=True) if sure >= SEEN)


def _text(evidence: Evidence, signs: Signs) -> Text:
    rows = [signs.of(token_signs(evidence, token.i)) for token in evidence.parsed.tokens]
    return Text(np.array(rows, np.int64), evidence.parsed.vectors.astype(np.float32))


def _tasks(number: int, evidence: Evidence, gold: Sequence[Gold], cues: frozenset[int], signs: Signs) -> Iterator[Task]:
    """The words around each cue with their roles."""
    for one in gold:
        view = look(evidence, one.head, cues | {one.head})
        pairs = [signs.of(pair) for pair in PairSigns(str).of(evidence, view)]
        yield Task(
            text=number,
            first=view.first,
            anchor=one.head,
            pairs=np.array([sign for row in pairs for sign in row], np.int64),
            counts=np.array([len(row) for row in pairs], np.int64),
            about=np.array(signs.of(cue_role_signs(evidence, view)), np.int64),
            labels=np.array([ROLES.index(_role(one, index)) for index in range(view.first, view.last)], np.int64),
        )


def _halved(network: Network) -> Network:
    """A network as it comes back from its file, in half precision."""
    return read_network(write_network(network))


def _judged(evidence: Evidence, gold: Sequence[Gold], taggers: Taggers) -> Iterator[tuple[Facts, bool]]:
    """The outermost attributions that some taggers give, with whether the gold data have each."""
    read = read_with(evidence, taggers, JUDGED)
    held = [frozenset(tokens_of(evidence.marked, one.content)) for one, _ in read]
    for number, (one, facts) in enumerate(read):
        cue = one.cue.token if one.cue is not None else -1
        if not any(cue in content for other, content in enumerate(held) if other != number):
            yield facts, any(_matches(evidence, one, held[number], wanted) for wanted in gold)


def _matches(evidence: Evidence, one: Attribution, content: Collection[int], wanted: Gold) -> bool:
    """Whether contents overlap by half, and sources and cues at all: the benchmark's full match."""
    mine, theirs = _words(evidence, content), _words(evidence, wanted.content)
    cue = frozenset(tokens_of(evidence.marked, (one.cue.span,) if one.cue else ()))
    source = frozenset(tokens_of(evidence.marked, (one.source.phrase,) if one.source else ()))
    sources = bool(source & wanted.source) or not (source or wanted.source)
    return 2 * len(mine & theirs) >= len(mine | theirs) > 0 and bool(cue & wanted.cue) and sources


def _words(evidence: Evidence, tokens: Collection[int]) -> frozenset[int]:
    return frozenset(i for i in tokens if any(c.isalnum() for c in evidence.parsed.tokens[i].text))


def _role(one: Gold, index: int) -> str:
    held = ((one.cue, "cue"), (one.content, "content"), (one.source, "source"))
    return next((role for words, role in held if index in words), "other")


if __name__ == "__main__":
    main()
