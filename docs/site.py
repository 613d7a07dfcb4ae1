"""What MkDocs calls: pages that stand elsewhere in the project join the site, and links between files become links
between its pages. The files themselves stay readable where they are.
"""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")
PLACES: tuple[tuple[str, str], ...] = (  # a file or pattern of the project, and its page or folder in the site
    ("README.md", "index.md"),
    ("ARCHITECTURE.md", "project/architecture.md"),
    ("CONTRIBUTING.md", "project/contributing.md"),
    ("CHANGELOG.md", "project/changelog.md"),
    ("LICENSE", "project/license.md"),
    ("bench/RESULTS.md", "project/results.md"),
    ("examples/README.md", "project/demonstration.md"),
    ("src/onrecord/taggers/*.md", "models/"),
    ("src/onrecord/lexicon/SOURCES.md", "sources/index.md"),
    ("src/onrecord/lexicon/sources/*.md", "sources/"),
)
log = logging.getLogger("mkdocs.hooks.site")


def pages_elsewhere() -> dict[str, str]:
    """Files outside docs/ by their path in the project, each with its page in the site."""
    found: dict[str, str] = {}
    for pattern, place in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            found[path.relative_to(ROOT).as_posix()] = place + path.name if place.endswith("/") else place
    return found


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand elsewhere."""
    for path, page in pages_elsewhere().items():
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(
            File.generated(config, page, content=f"# {path}\n\n```\n{text}```\n" if path == "LICENSE" else text)
        )
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:  # noqa: ARG001  # MkDocs names them
    """Turn links between the project's files into links between pages; what is no page is named without a link."""
    sites = pages_elsewhere()
    here = page.file.src_uri
    source = next((path for path, site in sites.items() if site == here), f"docs/{here}")

    def turned(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[1]))
        site = sites.get(target, target.removeprefix("docs/") if target.startswith("docs/") else None)
        if site is None:
            if not (ROOT / target).exists():
                log.warning("%s links to %s, which is not there", source, link[1])
            return f"](#{target})"
        return f"]({posixpath.relpath(site, posixpath.dirname(here) or '.')}{link[2] or ''})"

    return LINK.sub(turned, markdown)
