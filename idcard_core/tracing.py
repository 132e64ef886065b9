"""What ran when while a picture was read, and on which thread; nothing is kept unless somebody records.

    with record() as trace:
        reader.read("card.jpg")
    write_trace(trace, Path("trace.json"))

The file is in Chrome's trace event format, which https://ui.perfetto.dev, chrome://tracing and speedscope open
("Trace Event Format", its complete events, "ph": "X", with times in microseconds).
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of work: the names of what it is part of and its own, when it began and how long it took (ms)."""

    path: tuple[str, ...]
    start: float
    milliseconds: float
    thread: int


@dataclass(frozen=True, slots=True)
class Trace:
    """The spans of what was recorded, in the order they ended; ``start`` counts from the beginning."""

    spans: list[Span] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)


_Recording = tuple[Trace, tuple[str, ...]]
_recording: ContextVar[_Recording | None] = ContextVar("recording", default=None)
_NOTHING = nullcontext()


@contextmanager
def record() -> Iterator[Trace]:
    """Record the spans inside, those of other threads that run in a copy of this context too."""
    trace = Trace()
    token = _recording.set((trace, ()))
    try:
        yield trace
    finally:
        _recording.reset(token)


def span(name: str) -> AbstractContextManager[None]:
    """What runs inside is a span of this name, if anybody records."""
    recording = _recording.get()
    return _NOTHING if recording is None else _kept(name, *recording)


@contextmanager
def _kept(name: str, trace: Trace, within: tuple[str, ...]) -> Iterator[None]:
    path = (*within, name)
    token = _recording.set((trace, path))
    start = time.perf_counter()
    try:
        yield
    finally:
        spent = time.perf_counter() - start
        _recording.reset(token)
        trace.spans.append(Span(path, (start - trace.began) * 1000, spent * 1000, threading.get_native_id()))


def write_trace(trace: Trace, path: Path) -> None:
    """Write a trace for a viewer. It holds names of stages and times, and nothing of the picture."""
    events = [
        {
            "name": span.path[-1],
            "cat": span.path[0],
            "ph": "X",
            "ts": round(span.start * 1000, 1),
            "dur": round(span.milliseconds * 1000, 1),
            "pid": os.getpid(),
            "tid": span.thread,
        }
        for span in sorted(trace.spans, key=lambda span: span.start)
    ]
    path.write_text(json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}), encoding="utf-8")
