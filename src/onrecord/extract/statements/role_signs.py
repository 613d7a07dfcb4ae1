"""By what the trained tagger judges which words around a cue are its content, its source or more of the cue.

Each token near a cue is placed by the way through the tree between the two, by quotations, and by what the rules make
of it. Training and use build signs with the same code, so a change here asks for new weights.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.extract.statements.evidence import NOBODY, Evidence, clause_lead, frame, tokens_of

REACH = 220  # tokens on each side of a cue within its paragraph; twice that where the rules' content goes on
MAX_CLIMB = 3  # steps from the cue up that are told apart
SHORT_WAY, LONGEST_WAY = (
    24,
    80,
)  # code points of the names on the way up; the shorter one after the last step told apart
DEEP = 4  # levels below a branch that are told apart
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


def role_signs(evidence: Evidence, cue: int, cues: Collection[int]) -> tuple[int, list[list[str]]]:
    """The first token in view of a cue, and the signs of each from there on; `cues` are all cues of the report."""
    view = _look(evidence, cue, cues)
    signs = [
        [*_by_tree(evidence, view, index), *_by_words(evidence, view, index), *_by_rules(evidence, view, index)]
        for index in range(view.first, view.last)
    ]
    return view.first, signs


def _look(evidence: Evidence, cue: int, cues: Collection[int]) -> View:
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


def _by_tree(evidence: Evidence, view: View, index: int) -> list[str]:
    at = index - view.first
    tokens, lower = evidence.parsed.tokens, evidence.lower
    place, level = view.place[at], min(view.level[at], DEEP)
    own = view.branch[at]
    starts = at == 0 or view.branch[at - 1] != own
    ends = index + 1 == view.last or view.branch[at + 1] != own
    edge = f"{'f' if starts else ''}{'l' if ends else ''}"
    before = lower[index - 1] if at else "^"
    return [
        "any",
        place,
        f"level {place} {level}",
        f"dep {place} {tokens[index].dep}",
        f"edge {place} {edge}",
        f"lemma {place} {view.lemma}",
        f"entry {place} {view.entry}",
        f"core {place} {view.core}",
        f"theirs {place} {view.theirs[at]:d}",
        f"between {place} {view.between[at]}",
        f"word {place} {lower[index]}",
        f"before {place} {before}",
        f"name {place} {evidence.label[index]}",
        f"edge+rule {view.rule[at]} {edge} {before}",
    ]


def _by_words(evidence: Evidence, view: View, index: int) -> list[str]:
    tokens, lower, cue = evidence.parsed.tokens, evidence.lower, view.cue
    token = tokens[index]
    side = "<" if index < cue else ">" if index > cue else "="
    away = abs(index - cue)
    distance = f"{side}{away if away < 4 else 4 if away < 6 else 6 if away < 10 else 10 if away < 20 else 20}"
    is_first, is_last = index == view.first, index + 1 == view.last
    found = [
        f"w{side}{lower[index]}",
        f"t{side}{token.tag}",
        f"d{side}{token.dep}",
        f"w-1{side}{'^' if is_first else lower[index - 1]}",
        f"w+1{side}{'$' if is_last else lower[index + 1]}",
        f"t-1{side}{'^' if is_first else tokens[index - 1].tag} {token.tag}",
        f"t+1{side}{token.tag} {'$' if is_last else tokens[index + 1].tag}",
        distance,
        f"{distance} lemma {view.lemma}",
        f"{distance} tag {token.tag}",
        f"{distance} dep {view.entry} {token.dep}",
        f"between {side}{view.between[index - view.first]} {token.sentence - tokens[cue].sentence}",
    ]
    if away < 4:
        found += (
            f"near {distance} {view.lemma} {lower[index]}",
            f"near {distance} {tokens[cue].pos} {lower[index]}",
            f"near {distance} {tokens[cue].tag} {token.tag}",
        )
    return found


def _by_rules(evidence: Evidence, view: View, index: int) -> list[str]:
    """What the rules make of a token and its neighbours, and the quotation that it stands in."""
    at, place = index - view.first, view.place[index - view.first]
    role = view.rule[at] + (_others(evidence, index) if view.rule[at] in "n-" else "")
    before = view.rule[at - 1] if at else "n"
    after = view.rule[at + 1] if index + 1 < view.last else "n"
    three, sides = f"{before}{role}{after}", _quoted_sides(evidence, view, index)
    token = evidence.parsed.tokens[index]
    away = token.sentence - evidence.parsed.tokens[view.cue].sentence
    quote = _quote_name(evidence, view, index)
    side = "<" if index < view.cue else ">"
    return [
        f"r {role} {view.rule_form}",
        f"rrr {three}",
        f"rrr tag {three} {token.tag}",
        f"rrr quote {three} {sides} {quote}",
        f"r place {role} {place}",
        f"r tag {role} {token.tag}",
        f"r entry {role} {view.entry}",
        f"r lemma {role} {view.lemma}",
        f"r word {role} {evidence.lower[index]}",
        f"r theirs {role} {view.theirs[at]:d} {view.between[at]}",
        f"q {quote} {away}",
        f"q rule {quote} {role} {away}",
        f"q sides {sides} {quote} {side}",
        f"q place {quote} {place}",
        f"q entry {quote} {away} {view.entry[:2]} {view.between[at]}",
    ]


def _others(evidence: Evidence, index: int) -> str:
    """The roles of a token in any attribution of the rules."""
    tables = (evidence.in_content, evidence.in_cue, evidence.in_source)
    return "".join(role for table, role in zip(tables, "cks", strict=True) if table[index] != NOBODY)


def _quoted_sides(evidence: Evidence, view: View, index: int) -> str:
    inside = evidence.marked.inside
    before = index > view.first and inside[index - 1] is not None
    after = index + 1 < view.last and inside[index + 1] is not None
    return f"{before:d}{after:d}"


def _quote_name(evidence: Evidence, view: View, index: int) -> str:
    """Which quotation a token stands in, seen from the cue: its own, the last before, the first after, another."""
    number = evidence.marked.inside[index]
    if number is None:
        return "o"
    if number == evidence.marked.inside[view.cue]:
        return "C"
    if number == view.quote_before:
        return f"B{min(view.gap_before, 5)}"
    return f"A{min(view.gap_after, 5)}" if number == view.quote_after else "x"
