"""What each block of a page is: title, byline, caption, body or boilerplate; every block gets exactly one name.

Rules of ``lexicon/data/furniture.tsv`` come first, then where the block stands: before the first sentence, among the
sentences, or behind the last one. An HTML page brings a choice of body blocks along, a text is judged by its prose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.lexicon.furniture import Furniture, Rule
from onrecord.model.text import PartKind
from onrecord.read.blocks import Block
from onrecord.read.body import OUTSIDE, is_prose
from onrecord.read.dates import is_date_line
from onrecord.read.titles import find_title

NEAR = 12  # blocks before and behind the body that may be bylines and captions; further off lie menus
DECK_WORDS = 6  # a shorter line under the title is a label
# a hint on this share of the body's text says nothing against a block of it: it is a class name of the whole page
COMMON = 0.4
# a heading such as "Related articles" ends the report only where this share of the prose stands above it
CLOSING_SHARE = 0.6
LONGEST_BYLINE = 150  # code points; a longer block beside an author's name tells who the author is

AGAINST = OUTSIDE | {"advertisement"}
PERSON_WORDS = (
    "reporter", "editor", "writer", "correspondent", "journalist", "columnist", "author", "producer", "fellow",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Naming:
    """The kind and the rule of each block, and which one is the title."""

    kinds: tuple[PartKind, ...]
    rules: tuple[Rule | None, ...]
    title: int | None


def name_blocks(
    blocks: Sequence[Block], chosen: Sequence[bool] | None, headlines: Sequence[str], furniture: Furniture
) -> Naming:
    """Name every block; `chosen` are a HTML page's body blocks, None for a plain text; `headlines` its metadata's."""
    body = list(chosen) if chosen is not None else [is_prose(block.text) for block in blocks]
    rules = _early_captions(body, _rules(blocks, body, chosen is None, furniture))
    if chosen is None:
        body = _of_text(blocks, [prose and rule is None for prose, rule in zip(body, rules, strict=True)], rules)
    else:
        body = _of_page(blocks, body, rules)
    title = find_title(blocks, body, rules, headlines, plain_text=chosen is None)
    if title is not None:
        body = [flag and (number > title or chosen is not None) for number, flag in enumerate(body)]
        body[title] = False
        body = _with_deck(blocks, body, rules, title) if chosen is None else body
    if not any(body):
        body = [rule is None and number != title for number, rule in enumerate(rules)] if chosen is None else body
    kinds = [_kind(number, block, body, rules, title) for number, block in enumerate(blocks)]
    return Naming(tuple(kinds), tuple(rules), title)


def _rules(blocks: Sequence[Block], body: Sequence[bool], everywhere: bool, furniture: Furniture) -> list[Rule | None]:
    """The rule of each block; of a page's far menus none is sought."""
    at = [number for number, flag in enumerate(body) if flag]
    low, high = (0, len(blocks)) if everywhere or not at else (at[0] - NEAR, at[-1] + NEAR)
    return [furniture.name_block(block.text) if low <= n <= high else None for n, block in enumerate(blocks)]


def _with_deck(blocks: Sequence[Block], body: Sequence[bool], rules: Sequence[Rule | None], title: int) -> list[bool]:
    """With the lines between title and first sentence that sum the report up: full lines, and no furniture."""
    first = next((number for number, flag in enumerate(body) if flag), len(blocks))
    return [
        flag
        or (
            title < number < first < len(blocks)
            and rules[number] is None
            and not _is_captioned(number, rules)
            and len(block.text.split()) >= DECK_WORDS
            and not is_date_line(block.text)
        )
        for number, (block, flag) in enumerate(zip(blocks, body, strict=True))
    ]


def _is_captioned(number: int, rules: Sequence[Rule | None]) -> bool:
    """Whether the line before says "Image caption", or the one behind is a bare photo credit."""
    before = rules[number - 1] if number else None
    behind = rules[number + 1] if number + 1 < len(rules) else None
    return (before is not None and before.kind == "caption label") or (behind is not None and behind.kind == "credit")


def _early_captions(body: Sequence[bool], rules: list[Rule | None]) -> list[Rule | None]:
    """A sentence and an agency's bare name are a caption before the report's own first sentence only."""
    first = next((number for number, flag in enumerate(body) if flag and rules[number] is None), -1)
    return [
        None if rule is not None and rule.kind == "early caption" and number > first else rule
        for number, rule in enumerate(rules)
    ]


