"""Lines that are no sentences; headlines in title case whose verb was taken for a name: "Iran Frees British Sailors".

A word in -s that the lexicon knows as a verb, after a name and inside one compound noun, is read as the verb; what
stands before it becomes its subject, the noun at the end its object. Offsets stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.extract.events.scene import Scene
from onrecord.extract.syntax import SUBJECTS, kids
from onrecord.lexicon.triggers import Triggers
from onrecord.model.claims import Mention
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

POINTING_WORDS = 3  # "photo:", "read more:", "MUST WATCH …"
FIRST_VERBS_AT = 6  # words before a headline's verb; longer subjects have a verb of their own


def mend_headlines(parsed: Parsed, triggers: Triggers) -> tuple[Parsed, tuple[Span, ...]]:
    """The parse with such verbs put right, and where they stand."""
    tokens, verbs = list(parsed.tokens), list[int]()
    for sentence in parsed.sentences:
        found = _verb(parsed, triggers, sentence.first, sentence.last) if sentence.part == "title" else None
        if found is not None:
            verbs.append(found[0])
            _mend(tokens, parsed, *found, sentence.first, sentence.last)
    if not verbs:
        return parsed, ()
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    mended = replace(parsed, tokens=tuple(tokens), children=tuple(map(tuple, children)))
    return mended, tuple(Span(tokens[verb].start, tokens[verb].end) for verb in verbs)


def apart_from(verbs: Iterable[Span], mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions that do not run over a mended verb."""
    covered = tuple(verbs)
    return tuple(mention for mention in mentions if not any(mention.span.overlaps(verb) for verb in covered))


def is_furniture(scene: Scene, sentence: int) -> bool:
    """Whether a sentence is a credit, or points to another story: "Photo: …", "Read more: …", "JUST WATCHED …"."""
    tokens = [token for token in scene.parsed.sentence_tokens(sentence) if token.pos != "SPACE"]
    first = [token.lower for token in tokens[:POINTING_WORDS]]
    if len(first) < POINTING_WORDS or not scene.triggers.is_a("pointing", first[0]):
        return False
    return bool({":", "|", "copyright"} & set(first[1:])) or all(token.text.isupper() for token in tokens[:2])


def _verb(parsed: Parsed, triggers: Triggers, first: int, last: int) -> tuple[int, str] | None:
    """The first word that must be the verb of a headline, with its base; None where it has one, or none is known."""
    for token in parsed.tokens[first + 1 : min(last, first + FIRST_VERBS_AT)]:
        base = _base(triggers, token) if token.dep == "compound" and token.head > token.i else None
        if base is not None:
            root = parsed.tokens[token.head]
            named = all(before.pos in ("PROPN", "NOUN", "ADJ") for before in parsed.tokens[first : token.i])
            if named and root.dep == "ROOT" and not kids(parsed, root.i, *SUBJECTS):
                return token.i, base
    return None


def _base(triggers: Triggers, token: Token) -> str | None:
    """The verb that a word in -s is a form of, where the lexicon knows it as a trigger or as a light verb."""
    lower = token.lower
    if not lower.endswith("s") or not token.text[:1].isupper():
        return None
    for base in (lower[:-1], lower.removesuffix("es"), f"{lower.removesuffix('ies')}y"):
        if ("verb", base) in triggers.by_head or triggers.is_a("light", base):
            return base
    return None


def _mend(tokens: list[Token], parsed: Parsed, verb: int, base: str, first: int, last: int) -> None:
    root = tokens[verb].head
    tokens[verb] = replace(tokens[verb], pos="VERB", tag="VBZ", lemma=base, dep="ROOT", head=verb)
    tokens[root] = replace(
        tokens[root], pos="NOUN" if tokens[root].pos == "VERB" else tokens[root].pos, dep="dobj", head=verb
    )
    for index in range(first, last):
        token = parsed.tokens[index]
        if index < verb and token.head >= verb:
            subject = index == verb - 1
            tokens[index] = replace(token, dep="nsubj" if subject else "compound", head=verb if subject else verb - 1)
        elif index > verb and token.head == verb:
            tokens[index] = replace(token, head=root)
