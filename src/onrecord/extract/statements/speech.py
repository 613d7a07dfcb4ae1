"""Direct speech: which cue governs a quotation, by what stands right after it, right before it, or a line above.

Quotations break the tree, so words and marks decide here and the tree only helps. A quotation without a cue that
stands as a sentence of its own goes on with the statement before it; a short one inside a clause is no speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.extract.statements.attribution import Attribution, CueUse
from onrecord.extract.statements.quotes import Marked, Quote
from onrecord.extract.statements.sources import QUOTERS, find_source_and_relay, nearby_source
from onrecord.extract.statements.unlisted import find_unlisted
from onrecord.extract.syntax import kids
from onrecord.lexicon.cues import Cues
from onrecord.model.offsets import Span

REACH = 30  # tokens between a quotation and its cue: a name with a long apposition fits
RUNS_ON = frozenset(",?!…-–—:;")  # a quotation that ends so lets its sentence go on after it
SENTENCE_ENDS = frozenset(".?!")
PASSED_OVER = frozenset({"relcl", "acl", "aux", "auxpass", "amod", "compound"})  # verbs that are not the sentence's own
CLAUSE_LEADS = frozenset({"while", "although", "though", "because", "if", "when", "since", "but"})
MARKS = "“”„‟\"«»‘’‚'`"
NEAR = 20  # code points before a quotation in which the mark that ends the last sentence stands
MIN_OWN_WORDS = 3  # a quotation of fewer words that no cue governs is a turn of phrase


def find_speech(marked: Marked, uses: Sequence[CueUse], cues: Cues) -> list[Attribution]:
    """Each governed quotation as an attribution, with the ones that go on from it as further content."""
    by_token = {use.token: use for use in uses if _can_quote(marked, use)}
    pieces: dict[int, list[Span]] = {}  # cue token -> quotations
    latest: CueUse | None = None
    for number, quote in enumerate(marked.quotes):
        use = (
            _cue_after(marked, number, by_token)
            or _cue_before(marked, number, by_token)
            or find_unlisted(marked, quote, cues)
        )
        if use is None and latest is not None and _goes_on(marked, latest, pieces[latest.token][-1], number):
            use = latest
        if use is not None:
            by_token.setdefault(use.token, use)
            pieces.setdefault(use.token, []).extend(quote.spans)
            latest = use
    return [_attribution(marked, by_token[token], tuple(sorted(spans)), cues) for token, spans in pieces.items()]


def _can_quote(marked: Marked, use: CueUse) -> bool:
    """Whether a cue can govern a quotation: "asked about the raid, he …" is no question of his."""
    token = marked.parsed.tokens[use.token]
    asked = token.tag == "VBN" and token.dep in ("advcl", "acl") and not kids(marked.parsed, use.token, "aux", "nsubj")
    return use.verb is not None and "quote" in use.verb.frames and not asked


def _attribution(marked: Marked, use: CueUse, content: tuple[Span, ...], cues: Cues) -> Attribution:
    parsed = marked.parsed
    source, relay = find_source_and_relay(parsed, use, cues)
    if source is None or marked.inside[source.head] is not None:
        source = nearby_source(marked, use.token)
    hearers = [h for h in kids(parsed, use.token, "dobj", "dative") if h > use.token and marked.inside[h] is None]
    hearer = hearers[0] if hearers and use.verb is not None and use.verb.hearer else _told_to(marked, use.token)
    return Attribution(content, use, source, use.kind, hearer=hearer, relays=(relay,) if relay else (), direct=True)


def _told_to(marked: Marked, verb: int) -> int | None:
    """The noun after "to": "he said to reporters"."""
    for child in kids(marked.parsed, verb, "prep", "dative"):
        if marked.parsed.tokens[child].lower == "to":
            for noun in kids(marked.parsed, child, "pobj"):
                return noun
    return None


def _cue_after(marked: Marked, number: int, uses: Mapping[int, CueUse]) -> CueUse | None:
    """The cue in what follows the quotation in its sentence: '…," the minister said'."""
    quote, parsed = marked.quotes[number], marked.parsed
    stop = _stretch_end(marked, quote.last)
    for index in range(quote.last, stop):
        token = parsed.tokens[index]
        if token.text == ";" or (token.dep == "mark" and token.lower in CLAUSE_LEADS):
            return None
        use = uses.get(index)
        if use is not None and (token.tag in ("VBD", "VBZ", "VBP", "VBN") or token.dep == "pcomp"):
            return use if _follows(marked, quote, index) else None
        if token.lemma in QUOTERS:
            continue
        if (
            token.pos in ("VERB", "AUX")
            and token.dep not in PASSED_OVER
            and not _in_relative(marked, index, quote.last)
        ):
            return None
    return None


def _in_relative(marked: Marked, index: int, first: int) -> bool:
    """Whether a verb stands in a relative clause that begins after token `first`."""
    for above in (index, *marked.parsed.ancestors(index)):
        if above < first:
            return False
        if marked.parsed.tokens[above].dep in ("relcl", "acl"):
            return True
    return False


def _stretch_end(marked: Marked, first: int) -> int:
    """Where the words after a quotation end: at a full stop, the next quotation, or the paragraph's end."""
    tokens = marked.parsed.tokens
    if first >= len(tokens):
        return first
    paragraph = _paragraph(marked, first - 1)
    for index in range(first, min(first + REACH, len(tokens))):
        if (
            marked.inside[index] is not None
            or tokens[index].text in SENTENCE_ENDS
            or _paragraph(marked, index) != paragraph
        ):
            return index
    return min(first + REACH, len(tokens))


