"""Lists in foreign forms: a small made-up file of each, and that what is wrong is told of and never stops the rest."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicon.actors import ActorBase, load_actors
from onrecord.lexicon.imported import FORMATS, Learned, learn_actors
from onrecord.lexicon.imported.titles import read_office
from onrecord.lexicon.spelling import fold_words


@pytest.fixture(scope="module")
def base() -> ActorBase:
    return load_actors()


def learn(folder: Path, name: str, content: object, base: ActorBase, **options: str) -> Learned:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return learn_actors([path], base, "2026-01-31", **options)


def told(learned: Learned) -> list[tuple[str, str | None, list[tuple[str, str, str, str | None, str | None]]]]:
    """Name, code and terms of each entry."""
    return [
        (e.name, e.code, [(t.office, t.body, *t.told, t.seen) for t in e.tenures]) for e in learned.entries
    ]  # fmt: skip


def lines(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def snak(value: object) -> dict[str, object]:
    return {"mainsnak": {"datavalue": {"value": value}}, "rank": "normal"}


def time(day: str, precision: int = 11) -> dict[str, object]:
    return {"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": precision}}}


def entity(id: str, label: str, **claims: list[dict[str, Any]]) -> dict[str, object]:
    return {"id": id, "labels": {"en": {"value": label}}, "claims": claims}


def held(position: str, **qualifiers: dict[str, object]) -> dict[str, object]:
    return {**snak({"id": position}), "qualifiers": {name: [value] for name, value in qualifiers.items()}}


STATE = entity("Q9001", "Kenya", P298=[snak("KEN")])
POST = entity("Q9002", "Minister of Foreign Affairs", P1001=[snak({"id": "Q9001"})])
PERSON = {
    **entity("Q9003", "Amina Wekesa", P31=[snak({"id": "Q5"})], P27=[snak({"id": "Q9001"})], P39=[
        held("Q9002", P580=time("2004-05-00", 10), P582=time("2009-00-00", 9)),
        held("Q9002", P580=time("2012-03-04")),
        held("Q9002"),
    ]),
    "aliases": {"en": [{"value": "A. N. Wekesa"}, {"value": "Wekesa"}, {"value": "Амина Векеса"}]},
}  # fmt: skip
PARTY = entity("Q9004", "Lakeside Party", P31=[snak({"id": "Q7278"})], P17=[snak({"id": "Q9001"})])


def test_wikidata_entities_give_people_with_terms_and_bodies(tmp_path: Path, base: ActorBase) -> None:
    text = "[\n" + ",\n".join(json.dumps(one) for one in (PERSON, POST, STATE, PARTY)) + "\n]\n"
    for name in ("dump.json", "dump.jsonl"):
        learned = learn(tmp_path, name, text, base)
        assert told(learned) == [
            (
                "Amina Wekesa",
                "KEN",
                [
                    ("foreign minister", "KEN", "2004-05", "2009", None),
                    ("foreign minister", "KEN", "2012-03-04", None, "2026-01-31"),
                ],
            ),
            ("Lakeside Party", "KEN", []),
        ]
        assert learned.entries[0].aliases == ("A. N. Wekesa",)  # neither a last name alone nor other letters
        assert learned.entries[1].sector == "PTY"
        assert [fault.reason for fault in learned.faults] == ["office without a beginning"]


def test_wikidata_pages_and_packed_dumps_are_read(tmp_path: Path, base: ActorBase) -> None:
    page = learn(tmp_path, "page.json", {"entities": {"Q9003": PERSON, "Q9002": POST, "Q9001": STATE}}, base)
    assert [entry.name for entry in page.entries] == ["Amina Wekesa"]
    packed = lines(PERSON, POST, STATE).encode()
    (tmp_path / "dump.jsonl.gz").write_bytes(gzip.compress(packed))
    (tmp_path / "dump.jsonl.bz2").write_bytes(bz2.compress(packed))
    for name in ("dump.jsonl.gz", "dump.jsonl.bz2"):
        assert told(learn_actors([tmp_path / name], base, "2026-01-31")) == told(page)


def test_deprecated_statements_are_passed_over(tmp_path: Path, base: ActorBase) -> None:
    wrong = {**held("Q9002", P580=time("2004-05-06")), "rank": "deprecated"}
    person = entity("Q9003", "Amina Wekesa", P31=[snak({"id": "Q5"})], P39=[wrong])
    assert learn(tmp_path, "dump.jsonl", lines(person, POST, STATE), base).entries == ()


def binding(**values: str) -> dict[str, dict[str, str]]:
    return {name: {"type": "literal", "value": value} for name, value in values.items()}


def test_sparql_results_give_one_actor_a_person(tmp_path: Path, base: ActorBase) -> None:
    rows = [
        binding(
            person="http://www.wikidata.org/entity/Q9003",
            personLabel="Amina Wekesa",
            positionLabel=title,
            country="KEN",
            start=start,
            startPrecision=precision,
            aliases="A. N. Wekesa|Wekesa",
        )
        for title, start, precision in (
            ("Prime Minister of Kenya", "2001-01-01T00:00:00Z", "9"),
            ("Minister for Defence", "2004-05-06T00:00:00Z", "11"),
        )
    ]
    learned = learn(tmp_path, "query.json", {"head": {}, "results": {"bindings": [*rows, binding(start="2004")]}}, base)
    assert told(learned) == [
        (
            "Amina Wekesa",
            "KEN",
            [
                ("prime minister", "KEN", "2001", None, "2026-01-31"),
                ("defence minister", "KEN", "2004-05-06", None, "2026-01-31"),
            ],
        )
    ]
    assert learned.entries[0].wikidata == "Q9003"
    assert [fault.reason for fault in learned.faults] == ["no person or no name"]


def test_followthemoney_entities_give_people_with_occupancies(tmp_path: Path, base: ActorBase) -> None:
    text = lines(
        {
            "id": "p",
            "schema": "Person",
            "caption": "Amina Wekesa",
            "properties": {"country": ["ke"], "alias": ["A. N. Wekesa"]},
        },
        {"id": "j", "schema": "Position", "properties": {"name": ["President of Kenya"], "country": ["ke"]}},
        {
            "id": "o",
            "schema": "Occupancy",
            "properties": {"holder": ["p"], "post": ["j"], "startDate": ["2004-05"], "endDate": ["2009"]},
        },
        {"id": "b", "schema": "PublicBody", "properties": {"name": ["Lakeside Water Board"], "country": ["xx"]}},
        {"id": "v", "schema": "Vessel", "properties": {"name": ["Gull"]}},
        ["no object"],
    )
    learned = learn(tmp_path, "entities.ftm.json", text + "{broken\n", base)
    assert told(learned) == [
        ("Amina Wekesa", "KEN", [("president", "KEN", "2004-05", "2009", None)]), ("Lakeside Water Board", None, []),
    ]  # fmt: skip
    assert learned.entries[1].sector == "GOV"
    found = [(fault.where.rpartition(":")[2], fault.reason) for fault in learned.faults]
    assert found == [("6", "no JSON object"), ("7", "no JSON"), ("4", "unknown country")]


def test_popolo_gives_people_with_memberships(tmp_path: Path, base: ActorBase) -> None:
    content = {
        "persons": [
            {"id": "1", "name": "Amina Wekesa", "other_names": [{"name": "A. N. Wekesa"}],
             "identifiers": [{"scheme": "wikidata", "identifier": "Q9003"}]},
            {"id": "2", "name": "", "memberships": []},
        ],
        "organizations": [{"id": "9", "name": "Lakeside Party", "classification": "party"}],
        "posts": [{"id": "7", "label": "Foreign Minister"}],
        "memberships": [
            {"person_id": "1", "post_id": "7", "start_date": "2004-05-06", "end_date": "2009-01-01"},
            {"person_id": "1", "organization_id": "9", "role": "member"},
        ],
    }  # fmt: skip
    learned = learn(tmp_path, "popolo.json", content, base, country="Kenya")
    assert told(learned) == [
        ("Amina Wekesa", "KEN", [("foreign minister", "KEN", "2004-05-06", "2009-01-01", None)]),
        ("Lakeside Party", "KEN", []),
    ]
    assert learned.entries[0].wikidata == "Q9003"
    assert [fault.reason for fault in learned.faults] == ["no name in Latin letters"]


def test_csv_columns_are_found_by_the_names_given(tmp_path: Path, base: ActorBase) -> None:
    text = (
        "Name;Post;State;From;To\nAmina Wekesa;President;Kenya;2004-05-06;2009-01-01\n"
        "Amina Wekesa;Foreign Minister;Kenya;2001;2003\nBad One;President;Kenya;2009;2004\n;;Kenya;;\n"
    )
    columns = "name=Name,office=Post,country=State,since=From,until=To"
    learned = learn(tmp_path, "people.csv", text, base, columns=columns)
    assert told(learned) == [
        (
            "Amina Wekesa", "KEN",
            [("president", "KEN", "2004-05-06", "2009-01-01", None), ("foreign minister", "KEN", "2001", "2003", None)],
        ),
        ("Bad One", "KEN", []),
    ]  # fmt: skip
    assert [fault.reason for fault in learned.faults] == ["no name", "office that ends before it begins"]
    with pytest.raises(LexiconError, match="no column 'name'"):
        learn(tmp_path, "people.csv", text, base)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Minister of Foreign Affairs of Ukraine", ("foreign minister", "UKR")),
        ("President of the Republic of Kenya", ("president", "KEN")),
        ("Ukrainian Minister of Defence", ("defence minister", "UKR")),
        ("Prime Minister (Ukraine)", ("prime minister", "UKR")),
        ("Secretary-General of the United Nations", ("secretary general", "UN")),
        ("United States Secretary of State", ("foreign minister", "USA")),
        ("Prime Minister", ("prime minister", None)),
        ("Keeper of the Swans", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_title_names_office_and_state(title: str, expected: tuple[str | None, str | None], base: ActorBase) -> None:
    assert read_office(fold_words(title), base) == expected


@pytest.mark.parametrize(
    "content",
    [
        '{"claims": 3}', '{"labels": [], "claims": []}', '{"schema": "Person", "properties": []}', '{"persons": 3}',
        '{"results": {"bindings": [3, {"person": 3}]}}', '{"persons": [{"name": 3}], "memberships": [{}]}',
        "name\n\x00\n", 'name,office\n"open', "[" * 100_000 + '"claims"',
    ],
)  # fmt: skip
def test_hostile_files_give_faults_or_one_error(tmp_path: Path, content: str, base: ActorBase) -> None:
    try:
        words = "".join(fault.where for fault in learn(tmp_path, "list.json", content, base).faults) or "list.json"
    except LexiconError as error:
        words = str(error)
    assert "list.json" in words


def test_every_form_is_known_by_its_content(tmp_path: Path, base: ActorBase) -> None:
    beginnings = {
        "sparql": json.dumps({"head": {"vars": []}, "results": {"bindings": []}}), "wikidata": lines(PERSON),
        "followthemoney": lines({"schema": "Person", "properties": {}}), "popolo": json.dumps({"persons": []}),
        "csv": "name,office\n",
    }  # fmt: skip
    assert {one.name: next(f.name for f in FORMATS if f.looks(beginnings[one.name])) for one in FORMATS} == {
        one.name: one.name for one in FORMATS
    }
    with pytest.raises(LexiconError, match="of no form"):
        learn(tmp_path, "other.json", "{}", base)
    with pytest.raises(LexiconError, match="no state"):
        learn(tmp_path, "people.csv", "name\nX Y\n", base, country="Atlantis")
    with pytest.raises(LexiconError, match="field=column"):
        learn(tmp_path, "people.csv", "name\nX Y\n", base, columns="name")
