"""HTML as a row of tags and stretches of text, each with its place in the raw page; time is linear in the page.

The standard library's parser takes minutes for a 100 kB flood of ``<a `` (every tag scans to the end of the page), so
the walk is our own: one pass, nothing behind it is looked at again. Tags are read as browsers read them: an unclosed
comment or script runs to the end of the page, a ``<`` that opens nothing is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

TokenKind = Literal["open", "close", "text", "raw"]

# content that is not markup: kept as one "raw" token after its opening tag
RAW_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "template", "svg"}
)
KEPT_ATTRIBUTES = frozenset(
    {
        "class", "id", "style", "hidden", "role", "href", "name", "property", "content", "lang", "type", "itemprop",
        "datetime", "rel", "pubdate", "http-equiv", "data-testid", "data-component",
    }
)  # fmt: skip

_NAME = re.compile(r"[^\s/>]+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s>/][^\s>/=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^\s>]++)|(["']))?)?"""
)
_SPACE = re.compile(r"[\s/]*")
# a whole tag as most are written, and its attributes: names without surprises, values in double quotes
_USUAL = re.compile(r"""([A-Za-z][A-Za-z0-9:-]*+)((?:\s++[A-Za-z][\w:.-]*+(?:="[^"]*+")?)*+)\s*+/?>""")
_USUAL_ATTRIBUTE = re.compile(r"""\s([A-Za-z][\w:.-]*+)(?:="([^"]*+)")?""")


@dataclass(frozen=True, slots=True)
class Token:
    """One tag or stretch of text at raw [start, end); `attributes` are the kept ones, their values unescaped."""

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] | None = None

    def get(self, attribute: str) -> str:
        return (self.attributes or {}).get(attribute, "")


def read_tags(raw: str) -> Iterator[Token]:
    """Walk a page once, in order."""
    at, length, last_close = 0, len(raw), raw.rfind(">")
    text_from = 0
    while at < length:
        opening = raw.find("<", at)
        if opening < 0 or opening > last_close:  # no tag can end after this: the rest is text
            break
        following = raw[opening + 1 : opening + 2]
        if not (following.isalpha() or following in {"/", "!", "?"}):
            at = opening + 1
            continue
        if opening > text_from:
            yield Token("text", text_from, opening)
        if following.isalpha():
            token = read_usual_tag(raw, opening) or read_tag(raw, opening)
            yield token
            at = token.end
            if token.name in RAW_TEXT:
                content = _raw_text(raw, token)
                yield content
                at = content.end
        else:
            at = _end_of_other(raw, opening)
            name = _NAME.match(raw, opening + 2, at) if following == "/" else None
            if name is not None:
                yield Token("close", opening, at, name.group().lower())
        text_from = at
    if text_from < length:
        yield Token("text", text_from, length)


def read_usual_tag(raw: str, opening: int) -> Token | None:
    """An opening tag in few steps; None for one that is not written as most are."""
    usual = _USUAL.match(raw, opening + 1)
    if usual is None:
        return None
    name, rest = usual.groups()
    attributes: dict[str, str] = {}
    if rest:
        for key, value in _USUAL_ATTRIBUTE.findall(rest):
            key = key.lower()
            if key in KEPT_ATTRIBUTES and key not in attributes:
                attributes[key] = unescape(value) if "&" in value else value
    return Token("open", opening, usual.end(), name.lower(), attributes)


def read_tag(raw: str, opening: int) -> Token:
    """Any opening tag, attribute by attribute, as browsers read it: other quotes, none, or some never closed."""
    name = _NAME.match(raw, opening + 1)
    at = name.end() if name else opening + 1
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(raw, at):
        at = match.end()
        if match[5]:  # a quote that is never closed: browsers drop the rest of the page
            at = len(raw)
            break
        key = match[1].lower()
        if key in KEPT_ATTRIBUTES and key not in attributes:
            value = match[2] or match[3] or match[4] or ""
            attributes[key] = unescape(value) if "&" in value else value
    space = _SPACE.match(raw, at)
    at = min((space.end() if space else at) + 1, len(raw))
    return Token("open", opening, at, name.group().lower() if name else "", attributes)


def _raw_text(raw: str, tag: Token) -> Token:
    """What stands between a script-like tag and its closing tag; all the rest where it is never closed."""
    end = _closing(tag.name).search(raw, tag.end)
    return Token("raw", tag.end, end.start() if end else len(raw), tag.name)


_CLOSING = {name: re.compile(rf"</(?i:{name})(?=[\s/>])") for name in sorted(RAW_TEXT)}


def _closing(name: str) -> re.Pattern[str]:
    return _CLOSING[name]


def _end_of_other(raw: str, opening: int) -> int:
    """The end of a comment, declaration or closing tag."""
    if raw.startswith("<!--", opening):
        if raw.startswith((">", "->"), opening + 4):
            return raw.index(">", opening) + 1
        end = raw.find("-->", opening + 4)
        return end + 3 if end >= 0 else len(raw)
    end = raw.find(">", opening)
    return end + 1 if end >= 0 else len(raw)
