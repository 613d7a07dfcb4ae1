"""Who said what: statements direct, mixed and indirect, from cues, the tree and quotation marks.

Cue, content and source are found in separate steps; words of the report's own, without a source, are no statement.
"""

from __future__ import annotations

from onrecord.extract.statements.according import find_according
from onrecord.extract.statements.assertion import certainty_of, is_denied, time_of_saying
from onrecord.extract.statements.attribution import Attribution, Content, CueUse, spans_of
from onrecord.extract.statements.contents import find_content
from onrecord.extract.statements.continued import with_continued
from onrecord.extract.statements.cue_kinds import cue_kind_of
from onrecord.extract.statements.cues import find_verb_cues
from onrecord.extract.statements.join import join, with_relays
from onrecord.extract.statements.kinds import is_statement, kind_of
from onrecord.extract.statements.lifted import lift
from onrecord.extract.statements.lines import find_lines
from onrecord.extract.statements.nominals import find_adjective_cues, find_noun_cues
from onrecord.extract.statements.quotes import Marked, mark_quotes
from onrecord.extract.statements.relays import name_relays, relays_of
from onrecord.extract.statements.sources import find_source_and_relay
from onrecord.extract.statements.speakers import Speakers
from onrecord.extract.statements.speech import find_speech
from onrecord.extract.statements.voices import Before, Hall, voice, with_shared_source
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Mention, Statement, TimeRef
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
    earlier: list[Attribution] = []
    before: Before | None = None
    hall = Hall(marked, speakers, lexicon.actors)
    for found in name_relays(marked, _attributions(marked, lexicon), speakers, lexicon.cues):
        one = with_shared_source(parsed, found, earlier)
        if is_statement(parsed, one, speakers, lexicon.cues):
            speaker = voice(hall, one, before)
            statement = _statement(marked, one, speaker, speakers, times, lexicon)
            statements.setdefault(statement.id, statement)
            earlier.append(one)
            before = _before(parsed, one, speaker, speakers, lexicon) if speaker is not None else before
    return tuple(statements.values()), tuple(speakers.added.values())


def _before(parsed: Parsed, one: Attribution, speaker: Mention, speakers: Speakers, lexicon: Lexicon) -> Before:
    hearer = speakers.known(one.hearer) if one.hearer is not None else None
    return Before(speaker, one.content, hearer, cue_kind_of(parsed, one, lexicon.cues) == "ask")


def find_attributions(parsed: Parsed, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Every attribution of a report, sources as phrases: also sides taken, and what the report says of itself."""
    return _attributions(mark_quotes(parsed), lexicon)


def _attributions(marked: Marked, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """The rules' attributions as the trained tagger corrects them, and who passed on whose words."""
    return tuple(with_relays(lift(marked, find_by_rules(marked, lexicon), lexicon.cues)))


def find_by_rules(marked: Marked, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Every attribution that cues, tree and quotation marks give; what the trained tagger starts from."""
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
    return with_continued(marked, join(marked, speech, others))


def _reported(parsed: Parsed, use: CueUse, content: Content, lexicon: Lexicon) -> Attribution:
    """A verb cue with the content that the tree gives it."""
    source, relay = find_source_and_relay(parsed, use, lexicon.cues)
    spans = spans_of(parsed, content.tokens)
    relays = (relay,) if relay else ()
    return Attribution(spans, use, source, use.kind, content.hearer, content.heads, relays, bare=content.bare)


def _statement(
    marked: Marked, one: Attribution, speaker: Mention | None, speakers: Speakers, times: tuple[TimeRef, ...],
    lexicon: Lexicon,
) -> Statement:  # fmt: skip
    parsed = marked.parsed
    addressee = speakers.mention(one.hearer) if one.hearer is not None else None
    cue = one.cue.span if one.cue else None
    said = time_of_saying(parsed, one, times)
    part = parsed.sentences[parsed.tokens[one.cue.token].sentence].part if one.cue else "body"
    return Statement(
        id=make_id("st", parsed.document, one.content, cue),
        kind=kind_of(marked, one),
        content=one.content,
        cue=cue,
        cue_kind=cue_kind_of(parsed, one, lexicon.cues),
        speaker=speaker.id if speaker else None,
        addressee=addressee.id if addressee else None,
        relays=relays_of(one, speaker, speakers),
        negated=is_denied(parsed, one),
        certainty=certainty_of(parsed, one),
        said=said.id if said else None,
        part="title" if part == "title" else "caption" if part == "caption" else "body",
        probability=round(one.probability, 3),
    )
