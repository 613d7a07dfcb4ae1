"""What a pattern cannot match without: rules are left out of a paragraph only where they cannot match."""

from __future__ import annotations

import re

import pytest

from onrecord.extract.times.find import RULES
from onrecord.extract.times.needs import DIGIT, held, needed
from onrecord.extract.times.patterns import compile_pattern, pieces
from onrecord.lexicon import Lexicon
from tests.extract.test_times import CASES

# why it is there, the pattern, what it needs
PATTERNS: list[tuple[str, str, set[str] | None]] = [
    ("one word", r"\bnoon\b", {"noon"}),
    ("the longer of two words in a row", r"in \w+ morning", {" morning"}),
    ("any of several", r"(?:dawn|noon)\w+", {"dawn", "noon"}),
    ("what may be missing is not needed", r"(?:early )?(?:on )?\d{4}", {DIGIT}),
    ("one way without a word: nothing is needed", r"(?:week|\w+)", None),
    ("a group that must come at least once", r"(?:ago ?){1,2}", {"ago"}),
    ("a word that must follow is not part of the match", r"\w+(?= day)", None),
    ("ranges and classes of digits", r"[0-3]\d", {DIGIT}),
    ("other classes are not looked at", r"[ap]m", {"m"}),
    ("what holds another of the set is covered by it", r"(?:apr|april) \w+", {"apr"}),
    ("capitals", r"(?i)MAY", {"may"}),
]


@pytest.mark.parametrize(("why", "pattern", "needs"), PATTERNS, ids=[why for why, *_ in PATTERNS])
def test_needs_of_a_pattern(why: str, pattern: str, needs: set[str] | None) -> None:
    assert needed(re.compile(pattern)) == needs, why


def test_no_rule_is_left_out_where_it_matches(lexicon: Lexicon) -> None:
    names = pieces(lexicon.times)
    matched = set()
    for number, rule in enumerate(RULES):
        pattern = compile_pattern(rule.pattern, names)
        needs = needed(pattern)
        assert needs, f"{rule.name}: tried on every paragraph"
        for _, _, text, _ in CASES:
            for words in (text, text.upper()):
                if pattern.search(words):
                    assert held(needs, words), rule.name
                    matched.add(number)
    assert len(matched) > 0.6 * len(RULES)


def test_letters_of_odd_case_leave_no_rule_out() -> None:
    assert re.search("noons", "at noonſ", re.IGNORECASE)
    assert held({"noons", DIGIT}, "at noonſ") == {"noons", DIGIT}
    assert held({"noon", "night", DIGIT}, "At Noon") == {"noon"}
    assert held({DIGIT}, "٣ May") == {DIGIT}
