"""Each kind of input, made in code, read by what is in it and named by its path."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.read import read_pages
from onrecord.settings import Settings
from tests.read.samples import PAGE, REPORT, only, pdf, read, warc, zipped

TEXTS = [
    ("a.txt", REPORT, "text", "plain text by default"),
    ("a.html", PAGE, "html", "a page with its suffix"),
    ("a.txt", PAGE, "html", "what is in it counts before the suffix"),
    ("report", PAGE, "html", "no suffix at all"),
    ("a.html", "Only words here, saved under a wrong suffix.", "text", "no tag anywhere"),
    ("a.php", "<?php echo 1 ?>\n<p>Words.</p>", "html", "markup that does not begin with an HTML tag"),
    ("a.txt", "<AFP> The president left the capital.", "text", "an angle bracket is no HTML tag"),
    (
        "a.xml",
        "<?xml version='1.0'?><nitf><body><p>Words.</p></body></nitf>",
        "html",
        "news archives' XML has paragraphs",
    ),
    ("a.txt", "{Editor's note} The minister left.", "text", "a brace is not yet JSON"),
    ("a.txt", "[Updated] The minister left.", "text", "a bracket is not yet JSON"),
    (
        "a.txt",
        "Source: State radio\nDate: 12 May\n\nThe text body follows.",
        "text",
        "a report's own header is no mail's",
    ),
    ("a.txt", "Fighting, shelling, text, and dates: a long day, title or not.", "text", "commas make no table"),
]


@pytest.mark.parametrize(("name", "content", "kind", "why"), TEXTS, ids=[row[3] for row in TEXTS])
def test_kind_is_known_by_content_then_suffix(
    settings: Settings, tmp_path: Path, name: str, content: str, kind: str, why: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    page = only(settings, tmp_path / name)
    assert (page.path, page.kind, page.raw) == (name, kind, content), why


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_single_packed_file_keeps_its_path_and_inner_suffix(
    settings: Settings, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "a.html.gz").write_bytes(pack(b"Words <b>and</b> a tag."))
    page = only(settings, tmp_path / "a.html.gz")
    assert (page.path, page.kind) == ("a.html.gz", "html")


def test_mhtml_gives_the_page_and_its_address(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "saved.mhtml").write_bytes(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/a\r\nSubject: Airport\r\n"
        b"Date: Tue, 3 May 2011 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n'
        b'--xx\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><body><p>Caf=C3=A9 owners fled =\r\nthe city.</p></body></html>\r\n"
        b"--xx\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--xx--\r\n"
    )
    page = only(settings, tmp_path / "saved.mhtml")
    assert page.kind == "html"
    assert "<p>Café owners fled the city.</p>" in page.raw
    assert page.told.url == ("https://news.example/a", "address of the saved page")
    assert page.told.published is None, "the day of saving is no date of publication"


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title><language>en</language>
<item><title>Talks &amp; truce</title><link>https://post.example/1</link><dc:creator>Ana Lu</dc:creator>
<pubDate>Wed, 09 Aug 2006 07:30:00 +0300</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The truce held.</p><script>x()</script>]]></content:encoded></item>
<item><title>Bare</title></item>
<item><title>Summary only</title><description>Convoys crossed the border.</description></item>
</channel></rss>"""


