"""Layers of actors: what wins, what is pushed aside, what is refused, and that nothing else changes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon import load_lexicon
from onrecord.lexicon.actor_files import COLUMNS, read_layer, write_layer
from onrecord.lexicon.actors import ActorBase, known_words, load_actors
from onrecord.lexicon.spelling import fold_words

OWN = """\
actors:
  - name: Amina Wekesa
    country: KEN
    aliases: [A. N. Wekesa]
    offices:
      - office: Foreign Secretary
        since: 2024-11
  - id: state:KEN
    kind: state
    aliases: [the Nairobi government]
  - name: Lakeside Defence Front
    kind: group
    country: KEN
    sector: REB
"""


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def table(*rows: str) -> str:
    return "\n".join(["\t".join(COLUMNS), *("\t".join(row.split(",")) for row in rows), ""])


def holder(base: ActorBase, office: str, body: str, day: str) -> str | None:
    row = base.holder(office, body, (day, day))
    return row.name if row is not None else None


def test_own_actors_are_found_by_name_office_and_day(tmp_path: Path) -> None:
    base = load_actors([file(tmp_path, "mine.yaml", OWN)])
    assert holder(base, "foreign minister", "KEN", "2024-12-01") == "Amina Wekesa"
    assert holder(base, "foreign minister", "KEN", "2024-10-31") != "Amina Wekesa"
    (front,) = base.by_name(fold_words("Lakeside Defence Front"))
    assert (front.row.kind, front.row.code, front.row.sector) == ("group", "KEN", "REB")
    assert base.by_name(fold_words("the Nairobi government"))[0].row.key == "state:KEN"
    assert base.by_name(fold_words("Kenya"))[0].row is base.rows["state:KEN"]  # built-in forms lead to the new row


def test_origin_says_layer_file_and_line(tmp_path: Path) -> None:
    base = load_actors([file(tmp_path, "mine.yaml", OWN)])
    assert base.rows["person:amina-wekesa"].origin == "person:amina-wekesa in the own base (mine.yaml:2)"
    assert base.rows["person:vladimir-putin"].origin == "person:vladimir-putin in the built-in base"


def test_own_wins_over_imported_and_imported_over_built_in(tmp_path: Path) -> None:
    imported = file(tmp_path, "list.tsv", table(",person,Li Sample,,,FRA,,president,President,FRA,2010-01-01,2030,,"))
    own = file(tmp_path, "mine.yaml", "actors: [{name: Ana Sample, country: FRA, offices: "
               "[{office: president, since: 2014-01-01, until: 2014-12-31}]}]")  # fmt: skip
    for order in ([imported, own], [own, imported]):
        base = load_actors(order)
        assert holder(base, "president", "FRA", "2009-06-01") == "Nicolas Sarkozy"  # before both
        assert holder(base, "president", "FRA", "2013-06-01") == "Li Sample"
        assert holder(base, "president", "FRA", "2014-06-01") == "Ana Sample"
        assert holder(base, "president", "FRA", "2015-06-01") == "Li Sample"
    assert holder(load_actors(), "president", "FRA", "2014-06-01") == "François Hollande"


def test_offices_that_many_may_hold_push_nobody_aside(tmp_path: Path) -> None:
    row = ",person,Li Sample,,,USA,,health minister,Secretary,USA,2000,2030,,"
    before = load_actors().offices.get(("health minister", "USA"), ())
    after = load_actors([file(tmp_path, "list.tsv", table(row))]).offices["health minister", "USA"]
    assert {r.key for r in before} <= {r.key for r in after}


def test_a_row_of_the_same_wikidata_id_or_name_is_added_to(tmp_path: Path) -> None:
    putin = load_actors().rows["person:vladimir-putin"]
    rows = table(
        f",person,V. V. Putin,,{putin.wikidata or 'Q7747'},RUS,,,,,,,,", ",person,Angela Merkel,Merkel A,,DEU,,,,,,,,"
    )
    base = load_actors([file(tmp_path, "list.tsv", rows)])
    if putin.wikidata:
        assert base.rows["person:vladimir-putin"].name == "V. V. Putin"
        assert putin.name in base.rows["person:vladimir-putin"].aliases
        assert base.rows["person:vladimir-putin"].tenures == putin.tenures
    assert "Merkel A" in base.rows["person:angela-merkel"].aliases


def test_a_namesake_of_another_state_is_another_actor(tmp_path: Path) -> None:
    base = load_actors([file(tmp_path, "list.tsv", table(",person,Angela Merkel,,,KEN,,,,,,,,"))])
    assert base.rows["person:angela-merkel"].code == "DEU"
    assert base.rows["person:angela-merkel-ken"].code == "KEN"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("actors:\n  - name: X Y\n    country: QQQ\n", r"mine.yaml:2.*QQQ"),
        ("actors:\n  - name: X Y\n\n  - name: Z W\n    sector: KGB\n", r"mine.yaml:4.*KGB"),
        ("actors:\n  - nam: X Y\n", r"mine.yaml:2.*'nam'"),
        ("actors:\n  - name: ''\n", r"mine.yaml:2.*without a name"),
        ("actors:\n  - name: [X]\n", r"mine.yaml:2.*text"),
        ("actors:\n  - X Y\n", r"mine.yaml:2.*by keys"),
        ("actors:\n  - {name: X Y, offices: [president]}\n", r"mine.yaml:2.*by keys"),
        ("actors:\n  - {name: X Y, offices: [{office: president, since: 2001}]}\n", r"mine.yaml:2.*country"),
        ("actors:\n  - {name: X Y, country: KEN, offices: [{office: king, since: May}]}\n", r"mine.yaml:2.*no date"),
        ("actors:\n  - {id: 'state:QQQ', kind: state}\n", r"mine.yaml:2.*no state"),
        ("actors:\n  - {id: 'state:KEN', kind: person, name: X Y}\n", r"mine.yaml:2.*is no person"),
        ("people: []\n", r"mine.yaml:1.*called actors"),
        ("", r"mine.yaml:1.*called actors"),
        ("actors: [\n", r"mine.yaml:\d+: no YAML"),
        ("actors:\n  - name: \x00\n", r"mine.yaml.*no YAML"),
    ],
)  # fmt: skip
def test_a_wrong_own_row_is_an_error_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LexiconError, match=words):
        load_actors([file(tmp_path, "mine.yaml", text)])


def test_codes_that_yaml_takes_for_something_else_stay_texts(tmp_path: Path) -> None:
    text = "actors:\n  - {name: Kari Eksempel, country: NOR, offices: [{office: prime minister, since: 2030-01-01}]}\n"
    base = load_actors([file(tmp_path, "mine.yaml", text)])
    assert holder(base, "prime minister", "NOR", "2031-01-01") == "Kari Eksempel"


def test_wrong_imported_rows_are_left_out_and_told_of(tmp_path: Path) -> None:
    rows = table(
        ",person,Good One,,,KEN,,,,,,,,", ",person,Bad One,,,QQQ,,,,,,,,", "too,short", ",beast,Bad Two,,,,,,,,,,,"
    )
    base = load_actors([file(tmp_path, "list.tsv", rows)])
    assert "person:good-one" in base.rows
    assert [fault.partition(": ")[0] for fault in base.faults] == ["list.tsv:4", "list.tsv:3", "list.tsv:5"]
    lines = '{"name": "Good Two", "country": "KEN"}\n{"name": \n[1]\n{"name": "Bad", "offices": [1]}\n'
    base = load_actors([file(tmp_path, "list.jsonl", lines)])
    assert "person:good-two" in base.rows
    assert [fault.partition(": ")[0] for fault in base.faults] == ["list.jsonl:2", "list.jsonl:3", "list.jsonl:4"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("list.txt", "x", "is one of .tsv"),
        ("list.tsv", "name\tcountry\nX Y\tKEN\n", "list.tsv:1: the columns"),
        ("list.tsv", "", "list.tsv:1: the columns"),
    ],
)
def test_a_file_that_is_none_of_actors_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(LexiconError, match=words):
        load_actors([file(tmp_path, name, text)])
    with pytest.raises(LexiconError, match="cannot be read"):
        load_actors([tmp_path / "nowhere.tsv"])


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    base = load_actors()
    known = known_words(base.rows, base.roles)
    entries = read_layer(file(tmp_path, "mine.yaml", OWN), known).entries
    out = io.StringIO()
    assert write_layer(entries, suffix, out) == 3
    again = read_layer(file(tmp_path, f"again{suffix}", out.getvalue()), known)
    assert again.faults == ()
    told = [(e.kind, e.id, e.name, e.aliases, e.code, e.sector, [t.told for t in e.tenures]) for e in entries]
    assert told == [
        (e.kind, e.id, e.name, e.aliases, e.code, e.sector, [t.told for t in e.tenures]) for e in again.entries
    ]


def test_a_changed_file_is_another_lexicon(tmp_path: Path) -> None:
    path = file(tmp_path, "mine.yaml", OWN)
    first = load_lexicon(str(path))
    assert first.actors.added
    assert load_lexicon(str(path)) is first
    path.write_text(OWN.replace("Amina", "Aminata"), encoding="utf-8")
    assert load_lexicon(str(path)).actors.added != first.actors.added
    assert load_lexicon().actors.added == ""
    with pytest.raises(LexiconError, match="no such file"):
        load_lexicon(str(tmp_path / "gone.yaml"))
