"""How far a long piece of work is, told across threads, and the wish that it stop."""

from __future__ import annotations

import threading
import time

ENOUGH_TO_TELL = 2
"""Things done before the time left is told: the first one loads the networks."""


class Progress:
    """``done`` of ``total`` things; one thread works, any thread looks and may ask it to stop."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.done = 0
        self._stop = threading.Event()
        self._marks: list[float] = []

    def begin(self, total: int) -> None:
        self.total = total

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        self._marks = [*self._marks[-200:], time.monotonic()]

    def stop(self) -> None:
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def share(self) -> float:
        """0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """By the pace of the latest things; None until it can be told."""
        marks = self._marks
        if len(marks) <= ENOUGH_TO_TELL:
            return None
        pace = (marks[-1] - marks[1]) / (len(marks) - 2)
        return max(0.0, pace * (self.total - self.done) - (time.monotonic() - marks[-1]))
