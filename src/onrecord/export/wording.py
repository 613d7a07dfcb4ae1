"""Words and places that several formats share: what an event is called, what XML can hold, the address of a report."""

from __future__ import annotations

import json
import re

from onrecord.store import Row

# what XML 1.0 has no character for, and what no text should hold
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HAPPENED = ("actual", "historical", "alleged")  # what a format without a status may show as an event


def name_of(party: Row) -> str:
    """A party by its actor's name, or by the words of the text."""
    return str(party["actor"]["name"] if party["actor"] else party["span"]["text"])


def sides(event: Row) -> str:
    """Who to whom: "Norland → Sudland"; ? where nobody is named."""
    actors, recipients = (
        ", ".join(dict.fromkeys(name_of(party) for party in event[side])) for side in ("actors", "recipients")
    )
    return f"{actors or '?'} → {recipients}" if recipients else actors or "?"


def heading(event: Row) -> str:
    """ "ASSAULT: Norland → Sudland", with the status where it did not simply happen."""
    status = "" if event["status"] == "actual" else f" ({event['status']})"
    return f"{event['event_type']}: {sides(event)}{status}"


def when(date: Row | None) -> str:
    """A date of a claim or an entry, "by" a day where only the report's day tells it; "" where nothing does."""
    value = str((date or {}).get("value") or "")
    return f"by {value.partition('/')[2]}" if is_news(date) else value


def is_news(date: Row | None) -> bool:
    """Whether only the day of the report tells when it was."""
    return date is not None and date["by"] == "report"


def content(statement: Row) -> str:
    """The words of a statement; its pieces are apart by an ellipsis."""
    return " … ".join(span["text"] for span in statement["content"])


def for_xml(words: str) -> tuple[str, bool]:
    """Words that XML can hold, and whether a character had to be replaced by �."""
    made = _NOT_XML.sub("\ufffd", words)
    return made, made != words


def as_json(held: object) -> bytes:
    """JSON in UTF-8; lone surrogates, which only a crafted record holds, as escapes."""
    try:
        return json.dumps(held, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(held).encode("ascii")


def web_address(report: Row) -> str | None:
    """The report's address where it is one on the web."""
    url = report["url"] or ""
    return url if re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", url) else None


def urn(id: str) -> str:
    """The name of anything of the record as an IRI."""
    return f"urn:onrecord:{id}"
