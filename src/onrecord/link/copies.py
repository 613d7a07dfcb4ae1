"""Which reports repeat the text of another, told by runs of shared words.

Words inside quotation marks never make a copy: two reporters at one speech write down the same words. Candidates come
from near-duplicate sketches (MinHash) and from runs that few reports share; only candidates are ever compared.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from datasketch import MinHash, MinHashLSH

from onrecord.link.reports import Bond, Report, Wording

Relation = Literal["copy", "part", "quotes_only", "independent"]

RUN = 4  # words in a row that count as shared: the usual length in work on text reuse; 3 finds stock phrases
COPY = 0.6  # of the shorter text's own words in shared runs: the rest is what an editor changes ("Monday" to "today")
PART = 0.2  # of the shorter text: about one paragraph in five taken over
PART_WORDS = 8  # and never less than one clause
SHARED_LEAST = PART_WORDS // RUN  # runs in common: fewer cannot cover a part
PASSAGE = 25  # own words in shared runs, about one paragraph, make a part of a report of any length …
PASSAGE_RUN = 12  # … where so many of them stand in a row, which no two reporters hit upon by chance
ONE_TEXT = 0.3  # of the shorter text, and a passage at the least: below that a paragraph of background was taken over
CREDITED = 0.1  # of the shorter text, where both reports credit the same wire
PERMUTATIONS = 128  # MinHash: standard error of a likeness 0.04
SEED = 1
NEAR = 0.5  # likeness from which the sketches are asked for pairs
SAMPLE = 2  # one shingle in two is looked up: a shared passage of 16 words is missed once in 8,000 times
CROWD = 40  # a run in more reports than this is a stock phrase, or a story that the sketches find
FURNITURE = 3  # a run in so many reports of one outlet, and in no other's, is the outlet's furniture


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report's runs: the hash of the run that starts at each word, and of those outside quotations."""

    length: int
    unquoted: int
    runs: tuple[int, ...]
    own: tuple[int | None, ...]
    own_runs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports share. Shares are of each one's words inside shared runs; `own` ones leave quotations out."""

    left: str
    right: str
    left_share: float
    right_share: float
    left_own: float
    right_own: float
    own_words: int
    longest: int


def sketch(wording: Wording, furniture: frozenset[int] = frozenset()) -> Sketch:
    """The runs of a text; those in `furniture` count for nothing."""
    words, quoted = wording.words, wording.quoted
    runs, own = [], []
    for start in range(len(words) - RUN + 1):
        run = zlib.crc32("\x1f".join(words[start : start + RUN]).encode("utf-8", "surrogatepass"))
        runs.append(run)
        own.append(None if run in furniture or any(quoted[start : start + RUN]) else run)
    own_runs = frozenset(run for run in own if run is not None)
    return Sketch(len(words), quoted.count(False), tuple(runs), tuple(own), own_runs)


def covered(runs: Sequence[int | None], shared: frozenset[int] | set[int]) -> tuple[int, int]:
    """How many words stand inside shared runs, and the longest stretch of them."""
    total = longest = stretch = until = 0
    for start, run in enumerate(runs):
        if run is not None and run in shared:
            new = start + RUN - max(start, until)
            stretch = stretch + new if start <= until and stretch else new
            total, until, longest = total + new, start + RUN, max(longest, stretch)
    return total, longest


def compare(left: str, right: str, sketches: Mapping[str, Sketch]) -> Overlap:
    """The overlap of two reports, counted on both sides."""
    one, other = sketches[left], sketches[right]
    shared, own = set(one.runs) & set(other.runs), one.own_runs & other.own_runs
    one_own, longest = covered(one.own, own)
    other_own, _ = covered(other.own, own)
    return Overlap(
        left,
        right,
        covered(one.runs, shared)[0] / max(1, one.length),
        covered(other.runs, shared)[0] / max(1, other.length),
        one_own / max(1, one.unquoted),
        other_own / max(1, other.unquoted),
        min(one_own, other_own),
        longest,
    )


