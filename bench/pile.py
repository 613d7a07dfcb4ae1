"""`python bench/pile.py BASE.onrecord OUT.onrecord REPORTS`: a large pile made of a small one, to measure size on.

The base's reports, with all that was read in them, are taken in rounds. Each round lies some days later and has words
and names of its own: most of its words, and the names of people that no base of actors knows, are drawn anew from the
base's own, each of the same length, so that every span still holds. Inside a round they are the same for all reports:
copies stay copies, retellings stay retellings, and two rounds share little but the actors of the crisis and the turns
of phrase. One report in `REPRINTED` comes out twice. It is a measure of size, not of content.
"""

from __future__ import annotations

import datetime
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.lexicon.words import load_function_words
from onrecord.linking import link
from onrecord.model.claims import Reading
from onrecord.model.offsets import Span
from onrecord.model.text import Document
from onrecord.store import Writer, open_writer

IDS = re.compile(rb"\b(doc|st|ev|qu|fi|me|mn|ti|pl|gr|ln|li|co|cn)_([0-9a-f]+)\b")
DAYS = re.compile(rb"\b((?:19|20)\d\d-\d\d-\d\d)\b")
WORDS = re.compile(r"[A-Za-z]{3,}")
# a round lies this many days after the one before it, inside these: weekdays stay as they are, and a day holds as many
# reports in a pile of a hundred thousand as in one of a thousand
STEP, SPREAD = 14, 7_280
REDRAWN, RENAMED = 0.97, 0.9  # shares of a round's words and of its names that are drawn anew
REPRINTED = 12
T = TypeVar("T")
Contents = list[tuple[Document, Reading]]
Draw = Callable[[str], str]


def rounds(contents: Sequence[tuple[Document, Reading]], reports: int) -> Iterator[tuple[Document, Reading]]:
    """`reports` reports made of a base's; the first round is the base itself but for its paths."""
    words, names = _vocabulary(contents)
    number = made = 0
    while True:
        rng = random.Random(number)
        draw = _drawing(words, REDRAWN if number else 0, rng), _drawing(names, RENAMED if number else 0, rng)
        moved = mover(number)
        again = mover(number, "ff")
        for at, (document, reading) in enumerate(contents):
            text, reading = _reworded(document, reading, *draw)
            for move in (moved, again) if at % REPRINTED == 0 else (moved,):
                if made == reports:
                    return
                value = move(replace(document, text=""), Document)
                path = f"{number:03}/{'again/' if move is again else ''}{document.path}"
                yield replace(value, text=text, path=path), move(reading, Reading)
                made += 1
        number += 1


def mover(number: int, mark: str = "") -> Callable[[object, type[T]], T]:
    """A function that gives a value of the first round the ids and days of round `number`."""
    shift = datetime.timedelta(days=number * STEP % SPREAD)
    suffix = b"%04x%s" % (number, mark.encode())

    def later(found: re.Match[bytes]) -> bytes:
        try:
            return (datetime.date.fromisoformat(found[1].decode()) + shift).isoformat().encode()
        except ValueError:
            return found[0]

    def moved(value: object, type: type[T]) -> T:
        text = msgspec.json.encode(value)
        if number or mark:
            text = DAYS.sub(later, IDS.sub(rb"\1_\g<2>" + suffix, text))
        return msgspec.json.decode(text, type=type)

    return moved


def _vocabulary(contents: Sequence[tuple[Document, Reading]]) -> tuple[Counter[str], Counter[str]]:
    """The base's words of content, and the words of names that have no row in the base of actors."""
    common = load_function_words()
    names = Counter(
        word.casefold()
        for _, reading in contents
        for mention in reading.mentions
        if mention.key is None and mention.kind == "name"
        for word in WORDS.findall(mention.name)
    )
    found = (word for document, _ in contents for word in WORDS.findall(document.text))
    words = Counter(word for word in found if word.islower() and word not in common and word not in names)
    return words, names


def _drawing(words: Counter[str], share: float, rng: random.Random) -> Draw:
    """What stands for a word in this round: one of its own length, drawn by frequency; always the same one."""
    by_length: dict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for word, count in sorted(words.items()):
        by_length[len(word)][0].append(word)
        by_length[len(word)][1].append(count)
    drawn: dict[str, str] = {}
    for word in sorted(words):
        there, weights = by_length[len(word)]
        drawn[word] = rng.choices(there, weights)[0] if rng.random() < share else word
    return lambda word: drawn.get(word, word)


def _reworded(document: Document, reading: Reading, word: Draw, name: Draw) -> tuple[str, Reading]:
    """The text with words and names drawn anew, every span as long as before, and the reading that names them so."""

    def other(found: re.Match[str]) -> str:
        old = found[0]
        new = word(name(old.casefold()))
        return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new

    kept = sorted(_kept(reading))
    text, at = [], 0
    for span in kept:
        if span.end > at:
            start = max(at, span.start)
            text += [WORDS.sub(other, document.text[at:start]), document.text[start : span.end]]
            at = span.end
    text.append(WORDS.sub(other, document.text[at:]))
    mentions = tuple(one if one.key else replace(one, name=WORDS.sub(other, one.name)) for one in reading.mentions)
    amounts = tuple(replace(one, what=WORDS.sub(other, one.what)) for one in reading.quantities)
    return "".join(text), replace(reading, mentions=mentions, quantities=amounts)


def _kept(reading: Reading) -> Iterator[Span]:
    """Stretches whose words stay: known actors, times, places, amounts, cues and acts."""
    yield from (one.span for one in reading.mentions if one.key)
    for found in (reading.times, reading.places, reading.quantities):
        yield from (one.span for one in found)
    yield from (one.cue for one in reading.statements if one.cue)
    yield from (one.trigger for one in reading.events)


def fill(writer: Writer, base: Path, reports: int) -> None:
    """Put a pile of so many reports into a record; nothing is linked."""
    with open_writer(base) as held:
        contents = list(held.contents())
    for number, (document, reading) in enumerate(rounds(contents, reports)):
        writer.add(document, reading, f"pg_{number}", "resampled")


def main(base: str, out: str, reports: str) -> None:
    with open_writer(Path(out)) as writer:
        fill(writer, Path(base), int(reports))
        link(writer)


if __name__ == "__main__":
    main(*sys.argv[1:])
