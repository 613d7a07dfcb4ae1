"""Which block is the title, and which words of it: a site's name or a section behind a bar is not of the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.lexicon.furniture import Furniture, Rule, plain
from onrecord.model.offsets import Span
from onrecord.read.blocks import Block
from onrecord.read.body import is_prose
from onrecord.read.dates import is_date_line

LONGEST = 220  # code points; longer lines are no headlines
ENOUGH = 0.6  # share of a metadata headline's words that a heading must have to be the same title

# each begins where its blanks begin: a search that tried every one of a thousand blanks would never end
_TAIL = re.compile(r"(?<!\s)\s+(?:\|{1,2}|»|::|•|·)\s+[^|»:•·]{1,60}$")
_DASH_TAIL = re.compile(r"(?<!\s)\s+[-–—]\s+([^-–—|]{1,60})$")
_LABEL = re.compile(r"(?:subject|title|headline|re|fw|fwd)\s*:\s+", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


def title_span(text: str, site: str | None, furniture: Furniture) -> Span:
    """The title's own words in a headline: without "Subject:" before and "| Site" or "- Site" behind."""
    start, end = 0, len(text)
    label = _LABEL.match(text)
    start = label.end() if label else 0
    while (tail := _TAIL.search(text, start, end)) and len(text[start : tail.start()].split()) >= 3:
        end = tail.start()
    tail = _DASH_TAIL.search(text, start, end)
    if tail and len(text[start : tail.start()].split()) >= 3:
        name = tail.group(1)
        # "… - Reuters" may say whose report it is, not whose site: one that others cite stays, unless it is the site
        known = furniture.outlet_called(name) is not None and furniture.agency_called(name) is None
        domain = "." in name and " " not in name and furniture.outlet_at(name) is not None
        if known or domain or (site is not None and plain(name) == plain(site)):
            end = tail.start()
    return Span(start, end)


def find_title(
    blocks: Sequence[Block],
    body: Sequence[bool],
    rules: Sequence[Rule | None],
    headlines: Sequence[str],
    plain_text: bool,
) -> int | None:
    """The index of the title's block, or None where the page shows none."""
    first = next((number for number, flag in enumerate(body) if flag), len(blocks))
    named = _named(blocks, headlines, first)
    if named is not None or not plain_text:
        return named if named is not None else _first_heading(blocks, first)
    head = [number for number in range(min(first, len(blocks))) if _like_headline(blocks[number].text, rules[number])]
    for least in (5, 3, 1):  # words: the first full headline, else the first short one
        for number in head:
            if len(blocks[number].text.split()) >= least or _LABEL.match(blocks[number].text):
                return number
    return None


def _named(blocks: Sequence[Block], headlines: Sequence[str], first: int) -> int | None:
    """The block that says what the page's metadata gives as its headline; headings first, the nearest to the body."""
    for headline in headlines:
        wanted = frozenset(_WORDS.findall(headline.lower()))
        best: tuple[float, int, int, int] | None = None
        for number, block in enumerate(blocks):
            if number > first + 3 or len(block.text) > LONGEST or "nav" in block.hints or block.link_share > 0.5:
                continue
            words = frozenset(_WORDS.findall(block.text.lower()))
            same = len(words & wanted) / max(1, len(words | wanted))
            if same >= ENOUGH:
                score = (1.0 if block.heading == 1 else 0.5 if block.heading else 0.0, round(10 * same), number, number)
                best = max(best, score) if best else score
        if best is not None:
            return best[3]
    return None


def _first_heading(blocks: Sequence[Block], first: int) -> int | None:
    """The last first-level heading before the body, or a second-level one."""
    for level in (1, 2):
        found = [
            number
            for number, block in enumerate(blocks[: first + 3])
            if block.heading == level and len(block.text.split()) >= 3 and "nav" not in block.hints
        ]
        if found:
            return found[-1]
    return None


def _like_headline(text: str, rule: Rule | None) -> bool:
    if _LABEL.match(text):
        return True
    stopped = text.endswith((".", ":", ",", ";")) and not text.endswith("...")
    long = len(text) > LONGEST or (is_prose(text) and len(text) > 160)
    return rule is None and not stopped and not long and any(c.isalpha() for c in text) and not is_date_line(text)
