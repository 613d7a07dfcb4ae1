"""Amounts as they are written: digits or words, money before them, a unit after them; no grammar, no meaning.

A number that is part of a name, a date, a clock time, a score or a telephone number is left out here where its own
characters show it. `Amount.start` to `Amount.end` covers sign, number and unit, nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.lexicon.numbers import Numbers
from onrecord.lexicon.units import Units

# Not after a letter, a sign of an address, or a hyphen that ties it to a word ("Mi-17"); "minus-130" is an amount.
DIGITS = re.compile(
    r"(?<![\w#@/\\×^])(?<!\w[.,:/'’])(?:(?<![^\W\d_][-–‑])|(?<=minus-))"
    r"(?:\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])\.\d+"
)
AFTER_SIGN = re.compile(r"\d[\d,]*(?:\.\d+)?")
NOT_AN_AMOUNT = re.compile(
    r"(?:st|nd|rd|th)\b|[:.]\d|['’]?s\b|/\d|[-–]\d+[-–]\d"
    r"|\s?(?:[ap]\.?\s?m\b|o['’]clock|(?:GMT|UTC|EST|EDT|CET|BST)\b|hrs?\sGMT)",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"(?:\bminus[\s-]|(?:^|(?<=[\s(]))[-−])$", re.IGNORECASE)
SPACED_GROUPS = re.compile(r"(?<!\d)\d{1,12}(?:[\s-]\d{1,12}){2,}")  # a telephone number, a score sheet
ATTACHED = re.compile(r"[A-Za-zµμ€$£]")
LETTER = re.compile(r"[A-Za-z]")
LONGEST_SIGN = 6  # characters: "CDN$ ", "U.S.$"
LONGEST_NUMBER = 24  # characters: more digits are a code, no amount
LETTER_MONEY = 1000  # "R2", "P5", "N95": one letter is money only before a sum as large as this


@dataclass(frozen=True, slots=True)
class Amount:
    """A written amount; `unit` is "" where none is written.

    `vague` is a plural such as "dozens"; `scaled` says that a word or letter multiplies it ("million"), `share` that it
    is a fraction of something, `digits` that it is written in digits.
    """

    start: int
    end: int
    value: float
    unit: str = ""
    vague: bool = False
    scaled: bool = False
    share: bool = False
    digits: bool = False


def read_amounts(text: str, start: int, end: int, units: Units) -> list[Amount]:
    """All amounts between two offsets of a text, in order, none overlapping."""
    found: list[Amount] = []
    taken = start
    for amount in sorted(_written(text, start, end, units), key=lambda amount: (amount.start, -amount.end)):
        if amount.start >= taken:
            whole = _with_unit(text, end, amount, units)
            if whole is not None:
                found.append(whole)
                taken = whole.end
            else:
                taken = max(taken, amount.end)
    return found


def _written(text: str, start: int, end: int, units: Units) -> Iterator[Amount]:
    """Everything that reads as a number, overlapping ones included: the longest at a place wins."""
    numbers = units.numbers
    for match in numbers.out_of.finditer(text, start, end):
        part, whole = (numbers.value(group) for group in match.groups())
        if part < whole:
            yield Amount(match.start(), match.end(), part / whole, share=True)
    for match in numbers.fraction.finditer(text, start, end):
        yield Amount(match.start(), match.end(), _fraction(match, numbers), share=True)
    for match in numbers.rough.finditer(text, start, end):
        yield _rough(match, numbers)
    for match in numbers.vague.finditer(text, start, end):
        value = math.prod(numbers.value(word) for word in re.split(r"\s+(?:of\s+)?", match.group()))
        yield Amount(match.start(), match.end(), value, vague=True)
    for match in numbers.row.finditer(text, start, end):
        yield from _in_words(text, match, numbers)
    yield from _in_digits(text, start, end, units)


def _fraction(match: re.Match[str], numbers: Numbers) -> float:
    """ "Two-thirds", "a quarter", and "half" by itself."""
    counted, part = match.group(1), match.group(2) or match.group(4)
    times = numbers.value(counted) if counted and counted.lower() not in {"a", "an"} else 1.0
    return round(times * numbers.value(part), 4)


def _rough(match: re.Match[str], numbers: Numbers) -> Amount:
    """ "A million", "half a million", "several hundred": of the last, as many as are sure."""
    words = match.group(1).lower().split()
    vague = words[0] == "several" or words[-1] == "few"
    factor = 0.5 if "half" in words else 0.25 if "quarter" in words else 2.0 if vague else 1.0
    return Amount(match.start(), match.end(), numbers.value(match.group(2)) * factor, vague=vague, scaled=True)


def _in_words(text: str, match: re.Match[str], numbers: Numbers) -> Iterator[Amount]:
    """A row of number words, cut where two numbers stand side by side."""
    total = group = 0.0
    first, last, before, open_ = match.start(), match.start(), 0.0, False
    scaled = False
    for word in re.finditer(r"[A-Za-z]+", match.group()):
        if word.group().lower() == "and":
            continue
        number = numbers.words[word.group().lower()]
        start, end = match.start() + word.start(), match.start() + word.end()
        if open_ and number.part != "scale" and not _may_follow(number.value, before):
            yield Amount(first, last, total + group, scaled=scaled)
            total, group, first, scaled, open_ = 0.0, 0.0, start, False, False
        if number.part == "scale":
            if not open_:
                return  # a scale word of its own belongs to the digits before it
            scaled = True
            group = max(group, 1.0) * number.value
            if number.value >= 1000:
                total, group = total + group, 0.0
        else:
            group += number.value
        before, last, open_ = number.value, end, True
    half = numbers.and_part.match(text, last)
    if half is not None:
        total, last = total + _part(half), half.end()
    if open_:
        yield Amount(first, last, total + group, scaled=scaled)


def _may_follow(value: float, before: float) -> bool:
    """Whether a number word may add to the one before it ("twenty five", "hundred ten"; not "seven four")."""
    return before >= 100 or (20 <= before < 100 and before % 10 == 0 and 0 < value < 10)


def _in_digits(text: str, start: int, end: int, units: Units) -> Iterator[Amount]:
    """Numbers in digits, with the money before them and the scale after them."""
    found = {match.start(): match for match in DIGITS.finditer(text, start, end)}
    for match in AFTER_SIGN.finditer(text, start, end):
        if units.sign.search(text, max(start, match.start() - LONGEST_SIGN), match.start()):
            found.setdefault(match.start(), match)
    phones = {at for match in SPACED_GROUPS.finditer(text, start, end) for at in range(match.start(), match.end())}
    for at, match in sorted(found.items()):
        amount = _digits(text, start, end, match, units)
        if amount is None or (at in phones and not amount.unit and not amount.scaled):
            continue
        yield amount


def _digits(text: str, start: int, end: int, match: re.Match[str], units: Units) -> Amount | None:
    """One number in digits; None where its neighbours say that it is a code, a clock time or an ordinal."""
    written = match.group().rstrip(",.")
    if len(written) > LONGEST_NUMBER:
        return None
    at, last = match.start(), match.start() + len(written)
    value = float(re.sub(r"[,\u00a0\u202f]", "", written))
    sign = units.sign.search(text, max(start, at - LONGEST_SIGN), at)
    factor, stop = _scale(text, last, end, sign is not None, units)
    if sign is not None and LETTER.fullmatch(sign.group().strip()) and stop == last and value < LETTER_MONEY:
        if not sign.group().endswith(" "):
            return None
        sign = None
    if sign is None and stop == last and NOT_AN_AMOUNT.match(text, last):
        return None
    first = sign.start() if sign is not None else at
    unit = units.signs.get(" ".join(sign.group().split()), "") if sign is not None else ""
    part = units.numbers.and_part.match(text, last) if stop == last else None
    value = value + _part(part) if part is not None else value * factor
    if NEGATIVE.search(text, max(start, first - 8), first):
        value = -value
    return Amount(first, part.end() if part is not None else stop, value, unit, scaled=stop != last, digits=True)


def _part(match: re.Match[str]) -> float:
    """The value of " and a half"."""
    return 0.75 if "three" in match.group() else 0.25 if "quarter" in match.group() else 0.5


def _scale(text: str, last: int, end: int, money: bool, units: Units) -> tuple[float, int]:
    """What multiplies the digits that end at `last`, and where it ends."""
    scale = units.numbers.scale.match(text, last, end)
    if scale is not None:
        return math.prod(units.numbers.value(group) for group in scale.groups() if group), scale.end()
    suffix = units.numbers.suffix.match(text, last + (text[last : last + 1] == " " and money), end)
    if suffix is not None and (money or _is_scale(text, suffix, end)):
        return units.numbers.value(suffix.group()), suffix.end()
    return 1.0, last


def _is_scale(text: str, suffix: re.Match[str], end: int) -> bool:
    """Whether a letter after digits that no money stands before is a scale: "5m people", "3bn", "40k"; not "5 m"."""
    letters = suffix.group().lower()
    if letters in {"m", "b"}:
        return (
            suffix.group() in {"m", "M", "b"}
            and re.match(r"\s[a-z]{4,}", text[suffix.end() : min(end, suffix.end() + 12)]) is not None
        )
    return letters != "mil"


def _with_unit(text: str, end: int, amount: Amount, units: Units) -> Amount | None:
    """The amount with the unit or currency written after it; None where letters stick to it that are no unit."""
    unit, stop = amount.unit, amount.end
    form = units.form.match(text, stop, end)
    found = units.unit_of(form.group(1)) if form is not None else None
    if form is not None and found is not None and (not unit or found not in units.kinds):
        unit, stop = (
            unit or found,
            form.end(),
        )  # "$ 5 dollars" is said twice; of "$ 5m miles" the miles are not its unit
    elif amount.digits and ATTACHED.match(text, stop) and not unit:
        return None
    rate = units.rate.match(text, stop, end)
    if rate is not None and (unit or amount.digits):
        unit, stop = f"{unit} per {rate.group(1)}".strip(), rate.end()
    return Amount(amount.start, stop, amount.value, unit, amount.vague, amount.scaled, amount.share, amount.digits)
