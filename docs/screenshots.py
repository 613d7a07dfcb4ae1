"""`python -m docs.screenshots`: builds the demonstration record and photographs its pages into docs/screenshots/.

Needs Chromium and its driver (Debian: chromium, chromium-driver). Every page at 1280 points, some in the dark
and on a phone; what does not fit the first screen is left out, as a reader sees it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from onrecord import build
from onrecord.parse.vectors import load_word_vectors
from onrecord.settings import load_settings
from onrecord.store import open_view
from onrecord.web.changes import Form, annotate, decide, keep_search, undo
from tests.web.browser import Browser, open_browser, serving

HERE = Path(__file__).parent
WIDE, PHONE = (1280, 860), (390, 844)


SHOWN = {
    "-dark": ("overview", "timeline", "events", "document", "review", "map"),
    "-phone": ("overview", "timeline", "statements", "document", "review", "claims", "map"),
}


def addresses(record: Path) -> dict[str, str]:
    """The pages by the name of their picture, opened on something worth seeing."""
    with open_view(record) as view:
        copies = [copy for row in view.rows("lineages") for copy in row["copies"]]
        pair = max(copies, key=lambda copy: (len(copy["edits"]), copy["document"]))
        actor = next(row["id"] for row in view.rows("actors") if row["kind"] == "person")
        document = max(view.rows("documents"), key=lambda row: (len(row["parts"]), row["id"]))["id"]
    found = {name: f"/{name}" for name in (
        "timeline", "statements", "events", "figures", "actors", "documents", "network", "map", "tension", "claims",
        "copies", "contradictions", "omissions", "framing", "review", "log", "notes", "watch", "skips",
    )}  # fmt: skip
    return {
        "overview": "/", **found, "search": "/search?q=bombing", "actor": f"/actor?id={actor}",
        "split": f"/actor?id={actor}&forms=1",
        "document": f"/document?id={document}&layer=statements&layer=events&layer=figures&layer=times&layer=places",
        "copy": f"/copy?left={pair['of']}&right={pair['document']}",
    }  # fmt: skip


def use(record: Path) -> None:
    """Some decisions, a note and a saved search, as an analyst would leave them."""
    with open_view(record) as view:
        events = [row["id"] for row in view.rows("events")]
        figure = next(row["id"] for row in view.rows("figures"))
        document = next(row["id"] for row in view.rows("documents") if row["published"]["value"] is None)
    for verdict, subject, why, edit in (
        ("accept", events[2], "the text says so", {}), ("reject", events[5], "a figure of speech", {}),
        ("edit", events[3], "sent to sea, not yet in action", {"set_status": ["planned"]}),
    ):  # fmt: skip
        decide(record, Form({"verdict": [verdict], "subject": [subject], "why": [why], **edit}), "ana")
    undo(record, Form({"why": ["read again: it is a plan after all"]}), "ana")
    annotate(
        record, Form({"subject": [figure], "words": ["Whose count is this?"], "tags": ["casualties, check"]}), "bo"
    )
    annotate(record, Form({"subject": [document], "words": ["Ask the desk for the day."], "tags": ["undated"]}), "ana")
    found = {"page": ["statements"], "wanted": ["cue=deny"], "name": ["Denials"]}
    keep_search(record, Form(found), "ana")


def photograph(browser: Browser, base: str, pages: dict[str, str], out: Path) -> None:
    for theme, size, suffix in (("light", WIDE, ""), ("dark", WIDE, "-dark"), ("light", PHONE, "-phone")):
        browser.resize(*size)
        for name, path in pages.items():
            if not suffix or name in SHOWN[suffix]:
                browser.open(base + path, theme)
                browser.screenshot(out / f"{name}{suffix}.webp")


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "examples.onrecord"
        reports = [str(HERE.parent / "examples" / "reports")]
        build(reports, record)
        use(record)
        build(reports, record)
        with serving(record, lambda: load_word_vectors(load_settings())) as base, open_browser() as browser:
            photograph(browser, base, addresses(record), out)
            errors = browser.console_errors()
    if errors:
        raise SystemExit(json.dumps(errors, indent=1))


if __name__ == "__main__":
    main()
