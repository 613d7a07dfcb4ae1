"""Headlines and transcripts, where a colon or a dash does the work of a verb: "Kremlin: …", "… – Kremlin".

A transcript's turn begins with a name in capitals and a colon, or with any name where many paragraphs begin so;
elsewhere in the body a colon says nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.extract.statements.attribution import QUOTE_MARKS, Attribution, CueUse, Source
from onrecord.extract.statements.quotes import Marked
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

MAX_NAME_TOKENS = 6
MAX_TURN_TOKENS = 5
MIN_TURNS = 4  # paragraphs led by names from which a text is held for a conversation
SIGNATURE = re.compile(r"\s*(?P<dash>[–—―-]{1,2})\s*([^\n]{2,60}?)[\s.]*$")
SIGNING = frozenset({"–", "—", "―", "-", "--"})
MARKS_AND_STOPS = "“”„‟\"«»‘’‚'`.,!?… \n"
DASHES = frozenset("–—-")
TURN = re.compile(r"[A-Z][A-Z.’'\- ]*[A-Z.](?: \([^)]{1,40}\))?$")  # a speaker's name as transcripts print it


def find_lines(marked: Marked) -> Iterator[Attribution]:
    """Statements made by a colon or a dash in a headline, turns of a transcript, and quotations signed by a name."""
    parsed = marked.parsed
    blocks = list(_blocks(parsed))
    turns = _turns(parsed, blocks)
    for number, (first, last, is_title) in enumerate(blocks):
        found = _led_by_name(marked, first, last, is_title, first in turns)
        if found is None:
            found = _closed_by_name(parsed, first, last) if is_title else _signed(marked, first, last)
        if found is None and number and not is_title:
            found = _signed_below(marked, blocks[number - 1][0], first, last)
        if found is not None:
            yield found


def _turns(parsed: Parsed, blocks: list[tuple[int, int, bool]]) -> frozenset[int]:
    """The first tokens of paragraphs that begin with a name and a colon, where two or more names take turns."""
    led: dict[str, list[int]] = {}
    for first, last, is_title in blocks:
        colon = next(
            (at for at in range(first + 1, min(first + MAX_TURN_TOKENS, last - 1)) if parsed.tokens[at].text == ":"), 0
        )
        words = [token for token in parsed.tokens[first:colon] if token.text not in QUOTE_MARKS]
        if (
            colon
            and not is_title
            and words
            and (_is_letter(words) or all(w.pos == "PROPN" and w.text[:1].isupper() for w in words))
        ):
            led.setdefault(words[-1].lower, []).append(first)
    repeated = [starts for starts in led.values() if len(starts) > 1]
    many = len(led) > 1 and sum(map(len, led.values())) >= MIN_TURNS and bool(repeated)
    many = many or {"q", "a"} <= led.keys()
    return frozenset(start for starts in led.values() for start in starts) if many else frozenset()


def _blocks(parsed: Parsed) -> Iterator[tuple[int, int, bool]]:
    """Tokens [first, last) of each paragraph, and whether it is a title."""
    first = 0
    for index, sentence in enumerate(parsed.sentences):
        following = parsed.sentences[index + 1] if index + 1 < len(parsed.sentences) else None
        if following is None or following.paragraph != sentence.paragraph:
            yield first, sentence.last, sentence.part == "title"
            first = sentence.last


def _is_letter(words: list[Token]) -> bool:
    """ "Q" and "A", as briefings print them."""
    return len(words) == 1 and words[0].text in ("Q", "A")


def _led_by_name(marked: Marked, first: int, last: int, is_title: bool, takes_turn: bool) -> Attribution | None:
    """ "NAME: words" over a whole paragraph."""
    parsed = marked.parsed
    if last - first > 2 and parsed.tokens[first].text in QUOTE_MARKS and marked.inside[first] is not None:
        first += 1  # a transcript quoted whole: "HOST: Let us begin …
    for colon in range(first + 1, min(first + 1 + MAX_NAME_TOKENS, last - 1)):
        if parsed.tokens[colon].text == ":":
            name = parsed.span(first, colon)
            is_turn = takes_turn or TURN.match(parsed.words(name)) is not None
            if not is_turn and marked.inside[colon] is not None:
                return None
            named = _names_somebody(parsed, first, colon) or _is_one_name(parsed, first, colon)
            if not is_turn and not (is_title and named):
                return None
            use = CueUse(colon, parsed.span(colon, colon + 1), "say")
            content = parsed.span(colon + 1, last)
            return Attribution((content,), use, Source(name, _head(parsed, first, colon)), "say")
    return None


def _closed_by_name(parsed: Parsed, first: int, last: int) -> Attribution | None:
    """ "words – NAME" in a headline."""
    for dash in range(last - 2, max(first + 2, last - 2 - MAX_NAME_TOKENS), -1):
        token = parsed.tokens[dash]
        if token.text in DASHES and parsed.text[token.start - 1 : token.start].isspace():
            if not (_names_somebody(parsed, dash + 1, last) or _is_one_name(parsed, dash + 1, last)):
                return None
            use = CueUse(dash, Span(token.start, token.end), "say")
            source = Source(parsed.span(dash + 1, last), _head(parsed, dash + 1, last))
            return Attribution((parsed.span(first, dash),), use, source, "say")
    return None


def _signed(marked: Marked, first: int, last: int) -> Attribution | None:
    """A paragraph that is one quotation and, after a dash, a name: readers' letters, mottos, answers to a question."""
    parsed = marked.parsed
    if marked.inside[first] is None:
        return None
    quote = marked.quotes[marked.inside[first] or 0]
    end = parsed.tokens[last - 1].end
    signature = SIGNATURE.match(parsed.text, quote.end, end)
    if quote.start > parsed.tokens[first].end or signature is None:
        return None
    words = [t.i for t in parsed.tokens[first:last] if signature.start(2) <= t.start and t.end <= signature.end(2)]
    if not words or not (_is_name(parsed, words) or _names_somebody(parsed, words[0], words[-1] + 1)):
        return None
    dash = Span(*signature.span("dash"))
    use = CueUse(marked.token_at(dash.end), dash, "say")
    source = Source(parsed.span(words[0], words[-1] + 1), _head(parsed, words[0], words[-1] + 1))
    return Attribution(quote.spans, use, source, "say", direct=True)


