"""What a copy changed: sentences of the original that were dropped, added or changed, each on spans of both texts.

Sentences are matched in order and word for word first; what lies between two matches is paired by likeness. Edits come
in the order of the texts, neighbours of one kind as one edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from onrecord.link.kept import Kept
from onrecord.link.reports import Report, Wording
from onrecord.model.offsets import Span
from onrecord.model.record import Edit

CHANGED = 55.0  # likeness of two sentences (0..100, on characters) from which one is the other changed, not another one
WIDE = 4_000_000  # sentences times sentences (2,000 each): beyond it what differs is one edit, not many
BLOCK = 2_500  # the same for what lies between two matches (50 each), where every pair is compared

Sides = tuple[list[int], list[int]]


def edits_between(original: Wording, copy: Wording) -> tuple[Edit, ...]:
    """The edits that lead from one text to the other."""
    before, after = _sentences(original), _sentences(copy)
    found: list[tuple[int | None, int | None]] = []
    for dropped, added in _differing(before, after):
        found.extend(_paired(before, after, dropped, added))
    return tuple(_joined(original, copy, found))


def edits_of_copy(original: Report, copy: Report, kept: Kept) -> tuple[tuple[Edit, ...], bool]:
    """The edits that lead from one report to its copy, and whether they only cut."""
    found: Sequence[Any] | None = kept.get("edits", copy.id)
    if found is not None and found[0] == original.id:
        return tuple(Edit(op, _span(before), _span(after)) for op, before, after in found[1]), found[2]
    made = edits_between(original.wording, copy.wording)
    cut = only_cut(original.wording, copy.wording, made)
    kept.put("edits", copy.id, (original.id, [(e.op, _ends(e.before), _ends(e.after)) for e in made], cut))
    return made, cut


def _span(ends: Sequence[int] | None) -> Span | None:
    return Span(*ends) if ends else None


def _ends(span: Span | None) -> tuple[int, int] | None:
    return (span.start, span.end) if span else None


def only_cut(original: Wording, copy: Wording, edits: Sequence[Edit]) -> bool:
    """Whether edits take away and add nothing: sentences dropped, or cut at their ends (a dateline, "he said")."""
    return all(edit.op == "dropped" or _is_cut(original, copy, edit) for edit in edits)


def _is_cut(original: Wording, copy: Wording, edit: Edit) -> bool:
    if edit.before is None or edit.after is None:
        return False
    before, after = (" ".join(side.words_in(span)) for side, span in ((original, edit.before), (copy, edit.after)))
    return f" {after} " in f" {before} "


def _sentences(wording: Wording) -> list[str]:
    return [" ".join(wording.words[first:last]) for first, last in wording.sentences]


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[Sides]:
    """The sentences of both sides that lie between two that are the same."""
    if len(before) * len(after) > WIDE:
        yield list(range(len(before))), list(range(len(after)))
        return
    numbers = {sentence: number for number, sentence in enumerate(dict.fromkeys([*before, *after]))}
    codes = LCSseq.opcodes([numbers[sentence] for sentence in before], [numbers[sentence] for sentence in after])
    for same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        if not same:
            block = list(group)
            yield (
                [at for code in block for at in range(code.src_start, code.src_end)],
                [at for code in block for at in range(code.dest_start, code.dest_end)],
            )


def _paired(
    before: Sequence[str], after: Sequence[str], dropped: list[int], added: list[int]
) -> list[tuple[int | None, int | None]]:
    """A block's sentences paired in order where they are alike; the rest stands alone, the original's first."""
    if len(dropped) * len(added) > BLOCK:
        return [*((at, None) for at in dropped), *((None, at) for at in added)]
    best = [[0.0] * (len(added) + 1) for _ in range(len(dropped) + 1)]
    alike = [[max(0.0, ratio(before[one], after[other]) - CHANGED) for other in added] for one in dropped]
    for one in range(len(dropped) - 1, -1, -1):
        for other in range(len(added) - 1, -1, -1):
            with_both = alike[one][other] + best[one + 1][other + 1] if alike[one][other] else 0.0
            best[one][other] = max(with_both, best[one + 1][other], best[one][other + 1])
    return _walk(best, alike, dropped, added)


def _walk(
    best: list[list[float]], alike: list[list[float]], dropped: list[int], added: list[int]
) -> list[tuple[int | None, int | None]]:
    pairs: list[tuple[int | None, int | None]] = []
    one = other = 0
    while one < len(dropped) and other < len(added):
        both = alike[one][other]
        if both and best[one][other] == both + best[one + 1][other + 1]:
            pairs.append((dropped[one], added[other]))
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            pairs.append((dropped[one], None))
            one += 1
        else:
            pairs.append((None, added[other]))
            other += 1
    pairs.extend((at, None) for at in dropped[one:])
    pairs.extend((None, at) for at in added[other:])
    return pairs


def _joined(original: Wording, copy: Wording, pairs: list[tuple[int | None, int | None]]) -> Iterator[Edit]:
    """Pairs as edits; neighbouring sentences dropped (or added) together are one."""
    runs: list[tuple[str, list[int], list[int]]] = []
    for before, after in pairs:
        op = "dropped" if after is None else "added" if before is None else "changed"
        last = runs[-1] if runs else None
        follows = last and op != "changed" and last[0] == op and _next(last[1], before) and _next(last[2], after)
        if last and follows:
            target = last
        else:
            target = (op, [], [])
            runs.append(target)
        target[1].extend([] if before is None else [before])
        target[2].extend([] if after is None else [after])
    for op, befores, afters in runs:
        left, right = _stretch(original, befores), _stretch(copy, afters)
        if op == "dropped":
            yield Edit("dropped", left, None)
        elif op == "added":
            yield Edit("added", None, right)
        else:
            yield Edit("changed", left, right)


def _next(run: list[int], at: int | None) -> bool:
    return at is None or (bool(run) and at == run[-1] + 1)


def _stretch(wording: Wording, sentences: list[int]) -> Span | None:
    if not sentences:
        return None
    return wording.span(wording.sentences[sentences[0]][0], wording.sentences[sentences[-1]][1])
