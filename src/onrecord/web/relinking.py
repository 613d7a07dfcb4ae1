"""Linking anew after decisions, beside the server: never two at a time, and once for many decisions in a row."""

from __future__ import annotations

import threading
from collections.abc import Callable

QUIET = 1.5  # seconds without a further decision before it starts


class Relinking:
    """Runs a job in a thread of its own after `ask`; `running` from the asking to the end."""

    def __init__(self, job: Callable[[], None] | None, after: Callable[[], None]) -> None:
        self._job = job
        self._after = after
        self._lock = threading.Lock()
        self._asked = 0
        self._done = 0
        self._thread: threading.Thread | None = None
        self._more = threading.Event()

    @property
    def running(self) -> bool:
        return self._done < self._asked

    def ask(self) -> None:
        """A decision was made: link once nothing more has come for a moment."""
        if self._job is None:
            return
        with self._lock:
            self._asked += 1
            self._more.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="relinking", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        job = self._job
        while job is not None:
            while self._more.is_set():
                self._more.clear()
                self._more.wait(QUIET)
            asked = self._asked
            job()
            self._after()
            with self._lock:
                self._done = asked
                if self._done == self._asked:
                    self._thread = None
                    return
