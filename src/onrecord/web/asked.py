"""What an address asks for. The whole state of a page is in its address, so that any view can be kept, shared, linked.

Whatever comes in is cut to size and never trusted: ids are only looked up, words only bound as values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus, urlsplit

from onrecord.errors import QueryError, SettingsError
from onrecord.store import FACETS, Wanted, check_days, parse_query

LONGEST = 400  # characters of one value
MOST = 80  # values of one address
PER_PAGE = 40  # rows of one list


@dataclass(frozen=True, slots=True)
class Asked:
    """A path and the pairs of its query, in order."""

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, path: str, query: str) -> Asked:
        """An address as a browser sends it; empty values are dropped."""
        pairs = parse_qsl(query, keep_blank_values=False, max_num_fields=None, errors="replace")
        return cls(path, tuple((name[:LONGEST], value[:LONGEST]) for name, value in pairs[:MOST]))

    def get(self, name: str, default: str = "") -> str:
        """The last value given for a name."""
        return next((value for key, value in reversed(self.pairs) if key == name), default)

    def every(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key, value in self.pairs if key == name))

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """The value of a name where it is one of a few, else the first of these."""
        value = self.get(name)
        return value if value in allowed else allowed[0]

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 0 to `most`."""
        value = self.get(name)
        return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 9 else default

    @property
    def query(self) -> str:
        return _query(self.pairs)

    @property
    def address(self) -> str:
        return address(self.path, self.pairs)

    def with_(self, **changes: str | None) -> str:
        """The address with some values put, or taken out where they are None or empty."""
        before = _kept(self.path, self.pairs, tuple(changes))
        after = _query([(name, value) for name, value in changes.items() if value])
        return f"{before}{'&' if '?' in before else '?'}{after}" if after else before

    def toggled(self, name: str, value: str) -> str:
        """The address with one value of a filter put in or taken out; the list starts anew."""
        kept = [pair for pair in self.pairs if pair != (name, value) and pair[0] not in ("page", "open")]
        return address(self.path, kept if (name, value) in self.pairs else [*kept, (name, value)])

    def without(self, *names: str) -> str:
        return address(self.path, [pair for pair in self.pairs if pair[0] not in names])


@lru_cache(maxsize=1_000)
def _kept(path: str, pairs: tuple[tuple[str, str], ...], without: tuple[str, ...]) -> str:
    """An address without some names: the same for all rows of a page."""
    return address(path, [pair for pair in pairs if pair[0] not in without])


def address(path: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
    query = _query(pairs)
    return f"{path}?{query}" if query else path


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


@lru_cache(maxsize=4_000)
def _quoted(words: str) -> str:
    """Words as a query holds them; a page has hundreds of addresses, most of their parts the same."""
    return quote_plus(words, errors="replace")


def own_path(address: str) -> str:
    """A path of this server, whatever a form says."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return address if address.isprintable() else "/"  # browsers pass over a line break or tab: "/<CR>/" would be "//"


def wanted_of(table: str, asked: Asked) -> Wanted:
    """The filters of a list out of an address; SettingsError for days that are none."""
    check_days(asked.get("since"), asked.get("until"))
    values = tuple((facet.name, asked.every(facet.name)) for facet in FACETS[table] if asked.every(facet.name))
    words = asked.get("q")
    check_words(words)
    query = words if is_query(words) else ""
    return Wanted(
        values, "" if query else words, asked.get("since"), asked.get("until"), asked.get("order"), query
    )  # fmt: skip


def check_words(words: str) -> None:
    """SettingsError for a beginning of a word that too much begins with: looking it up would take minutes."""
    found = re.search(r"(?<![\w:\"])(\w{0,2})\*", words)
    if found:
        raise SettingsError(f"{found[0][:40]!r} begins too many words; give at least three letters before the *")


def is_query(words: str) -> bool:
    """Whether what was typed uses the query language; what only looks a little like it is words."""
    try:
        query = parse_query(words)
    except QueryError as error:
        return ":" in words and "no field" not in str(error)
    return bool(query.fields) or any(term.negated for term in query.terms)
