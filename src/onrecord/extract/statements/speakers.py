"""From source phrases to mentions: the mention at the head of the phrase, or a new one where nobody made it yet.

New mentions open chains of their own; a bare pronoun without a chain names nobody.
"""

from __future__ import annotations

from onrecord.extract.statements.attribution import Source
from onrecord.extract.syntax import phrase_span
from onrecord.model.claims import ActorKind, Mention
from onrecord.model.ids import make_id
from onrecord.model.lookup import MentionIndex
from onrecord.model.parsed import Parsed

ARTICLES = ("the ", "a ", "an ")
OWN_VOICE = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})  # the report's own voice, outside quotations
NOBODY = frozenset(
    {
        "it",
        "this",
        "that",
        "there",
        "which",
        "what",
        "these",
        "who",
        "whom",
        "one",
        "its",
        "his",
        "her",
        "their",
        "whose",
    }
)


class Speakers:
    """The mentions of one report and those added to them; the only place here that keeps count of something."""

    def __init__(self, parsed: Parsed, mentions: tuple[Mention, ...]) -> None:
        self.parsed = parsed
        self.index = MentionIndex(mentions)
        self.added: dict[int, Mention] = {}
        self._next_chain = max((mention.chain for mention in mentions), default=-1) + 1

    def known(self, head: int) -> Mention | None:
        """The mention whose head a token is part of, found before or added here."""
        token = self.parsed.tokens[head]
        return self.index.at(self.parsed.span(token.i, token.i + 1)) or self.added.get(head)

    def mention(self, head: int) -> Mention | None:
        """The mention at a token, made now where there is none; None for words that name nobody."""
        found = self.known(head)
        if found is not None:
            return found
        token = self.parsed.tokens[head]
        names_nobody = token.pos in ("PRON", "DET", "SCONJ") and token.lower in NOBODY | OWN_VOICE
        if names_nobody or not any(c.isalnum() for c in token.text):
            return None
        made = self._make(head)
        self.added[head] = made
        self._next_chain += 1
        return made

    def _make(self, head: int) -> Mention:
        token = self.parsed.tokens[head]
        span = phrase_span(self.parsed, head)
        actor_kind: ActorKind = "group" if token.tag in ("NNS", "NNPS") or token.lower == "they" else "role"
        name = " ".join(self.parsed.words(span).split())
        for article in ARTICLES:
            name = name[len(article) :] if name.lower().startswith(article) else name
        return Mention(
            id=make_id("me", self.parsed.document, span.start, span.end),
            span=span,
            head=self.parsed.span(head, head + 1),
            kind="nominal",
            actor_kind=actor_kind,
            chain=self._next_chain,
            name=name,
            rule="source of a statement",
        )


def speaks_for_itself(parsed: Parsed, source: Source) -> bool:
    """Whether a source is the report's own voice ("we", "I") rather than somebody in it."""
    head = parsed.tokens[source.head]
    return head.pos == "PRON" and head.lower in OWN_VOICE