def _of_text(blocks: Sequence[Block], prose: Sequence[bool], rules: Sequence[Rule | None]) -> list[bool]:
    """The body of a plain text: from its first sentence to its last, what is no furniture."""
    prose = _captioned(prose, rules)
    end = _closing(blocks, prose, rules)
    at = [number for number, flag in enumerate(prose) if flag and number < end]
    if not at:
        return [False] * len(blocks)
    body, listing = [], False
    for number, rule in enumerate(rules):
        inside = at[0] <= number <= at[-1]
        if rule is not None:
            listing |= rule.kind == "related" and rule.place == "whole"  # links follow, up to the next sentence
        elif prose[number]:
            listing = False
        words = blocks[number].text
        body.append(inside and rule is None and not listing and _says_something(words) and not is_date_line(words))
    return body


def _captioned(prose: Sequence[bool], rules: Sequence[Rule | None]) -> list[bool]:
    """Without the sentence before a bare photo credit at the head: it is the photo's caption."""
    first = next((number for number, flag in enumerate(prose) if flag), None)
    following = rules[first + 1] if first is not None and first + 1 < len(rules) else None
    alone = (
        following is not None and following.kind == "credit" and any(prose[first + 2 :] if first is not None else [])
    )
    return [flag and not (alone and number == first) for number, flag in enumerate(prose)]


def _closing(blocks: Sequence[Block], prose: Sequence[bool], rules: Sequence[Rule | None]) -> int:
    """The first heading that ends the report: one that closes, with most of the prose above it."""
    total = sum(len(block.text) for block, flag in zip(blocks, prose, strict=True) if flag)
    above = 0
    for number, (block, rule) in enumerate(zip(blocks, rules, strict=True)):
        if rule is not None and rule.closes and above >= CLOSING_SHARE * total > 0:
            return number
        above += len(block.text) if prose[number] else 0
    return len(blocks)


def _of_page(blocks: Sequence[Block], chosen: Sequence[bool], rules: Sequence[Rule | None]) -> list[bool]:
    """A page's body blocks without what rules, hints and links speak against."""
    sizes: Counter[str] = Counter()
    for block, flag in zip(blocks, chosen, strict=True):
        sizes.update({hint: len(block.text) for hint in block.hints} if flag else {})
    total = sum(len(block.text) for block, flag in zip(blocks, chosen, strict=True) if flag)
    common = frozenset(hint for hint, size in sizes.items() if size >= COMMON * total)
    inside = [None if block.hints & AGAINST else rule for block, rule in zip(blocks, rules, strict=True)]
    end = _closing(blocks, chosen, inside)  # a "Related" box between two paragraphs closes nothing
    return [
        flag and rules[number] is None and number < end and not _speaks_against(block, common)
        for number, (block, flag) in enumerate(zip(blocks, chosen, strict=True))
    ]


def _speaks_against(block: Block, common: frozenset[str]) -> bool:
    own = block.hints - common
    if own & AGAINST or own & {"caption", "figure"} or not _says_something(block.text) or is_date_line(block.text):
        return True
    if block.link_share > 0.9 and block.tag != "li" and (not is_prose(block.text) or block.text.isupper()):
        return True  # a link of its own between two paragraphs leads elsewhere
    return "byline" in own and len(block.text) < 500 and (not is_prose(block.text) or _is_about_a_person(block.text))


def _is_about_a_person(text: str) -> bool:
    head = text[:200].lower()
    return " is a" in head and any(word in head for word in PERSON_WORDS)


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _kind(number: int, block: Block, body: Sequence[bool], rules: Sequence[Rule | None], title: int | None) -> PartKind:
    rule = rules[number]
    if number == title:
        return "title"
    if body[number]:
        return "body"
    if rule is not None and rule.kind in {"caption", "early caption"}:
        return "caption"
    near = any(body[max(0, number - NEAR) : number + NEAR])
    if rule is not None and rule.kind == "byline" and near:
        return "byline"
    if rule is None and near and block.hints & {"caption", "figure"} and len(block.text.split()) >= 5:
        return "caption"
    if (
        rule is None
        and near
        and "byline" in block.hints
        and len(block.text) <= LONGEST_BYLINE
        and not is_prose(block.text)
    ):
        return "byline"
    if rule is None and block.tag == "" and len(block.text.split()) >= 5 and _is_captioned(number, rules):
        return "caption"
    return "boilerplate"
