"""Contexts into pages. Everything is escaped; nothing a report, a file or a person wrote is ever taken for markup."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from onrecord import __version__
from onrecord.model.marks import Segment
from onrecord.model.shown import safe, short
from onrecord.web import words
from onrecord.web.asked import address
from onrecord.web.pages.timeline import TimelineMark

_SPECIAL = re.compile("[&<>\"']")


def _load(name: str) -> str:
    return (files("onrecord.web") / "templates" / name).read_text(encoding="utf-8")


def printed(value: Any) -> str:
    """A value as a template prints it: unknown is empty, text is escaped and without what could harm a page."""
    if type(value) is str:
        return escaped(value)
    if value is None:
        return ""
    return value if isinstance(value, Markup) else escaped(str(value))


def escaped(text: str) -> str:
    """Text as it stands in a page or in an attribute of one; most has nothing to escape."""
    text = safe(text)
    return html.escape(text) if _SPECIAL.search(text) else text


class _Printing(CodeGenerator):
    """Templates print by `printed` alone: thousands of values a page, for each of which Jinja makes four calls."""

    def _output_child_pre(self, *_: Any) -> None:
        self.write("environment.printed(")  # closed by the inherited half


class _Templates(Environment):
    code_generator_class = _Printing
    printed = staticmethod(printed)


def marked(segments: Iterable[Segment]) -> Markup:
    """Segments as spans with their layers, parts and ids: by far the most elements of a page, so not by template."""
    made = []
    for one in segments:
        text = escaped(one.text)
        if one.layers:
            first = ' id="opened"' if one.first else ""
            title = f'data-ids="{escaped(" ".join(one.ids))}" title="{_title(one.label)}"'
            text = f'<span class="{_classes(one.layers, one.parts, one.opened)}" {title}{first}>{text}</span>'
        made.append(text)
    return Markup("".join(made))


@lru_cache(maxsize=4_000)
def _title(label: str) -> str:
    return escaped(short(label, 300))


@lru_cache(maxsize=1_000)
def _classes(layers: tuple[str, ...], parts: tuple[str, ...], opened: bool) -> str:
    return " ".join(["m", *(f"l-{name}" for name in layers), *(f"p-{name}" for name in parts), *["on"] * opened])


def drawn(marks: Iterable[TimelineMark]) -> Markup:
    """The marks of a lane as links: hundreds on a page, so not by template."""
    made = []
    for m in marks:
        kind = f"mk{' on' if m.opened else ''}{'' if m.precision in ('day', 'minute') else ' vague'}"
        label, href = _title(m.label), escaped(m.href)
        fits = (
            m.entries > 1
            and len(str(m.entries)) * 6.2 <= m.width + 2
            and m.r > (4.8 if m.precision in ("day", "minute") else 4)
        )
        number = f'<text x="{m.x}" y="{m.y + 3.5:.1f}" text-anchor="middle">{m.entries}</text>' if fits else ""
        made.append(
            f'<a href="{href}" class="{kind}" aria-label="{label}"><title>{label}</title>'
            f'<rect x="{m.x - m.width / 2:.1f}" y="{m.y - m.r:.1f}" width="{m.width}" '
            f'height="{m.r * 2:.1f}" rx="{m.r}"/>{number}</a>'
        )
    return Markup("".join(made))


def make_environment() -> Environment:
    """Templates with every value escaped; a name that a context lacks is an error, not a blank."""
    made = _Templates(
        loader=FunctionLoader(_load), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals.update(address=address, marked=marked, drawn=drawn, version=__version__)
    made.filters.update(
        short=short, day=words.day, number=words.number, content=words.content_of, plural=words.plural,
        amount=words.amount,
    )  # fmt: skip
    return made


def as_json(context: Any) -> bytes:
    """A context as JSON; lone surrogates of broken input become escapes."""
    held = (
        dataclasses.asdict(context) if dataclasses.is_dataclass(context) and not isinstance(context, type) else context
    )
    try:
        return json.dumps(held, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(held).encode("ascii")


def as_page(environment: Environment, template: str, values: Mapping[str, Any]) -> bytes:
    return environment.get_template(template).render(values).encode("utf-8", "replace")
