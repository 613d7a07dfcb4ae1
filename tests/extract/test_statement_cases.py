"""Who speaks and who passes it on, in graded cases: a floor for each half of a table, and every easy case right.

The halves are parted by a hash of the text. Rules were made looking at the development half alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from onrecord.extract.mentions import find_mentions
from onrecord.extract.statements import find_statements
from onrecord.lexicon import Lexicon
from onrecord.model.claims import CUE_KINDS, CueKind, Statement
from onrecord.model.parsed import Parsed
from onrecord.model.text import Document

ReadText = Callable[..., tuple[Document, Parsed]]
Half = Literal["development", "test"]
CASES = Path(__file__).parents[1] / "cases"
GRADES = ("easy", "medium", "hard")
ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True)
class Case:
    """One line of a table: what is read, which statement is meant, and who must come out."""

    text: str
    words: str
    speaker: str
    relays: tuple[str, ...]
    grade: str
    why: str

    @property
    def half(self) -> Half:
        return "development" if hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0 else "test"


def read_cases(name: str) -> list[Case]:
    lines = [line for line in (CASES / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    cases = []
    for line in lines[1:]:
        text, words, speaker, relays, grade, why = line.split("\t")
        assert grade in GRADES, line
        cases.append(Case(text, words, speaker, () if relays == "-" else tuple(relays.split("; ")), grade, why))
    return cases


@dataclass(frozen=True)
class Answer:
    """The statement meant, in names: None where there is no such statement."""

    speaker: str
    named: bool
    relays: tuple[str, ...]
    cue_kind: str


def answer(case: Case, read_text: ReadText, lexicon: Lexicon) -> Answer | None:
    """Read a case as the road does, and give the innermost statement that holds its words."""
    heading = case.text.startswith("= ")
    document, parsed = read_text(case.text.removeprefix("= ").replace("|", "\n"), heading=heading)
    mentions = find_mentions(parsed, document, lexicon)
    statements, added = find_statements(parsed, mentions, (), lexicon)
    found = [statement for statement in statements if _is_meant(parsed, statement, case.words)]
    if not found:
        return None
    one = min(found, key=lambda statement: sum(map(len, statement.content)))
    by_id = {mention.id: mention for mention in (*mentions, *added)}
    relays = tuple(bare(by_id[r.mention].name if r.mention else parsed.words(r.span)) for r in one.relays)
    speaker = by_id[one.speaker] if one.speaker else None
    name, own = (bare(speaker.name), bare(parsed.words(speaker.span))) if speaker else ("-", "-")
    return Answer(name, speaker is not None and (speaker.key is not None or name != own), relays, one.cue_kind)


def _is_meant(parsed: Parsed, statement: Statement, words: str) -> bool:
    cue = parsed.words(statement.cue) if statement.cue else ""
    return words in " ".join(parsed.words(span) for span in statement.content) or words == cue


def bare(name: str) -> str:
    """A name for comparing: small letters, no article, no white space at the ends."""
    name = " ".join(name.split()).casefold()
    for article in ARTICLES:
        name = name.removeprefix(article)
    return name


def is_right(case: Case, given: Answer | None) -> bool:
    """Whether speaker and relays are as wanted; where nobody can be named, the words' own or no statement is right."""
    if given is None:
        return case.speaker == "-"
    right = not given.named if case.speaker == "-" else given.speaker == bare(case.speaker)
    return right and given.relays == tuple(map(bare, case.relays))


def grade(cases: Iterable[Case], read_text: ReadText, lexicon: Lexicon) -> tuple[float, list[Case]]:
    """The share of right cases in percent, and the easy ones that are wrong."""
    results = [(case, is_right(case, answer(case, read_text, lexicon))) for case in cases]
    wrong = [case for case, right in results if case.grade == "easy" and not right]
    return 100 * sum(right for _, right in results) / len(results), wrong


# What was measured when the floors were set, less two cases: a change that loses more must say why.
FLOORS: tuple[tuple[str, Half, float], ...] = (
    ("coreference.tsv", "development", 85.0),
    ("coreference.tsv", "test", 80.0),
    ("relays.tsv", "development", 92.0),
    ("relays.tsv", "test", 83.0),
)


