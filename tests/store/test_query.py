"""A query is read, printed and read back as the same; each field finds what it says, in SQL and in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryError, StoreError
from onrecord.model.timex import days_of
from onrecord.store import FIELDS, LISTS, TABLES, Query, View, Wanted, columns, open_view, parse_query
from onrecord.store.fields import UNKNOWN
from tests.small import write_small


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(write_small(tmp_path_factory.mktemp("query") / "small.onrecord")) as view:
        yield view


@pytest.mark.parametrize(
    ("table", "query", "number"),
    [
        ("statements", "", 2),  # nothing asked: everything
        ("statements", "actor:norland", 2),  # part of a name, without case
        ("statements", "actor:nor", 2),  # the code of a state
        ("statements", "actor:orland", 0),  # whole words only
        ("statements", "actor:norl*", 2),
        ("statements", "actor:Sudland", 0),
        ("statements", "party:ac_norland", 2),  # an id
        ("statements", 'outlet:"northern herald"', 1),
        ("statements", "-outlet:herald", 1),  # what is unknown is not the Herald
        ("statements", "outlet:unknown", 1),
        ("statements", "outlet:herald,unknown", 2),  # any of the values
        ("statements", '"will not leave"', 1),
        ("statements", '-"will not leave"', 1),
        ("statements", "lea*", 2),
        ("statements", "leave -port", 0),
        ("statements", "kind:MIXED cue:say", 2),
        ("statements", "kind:direct", 0),
        ("statements", "since:2021-03 until:2021-03", 2),
        ("statements", "date:>2021-03-01", 0),
        ("statements", "date:2021-W09", 2),  # 1 March 2021 is its Monday
        ("statements", "published:2021-03-02", 2),
        ("statements", "probability:<0.5 negated:false language:EN", 2),
        ("statements", "lineages:>=1", 0),  # what nothing is known to stand behind
        ("events", "actor:NOR recipient:sudland type:mobilize status:actual", 2),
        ("events", "recipient:Norland", 0),
        ("events", "type:AID,MOBILIZE context:military quad:4", 2),
        ("events", "since:2021", 0),  # undated
        ("events", "date:unknown -place:unknown", 0),
        ("events", "date:unknown place:unknown mode:troops told_by:narrator", 2),
        ("events", "group:gr_event lineages:>=1 documents:2", 2),
        ("events", "-lineages:1", 0),
        ("figures", "unit:troops value:>250", 1),
        ("figures", "value:250,300 bound:exactly", 2),
        ("figures", "250 what:troops", 1),
        ("figures", "giver:NOR", 0),
        ("actors", "actor:nor kind:state sector:gov", 1),
        ("actors", "mentions:>=2", 2),
        ("actors", "sudland", 1),
        ("documents", "harbour -path:south", 1),
        ("documents", "party:NOR", 2),
        ("documents", "language:xx", 1),
        ("lineages", "copies:edited agency:wire documents:2", 1),
        ("lineages", "outlet", 0),  # words of the row, not the names of its fields
        ("corroborations", "lineages:1 outlets:1 party:NOR", 1),
        ("contradictions", "kind:number 300", 1),
        ("timeline", "actor:NOR since:2021-03-01 lineages:1", 1),
        ("timeline", "precision:day harbour", 0),
        ("skips", "stage:read reason:empty", 1),
        ("skips", "path:empty", 1),
    ],
)  # fmt: skip
def test_query_finds_what_fits(view: View, table: str, query: str, number: int) -> None:
    asked = parse_query(query, table)
    rows = list(view.matching(table, asked))
    assert len(rows) == view.count_matching(table, asked) == number
    if table in LISTS:  # lists by SQL and lists in memory give the same
        wanted = Wanted(query=query)
        held = columns.load_columns(view, table)
        assert list(view.select(table, wanted, 100).rows) == rows
        assert list(columns.select(view, held, wanted, 100).rows) == rows
        assert columns.count_facets(view, held, wanted) == view.facets(table, wanted)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_table_can_be_asked_and_its_negation_is_the_rest(view: View, table: str) -> None:
    for field in FIELDS:
        if table in field.sql:
            value = field.choices[0] if field.choices else {"number": "1", "day": "2021"}.get(field.kind, "x")
            whole = view.count(table)
            for text in (f"{field.name}:{value}", f"{field.name}:{UNKNOWN}", f"{field.name}:{value},{UNKNOWN}"):
                found = view.count_matching(table, parse_query(text, table))
                assert view.count_matching(table, parse_query(f"-{text}", table)) == whole - found, text


@pytest.mark.parametrize(
    ("query", "table", "at", "words"),
    [
        ("colour:red", "", 1, "fields: actor, recipient"),  # the fields there are
        ("a -colour:red", "", 3, "colour"),
        ("http://example.org", "", 1, "in quotes"),
        ("speaker:x", "events", 1, "no field of events"),  # known, but not of this table
        ("type:PEACE", "", 6, "one of: AGREE"),
        ("type:AID,PEACE", "", 10, "PEACE"),
        ("kind:person", "statements", 6, "direct, indirect, mixed"),
        ("lineages:many", "", 10, "a number"),
        ("lineages:>=1,2", "", 1, "takes one value"),
        ("since:yesterday", "", 7, "2022-W04"),
        ("since:2022-02-30", "", 7, "a day"),  # no such day
        ("actor:", "", 7, "no value"),
        ("actor:, x", "", 7, "no value"),
        ("type:>AID", "", 7, "numbers and days"),
        ("quad:1*", "", 6, "takes no"),
        ('say "open', "", 5, "not closed"),
        ("&", "", 1, "no letter or digit"),
        ("-", "", 1, "no letter or digit"),
        ("x" * 5000, "", 4001, "at most"),
        ("a b " + " ".join(f"c{n}" for n in range(100)), "", 387, "at most 100 terms"),
    ],
)
def test_query_that_cannot_be_says_where_and_what_can(query: str, table: str, at: int, words: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(query, table)
    assert raised.value.at == at
    assert words in str(raised.value)


def test_field_that_a_table_lacks_is_an_error_and_no_empty_list(view: View) -> None:
    query = parse_query("speaker:norland")
    assert query.applies("statements")
    assert not query.applies("events")
    with pytest.raises(QueryError, match="events have no field 'speaker'"):
        list(view.matching("events", query))
    with pytest.raises(StoreError, match="no table"):
        list(view.matching("sqlite_master", query))


VALUES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(["a", 'a"b', "a:b", "-a", "a,b", ">2", "\\", "“x”", "unknown", "AID", "2022-01", "3.5", "é", "a*"]),
)
PIECES = st.one_of(
    VALUES,
    st.builds(
        lambda sign, name, op, values: f"{sign}{name}:{op}" + ",".join(
            '"{}"'.format(v.replace("\\", "\\\\").replace('"', '\\"')) for v in values
        ),
        st.sampled_from(["", "-"]), st.sampled_from([field.name for field in FIELDS]),
        st.sampled_from(["", "=", ">=", "<"]), st.lists(VALUES, min_size=1, max_size=3),
    ),
    st.builds(
        lambda name, value: f"{name}:{value}", st.sampled_from([field.name for field in FIELDS]), VALUES,
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=4))
def test_printed_query_reads_back_as_itself(pieces: list[str]) -> None:
    try:
        query = parse_query(" ".join(pieces))
    except QueryError:
        return
    assert parse_query(str(query)) == query
    assert isinstance(query, Query)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022-01-30", "2022-01-30", "2022-01-30"),
        ("2022-01-30T21:30+03:00", "2022-01-30", "2022-01-30"),
        ("2021-05-05TNI", "2021-05-05", "2021-05-05"),
        ("2022-W04", "2022-01-24", "2022-01-30"),
        ("2022-W04-WE", "2022-01-29", "2022-01-30"),
        ("2022-W04-3", "2022-01-26", "2022-01-26"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2022-H1", "2022-01-01", "2022-06-30"),
        ("2022-SU", "2022-06-01", "2022-08-31"),
        ("2022-WI", "2021-12-01", "2023-02-28"),  # either of two winters
        ("2014", "2014-01-01", "2014-12-31"),
        ("199", "1990-01-01", "1999-12-31"),
        ("2022-01-28/2022-01-31", "2022-01-28", "2022-01-31"),
    ],
)
def test_days_of_a_value(value: str, first: str, last: str) -> None:
    found = days_of(value)
    assert found is not None
    assert [day.isoformat() for day in found] == [first, last]


@pytest.mark.parametrize(
    "value", [None, "", "XXXX-WXX-6", "PAST_REF", "2022-02-30", "2022-W60", "2022-01/2021-01", "P3D"]
)
def test_value_without_a_place_in_the_calendar_has_no_days(value: str | None) -> None:
    assert days_of(value) is None
