"""How a command that takes long is told to end: Ctrl-C, or a polite kill."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a polite kill sets; after it they act as usual, so that a second one ends at once."""
    ended = threading.Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler)

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()
        restore()

    for number in usual:
        signal.signal(number, end)
    try:
        yield ended
    finally:
        restore()
