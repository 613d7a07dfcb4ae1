"""An HTML page as blocks in reading order, with what its tags and class names hint at.

Scripts, styles, forms' choices and hidden elements are never text. The stack of open elements never grows beyond
`MOST_OPEN`, and closing tags that close nothing are passed over, so that tag soup costs no more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.lexicon.furniture import Furniture
from onrecord.read.blocks import Block, BlockText
from onrecord.read.tags import Token, read_tags

MOST_OPEN = 500  # real pages nest 20 to 60 deep; deeper elements are read as if they stood at this depth

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "audio", "blockquote", "body", "button", "canvas", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "label", "legend", "li", "main",
    "menu", "nav", "object", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "video",
})  # fmt: skip
UNSEEN = frozenset({"head", "select", "option", "datalist", "canvas", "object", "audio", "video", "map", "math"})
NAMING = (
    "class",
    "id",
    "itemprop",
    "rel",
    "data-testid",
    "data-component",
)  # attributes that say what an element is for
REGIONS = {
    "article": "article", "main": "main", "nav": "nav", "menu": "nav", "footer": "footer", "aside": "aside",
    "header": "header", "form": "form", "button": "form", "label": "form", "figure": "figure",
    "figcaption": "caption", "blockquote": "quote", "table": "table", "address": "byline",
}  # fmt: skip
ROLES = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "banner": "header", "contentinfo": "footer",
    "complementary": "aside", "search": "form", "dialog": "form", "alertdialog": "form", "main": "main",
    "article": "article", "heading": "heading",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element: what holds for all text in it."""

    name: str
    hidden: bool
    hints: frozenset[str]
    link: bool


_NO_HINTS: frozenset[str] = frozenset()
_ROOT = _Open("", False, frozenset(), False)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The blocks of a page, its head's tags (meta, link, title, JSON-LD) by raw place, and the times it marks."""

    blocks: tuple[Block, ...]
    language: str
    metas: tuple[Token, ...]
    title: str
    scripts: tuple[str, ...]
    times: tuple[tuple[str, frozenset[str]], ...]
    tags: int
    depth: int


def read_html(raw: str, furniture: Furniture) -> HtmlPage:
    """Blocks and metadata tags of a page, in one pass."""
    walk = _Walk(raw, furniture)
    for token in read_tags(raw):
        walk.take(token)
    return walk.finish()


