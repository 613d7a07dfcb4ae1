"""Whose voice a pronoun is: what the report's chains say, checked against what a speaker can be.

Nobody speaks from inside his own quotation, and of two who fit equally none is taken: then the pronoun stays a mention
of its own without an actor. A participle without a subject goes on with the voice before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.descriptions import described
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.syntax import SUBJECTS, conjuncts
from onrecord.lexicon.actors import ActorBase
from onrecord.model.claims import Mention
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

SEX = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PRONOUNS = frozenset({*SEX, "they", "them", "it"})
DOERS = (
    "keeper", "worker", "maker", "owner", "driver", "seller", "dealer", "herder", "teacher", "farmer", "ist", "man",
)  # fmt: skip
ANSWERS = frozenset({"reply", "answer", "respond"})
RECENT = 10  # statements back in which one of the same sentence is sought
FAR = 2  # paragraphs between a speaker and a pronoun that goes on from there


def with_shared_source(parsed: Parsed, one: Attribution, earlier: Sequence[Attribution]) -> Attribution:
    """Give a participle that lost its subject (", adding:") the source of the last cue before it in its sentence."""
    if one.source is not None or one.cue is None or parsed.tokens[one.cue.token].tag != "VBG":
        return one
    sentence = parsed.tokens[one.cue.token].sentence
    for other in reversed(earlier[-RECENT:]):
        if other.cue is None or other.source is None or other.cue.token >= one.cue.token:
            continue
        if parsed.tokens[other.cue.token].sentence == sentence:
            relays = tuple(passing for passing in one.relays if passing.source.head != other.source.head)
            return replace(one, source=other.source, relays=relays)
    return one


@dataclass(frozen=True, slots=True)
class Before:
    """The statement before one, who made it, and to whom; `asks`: it was a question."""

    speaker: Mention
    content: tuple[Span, ...]
    addressee: Mention | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Hall:
    """Where voices are heard: the report, its actors, and what is known of people."""

    marked: Marked
    speakers: Speakers
    actors: ActorBase


def voice(hall: Hall, one: Attribution, before: Before | None) -> Mention | None:
    """The speaker of an attribution, `before` the statement before it."""
    if one.source is None:
        return None
    head, marked, speakers = one.source.head, hall.marked, hall.speakers
    found = speakers.speaker(one.source)
    if found is None or marked.inside[head] is not None or head in speakers.same:
        return found
    if marked.parsed.tokens[head].lower in PRONOUNS:
        return _pronoun(hall, one, head, found, before)
    if found.kind == "nominal" and found.key is None and len(speakers.named(found)) <= 1:
        meant = described(marked, found, speakers)
        if meant is not None:
            return speakers.same_as(head, found, meant, "described by what it was called before")
    return found


def _pronoun(hall: Hall, one: Attribution, head: int, found: Mention, before: Before | None) -> Mention:
    """A pronoun's mention, as the report's chains have it where nothing speaks against them."""
    word = hall.marked.parsed.tokens[head].lower
    asked = _asked(hall, one, before, word)
    if asked is not None and asked.chain != found.chain:
        return hall.speakers.same_as(head, found, asked, "answers what was asked before")
    named = hall.speakers.named(found, before=found.span)
    if not hall.speakers.named(found) and word in SEX:
        unnamed = _unnamed(hall, head, word)
        return hall.speakers.same_as(head, found, unnamed, "the only one it can be") if unnamed is not None else found
    if not named or (before is not None and before.speaker.chain == found.chain):
        return found
    quoted = all(_is_quoted(hall.marked, mention) for mention in named)
    around = (*one.content, *(before.content if before is not None else ()))
    spoken_of = _is_spoken_of(around, named[-1], found)
    rival = word in SEX and _has_rival(hall, named[-1], word)
    if not (quoted or spoken_of or rival):
        return found
    if before is not None and _may_go_on(hall, before, found, word):
        return hall.speakers.same_as(head, found, before.speaker, "goes on with the voice before")
    if one.direct and _is_spoken_of(one.content, named[-1], found):
        quoted = True  # nobody calls himself by his name
    if quoted or rival:
        return hall.speakers.alone(head, "spoken of in its own words" if quoted else "could be one of two")
    return found


def _asked(hall: Hall, one: Attribution, before: Before | None, word: str) -> Mention | None:
    """Who was asked in the statement before, where this one answers."""
    if before is None or not before.asks or before.addressee is None or one.cue is None:
        return None
    cue = hall.marked.parsed.tokens[one.cue.token]
    near = (
        before.addressee.span.end < cue.start
        and _paragraphs_between(hall.marked, before.addressee, before.speaker) == 0
    )
    return before.addressee if cue.lemma.lower() in ANSWERS and near and fits(hall, before.addressee, word) else None


def _unnamed(hall: Hall, head: int, word: str) -> Mention | None:
    """The one person whom the sentence before brings in by a noun for a man or a woman or for what people do."""
    parsed = hall.marked.parsed
    number = parsed.tokens[head].sentence
    if number == 0:
        return None
    found = [token.i for token in parsed.sentence_tokens(number - 1) if _is_somebody(hall, token, word)]
    return hall.speakers.mention(found[0]) if len(found) == 1 else None


def _is_somebody(hall: Hall, token: Token, word: str) -> bool:
    """Whether a noun outside quotations is a word for one of that sex, or a subject named for what he or she does."""
    if token.tag != "NN" or hall.marked.inside[token.i] is not None or token.dep in ("compound", "appos"):
        return False
    sex = hall.actors.gendered.get(token.lower)
    return sex == SEX[word] or (sex is None and token.dep in SUBJECTS and token.lower.endswith(DOERS))


def _is_spoken_of(content: Sequence[Span], named: Mention, found: Mention) -> bool:
    """Whether a name stands in words of this speaker or the one before, and the pronoun outside them."""
    if any(span.contains(found.span) for span in content):
        return False
    return any(span.contains(named.span) for span in content)


def _may_go_on(hall: Hall, before: Before, found: Mention, word: str) -> bool:
    """Whether the speaker before is near and the pronoun fits; of two in one phrase none is taken here either."""
    near = _paragraphs_between(hall.marked, before.speaker, found) <= FAR
    return near and fits(hall, before.speaker, word) and not (word in SEX and _has_rival(hall, before.speaker, word))


def _is_quoted(marked: Marked, mention: Mention) -> bool:
    return marked.inside[marked.token_at(mention.head.end)] is not None


def _paragraphs_between(marked: Marked, one: Mention, other: Mention) -> int:
    tokens, sentences = marked.parsed.tokens, marked.parsed.sentences
    first, last = (sentences[tokens[marked.token_at(m.head.end)].sentence].paragraph for m in (one, other))
    return abs(last - first)


def fits(hall: Hall, mention: Mention, word: str) -> bool:
    """Whether a pronoun can stand for an actor."""
    if word in SEX:
        return mention.actor_kind in ("person", "role") and sex_of(hall, mention) in (None, SEX[word])
    if word == "it":
        return mention.actor_kind in ("state", "organisation")
    return mention.actor_kind in ("group", "organisation")


def _has_rival(hall: Hall, mention: Mention, word: str) -> bool:
    """Whether the one meant stands in one phrase with another whom the pronoun fits as well."""
    parsed, sex = hall.marked.parsed, SEX[word]
    known = sex_of(hall, mention)
    for index in conjuncts(parsed, _first_conjunct(parsed, _top(hall.marked, mention))):
        other = hall.speakers.known(index)
        if other is None or other.chain == mention.chain or other.actor_kind not in ("person", "role"):
            continue
        theirs = sex_of(hall, other)
        if theirs in (None, sex) and not (known == sex and theirs is None):
            return True
    return False


def _top(marked: Marked, mention: Mention) -> int:
    """The word of a name on which its others hang."""
    index = marked.token_at(mention.head.end)
    while marked.parsed.tokens[index].dep in ("compound", "flat") and marked.parsed.tokens[index].head > index:
        index = marked.parsed.tokens[index].head
    return index


def _first_conjunct(parsed: Parsed, index: int) -> int:
    while parsed.tokens[index].dep == "conj" and parsed.tokens[index].head != index:
        index = parsed.tokens[index].head
    return index


def sex_of(hall: Hall, mention: Mention) -> str | None:
    """What titles, nouns and given names say of an actor's sex, where all of them agree."""
    told: set[str | None] = set()
    parsed, actors = hall.marked.parsed, hall.actors
    for other in hall.speakers.named(mention) or [mention]:
        words = [word.strip(".,").casefold() for word in parsed.words(other.span).split()]
        before = parsed.text[max(0, other.span.start - 12) : other.span.start].split()
        title = before[-1].strip(".,").casefold() if before else ""
        told.add(actors.titles.get(title) or actors.gendered.get(title))
        if other.kind == "name" and len(words) > 1:
            told.add(actors.genders.get(words[0]))
        if other.kind == "nominal":
            told.add(actors.gendered.get(parsed.words(other.head).casefold()))
    told.discard(None)
    return told.pop() if len(told) == 1 else None