@pytest.mark.parametrize(("table", "half", "floor"), FLOORS)
def test_share_of_right_speakers_and_relays_holds_its_floor(
    table: str, half: Half, floor: float, read_text: ReadText, lexicon: Lexicon
) -> None:
    share, wrong = grade([case for case in read_cases(table) if case.half == half], read_text, lexicon)
    assert share >= floor
    assert [case.text for case in wrong] == []


@pytest.mark.parametrize("table", ["coreference.tsv", "relays.tsv"])
def test_no_case_stands_in_a_table_twice(table: str) -> None:
    texts = [(case.text, case.words) for case in read_cases(table)]
    assert len(set(texts)) == len(texts) >= 80


def kind_cases() -> list[tuple[str, str, CueKind, str]]:
    lines = [line for line in (CASES / "cue_kinds.tsv").read_text(encoding="utf-8").split("\n") if line]
    rows = [line.split("\t") for line in lines if line[0] != "#"][1:]
    return [(text, words, kind, why) for text, words, name, why in rows for kind in CUE_KINDS if kind == name]


@pytest.mark.parametrize(("text", "words", "kind", "why"), kind_cases())
def test_cue_kind_is_that_of_the_act(
    text: str, words: str, kind: CueKind, why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    given = answer(Case(text, words, "-", (), "easy", why), read_text, lexicon)
    assert given is not None
    assert given.cue_kind == kind, why


def test_every_kind_has_a_case() -> None:
    assert {kind for _, _, kind, _ in kind_cases()} == set(CUE_KINDS)


NOTHING_SAID = [
    ("Anything that encourages children to read is welcome.", "a source that is nobody"),
    ("Farmers have been protesting for weeks.", "a length of time is no content"),
    ("A trainer is seen working near the tank.", "what a camera sees"),
    ("= PRIVILEGE: How a banker stayed out of jail|The banker smiled.", "a label in capitals before a colon"),
    ("UPDATE: The bridge at Osijek was closed.", "a label at the head of a paragraph"),
    ("The chatbot encouraged patients to carry on.", "a machine"),
    ("The mission added two patrol boats.", "a verb of saying that tells a deed"),
    ("Travellers without papers will be refused entry.", "a refusal in the passive, of which nobody speaks"),
    ("The envoy offered a stark warning.", "the name of a saying and no more"),
    ("The consulate declined to comment on the arrest.", "something not said"),
]


@pytest.mark.parametrize(("text", "why"), NOTHING_SAID)
def test_form_of_a_statement_without_one_is_left_out(
    text: str, why: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    heading = text.startswith("= ")
    document, parsed = read_text(text.removeprefix("= ").replace("|", "\n"), heading=heading)
    statements, _ = find_statements(parsed, find_mentions(parsed, document, lexicon), (), lexicon)
    assert [" ".join(parsed.words(span) for span in one.content) for one in statements] == [], why


def test_nobody_passes_on_his_own_words(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("Nauru said that it had told Canberra that Nauru would close the camp.")
    statements, _ = find_statements(parsed, find_mentions(parsed, document, lexicon), (), lexicon)
    mentions = {mention.id: mention for mention in find_mentions(parsed, document, lexicon)}
    for one in statements:
        speaker = mentions[one.speaker or ""]
        assert speaker.chain not in {mentions[relay.mention or ""].chain for relay in one.relays}


def test_relays_carry_span_mention_and_cue(read_text: ReadText, lexicon: Lexicon) -> None:
    document, parsed = read_text("Al Arabiya, quoting an Iraqi officer, said the road was open, Reuters reported.")
    mentions = find_mentions(parsed, document, lexicon)
    (one,), _ = find_statements(parsed, mentions, (), lexicon)
    known = {mention.id: parsed.words(mention.span) for mention in mentions}
    assert [(known[relay.mention or ""], parsed.words(relay.cue or relay.span)) for relay in one.relays] == [
        ("Reuters", "reported"),
        ("Al Arabiya", "quoting"),
    ]


@pytest.mark.parametrize(
    "text", ["He said no, Reuters reported. ", "The group said no. ", "“No,” he said, quoted by Tass. "]
)
def test_one_sentence_many_times_gives_statements_and_mentions_once(
    text: str, read_text: ReadText, lexicon: Lexicon
) -> None:
    document, parsed = read_text("NATO met Ana Kolar. " + text * 150)
    statements, added = find_statements(parsed, find_mentions(parsed, document, lexicon), (), lexicon)
    assert len({one.id for one in statements}) == len(statements)
    assert len({mention.id for mention in added}) == len(added)
