"""Signs on the page that its text, or a part of it, comes from elsewhere; each with the words that say so.

A credit ("(Reuters) -", "CNN Newsource", "by Associated Press") says that the text is another's; a citation ("…,
Reuters reported", "citing TASS") only that one thing in it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.furniture import Furniture, host_of
from onrecord.model.offsets import Span
from onrecord.model.text import Origin, OriginKind
from onrecord.read.metadata import Parts, original_address

HEAD = 160  # code points of a paragraph in which a dateline's agency stands

_SOURCE_LINK = re.compile(
    r"(?:source|via|original|(?:source|original) (?:link|article|post|story))\s*[:»→>]*", re.IGNORECASE
)
_REPRINT = re.compile(
    r"(?:originally|first) (?:published|appeared|posted) (?:on|at|in|by) (?P<name>[^.,;(]{2,60})|"
    r"republished (?:with permission )?from (?P<from>[^.,;(]{2,60})",
    re.IGNORECASE,
)


def find_origins(parts: Parts, furniture: Furniture, links: dict[int, str]) -> tuple[Origin, ...]:
    """All origins named, one of a name and kind, in order; `links` has the addresses that parts link to, by number."""
    signs = _signs(furniture.agency_names())
    found: dict[tuple[str, OriginKind], Origin] = {}
    for origin in _all(parts, furniture, links, signs):
        found.setdefault((origin.name, origin.kind), origin)
    return tuple(sorted(found.values(), key=lambda o: (o.span or Span(0, 0), o.name, o.kind)))


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs, with the names of all agencies in them; the one group that matched holds one name or several."""

    name: re.Pattern[str]
    dateline: re.Pattern[str]
    end: re.Pattern[str]
    line: re.Pattern[str]
    credit: re.Pattern[str]
    cited: re.Pattern[str]


# who a name may be called before it is given: "the state-run TASS news agency", "Israeli newspaper Haaretz"
_AGENTS = (
    r"(?:news )?agency|newspaper|broadcaster|(?:tv |television )?channel|network|magazine|news service|website|daily"
)
_KNOWN_AS = (
    r"(?: (?:the|a|an|its|their|sources?|officials?|reports? (?:by|from|in|on)|state|state-run|state-owned|"
    rf"semi-official|private|local|[A-Z][a-z]+(?:i|ian|an|ish|ese|ch)|US|U\.S\.|media|outlets?|{_AGENTS})){{0,6}}"
)
_CITES = r"(?:reported|reports|reporting|quoted|quotes|cited|cites|revealed|wrote)"
_CITING = (
    r"(?:citing|cited by|quoted (?:as saying )?by|quoting|reported by|according to|told|interview (?:with|to)|"
    r"obtained by|seen by|carried by|published by|as saying by|via|said on)"
)


