"""The pages in Debian's Chromium: nothing on the console, paths by mouse and keys, exact letters, axe finds no fault.

Skipped where Chromium is not installed (`apt-get install chromium chromium-driver`), and the axe test where axe-core is
not at hand (`npm pack axe-core`, unpacked into .cache/axe-core); `.ci/run` brings both.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from selenium.webdriver.common.keys import Keys

from bench.gold import GOLD
from onrecord import build
from onrecord.model.claims import Statement
from onrecord.model.ids import make_id
from onrecord.model.record import Record
from onrecord.store import open_view, open_writer
from onrecord.web.pages import PAGES
from tests.small import at, make_document, make_pile, write_small
from tests.web.browser import CHROMIUM, DRIVER, Browser, open_browser, serving
from tests.web.records import hostile_record

ROOT = Path(__file__).parents[2]
OPENED = "return [...document.querySelectorAll('#source .m.on')].map(mark => mark.textContent).join('')"
SEEDS = GOLD.parent / "seeds"
AXE = ROOT / ".cache" / "axe-core" / "package" / "axe.min.js"
NEEDED = os.environ.get("ONRECORD_BROWSER") == "1"  # set where a missing browser must fail the run
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.skipif(not (NEEDED or (CHROMIUM and DRIVER)), reason="Chromium and its driver are not installed"),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = tmp_path_factory.mktemp("demo") / "examples.onrecord"
    build([str(ROOT / "examples" / "reports")], record)
    return record


@pytest.fixture(scope="module")
def base(demo: Path) -> Iterator[str]:
    with serving(demo) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as made:
        made.resize(1280, 860)
        yield made


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test may leave an error on the console."""
    browser: Browser = request.getfixturevalue("browser")
    browser.console_errors()
    yield
    assert browser.console_errors() == []


def all_pages(record: Path) -> list[str]:
    with open_view(record) as view:
        actor = next(row["id"] for row in view.rows("actors"))
        document = next(row["id"] for row in view.rows("documents"))
        other = list(view.rows("documents"))[1]["id"]
    special = {"actor": f"/actor?id={quote(actor)}", "document": f"/document?id={quote(document)}",
               "copy": f"/copy?left={quote(document)}&right={quote(other)}", "search": "/search?q=the"}  # fmt: skip
    return [special.get(page.name, page.path) for page in PAGES] + ["/review?of=contradictions", "/review?of=actors"]


def test_every_page_of_the_demonstration_loads_without_a_console_error(browser: Browser, base: str, demo: Path) -> None:
    for path in all_pages(demo):
        browser.open(base + path)
        assert browser.find("h1, h2, h3") is not None
        assert browser.console_errors() == [], path


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the first five reports are not at hand")
def test_every_page_of_the_first_reports_loads_without_a_console_error(browser: Browser, tmp_path: Path) -> None:
    record = tmp_path / "seeds.onrecord"
    build([str(SEEDS)], record)
    with serving(record) as address:
        for path in all_pages(record):
            browser.open(address + path)
            assert browser.console_errors() == [], path


def test_path_from_timeline_over_event_and_evidence_to_the_report(browser: Browser, base: str) -> None:
    browser.open(base + "/timeline")
    mark = browser.find("svg.lanes a.mk")
    browser.run("arguments[0].scrollIntoView()", mark)
    browser.run("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", mark)
    browser.wait("return new URLSearchParams(location.search).has('open')")
    browser.run("arguments[0].dataset.before = ''", browser.find("#source .m.on"))
    browser.find(".items .item:nth-child(2) a").click()
    browser.wait("return document.querySelector('.items .item:nth-child(2) a').hasAttribute('aria-current')")
    browser.wait("return !!document.querySelector('#source .m.on:not([data-before])')")  # its source is there as well
    evidence = browser.run(OPENED)
    assert len(evidence) > 3
    browser.find("#source .source-head h2 a").click()
    browser.wait("return location.pathname === '/document'")
    assert browser.run(OPENED) == evidence
    assert browser.find("#opened").is_displayed()


