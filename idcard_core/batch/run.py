"""The run over rows: several at once, answers in the order of the rows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from idcard_core.batch.manifest import Row
from idcard_core.batch.output import Output
from idcard_core.contract import JsonObject


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run has written: ``rows`` in all, ``errors`` of them with an error object for an answer."""

    rows: int = 0
    errors: int = 0

    def with_record(self, record: JsonObject) -> Tally:
        """One more row."""
        response = record["response"]
        return Tally(self.rows + 1, self.errors + (isinstance(response, dict) and "error_code" in response))


def run_batch(
    rows: Iterable[Row],
    output: Output,
    answer: Callable[[Row], JsonObject],
    *,
    workers: int = 1,
    ahead: int = 0,
    stop: threading.Event | None = None,
    on_row: Callable[[], None] = lambda: None,
) -> Tally:
    """Answer ``rows`` and write them to ``output`` in their order, ``workers`` at once.

    Up to ``ahead`` rows more than that are answered while the first one is not, which keeps the workers busy.
    When ``stop`` is set, rows being answered are finished and written, and no other is begun. ``on_row`` is called
    after each row written. With one worker a row is written before the next is fetched, so that the two ends of a
    pipe can take turns.
    """
    tally = Tally()
    stop = stop or threading.Event()
    waiting: deque[Future[JsonObject]] = deque()

    def write_first() -> None:
        nonlocal tally
        record = waiting.popleft().result()
        output.write(record)
        tally = tally.with_record(record)
        on_row()

    with ThreadPoolExecutor(workers, thread_name_prefix="batch") as pool:
        try:
            for row in rows:
                if stop.is_set():
                    break
                waiting.append(pool.submit(answer, row))
                if len(waiting) >= 2 * workers - 1 + ahead:
                    write_first()
            while waiting and not (stop.is_set() and waiting[0].cancel()):
                write_first()
        finally:
            for future in waiting:
                future.cancel()
    return tally