@cache
def _signs(names: tuple[str, ...]) -> _Signs:
    any_name = "|".join(re.escape(name) for name in names)
    several = rf"(?:{any_name})(?:(?:[/,& ]|\W{{1,3}}and ){{1,3}}(?:{any_name})){{0,9}}"
    edge = r"(?![\w-])"
    # a name of bounded words that begins at a word: one endless word is looked through once, not from each letter
    word = r"[A-Z][\w'’-]{1,40}"
    full_name = rf"(?<![\w'’-]){word} (?:{word} )?{word}"
    return _Signs(
        name=re.compile(rf"(?:{any_name})"),
        dateline=re.compile(
            rf"^(?:[^(\n]{{0,120}}\((?P<a>{several})\) ?[-–—:.]?|(?P<b>{any_name}) ?[-–—] "
            rf"|[A-Z][\w .,'’-]{{1,60}}?[ /](?P<c>{any_name})(?:/\.?| ?[-–—]))"
        ),
        end=re.compile(rf"(?:[(\[]|[-–—] ?)(?P<a>{several})[)\]]?\.?$"),
        line=re.compile(
            rf"^\W*(?:(?i:source|via|by|from|credit|agency|with inputs? from|reporting by|©|\(c\)|copyright)\s*:?\s*"
            rf"(?:\d{{4}} )?)*(?:[Tt]he )?(?P<a>{several})(?: [Ss]taff| [Nn]ews| [Ww]riters?)?"
            r"\W*(?:\d{4})?\W*$"
        ),
        credit=re.compile(
            rf"(?i:©|\(c\)|copyright) ?(?:\d{{4}} )?(?:by )?(?:[Tt]he )?(?P<a>{any_name}){edge}"
            rf"|contributed to this .{{0,60}}?(?P<b>{any_name}){edge}"
        ),
        cited=re.compile(
            rf"(?<![\w-])(?P<a>{any_name}){edge}(?:['’]s? [\w ]{{2,30}})?(?: (?:{_AGENTS}))?,? "
            rf"(?:(?:has|had|also|first|later|earlier|previously|\w{{1,20}}ly) ){{0,9}}{_CITES}\b"
            rf"|\b{_CITING}{_KNOWN_AS} ['’\"“]?(?P<b>{any_name}){edge}"
            rf"|{full_name},? (?:of|from|for) (?P<c>{any_name})(?=,| said| says| told| in )"
        ),
    )


def _all(parts: Parts, furniture: Furniture, links: dict[int, str], signs: _Signs) -> Iterator[Origin]:
    yield from _credits(parts, furniture, signs)
    yield from _source_lines(parts, furniture, links)
    for _, part, words in parts.of_kind("title", "body"):
        for match in signs.cited.finditer(words):
            yield from _named(match, part.span.start, "cited", signs, furniture)


def _credits(parts: Parts, furniture: Furniture, signs: _Signs) -> Iterator[Origin]:
    bodies = list(parts.of_kind("body"))
    for place, (_, part, words) in enumerate(bodies):
        match = signs.dateline.match(words[:HEAD]) if place < 2 else None
        if match is None and place >= len(bodies) - 2:
            match = signs.end.search(words)
        if match is not None:
            yield from _named(match, part.span.start, "agency", signs, furniture)
    for _, part, words in parts.of_kind("boilerplate", "byline"):
        line = signs.line.match(words) if len(words) <= 120 else None
        if line is not None:
            yield from _named(line, part.span.start, "agency", signs, furniture)
            continue
        credit = signs.credit.search(words) if len(words) <= 400 else None
        if credit is not None:
            yield from _named(credit, part.span.start, "credit", signs, furniture)


def _source_lines(parts: Parts, furniture: Furniture, links: dict[int, str]) -> Iterator[Origin]:
    address = original_address(parts)
    if address is not None:
        outlet = furniture.outlet_at(address[0])
        yield Origin(outlet.name if outlet else host_of(address[0]), "original_url", address[1])
    for number, part, words in parts.of_kind("boilerplate"):
        target = links.get(number, "")
        if _SOURCE_LINK.fullmatch(words.strip()):
            outlet = furniture.outlet_at(target) if target else None
            yield Origin(outlet.name if outlet else host_of(target) or words, "source_link", part.span)
        elif (reprint := _REPRINT.search(words)) is not None:
            name = (reprint["name"] or reprint["from"]).strip()
            at = part.span.start + reprint.start("name" if reprint["name"] else "from")
            yield Origin(_canonical(name, furniture), "credit", Span(at, at + len(name)))


def _named(match: re.Match[str], shift: int, kind: OriginKind, signs: _Signs, furniture: Furniture) -> Iterator[Origin]:
    """An origin for each name in the group that matched."""
    group = match.lastgroup or "a"
    for name in signs.name.finditer(match.string, match.start(group), match.end(group)):
        span = Span(shift + name.start(), shift + name.end())
        yield Origin(_canonical(name.group(), furniture), kind, span)


def _canonical(name: str, furniture: Furniture) -> str:
    agency = furniture.agency_called(name) or furniture.agency_called(name.removeprefix("the "))
    return agency.name if agency else name
