"""What the trained tagger reads in a report: cues, and for each the words of its content, its source and its own.

It was trained on attributions that hold no others, so of two readings the one whose content takes in the other's cue
stands; what is said inside a content is left to the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.cue_signs import QUOTE_REACH, cue_signs, may_be_cue
from onrecord.extract.statements.evidence import NOBODY, Evidence, tokens_of
from onrecord.extract.statements.roles import ROLE_WEIGHTS, Roles, read_roles
from onrecord.extract.statements.sources import QUOTERS
from onrecord.taggers.chain import Chain, likelihoods, load_chain
from onrecord.taggers.network import Network, load_network

CUE_WEIGHTS = "statement_cues"
IS_CUE, NO_CUE = "cue", "other"
SEEN = 0.3  # from here on a word is shown as a cue to the chain that reads the roles around another one
MIN_QUOTED = 4  # tokens of a quotation in a content that take all of it along, where they are not half of it anyway


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution in tokens: `cue` is the head of the cue's `words`; `sure` its likelihood, `firm` how firmly the
    words around it were read."""

    cue: int
    sure: float
    firm: float
    words: frozenset[int]
    content: frozenset[int]
    source: frozenset[int]


@dataclass(frozen=True, slots=True)
class Bars:
    """From where on a word is a cue: if the rules have it as one too, if they do not, and if it has words in quotation
    marks for its content."""

    with_rule: float
    alone: float
    quoting: float


@dataclass(frozen=True, slots=True)
class Taggers:
    """The two trained layers: which words are cues, and the roles of the words around each."""

    cues: Chain
    roles: Network


# chosen on PolNeAR's development articles; full F1 hardly moves from .15 and .25 to .3 and .4, lower ones find more
BARS = Bars(with_rule=0.2, alone=0.32, quoting=0.1)


@cache
def load_taggers() -> Taggers:
    """The taggers that come with the package; TaggerError where a file is missing or changed."""
    return Taggers(load_chain(CUE_WEIGHTS), load_network(ROLE_WEIGHTS))


def find_tagged(evidence: Evidence, taggers: Taggers, likely: Mapping[int, float], bars: Bars) -> tuple[Tagged, ...]:
    """All readings of a report that no other one takes in, in the order of their cues; `likely` as the cue tagger has
    it."""
    forms = _forms(evidence, likely, bars)
    passing = {index for one in evidence.rules for index in _passing_words(evidence, one)}
    found = {index for index, sure in likely.items() if sure >= _bar(evidence, index, bars)}
    seen = frozenset(index for index, sure in likely.items() if sure >= SEEN)
    found |= {index for index, sure in likely.items() if sure >= bars.quoting and _may_quote(evidence, index)}
    cues = sorted((found - passing) | forms.keys())
    roles = read_roles(evidence, taggers.roles, [cue for cue in cues if cue not in forms], seen)
    read = [forms.get(cue) or _read(evidence, roles[cue], cue, likely[cue]) for cue in cues]
    read = [one for one in read if one.cue in forms or _is_likely(evidence, one, bars)]
    claimed = frozenset(index for one in read for index in one.content)
    return _outermost([one for one in (_with_ruled(evidence, one, claimed) for one in read) if one.content])


def _may_quote(evidence: Evidence, index: int) -> bool:
    """Whether a quotation stands near a word, or around it."""
    near = evidence.marked.inside[max(0, index - QUOTE_REACH) : index + QUOTE_REACH + 1]
    return any(number is not None for number in near)


def _is_likely(evidence: Evidence, one: Tagged, bars: Bars) -> bool:
    """Whether a cue is likely enough for what it has for a content: words in quotation marks are somebody's."""
    quotes = any(evidence.marked.inside[index] is not None for index in one.content)
    return one.sure >= (bars.quoting if quotes else _bar(evidence, one.cue, bars))


def _bar(evidence: Evidence, index: int, bars: Bars) -> float:
    return bars.alone if evidence.in_cue[index] == NOBODY else bars.with_rule


def cue_likelihoods(evidence: Evidence, chain: Chain) -> dict[int, float]:
    """How likely each token that may be a cue is one."""
    sentences = [
        [index for index in range(sentence.first, sentence.last) if may_be_cue(evidence, index)]
        for sentence in evidence.parsed.sentences
    ]
    signs = [[cue_signs(evidence, index) for index in tokens] for tokens in sentences]
    likely = likelihoods(chain, signs, IS_CUE)
    return {
        index: sure
        for tokens, row in zip(sentences, likely, strict=True)
        for index, sure in zip(tokens, row, strict=True)
    }


