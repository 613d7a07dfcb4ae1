"""Outlets and agencies as relays: what is one, and where one closes a sentence or headline ("…, Reuters reported")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extract.statements.attribution import Passing, Source
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.syntax import kids
from onrecord.model.claims import Mention
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed

NOUNS = frozenset(
    {
        "agency", "broadcaster", "channel", "daily", "magazine", "media", "network", "newspaper", "newswire", "outlet",
        "paper", "radio", "television", "tv", "weekly", "wire",
    }
)  # fmt: skip
REPORTING = frozenset({"report", "reports", "reported", "said", "says", "say", "wrote", "writes"})
IN_A_NAME = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "PUNCT", "ADP"})
TITLE_MARKS = frozenset({"-", "–", "—", ":", "|"})
MAX_NAME = 7  # tokens from a comma to an outlet's name: "South Korea's state-run Yonhap news agency"
MAX_TAIL = 10  # tokens after "Reuters reported": "on Tuesday from Dubai, …"
DANGLING = re.compile(r"(?:(?<!\s)\s+|^)(?:when|that|which|who|whom|where|while|and|but|or)$", re.IGNORECASE)
LOOSE = " \t\n,;:-–—|"


@dataclass(frozen=True, slots=True)
class Close:
    """An outlet that closes a sentence: the mark before it, the token after it, and what it passes on."""

    mark: int
    last: int
    passing: Passing


def is_outlet(parsed: Parsed, head: int, speakers: Speakers) -> bool:
    """Whether a word names an outlet or agency, or is a noun for one; "social media" are none."""
    if head > 0 and parsed.tokens[head - 1].lower == "social":
        return False
    known = speakers.known(head)
    return (known is not None and known.sector == "JRN") or parsed.tokens[head].lemma.lower() in NOUNS


def closing_outlets(marked: Marked, speakers: Speakers) -> Iterator[Close]:
    """Every outlet after a comma with a verb of reporting and nothing more to say, or after a headline's last mark."""
    parsed = marked.parsed
    for mention in speakers.index.mentions:
        if mention.sector != "JRN" or mention.kind != "name":
            continue
        first, last = marked.token_at(mention.span.start + 1), marked.token_at(mention.span.end)
        if marked.inside[first] is None:
            found = _in_title(parsed, mention, first, last) or _in_sentence(parsed, first, last)
            if found is not None:
                yield found


def _in_title(parsed: Parsed, mention: Mention, first: int, last: int) -> Close | None:
    sentence = parsed.sentences[parsed.tokens[first].sentence]
    ends = last + 1 >= len(parsed.tokens) or parsed.tokens[last + 1].sentence != parsed.tokens[last].sentence
    if sentence.part != "title" or not ends or first <= sentence.first + 1:
        return None
    mark = first - 1
    if parsed.tokens[mark].text not in TITLE_MARKS:
        return None
    return Close(mark, last + 1, Passing(Source(mention.span, last), parsed.span(mark, mark + 1)))


def _in_sentence(parsed: Parsed, first: int, last: int) -> Close | None:
    tokens, sentence = parsed.tokens, parsed.sentences[parsed.tokens[first].sentence]
    verb = last + 1
    while verb < sentence.last and tokens[verb].lemma.lower() in NOUNS | {"news"}:
        verb += 1
    if verb >= sentence.last or tokens[verb].lower not in REPORTING:
        return None
    mark = first - 1
    while mark > sentence.first and first - mark <= MAX_NAME and tokens[mark].text != ",":
        if tokens[mark].pos not in IN_A_NAME:
            return None
        mark -= 1
    says_more = [child for child in kids(parsed, verb, "ccomp", "dobj") if child > verb]
    if tokens[mark].text != "," or says_more or sentence.last - verb > MAX_TAIL:
        return None
    return Close(mark, sentence.last, Passing(Source(parsed.span(mark + 1, verb), last), parsed.span(verb, verb + 1)))


def trimmed(parsed: Parsed, content: tuple[Span, ...], end: int) -> tuple[Span, ...]:
    """Spans up to an offset, loose marks at the new end left out."""
    kept = []
    for span in content:
        words = parsed.text[span.start : min(span.end, end)] if span.start < end else ""
        words = words.rstrip(LOOSE) if span.end > end else words
        if words:
            kept.append(Span(span.start, span.start + len(words)))
    return tuple(kept)


def without(parsed: Parsed, content: tuple[Span, ...], phrase: Span) -> tuple[Span, ...]:
    """Spans without a phrase that stands at the end or the beginning of one."""
    kept: list[Span] = []
    for span in content:
        if span.start < phrase.start < span.end <= phrase.end + 1:
            kept.extend(trimmed(parsed, (span,), phrase.start))
        elif phrase.start <= span.start < phrase.end < span.end:
            words = parsed.text[phrase.end : span.end]
            kept.append(Span(span.end - len(words.lstrip(LOOSE)), span.end))
        elif not phrase.contains(span):
            kept.append(span)
    return tuple(kept)


def tidy(parsed: Parsed, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans without loose marks, and without a last word that leads on to what is not there ("… could invade when")."""
    kept = []
    for at, span in enumerate(content, start=1):
        words = parsed.words(span).rstrip(LOOSE)
        if at == len(content):
            words = DANGLING.sub("", words).rstrip(LOOSE)
        start = span.start + len(words) - len(words.lstrip(LOOSE))
        if span.start + len(words) > start:
            kept.append(Span(start, span.start + len(words)))
    return tuple(kept)
