"""Dates as containers give them, in ISO 8601 where their form leaves no doubt; otherwise as they stand."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# up to 2033, so that 2022022405 (a day and an hour) is not taken for a count of seconds
SECONDS = re.compile(r"(\d{9}|1\d{9})(?:\.\d+)?")
MILLISECONDS = re.compile(r"(1\d{9})\d{3}")
# RFC 5322, in mail and RSS: "Thu, 24 Feb 2022 05:10:00 +0200"; with the day in front and a 24-hour clock only
MAIL_DATE = re.compile(
    r"(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s+[+-]\d{4}|\s+[A-Z]{1,4})?(?:\s+\([^)]*\))?"
)


def read_date(value: object) -> str | None:
    """A date field's value: ISO text, a mail or feed date, or seconds or milliseconds since 1970."""
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    since = SECONDS.fullmatch(text) or MILLISECONDS.fullmatch(text)
    if since:
        return datetime.fromtimestamp(int(since[1]), UTC).isoformat()
    if MAIL_DATE.fullmatch(text):
        return _from_mail(text)
    return text or None


def _from_mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text