def test_feed_entries_carry_what_the_feed_tells(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    pages, skips = read(settings, tmp_path / "feed.xml")
    first, last = pages
    assert (first.path, first.kind) == ("feed.xml#1", "html")
    assert first.raw == "<p>The truce held.</p><script>x()</script>", "kept as it stood; cleaning comes later"
    assert first.told.title == ("Talks & truce", "feed entry's title")
    assert first.told.outlet == ("Harbour Post", "feed's title")
    assert first.told.author == ("Ana Lu", "feed entry's author")
    assert first.told.url == ("https://post.example/1", "feed entry's link")
    assert first.told.published == ("2006-08-09T07:30:00+03:00", "feed entry's date")
    assert (last.path, last.kind, last.raw) == ("feed.xml#3", "text", "Convoys crossed the border.")
    assert [(skip.document, skip.reason) for skip in skips] == [("feed.xml#2", "no text")]


def test_atom_entry_without_publication_date_tells_its_last_change_as_such(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>T</title>'
        "<updated>2019-10-09T14:00:00Z</updated><source><title>Other Wire</title></source>"
        "<content>Troops crossed the river.</content></entry></feed>",
        encoding="utf-8",
    )
    page = only(settings, tmp_path / "atom")
    assert page.told.published == ("2019-10-09T14:00:00Z", "feed entry's last change")
    assert page.told.outlet == ("Other Wire", "feed entry's source")


def test_feed_in_another_charset_is_read_as_declared(settings: Settings, tmp_path: Path) -> None:
    feed = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Вести</title>'
    feed += "<item><title>Пожар</title><description>Склад сгорел &amp;amp; закрыт.</description></item></channel></rss>"
    (tmp_path / "feed.rss").write_bytes(feed.encode("cp1251"))
    page = only(settings, tmp_path / "feed.rss")
    assert (page.kind, page.raw) == ("html", "Склад сгорел &amp; закрыт.")
    assert page.told.outlet == ("Вести", "feed's title")


VALUES = [
    ("<p>One.</p>\n<p>Two.</p>", "html", "paragraphs are tags"),
    ("One.<br/>Two.", "html", "line breaks are tags"),
    ("The <b>army</b> left &ndash; at last.", "html", "inline tags in one line"),
    ("First paragraph, R&amp;D.\n\nSecond <i>paragraph</i>.", "text", "paragraphs are lines, whatever is inside"),
    ("AT&T rose; profits < 5 > 3.", "text", "signs that are no markup"),
]


@pytest.mark.parametrize(("value", "kind", "why"), VALUES, ids=[row[2] for row in VALUES])
def test_value_of_a_field_is_html_or_text_by_its_paragraphs(
    settings: Settings, tmp_path: Path, value: str, kind: str, why: str
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": value}), encoding="utf-8")
    page = only(settings, tmp_path / "a.jsonl")
    assert (page.kind, page.raw) == (kind, value), why


def test_json_lines_are_numbered_by_line_and_told_by_field(settings: Settings, tmp_path: Path) -> None:
    lines = [
        {"headline": "Coup foiled", "content": "Officers were held.", "source": {"id": None, "name": "Daily Star"},
         "authors": ["A. B.", "C. D."], "publishedAt": 1131541200, "url": "https://x.example/1"},
        {"title": "Page", "html": PAGE, "text": "Short cut."},
    ]  # fmt: skip
    (tmp_path / "dump.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    (first, second), skips = read(settings, tmp_path / "dump.jsonl")
    assert skips == []
    assert (first.path, first.kind, first.raw) == ("dump.jsonl#1", "text", "Officers were held.")
    assert first.told.title == ("Coup foiled", 'JSON field "headline"')
    assert first.told.outlet == ("Daily Star", 'JSON field "source"')
    assert first.told.author == ("A. B., C. D.", 'JSON field "authors"')
    assert first.told.published == ("2005-11-09T13:00:00+00:00", 'JSON field "publishedAt"')
    assert (second.path, second.kind, second.raw) == ("dump.jsonl#3", "html", PAGE)


ARTICLE = {"title": "T", "text": "The envoy left."}
JSON_SHAPES = [
    (json.dumps(ARTICLE), ["#1"], "one object on a line"),
    (json.dumps(ARTICLE, indent=2), ["#1"], "one object over several lines"),
    (json.dumps([ARTICLE, ARTICLE]), ["#1", "#2"], "a list"),
    (json.dumps([ARTICLE, ARTICLE], indent=1), ["#1", "#2"], "a list over several lines"),
    (json.dumps({"status": "ok", "articles": [ARTICLE] * 2}), ["#1.1", "#1.2"], "a news service's answer"),
    (json.dumps({"response": {"docs": [ARTICLE]}}, indent=2), ["#1.1"], "an answer with its list further in"),
    (f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE)}\n", ["#1", "#2"], "lines under the suffix of JSON"),
    ("[]", [], "an empty list"),
    (json.dumps([{"text": "word " * 50_000}, ARTICLE]), ["#1", "#2"], "a record longer than what is read at once"),
]


@pytest.mark.parametrize(("content", "numbers", "why"), JSON_SHAPES, ids=[row[2] for row in JSON_SHAPES])
def test_json_is_read_in_every_shape(
    settings: Settings, tmp_path: Path, content: str, numbers: list[str], why: str
) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    pages, skips = read(settings, tmp_path / "a.json")
    assert [page.path for page in pages] == [f"a.json{number}" for number in numbers], why
    assert skips == []


TABLES = [
    ("a.csv", 'Title,Date,Text\nA,2003-03-20,"One, two\nthree"\n', "a quoted cell with a comma and a line end"),
    ("a.csv", "Title;Date;Text\nA;2003-03-20;One, two\nthree\n".replace("\nthree", ""), "semicolons"),
    ("a.tsv", "Title\tDate\tText\nA\t2003-03-20\tOne, two\n", "tabs"),
    ("a.csv", "sep=;\nTitle;Date;Text\nA;2003-03-20;One, two\n", "a spreadsheet's hint"),
    ("a.csv", "\ufeffTitle,Date,Text\nA,2003-03-20,\"One, two\",\n", "a byte order mark, and a comma at the end"),
    ("a.txt", "Title|Date|Text\nA|2003-03-20|One, two\n", "known by its header"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "why"), TABLES, ids=[row[2] for row in TABLES])
def test_tables_are_read_by_their_header(settings: Settings, tmp_path: Path, name: str, content: str, why: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    page = only(settings, tmp_path / name)
    assert page.path == f"{name}#1"
    assert page.raw.startswith("One, two"), why
    assert page.told.title == ("A", 'column "Title"')
    assert page.told.published == ("2003-03-20", 'column "Date"')


def test_settings_name_columns_and_reach_into_objects(settings: Settings, tmp_path: Path) -> None:
    own = replace(settings, columns="text=fields.bodyText, title=Kop")
    record = {"Kop": "Staking", "title": "not this", "fields": {"bodyText": "Dockers struck."}}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    page = only(own, tmp_path / "a.jsonl")
    assert (page.raw, page.told.title) == ("Dockers struck.", ("Staking", 'JSON field "Kop"'))


@pytest.mark.parametrize("columns", ["body=text", "text", "text="])
def test_wrong_columns_setting_says_what_is_known(settings: Settings, columns: str) -> None:
    with pytest.raises(SettingsError, match="fields are text, html, title"):
        list(read_pages([], replace(settings, columns=columns)))


@pytest.mark.parametrize("packed", [True, False])
def test_warc_gives_pages_by_record_and_counts_the_rest(settings: Settings, tmp_path: Path, packed: bool) -> None:
    crawl = warc(
        ("https://a.example/1", "text/html; charset=windows-1251", "<p>Москва и Киев</p>".encode("cp1251"), "200 OK"),
        ("https://a.example/p.png", "image/png", b"\x89PNG", "200 OK"),
        ("https://a.example/gone", "text/html", b"<p>Gone</p>", "404 Not Found"),
        ("https://a.example/robots.txt", "text/plain", b"User-agent: *", "200 OK"),
        ("https://a.example/2", "text/html", PAGE.encode(), "200 OK"),
        packed=packed,
    )
    (tmp_path / "crawl.warc.gz").write_bytes(crawl)
    (first, second), skips = read(settings, tmp_path / "crawl.warc.gz")
    assert (first.path, first.raw) == ("crawl.warc.gz#2", "<p>Москва и Киев</p>")
    assert first.told.url == ("https://a.example/1", "address in the crawl")
    assert first.told.published is None, "the day of the crawl is no date of publication"
    assert (second.path, second.raw) == ("crawl.warc.gz#6", PAGE)
    (skip,) = skips
    assert (skip.document, skip.reason) == ("crawl.warc.gz", "not a page")
    assert skip.detail == "1 x image/png, 1 x robots.txt, 1 x status 404"


def test_wacz_reads_its_crawls_alone(settings: Settings, tmp_path: Path) -> None:
    crawl = warc(("https://a.example/1", "text/html", PAGE.encode(), "200 OK"))
    members: dict[str, bytes | str] = {
        "datapackage.json": "{}",
        "pages/pages.jsonl": '{"text": "copy"}',
        "archive/data.warc.gz": crawl,
    }
    (tmp_path / "site.wacz").write_bytes(zipped(members))
    assert only(settings, tmp_path / "site.wacz").path == "site.wacz!archive/data.warc.gz#2"


MAIL = (
    b"From: =?utf-8?q?Caf=C3=A9_Wire?= <desk@wire.example>\r\nTo: a@b.example\r\nSubject: Border\r\n closed\r\n"
    b"Date: Fri, 14 Jul 2000 09:00:00 +0200\r\nMIME-Version: 1.0\r\n"
)


def test_mail_tells_sender_subject_and_date(settings: Settings, tmp_path: Path) -> None:
    body = "The border was closed. " * 20
    (tmp_path / "mail.eml").write_bytes(MAIL + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body.encode())
    page = only(settings, tmp_path / "mail.eml")
    assert (page.path, page.kind, page.raw) == ("mail.eml", "text", body)
    assert page.told.author == ("Café Wire", "mail sender")
    assert page.told.title == ("Border closed", "mail subject")
    assert page.told.published == ("2000-07-14T09:00:00+02:00", "mail date")


def test_mail_with_a_stub_of_plain_text_gives_its_html_and_attachments(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(
        MAIL + b'Content-Type: multipart/mixed; boundary="m"\r\n\r\n'
        b"--m\r\nContent-Type: text/plain\r\n\r\nView in browser\r\n"
        b"--m\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Caf\xe9s closed.</p>\r\n"
        b'--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="note.txt"\r\n\r\nA note.\r\n'
        b"--m--"
    )
    pages, skips = read(settings, tmp_path / "mail.eml")
    assert [(page.path, page.kind, page.raw.strip()) for page in pages] == [
        ("mail.eml", "html", "<p>Cafés closed.</p>"),
        ("mail.eml!note.txt", "text", "A note."),
    ]
    assert skips == []


def test_pdf_lines_become_paragraphs(settings: Settings, tmp_path: Path) -> None:
    head = "Gulf Monitor 12 August 1990"
    first = [head, "Fleet sails", "The carrier left port on Thursday with six escorts and a full crew after",
             "the council had met twice in one night, and the US-",
             "backed fleet had been told to stay within reach of the coast un-",
             "til dawn.", "A second carrier is to follow within the week, two officials said at the", "1"]  # fmt: skip
    rest = ["ministry, and more tankers have been asked for from the reserve than ever", "before.", "2"]
    (tmp_path / "a.pdf").write_bytes(pdf(first, [head, *rest], [head, "Nothing more was known of the plan."]))
    page = only(settings, tmp_path / "a.pdf")
    assert page.kind == "text"
    assert page.raw.split("\n\n") == [
        "Fleet sails",
        "The carrier left port on Thursday with six escorts and a full crew after the council had met twice in one "
        "night, and the US-backed fleet had been told to stay within reach of the coast until dawn.",
        "A second carrier is to follow within the week, two officials said at the ministry, and more tankers have been "
        "asked for from the reserve than ever before.",
        "Nothing more was known of the plan.",
    ]


def test_zip_members_are_read_by_name_and_nested(settings: Settings, tmp_path: Path) -> None:
    inner = zipped({"b.txt": "Inner.", "a.jsonl.gz": gzip.compress(json.dumps(ARTICLE).encode())})
    (tmp_path / "pile.zip").write_bytes(
        zipped({"z.txt": "Last.", "in/side.zip": inner, "a\\b.html": PAGE, ".hidden": "x", "__MACOSX/._z.txt": "x"})
    )
    pages, skips = read(settings, tmp_path / "pile.zip")
    assert [page.path for page in pages] == [
        "pile.zip!a/b.html",
        "pile.zip!in/side.zip!a.jsonl.gz#1",
        "pile.zip!in/side.zip!b.txt",
        "pile.zip!z.txt",
    ]
    assert skips == []


def test_stdin_is_read_by_its_content(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    for content, path in [(PAGE.encode(), "stdin"), (zipped({"a.txt": REPORT}), "stdin!a.txt")]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(content)))
        assert only(settings, "-").path == path
