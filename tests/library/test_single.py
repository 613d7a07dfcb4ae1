"""One text without a record of its own: out of a file, a page or words, with the same tables as a record."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.errors import InputError

TEXT = "Norway sent 200 doctors to Haiti on Monday. Haiti's president said that the help was “welcome”."
PAGE = f"<html><head><title>Help for Haiti</title></head><body><article><p>{TEXT}</p></article></body></html>"


def test_example_of_the_docstring_holds() -> None:
    globs: dict[str, Any] = {"extract": onrecord.extract}
    test = doctest.DocTestParser().get_doctest(onrecord.extract.__doc__ or "", globs, "extract", None, None)
    done = doctest.DocTestRunner().run(test)
    assert (done.failed, done.attempted) == (0, 2)


@pytest.mark.parametrize("kind", ["words", "html", "file", "path as text", "document"])
def test_every_way_to_give_a_text_gives_its_claims(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(PAGE, encoding="utf-8")
    source: Any = {"words": TEXT, "html": PAGE, "file": file, "path as text": str(file)}.get(kind)
    if kind == "document":
        source = onrecord.read_document(TEXT, published="2011-09-14")
    with onrecord.extract(source, published="2011-09-14") as record:
        (event,) = record.events.filter(event_type="AID")
        assert (event.date and event.date.value, event.actors[0].span.text) == ("2011-09-12", "Norway")
        (statement,) = record.statements
        text = record.documents[0].text
        assert [text[span.start : span.end] for span in statement.content] == [s.text for s in statement.content]
        assert len(record.timeline) >= 1


def test_text_in_another_language_is_kept_with_its_reason() -> None:
    german = "Der Minister sagte am Montag, dass die Truppen den Hafen verlassen haben und nicht zurückkehren werden."
    with onrecord.extract(german) as record:
        assert [skip.reason for skip in record.skips] == ["language not supported"]
        assert record.search("Hafen")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (None, "nowhere/report.html", "no such file"),  # a name of a file that is not there is no text
        ("", "empty.txt", "empty file"),
        ('{"text": "One report of two."}\n{"text": "The other one."}\n', "two.jsonl", "not one report"),
    ],
)
def test_file_without_exactly_one_report_is_an_error(
    tmp_path: Path, content: str | None, name: str, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        onrecord.read_document(str(path))