def test_rows_open_beside_the_list_and_the_address_keeps_it(browser: Browser, base: str) -> None:
    browser.open(base + "/statements?kind=direct")
    total = browser.text("h1 .n")
    browser.find(".items .item:nth-child(3) a").click()
    opened = browser.wait("return new URLSearchParams(location.search).get('open')")
    browser.wait("return document.querySelector('.items .item:nth-child(3) a').hasAttribute('aria-current')")
    shared = browser.driver.current_url
    words = browser.run(OPENED)
    browser.driver.get("about:blank")
    browser.open(shared)
    assert browser.text("h1 .n") == total
    assert browser.find("a[aria-current][data-open]").get_attribute("data-open") == opened
    assert browser.run(OPENED) == words
    browser.find(".facet a[href*='speaker=']").click()
    browser.wait("return location.search.includes('speaker=')")
    assert parse_qs(urlsplit(browser.driver.current_url).query)["kind"] == ["direct"]
    browser.driver.back()
    browser.wait("return !location.search.includes('speaker=')")


def test_keys_walk_rows_and_marks_and_turn_layers(browser: Browser, base: str) -> None:
    browser.open(base + "/events")
    first = browser.find("a[aria-current][data-open]").get_attribute("data-open")
    browser.press("j")
    browser.wait(f"return document.querySelector('a[aria-current][data-open]')?.dataset.open !== '{first}'")
    browser.press("n")
    here = browser.text("#source .m.here")
    browser.press("n")
    assert browser.text("#source .m.here") != here
    browser.press("p")
    assert browser.text("#source .m.here") == here
    assert not browser.run("return document.querySelector('.pane-in').classList.contains('hide-statements')")
    browser.press("1")
    assert browser.run("return document.querySelector('.pane-in').classList.contains('hide-statements')")
    browser.wait("return location.search.includes('layer=events')")
    browser.press("/")
    assert browser.run("return document.activeElement.id") == "find"


def test_review_by_keyboard_and_undo(browser: Browser, demo: Path) -> None:
    with serving(demo) as address:
        browser.open(address + "/review?of=events")
        subject = "return document.querySelector('.review-card')?.dataset.subject"
        one = browser.wait(subject)
        browser.press("a")
        two = browser.wait(
            f"const s = document.querySelector('.review-card')?.dataset.subject; return s !== '{one}' && s"
        )
        browser.press("x", "2")
        three = browser.wait(
            f"const s = document.querySelector('.review-card')?.dataset.subject; return s !== '{two}' && s"
        )
        browser.press(Keys.SPACE)
        browser.wait(f"return document.querySelector('.review-card')?.dataset.subject !== '{three}'")
        assert "after=" in browser.driver.current_url
        browser.open(address + "/review?of=events")
        assert browser.wait(subject) == three
        browser.press(Keys.BACKSPACE)
        browser.wait(f"return document.querySelector('.review-card')?.dataset.subject === '{two}'")
        browser.press("e")
        assert browser.run("return document.activeElement.name") == "set_type"
        browser.press(Keys.ESCAPE)
    with open_view(demo) as view:
        log = view.judgements()
    assert [(row.verdict, row.subjects[0] if row.verdict != "undo" else "", row.by) for row in log[-3:]] == [
        ("accept", one, "ana"), ("reject", two, "ana"), ("undo", "", "ana"),
    ]  # fmt: skip
    assert log[-2].why == "wrong actor or speaker"


def test_actor_is_split_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    record = write_small(tmp_path / "small.onrecord")
    with serving(record) as address:
        browser.open(address + "/actor?id=ac_norland")
        browser.press("s")
        browser.wait("return document.activeElement?.name === 'form'")
        browser.run("document.querySelector('.forms details').open = true")
        browser.find(".forms details input[name=place]").click()
        browser.press(Keys.ENTER)
        browser.wait("return document.querySelector('.judged.split')")
        with open_view(record) as view:
            (judgement,) = view.judgements()
        assert (judgement.verdict, judgement.subjects[0], len(judgement.subjects)) == ("split", "ac_norland", 2)
        browser.find(".judged.split button").click()
        browser.wait("return !document.querySelector('.judged.split')")
        browser.open(address + "/review?of=actors&id=ac_norland")
        browser.press("s")
        browser.wait("return document.activeElement?.name === 'form'")