def relation(overlap: Overlap) -> Relation:
    """What an overlap makes of two reports."""
    own = max(overlap.left_own, overlap.right_own)
    if own >= COPY and overlap.own_words >= PART_WORDS:
        return "copy"
    if own >= PART and overlap.own_words >= PART_WORDS:
        return "part"
    if overlap.own_words >= PASSAGE and overlap.longest >= PASSAGE_RUN:
        return "part"
    if max(overlap.left_share, overlap.right_share) > own and overlap.own_words < PART_WORDS:
        return "quotes_only"
    return "independent"


def find_bonds(reports: Sequence[Report]) -> tuple[Bond, ...]:
    """All pairs of reports that share text of their own."""
    wires = {report.id: _wires(report) for report in reports}
    bare = {report.id: sketch(report.wording) for report in reports}
    furniture = _furniture(reports, bare)
    sketches = {report.id: sketch(report.wording, furniture) for report in reports} if furniture else bare
    bonds = []
    for left, right in sorted(_candidates(sketches)):
        if len(sketches[left].own_runs & sketches[right].own_runs) < SHARED_LEAST:
            continue
        overlap = compare(left, right, sketches)
        one_text = is_one_text(overlap, bool(wires[left] & wires[right]))
        if one_text or relation(overlap) in {"copy", "part"}:
            bonds.append(Bond(left, right, overlap.left_share, overlap.right_share, one_text))
    return tuple(bonds)


def _wires(report: Report) -> frozenset[str]:
    """The agencies a report credits for its text; those it only cites do not count."""
    return frozenset(o.name.casefold() for o in report.document.origins if o.kind in {"agency", "credit"})


def is_one_text(overlap: Overlap, one_wire: bool) -> bool:
    """Whether two reports descend from one text, not only a passage of them; less will do if they credit one wire."""
    own = max(overlap.left_own, overlap.right_own)
    least = CREDITED if one_wire else ONE_TEXT
    return relation(overlap) == "copy" or (own >= least and overlap.own_words >= PASSAGE)


def same_text(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Reports whose words are all the same, in groups of two or more."""
    by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for report in reports:
        if report.wording.words:
            by_words[report.wording.words].append(report.id)
    return tuple(sorted(tuple(sorted(ids)) for ids in by_words.values() if len(ids) > 1))


def _furniture(reports: Sequence[Report], sketches: Mapping[str, Sketch]) -> frozenset[int]:
    """Runs that several different texts of one outlet share, and no text of another outlet or of an unknown one has."""
    counts: Counter[int] = Counter()
    outlets: dict[int, str | None] = {}
    for report in reports:
        outlet = report.document.outlet.value
        for run in sketches[report.id].own_runs:
            counts[run] += 1
            outlets[run] = outlet if run not in outlets or outlets[run] == outlet else None
    return frozenset(run for run, count in counts.items() if count >= FURNITURE and outlets[run])


def _candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    """Pairs worth comparing: near duplicates, and reports that share runs few others have."""
    by_run: dict[int, list[str]] = defaultdict(list)
    for id in sorted(sketches):
        for run in sketches[id].own_runs:
            if run % SAMPLE == 0:
                by_run[run].append(id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in by_run.values():
        if 1 < len(ids) <= CROWD:
            shared.update((left, right) for at, left in enumerate(ids) for right in ids[at + 1 :])
    return set(_near(sketches)) | {pair for pair, count in shared.items() if count > 1}


def _near(sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Pairs whose sets of runs are alike, by locality-sensitive hashing."""
    index = MinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS)
    for id, found in sorted(sketches.items()):
        if found.own_runs:
            signature = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
            signature.update_batch(sorted(found.own_runs))
            yield from ((other, id) for other in index.query(signature))  # all inserted before it, so smaller
            index.insert(id, signature)
