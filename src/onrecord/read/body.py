"""Which blocks of an HTML page are the report: trafilatura's choice laid over our own blocks, or our own choice.

Trafilatura tells what the main text is, our blocks tell where it stands. It is asked only about pages of ordinary size
and depth; for others, and where it finds nothing, the densest stretch of prose is taken, in one pass.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence

from lxml.etree import LxmlError
from trafilatura import bare_extraction

from onrecord.read.blocks import Block
from onrecord.read.html_blocks import HtmlPage

MOST_CHARS, MOST_TAGS, MOST_DEPTH = 3_000_000, 40_000, 200  # beyond these lie no news pages, only floods
NGRAM = 4  # words in a row that are compared
ENOUGH = 0.75  # share of a block's word runs that must stand in the main text
GAP_COST = (
    120  # code points of prose that one block of other things costs a stretch: a paragraph makes up for two menu lines
)

OUTSIDE = frozenset(
    {"nav", "footer", "aside", "form", "comments", "related", "newsletter", "cookies", "share", "unseen"}
)
_WORDS = re.compile(r"\w+")
# how agencies close a story: "Enditem", "ENDS", "-30-", "(Reuters)"
_END_MARK = re.compile(r"\s*(?:Enditem|ENDITEM|Ends|ENDS|END|/end|#{1,4}|-30-|■|◾|•|\*|[(\[][^()\[\]]{1,40}[)\]])\s*$")
_STOPS = (".", "!", "?", "…", "。", "؟", "۔")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page it finds nothing on


def is_prose(text: str) -> bool:
    """Whether a block reads like sentences: it ends on a stop and is no mere phrase, or is long."""
    ended = _END_MARK.sub("", text).rstrip("\"'”’»)] ").endswith(_STOPS)
    return (ended and len(text) >= 40) or len(text) >= 160


def choose_body(raw: str, page: HtmlPage) -> list[bool]:
    """For each block of a page, whether it is of the report."""
    lines = _main_text(raw, page)
    chosen = _lay_over(page.blocks, lines) if lines else []
    if sum(len(block.text) for block, body in zip(page.blocks, chosen, strict=False) if body) < 100:
        chosen = densest_stretch(page.blocks)
    return _fill(page.blocks, chosen)


def _main_text(raw: str, page: HtmlPage) -> list[str]:
    if len(raw) > MOST_CHARS or page.tags > MOST_TAGS or page.depth > MOST_DEPTH or not page.blocks:
        return []
    try:
        found = bare_extraction(raw, fast=True, include_comments=False, include_tables=False)
    except (LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return []  # a page it cannot read; what may be raised is not documented
    text = getattr(found, "text", None) or ""
    return [line for line in text.split("\n") if line.strip()]


def _lay_over(blocks: Sequence[Block], lines: list[str]) -> list[bool]:
    """The blocks whose words stand in the main text, each of its lines used once."""
    whole = Counter(_key(line) for line in lines)
    runs = {run for line in lines for run in _runs(_WORDS.findall(line.lower()))}
    chosen = []
    for block in blocks:
        key = _key(block.text)
        if whole[key] > 0:
            whole[key] -= 1
            chosen.append(True)
            continue
        mine = _runs(_WORDS.findall(block.text.lower()))
        chosen.append(len(mine) >= NGRAM and sum(run in runs for run in mine) >= ENOUGH * len(mine))
    return chosen


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.lower()))


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + NGRAM]) for at in range(len(words) - NGRAM + 1)]


def densest_stretch(blocks: Sequence[Block]) -> list[bool]:
    """The stretch of blocks with the most prose for the fewest blocks of other things (largest sum of a row)."""
    best, best_from, best_to = 0, 0, 0
    total, start = 0, 0
    for at, block in enumerate(blocks):
        good = is_prose(block.text) and block.link_share < 0.5 and not (block.hints & OUTSIDE)
        total += len(block.text) if good else -GAP_COST
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, best_from, best_to = total, start, at + 1
    return [best_from <= at < best_to and block.link_share < 0.5 for at, block in enumerate(blocks)]


def _fill(blocks: Sequence[Block], chosen: list[bool]) -> list[bool]:
    """Add the paragraphs that were missed between chosen ones and stand in the same place of the page."""
    places = Counter((block.tag, block.hints) for block, body in zip(blocks, chosen, strict=True) if body)
    at = [number for number, body in enumerate(chosen) if body]
    if not at:
        return chosen
    return [
        body
        or (
            at[0] < number < at[-1]
            and places[(block.tag, block.hints)] >= 2
            and is_prose(block.text)
            and block.link_share < 0.5
            and not (block.hints & OUTSIDE)
        )
        for number, (block, body) in enumerate(zip(blocks, chosen, strict=True))
    ]
