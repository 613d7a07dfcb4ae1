"""A mail, such as a newsletter or a forwarded report: its plain text is read, or its HTML where that is all there is.

Files attached to it are read as members of it.
"""

from __future__ import annotations

import email
import email.utils
import io
from collections.abc import Iterator
from email.message import Message
from typing import IO

from onrecord.errors import InputError
from onrecord.read.decode import decode
from onrecord.read.kinds.dates import read_date
from onrecord.read.kinds.mime import header, header_names, part_bytes, part_charset, text_parts
from onrecord.read.page import PageKind, RawPage, Told
from onrecord.read.source import Found, Head, Opened, Source, check_nesting, shown
from onrecord.read.streams import read_whole
from onrecord.settings import Settings

SURE = frozenset({"mime-version", "message-id", "received", "return-path", "delivered-to"})
USUAL = frozenset({"from", "to", "subject", "date"})
PLAIN_ENOUGH = 200  # code points: a shorter plain text beside an HTML one says "view this mail in your browser"


def looks_like_mail(source: Source, head: Head) -> bool:
    """A block of headers at the start in which some are a mail's and not a report's own."""
    names = header_names(head)
    return bool(names & SURE) or names >= USUAL or (source.suffix == "eml" and bool(names & USUAL))


def read_mail(source: Source, stream: IO[bytes], settings: Settings) -> Iterator[Found]:
    message = email.message_from_bytes(read_whole(stream, settings))
    kind, raw = _body(message)
    if raw.strip():
        yield RawPage(source.path, kind, raw, _told(message))
    attached = [part for part in message.walk() if part.get_content_disposition() == "attachment" and part_bytes(part)]
    if not raw.strip() and not attached:
        raise InputError("no text", "a mail without text")
    if attached:
        check_nesting(source, settings)
    for number, part in enumerate(attached, 1):
        name = part.get_filename() or f"attachment {number}"
        member = Source(f"{source.path}!{shown(name)}", name, None, source.depth + 1, part_charset(part))
        yield Opened(member, io.BytesIO(part_bytes(part)))


def _body(message: Message) -> tuple[PageKind, str]:
    plain = "\n\n".join(decode(part_bytes(part), part_charset(part)) for part in text_parts(message, "text/plain"))
    if len(plain.strip()) >= PLAIN_ENOUGH:
        return "text", plain
    html = next(text_parts(message, "text/html"), None)
    return ("text", plain) if html is None else ("html", decode(part_bytes(html), part_charset(html)))


def _told(message: Message) -> Told:
    """Subject, sender and date; the date of a mail is when it was sent."""
    name, address = email.utils.parseaddr(header(message, "From"))
    subject, sender, sent = header(message, "Subject"), name or address, read_date(header(message, "Date"))
    return Told(
        title=(subject, "mail subject") if subject else None,
        author=(sender, "mail sender") if sender else None,
        published=(sent, "mail date") if sent else None,
    )
