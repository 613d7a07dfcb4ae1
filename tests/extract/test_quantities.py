"""Quantities: what is an amount and what is not, its value, unit and bound, and what it counts."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from onrecord.extract.quantities import find_quantities
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Quantity
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]
Find = Callable[[str], tuple[Quantity, ...]]


@pytest.fixture(scope="module")
def find(read_text: ReadText, lexicon: Lexicon) -> Find:
    def quantities(text: str) -> tuple[Quantity, ...]:
        return find_quantities(read_text(text)[1], lexicon)

    return quantities


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("Nearly 5,000 troops crossed the river.", 5000, "troops", "about"),
        ("More than two million refugees fled Kosovo.", 2e6, "refugees", "at_least"),
        ("At least twenty-five soldiers surrendered.", 25, "soldiers", "at_least"),
        ("Two dozen villages burned.", 24, "villages", "exactly"),
        ("Up to 300 rockets were fired.", 300, "rockets", "at_most"),
        ("Fewer than 40 tanks remain.", 40, "tanks", "at_most"),
        ("The state gave $ 250m in aid.", 250e6, "USD", "exactly"),
        ("It cost US$1.5bn.", 1.5e9, "USD", "exactly"),
        ("Brussels lent €300 million.", 300e6, "EUR", "exactly"),
        ("They paid 1,000 Ukrainian hryvnia.", 1000, "UAH", "exactly"),
        ("They paid 200m dollars.", 200e6, "USD", "exactly"),
        ("The dam cost Rs 500 crore.", 5e9, "INR", "exactly"),
        ("The yuan loan was worth CNY 12bn.", 12e9, "CNY", "exactly"),
        ("Inflation reached 12.5 percent.", 12.5, "percent", "exactly"),
        ("Support fell by 3 percentage points.", 3, "percentage points", "exactly"),
        ("The convoy was 60 km long.", 60, "kilometres", "exactly"),
        ("The ship carried 30,000 tonnes of grain.", 30000, "tonnes", "exactly"),
        ("Output is 1.2 million barrels a day.", 1.2e6, "barrels per day", "exactly"),
        ("Hundreds of thousands of people marched.", 100000, "people", "at_least"),
        ("Half a million pilgrims came.", 500000, "pilgrims", "exactly"),
        ("Roughly two-thirds of the seats are empty.", 0.6667, "share", "about"),
        ("The mission lasted two and a half years.", 2.5, "years", "exactly"),
        ("It was minus 20 degrees Celsius.", -20, "degrees Celsius", "exactly"),
        ("The cyclone hit 2.3 lakh homes in Odisha.", 230000, "homes", "exactly"),
        ("More than 100 km (60 miles) of pipe burst.", 100, "kilometres", "at_least"),
    ],
)
def test_amount_is_read(find: Find, text: str, value: float, unit: str, bound: str) -> None:
    first = find(text)[0]
    assert first.value == pytest.approx(value)
    assert (first.unit, first.bound) == (unit, bound)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The war has killed over 14,000 people.", 14000, "killed"),
        ("About 14,000 people have been killed.", 14000, "killed"),
        ("An air strike left 12 dead.", 12, "killed"),
        ("Some 300 deaths were recorded in Sudan.", 300, "killed"),
        ("The death toll rose to 1,015.", 1015, "killed"),
        ("Nineteen miners died underground.", 19, "killed"),
        ("At least 40 were wounded in Taipei.", 40, "wounded"),
        ("The flood displaced 90,000 families.", 90000, "displaced"),
        ("14 Killed As Blast Hits Kabul Mosque", 14, "killed"),
        ("Toll: 3 killed, 5 wounded.", 3, "killed"),
        ("An army of 30,000 stood at the border.", 30000, "people"),
        ("Police arrested 17 protesters in Tehran.", 17, "arrested"),
        ("Gunmen abducted 276 girls from a school.", 276, "abducted"),
        ("The police wounded nobody, and 40 officers watched.", 40, "officers"),
    ],
)
def test_fate_of_those_counted_is_the_unit(find: Find, text: str, value: float, unit: str) -> None:
    first = find(text)[0]
    assert (first.value, first.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 4,000 and 5,000 marines landed.", 4000, 5000, "marines"),
        ("It takes 5-10 days.", 5, 10, "days"),
        ("From 20 to 30 percent of it leaked.", 20, 30, "percent"),
        ("They sought $3 billion to $5 billion.", 3e9, 5e9, "USD"),
        ("Four to five thousand people came.", 4000, 5000, "people"),
        ("It costs 8 or 9 euros.", 8, 9, "EUR"),
    ],
)
def test_range_keeps_both_ends(find: Find, text: str, low: float, high: float, unit: str) -> None:
    (only,) = find(text)
    assert (only.low, only.high, only.unit, only.bound) == (low, high, unit, "range")


def test_change_is_no_range(find: Find) -> None:
    found = find("Exports rose from 5 percent to 9 percent.")
    assert [(one.value, one.unit, one.bound) for one in found] == [(5, "percent", "exactly"), (9, "percent", "exactly")]


def test_bare_count_takes_the_unit_it_is_compared_with(find: Find) -> None:
    found = find("There are 190,000 troops there, up from 100,000 in June.")
    assert [(one.value, one.unit) for one in found] == [(190000, "troops"), (100000, "troops")]
    found = find("The militia lost 20,000 men, and 10,000 of them were convicts.")
    assert [(one.value, one.unit) for one in found] == [(20000, "men"), (10000, "men")]


def test_brackets_share_the_bound(find: Find) -> None:
    found = find("Shells fly more than 40 km (25 miles).")
    assert [one.bound for one in found] == ["at_least", "at_least"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "More than 9,000 troops sent to the Kuwaiti border are digging trenches.",
            "troops sent to the Kuwaiti border",
        ),
        ("Paris pledged $ 60 million in humanitarian aid for Sudan.", "humanitarian aid for Sudan"),
        ("He offered a $12 million package of assistance.", "package of assistance"),
        ("They lost two armed patrol boats.", "armed patrol boats"),
        ("Output fell by 200,000 barrels.", "Output"),
    ],
)
def test_what_is_counted_is_in_the_text(read_text: ReadText, lexicon: Lexicon, text: str, what: str) -> None:
    document, parsed = read_text(text)
    first = find_quantities(parsed, lexicon)[0]
    assert first.what == what
    assert first.what_span is not None
    assert document.words(first.what_span) == what


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It began on 5 May 1999.", "a date"),
        ("Since 2014 nothing has changed.", "a year"),
        ("In the 1990s it was quiet.", "a decade"),
        ("The shelling began at 10:30 a.m. local time.", "a clock time"),
        ("Mi-17 and F-16 crews saw COVID-19 spread.", "numbers in names"),
        ("G7 envoys cited Article 5 and Resolution 1244.", "labels"),
        ("Call +44 20 7946 0958 now.", "a telephone number"),
        ("The third and the 21st brigades left.", "ordinals"),
        ("1. Remarks by the envoy", "a list number"),
        ("See www.example.com/2020/15 for more.", "part of an address"),
        ("No one came, and the Group of Seven met.", "words that only look like numbers"),
    ],
)
def test_other_numbers_are_no_amounts(find: Find, text: str, why: str) -> None:
    assert find(text) == (), why


@pytest.mark.parametrize(
    "text",
    ["", "\u200b \n", "١٢٣ \u202eabc", "$ € £", "ONE HUNDRED DEAD IN KABUL", "1" * 5000, "1,2,3,4," * 400, "½ ¾ %"],
)
def test_strange_text_does_no_harm(read_text: ReadText, lexicon: Lexicon, text: str) -> None:
    document, parsed = read_text(text)
    found = find_quantities(parsed, lexicon)
    assert all(document.words(one.span).strip() for one in found)
    assert all(abs(one.value) < 1e24 for one in found)
    assert found == find_quantities(parsed, lexicon)


def test_long_text_takes_time_in_proportion(read_text: ReadText, lexicon: Lexicon) -> None:
    sentence = "At least 12 people were killed and $3m in aid was lost on 5 May 1999. "
    parsed = read_text("\n".join([sentence * 3] * 100))[1]
    started = time.process_time()
    found = find_quantities(parsed, lexicon)
    assert len(found) == 600
    assert time.process_time() - started < 5  # seconds: a tenth of that here; a quadratic reading takes minutes
