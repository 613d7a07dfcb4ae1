"""Actor phrases to country and sector, read by the same road as a report: parse, find mentions, take the widest."""

from __future__ import annotations

import calendar
import re

from bench.tools import Row, Tools, plain_document
from onrecord.extract.mentions import find_mentions
from onrecord.lexicon.actors import ActorBase
from onrecord.model.claims import Mention
from onrecord.model.parsed import Parsed

TODAY = "2022-06-30"  # what "today" means in rows written in 2022
MONTHS = tuple(calendar.month_name)  # January is 1


def predict(rows: list[Row], tools: Tools) -> list[Row]:
    """Country and sector of each phrase; labels and encyclopedia titles are not read."""
    return [_row(str(row["phrase"]), row.get("context"), row.get("date"), tools) for row in rows]


def _row(phrase: str, context: str | None, date: str | None, tools: Tools) -> Row:
    day = _day(date)
    country, sector = _read(phrase, day, tools)
    if country is None and context:
        country = _read(context, day, tools)[0]
    return {"phrase": phrase, "context": context, "country": country or "", "sector": sector or ""}


def _day(date: str | None) -> str:
    """An ISO day from the row's date; today where it gives none."""
    if date and re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        return date
    match = re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", date or "")
    if match and match[2] in MONTHS:
        return f"{match[3]}-{MONTHS.index(match[2]):02d}-{int(match[1]):02d}"
    return TODAY


def _read(phrase: str, day: str, tools: Tools) -> tuple[str | None, str | None]:
    document = plain_document("phrase", phrase, day)
    parsed = tools.parsed(document)
    mentions = find_mentions(parsed, document, tools.lexicon)
    if not mentions:
        return None, None
    best = _widest(mentions, parsed)
    return _code(best, tools.lexicon.actors, day), best.sector


def _widest(mentions: tuple[Mention, ...], parsed: Parsed) -> Mention:
    """The mention of the phrase's head, else the longest."""
    roots = [token.start for token in parsed.tokens if token.head == token.i]
    at_root = [m for m in mentions if any(m.head.start <= start < m.head.end for start in roots)]
    return max(at_root or list(mentions), key=lambda m: (len(m.span), -m.span.start))


def _code(mention: Mention, actors: ActorBase, day: str) -> str | None:
    row = actors.rows.get(mention.key) if mention.key is not None else None
    return mention.country or (actors.code_on(row, (day, day)) if row is not None else None)
