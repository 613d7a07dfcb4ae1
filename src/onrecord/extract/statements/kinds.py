"""What kind of statement an attribution is, by how much of it is quoted, and whether the record should hold it.

The first is a matter of letters inside quotation marks; the second of who speaks and by what kind of cue.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.hollow import is_hollow
from onrecord.extract.statements.outlets import is_outlet
from onrecord.extract.statements.quotes import Marked
from onrecord.extract.statements.sources import is_passive
from onrecord.extract.statements.speakers import Speakers, speaks_for_itself
from onrecord.lexicon.cues import Cues
from onrecord.model.claims import StatementKind
from onrecord.model.offsets import Span
from onrecord.model.parsed import Parsed, Token

MOSTLY = 0.9  # share of letters inside marks from which a content counts as all quoted ("…," with a word outside)
LEAST_PROBABLE = 0.2  # what is less probable than this is left out; most such readings are wrong
NO_ONE = frozenset({"anything", "something", "everything", "nothing", "whatever"})
SPEAKER_ENDINGS = ("ist", "ists", "ian", "ians", "man", "men", "woman", "women", "people")
QUANTIFIERS = frozenset(
    {"some", "many", "others", "few", "most", "both", "several", "all", "none", "another", "those", "each", "two"}
)


def kind_of(marked: Marked, one: Attribution) -> StatementKind:
    """Direct where all is quoted, indirect where nothing is, else mixed."""
    letters = quoted = 0
    first = bisect_right(marked.quotes, one.content[0].start, key=lambda quote: quote.end)
    last = bisect_left(marked.quotes, one.content[-1].end, key=lambda quote: quote.start)
    spans = [span for quote in marked.quotes[first:last] for span in quote.spans]
    for piece in one.content:
        letters += _letters(marked.parsed, piece)
        for span in spans:
            if span.start >= piece.end:
                break
            if span.overlaps(piece):
                both = Span(max(span.start, piece.start), min(span.end, piece.end))
                quoted += _letters(marked.parsed, both)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= MOSTLY * letters else "mixed"


def _letters(parsed: Parsed, span: Span) -> int:
    return sum(character.isalnum() for character in parsed.words(span))


def is_statement(parsed: Parsed, one: Attribution, speakers: Speakers, cues: Cues) -> bool:
    """Whether somebody other than the report says, thinks or is said to mean it.

    Sides taken and courses chosen are left to the events, and so is what one party says that another thinks; what an
    outlet says of another's thoughts it has from there.
    """
    if one.probability < LEAST_PROBABLE or is_hollow(parsed, one, speakers, cues):
        return False
    if one.source is None:
        return _may_be_unnamed(parsed, one)
    if speaks_for_itself(parsed, one.source) or parsed.tokens[one.source.head].lower in NO_ONE:
        return False
    register = one.cue.register if one.cue else "speech"
    if one.relays and one.bare and one.cue is not None and one.cue.verb is None:
        return False
    by_parties = any(not is_outlet(parsed, passing.source.head, speakers) for passing in one.relays)
    if register == "act" or (register == "thought" and by_parties):
        return False
    head = parsed.tokens[one.source.head]
    if one.direct or (register == "speech" and not one.bare):
        return True
    return speakers.known(head.i) is not None or _can_speak(head, cues)


def _may_be_unnamed(parsed: Parsed, one: Attribution) -> bool:
    """Whether a cue leaves its source out by its form: a passive ("is said to …"), a noun ("fears that …").

    "Known as" and "called" with no more than a name are no statement.
    """
    if one.cue is None or one.direct or one.cue.register not in ("speech", "thought", "sign"):
        return one.direct
    if one.cue.verb is None:
        return True
    is_name = one.kind in ("say", "believe") and not any(parsed.tokens[h].pos in ("VERB", "AUX") for h in one.heads)
    return is_passive(parsed, one.cue.token) and not is_name


def _can_speak(head: Token, cues: Cues) -> bool:
    """Whether a noun is one for those who speak, or for texts that are cited."""
    lemma = head.lemma.lower()
    if lemma in cues.sources or head.lower in QUANTIFIERS or head.pos == "PROPN":
        return True
    return head.lower in ("he", "she", "they", "who") or (head.pos == "NOUN" and head.lower.endswith(SPEAKER_ENDINGS))
