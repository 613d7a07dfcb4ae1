"""What the trained tagger adds to the rules: cues that no lexicon has, and how its readings join with theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.extract.statements import find_attributions, find_by_rules, find_statements
from onrecord.extract.statements.attribution import Attribution
from onrecord.extract.statements.cue_signs import cue_signs, may_be_cue
from onrecord.extract.statements.evidence import gather
from onrecord.extract.statements.kinds import LEAST_PROBABLE
from onrecord.extract.statements.pair_signs import PairSigns
from onrecord.extract.statements.quotes import mark_quotes
from onrecord.extract.statements.role_signs import REACH, cue_role_signs, look, token_signs
from onrecord.extract.statements.tagged import BARS, Tagged, _outermost, cue_likelihoods, find_tagged, load_taggers
from onrecord.lexicon import Lexicon
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]


def words(parsed: Parsed, one: Attribution) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Source, cue and content as text."""
    return (
        parsed.words(one.source.phrase) if one.source else None,
        parsed.words(one.cue.span) if one.cue else None,
        tuple(parsed.words(span) for span in one.content),
    )


FOUND = [
    ("Kuwait’s emir said that the oil fields would be back in use by spring.", "Kuwait’s emir", "said", "plain"),
    ("“We are staying,” the mayor of Pristina told reporters on Friday.", "the mayor of Pristina", "told", "direct"),
    (
        "According to two aid workers in Darfur, the camp was shelled twice.",
        "two aid workers in Darfur",
        "to",
        "phrase",
    ),
    (
        "The defence ministry in Taipei warned that the drills could last for weeks.",
        "The defence",
        "warned",
        "ministry",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "why"), FOUND)
def test_plain_attributions_are_found(
    text: str, source: str, cue: str, why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    _, parsed = read_text(text)
    found = [words(parsed, one) for one in find_attributions(parsed, lexicon)]
    assert len(found) == 1, why
    assert source in (found[0][0] or "")
    assert cue in (found[0][1] or "")


def test_conjunction_that_is_no_part_of_the_content(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("The envoy said that Tehran had closed two sites.")
    [one] = find_attributions(parsed, lexicon)
    assert parsed.words(one.content[0]) == "Tehran had closed two sites"


def test_inner_attributions_stay_beside_outer_ones(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("The union said on Monday that the governor had promised that wages would be paid in May.")
    found = {cue: content for _, cue, content in (words(parsed, one) for one in find_attributions(parsed, lexicon))}
    assert set(found) == {"said on Monday", "had promised"} or set(found) == {"said", "had promised"}
    assert found["had promised"] == ("wages would be paid in May",)


def test_signed_quotations_have_the_name_after_the_dash_as_source(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("“I have voted in every election since independence.” — Grace Wanjiru")
    [one] = find_attributions(parsed, lexicon)
    assert words(parsed, one)[0] == "Grace Wanjiru"
    assert one.direct


CITING = [
    ("Interfax quoted the admiral as saying the strait was mined.", "the admiral", "Interfax"),
    ("The strait was mined, Interfax reported, citing two diplomats.", "two diplomats", "Interfax"),
]


@pytest.mark.parametrize(("text", "source", "relay"), CITING)
def test_who_cites_whom_is_left_to_the_rules(
    text: str, source: str, relay: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    _, parsed = read_text(text)
    one = next(one for one in find_attributions(parsed, lexicon) if "mined" in parsed.words(one.content[0]))
    assert one.source is not None
    assert parsed.words(one.source.phrase) == source
    assert [parsed.words(passing.source.phrase) for passing in one.relays] == [relay]


def test_cue_of_no_lexicon_with_a_mere_noun_is_no_statement(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("Pavel Horak, a former ambassador to Minsk, watched the count.")
    assert find_statements(parsed, (), (), lexicon)[0] == ()


def test_sources_end_on_words(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("His lawyer, Marta Silva, said the cell had no window.")
    [one] = find_attributions(parsed, lexicon)
    assert words(parsed, one)[0] == "His lawyer, Marta Silva"


def test_readings_inside_another_content_give_way() -> None:
    outer = Tagged(1, 0.9, 0.9, frozenset({1}), frozenset(range(2, 12)), frozenset({0}))
    inner = Tagged(4, 0.95, 0.9, frozenset({4}), frozenset(range(5, 12)), frozenset({3}))
    apart = Tagged(20, 0.5, 0.9, frozenset({20}), frozenset({11, 21, 22}), frozenset())
    found = _outermost([outer, inner, apart])
    assert [one.cue for one in found] == [1, 20]
    assert found[1].content == {21, 22}, "a word goes to the likelier of two"


def test_of_two_readings_that_hold_each_other_the_likelier_stands() -> None:
    first = Tagged(1, 0.9, 0.9, frozenset({1}), frozenset({2, 3, 4}), frozenset())
    second = Tagged(3, 0.6, 0.9, frozenset({3}), frozenset({1, 2}), frozenset())
    assert _outermost([first, second]) == (first,)


def test_signs_are_the_same_each_time(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("The minister, who denied the charge, said “no” twice: the files were gone.")
    marked = mark_quotes(parsed)
    evidence = gather(marked, find_by_rules(marked, lexicon), lexicon.cues)
    cues = [token.i for token in parsed.tokens if may_be_cue(evidence, token.i)]
    assert [cue_signs(evidence, cue) for cue in cues] == [cue_signs(evidence, cue) for cue in cues]
    view, again = look(evidence, cues[0], cues), look(evidence, cues[0], frozenset(cues))
    assert cue_role_signs(evidence, view) == cue_role_signs(evidence, again)
    signs = PairSigns(str)
    pairs = signs.of(evidence, view)
    assert pairs == signs.of(evidence, again) == PairSigns(str).of(evidence, again)
    assert len(pairs) == view.last - view.first
    assert len({len(token_signs(evidence, token.i)) for token in parsed.tokens}) == 1


HOSTILE = ["", "\n\n", "…", "“", "”―", "said", ": : :", "SAID SAID SAID", "\u200b\u202eقال الوزير", "“a” ― B\n" * 3]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_crashes(text: str, read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text(text)
    for one in find_attributions(parsed, lexicon):
        assert all(0 <= span.start < span.end <= len(text) for span in one.content)


def test_long_paragraphs_are_seen_in_part_only(read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text("The spokesman said it and the reporter wrote it down, " * 60)
    marked = mark_quotes(parsed)
    evidence = gather(marked, find_by_rules(marked, lexicon), lexicon.cues)
    view = look(evidence, len(parsed.tokens) // 2, frozenset())
    assert view.last - view.first <= 4 * REACH
    taggers = load_taggers()
    likely = cue_likelihoods(evidence, taggers.cues)
    assert find_tagged(evidence, taggers, likely, BARS) == find_tagged(evidence, taggers, likely, BARS)


GOES_ON = [
    "Vera Kolar said the port was shut, adding that the cranes were gone.",
    "“The port is shut,” Vera Kolar said, adding: “The cranes are gone and nobody came.”",
]


@pytest.mark.parametrize("text", GOES_ON)
def test_what_is_added_has_the_speaker_and_a_probability(text: str, read_text: ReadText, lexicon: Lexicon) -> None:
    _, parsed = read_text(text)
    statements, made = find_statements(parsed, (), (), lexicon)
    name = {mention.id: mention.name for mention in made}
    assert [name[one.speaker or ""] for one in statements] == ["Vera Kolar", "Vera Kolar"]
    assert all(LEAST_PROBABLE <= one.probability <= 1 for one in statements)