def _signed_below(marked: Marked, above: int, first: int, last: int) -> Attribution | None:
    """A paragraph that is nothing but a dash and a name, under one that is a quotation."""
    parsed, number = marked.parsed, marked.inside[above]
    words = [token.i for token in parsed.tokens[first + 1 : last] if token.text != "." and not token.text.isspace()]
    if number is None or parsed.tokens[first].text not in SIGNING or not 0 < len(words) <= MAX_NAME_TOKENS:
        return None
    quote = marked.quotes[number]
    whole = quote.first == above and parsed.words(parsed.span(quote.last - 1, first)).strip(MARKS_AND_STOPS) == ""
    if not whole or not (_is_name(parsed, words) or _names_somebody(parsed, words[0], words[-1] + 1)):
        return None
    use = CueUse(first, parsed.span(first, first + 1), "say")
    source = Source(parsed.span(words[0], words[-1] + 1), _head(parsed, words[0], words[-1] + 1))
    return Attribution(quote.spans, use, source, "say", direct=True)


def _is_name(parsed: Parsed, words: list[int]) -> bool:
    """Whether words are nothing but names, whatever the recogniser made of them."""
    return all(parsed.tokens[index].pos == "PROPN" for index in words)


def _names_somebody(parsed: Parsed, first: int, last: int) -> bool:
    """Whether tokens are a plain noun phrase with a name in it: no verb, no figure, no punctuation."""
    tokens = parsed.tokens[first:last]
    plain = all(token.pos in ("PROPN", "NOUN", "ADJ", "DET", "ADP", "PART") for token in tokens)
    names = [named for named in parsed.named if first <= named.first and named.last <= last]
    return plain and any(named.label in ("PERSON", "ORG", "GPE", "NORP", "FAC") for named in names)


def _is_one_name(parsed: Parsed, first: int, last: int) -> bool:
    """Whether tokens are a single name that the recogniser missed."""
    return last - first == 1 and parsed.tokens[first].pos == "PROPN"


def _head(parsed: Parsed, first: int, last: int) -> int:
    """The word that the others of a stretch hang on, or its last."""
    for token in parsed.tokens[first:last]:
        if not first <= token.head < last or token.head == token.i:
            return token.i
    return last - 1
