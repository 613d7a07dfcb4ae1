"""The page signs: every row matches its own example, and real sentences match none."""

from __future__ import annotations

import re

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import furniture
from onrecord.lexicon.furniture import Furniture, Rule, host_of, load_furniture, plain

FURNITURE: Furniture = load_furniture()


@pytest.mark.parametrize(
    "rule", [r for r in FURNITURE.rules if r.place != "class"], ids=lambda rule: f"line {rule.line}"
)
def test_rule_matches_its_example(rule: Rule) -> None:
    words = plain(rule.example)
    if rule.place == "whole":
        assert re.fullmatch(rule.pattern, words)
    elif rule.place == "end":
        assert any(re.fullmatch(rule.pattern, words[at:]) for at in range(len(words)))
    else:
        found = re.search(rule.pattern, words)
        assert found
        assert rule.place == "within" or found.start() == 0
    assert FURNITURE.name_block(rule.example) is not None


@pytest.mark.parametrize("rule", [r for r in FURNITURE.rules if r.place == "class"], ids=lambda rule: rule.kind)
def test_class_rule_matches_its_example(rule: Rule) -> None:
    assert rule.kind in FURNITURE.class_hints(rule.example)


# sentences and subheadings of reports, with words that signs are made of: none may be taken for furniture
REPORT = (
    "Russia's foreign ministry said comments by the envoy were not helpful.",
    "Search teams found more survivors under the rubble of the school on Tuesday.",
    "By Friday evening, at least 12 people had been killed in the clashes, the hospital said.",
    "Follow-up talks will be held in Doha next week, a Qatari official said.",
    "More than 40 countries signed the statement at the United Nations.",
    "Sources in the army told reporters that the general had left the country.",
    "‘No turning back’",
    "Fuel runs short in the north",
    "The two sides agreed to share intelligence on ships that approach the islands.",
    "Support for the rebels has been growing in Congress since the vote.",
    "Related sanctions were imposed on three banks, the Treasury said.",
    "Read in full, the letter is a list of demands, the minister said.",
    "“We reserve all rights under the treaty to answer this attack,” the president said.",
    "Contact with the submarine was lost on Sunday, the navy of Indonesia said.",
    "Analysis of satellite images showed new trenches near the border, the institute said.",
    "Live ammunition was used against the crowd in Yangon, witnesses said.",
    "Gallery owners and students joined the march through central Minsk.",
    "What the generals want",
)


@pytest.mark.parametrize("words", REPORT)
def test_words_of_a_report_are_no_furniture(words: str) -> None:
    found = FURNITURE.name_block(words)
    assert found is None, found


FURNITURE_LINES = (
    ("Africa", "section"),
    ("Home > News > Middle East", "section"),
    ("Skip to main content", "navigation"),
    ("Sign in / Register", "navigation"),
    ("Share on Facebook", "share"),
    ("2 Comments", "comments"),
    ("You must be logged in to post a comment.", "comments"),
    ("You may also like", "related"),
    ("READ MORE: How the siege began", "related"),
    ("Sign up to our newsletter", "newsletter"),
    ("We use cookies to give you the best experience.", "cookies"),
    ("Advertisement", "advertisement"),
    ("Listen to this article", "media"),
    ("Source: AFP", "source"),
    ("https://www.example.org/a/b.html", "source"),
    ("Copyright 2019 The Harbour Gazette. All rights reserved.", "copyright"),
    ("Spotted a mistake? Let us know at the address below.", "outlet"),
    ("Mandel Ngan/AFP via Getty Images", "credit"),
    ("Photo: Ministry of Defence", "credit"),
    ("Soldiers on a road near Goma. [Jerome Kanga/Reuters]", "caption"),
    ("FILE PHOTO: The presidents shake hands before talks in Geneva, Switzerland", "caption"),
    ("By Ivan Petrov and Mary Stone in Tbilisi", "byline"),
    ("(Reporting by Mary Stone; Editing by Paul Hill)", "byline"),
    ("Updated 3 hours ago", "date"),
    ("Message-ID: <abc@example.org>", "mail"),
)


@pytest.mark.parametrize(("words", "kind"), FURNITURE_LINES, ids=[row[0][:30] for row in FURNITURE_LINES])
def test_line_is_known_for_what_it_is(words: str, kind: str) -> None:
    found = FURNITURE.name_block(words)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.aljazeera.com/news/2024/1/1/x", "Al Jazeera"),
        ("edition.cnn.com", "CNN"),
        ("http://news.bbc.co.uk/2/hi/europe/1.stm", "BBC News"),
        ("https://english.ahram.org.eg/News/1.aspx", "Ahram Online"),
        ("https://notaljazeera.com/", None),
        ("not an address", None),
        ("http://[broken", None),
    ],
)
def test_outlet_is_known_by_its_domain(address: str, name: str | None) -> None:
    outlet = FURNITURE.outlet_at(address)
    assert (outlet.name if outlet else None) == name


def test_host_leaves_out_scheme_port_and_www() -> None:
    assert host_of("HTTPS://www.Example.org:8080/a?b") == "example.org"
    assert host_of("example.org/a") == "example.org"


def test_there_are_outlets_of_every_part_of_the_world() -> None:
    assert len(FURNITURE.outlets) >= 150
    assert len({outlet.country for outlet in FURNITURE.outlets}) >= 60
    assert {outlet.kind for outlet in FURNITURE.outlets} == {
        "agency",
        "broadcaster",
        "newspaper",
        "magazine",
        "website",
    }


BAD_ROWS = (
    ("nonsense\twhole\t\ta\ta", "unknown kind"),
    ("share\tnowhere\t\ta\ta", "unknown place"),
    ("share\twhole\tyes\ta\ta", "closes is"),
    ("share\twhole\t\t(a\ta", "not a regular expression"),
    ("share\twhole\t\t(a)\ta", "use (?:…)"),
    ("share\twithin\t\t(?:a|b) c\ta", "begin with a plain word"),
    ("share\tclass\t\tA-b\ta", "small letters"),
    ("share\twhole\t\ta\ta\nshare\twhole\t\ta\tb", "doubled"),
)


@pytest.mark.parametrize(("rows", "message"), BAD_ROWS, ids=[row[1] for row in BAD_ROWS])
def test_wrong_row_is_refused_with_its_line(rows: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ("kind", "where", "closes", "pattern", "example")
    table = [(n, dict(zip(columns, row.split("\t"), strict=True))) for n, row in enumerate(rows.split("\n"), start=2)]
    monkeypatch.setattr(furniture, "read_table", lambda *_: table)
    with pytest.raises(LexiconError, match=re.escape(message)) as error:
        load_furniture()
    assert "furniture.tsv:" in str(error.value)
