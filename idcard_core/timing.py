"""Milliseconds by stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from idcard_core.tracing import span


class Stopwatch:
    """Collects how long each stage took; a stage that runs twice is added up."""

    def __init__(self) -> None:
        self._milliseconds: dict[str, float] = {}
        self._start = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside, as ``name``."""
        start = time.perf_counter()
        try:
            with span(name):
                yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self._milliseconds[name] = self._milliseconds.get(name, 0.0) + spent

    def milliseconds(self) -> dict[str, float]:
        """Every stage in the order they first ran, then ``total`` since this stopwatch was made."""
        return {**self._milliseconds, "total": (time.perf_counter() - self._start) * 1000}
