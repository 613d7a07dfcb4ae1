"""Bytes to text, never failing: byte order mark, UTF-8, declared charset, a mixture, and a guess only at the end.

Line ends stay as they are. A byte order mark is dropped; NUL and lone surrogates become U+FFFD, one for one, so that
offsets hold. Valid UTF-8 beats a declared charset: pages are declared wrongly far more often than chance makes UTF-8.
"""

from __future__ import annotations

import codecs
import re

MARKS: tuple[tuple[bytes, str], ...] = (  # the longer ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MEANT: dict[str, str] = {  # what browsers take a declared name to mean (WHATWG Encoding Standard)
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Python's codecs that are no charsets of the world's texts, and what a tag that is read byte by byte can't mean
NO_CHARSETS: tuple[str, ...] = (
    "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7", "utf-16", "utf-16-le",
    "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
)  # fmt: skip
DECLARED = re.compile(
    rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
DECLARED_WITHIN = 8192  # bytes; the standard says 1024, pages do not keep to it
GUESSED_WITHIN = 200_000  # bytes: more makes the guess slower and no better
GUESSED_FROM_HIGH = 16  # bytes over 127: fewer say nothing about a charset
WESTERN_SHARE = 0.03  # of bytes over 127 in a text of English with some accents and curly quotes; Russian has over 0.4
BINARY_SHARE = 0.02  # of control characters: none in text, 0.1 in compressed data
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
WINDOWS_1252 = bytes(range(256)).decode("cp1252", "replace")
MIXED = "onrecord.mixed"
ESCAPED = {0xDC00 + byte: WINDOWS_1252[byte] for byte in range(128, 256)}  # as "surrogateescape" keeps bad bytes


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler for streams: the bytes that are not UTF-8, read as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return WINDOWS_1252[error.object[error.start]], error.start + 1  # one at a time: the next is asked for if it is bad


codecs.register_error(MIXED, _as_windows_1252)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a whole file or member; `declared` is what a header outside it says, heard before a tag inside."""
    encoding = guess_encoding(data, declared)
    if mixed_errors(encoding) == MIXED:  # the same as the handler gives, without a call a byte
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = data.decode(encoding, "surrogateescape").translate(ESCAPED)
    else:
        text = data.decode(encoding, "replace")
    return repair(text.removeprefix("\ufeff"))


def repair(text: str) -> str:
    """NUL and lone surrogates, which no database or page library takes, as U+FFFD."""
    if "\x00" not in text and _is_whole(text):
        return text
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _is_whole(text: str) -> bool:
    """Whether a text has no lone surrogates: told by writing it as UTF-8, sooner than by looking for them."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def mixed_errors(encoding: str) -> str:
    """The codec error handler that goes with an encoding."""
    return MIXED if encoding in {"utf-8", "utf-8-sig"} else "replace"


def guess_encoding(data: bytes, declared: str | None = None) -> str:
    """The Python name of the encoding of a file, or of one that begins with these bytes."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    wide = _wide_encoding(data)
    if wide is not None:
        return wide
    if _is_utf8(data) or _mostly_utf8(data):
        return "utf-8"
    return _declared_encoding(data, declared) or _likely_encoding(data)


def is_binary(data: bytes) -> bool:
    """Whether the first bytes of a file are no text in any encoding."""
    if data.startswith(tuple(mark for mark, _ in MARKS)) or _wide_encoding(data) is not None:
        return False
    return len(data) - len(data.translate(None, CONTROLS)) > BINARY_SHARE * len(data)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows in Western text by every second byte being zero."""
    sample = data[: 4096 - 4096 % 2]
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if half and odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.5 * half and odd < 0.05 * half else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"  # cut inside its last character
    return True


def _mostly_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are valid UTF-8 than are not."""
    text = data.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    wrong = text.count("\ufffd")
    return beyond - wrong >= wrong


def _declared_encoding(data: bytes, declared: str | None) -> str | None:
    """The charset declared outside or inside, where the bytes are possible in it."""
    inside = DECLARED.search(data[:DECLARED_WITHIN])
    names = [declared, (inside[1] or inside[2]).decode("ascii", "replace") if inside else None]
    for encoding in filter(None, map(_known_charset, names)):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end < len(data):
                continue
        return encoding
    return None


def _known_charset(name: str | None) -> str | None:
    if not name or not re.fullmatch(r"[\w.:-]{1,40}", name, re.ASCII):
        return None
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # LookupError for codecs that are no text encodings, such as "zip"
    except (LookupError, ValueError):
        return None
    return None if found.name in NO_CHARSETS else MEANT.get(found.name, found.name)


def _likely_encoding(data: bytes) -> str:
    sample = data[:GUESSED_WITHIN]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if high < max(GUESSED_FROM_HIGH, WESTERN_SHARE * len(sample)):
        return "utf-8"  # with its mixed errors: Windows-1252 wherever it isn't UTF-8
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "utf-8"
