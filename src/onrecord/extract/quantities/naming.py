"""Numbers that are no amounts: years and days, labels ("article 5"), parts of names ("Boeing 737"), list numbers.

Written signs alone don't tell these apart; their neighbours and their place in the tree do.
"""

from __future__ import annotations

from onrecord.extract.quantities.amounts import Amount
from onrecord.extract.quantities.counted import fate_after
from onrecord.extract.syntax import kids, label_at
from onrecord.lexicon.units import Units
from onrecord.model.parsed import Parsed, Token

FIRST_YEAR, LAST_YEAR = 1000, 2199
OLDEST = 115  # years: no age above it is printed of a person in the news
MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)  # fmt: skip
BEFORE_YEAR = frozenset(
    {"in", "since", "by", "until", "till", "during", "early", "late", "mid", "of", "from", "before", "after", "to"}
)


def is_label(parsed: Parsed, first: int, last: int, amount: Amount, units: Units) -> bool:
    """Whether tokens [first, last) are a date, a label or part of a name, and no amount."""
    tokens = parsed.tokens
    token = tokens[last - 1]
    sentence = parsed.sentences[token.sentence]
    before = tokens[first - 1] if first > sentence.first else None
    after = tokens[last] if last < sentence.last else None
    if amount.scaled or amount.vague or fate_after(parsed, last, units):
        return False
    if _is_day(before, after, amount):
        return True
    head = _counted_head(parsed, first, last)
    if _is_year(parsed, token, before, amount, head is not None and head.pos == "NOUN"):
        return True
    if token.lower == "one" and after is not None and after.lower == "of":
        return True
    if not amount.digits:
        return _is_word_label(token, before, after, units, sentence.first)
    if _is_said_age(parsed, first, last, amount):
        return True
    if before is not None and before.lower.rstrip(".") in units.numbered:
        return True
    if _is_list_number(parsed, first, sentence.first, after):
        return True
    return _is_in_name(parsed, first, last, before, amount)


def _is_said_age(parsed: Parsed, first: int, last: int, amount: Amount) -> bool:
    """Whether a bare number after "is" or "was" is the age of its subject, or one side of a score ("52 to 48")."""
    tokens = parsed.tokens
    token = tokens[first]
    if last != first + 1 or token.dep not in {"attr", "acomp"} or tokens[token.head].lemma != "be":
        return False
    if last + 1 < len(tokens) and tokens[last].lower in {"to", "-", "–"} and tokens[last + 1].text.isdigit():
        return True
    subjects = kids(parsed, token.head, "nsubj")
    people = {"he", "she", "who", "i"}
    return amount.value <= OLDEST and any(
        tokens[i].lower in people or label_at(parsed, i) == "PERSON" for i in subjects
    )


def is_age(parsed: Parsed, first: int, last: int, amount: Amount) -> bool:
    """Whether plain digits between commas after a name are an age ("Ana Ruiz, 66, said")."""
    tokens = parsed.tokens
    if not (amount.digits and last == first + 1 and tokens[first].text.isdigit() and 1 <= amount.value <= OLDEST):
        return False
    sentence = parsed.sentences[tokens[first].sentence]
    if not (sentence.first + 2 <= first and last < sentence.last):
        return False
    name, comma, after = tokens[first - 2], tokens[first - 1], tokens[last]
    return (
        name.pos == "PROPN" and name.lower.rstrip(".") not in MONTHS and comma.text == "," and after.text in {",", ")"}
    )


def _is_day(before: Token | None, after: Token | None, amount: Amount) -> bool:
    """A day of the month, or what stands beside a month."""
    beside = {token.lower.rstrip(".") for token in (before, after) if token is not None and token.text[:1].isupper()}
    return amount.digits and amount.value <= LAST_YEAR and not beside.isdisjoint(MONTHS)


def _counted_head(parsed: Parsed, first: int, last: int) -> Token | None:
    """The noun after the amount that it modifies."""
    tokens = parsed.tokens
    for index in range(first, last):
        head = tokens[tokens[index].head]
        modifies = tokens[index].dep in {"nummod", "quantmod", "amod", "compound"}
        if modifies and head.i >= last and head.pos in {"NOUN", "PROPN"}:
            return head
    return None


def _is_year(parsed: Parsed, token: Token, before: Token | None, amount: Amount, noun: bool) -> bool:
    """A year: four plain digits that the recogniser calls a date, or that stand as one."""
    if not (
        amount.digits and len(token.text) == 4 and token.text.isdigit() and FIRST_YEAR <= amount.value <= LAST_YEAR
    ):
        return False
    if label_at(parsed, token.i) in {"DATE", "EVENT", "TIME", "LAW", "FAC", "PRODUCT", "ORG"}:
        return True
    return not noun and (1900 <= amount.value <= 2100 or (before is not None and before.lower in BEFORE_YEAR))


def _is_word_label(token: Token, before: Token | None, after: Token | None, units: Units, start: int) -> bool:
    """A number word that is a pronoun, a name or a label ("no one", "Group of Seven", "the one who")."""
    if before is None:
        return False
    if before.lower in units.numbered and before.lower != "no":
        return True
    if token.lower == "one":
        return token.pos != "NUM" or before.lower in {"no", "any", "every", "some", "this", "that", "each"}
    if not token.text[:1].isupper() or token.i == start or token.text.isupper():
        return False
    return (before.lower == "of" and (after is None or after.pos != "NOUN")) or before.pos == "PROPN"


def _is_list_number(parsed: Parsed, first: int, start: int, after: Token | None) -> bool:
    """A number that opens a paragraph and is closed by a stop or a bracket."""
    return first == start and after is not None and after.text in {".", ")"} and parsed.tokens[first].i == start


def _is_in_name(parsed: Parsed, first: int, last: int, before: Token | None, amount: Amount) -> bool:
    """Whether plain digits are part of a name.

    So they are after a capitalised word with nothing that they count ("Boeing 737"), inside a compound ("S&P 500
    futures"), and before a name that is no plural ("49 Zorro Ranch Road").
    """
    if amount.value >= 10_000:
        return False
    head = _counted_head(parsed, first, last)
    if head is not None and head.tag == "NNP" and amount.value > 1:
        return True
    if before is None or before.pos != "PROPN" or not before.text[:1].isupper():
        return False
    return head is None or (before.dep == "compound" and before.head in {head.i, *range(first, last)})
