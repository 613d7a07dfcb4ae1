"""The ground floor of this room: reports and claims as linking sees them. Every sibling may import it; it imports none.

Words are folded (case, compatibility forms, invisible joiners) and keep the place they stand at, so whatever is found
among words can be shown as a span. Days are ISO days, ranges inclusive; unknown is None.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from onrecord.model.claims import Event, EventType, PlaceRef, Statement, TimeRef
from onrecord.model.days import Days, day_range
from onrecord.model.offsets import Span
from onrecord.model.text import Document, PartKind, Published

JOINERS = "\u00ad\u200b-\u200f\u2060\ufeff"  # soft hyphen, zero-width and direction marks: inside a word, no part of it
WORD = re.compile(rf"[^\W_]+(?:[{JOINERS}]+[^\W_]+)*")
UNSEEN = re.compile(rf"[{JOINERS}]")
# “…”, "…", «…», ``…'' and ‘…’ / '…' with apostrophes inside words; an opening “ without its end runs to the block's end
QUOTED = re.compile(
    r"“[^“”]*(?:”|$)|\"[^\"]*\"|«[^«»]*»|``[^`']*''|‘(?:[^‘’]|(?<=\w)’(?=\w))*’|(?<![\w'])'(?!s\b)(?=[^\s'])"
    r"(?:[^'\n]|(?<=\w)'(?=\w))*'(?!\w)"
)
# a full stop after one letter alone ends no sentence ("U.S.", "J. Smith")
SENTENCE_END = re.compile(r"(?<![\s.(]\w\.)(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_])")
STEM = 6  # letters: "attacked", "attacks" and "attackers" fall together, "missile" and "mission" do not
MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # who did it to whom is a matter of wording
WORDS_KEPT = 1 << 17  # folded words kept at hand: about as many as a large pile has
AT_HAND = 1 << 7  # reports of which claims are in memory unpacked, 60 KB each: they are asked for story after story
WORDS_AT_HAND = 1 << 17  # reports of which words are in memory, 12 KB each: copies and figures ask for them in no order


@dataclass(frozen=True, slots=True)
class Wording:
    """The body of a report as words in place; `sentences` are word ranges, `quoted` marks words inside quotation."""

    words: tuple[str, ...]
    starts: Sequence[int]  # arrays: a large pile has millions of words
    ends: Sequence[int]
    quoted: bytes  # a truth value a word
    sentences: tuple[tuple[int, int], ...]

    def span(self, first: int, last: int) -> Span:
        """The characters of words [first, last), which must not be empty."""
        return Span(self.starts[first], self.ends[last - 1])

    def words_around(self, span: Span) -> tuple[str, ...]:
        """The words of the sentence in which a span begins; none where it lies outside the body."""
        at = bisect_left(self.starts, span.start)
        number = bisect_right(self.sentences, at, key=lambda sentence: sentence[0]) - 1
        first, last = self.sentences[number] if number >= 0 else (0, 0)
        return self.words[first:last] if at < last else ()

    def sentence_of(self, span: Span) -> tuple[int, Span] | None:
        """The number and the span of the sentence with the word that a span begins with; None outside the body."""
        at = bisect_left(self.starts, span.start)
        if at == len(self.starts) or self.starts[at] >= span.end:
            return None
        number = bisect_right(self.sentences, at, key=lambda sentence: sentence[0]) - 1
        return number, self.span(*self.sentences[number])

    def words_in(self, span: Span) -> tuple[str, ...]:
        """The words that begin inside a span."""
        return self.words[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]


class Placed:
    """The words of a document's body, read when they are asked for: of most reports of a large pile, never."""

    __slots__ = ("read", "sizes")

    def __init__(self, read: Callable[[], Wording]) -> None:
        self.read = read
        self.sizes: tuple[int, int] | None = None  # where known without reading them


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its words and the days it may have come out on."""

    document: Document
    placed: Placed
    published: Days | None

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def wording(self) -> Wording:
        return self.placed.read()

    @property
    def sizes(self) -> tuple[int, int]:
        """How many words it has, and how many of them inside quotation."""
        return self.placed.sizes or (len(self.wording.words), sum(self.wording.quoted))

    @property
    def title(self) -> tuple[str, ...]:
        """The words of its title."""
        document = self.document
        titles = [document.words(part.span) for part in document.parts if part.kind == "title"]
        return fold_words(" ".join(titles) or document.title.value or "")


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event in context. Actors and recipients are actor ids and ISO countries, `people` the ids that are persons.

    `words` are stems of its evidence, no function words, `cause` that of its trigger, `amounts` (unit, value) pairs;
    `details` are those of the words that name neither who did it nor the act, the place or the time. `days` are those
    that the text gives; `news`, where it gives none, those up to the report's own on which it told this as its news.
    """

    event: Event
    document: str
    actors: frozenset[str]
    recipients: frozenset[str]
    people: frozenset[str]
    time: TimeRef | None
    days: Days | None
    place: PlaceRef | None
    cause: str
    words: frozenset[str]
    details: frozenset[str]
    amounts: frozenset[tuple[str, float]]
    news: Days | None = None

    @property
    def id(self) -> str:
        return self.event.id

    @property
    def is_dated(self) -> bool:
        """Whether its own sentence gives its days."""
        return self.days is not None and self.event.dated != "before"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in context: where its words start, who speaks (actor id, and countries), its stems, and when.

    `about` are the actor ids and countries that it names, `core` its stems without their names, `denies` whether it
    says that something is not so.
    """

    statement: Statement
    document: str
    span: Span
    speaker: str | None
    speaks_for: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    core: frozenset[str]
    days: Days | None
    denies: bool

    @property
    def id(self) -> str:
        return self.statement.id


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims that may be one, and how strongly that holds; `left` < `right`."""

    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Bond:
    """Two reports with text in common, `left` < `right`: the share of each one's words that the other has.

    `one_text`: so much that they descend from one text; otherwise a passage went from one into the other.
    """

    left: str
    right: str
    left_share: float
    right_share: float
    one_text: bool
    paraphrased: bool = False

    def share_of(self, document: str) -> float:
        return self.left_share if document == self.left else self.right_share


