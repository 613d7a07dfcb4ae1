"""By what the trained reader judges which words around a cue are its content, its source or more of the cue.

Three kinds of signs: what a token is whatever the cue, what the cue is, and how the two stand to each other
(`pair_signs.py`): the way through the tree between them, quotations, and what the rules make of the token. Training and
use build signs with the same code, so a change here asks for new weights.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.extract.statements.evidence import NOBODY, Evidence, clause_lead, frame, tokens_of

REACH = 220  # tokens on each side of a cue within its paragraph; twice that where the rules' content goes on
MAX_CLIMB = 3  # steps from the cue up that are told apart
# code points of the names on the way up; the shorter one after the last step told apart
SHORT_WAY, LONGEST_WAY = 24, 80
ADVERBIAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "conj", "parataxis"})
PREPOSITIONS = frozenset(
    {"for", "to", "of", "about", "on", "in", "by", "as", "with", "against", "from", "over", "at", "into"}
)
FAR = 99  # no quotation on that side


@dataclass(frozen=True, slots=True)
class View:
    """A report as seen from one cue: `first` to `last` are the tokens in view; the lists are by token minus `first`.

    `place`: the way through the tree; `branch`: which child of the cue, or of a head above it, a token belongs to;
    `level`: how far below that child; `theirs`: whether another cue governs it; `between`: cues on the way;
    `rule`: c, s, k for content, source and cue of the rules' attribution with this cue, else n, or - without one.
    """

    cue: int
    first: int
    last: int
    lemma: str
    entry: str
    core: str
    place: list[str]
    branch: list[int]
    level: list[int]
    theirs: list[bool]
    between: list[int]
    rule: list[str]
    rule_form: str
    quote_before: int | None
    quote_after: int | None
    gap_before: int
    gap_after: int


def look(evidence: Evidence, cue: int, cues: Collection[int]) -> View:
    """What stands around a cue; `cues` are all cues of the report."""
    first, last = _range(evidence, cue)
    place, branch, level, theirs = _places(evidence, cue, first, last, cues)
    rule, form = _rule_roles(evidence, cue, first, last)
    inside = evidence.marked.inside
    before = next((at for at in range(cue - 1, first - 1, -1) if inside[at] is not None), None)
    after = next((at for at in range(cue + 1, last) if inside[at] is not None), None)
    sides, core = frame(evidence, cue)
    core = [name for name in core if not name.startswith("p:")]
    return View(
        cue,
        first,
        last,
        evidence.lemma[cue],
        evidence.entry[cue] or "-",
        ",".join(core) + ("|passive" if "auxpass" in sides else ""),
        place,
        branch,
        level,
        theirs,
        _between(cue, first, last, cues),
        rule,
        form,
        None if before is None else inside[before],
        None if after is None else inside[after],
        FAR if before is None else cue - before,
        FAR if after is None else after - cue,
    )


def token_signs(evidence: Evidence, index: int) -> list[str]:
    """What a token is, whatever the cue."""
    token, inside = evidence.parsed.tokens[index], evidence.marked.inside
    number = inside[index]
    starts = index == 0 or inside[index - 1] != number
    ends = index + 1 == len(inside) or inside[index + 1] != number
    sentence = evidence.parsed.sentences[token.sentence]
    return [
        f"w {evidence.lower[index]}",
        f"t {token.tag}",
        f"d {token.dep}",
        f"n {evidence.label[index]}",
        f"e {evidence.entry[index]}",
        f"o {number is not None:d}{starts:d}{ends:d}",
        f"s {index == sentence.first:d}{index + 1 == sentence.last:d}",
        f"h {_held(evidence, index)}",
    ]


def cue_role_signs(evidence: Evidence, view: View) -> list[str]:
    """What the cue is."""
    token = evidence.parsed.tokens[view.cue]
    return [
        f"L {view.lemma}",
        f"W {evidence.lower[view.cue]}",
        f"E {view.entry}",
        f"C {view.core}",
        f"T {token.tag} {token.dep}",
        f"F {view.rule_form}",
        f"Q {min(view.gap_before, 6)} {min(view.gap_after, 6)}",
        f"LC {view.lemma} {view.core}",
    ]


def _held(evidence: Evidence, index: int) -> str:
    """The roles of a token in any attribution of the rules."""
    tables = (evidence.in_content, evidence.in_cue, evidence.in_source)
    return "".join(role for table, role in zip(tables, "cks", strict=True) if table[index] != NOBODY)


def _range(evidence: Evidence, cue: int) -> tuple[int, int]:
    """The sentences in view: those of the cue's paragraph, and those that the rules' content leads on to."""
    sentences = evidence.parsed.sentences
    low = high = evidence.parsed.tokens[cue].sentence
    paragraph = sentences[low].paragraph
    while low > 0 and sentences[low - 1].paragraph == paragraph and cue - sentences[low - 1].first < REACH:
        low -= 1
    while (
        high + 1 < len(sentences)
        and sentences[high + 1].paragraph == paragraph
        and sentences[high + 1].last - cue < REACH
    ):
        high += 1
    number = evidence.in_cue[cue]
    if number != NOBODY:
        content = evidence.rules[number].content
        start, end = evidence.marked.token_at(content[0].start + 1), evidence.marked.token_at(content[-1].end)
        while high + 1 < len(sentences) and sentences[high + 1].first <= end:
            if sentences[high + 1].last - cue >= 2 * REACH:
                break
            high += 1
        while low > 0 and sentences[low - 1].last > start and cue - sentences[low - 1].first < 2 * REACH:
            low -= 1
    return max(sentences[low].first, cue - 2 * REACH), min(sentences[high].last, cue + 2 * REACH)


def _places(
    evidence: Evidence, cue: int, first: int, last: int, cues: Collection[int]
) -> tuple[list[str], list[int], list[int], list[bool]]:
    """Place, branch, level and whether another cue governs it, for each token in view."""
    parsed = evidence.parsed
    size = last - first
    own = parsed.tokens[cue].sentence
    place = [f"S{max(-2, min(2, parsed.tokens[index].sentence - own))}" for index in range(first, last)]
    branch, level, theirs = [NOBODY] * size, [0] * size, [False] * size
    way, below = "", NOBODY
    for steps, top in enumerate((cue, *parsed.ancestors(cue))):
        if not first <= top < last:
            break
        climbed = min(steps, MAX_CLIMB)
        short = way if steps < MAX_CLIMB else way[:SHORT_WAY]
        place[top - first] = f"T{climbed}{short}{'<' if top < cue else '>'}" if steps else "CUE"
        branch[top - first] = top
        for child in parsed.children[top]:
            if child == below:
                continue
            name = f"{climbed}{short}|{_branch_name(evidence, child)}{'<' if child < cue else '>'}"
            open_ = [(child, 1, child in cues)]
            while open_:
                token, down, governed = open_.pop()
                if first <= token < last:
                    at = token - first
                    place[at], branch[at], level[at], theirs[at] = name, child, down, governed
                    open_.extend((inner, down + 1, governed or inner in cues) for inner in parsed.children[token])
        way = f"{way}^{parsed.tokens[top].dep}"[:LONGEST_WAY]
        below = top
    return place, branch, level, theirs


def _branch_name(evidence: Evidence, child: int) -> str:
    dep = evidence.parsed.tokens[child].dep
    if dep == "prep":
        return f"p:{evidence.lower[child]}" if evidence.lower[child] in PREPOSITIONS else "prep"
    return f"{dep}:{clause_lead(evidence, child)}" if dep in ADVERBIAL else dep


def _rule_roles(evidence: Evidence, cue: int, first: int, last: int) -> tuple[list[str], str]:
    """The role that the rules' attribution of this cue gives each token in view, and its form."""
    number = evidence.in_cue[cue]
    if number == NOBODY:
        return ["-"] * (last - first), "-"
    one = evidence.rules[number]
    roles = ["n"] * (last - first)
    spans = ((one.cue and (one.cue.span,), "k"), (one.source and (one.source.phrase,), "s"), (one.content, "c"))
    for held, role in spans:
        for index in tokens_of(evidence.marked, held or ()):
            if first <= index < last:
                roles[index - first] = role
    return roles, f"{one.direct:d}{one.bare:d}"


def _between(cue: int, first: int, last: int, cues: Collection[int]) -> list[int]:
    """How many other cues stand from the cue to each token, that token included; 3 for more."""
    found = [0] * (last - first)
    for step, stop in ((1, last), (-1, first - 1)):
        count = 0
        for index in range(cue + step, stop, step):
            count += index in cues
            found[index - first] = min(count, 3)
    return found
