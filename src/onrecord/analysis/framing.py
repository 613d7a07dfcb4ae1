"""Which words each outlet uses for the same contested thing, in its own voice and in others' mouths; never a label."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.lexicon.contested import Contested, load_contested
from onrecord.store import Row, View

READ = ("title", "caption", "body")


def find_framing(view: View) -> Iterator[Row]:
    """One row for each thing, outlet and word: how often the outlet says it itself, quotes it, and reports it as said.

    Things for which all reports use one word are left out, and reports in other languages. Reports of no known outlet
    stand under their path.
    """
    things = load_contested()
    found: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    said = _statements(view)
    for report in view.rows("documents", language="en"):
        text = view.text(report["id"])
        for thing in things:
            for word, use in _uses(thing, report, text, said.get(report["id"], [])):
                found[thing.name, word][report["outlet"] or report["path"]].append(use)
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


def _statements(view: View) -> dict[str, list[tuple[int, int, str]]]:
    """For each report the stretches that are somebody's words: "quoted" or "reported"."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in view.rows("statements"):
        voice = "quoted" if row["kind"] == "direct" else "reported"
        found[row["document"]].extend((span["start"], span["end"], voice) for span in row["content"])
    return found


def _uses(thing: Contested, report: Row, text: str, said: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, Row]]:
    said = list(said)
    for part in report["parts"]:
        if part["kind"] in READ:
            for match in thing.pattern.finditer(text, part["start"], part["end"]):
                voices = {voice for start, end, voice in said if start <= match.start() < end}
                quoted = "quoted" in voices or _in_marks(text, part["start"], match.start())
                voice = "quoted" if quoted else "reported" if voices else "own"
                start, end = match.span()
                yield thing.word_of(match.group()), {
                    "document": report["id"], "start": start, "end": end, "text": match.group(), "voice": voice,
                }  # fmt: skip


def _in_marks(text: str, start: int, at: int) -> bool:
    """Whether a place stands between quotation marks opened in its paragraph."""
    before = text[start:at]
    return before.count("“") > before.count("”") or len(re.findall(r'"', before)) % 2 == 1
