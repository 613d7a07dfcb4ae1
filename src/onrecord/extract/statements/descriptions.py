"""Speakers by a description: "the archbishop" after "Archbishop Jean Bosco", "the group", "the 61-year-old".

Only definite singular phrases, and only where a single actor named shortly before fits: of two, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.speakers import Speakers
from onrecord.model.claims import Mention

# nouns for any body; which one is meant only the text before says
BODIES = frozenset({"group", "organisation", "organization", "movement", "body", "watchdog", "charity"})
AGED = re.compile(r"(?:the )?\d{1,3}-year-old$", re.IGNORECASE)
NEAR = 3  # sentences back in which a body or a person of that age must be named
LOOK_BACK = 300  # mentions back among which the one described is sought
DEFINITE = "the "


def described(marked: Marked, found: Mention, speakers: Speakers) -> Mention | None:
    """The one named actor that a description means, or None."""
    words = marked.parsed.words(found.span).lower()
    definite = (
        words.startswith(DEFINITE)
        or marked.parsed.text[max(0, found.span.start - 4) : found.span.start].lower() == DEFINITE
    )
    if not definite or (found.actor_kind == "group" and words.endswith("s")):
        return None
    noun = marked.parsed.words(found.head).lower()
    earlier = [m for m in speakers.before(found.span, LOOK_BACK) if m.kind == "name"]
    if AGED.match(words) or AGED.match(f"the {words}"):
        return _only(m for m in earlier if m.actor_kind == "person" and _is_near(marked, m, found))
    if noun in BODIES and len(words.split()) == 2:
        bodies = (m for m in earlier if m.actor_kind in ("organisation", "group") and m.sector != "JRN")
        return _only(m for m in bodies if _is_near(marked, m, found))
    if len([word for word in words.split() if word != "former"]) > 2:
        return None
    titled = (m for m in earlier if m.actor_kind == "person" and _word_before(marked, m) == noun)
    return _only(titled) or _only(_called(marked, found, noun, speakers))


def _called(marked: Marked, found: Mention, noun: str, speakers: Speakers) -> Iterator[Mention]:
    """Persons who were called so before, beside their name: "Pavel Horak, a former ambassador to Minsk"."""
    for mention in speakers.before(found.span, LOOK_BACK):
        if mention.kind == "nominal" and marked.parsed.words(mention.head).lower() == noun:
            named = [m for m in speakers.named(mention) if m.kind == "name" and m.actor_kind == "person"]
            yield from named[:1] or [mention]


def _only(mentions: Iterable[Mention]) -> Mention | None:
    """The last of some mentions, if all are of one actor."""
    found = list(mentions)
    one = bool(found) and len({mention.chain for mention in found}) == 1
    return found[-1] if one and found[-1].kind == "name" else None


def _is_near(marked: Marked, mention: Mention, found: Mention) -> bool:
    tokens = marked.parsed.tokens
    sentences = [tokens[marked.token_at(m.head.end)].sentence for m in (mention, found)]
    return sentences[1] - sentences[0] <= NEAR


def _word_before(marked: Marked, mention: Mention) -> str:
    """The title right before a name, in small letters."""
    index = marked.token_at(mention.span.start + 1) - 1
    return marked.parsed.tokens[index].lower if index >= 0 else ""
