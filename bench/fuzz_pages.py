"""`python bench/fuzz_pages.py [PAGES] [SEED] [FIRST]`: saved pages, damaged in every way, through all readers.

Each of 1,000 pages (41 saved ones of the gold data, mutated) goes in as it is and inside every kind of container; the
laws of a document are checked on what comes out, and every tenth is parsed and read to the end. Nothing may raise, take
over ten seconds, or bring the process over two GiB. Printed: what broke, with the numbers to make it again; the slowest
pages; time and memory. Exit code 1 where anything broke.
"""

from __future__ import annotations

import base64
import faulthandler
import gzip
import io
import json
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

from bench.gold import gold_path
from onrecord.model.claims import Reading, Skip
from onrecord.model.offsets import Span
from onrecord.model.text import Document
from onrecord.read.containers import read_source
from onrecord.read.document import make_document
from onrecord.read.page import RawPage
from onrecord.read.source import Source
from onrecord.reading import Tools, load_tools, read_document
from onrecord.settings import load_settings
from tests.read.samples import warc, zipped

SECONDS, BYTES = 10.0, 2 << 30
PARSED = 10  # one page in so many is read to the end
FORBIDDEN = ("page not understood", "damaged file")  # skips that hide an exception, wrong for a page of any shape
TAGS = ("div", "p", "table", "td", "a", "span", "svg", "script", "style", "template", "title", "noscript", "ul", "h1")
CHARSETS = ("utf-16", "utf-32", "cp1251", "shift_jis", "koi8-r", "utf-7", "big5", "ebcdic-cp-us", "latin-1", "gb18030")
MARKS = (
    "\u202e",
    "\u202d",
    "\u2066",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u0301",
    "\x00",
    "\x0c",
    "\ufffd",
    "\U0001f54a",
)

Mutation = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, rng: random.Random) -> bytes:
    """The middle, the end or the start is missing."""
    one, two = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return rng.choice((data[:one], data[one:], data[:one] + data[two:]))


def flip(data: bytes, rng: random.Random) -> bytes:
    """Single bits are wrong, as on a bad disk."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 20, 2000))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def soup(data: bytes, rng: random.Random) -> bytes:
    """Tags that open and close nothing, doubled, unfinished, anywhere."""
    for _ in range(rng.choice((5, 100))):
        at, tag = rng.randrange(len(data) + 1), rng.choice(TAGS)
        form = rng.choice(
            ("<{0}>", "</{0}>", "<{0} a='", "<{0}", "<!--", "<![CDATA[", "&{0};", "<{0}/>", "<{0}\n<{0}>")
        )
        data = data[:at] + form.format(tag).encode() + data[at:]
    return data


def nest(data: bytes, rng: random.Random) -> bytes:
    """Ten thousand elements one in the other, before or around the page's words."""
    tag = rng.choice(("div", "b", "table><tr><td", "ul><li", "blockquote", "p", "span", "a href=x", "font"))
    opened, at = f"<{tag}>".encode() * 10_000, rng.randrange(len(data) + 1)
    close = f"</{tag.split('>', 1)[0].split(' ', 1)[0]}>".encode() * rng.choice((0, 10_000))
    return data[:at] + opened + data[at:] + close


def stuff(data: bytes, rng: random.Random) -> bytes:
    """One huge attribute, or very many."""
    at = data.find(b">", rng.randrange(len(data) + 1))
    huge = rng.choice(
        (
            b' class="' + b"x " * 500_000 + b'"',
            b" a=b" * 100_000,
            b' style="' + b"a:" * 300_000 + b'"',
            b' href="' + b"%41" * 300_000 + b'"',
            b" " * 1_000_000,
            b' content="' + b"&amp;" * 200_000 + b'"',
        )
    )
    return data if at < 0 else data[:at] + huge + data[at:]


