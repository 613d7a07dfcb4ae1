"""The folder in which the docs' commands run: reports, records of them, and the small files that pages speak of."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

from onrecord import build
from onrecord.export.gdelt import EVENT_COLUMNS

ROOT = Path(__file__).parents[1]
OWN_ACTORS = """\
actors:
  - name: Amina Wekesa
    country: KEN
    offices:
      - office: foreign minister
        since: 2024-11
"""
ENTITY = {
    "id": "Q1", "labels": {"en": {"language": "en", "value": "Amina Wekesa"}}, "aliases": {}, "claims": {},
}  # fmt: skip


def lay_out(folder: Path) -> None:
    """Fill an empty folder with what the pages take for granted."""
    reports = ROOT / "examples" / "reports"
    shutil.copytree(reports, folder / "examples" / "reports")
    shutil.copytree(reports, folder / "reports")
    shutil.copy(reports / "baltic-lantern.xml", folder / "feed.xml")
    (folder / "crawl.warc.gz").write_bytes(_crawl((reports / "northgate-courier.html").read_bytes()))
    (folder / "20080810.export.CSV").write_text(
        _gdelt(1, "https://baltic-lantern.example/2008/08/13/bush-aid") + _gdelt(2, "https://elsewhere.example/"),
        "utf-8",
    )
    (folder / "mine.yaml").write_text(OWN_ACTORS, encoding="utf-8")
    (folder / "query.json").write_text(json.dumps({"entities": {"Q1": ENTITY}}), encoding="utf-8")
    build([str(folder / "examples" / "reports")], folder / "examples.onrecord")
    for name in ("crisis", "old"):
        shutil.copy(folder / "examples.onrecord", folder / f"{name}.onrecord")


def _gdelt(number: int, url: str) -> str:
    """A row of a GDELT 2.0 event file: aid from one state to another."""
    row: dict[str, object] = {
        "GlobalEventID": number, "Day": 20080813, "Actor1Name": "UNITED STATES", "Actor1CountryCode": "USA",
        "Actor2Name": "GEORGIA", "Actor2CountryCode": "GEO", "EventCode": "073", "DATEADDED": 20080813120000,
        "SOURCEURL": url,
    }  # fmt: skip
    return "\t".join(str(row.get(name, "")) for name in EVENT_COLUMNS) + "\n"


def _crawl(page: bytes) -> bytes:
    """A crawl of one page, as WARC."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://northgate.example/gori\r\n"
        "WARC-Date: 2008-08-10T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)