def _follows(marked: Marked, quote: Quote, cue: int) -> bool:
    """Whether the words up to a cue go on from the quotation rather than begin a sentence of their own."""
    text, parsed = marked.parsed.text, marked.parsed
    inner = parsed.words(quote.spans[-1]).rstrip(MARKS + " ")
    after = text[quote.end : parsed.tokens[quote.last].start + 1].strip()
    if inner[-1:] in RUNS_ON or after[:1] in RUNS_ON:
        return True
    has_content = any(child > cue for child in kids(parsed, cue, "ccomp", "xcomp", "dobj"))
    return not has_content and cue - quote.last <= 2 and inner[-1:] in SENTENCE_ENDS


def _cue_before(marked: Marked, number: int, uses: Mapping[int, CueUse]) -> CueUse | None:
    """The last cue in the words before the quotation: 'he said: "…', 'told reporters in Paris, "…'."""
    quote, tokens = marked.quotes[number], marked.parsed.tokens
    before = quote.first - 1
    if before < 0 or marked.inside[before] is not None:
        return None
    near = _paragraph(marked, before) == _paragraph(marked, quote.first)
    leads_in = _last_word(marked, before) == ":"
    if not near and not leads_in:
        return None
    for index in range(before, max(-1, before - REACH), -1):
        token = tokens[index]
        if marked.inside[index] is not None or (index < before and token.text in SENTENCE_ENDS):
            return None
        if token.sentence != tokens[quote.first].sentence and not leads_in and token.text in SENTENCE_ENDS:
            return None
        if index in uses:
            return uses[index] if leads_in or _is_open(marked, index, quote) else None
        if (
            not leads_in
            and token.pos in ("VERB", "AUX")
            and token.tag in ("VBD", "VBZ", "VBP", "MD")
            and (token.dep not in ("relcl", "aux", "auxpass") and _last_word(marked, before) != ",")
        ):
            return None
    return None


def _is_open(marked: Marked, cue: int, quote: Quote) -> bool:
    """Whether a cue still waits for its words where the quotation begins: after a comma, or right before it."""
    parsed = marked.parsed
    last = _last_word(marked, quote.first - 1)
    if last in (",", ":", "—", "–") or quote.first - cue <= 1:
        return True
    first = next((c for c in parsed.words(quote.spans[0]) if c.isalpha()), "")
    return first.isupper() and quote.words > MIN_OWN_WORDS and last not in ("that", "as", "the", "a", "of", "was", "is")


def _last_word(marked: Marked, index: int) -> str:
    """The last token that is no white space, up to `index`."""
    while index > 0 and marked.parsed.tokens[index].text.isspace():
        index -= 1
    return marked.parsed.tokens[index].lower


def _goes_on(marked: Marked, use: CueUse, content: Span, number: int) -> bool:
    """Whether an ungoverned quotation continues a statement: it is a sentence of its own right after it."""
    quote, parsed = marked.quotes[number], marked.parsed
    if quote.words < MIN_OWN_WORDS or not stands_alone(marked, quote):
        return False
    last = max(use.token, marked.token_at(content.end))
    here, there = _paragraph(marked, quote.first), _paragraph(marked, last)
    if here == there:
        between = parsed.tokens[last + 1 : quote.first]
        return sum(token.text in SENTENCE_ENDS for token in between) <= 1
    own_paragraph = quote.first == 0 or _paragraph(marked, quote.first - 1) != here
    return own_paragraph and here - there == 1


def stands_alone(marked: Marked, quote: Quote) -> bool:
    """Whether a quotation begins a sentence and its words end one."""
    before = marked.parsed.text[max(0, quote.start - NEAR) : quote.start].rstrip()[-1:]
    if before and before not in ".?!:" + MARKS and marked.parsed.text[quote.start - 1] != "\n":
        return False
    last = marked.parsed.words(quote.spans[-1]).rstrip(MARKS + " ")[-1:]
    return last in ".?!…,—–-" or not quote.closed


def _paragraph(marked: Marked, token: int) -> int:
    parsed = marked.parsed
    return parsed.sentences[parsed.tokens[token].sentence].paragraph
