"""Messages in the form that mail and saved web pages share (MIME): headers and parts, decoded."""

from __future__ import annotations

import email.errors
import email.header
import re
from collections.abc import Iterator
from email.message import Message

from onrecord.read.decode import repair
from onrecord.read.source import Head

HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{0,60}):(?=\s)", re.MULTILINE)


def header_names(head: Head) -> set[str]:
    """The names in the block of headers that a message starts with, in lower case; empty where there is none."""
    if not HEADER.match(head.text):
        return set()
    block = re.split(r"\r?\n\r?\n", head.text, maxsplit=1)[0]
    return {name.lower() for name in HEADER.findall(block)} if HEADER.match(block) else set()


def header(message: Message, name: str) -> str:
    """A header's words, encoded words decoded; empty where there are none."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        words = str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, email.errors.MessageError):
        words = str(value)
    return " ".join(repair(words).split())


def text_parts(message: Message, kind: str) -> Iterator[Message]:
    """The parts of a media type that are not attachments, in order."""
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            yield part


def part_bytes(part: Message) -> bytes:
    """A part's bytes with its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def part_charset(part: Message) -> str | None:
    """The charset that a part declares; a hostile one may be anything."""
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None
