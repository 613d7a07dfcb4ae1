"""Who gives an amount and who gets it: from the verb of giving, the phrase about the gift, or not at all."""

from __future__ import annotations

import pytest

from onrecord.extract.mentions import find_mentions
from onrecord.extract.quantities import find_quantities, with_parties
from onrecord.lexicon import Lexicon
from tests.conftest import ReadText

CASES = [
    ("subject and indirect object", "Norway gave Lebanon $40 million.", "Norway", "Lebanon"),
    ("a phrase with to", "Japan sent $90 million in aid to Haiti.", "Japan", "Haiti"),
    ("a package for", "France announced a $125 million package of assistance for Mali.", "France", "Mali"),
    ("the passive with its agent", "Some $3 million was given to Nepal by Denmark.", "Denmark", "Nepal"),
    ("the one who gets it is the subject", "Jordan received $200 million from Kuwait.", "Kuwait", "Jordan"),
    ("an owner of the gift", "Canada's $60 million loan to Ghana was signed.", "Canada", "Ghana"),
    ("arms", "Sweden supplied 30 tanks to Estonia.", "Sweden", "Estonia"),
    ("support in a country", "Austria is providing $20m to support schools in Kosovo.", "Austria", "Kosovo"),
    ("no receiver named", "Qatar pledged $500 million.", "Qatar", None),
    ("no gift at all", "Spain lost $500 million.", None, None),
    ("a count of people is none", "Some 3,000 troops are in Niger.", None, None),
]


@pytest.mark.parametrize(("reason", "text", "giver", "receiver"), CASES, ids=[case[0] for case in CASES])
def test_sides_of_an_amount(
    read_text: ReadText, lexicon: Lexicon, reason: str, text: str, giver: str | None, receiver: str | None
) -> None:
    document, parsed = read_text(text)
    mentions = find_mentions(parsed, document, lexicon)
    words = {mention.id: parsed.words(mention.span).removesuffix("'s") for mention in mentions}
    [found] = with_parties(parsed, mentions, find_quantities(parsed, lexicon))
    assert (words.get(found.giver or ""), words.get(found.receiver or "")) == (giver, receiver), reason


def test_sum_told_again_has_the_sides_of_both_tellings(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text(
        "Norway offered $60 million on Monday. The $60 million package for Haiti includes tents."
    )
    mentions = find_mentions(parsed, document, lexicon)
    words = {mention.id: parsed.words(mention.span) for mention in mentions}
    found = with_parties(parsed, mentions, find_quantities(parsed, lexicon))
    assert [(words.get(one.giver or ""), words.get(one.receiver or "")) for one in found] == [("Norway", "Haiti")] * 2
