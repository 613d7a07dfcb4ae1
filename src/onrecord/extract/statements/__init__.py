"""Who said what: statements direct, mixed and indirect, from cues, the tree and quotation marks.

Cue, content and source are found in separate steps; words of the report's own, without a source, are no statement.
"""

from __future__ import annotations

from onrecord.extract.statements.according import find_according
from onrecord.extract.statements.assertion import certainty_of, is_denied, time_of_saying
from onrecord.extract.statements.attribution import Attribution, Content, CueUse, Passing, spans_of
from onrecord.extract.statements.contents import find_content
from onrecord.extract.statements.cues import find_verb_cues
from onrecord.extract.statements.join import join
from onrecord.extract.statements.kinds import is_statement, kind_of
from onrecord.extract.statements.lines import find_lines
from onrecord.extract.statements.nominals import find_adjective_cues, find_noun_cues
from onrecord.extract.statements.quotes import Marked, mark_quotes
from onrecord.extract.statements.sources import find_source_and_relay
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.statements.speech import find_speech
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Mention, Relay, Statement, TimeRef
from onrecord.model.ids import make_id
from onrecord.model.parsed import Parsed

__all__ = ["Attribution", "find_attributions", "find_statements"]


def find_statements(
    parsed: Parsed, mentions: tuple[Mention, ...], times: tuple[TimeRef, ...], lexicon: Lexicon
) -> tuple[tuple[Statement, ...], tuple[Mention, ...]]:
    """All statements of a report in the order of its text, and the mentions made for sources that had none."""
    marked = mark_quotes(parsed)
    times = tuple(sorted(times, key=lambda time: time.span))
    speakers = Speakers(parsed, mentions)
    statements: dict[str, Statement] = {}
    for one in _attributions(marked, lexicon):
        if is_statement(parsed, one, speakers, lexicon.cues):
            statement = _statement(marked, one, speakers, times)
            statements.setdefault(statement.id, statement)
    return tuple(statements.values()), tuple(speakers.added.values())


def find_attributions(parsed: Parsed, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Every attribution of a report, sources as phrases: also sides taken, and what the report says of itself."""
    return _attributions(mark_quotes(parsed), lexicon)


def _attributions(marked: Marked, lexicon: Lexicon) -> tuple[Attribution, ...]:
    uses = list(find_verb_cues(marked, lexicon.cues))
    speech = find_speech(marked, uses, lexicon.cues)
    others: list[Attribution] = []
    tokens = frozenset(use.token for use in uses)
    for use in uses:
        content = find_content(marked, use, tokens)
        if content is not None:
            others.append(_reported(marked.parsed, use, content, lexicon))
    others.extend(find_noun_cues(marked, lexicon.cues))
    others.extend(find_adjective_cues(marked, lexicon.cues))
    others.extend(find_according(marked, lexicon.cues))
    others.extend(find_lines(marked))
    return join(marked, speech, others)


def _reported(parsed: Parsed, use: CueUse, content: Content, lexicon: Lexicon) -> Attribution:
    """A verb cue with the content that the tree gives it."""
    source, relay = find_source_and_relay(parsed, use, lexicon.cues)
    spans = spans_of(parsed, content.tokens)
    relays = (relay,) if relay else ()
    return Attribution(spans, use, source, use.kind, content.hearer, content.heads, relays, bare=content.bare)


def _relay(passing: Passing, speakers: Speakers) -> Relay:
    known = speakers.known(passing.source.head)
    return Relay(passing.source.phrase, known.id if known else None, passing.cue)


def _statement(marked: Marked, one: Attribution, speakers: Speakers, times: tuple[TimeRef, ...]) -> Statement:
    parsed = marked.parsed
    speaker = speakers.mention(one.source.head) if one.source else None
    addressee = speakers.mention(one.hearer) if one.hearer is not None else None
    cue = one.cue.span if one.cue else None
    said = time_of_saying(parsed, one, times)
    part = parsed.sentences[parsed.tokens[one.cue.token].sentence].part if one.cue else "body"
    return Statement(
        id=make_id("st", parsed.document, one.content, cue),
        kind=kind_of(marked, one),
        content=one.content,
        cue=cue,
        cue_kind=one.kind,
        speaker=speaker.id if speaker else None,
        addressee=addressee.id if addressee else None,
        relays=tuple(_relay(passing, speakers) for passing in one.relays),
        negated=is_denied(parsed, one),
        certainty=certainty_of(parsed, one),
        said=said.id if said else None,
        part="title" if part == "title" else "caption" if part == "caption" else "body",
    )
