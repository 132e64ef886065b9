"""What the operator can watch, in Prometheus' text format. No name, number, address or key is among it."""

from __future__ import annotations

from collections.abc import Collection

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from idcard_core.serve.recogniser import Recogniser

SECONDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 15.0, 30.0)
"""Bounds of the histogram; the product promises nine of ten answers within one second."""


class Metrics:
    """Counters of one server."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, recogniser: Recogniser, timed: Collection[str]) -> None:
        """``timed`` are the routes whose answers are timed."""
        self._registry, self._timed = CollectorRegistry(), timed
        self._requests = Counter(
            "idcard_requests", "Requests answered, by route and code.", ("route", "code"), registry=self._registry
        )
        self._seconds = Histogram(
            "idcard_recognition_seconds",
            "From the headers of a request for recognition to its answer, of those answered with 200.",
            buckets=SECONDS,
            registry=self._registry,
        )
        for name, text, value in (
            ("idcard_queue_depth", "Requests that wait for a worker.", lambda: recogniser.waiting),
            ("idcard_recognitions", "Requests that a worker reads.", lambda: recogniser.recognising),
            ("idcard_workers_ready", "Workers with their networks loaded.", lambda: recogniser.ready),
        ):
            Gauge(name, text, registry=self._registry).set_function(value)

    def count(self, route: str, code: int, seconds: float) -> None:
        """A request of ``route`` was answered with ``code`` after ``seconds``."""
        self._requests.labels(route, str(code)).inc()
        if code == 200 and route in self._timed:
            self._seconds.observe(seconds)

    def text(self) -> bytes:
        """All of it."""
        return generate_latest(self._registry)
