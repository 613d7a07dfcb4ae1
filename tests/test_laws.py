"""Laws of every parser of our own, on inputs that hypothesis makes up: spans hold words, what is printed is read back,
and nothing is raised but our own errors.

ONRECORD_FUZZ=20 makes it twenty times as many inputs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import io
import json
import math
import os
import re
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from bench.fuzz_pages import check_document, check_reading
from onrecord.cli.judgements import ACTIONS, read_log
from onrecord.errors import OnrecordError, SettingsError
from onrecord.extract.times.amounts import duration_value, read_amount
from onrecord.lexicon import Lexicon
from onrecord.lexicon.actor_entries import Entry, Vocabulary
from onrecord.lexicon.actor_files import FORMS, read_layer, write_layer
from onrecord.lexicon.actors import known_words, load_actors
from onrecord.lexicon.imported import learn_actors
from onrecord.model.claims import Reading
from onrecord.model.record import EDITABLE, VERDICTS, Judgement
from onrecord.read.dates import date_in_address, find_dates, is_date_line, read_date
from onrecord.read.decode import MIXED, decode
from onrecord.read.document import make_document
from onrecord.read.kinds.dates import read_date as read_field
from onrecord.read.kinds.records import read_columns
from onrecord.read.page import RawPage
from onrecord.reading import extract
from onrecord.settings import PREFIX, Settings, load_settings
from onrecord.store import make_judgement, make_note
from onrecord.web.asked import Asked, own_path
from tests.conftest import ReadText

TIMES = int(os.environ.get("ONRECORD_FUZZ", "1"))


def some(count: int) -> checks:
    return checks(
        max_examples=count * TIMES, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )  # fmt: skip


# times, figures, dates ----------------------------------------------------------------------------------------------

WORDS = (
    *"""
    1 2 13 31 29 00 1999 2021 20210 0 -5 1.5 3,000 1,2,3 ½ ٣ ² million bn dozen two twenty- twenty-four hundred a an
    several half couple of the % $ € £ US$ killed troops people km Feb February May march Sept. Monday Sun week weeks
    month years day days' hours decade century spring quarter weekend ago later earlier last next this that every each
    since until from to between and on in by before after th st 1st 30th Easter Christmas Eve noon 10:30 25:61 a.m. pm
    GMT +0300 o'clock today tomorrow yesterday night morning now fiscal early late mid- 2008/09 31/02/2020 2020-02-30
    2020-02-29T10:00Z '90s 1990s '08 more than at least about some - – — / . , ( ) said was will minister Russia Gori 😀
    """.split(),  # noqa: SIM905  # a table of words
    "\u00a0", "\u200b", "\u202e", "e\u0301",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
TIMEX = re.compile(
    r"-?\d{4}(-\d\d(-\d\d)?|-W\d\d(-WE|-\d)?|-Q\d|-H\d|-SP|-SU|-FA|-WI)?(T(\d\d(:\d\d(:\d\d)?)?(Z|[+-]\d\d(:?\d\d)?)?|[A-Z]{2}))?"
    r"|\d{4}/\d{4}|\d{2,3}|\d{4}-XX.*|XXXX.*|PAST_REF|PRESENT_REF|FUTURE_REF|P[T\dXYMWDHQSEC./A-Z]+"
)


def sound(reading: Reading) -> None:
    """Values of the kinds that they are said to be."""
    for time in reading.times:
        assert time.value is None or TIMEX.fullmatch(time.value), time
        if time.start and time.end:
            assert datetime.date.fromisoformat(time.start) <= datetime.date.fromisoformat(time.end), time
    for one in reading.quantities:
        numbers = [number for number in (one.value, one.low, one.high) if number is not None]
        assert all(map(math.isfinite, numbers)), one
        assert one.low is None or one.high is None or one.low <= one.high, one


@some(8)
@given(text=TEXTS, published=st.sampled_from([None, "2020-02-29", "1999-12-31", "0001-01-01", "9999-12-31"]))
def test_times_and_figures_hold_their_words(
    read_text: ReadText, lexicon: Lexicon, text: str, published: str | None
) -> None:
    document, parsed = read_text(text, published)
    reading = extract(document, parsed, lexicon)
    check_reading(document, reading)
    sound(reading)


@some(30)
@given(st.integers(0, 10**12), st.sampled_from(["D", "W", "M", "Y", "H"]))
def test_amounts_of_time_are_read_as_they_are_printed(lexicon: Lexicon, number: int, unit: str) -> None:
    assert read_amount(str(number), lexicon.times) == number
    value = duration_value(Fraction(number), unit)
    assert re.fullmatch(rf"PT?{number}{unit}", value)


@some(30)
@given(st.text(max_size=80))
def test_amounts_of_time_in_any_words_are_a_number_or_none(lexicon: Lexicon, words: str) -> None:
    found = read_amount(words, lexicon.times)
    assert found is None or found >= 0


@some(30)
@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(
        ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y", "%b. %d, %Y", "%Y/%m/%d", "Published %B %d, %Y"]
    ),
)
def test_dates_are_read_as_they_are_printed(day: datetime.date, form: str) -> None:
    if form.startswith("%b") and day.month == 5:
        form = "%B %d, %Y"  # "May." is no short form
    assert read_date(day.strftime(form)) in ((day.isoformat(), "day"), None if day.isoformat() == "1970-01-01" else 0)


@some(30)
@given(st.one_of(st.text(max_size=60), TEXTS))
def test_any_text_has_dates_that_exist_or_none(text: str) -> None:
    for found in find_dates(text):
        datetime.date.fromisoformat(found.value[:10])
        assert text[found.span.start : found.span.end].strip()
    read_date(text)
    is_date_line(text)
    in_address = date_in_address(f"https://a.example/{text}")
    assert in_address is None or re.fullmatch(r"\d{4}-\d\d(-\d\d)?", in_address[0])
    assert read_field(text) is None or isinstance(read_field(text), str)


@some(30)
@given(st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.integers()), st.text(max_size=30)))
def test_any_value_of_a_date_field_is_read_or_kept(value: object) -> None:
    found = read_field(value)
    assert found is None or found


# pages --------------------------------------------------------------------------------------------------------------

PIECES = (
    *"""
    <p> </p> <table><tr><td> </table> <br/> <b> </i> <script> </script> <title> <!-- --> <![CDATA[ &amp; &#x1F54A; &#0;
    &#xD800; &nosuch; &lt < > " ' = word <h1> </h1> <ul><li> (Reuters) <pre> <template> <svg>
    """.split(),  # noqa: SIM905  # the same
    "<div class='", "\n", "\r\n", "\t", "\x0c", "\u00a0", "\u202e", "\u200b", "\x00", "10 March 2021", "By A. Writer",
    "Words of a report, the minister said. ", "<time datetime='2021-03-10'>", "<meta property='og:title' content='",
    "<a href='//x'>", "<html lang='xx'>", "<p hidden>", "<script type='application/ld+json'>{",
)  # fmt: skip


@some(40)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["html", "text"]))
def test_every_letter_of_any_page_has_its_place(lexicon: Lexicon, raw: str, kind: str) -> None:
    raw = raw.replace("\x00", "\ufffd")  # as decoding does
    check_document(make_document(RawPage("page", kind, raw), lexicon), raw)  # type: ignore[arg-type]  # one of two


@some(30)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_utf8_are_read_one_way_in_files_and_in_streams(data: bytes) -> None:
    data = b"plain words " * 10 + data.replace(b"\x00", b"")
    streamed = io.TextIOWrapper(io.BytesIO(data), "utf-8", MIXED, newline="").read()
    assert data.decode("utf-8", MIXED) == streamed
    if decode(data) != streamed:  # so many bytes that another encoding is likelier
        assert sum(byte > 127 for byte in data) > 3


# what people write --------------------------------------------------------------------------------------------------

LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    lambda name: bool(name.strip())
)
AT = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2025, 1, 1)).map(
    lambda at: at.isoformat() + "+00:00"
)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    verdict = draw(st.sampled_from(VERDICTS))
    subjects = draw(st.lists(NAME, min_size=2, max_size=4, unique=True))[: 1 if verdict == "edit" else 4]
    edits = draw(st.lists(st.tuples(NAME, LINE), min_size=1, max_size=3)) if verdict == "edit" else []
    return make_judgement(verdict, subjects, draw(LINE), draw(AT), draw(LINE), edits)


KNOBS = st.sampled_from([PREFIX + field.name.upper() for field in dataclasses.fields(Settings)])


def as_line(what: str, value: object) -> str:
    return json.dumps({"what": what, **dataclasses.asdict(value)}, ensure_ascii=False)  # type: ignore[call-overload]


@some(30)
@given(st.lists(judgements(), max_size=4), NAME, LINE, AT)
def test_log_is_read_as_it_is_printed(log: list[Judgement], subject: str, words: str, at: str) -> None:
    note = make_note(subject, ["tag", words], words, "ana", at)
    read, faults = read_log("\n".join([*(as_line("judgement", one) for one in log), as_line("note", note)]))
    assert (read, faults) == ([*log, note], [])


@some(30)
@given(judgements(), st.data())
def test_changed_line_of_a_log_is_never_taken(judgement: Judgement, data: st.DataObject) -> None:
    line = as_line("judgement", judgement)
    at = data.draw(st.integers(0, len(line) - 1))
    changed = line[:at] + data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=2)) + line[at + 1 :]
    read, _ = read_log(changed)
    assert all(one == judgement for one in read)


@some(30)
@given(st.one_of(st.text(max_size=60), st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(ACTIONS)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(
        st.sampled_from(["what", "id", "verdict", "subjects", "by", "at", "why", "edits", "tags", "words", "subject"]),
        inner, max_size=8)), max_leaves=12).map(json.dumps)))  # fmt: skip
def test_any_file_as_a_log_gives_faults_not_errors(text: str) -> None:
    read, faults = read_log(text)
    assert len(read) + len(faults) <= len(text.splitlines())


def test_log_of_brackets_alone_is_a_fault() -> None:
    assert len(read_log("[" * 100_000 + "\n" + '{"a":' * 50_000)[1]) == 2


@some(30)
@given(st.dictionaries(KNOBS, st.one_of(st.text(max_size=12), st.sampled_from(["1", "yes", "NO", "nan", "-1", "١"]))))
def test_any_environment_gives_settings_or_a_settings_error(environment: dict[str, str]) -> None:
    try:
        found = load_settings(environment)
    except SettingsError:
        return
    printed = {PREFIX + name.upper(): str(getattr(found, name)) for name in (f.name for f in dataclasses.fields(found))}
    assert load_settings(printed) == found
    with contextlib.suppress(SettingsError):
        read_columns(found)


@some(30)
@given(st.text(max_size=60))
def test_addresses_are_read_as_they_are_printed(query: str) -> None:
    asked = Asked.read("/statements", query)
    assert Asked.read("/statements", asked.query) == asked
    assert asked.address.startswith("/statements")


@some(30)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["/", "\\", "http:", "javascript:", "//evil.example", "\r", "\n", "\t", "?", "#", "@", "..", " "]
            ),
            max_size=6,
        ).map("".join),
    )
)
@example("/\r/evil.example")
@example("/\t/evil.example")
def test_forms_lead_to_this_server_whatever_they_say(back: str) -> None:
    path = own_path(back)
    assert path.startswith("/")
    assert not re.match(r"[/\\][\t ]*[/\\]", path)
    assert not {"\r", "\n"} & set(path)


# files of actors ----------------------------------------------------------------------------------------------------

YAML = (
    "actors:\n", "  - name: Amina Wekesa\n", "    country: KEN\n", "    offices:\n", "        since: 2024-11\n",
    "      - office: Foreign Secretary\n", "  - id: state:KEN\n", "    kind: state\n", "    aliases: [a, b]\n", "\t",
    "- ",
    ": ", "&a *a\n", "!!python/object:os.system x\n", "? ", "{", "]", "'", '"', "name: x\n", "#", "\ufeff", "<<: *a\n",
    "1", "2024-13-45", "\x85",
)  # fmt: skip
ROWS: tuple[object, ...] = (
    {"name": "Amina Wekesa", "country": "KEN", "offices": [{"office": "Foreign Secretary", "since": "2024-11"}]},
    {"name": 5}, {"id": "state:KEN", "aliases": "x"}, [], {"id": "Q1", "labels": {"en": {"value": "A"}}, "claims": {}},
    {"schema": "Person", "id": "a", "properties": {"name": ["A"]}}, {"persons": [{"name": "A", "memberships": [1]}]},
    {"results": {"bindings": [{"person": {"value": "A"}}]}}, None,
)  # fmt: skip
JSON = (
    *(json.dumps(row) + "\n" for row in ROWS), "{", "[", '"', "name\tcountry\toffice\n", "A\tKEN\tx\n", "A,KEN\n",
    "name,country\n", "\t\t\t\n",
)  # fmt: skip


@some(5)
@given(st.sampled_from([*FORMS, ".csv"]), st.data())
def test_any_file_of_actors_is_read_or_refused_in_a_line(tmp_path: Path, suffix: str, data: st.DataObject) -> None:
    pieces = st.sampled_from(YAML if suffix in (".yaml", ".yml") else JSON)
    path = tmp_path / f"actors{suffix}"
    path.write_text(
        "".join(data.draw(st.lists(st.one_of(pieces, st.text(max_size=3)), max_size=9))), "utf-8", "replace"
    )
    for read in (_own_layer, _foreign_list):
        try:
            entries = read(path)
        except OnrecordError:
            continue
        written = path.with_name("again.jsonl")
        with written.open("w", encoding="utf-8") as file:
            assert write_layer(entries, ".jsonl", file) == len(entries)
        again = read_layer(written, _known())
        assert len(again.entries) == len(entries)
        assert again.faults == ()


@functools.cache
def _known() -> Vocabulary:
    base = load_actors()
    return known_words(base.rows, base.roles)


def _own_layer(path: Path) -> tuple[Entry, ...]:
    return read_layer(path, _known()).entries


def _foreign_list(path: Path) -> tuple[Entry, ...]:
    return learn_actors([path], load_actors(), "2024-01-01").entries


def test_every_field_that_may_be_edited_is_known() -> None:
    assert set(EDITABLE) >= {"events", "statements", "figures"}
