"""`python -m bench.web_paint RECORD`: when the timeline of a record is first painted in Chromium, in ms.

The server is new at each of five looks, so that nothing is kept yet but what it works out for itself at the start.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.web.browser import open_browser

PORT = 8497
PAINT = "return performance.getEntriesByType('paint').map(e => [e.name, Math.round(e.startTime)])"


def look(record: Path, path: str) -> dict[str, int]:
    server = subprocess.Popen([sys.executable, "-m", "onrecord", "serve", str(record), "--port", str(PORT)],
                              stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/static/mark.svg").close()
                break
            except OSError:
                time.sleep(0.1)
        with open_browser() as browser:
            browser.driver.get(f"http://127.0.0.1:{PORT}{path}")
            time.sleep(0.3)
            return dict(browser.run(PAINT))
    finally:
        server.terminate()
        server.wait()


def main(record: str) -> None:
    paints = [look(Path(record), "/timeline") for _ in range(5)]
    sys.stdout.write(json.dumps({"first paint": sorted(one["first-contentful-paint"] for one in paints)}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
