"""Which words each outlet uses for the same contested thing, in its own voice and in others' mouths; never a label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as Wordset
from functools import cache

from onrecord.lexicon.contested import Contested, load_contested
from onrecord.store import Row, View
from onrecord.store.narrow import reports_with, told_in

WORD = re.compile(r"\w+")
READ = ("title", "caption", "body")


def find_framing(view: View) -> Iterator[Row]:
    """One row for each thing, outlet and word: how often the outlet says it itself, quotes it, and reports it as said.

    Things for which all reports use one word are left out, and reports in other languages. Reports of no known outlet
    stand under their path.
    """
    things = load_contested()
    found: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for report, text in reports_with(view, (form for thing in things for form, _ in thing.forms)):
        if report["language"] == "en":
            said = _statements(view, report["id"])
            for name, word, use in _uses(things, report, text, said):
                found[name, word][report["outlet"] or report["path"]].append(use)
    for thing in things:
        words = [word for word in thing.words if (thing.name, word) in found]
        if len(words) > 1:
            for outlet in sorted({outlet for word in words for outlet in found[thing.name, word]}):
                for word in words:
                    uses = found[thing.name, word].get(outlet, [])
                    if uses:
                        yield _row(thing.name, word, outlet, uses)


def _row(thing: str, word: str, outlet: str, uses: list[Row]) -> Row:
    by_voice = {voice: sum(use["voice"] == voice for use in uses) for voice in ("own", "reported", "quoted")}
    return {"thing": thing, "word": word, "outlet": outlet, **by_voice, "evidence": uses}


def _statements(view: View, document: str) -> list[tuple[int, int, str]]:
    """The stretches of a report that are somebody's words: "quoted" or "reported"."""
    return [
        (start, end, "quoted" if kind == "direct" else "reported") for kind, start, end in told_in(view, document)
    ]  # fmt: skip


def _uses(
    things: Sequence[Contested], report: Row, text: str, said: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[str, str, Row]]:
    """Thing, word and use, for each of the things' words in a report."""
    beginning = _by_first_word(tuple(things))
    for part in report["parts"]:
        if part["kind"] not in READ:
            continue
        used: dict[str, int] = {}  # where the last use of each thing ends
        for start, end in _words_of(text, part["start"], part["end"], beginning.keys()):
            for thing in beginning.get(text[start:end].casefold(), ()):
                match = thing.pattern.match(text, start, part["end"])
                if match and match.start() >= used.get(thing.name, 0):
                    used[thing.name] = match.end()
                    voice = _voice(text, part["start"], match.start(), said)
                    yield thing.name, thing.word_of(match.group()), {
                        "document": report["id"], "start": match.start(), "end": match.end(), "text": match.group(),
                        "voice": voice,
                    }  # fmt: skip


@cache
def _by_first_word(things: tuple[Contested, ...]) -> dict[str, list[Contested]]:
    """Things by the words that their forms begin with."""
    found: dict[str, dict[str, Contested]] = defaultdict(dict)
    for thing in things:
        for form, _ in thing.forms:
            first = WORD.search(form)
            if first:
                found[first[0]][thing.name] = thing
    return {word: list(held.values()) for word, held in found.items()}


def _words_of(text: str, start: int, end: int, wanted: Wordset[str]) -> list[tuple[int, int]]:
    """Where words of a text stand that are among the wanted ones (casefolded), in order."""
    part = text[start:end]
    folded = part.casefold()
    if len(folded) != len(part):  # a letter that becomes two: offsets would not hold
        return [match.span() for match in WORD.finditer(text, start, end) if match[0].casefold() in wanted]
    found = []
    for word in wanted & set(WORD.findall(folded)):
        at = folded.find(word)
        while at >= 0:
            match = WORD.match(folded, at)
            if match and match.end() == at + len(word) and not (at and WORD.match(folded[at - 1])):
                found.append((start + at, start + match.end()))
            at = folded.find(word, at + 1)
    return sorted(found)


def _voice(text: str, start: int, at: int, said: Sequence[tuple[int, int, str]]) -> str:
    voices = {voice for first, last, voice in said if first <= at < last}
    if "quoted" in voices or _in_marks(text, start, at):
        return "quoted"
    return "reported" if voices else "own"


def _in_marks(text: str, start: int, at: int) -> bool:
    """Whether a place stands between quotation marks opened in its paragraph."""
    before = text[start:at]
    return before.count("“") > before.count("”") or len(re.findall(r'"', before)) % 2 == 1
