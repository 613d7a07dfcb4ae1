"""`python docs/generate.py`: writes the pages on commands, settings and times from the code. A test holds them true."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from pathlib import Path
from typing import Any

import typer

import onrecord
from onrecord import components
from onrecord.cli import COMMANDS, GROUPS, app
from onrecord.extract.dating import infer
from onrecord.extract.times import find_times
from onrecord.extract.times.find import RULES
from onrecord.extract.times.policy import POLICIES
from onrecord.settings import PREFIX, Settings
from onrecord.store import LISTS
from onrecord.web.pages import PAGES as WEB_PAGES

HERE = Path(__file__).parent
EXIT_CODES: tuple[tuple[int, str], ...] = (
    (0, "done"),
    (1, "failed; one line on stderr says why and what to do"),
    (2, "wrong usage: an unknown command, option, setting, table or format"),
    (3, "done, but some inputs or parts of them were skipped; they are listed on stderr and in the table `skips`"),
    (4, "done, and there is news (`watch`)"),
)


def cli_page() -> str:
    """The command line's page: every command with its arguments and options."""
    group: Any = typer.main.get_command(app)
    lines = ["# The command line", "", "Data go to standard output, progress and messages to standard error.", ""]
    lines += ["| exit code | meaning |", "|---|---|", *(f"| {code} | {words} |" for code, words in EXIT_CODES), ""]
    for command in COMMANDS:
        lines += _command(group.commands[command.__name__], "")
    for name, _ in GROUPS:
        for found in group.commands[name].commands.values():
            lines += _command(found, f"{name} ")
    return "\n".join(lines)


def _command(found: Any, before: str) -> list[str]:
    parameters = [f"| {_name(p)} | {_cell(p.help or '')} |" for p in found.params if p.name != "help"]
    return [
        f"## {before}{found.name}",
        "",
        " ".join((found.help or "").split()),
        "",
        "| | |",
        "|---|---|",
        *parameters,
        "",
    ]


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return ", ".join(f"`{name}`" for name in parameter.opts)
    return f"`{parameter.metavar or parameter.name.upper()}`" + (" …" if parameter.nargs == -1 else "")


def settings_page() -> str:
    """The settings' page: every knob with its environment variable, default and help."""
    lines = ["# Settings", "", "Each can be set by an environment variable; a command's option goes before it.", ""]
    lines += ["| setting | variable | default | what it does |", "|---|---|---|---|"]
    for knob in dataclasses.fields(Settings):
        default = f"`{knob.default}`" if knob.default != "" else "empty"
        help = _cell(str(knob.metadata["help"]))
        lines.append(f"| `{knob.name}` | `{PREFIX}{knob.name.upper()}` | {default} | {help} |")
    return "\n".join([*lines, ""])


def times_page() -> str:
    """The page on times: what is found, and how each class is resolved where its words leave a choice."""
    lines = ["# Times", "", " ".join((find_times.__doc__ or "").split()), "", "## What is found", ""]
    lines += ["Values are TIMEX3 (ISO 8601). The basis of a value begins with one of these names.", ""]
    lines += [f"- {name}" for name in dict.fromkeys(rule.name for rule in RULES)]
    lines += ["", "## Which day is meant", ""]
    lines += [
        "Whether a time lies behind or ahead is read from tense, modals and the words beside it. Where that and the "
        "words leave a choice, this table decides: `back` is the nearest on or before the report's day, `ahead` the "
        "nearest on or after it, `near` the nearest either way. Where the report's date is an interval, a value is "
        "given only if its first and its last day give the same.",
        "",
        "| class | told as past | as to come | open | why |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {p.kind} | {p.past} | {p.future} | {p.open} | {_cell(p.reason)} |" for p in POLICIES]
    lines += [
        "",
        "## The report's own date, where the page gives none",
        "",
        *(infer.__doc__ or "").strip().split("\n"),
        "",
    ]
    lines += [
        "",
        'In Python: `onrecord.components.read_times(text, day)`; in spaCy: `nlp.add_pipe("onrecord_times")`.',
        "",
    ]
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def web_page() -> str:
    """Every page's address, its twin and the fields of its context, and the parts these are made of."""
    lines = ["# Pages", "", "Every page has a twin with the same context as JSON. The whole state is in the address;",
             "[web.md](web.md) says how to use them. Filters are those of the lists below.", ""]  # fmt: skip
    parts: dict[str, type] = {}
    for page in WEB_PAGES:
        lines += [f"## {page.label}", "", f"`{page.path}`, as JSON `/{page.name}.json`. {page.about}", ""]
        lines += _fields(page.context, parts)
    lines += ["## Filters", "", "Each may be given more than once: any of its values fits. `q` takes words, `since`",
              "and `until` days, months or years, `order` one of the orders, `page` a number, `open` an id.", "",
              "| list | filters | orders |", "|---|---|---|"]  # fmt: skip
    for name, listing in LISTS.items():
        facets = ", ".join(f"`{facet.name}`" for facet in listing.facets)
        lines.append(f"| {name} | {facets} | {', '.join(f'`{order}`' for order, _ in listing.orders)} |")
    lines += ["", "## Parts", ""]
    done: set[str] = set()
    while left := sorted(set(parts) - done):
        for name in left:
            done.add(name)
            lines += [
                f"### {name}",
                "",
                " ".join((parts[name].__doc__ or "").split()),
                "",
                *_fields(parts[name], parts),
            ]
    return "\n".join(lines)


def _fields(context: Any, parts: dict[str, type]) -> list[str]:
    """The fields of a dataclass as a table; the dataclasses they are made of go into `parts`."""
    lines = ["| field | type |", "|---|---|"]
    module = sys.modules[context.__module__]
    for field in dataclasses.fields(context):
        lines.append(f"| `{field.name}` | `{_cell(str(field.type))}` |")
        for word in re.findall(r"[A-Z]\w+", str(field.type)):
            found = getattr(module, word, None)
            if dataclasses.is_dataclass(found) and isinstance(found, type):
                parts[word] = found
    return [*lines, ""]


def python_page() -> str:
    """The public names of the package and of its components, with their docstrings."""
    lines = ["# Python", "", "What is not here is not public and may change in any release.", ""]
    for module in (onrecord, components):
        lines += [f"## {module.__name__}", "", *_doc(module), ""]
        for name in getattr(module, "__all__", None) or _defined(module):
            found = getattr(module, name)
            if name.startswith("__"):
                continue
            lines += [f"### {name}", ""]
            if callable(found):
                lines += ["```python", f"{name}{_signature(found)}", "```", ""]
            lines += [*_doc(found), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _defined(module: Any) -> list[str]:
    """Public functions and classes that a module defines itself, in its order."""
    return [
        n for n, o in vars(module).items() if not n.startswith("_") and getattr(o, "__module__", "") == module.__name__
    ]


def _signature(found: Any) -> str:
    try:
        return str(inspect.signature(found)).replace("'", "")
    except ValueError:
        return "(…)"


def _doc(found: Any) -> list[str]:
    """A docstring as Markdown: what looks like code in it stands as code."""
    paragraphs = (inspect.getdoc(found) or "").split("\n\n")
    code = re.compile(r"^(?:>>> |import |with |    )", re.M)
    return [f"```python\n{part}\n```\n" if code.search(part) else f"{part}\n" for part in paragraphs]


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


PAGES = (
    ("cli.md", cli_page), ("settings.md", settings_page), ("times.md", times_page), ("pages.md", web_page),
    ("python.md", python_page),
)  # fmt: skip

if __name__ == "__main__":
    for name, page in PAGES:
        (HERE / name).write_text(page(), encoding="utf-8")
