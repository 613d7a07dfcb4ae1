"""Rows in words that people read: names, dates, amounts, kinds. Text of reports is untrusted and stays plain text."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.shown import short
from onrecord.store import Row

QUADS: dict[int, str] = {
    1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict",
}  # fmt: skip
BOUNDS: dict[str, str] = {"exactly": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": ""}
DAYTIMES = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}


def content_of(row: Row) -> str:
    """The words of a claim: what was said, the clause of an event, the words of a figure."""
    if "content" in row:
        return " … ".join(span["text"] for span in row["content"])
    if "evidence" in row:
        return str(row["evidence"]["text"])
    return str((row.get("span") or {}).get("text", row.get("words", row.get("name", row.get("title")) or "")))


def name_of(actor: Row | None, span: Row | None = None) -> str:
    """An actor's name, the words of the text where nobody is known."""
    if actor is not None:
        return str(actor["name"])
    return str(span["text"]) if span else "source not named"


def names_of(parties: Iterable[Row], none: str = "?") -> str:
    """The parties of one side of an event by name."""
    return ", ".join(dict.fromkeys(name_of(p["actor"], p["span"]) for p in parties)) or none


def date_of(date: Row | None) -> str:
    """A date of a claim: its value, the day by which its report tells it, or the words that could not be resolved."""
    if date is None:
        return "undated"
    if date.get("by") == "report":
        return f"by {day(date['value'].partition('/')[2])} (report’s day)"
    if date.get("value") and "X" not in date["value"]:
        return day(date["value"])
    return f"“{short(date['text'], 40)}”" if date.get("text") else "undated"


def day(value: str | None) -> str:
    """A TIMEX3 or ISO date for reading: an interval with a dash, a time without its zone, parts of the day in words."""
    if not value:
        return "undated"
    return " – ".join(_moment(part) for part in value.split("/"))


def _moment(value: str) -> str:
    date, _, time = value.partition("T")
    return f"{date[:12]} {DAYTIMES.get(time[:2], time[:5])}".strip()


def amount(row: Row) -> str:
    """A figure with its bound and unit."""
    if row["bound"] == "range" and row["low"] is not None and row["high"] is not None:
        return f"{number(row['low'])}–{number(row['high'])} {row['unit']}"
    return f"{BOUNDS.get(row['bound'], '')}{number(row['value'])} {row['unit']}"


def number(value: float) -> str:
    """A number with thousands apart and no empty decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.3g}"


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
