"""Rules for lengths of time ("nearly eight-year-old", "the past three months") and for how often ("twice a week").

A DURATION has days only where its words tie it to the report's day ("the past", "the next").
"""

from __future__ import annotations

import re

from onrecord.extract.times.amounts import duration_value, read_amount
from onrecord.extract.times.relative import stretch
from onrecord.extract.times.sense import Rule, Sense, Setting, vague

TIED: dict[str, int] = {"past": -1, "last": -1, "next": 1, "coming": 1}
AGED_REACH = 3  # words after "eight-year-old" among which the noun stands: "eight-year-old civil war"


def _read_duration(match: re.Match[str], at: Setting) -> Sense | None:
    unit = at.words.get("unit", match["unit"])
    if unit is None or (unit == "S" and at.parsed.tokens[at.last - 1].pos not in ("NOUN", "PROPN")):
        return None  # "one second" is a time, "a second round" is not
    which = (match["which"] or "").lower()
    words = match["amount"]
    if match["to"] or match["or_two"]:
        return vague(duration_value(None, unit), "DURATION", "APPROX")
    if match["half"]:
        words += " and a half"
    if which in TIED:
        return stretch(unit, TIED[which], at, words)
    return vague(duration_value(read_amount(words, at.words), unit), "DURATION")


def _read_hyphened(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "eight-year", "two-and-a-half-year", "8-month-old", but no person's age."""
    unit = at.words.get("unit", match["unit"])
    amount = read_amount(match["amount"].replace("-", " "), at.words) if match["amount"] else None
    old = (match["end"] or "").lower().endswith("old")
    if unit is None or (unit == "S" and not old) or (old and not _lasts(at)):
        return None
    return vague(duration_value(amount, unit), "DURATION")


def _lasts(at: Setting) -> bool:
    """Whether what is so old is a thing that lasts ("truce"), told from people by a list of such nouns."""
    after = [at.parsed.tokens[i] for i in range(at.last, min(at.last + AGED_REACH, len(at.parsed.tokens)))]
    return any(at.words.get("lasting", token.lemma) for token in after)


def _read_bare(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "for weeks", "within months", "weeks or months": how many is not said."""
    unit = at.words.get("unit", match["unit"])
    if unit is None or unit == "S" or not (at.words.has("length_lead", at.word_before) or match["other"]):
        return None
    return vague(duration_value(None, unit), "DURATION", "APPROX" if match["other"] else None)


def _read_long(match: re.Match[str], at: Setting) -> Sense | None:
    unit = at.words.get("unit", match["unit"])
    return vague(duration_value(read_amount("one", at.words), unit), "DURATION") if unit else None


def _read_while(_match: re.Match[str], _at: Setting) -> Sense | None:
    return vague("PXX", "DURATION")


def _read_frequency(match: re.Match[str], at: Setting) -> Sense | None:
    return vague(at.words.get("frequency", match["frequency"]), "SET")


def _read_every(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "every day", "each Thursday", "every two weeks", "every other month"."""
    unit = at.words.get("unit", match["unit"] or "")
    if unit:
        amount = read_amount("two" if match["other"] else match["amount"] or "one", at.words)
        return vague(duration_value(amount, unit), "SET")
    weekday = at.words.get("weekday", match["weekday"] or "")
    if weekday:
        return vague(f"XXXX-WXX-{weekday}", "SET")
    month = at.words.number("month", match["month"] or "")
    if month:
        return vague(f"XXXX-{month:02d}", "SET")
    season, part = at.words.get("season", match["season"] or ""), at.words.get("part", match["part"] or "")
    return vague(f"XXXX-{season}" if season else f"XXXX-XX-XXT{part}", "SET")


def _read_times(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "twice a week", "three times a day"."""
    unit = at.words.get("unit", match["unit"])
    return vague(duration_value(read_amount("one", at.words), unit), "SET") if unit else None


def _read_rate(match: re.Match[str], at: Setting) -> Sense | None:
    """Such as "five flights a week": an amount of time that hangs on a noun or number as its measure."""
    unit = at.words.get("unit", match["unit"])
    head = at.parsed.tokens[at.last - 1]
    above = at.parsed.tokens[head.head]
    before = at.parsed.tokens[at.first - 1] if at.first else None
    if unit is None or head.dep != "npadvmod" or before is None or before.pos not in ("NOUN", "NUM", "PROPN", "SYM"):
        return None
    if above.pos not in ("NOUN", "NUM", "PROPN", "SYM"):
        return None
    return vague(duration_value(read_amount("one", at.words), unit), "SET")


KIND_OF_DAY = (
    "(?: (?:more|full|straight|consecutive|successive|solid|whole|long|additional|further|extra|entire|trading|working"
    "|business|calendar))?"
)
OR_MORE = "(?:(?:-| )?(?P<to>to|or|–|-)(?:-| )?(?:%(numeral)s))?"

RULES: tuple[Rule, ...] = (
    Rule("a rate", "(?:a|per|an) (?P<unit>%(unit)s)", _read_rate),
    Rule(
        "a length of time",
        "(?:(?:the |these |those )?"
        "(?:(?P<which>past|last|next|coming|first|final|previous|following|remaining|opening|initial) )?)?"
        "(?P<amount>%(amount)s)"
        + OR_MORE
        + KIND_OF_DAY
        + " (?P<unit>%(units)s)(?P<half> and a half)?(?P<or_two>(?!))?(?! old|-old)",
        _read_duration,
    ),
    Rule(
        "a length of time",
        "(?:(?P<which>(?!)))?(?P<amount>%(amount)s)"
        + OR_MORE
        + KIND_OF_DAY
        + " (?P<unit>%(one_unit)s)(?P<half> and a half)?(?P<or_two> or (?:two|more|so))?(?! old|-old)",
        _read_duration,
    ),
    Rule("a length of time", "an additional (?P<unit>%(unit)s)", _read_long),
    Rule(
        "a length of time",
        "(?:(?P<amount>%(numeral)s)[ -])?(?P<unit>%(unit)s)(?P<end>-(?:old|long))",
        _read_hyphened,
    ),
    Rule(
        "a length of time",
        "(?P<amount>%(numeral)s|several)-(?P<unit>(?!quarters)%(unit)s)(?P<end>-(?:old|long))?(?!-old| old)",
        _read_hyphened,
    ),
    Rule("a length of time", "(?P<unit>day|week|month|year|decade|hour)(?:-)?long", _read_long),
    Rule(
        "a length of time",
        "(?P<unit>%(units)s)(?P<other> (?:or|and)(?: even)? (?:%(units)s))?(?! old|-old)",
        _read_bare,
    ),
    Rule("a length of time", "a while|some time|a long time|a short time|a short while", _read_while),
    Rule("how often", "(?P<frequency>%(frequency)s)", _read_frequency),
    Rule(
        "how often",
        "(?:every|each)(?P<other> other| second)? (?:(?:(?P<amount>%(numeral)s|few|several) )?(?P<unit>%(unit)s)"
        "|(?P<weekday>%(weekday)s)"
        "|(?P<month>%(month)s)|(?P<season>%(season)s)|(?P<part>%(part)s))",
        _read_every,
    ),
    Rule(
        "how often",
        "(?:once|twice|thrice|%(amount)s times)(?: or (?:twice|more))? (?:a|per|every|each) (?P<unit>%(unit)s)",
        _read_times,
    ),
)
