"""What is known of every token before anything is decided: its words, its lexicon entry, and what the rules make of it.

The trained tagger sees a report only through this; all tables are by token index.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.quotes import Marked
from onrecord.lexicon.cues import Cues
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl"})
NOUNS = frozenset({"nsubj", "nsubjpass", "csubj", "dobj", "dative", "attr", "agent", "pobj", "appos"})
OTHERS = frozenset({"oprd", "acomp", "parataxis", "prt", "expl", "pcomp", "neg", "auxpass"})
NOBODY = -1  # no attribution of the rules takes this token in


@dataclass(frozen=True, slots=True)
class Evidence:
    """`entry`: the token's lexicon entry in short, or ""; `label`: of the name it is part of; `in_content`,
    `in_source` and `in_cue`: number of the rules' attribution that has the token there, the outermost one, or NOBODY;
    `depth`: how many of their contents hold it; `is_inner[k]`: whether the cue of attribution k stands in a content."""

    marked: Marked
    rules: tuple[Attribution, ...]
    cues: Cues
    lower: tuple[str, ...]
    lemma: tuple[str, ...]
    entry: tuple[str, ...]
    label: tuple[str, ...]
    in_content: tuple[int, ...]
    in_source: tuple[int, ...]
    in_cue: tuple[int, ...]
    depth: tuple[int, ...]
    is_inner: tuple[bool, ...]

    @property
    def parsed(self) -> Parsed:
        return self.marked.parsed


def gather(marked: Marked, rules: Sequence[Attribution], cues: Cues) -> Evidence:
    """The evidence of one report, given the attributions that the rules found in it."""
    tokens = marked.parsed.tokens
    depth = [0] * len(tokens)
    for one in rules:
        for index in tokens_of(marked, one.content):
            depth[index] += 1
    in_content, in_source, in_cue = ([NOBODY] * len(tokens) for _ in range(3))
    inner_first = sorted(range(len(rules)), key=lambda k: depth[cue_of(rules[k])], reverse=True)
    for number in inner_first:  # outer ones are written over inner ones
        one = rules[number]
        for table, spans in ((in_content, one.content), (in_source, _source(one)), (in_cue, _cue(one))):
            for index in tokens_of(marked, spans):
                table[index] = number
    lemma = tuple(token.lemma.lower() for token in tokens)
    lower = tuple(token.lower for token in tokens)
    return Evidence(
        marked,
        tuple(rules),
        cues,
        lower,
        lemma,
        tuple(_entry(cues, token, lemma[token.i], lower[token.i]) for token in tokens),
        _labels(marked.parsed),
        tuple(in_content),
        tuple(in_source),
        tuple(in_cue),
        tuple(depth),
        tuple(depth[cue_of(one)] > (in_content[cue_of(one)] == k) for k, one in enumerate(rules)),
    )


def cue_of(one: Attribution) -> int:
    """The cue's token; 0 for the few without a cue."""
    return one.cue.token if one.cue else 0


def tokens_of(marked: Marked, spans: Sequence[Span]) -> Iterator[int]:
    """The tokens that spans touch, in the order of the spans."""
    for span in spans:
        first = marked.token_at(span.start + 1)
        yield from range(first, max(first + 1, bisect_left(marked.starts, span.end)))


def _source(one: Attribution) -> tuple[Span, ...]:
    return (one.source.phrase,) if one.source else ()


def _cue(one: Attribution) -> tuple[Span, ...]:
    return (one.cue.span,) if one.cue else ()


def _labels(parsed: Parsed) -> tuple[str, ...]:
    labels = [""] * len(parsed.tokens)
    for named in parsed.named:
        labels[named.first : named.last] = [named.label] * (named.last - named.first)
    return tuple(labels)


def _entry(cues: Cues, token: Token, lemma: str, lower: str) -> str:
    """The lexicon's word on a token, kinds aside: a verb's register and frames, a noun's or adjective's complements."""
    if token.pos in ("VERB", "AUX"):
        verb = cues.verbs.get(lemma)
        return f"v{verb.register[:2]}{''.join(sorted(name[0] for name in verb.frames))}{verb.hearer:d}" if verb else ""
    if token.pos in ("NOUN", "ADJ"):
        entry = cues.nouns.get(lemma) if token.pos == "NOUN" else cues.adjectives.get(lower)
        return (
            f"{token.pos[0].lower()}{'t' * ('that' in entry.complements)}{'i' * ('to' in entry.complements)}"
            if entry
            else ""
        )
    return ""


def noun_class(evidence: Evidence, index: int) -> str:
    """What kind of noun: which pronoun, what kind of name, a word for those who speak, or its part of speech."""
    token = evidence.parsed.tokens[index]
    if token.pos == "PRON":
        return evidence.lower[index]
    return evidence.label[index] or evidence.cues.sources.get(evidence.lemma[index]) or token.pos


def clause_lead(evidence: Evidence, clause: int) -> str:
    """What leads a clause in: its conjunction, "to", a question word; else the form of its verb."""
    tokens = evidence.parsed.tokens
    for child in evidence.parsed.children[clause]:
        if tokens[child].dep == "mark" or (tokens[child].dep == "aux" and evidence.lower[child] == "to"):
            return evidence.lower[child]
        if tokens[child].dep == "advmod" and tokens[child].tag == "WRB":
            return "wh"
    return tokens[clause].tag


def frame(evidence: Evidence, word: int) -> tuple[list[str], list[str]]:
    """What a word governs before and after it: subjects, objects, clauses with what leads them in, prepositions."""
    before: list[str] = []
    after: list[str] = []
    for child in evidence.parsed.children[word]:
        dep = evidence.parsed.tokens[child].dep
        if dep == "prep":
            name = f"p:{evidence.lower[child]}"
        elif dep in CLAUSES:
            name = f"{dep}:{clause_lead(evidence, child)}"
        elif dep in NOUNS or dep in OTHERS:
            name = dep
        else:
            continue
        (before if child < word else after).append(name)
    return before, after
