"""`python bench/fuzz_readers.py [SECONDS]`: atheris on every reader, guided by which lines of ours a file reaches.

The first byte picks the file's name, the rest is the file, grown from one good file of each kind. Nothing but pages and
skips may come out, in under ten seconds a file. What breaks is left in `.cache/fuzz/` (`crash-…`, `timeout-…`); give it
as the only argument to see it again. Atheris stands in `requirements-peers.lock`.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script too

import atheris

with atheris.instrument_imports(include=["onrecord.read", "onrecord.model", "feedparser", "warcio"]):
    from onrecord.model.claims import Skip
    from onrecord.read.containers import read_source
    from onrecord.read.document import make_document
    from onrecord.read.source import Source

from bench.fuzz_pages import check_document
from onrecord.lexicon import load_lexicon
from onrecord.settings import load_settings
from tests.read.samples import PAGE, REPORT, pdf, warc, zipped

FOLDER = Path(__file__).parents[1] / ".cache" / "fuzz"
MAIL = b"From: a@b.example\r\nDate: Mon, 1 Mar 2021 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: "
PARTS = b'multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Words.</p>\r\n--b--\r\n'
FEED = (
    f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>I</title><link>https://a.example/'
    f"</link><pubDate>Mon, 01 Mar 2021 10:00:00 GMT</pubDate><description>{REPORT}</description></item></channel></rss>"
)
RICH = (
    '<html lang="en"><head><title>Airport shelled | Herald</title><meta property="og:site_name" content="Herald">'
    '<meta name="author" content="A. Writer"><script type="application/ld+json">{"@type":"NewsArticle","headline":'
    '"Airport shelled","datePublished":"2021-03-01T10:00:00Z","author":[{"name":"A. Writer"}]}</script></head><body>'
    f'<h1>Airport shelled</h1><p class="byline">By A. Writer</p><time datetime="2021-03-01">1 March 2021</time>'
    f"<p>{REPORT}</p><blockquote>&ldquo;No&rdquo;</blockquote><table><tr><td>x</td></tr></table><footer>(Reuters)"
    "</footer></body></html>"
)
GOOD: tuple[tuple[str, bytes], ...] = (
    ("a.html", RICH.encode()),
    ("a.txt", f"By A. Writer\nMarch 1, 2021\n\n{REPORT}\n".encode()),
    ("a.xml", FEED.encode()),
    ("a.eml", MAIL + PARTS),
    ("a.mht", b"Snapshot-Content-Location: https://a.example/\r\n" + MAIL + PARTS),
    ("a.json", json.dumps([{"text": REPORT, "date": 1614592800}, {"html": PAGE}]).encode()),
    ("a.jsonl", (json.dumps({"title": "T", "text": REPORT}) + "\n").encode() * 2),
    ("a.csv", b'title,text,date\nA,"Words, words",2021-03-01\nB,More,\n'),
    ("a.pdf", pdf(["Fleet sails at dawn,", "says the ministry."])),
    ("a.zip", zipped({"a.txt": REPORT, "b.html": PAGE})),
    ("a.txt.gz", gzip.compress(REPORT.encode(), mtime=0)),
    ("a.warc.gz", warc(("https://a.example/1", "text/html", PAGE.encode(), "200 OK"))),
    ("a.warc", warc(("https://a.example/1", "text/html", PAGE.encode(), "200 OK"), packed=False)),
)
SETTINGS = load_settings({})
LEXICON = load_lexicon()


def read_one(data: bytes) -> None:
    """One file through the way in; atheris sees whatever is raised."""
    name, held = GOOD[data[0] % len(GOOD)][0] if data else "a.txt", data[1:]
    for found in read_source(Source(name, name, len(held)), io.BytesIO(held), SETTINGS):
        if not isinstance(found, Skip):
            check_document(make_document(found, LEXICON), found.raw)


def main() -> None:
    given = sys.argv[1] if sys.argv[1:] else "600"
    if not given.isdigit():
        read_one(Path(given).read_bytes())
        return
    corpus = FOLDER / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (name, data) in enumerate(GOOD):
        (corpus / name).write_bytes(bytes([number]) + data)
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-artifact_prefix={FOLDER}/", f"-max_total_time={given}", "-timeout=10",
         "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1"],
        read_one,
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
