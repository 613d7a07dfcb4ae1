"""Bytes to text: marks, declarations, wrong declarations and mixtures; a letter in, the same letter out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.decode import decode, is_binary

RUSSIAN = "Войска вошли в город утром, сообщил представитель министерства обороны. " * 5
FRENCH = "Le ministre a déclaré que l'armée était déployée à l'étranger — « sans délai »."
ENGLISH = "The minister’s “final” offer was €3bn, a café owner said. " * 20

CASES = [
    (ENGLISH.encode("utf-8"), None, ENGLISH, "plain UTF-8"),
    (ENGLISH.encode("utf-8-sig"), None, ENGLISH, "a byte order mark is dropped"),
    (ENGLISH.encode("utf-16"), None, ENGLISH, "UTF-16 with a mark"),
    (ENGLISH.encode("utf-16-le"), None, ENGLISH, "UTF-16 without one"),
    (ENGLISH.encode("utf-16-be"), None, ENGLISH, "UTF-16 the other way round"),
    (ENGLISH.encode("utf-32"), None, ENGLISH, "UTF-32, whose mark begins like UTF-16's"),
    (ENGLISH.encode("cp1252"), None, ENGLISH, "Windows-1252 undeclared: few bytes beyond ASCII"),
    (ENGLISH.encode("cp1252"), "utf-8", ENGLISH, "declared UTF-8 in a header, but Windows-1252"),
    (f"<meta charset=utf-8>{ENGLISH}".encode("cp1252"), None, f"<meta charset=utf-8>{ENGLISH}", "the same in a tag"),
    (FRENCH.encode("cp1252"), "ISO-8859-1", FRENCH, "declared Latin-1 means Windows-1252, as browsers have it"),
    (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, "declared in a header"),
    (RUSSIAN.encode("koi8-r"), None, RUSSIAN, "not declared at all: guessed"),
    (RUSSIAN.encode("utf-8"), "windows-1251", RUSSIAN, "valid UTF-8 beats a wrong declaration"),
    (RUSSIAN.encode("utf-8"), "iso-8859-1", RUSSIAN, "a server's default"),
    (
        b'<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode("cp1251"),
        None,
        '<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN,
        "declared in an XML declaration",
    ),
    (
        b'<html><META http-equiv=Content-Type content="text/html; charset=windows-1251">' + RUSSIAN.encode("cp1251"),
        "no-such-charset",
        '<html><META http-equiv=Content-Type content="text/html; charset=windows-1251">' + RUSSIAN,
        "an unknown name in the header, a good one in the tag",
    ),
    ("“Киев”, ".encode() * 20 + "café".encode("cp1252"), None, "“Киев”, " * 20 + "café", "UTF-8 with a foreign end"),
    (b"caf\xc3\xa9 caf\xe9 na\xc3\xafve\r\nend\r", None, "café café naïve\r\nend\r", "line ends stay"),
    ("café".encode()[:-1], None, "cafÃ", "cut inside its last letter"),
    (b"one\x00two", None, "one\ufffdtwo", "a stray NUL, one for one"),
    (b"words \x93\x81\x94", None, "words “\ufffd”", "a byte that Windows-1252 does not have"),
    (b"plain", "zip", "plain", "a Python codec that is no charset"),
    (b"\\u0041\xe9", "unicode_escape", "\\u0041é", "nor is this one"),
    (b"", None, "", "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "declared", "text", "why"), CASES, ids=[row[3] for row in CASES])
def test_decode_finds_the_letters(data: bytes, declared: str | None, text: str, why: str) -> None:
    assert decode(data, declared) == text, why


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-7", "big5", "hex"])))
def test_decode_never_fails_and_gives_what_can_be_stored(data: bytes, declared: str | None) -> None:
    text = decode(data, declared)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x00" not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=9))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    padded = f"Kabul {text}"
    assert decode(padded.encode("utf-8")) == padded


@pytest.mark.parametrize(
    ("data", "binary", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", True, "a picture"),
        (bytes(range(256)) * 4, True, "every byte there is"),
        (ENGLISH.encode("utf-16-le"), False, "half of it NUL, and yet text"),
        (RUSSIAN.encode("cp1251"), False, "every byte beyond ASCII"),
        (b"\x1b$B$3\x1b(B" * 10, False, "the escapes of ISO-2022-JP"),
        (b"word " * 100 + b"\x00", False, "one stray NUL in a page"),
    ],
)
def test_binary_is_what_has_control_characters(data: bytes, binary: bool, why: str) -> None:
    assert is_binary(data) is binary, why


def test_floods_of_bytes_that_are_no_utf8_are_read_in_time() -> None:
    """A third of three megabytes' letters: a call of the codec's handler for each took ten seconds."""
    started = time.process_time()
    assert decode(b"\xc3\xa9\xc3\xa9a\x93" * 500_000).startswith("\xe9\xe9a\u201c")
    assert time.process_time() - started < 3
