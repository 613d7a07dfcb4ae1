"""One speaker's words, quoted by two sources in ways that differ inside: "a minor incursion", "a minor invasion".

Where one only quotes less, or leaves out what an ellipsis or a bracket marks, nothing differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from onrecord.link.contradictions.shown import Opposed, contradict, spoken
from onrecord.link.reports import Report, Said, days_between, fold_words, together

LEAST = 5  # words that two quotations have in common …
ALIKE = 0.7  # … and this share of the stretch that both cover
DIFFERING = 4  # words on one side that differ: with more, two things were said
WITHIN = 7  # days between two reports: a speaker who says nearly the same a month later said it anew
COMPARED = 200  # quotations, in the order of their words, with which one is compared
LONG, SPELLED = 6, 85.0  # letters, and likeness (0..100) of two long words that are spellings of one
MARKS = ("…", "...", "[", "(")  # in a quotation: whoever quotes says that the words are not all the speaker's

SHORT = {"s": "is", "re": "are", "ll": "will", "ve": "have", "m": "am"}  # what an apostrophe leaves of a word
# words of speech that one reporter writes down and another does not
FILLERS = frozenset({"so", "well", "and", "but", "um", "uh", "er", "oh", "just", "you", "know", "that"})

Words = tuple[str, ...]


def find_wordings(
    said: Iterable[Said],
    stories: Mapping[str, str],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
) -> Iterator[Opposed]:
    """One for each two wordings that differ, however many sources give either."""
    blocks: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in said:
        if one.speaker and one.statement.kind == "direct":
            blocks[one.speaker, stories[one.document]].append(one)
    seen: set[tuple[Words, Words]] = set()
    for key in sorted(blocks):
        if len({lineage_of[one.document] for one in blocks[key]}) < 2:
            continue  # one source
        quoted = [(_quoted_words(one, reports[one.document]), one) for one in blocks[key]]
        block = sorted((row for row in quoted if len(row[0]) >= LEAST), key=lambda row: (sorted(row[0]), row[1].id))
        for at, (words, one) in enumerate(block):
            for others, other in block[at + 1 : at + 1 + COMPARED]:
                difference = _difference(words, others) if _may_be_one(one, other, reports, lineage_of) else None
                if difference is not None and difference not in seen:
                    seen.add(difference)
                    found = contradict("wording", spoken(one), spoken(other), reports, _told_apart(*difference))
                    order = (*key, " ".join(sorted(words)), one.id, " ".join(sorted(others)), other.id)
                    yield Opposed("wordings", order, (" ".join(difference[0]), " ".join(difference[1])), found)


def _told_apart(left: Words, right: Words) -> str:
    if left and right:
        return f"quote one speaker differently: “{' '.join(left)}” and “{' '.join(right)}”"
    return f"quote one speaker differently: one has “{' '.join(left or right)}”, the other not"


def _quoted_words(said: Said, report: Report) -> Words:
    """The words of a direct quotation, () where its own marks say that it is not whole."""
    texts = [report.document.words(span) for span in said.statement.content]
    if any(mark in text for text in texts for mark in MARKS):
        return ()
    return tuple(SHORT.get(word, word) for text in texts for word in fold_words(text) if word not in FILLERS)


def _may_be_one(one: Said, other: Said, reports: Mapping[str, Report], lineage_of: Mapping[str, str]) -> bool:
    """Whether two quotations come from two sources and may be of one saying."""
    if lineage_of[one.document] == lineage_of[other.document] or together(one.days, other.days) is False:
        return False
    published = reports[one.document].published, reports[other.document].published
    if published[0] is None or published[1] is None:
        return True
    gap = max(days_between(published[0][1], published[1][0]), days_between(published[1][1], published[0][0]))
    return gap <= WITHIN


def _difference(one: Sequence[str], other: Sequence[str]) -> tuple[Words, Words] | None:
    """The words in which two quotations differ inside the stretch that both cover; None where they do not."""
    codes = [code for code in LCSseq.opcodes(_numbers(one, one, other), _numbers(other, one, other))]
    while codes and codes[0].tag in ("delete", "insert") and (len(codes) == 1 or codes[1].tag == "equal"):
        codes = codes[1:]
    while codes and codes[-1].tag in ("delete", "insert") and (len(codes) == 1 or codes[-2].tag == "equal"):
        codes = codes[:-1]
    same = sum(code.src_end - code.src_start for code in codes if code.tag == "equal")
    left = tuple(w for c in codes if c.tag != "equal" for w in one[c.src_start : c.src_end])
    right = tuple(w for c in codes if c.tag != "equal" for w in other[c.dest_start : c.dest_end])
    differing = max(len(left), len(right))
    if not differing or differing > DIFFERING or same < LEAST or same < ALIKE * (same + differing):
        return None
    return None if _is_spelling(left, right) else (left, right)


def _is_spelling(left: Words, right: Words) -> bool:
    """Whether two sides are the same words, joined or spelled in another way ("analysed", "analyzed")."""
    if "".join(left) == "".join(right):
        return True
    return len(left) == len(right) and all(
        min(len(one), len(other)) >= LONG and ratio(one, other) >= SPELLED
        for one, other in zip(left, right, strict=True)
    )


def _numbers(words: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[int]:
    numbers = {word: number for number, word in enumerate(dict.fromkeys([*one, *other]))}
    return [numbers[word] for word in words]
