"""Units, money and number words: what their tables hold and refuse, and the patterns made of them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import numbers as numbers_module
from onrecord.lexicon import units as units_module
from onrecord.lexicon.table import read_table
from onrecord.lexicon.units import Units, load_units


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units()


@pytest.mark.parametrize(
    ("form", "unit", "why"),
    [
        ("km", "kilometres", "a symbol"),
        ("Kilometres", "kilometres", "a word in any case"),
        ("MW", "megawatts", "a symbol in its own case"),
        ("mW", None, "a short symbol in another case is another unit"),
        ("U.S. dollars", "USD", "money in words"),
        ("hryvnias", "UAH", "money in words"),
        ("CHF", "CHF", "an ISO code"),
        ("parrots", None, "no unit"),
    ],
)
def test_unit_of_knows_forms(units: Units, form: str, unit: str | None, why: str) -> None:
    assert units.unit_of(form) == unit, why


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("gave US$", "US$"),
        ("gave $", "$"),
        ("worth €", "€"),
        ("of Rs. ", "Rs. "),
        ("in EUR ", "EUR "),
        ("a plan", None),
    ],
)
def test_sign_takes_the_longest_before_digits(units: Units, text: str, sign: str | None) -> None:
    found = units.sign.search(text)
    assert (found.group() if found else None) == sign


def test_number_words_form_one_row(units: Units) -> None:
    text = "two hundred and fifty thousand men and twenty-five tanks"
    assert units.numbers.row.findall(text) == ["two hundred and fifty thousand", "twenty-five"]


def test_bound_words_take_the_longest(units: Units) -> None:
    found = units.before.search("at no more than ")
    assert found is not None
    assert units.bounds_before[" ".join(found.group().split())] == "at_most"


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("currencies.tsv", "QQQ\tquids\t-", "no ISO 4217 code"),
        ("currencies.tsv", "EUR\tdollar\t-", "'dollar' is USD already"),
        ("units.tsv", "kilometres\tlength\tkms", "stands twice"),
        ("units.tsv", "kilomiles\tlength\tkm", "'km' is kilometres already"),
        ("bounds.tsv", "perhaps\tbefore\tmaybe", "unknown bound"),
        ("bounds.tsv", "about\tbefore\tabout", "stands twice"),
        ("fates.tsv", "missing\tkill\t-", "'kill' is killed already"),
        ("people_nouns.tsv", "people", "stands twice"),
        ("number_words.tsv", "gross\t144\tcrate", "unknown part 'crate'"),
        ("number_words.tsv", "gross\tmany\tscale", "not a number"),
        ("number_words.tsv", "one\t1\tunit", "stands twice"),
    ],
)
def test_load_units_refuses_a_wrong_row(monkeypatch: pytest.MonkeyPatch, table: str, row: str, message: str) -> None:
    def with_row(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        rows = list(read_table(name, columns))
        if name == table:
            path = Path(str(files("onrecord.lexicon") / "data" / name))
            lines = path.read_text(encoding="utf-8").split("\n")
            header = next(line for line in lines if not line.startswith("#")).split("\t")
            rows.append((9999, dict(zip(header, row.split("\t"), strict=True))))
        return rows

    monkeypatch.setattr(units_module, "read_table", with_row)
    monkeypatch.setattr(numbers_module, "read_table", with_row)
    with pytest.raises(LexiconError, match=message) as raised:
        load_units()
    assert f"{table}:9999" in str(raised.value)
