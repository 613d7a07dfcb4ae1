"""From source phrases to mentions: the mention at the head of the phrase, or a new one where nobody made it yet.

New mentions open chains of their own; a bare pronoun without a chain names nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.statements.attribution import Source
from onrecord.extract.syntax import phrase_span
from onrecord.model.claims import ActorKind, Mention
from onrecord.model.ids import make_id
from onrecord.model.lookup import MentionIndex
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

ARTICLES = ("the ", "a ", "an ")
STRAY = " \t\n‘’'\"“”,;:"  # marks that stick to the edges of a name
MANY = 30  # mentions of one actor that are looked at; more tell nothing new
BESIDE = 2  # tokens from a title or a noun to the name it stands with
SHARES = frozenset({"%", "percent", "cent", "half", "third", "thirds", "quarter", "quarters", "majority", "minority"})
OF_WHOM = re.compile(  # "Of those asked, …", "62 percent of voters were …"
    r"(?:\bOf (?P<led>[^,.;:!?\d]{3,40}),"
    r"|(?:per ?cent|%|half|thirds?|quarters?) of (?P<of>[^,.;:!?\d]{3,40}?)"
    r" (?:said|were|was|are|is|had|have|thought|think|believed?|wanted|want)\b)"
)
LONGEST_WORD = 40  # code points by which a span grows to take in a word
SHARE_REACH = 400  # code points before a share in which the text says of what
OWN_VOICE = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})  # the report's own voice, outside quotations
NOBODY = frozenset(
    {
        "it", "this", "that", "there", "which", "what", "these", "who", "whom", "one", "its", "his", "her", "their",
        "whose",
    }
)  # fmt: skip


class Speakers:
    """The mentions of one report and those added to them; the only place here that keeps count of something."""

    def __init__(self, parsed: Parsed, mentions: tuple[Mention, ...]) -> None:
        self.parsed = parsed
        self.index = MentionIndex(mentions)
        self.added: dict[int, Mention] = {}
        self.same: set[int] = set()  # heads whose actor was decided here
        self._named: dict[int, list[Mention]] = {}
        self._ordered = sorted(mentions, key=lambda mention: mention.span)
        for mention in self._ordered:
            if mention.kind != "pronoun":
                self._named.setdefault(mention.chain, []).append(mention)
        self._next_chain = max((mention.chain for mention in mentions), default=-1) + 1

    def known(self, head: int) -> Mention | None:
        """The mention whose head a token is part of, found before or added here."""
        token = self.parsed.tokens[head]
        return self.added.get(head) or self.index.at(self.parsed.span(token.i, token.i + 1))

    def named(self, mention: Mention, before: Span | None = None) -> list[Mention]:
        """The names and nouns of an actor, in order; the last few before a span, if one is given."""
        found = self._named.get(mention.chain, [])
        if before is None:
            return found[:MANY]
        last = bisect_left(found, before, key=lambda other: other.span)
        return found[max(0, last - MANY) : last]

    def before(self, span: Span, many: int) -> Sequence[Mention]:
        """The last mentions before a span."""
        last = bisect_left(self._ordered, span, key=lambda other: other.span)
        return self._ordered[max(0, last - many) : last]

    def is_name(self, head: int) -> bool:
        """Whether a word is part of a known actor's name."""
        known = self.known(head)
        return known is not None and known.kind == "name"

    def speaker(self, source: Source, make: bool = True) -> Mention | None:
        """The mention that a source phrase means; made now where there is none, if wanted."""
        found = self.known(source.head)
        if found is None or (found.kind == "nominal" and found.key is None):
            found = self._name_beside(source, found) or found
        return found if found is not None or not make else self.mention(source.head)

    def mention(self, head: int) -> Mention | None:
        """The mention at a token, made now where there is none; None for words that name nobody."""
        found = self.known(head)
        if found is not None:
            return found
        token = self.parsed.tokens[head]
        names_nobody = token.pos in ("PRON", "DET", "SCONJ") and token.lower in NOBODY | OWN_VOICE
        if names_nobody or not any(c.isalnum() for c in token.text):
            return None
        return self._add(head, self._made(head))

    def alone(self, head: int, rule: str) -> Mention:
        """A pronoun as a mention of its own that means nobody known."""
        token = self.parsed.tokens[head]
        span = self.parsed.span(head, head + 1)
        kind: ActorKind = "group" if token.lower == "they" else "organisation" if token.lower == "it" else "person"
        made = Mention(self._id(span), span, span, "pronoun", kind, self._next_chain, token.text, rule=rule)
        self.same.add(head)
        return self._add(head, made)

    def same_as(self, head: int, found: Mention, other: Mention, rule: str) -> Mention:
        """A pronoun or noun phrase as a mention of the actor that another mention names."""
        made = replace(other, id=self._id(found.span), span=found.span, head=found.head, kind=found.kind, rule=rule)
        self.added[head] = made
        self.same.add(head)
        return made

    def _add(self, head: int, made: Mention) -> Mention:
        self.added[head] = made
        self._next_chain += 1
        return made

    def _id(self, span: Span) -> str:
        return make_id("me", self.parsed.document, span.start, span.end)

    def _name_beside(self, source: Source, found: Mention | None) -> Mention | None:
        """The name right after a source's head: "Dr. Qassem", "state news agency Tass"."""
        for index in range(source.head + 1, min(source.head + 1 + BESIDE, len(self.parsed.tokens))):
            token = self.parsed.tokens[index]
            named = self.known(index)
            if named is not None and named.kind == "name":
                fits = found is None or named.actor_kind == "organisation" == found.actor_kind
                return named if fits and source.phrase.end >= token.start - 1 else None
            if token.text != ".":
                return None
        return None

    def _made(self, head: int) -> Mention:
        token = self.parsed.tokens[head]
        span = _whole_words(self.parsed, phrase_span(self.parsed, head))
        share = token.lower in SHARES
        many = share or token.tag in ("NNS", "NNPS") or token.lower == "they"
        name = " ".join(self.parsed.words(span).split()).strip(STRAY)
        for article in ARTICLES:
            name = name[len(article) :] if name.lower().startswith(article) else name
        return Mention(
            id=self._id(span),
            span=span,
            head=self.parsed.span(head, head + 1),
            kind="nominal",
            actor_kind="group" if many else "role",
            chain=self._next_chain,
            name=f"{name}{self._share_of(span)}" if share else name,
            rule="source of a statement",
        )

    def _share_of(self, span: Span) -> str:
        """Of what a share is, where the phrase does not say it itself: " of those asked"; "" where nothing says it."""
        if " of " in self.parsed.words(span):
            return ""
        before = self.parsed.text[max(0, span.start - SHARE_REACH) : span.start]
        named = [match["led"] or match["of"] for match in OF_WHOM.finditer(before)]
        return f" of {' '.join(named[-1].split())}" if named else ""


def _whole_words(parsed: Parsed, span: Span) -> Span:
    """A span that takes in the first parts of a hyphenated word: "61-year-old"."""
    start = span.start
    while (
        span.start - start < LONGEST_WORD
        and start > 0
        and (parsed.text[start - 1].isalnum() or parsed.text[start - 1] == "-")
    ):
        start -= 1
    return Span(start, span.end)


def speaks_for_itself(parsed: Parsed, source: Source) -> bool:
    """Whether a source is the report's own voice ("we", "I") rather than somebody in it."""
    head = parsed.tokens[source.head]
    return head.pos == "PRON" and head.lower in OWN_VOICE
