"""A parse and the times in it, as the policy asks for them: which token, verb or sentence something stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model.claims import Statement, TimeRef
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed
from onrecord.model.text import PartKind, Published

VERBS = ("VERB", "AUX")
HELD = frozenset({"dobj", "nsubj", "nsubjpass", "attr"})  # how a noun hangs on the verb that carries its act
LEAD = 3  # sentences of the body in which the news is told
DAY = 10  # characters of an ISO day


@dataclass(frozen=True, slots=True)
class Page:
    """A parse with its times by sentence; `day` is the first day that the report may be of, `lead` the last sentence of
    its lead, `quoted` what stands in direct quotations."""

    parsed: Parsed
    starts: tuple[int, ...]
    times: dict[int, list[TimeRef]]
    day: str | None
    lead: int
    quoted: tuple[Span, ...]

    def token_at(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def head_of(self, span: Span) -> int:
        """The token of a span that the others hang on."""
        tokens, first = self.parsed.tokens, self.token_at(span.start)
        last = max(first + 1, bisect_left(self.starts, span.end))
        return next((i for i in range(first, last) if tokens[i].head == i or not first <= tokens[i].head < last), first)

    def verb_of(self, time: TimeRef) -> int | None:
        """The verb that a time hangs on, itself or with its preposition."""
        at = self.head_of(time.span)
        for _ in range(2):
            at = self.parsed.tokens[at].head
            if self.parsed.tokens[at].pos in VERBS:
                return at
            if self.parsed.tokens[at].pos not in ("ADP", "ADV"):
                return None
        return None

    def carrier(self, token: int, evidence: Span) -> int | None:
        """The verb that tells an act: the trigger, or one that a noun hangs on inside the event's clause ("held
        talks")."""
        if self.parsed.tokens[token].pos in VERBS:
            return token
        above = self.parsed.tokens[self.parsed.tokens[token].head]
        inside = evidence.start <= above.start and above.end <= evidence.end
        return above.i if self.parsed.tokens[token].dep in HELD and above.pos in VERBS and inside else None

    def part(self, token: int) -> PartKind:
        return self.parsed.sentences[self.parsed.tokens[token].sentence].part

    def in_lead(self, token: int) -> bool:
        return self.parsed.tokens[token].sentence <= self.lead

    def in_quotes(self, token: int) -> bool:
        return any(span.start <= self.starts[token] < span.end for span in self.quoted)


def make_page(parsed: Parsed, published: Published, times: Iterable[TimeRef], statements: Sequence[Statement]) -> Page:
    starts = tuple(token.start for token in parsed.tokens)
    by_sentence: dict[int, list[TimeRef]] = {}
    for time in times:
        index = max(0, bisect_right(starts, time.span.start) - 1)
        by_sentence.setdefault(parsed.tokens[index].sentence, []).append(time)
    day = published.value[:DAY] if published.value and len(published.value) >= DAY else None
    body = [number for number, sentence in enumerate(parsed.sentences) if sentence.part == "body"]
    quoted = tuple(span for one in statements if one.kind == "direct" for span in one.content)
    return Page(parsed, starts, by_sentence, day, body[:LEAD][-1] if body else -1, quoted)
