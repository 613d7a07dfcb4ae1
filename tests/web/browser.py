"""A headless Chromium and a served record, for tests and pictures. Both live on this machine only."""

from __future__ import annotations

import base64
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from onrecord.model.vectors import WordVectors
from onrecord.web import Access, Options, make_app

DRIVER, CHROMIUM = shutil.which("chromedriver"), shutil.which("chromium")
PATIENCE = 10.0
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--force-color-profile=srgb", "--window-size=1280,860",
)  # fmt: skip


class Browser:
    """What the tests do with a browser; each method waits for the page."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, address: str, theme: str = "light") -> None:
        origin = "/".join(address.split("/", 3)[:3])
        if not self.driver.current_url.startswith(origin):
            self.driver.get(origin + "/static/style.css")
        self.driver.add_cookie({"name": "onrecord_theme", "value": theme})
        self.driver.get(address)
        self.wait("return document.readyState === 'complete'")

    def resize(self, width: int, height: int) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )

    def screenshot(self, path: Path) -> None:
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 82})
        path.write_bytes(base64.b64decode(shot["data"]))

    def find(self, css: str) -> WebElement:
        """The first element that fits, once it is there."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_element(By.CSS_SELECTOR, css))

    def every(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def text(self, css: str) -> str:
        return str(self.driver.execute_script("return document.querySelector(arguments[0])?.textContent ?? ''", css))

    def wait(self, script: str) -> Any:
        """The result of a script once it is true."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(script))

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script: str) -> Any:
        return self.driver.execute_async_script(script)

    def console_errors(self) -> list[str]:
        """Errors on the console since the last call, refusals of the content security policy among them."""
        driver: Any = self.driver  # its log has no types
        return [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


@contextmanager
def open_browser() -> Iterator[Browser]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.set_script_timeout(60)
        yield Browser(driver)
    finally:
        driver.quit()


@contextmanager
def serving(record: Path, vectors: Callable[[], WordVectors] | None = None, **access: Any) -> Iterator[str]:
    """The record's pages on a free port of this machine; the base address. `vectors` are for search by meaning."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = make_app(Options(record, Access(**access), by="ana", vectors=vectors))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
