"""Which mentions of a report are one actor, and which must stay apart."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from onrecord.extract.mentions import find_mentions
from onrecord.lexicon import Lexicon
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]


def chain_of(
    text: str, start: str, read_text: ReadText, lexicon: Lexicon, published: str | None = None
) -> tuple[list[str], Mention]:
    """The words of all mentions in the chain of the first mention whose words begin so."""
    document, parsed = read_text(text, published)
    mentions = find_mentions(parsed, document, lexicon)
    first = next(m for m in mentions if document.words(m.span).startswith(start))
    return [document.words(m.span) for m in mentions if m.chain == first.chain], first


@pytest.mark.parametrize(
    ("text", "start", "others"),
    [
        ("Volodymyr Zelensky spoke. Zelenskiy left early.", "Volodymyr", ["Zelenskiy"]),  # spellings
        ("Mary Robinson arrived. Mrs Robinson met reporters.", "Mary", ["Robinson"]),
        ("Abdel Fattah al-Burhan flew out. Burhan returned. Later al-Burhan spoke.", "Abdel", ["Burhan", "al-Burhan"]),
        ("Ivan Petrov, Bulgaria's foreign minister, resigned. The foreign minister gave no reason.", "Ivan",
         ["Bulgaria's foreign minister", "The foreign minister"]),
        ("The head of the commission, Leila Zerrougui, agreed. Zerrougui said she would stay.", "Leila",
         ["Zerrougui", "she"]),
        ("Colin Powell spoke for an hour. The top US diplomat showed pictures.", "Colin", ["The top US diplomat"]),
        ("NATO met in Brussels. The alliance approved the plan.", "NATO", ["The alliance"]),
        ("Hamas fired rockets. The group claimed a hit.", "Hamas", ["The group"]),
        ("Iran tested a missile, and it threatened more.", "Iran", ["it"]),
        ("Tehran protested. Iran recalled its envoy.", "Tehran", ["Iran", "its"]),
        ("The Sudanese government resigned. Sudan has no cabinet.", "The Sudanese government", ["Sudan"]),
        ("The Merkel government resisted. Germany would not pay.", "The Merkel government", ["Germany"]),
        ("A Kremlin spokesman demurred. Dmitry Peskov, the Kremlin spokesman, later apologised.", "A Kremlin",
         ["Dmitry Peskov", "the Kremlin spokesman"]),
        ("Aisha Bello sued. She won.", "Aisha", ["She"]),
        ("The Rapid Support Forces (RSF) shelled a town. The RSF denied it.", "Rapid", ["RSF"]),
        ("The Lakeside Relief Network (LRN) left. Two trucks of LRN stayed.", "Lakeside", ["LRN"]),  # unlisted
        ("TPLF spokesman Getachew Reda spoke. Getachew gave no date.", "Getachew", ["Getachew"]),  # no family name
        ("Hamas spokesman Rami Zuhd denied it. The Hamas spokesman gave no date.", "Rami", ["The Hamas spokesman"]),
    ],
)  # fmt: skip
def test_one_actor_is_one_chain(
    text: str, start: str, others: list[str], read_text: ReadText, lexicon: Lexicon
) -> None:
    words, _ = chain_of(text, start, read_text, lexicon)
    assert set(others) <= set(words)


@pytest.mark.parametrize(
    ("text", "start", "apart"),
    [
        ("Joe Biden spoke. Hunter Biden was not there.", "Joe", "Hunter Biden"),
        ("Fidel Castro fell ill. Raúl Castro took over.", "Fidel", "Raúl Castro"),
        ("Angela Merkel met Nicolas Sarkozy. She thanked him.", "Nicolas", "She"),
        ("The French foreign minister met the German foreign minister.", "The French", "the German foreign minister"),
        ("Officials in Peru agreed. Other officials did not.", "Officials", "Other officials"),
        ("Former president Bill Clinton met the president of Kenya.", "Bill", "the president of Kenya"),
    ],
)
def test_two_actors_are_two_chains(text: str, start: str, apart: str, read_text: ReadText, lexicon: Lexicon) -> None:
    words, _ = chain_of(text, start, read_text, lexicon)
    assert apart not in words


def test_an_office_leads_to_its_holder_only_with_a_date(read_text: ReadText, lexicon: Lexicon) -> None:
    text = "The British prime minister warned of war."
    _, dated = chain_of(text, "The British", read_text, lexicon, "2003-03-18")
    _, undated = chain_of(text, "The British", read_text, lexicon)
    assert dated.key == "person:tony-blair"
    assert "held the office" in dated.rule
    assert undated.key is None


def test_a_last_name_alone_leads_to_the_holder_of_the_day(read_text: ReadText, lexicon: Lexicon) -> None:
    _, dated = chain_of("Rumsfeld ruled it out.", "Rumsfeld", read_text, lexicon, "2003-02-01")
    assert dated.key == "person:donald-rumsfeld"
    assert dated.country == "USA"


def test_the_speaker_inside_a_quotation_keeps_its_own_chain(read_text: ReadText, lexicon: Lexicon) -> None:
    words, mention = chain_of('Kim Dae-jung smiled. "I came for peace," he said.', "I", read_text, lexicon)
    assert words == ["I"]
    assert mention.key is None


def test_a_chain_shares_key_country_and_name(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("President Robert Mugabe won. Mugabe said he would stay.")
    found = [m for m in find_mentions(parsed, document, lexicon) if m.chain == 0]
    assert len(found) == 3
    assert {(m.key, m.country, m.name) for m in found} == {("person:robert-mugabe", "ZWE", "Robert Mugabe")}


def test_long_reports_stay_fast(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("The minister said that Iran and its allies had told him they would answer.\n" * 300)
    started = time.perf_counter()
    assert len(find_mentions(parsed, document, lexicon)) > 1000
    assert time.perf_counter() - started < 5.0  # 0.3 s when measured; quadratic work would take minutes