@dataclass(frozen=True, slots=True)
class Texts:
    """What the texts of a pile are to each other, whatever they claim: the reports by id with the days that each gives
    itself, those of the very same words in groups, the bonds between all others, and the story of each."""

    reports: Mapping[str, Report]
    same: tuple[tuple[str, ...], ...]
    bonds: tuple[Bond, ...]
    stories: Mapping[str, str]


@lru_cache(WORDS_KEPT)
def fold(word: str) -> str:
    """A word as it is compared: compatibility forms, no invisible joiners, no case."""
    return unicodedata.normalize("NFKC", UNSEEN.sub("", word)).casefold()


def fold_words(text: str) -> tuple[str, ...]:
    return tuple(map(fold, WORD.findall(text)))


def stems(words: Iterable[str], function_words: frozenset[str]) -> frozenset[str]:
    """The stems of the words that carry content; numbers count, single letters do not."""
    return frozenset(
        [word[:STEM] for word in words if word not in function_words and (len(word) > 1 or word.isdigit())]
    )


@lru_cache(WORDS_KEPT)
def hash_stem(stem: str) -> int:
    """A stem as a number of 32 bits: what is kept of it where only its being the same counts."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass"))


def hash_number(content: bytes) -> int:
    """Some bytes as a number of 64 bits: so many that no two things of a pile share one."""
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")


def likeness(left: frozenset[object], right: frozenset[object]) -> float:
    """Shared stems by all stems (Jaccard)."""
    if not left or not right:
        return 0.0
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def together(left: Days | None, right: Days | None) -> bool | None:
    """Whether two ranges of days share one; None where either is unknown."""
    return None if left is None or right is None else left[0] <= right[1] and right[0] <= left[1]


# the days of a date; those of one day or month have them together
days_of = lru_cache(WORDS_KEPT)(day_range)


def days_between(one: str, other: str) -> int:
    """From one ISO day to another, negative where the other is the earlier one."""
    return (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days


def read_wording(document: Document, kinds: tuple[PartKind, ...] = ("body",)) -> Wording:
    """The words of a document's body, block by block."""
    words: list[str] = []
    starts, ends = array("I"), array("I")
    quoted = bytearray()
    sentences: list[tuple[int, int]] = []
    for part in document.parts:
        if part.kind not in kinds:
            continue
        text, shift = document.words(part.span), part.span.start
        spans = [match.span() for match in WORD.finditer(text)]  # none runs over the end of a sentence: white space
        first = len(words)
        words += [fold(text[start:end]) for start, end in spans]
        starts.extend([shift + start for start, _ in spans])
        ends.extend([shift + end for _, end in spans])
        quoted += bytes(len(spans))
        for quote in QUOTED.finditer(text):
            start, end = (bisect_left(starts, shift + at, first) for at in quote.span())
            quoted[start:end] = b"\1" * (end - start)
        for _, end in _sentence_bounds(text):
            after = bisect_left(starts, shift + end, first)
            if after > first:
                sentences.append((first, after))
            first = after
    return Wording(tuple(words), starts, ends, bytes(quoted), tuple(sentences))


def _sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def read_report(document: Document, published: Published) -> Report:
    return read_reports([document], {document.id: published})[document.id]


def read_reports(documents: Iterable[Document], published: Mapping[str, Published]) -> dict[str, Report]:
    """Reports by id, in the order of their ids, a document of no other date with its own; of a large pile the words of
    some are at hand, and those of others are read anew where they are asked for."""
    by_id = {document.id: document for document in sorted(documents, key=lambda document: document.id)}

    @lru_cache(WORDS_AT_HAND)
    def words_of(id: str) -> Wording:
        return read_wording(by_id[id].whole())

    return {
        id: Report(one, Placed(partial(words_of, id)), days_of(published.get(id, one.published).value))
        for id, one in by_id.items()
    }
