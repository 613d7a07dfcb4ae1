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
from onrecord import components, library
from onrecord.cli import COMMANDS, GROUPS, app
from onrecord.extract.dating import infer
from onrecord.extract.times import find_times
from onrecord.extract.times.find import RULES
from onrecord.extract.times.policy import POLICIES
from onrecord.settings import PREFIX, Settings
from onrecord.store import FIELDS, LISTS, TABLES
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
    lines += ["## Filters", "", "Each may be given more than once: any of its values fits. `q` takes words or a",
              "[query](query.md), `since` and `until` days, months or years, `order` one of the orders, `page` a",
              "number, `open` an id.", "",
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


QUERY = """# The query language

One language for `onrecord search`, `--where` of the lists and of `onrecord export`, the search boxes of the pages,
the API and Python.

```text
actor:blinken type:AID status:actual since:2022-01 lineages:>=2 "exact words" -outlet:tass
```

```sh
onrecord search crisis.onrecord 'actor:russia status:actual ceasefire'
onrecord events crisis.onrecord --where 'type:ASSAULT,THREATEN lineages:>=2 -place:unknown'
```

- All terms must fit. Several values of one field are joined with commas, and any of them fits: `type:AID,ASSAULT`.
- Words without a field are searched for in the text: `missil*` what begins so, `"defensive structure"` a phrase.
- A value with spaces, commas, colons or quotes stands in double quotes, inside which `\\"` is a quote: `outlet:"The
  Northern Herald"`.
- `-` before a term takes all rows that the term would not, those too of which nothing is known.
- Numbers and days can be compared: `lineages:>=2`, `value:<1000`, `date:>2022-01-30`.
- Days are days, weeks, months, years or intervals (`2022-01-30`, `2022-W04`, `2022-01`, `2022`,
  `2022-01-28/2022-01-31`). A row fits where its days *may* lie in what is asked: "in January 2022" fits
  `since:2022-01-15`. A row without a date never does; `date:unknown` finds those.
- `unknown` is the value of what is not known: `actor:unknown`, `-place:unknown`.
- Case and accents do not matter.

A field that a table lacks, or a value that cannot be, is an error that names the character and lists what can stand
there. On a command line the whole query is best put into single quotes, so that the shell leaves `>`, `"` and `*`
alone; where it begins with `-`, give it as `--where`.

| kind | what fits |
|---|---|
| text | whole words of it side by side, or their beginning: `outlet:tass`, `title:ukrain*` |
| code, id, list | all of it, or its beginning with `*` |
| choice | one of the values named |
| actor | an actor's id, the alpha-3 code of its state (`RUS`: everyone of Russia), or whole words of any of its names |
| number, day | equal, or compared |
| flag | `true` or `false` |

In Python: `onrecord.store.parse_query(text, table)` gives a `Query`, `str(query)` prints it, `view.matching(table,
query)` gives the rows.

## Fields
"""


def query_page() -> str:
    """The query language's page: its rules, and each field with the tables that have it."""
    lines = [QUERY, "| field | kind | what | tables |", "|---|---|---|---|"]
    for field in FIELDS:
        choices = f": {', '.join(f'`{choice}`' for choice in field.choices)}" if field.choices else ""
        tables = ", ".join(table for table in TABLES if table in field.sql)
        lines.append(f"| `{field.name}` | {field.kind} | {_cell(field.what)}{choices} | {tables} |")
    return "\n".join([*lines, ""])


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
    for module in (onrecord, library, components):
        lines += [f"## {module.__name__}", "", *_doc(module), ""]
        for name in getattr(module, "__all__", None) or _defined(module):
            found = getattr(module, name)
            if name.startswith("__"):
                continue
            lines += [f"### {name}", ""]
            if callable(found) and not (module is library and inspect.isclass(found)):  # these are made by `open`
                lines += ["```python", f"{name}{_signature(found)}", "```", ""]
            lines += [*_doc(found), ""]
            if inspect.isclass(found) and module is library:
                lines += _methods(found)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _methods(found: type) -> list[str]:
    """The public methods and properties of a class."""
    lines: list[str] = []
    for name, held in vars(found).items():
        told = held.fget if isinstance(held, property) else held
        if not name.startswith("_") and callable(told):
            shown = name if isinstance(held, property) else f"{name}{_signature(told)}".replace("(self, ", "(")
            lines += ["```python", f"{found.__name__}.{shown}".replace("(self)", "()"), "```", "", *_doc(told), ""]
    return lines


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
    ("query.md", query_page), ("python.md", python_page),
)  # fmt: skip

if __name__ == "__main__":
    for name, page in PAGES:
        (HERE / name).write_text(page(), encoding="utf-8")