def _forms(evidence: Evidence, likely: Mapping[int, float], bars: Bars) -> dict[int, Tagged]:
    """What the rules read by its form, where words tell no better: colons and dashes, headlines, and who cites whom."""
    found: dict[int, Tagged] = {}
    for one in evidence.rules:
        if one.cue is None:
            continue
        is_mark = not any(c.isalnum() for c in evidence.parsed.words(one.cue.span))
        words = (one.cue.token, *_passing_words(evidence, one))
        sure = 1.0 if is_mark else max(likely.get(word, 0.0) for word in words)
        cites = one.relays or evidence.lemma[one.cue.token] in QUOTERS
        is_title = evidence.parsed.sentences[evidence.parsed.tokens[one.cue.token].sentence].part == "title"
        if is_mark or ((cites or is_title) and sure >= bars.with_rule):
            found[one.cue.token] = _from_rule(evidence, one, one.cue.token, sure)
    return found


def _passing_words(evidence: Evidence, one: Attribution) -> tuple[int, ...]:
    """The words by which somebody passes an attribution on, its own cue aside: "quoted" of "quoted him as saying"."""
    spans = [passing.cue for passing in one.relays if passing.cue and one.cue and passing.cue != one.cue.span]
    return tuple(tokens_of(evidence.marked, spans))


def _from_rule(evidence: Evidence, one: Attribution, cue: int, sure: float) -> Tagged:
    """The rules' attribution as a reading."""
    content = frozenset(tokens_of(evidence.marked, one.content))
    source = frozenset(tokens_of(evidence.marked, (one.source.phrase,) if one.source else ()))
    words = frozenset(tokens_of(evidence.marked, (one.cue.span,) if one.cue else ()))
    return Tagged(cue, sure, 1.0, words | {cue}, content - {cue}, source)


def _read(evidence: Evidence, roles: Roles, cue: int, sure: float) -> Tagged:
    """A reading from the roles of the words around one cue."""
    first, last = roles.first, roles.first + len(roles.roles)
    held: dict[str, set[int]] = {}
    for index, role in enumerate(roles.roles, start=first):
        held.setdefault(role, set()).add(index)
    content = _with_quotations(evidence, cue, held.get("content", set()), first, last)
    one = Tagged(
        cue,
        sure,
        roles.firm,
        frozenset({cue, *held.get("cue", ())}),
        content - {cue},
        frozenset(held.get("source", ())),
    )
    rule = rule_of(evidence, one)
    return one if one.content or rule is None else _from_rule(evidence, rule, cue, sure)


def _with_quotations(evidence: Evidence, cue: int, content: set[int], first: int, last: int) -> frozenset[int]:
    """A content with the whole of each quotation that it holds a good part of."""
    found = set(content)
    for number in {evidence.marked.inside[index] for index in content} - {None}:
        quote = evidence.marked.quotes[number or 0]
        if quote.first <= cue < quote.last:
            continue
        tokens = range(max(quote.first, first), min(quote.last, last))
        held = sum(index in content for index in tokens)
        if held * 2 >= len(tokens) or held >= MIN_QUOTED:
            found.update(tokens)
    return frozenset(found)


def _with_ruled(evidence: Evidence, one: Tagged, claimed: Collection[int]) -> Tagged:
    """A reading with the quotations that the rules give its cue and no reading claims: "…," he said. "…"."""
    rule = rule_of(evidence, one)
    if rule is None or not one.content:
        return one
    content = set(one.content)
    for number in {evidence.marked.inside[index] for index in tokens_of(evidence.marked, rule.content)} - {None}:
        quote = evidence.marked.quotes[number or 0]
        tokens = range(quote.first, quote.last)
        whole = all(evidence.in_content[index] != NOBODY for index in tokens)
        if whole and not any(index in claimed or index == one.cue for index in tokens):
            content.update(tokens)
    return replace(one, content=frozenset(content))


def _outermost(read: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Readings whose cue is in no other's content; words that several claim go to the likeliest."""
    holders: dict[int, list[Tagged]] = {one.cue: [] for one in read}
    for other in read:
        for cue in other.content & holders.keys():
            holders[cue].append(other)
    kept = [
        one for one in read if all(other.cue in one.content and one.sure > other.sure for other in holders[one.cue])
    ]
    taken: set[int] = set()
    found: list[Tagged] = []
    for one in sorted(kept, key=lambda one: (-one.sure, one.cue)):
        rest = one.content - taken
        taken |= rest
        if rest:
            found.append(replace(one, content=rest))
    return tuple(sorted(found, key=lambda one: one.cue))


def rule_of(evidence: Evidence, one: Tagged) -> Attribution | None:
    """The rules' attribution with the same cue, by its head or by any word of it."""
    numbers = [evidence.in_cue[index] for index in (one.cue, *sorted(one.words))]
    return next((evidence.rules[number] for number in numbers if number != NOBODY), None)