class _Walk:
    """One pass over a page: the stack of open elements, the block being gathered, and what was found so far."""

    def __init__(self, raw: str, furniture: Furniture) -> None:
        self.raw = raw
        self.furniture = furniture
        self.stack: list[_Open] = [_ROOT]
        self.open_names: dict[str, int] = {}
        self.text = BlockText()
        self.linked = 0
        self.href = ""
        self.block_of = _ROOT
        self.blocks: list[Block] = []
        self.metas: list[Token] = []
        self.scripts: list[str] = []
        self.times: list[tuple[str, frozenset[str]]] = []
        self.title, self.language = "", ""
        self.tags = self.deepest = 0
        self.last: Token | None = None
        self.after_break = False
        self.hint_cache: dict[tuple[str | None, ...], frozenset[str]] = {}

    def take(self, token: Token) -> None:
        if token.kind == "text":
            self._take_text(token.start, token.end)
        elif token.kind == "raw":
            self._take_raw(token)
        elif token.kind == "open":
            self.tags += 1
            self._open(token)
        else:
            self._close(token)
        self.last = token

    def finish(self) -> HtmlPage:
        self._end_block()
        return HtmlPage(
            tuple(self.blocks),
            self.language,
            tuple(self.metas),
            self.title,
            tuple(self.scripts),
            tuple(self.times),
            self.tags,
            self.deepest,
        )

    def _take_text(self, start: int, end: int) -> None:
        top = self.stack[-1]
        if top.hidden:
            return
        if "pre" in self.open_names and _PARAGRAPHS.search(self.raw, start, end):
            for gap in _PARAGRAPHS.finditer(self.raw, start, end):
                self._add(start, gap.start(), top)
                self._end_block()
                start = gap.end()
        self._add(start, end, top)

    def _add(self, start: int, end: int, top: _Open) -> None:
        before = len(self.text)
        if not before and self.raw[start:end].isspace():
            return  # between two tags, where no block has begun
        self.text.add(self.raw, start, end)
        grown = len(self.text) - before
        self.after_break = self.after_break and not grown
        if grown and not before:
            self.block_of = self._nearest_block()
        if top.link:
            self.linked += grown

    def _nearest_block(self) -> _Open:
        for element in reversed(self.stack[-12:]):  # inline elements rarely nest deeper
            if element.name in BLOCKS:
                return _Open(element.name, False, self.stack[-1].hints, False)
        return _Open("", False, self.stack[-1].hints, False)

    def _take_raw(self, token: Token) -> None:
        opened = self.last
        if token.name == "title" and not self.title:
            self.title = self.raw[token.start : token.end]
        elif token.name == "script" and opened is not None and "ld+json" in opened.get("type").lower():
            self.scripts.append(self.raw[token.start : token.end])

    def _open(self, token: Token) -> None:
        name = token.name
        if name in {"meta", "link"} or token.get("itemprop"):
            self.metas.append(token)
        if name == "html" and not self.language:
            self.language = token.get("lang")
        if name == "br":
            self._line_break(token)
        elif name in BLOCKS:
            self._end_block()
            if name not in {"html", "head", "object"}:
                self._pop_to("head")  # a head that was never closed ends where the page's text begins
            if self.stack[-1].name == "p" or (
                name in {"li", "dt", "dd", "td", "th", "tr"} and self.stack[-1].name == name
            ):
                self._pop()
        if name == "a":
            self._close_link()
            self.href = self.href or token.get("href")
        if name in VOID or name in {"script", "style"}:
            return
        self._push(token)

    def _push(self, token: Token) -> None:
        above, name = self.stack[-1], token.name
        own = self._hints(token)
        hints = above.hints | own if own else above.hints
        if name == "time" and token.get("datetime"):
            self.times.append((token.get("datetime"), hints))
        self.deepest = max(self.deepest, len(self.stack))
        hidden = above.hidden or name in UNSEEN or "hidden" in (token.attributes or {}) or self._styled_away(token)
        element = _Open(name, hidden, hints, above.link or name == "a")
        if len(self.stack) < MOST_OPEN:
            self.stack.append(element)
            self.open_names[name] = self.open_names.get(name, 0) + 1

    def _styled_away(self, token: Token) -> bool:
        style = token.get("style")
        return bool(style) and _HIDDEN_STYLE.search(style) is not None

    def _hints(self, token: Token) -> frozenset[str]:
        attributes = token.attributes
        if not attributes:
            if token.name not in REGIONS:
                return _NO_HINTS
            attributes = {}
        key = (token.name, attributes.get("role"), *map(attributes.get, NAMING))
        found = self.hint_cache.get(key)
        if found is None:
            words = " ".join(filter(None, key[2:]))
            named = {REGIONS.get(token.name, ""), ROLES.get(token.get("role").lower(), "")} - {""}
            if words and token.name not in {"body", "html"}:
                named |= self.furniture.class_hints(words)
            found = self.hint_cache[key] = frozenset(named)
        return found

    def _line_break(self, token: Token) -> None:
        """One break is white space, unless a sentence ends there; two in a row end the paragraph."""
        if self.after_break or self.text.ends_sentence():
            self._end_block()
        else:
            self.text.add_space(token.start, token.end)
        self.after_break = True

    def _close(self, token: Token) -> None:
        name = token.name
        if name in BLOCKS:
            self._end_block()
            if self.open_names.get(name):
                self._pop_to(name)
        elif self.open_names.get(name):
            self._close_inline(name)

    def _close_link(self) -> None:
        if self.open_names.get("a"):
            self._close_inline("a")

    def _close_inline(self, name: str) -> None:
        """Close an inline element, if no block was opened in it since."""
        for depth in range(1, min(len(self.stack), 12)):
            element = self.stack[-depth]
            if element.name == name:
                for _ in range(depth):
                    self._pop()
                return
            if element.name in BLOCKS:
                return

    def _pop_to(self, name: str) -> None:
        while self.open_names.get(name) and self._pop() != name:
            pass

    def _pop(self) -> str:
        element = self.stack.pop()
        self.open_names[element.name] -= 1
        if not self.open_names[element.name]:
            del self.open_names[element.name]
        return element.name

    def _end_block(self) -> None:
        if not len(self.text):
            self.href, self.linked = "", 0
            return
        text, runs = self.text.finish()
        inside = self.block_of
        heading = HEADINGS.get(inside.name, 0)
        share = min(1.0, self.linked / len(text))
        self.blocks.append(Block(text, runs, inside.name, heading, share, inside.hints, self.href))
        self.text, self.linked, self.href = BlockText(), 0, ""
