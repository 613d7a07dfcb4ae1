"""Lists of people and bodies in foreign forms, made into a file of actors of our own: one reader a form.

Nothing is looked up anywhere: a file in, entries out, in the file's order, and every record left out is told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import LexiconError
from onrecord.lexicon.actor_entries import Entry
from onrecord.lexicon.actors import ActorBase, known_words
from onrecord.lexicon.imported.delimited import read_delimited
from onrecord.lexicon.imported.followthemoney import read_followthemoney
from onrecord.lexicon.imported.popolo import read_popolo
from onrecord.lexicon.imported.settle import read_country, settle
from onrecord.lexicon.imported.sparql import read_sparql
from onrecord.lexicon.imported.values import Fault, Found, open_text
from onrecord.lexicon.imported.wikidata import read_wikidata

__all__ = ["FORMATS", "Fault", "Learned", "learn_actors"]

LOOKED_AT = 65536  # characters at a file's beginning that tell its form
Reader = Callable[[Path, dict[str, str]], Iterator[Found | Fault]]


@dataclass(frozen=True, slots=True)
class Format:
    """One foreign form: its name, whether a file's beginning looks like it, and its reader."""

    name: str
    looks: Callable[[str], bool]
    read: Reader


@dataclass(frozen=True, slots=True)
class Learned:
    """What files of foreign forms gave: entries in order, and what was left out."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


FORMATS: tuple[Format, ...] = (  # the first that a file looks like is taken
    Format("sparql", lambda text: '"bindings"' in text or ('"personLabel"' in text and '"claims"' not in text), read_sparql),
    Format("wikidata", lambda text: '"claims"' in text or '"entities"' in text, read_wikidata),
    Format("followthemoney", lambda text: '"schema"' in text and '"properties"' in text, read_followthemoney),
    Format("popolo", lambda text: text.lstrip().startswith("{") and ('"persons"' in text or '"memberships"' in text), read_popolo),
    Format("csv", lambda text: not text.lstrip().startswith(("{", "[")), read_delimited),
)  # fmt: skip


def learn_actors(
    paths: list[Path], base: ActorBase, seen: str, format: str = "", columns: str = "", country: str = ""
) -> Learned:
    """Read files of foreign forms; LexiconError where a file cannot be read at all.

    `seen` is the ISO day of the lists, `columns` field=column pairs joined by commas, `country` the state of those for
    whom a list gives none.
    """
    known = known_words(base.rows, base.roles)
    default = read_country(country, base, known) if country else ""
    if default is None:
        raise LexiconError(f"{country!r} is no state that we know")
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in paths:
        for found in _read(path, format, _pairs(columns)):
            parts = (found,) if isinstance(found, Fault) else settle(found, base, known, seen, default)
            for part in parts:
                if isinstance(part, Fault):
                    faults.append(part)
                else:
                    entries.append(part)
    return Learned(tuple(entries), tuple(faults))


def _read(path: Path, format: str, columns: dict[str, str]) -> Iterator[Found | Fault]:
    try:
        with open_text(path) as file:
            beginning = file.read(LOOKED_AT).lstrip("\ufeff")
        chosen = [one for one in FORMATS if (one.name == format if format else one.looks(beginning))]
        if not chosen:
            names = ", ".join(one.name for one in FORMATS)
            raise LexiconError(f"{path.name}: of no form that we read; --format is one of {names}")
        yield from chosen[0].read(path, columns)
    except (OSError, EOFError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise LexiconError(f"{path.name}: cannot be read: {error}") from None


def _pairs(columns: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in columns.split(",") if pair.strip()]
    wrong = [name for name, equals, column in pairs if not equals or not column.strip()]
    if wrong:
        raise LexiconError(f"columns are field=column pairs joined by commas, not {columns!r}")
    return {name.strip(): column.strip() for name, _, column in pairs}