def test_tension_copies_and_words_open_beside_their_source(browser: Browser, base: str) -> None:
    for path, row in (("/tension", ".items .item:nth-child(2) a"), ("/copies", ".tree .item:nth-child(2) a"),
                      ("/framing", "tr:nth-child(2) .use a")):  # fmt: skip
        browser.open(base + path)
        before = browser.text("#source")
        browser.find(row).click()
        browser.wait("return new URLSearchParams(location.search).has('open')")
        browser.wait(f"return document.querySelector('{row}').hasAttribute('aria-current')")
        assert browser.text("#source") != before, path
        assert browser.driver.current_url.startswith(base + path)
    assert browser.run(OPENED)  # the word itself is marked in its report


def test_dark_and_light_follow_the_choice(browser: Browser, base: str) -> None:
    paper = "return getComputedStyle(document.documentElement).backgroundColor"
    browser.open(base + "/", "light")
    light = browser.run(paper)
    browser.open(base + "/", "dark")
    assert browser.run(paper) != light


SCRIPTS = (
    "Voices \U0001f600\n\n"
    "👩‍👩‍👧 officials said families fled 🏳️‍🌈 today. قال الوزير إن القوات انسحبت من المدينة. "
    "Zu\u0308rich’s mayor said the re\u0301gime agre\u0301ed to go 😀. אמר השר כי הכוחות נסוגו."
)
SAID = ("families fled 🏳️‍🌈 today", "القوات انسحبت من المدينة", "the re\u0301gime agre\u0301ed to go 😀", "הכוחות נסוגו")


def test_exactly_the_right_letters_are_marked_in_any_script(browser: Browser, tmp_path: Path) -> None:
    record = tmp_path / "scripts.onrecord"
    document = make_document("scripts.txt", SCRIPTS, "Ten Tongues")
    empty = dataclasses.replace(make_pile()[1][2], document=document.id, published=document.published, skips=())
    statements = tuple(
        Statement(make_id("st", str(n)), "direct", (at(SCRIPTS, words),), None, "say", None)
        for n, words in enumerate(SAID)
    )
    reading = dataclasses.replace(empty, statements=statements)
    with open_writer(record) as writer:
        writer.add(document, reading, "pg", "key")
        writer.write_record([document], [reading], Record(), "linked")
    with serving(record) as address:
        for statement, words in zip(statements, SAID, strict=True):
            browser.open(f"{address}/statements?open={statement.id}")
            shown = browser.run(OPENED)
            assert shown == words
            box = browser.run(
                "const r = document.querySelector('#source .m.on').getBoundingClientRect(); return r.width"
            )
            assert box > 20


def test_hostile_record_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    record = hostile_record(tmp_path / "hostile.onrecord")
    with serving(record) as address:
        for path in all_pages(record):
            browser.open(address + path)
            assert browser.run("return window.hacked === undefined"), path
            browser.run("for (const e of document.querySelectorAll('main *')) e.dispatchEvent(new Event('mouseover'))")
            assert browser.run("return window.hacked === undefined"), path
            assert browser.console_errors() == [], path


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_screen(browser: Browser, base: str, demo: Path, width: int) -> None:
    browser.resize(width, 844)
    try:
        for path in all_pages(demo):
            browser.open(base + path)
            wide = browser.run("return document.documentElement.scrollWidth")
            assert wide <= width, (path, wide)
    finally:
        browser.resize(1280, 860)


@pytest.mark.skipif(
    not (NEEDED or AXE.is_file()), reason="axe-core is not at hand: npm pack axe-core into .cache/axe-core"
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Browser, base: str, demo: Path, theme: str) -> None:
    axe = AXE.read_text(encoding="utf-8")
    faults = []
    for path in all_pages(demo):
        browser.open(base + path, theme)
        browser.run(axe)
        found = browser.run_async(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
            ".then(r => done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary])))"
        )
        faults += [(path, *one) for one in found]
    assert faults == []