def lie(data: bytes, rng: random.Random) -> bytes:
    """Another encoding than the page says, or than it is in."""
    name = rng.choice(CHARSETS)
    if rng.random() < 0.5:
        return data.replace(b"utf-8", name.encode()).replace(b"UTF-8", name.encode())
    try:
        return data.decode("utf-8", "replace").encode(name, "replace")
    except LookupError:
        return b'<meta charset="' + name.encode() + b'">' + data


def strew(data: bytes, rng: random.Random) -> bytes:
    """Direction overrides, zero-width letters, NUL and the like between letters."""
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((3, 300))):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(MARKS) * rng.choice((1, 1, 50)) + text[at:]
    return text.encode()


def flood(data: bytes, rng: random.Random) -> bytes:
    """One piece of the page, very often."""
    at = rng.randrange(len(data) + 1)
    piece = data[at : at + rng.choice((1, 3, 10, 200))]
    return data[:at] + piece * min(100_000, 2_000_000 // max(1, len(piece))) + data[at:]


def machine(data: bytes, rng: random.Random) -> bytes:
    """Machine data that are broken, deep, or of the wrong types."""
    wrong = rng.choice(
        (
            "[" * 20_000,
            '{"@graph":' * 5_000,
            json.dumps({"headline": 5, "datePublished": [[]], "author": {}}),
            json.dumps({"@type": {"a": []}, "publisher": [1, {"name": None}], "headline": ["x"] * 9}),
            "{",
            "null",
            json.dumps({"headline": "x" * 1_000_000, "url": 7, "inLanguage": {"name": []}}),
            '"\\ud800"',
        )
    )
    return b'<html><script type="application/ld+json">' + wrong.encode() + b"</script>" + data


MUTATIONS: tuple[Mutation, ...] = (cut, flip, soup, nest, stuff, lie, strew, flood, machine)


def mutated(pages: list[bytes], number: int, seed: int) -> tuple[str, bytes]:
    """The page of a number, and the names of what was done to it."""
    rng = random.Random(f"{seed}/{number}")
    data, names = rng.choice(pages), []
    for mutation in rng.sample(MUTATIONS, rng.choice((1, 1, 2, 3))):
        data = mutation(data, rng)
        names.append(mutation.__name__)
    return "+".join(names), data[:15_000_000]


def wrapped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The page as it is, and in every kind of container, by file name."""
    text = data.decode("utf-8", "replace")
    yield "page.html", data
    yield "page.txt", data
    yield "page.xml", data
    yield "page.html.gz", gzip.compress(data, 1)
    yield "pile.zip", zipped({"a/page.html": data})
    yield "crawl.warc.gz", warc(("https://a.example/1", "text/html", data, "200 OK"))
    yield "dump.jsonl", json.dumps({"title": text[:80], "html": text}).encode()
    yield "table.csv", ('title,text\nA,"' + text.replace('"', '""') + '"\n').encode("utf-8", "replace")
    yield (
        "feed.xml",
        (
            b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>I</title>'
            b"<description><![CDATA[" + data + b"]]></description></item></channel></rss>"
        ),
    )
    head = b"From: a@b.example\r\nSubject: S\r\nMIME-Version: 1.0\r\nContent-Type: "
    body = b"text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)
    yield "mail.eml", head + body
    yield (
        "page.mht",
        (
            b"From: <Saved>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: ' + body + b"\r\n--b--\r\n"
        ),
    )


def check_document(document: Document, raw: str) -> None:
    """The laws of a document: parts in order and inside the text, and every letter with its place in the page."""
    length, end = len(document.text), 0
    for part in document.parts:
        assert end <= part.span.start < part.span.end <= length, f"part {part} of {length}"
        end = part.span.end
    at = back = 0
    for run in document.offsets.runs:
        assert at == run.start < run.end, f"gap at {at}: {run}"
        assert back <= run.raw_start <= run.raw_end <= len(raw), f"raw goes back at {back}: {run}"
        kept, source = document.text[run.start : run.end], raw[run.raw_start : run.raw_end]
        if run.exact and kept != source:  # blanks of all kinds may have become others
            wrong = [(a, b) for a, b in zip(kept, source, strict=True) if a != b and not a.isspace()]
            assert not wrong or run.end - run.start == 1, f"{wrong[:5]} in {kept[:40]!r}"
        at, back = run.end, run.raw_end
    assert at == length, f"text of {length} mapped to {at}"
    document.text.encode("utf-8")


def check_reading(document: Document, reading: Reading) -> None:
    """Every span of a reading lies in the text and holds words."""
    spans: list[Span] = [one.span for one in reading.mentions]
    spans += [one.span for one in reading.times] + [one.span for one in reading.places]
    spans += [one.span for one in reading.quantities]
    for statement in reading.statements:
        spans += [*statement.content, *([statement.cue] if statement.cue else [])]
    for event in reading.events:
        spans += [event.trigger, event.evidence]
    for span in spans:
        assert span.end <= len(document.text), f"{span} of {len(document.text)}"
        assert document.words(span).strip(), f"{span} holds nothing"


def run(data: bytes, number: int, tools: Tools, slow: list[tuple[float, int, str]]) -> Iterator[str]:
    """One page through everything; gives what broke, and puts the time of each input into `slow`."""
    seen: set[RawPage] = set()  # most containers give the very same page
    for name, held in wrapped(data):
        start = time.process_time()
        try:
            found = list(read_source(Source(name, name, len(held)), io.BytesIO(held), tools.settings))
            for one in found:
                if isinstance(one, Skip):
                    assert one.reason not in FORBIDDEN or name == "table.csv", f"{one.reason}: {one.detail}"
                elif (page := replace(one, path="")) not in seen:
                    seen.add(page)
                    read_to_the_end(one, tools, parsed=name == "page.html" and number % PARSED == 0)
        except Exception:  # noqa: BLE001  # what this is looking for
            yield f"{name}: {traceback.format_exc(limit=-4)}"
        seconds = time.process_time() - start
        slow.append((seconds, number, name))
        if seconds > SECONDS:
            yield f"{name}: {seconds:.1f} s"


def read_to_the_end(page: RawPage, tools: Tools, parsed: bool) -> None:
    """One page as a document, and with `parsed` all that is read in it, with the laws of both."""
    document = make_document(page, tools.lexicon)
    check_document(document, page.raw)
    if parsed and len(document.text) <= tools.settings.max_text_chars:
        check_reading(document, read_document(document, tools))


def main() -> None:
    count, seed = (int(sys.argv[1]) if sys.argv[1:] else 1000), (int(sys.argv[2]) if sys.argv[2:] else 1)
    first = int(sys.argv[3]) if sys.argv[3:] else 0
    places = sorted(gold_path("pages").glob("*.html.gz"))
    if not places:
        sys.exit(f"no saved pages at {gold_path('pages')} (ONRECORD_GOLD names the gold data's folder)")
    pages = [gzip.decompress(place.read_bytes()) for place in places]
    tools = load_tools(load_settings({}))
    broken: Counter[str] = Counter()
    slow: list[tuple[float, int, str]] = []
    started = time.process_time()
    for number in range(first, first + count):
        names, data = mutated(pages, number, seed)
        faulthandler.dump_traceback_later(12 * SECONDS, exit=True)  # a hang says where it hangs
        for fault in run(data, number, tools, slow):
            broken[names] += 1
            print(f"page {number} ({names}, {len(data):,} bytes): {fault}", flush=True)
    faulthandler.cancel_dump_traceback_later()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if peak > BYTES:
        broken["memory"] += 1
    for seconds, number, name in sorted(slow, reverse=True)[:5]:
        print(f"{seconds:.2f} s: page {number} as {name} ({mutated(pages, number, seed)[0]})")
    print(
        f"{count} pages in 11 inputs each, {sum(broken.values())} broken, {time.process_time() - started:.0f} CPU s, "
        f"at most {peak >> 20} MiB"
    )
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
