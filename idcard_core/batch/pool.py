"""Rows answered in worker processes, each with a reader of its own.

A picture that brings its process down, takes too much memory or never comes to an end costs its own row an error, and
nothing else: the worker is replaced (see ``serve.pool``).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from idcard_core import contract
from idcard_core.batch.manifest import Row
from idcard_core.batch.reader import BatchReader, answered
from idcard_core.contract import JsonObject
from idcard_core.errors import IdCardError, RecognitionError
from idcard_core.serve.pool import START_SECONDS, WorkerPool
from idcard_core.serve.worker import WorkerSpec, make_reader, settings_of_worker
from idcard_core.service import Answering
from idcard_core.settings import Settings

ROW_SECONDS = 120.0
"""For one row, its download and the drawing of its page among it."""
AHEAD = 16
"""Rows answered ahead of one that takes long, for each picture read at once."""
TRIES = 2
"""A worker may be killed for what is not the row's fault, by a system short of memory."""


@dataclass(frozen=True, slots=True)
class RowJob:
    """A row for a worker."""

    row: Row = field(repr=False)
    log_id: int


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """Answers rows in a worker, as a `BatchReader` with these folders."""

    folder: str | Path
    working: str | Path = ""

    def __call__(self, job: RowJob, reader: Answering, settings: Settings) -> JsonObject:
        """The row with its answer."""
        return BatchReader(reader, settings.limits, self.folder, self.working).answer(job.row, job.log_id)


class RowPool:
    """So many workers, which load at once in the background."""

    def __init__(
        self,
        settings: Settings,
        size: int,
        where: RowAnswer,
        make: Callable[[Settings], Answering] = make_reader,
    ) -> None:
        spec = WorkerSpec(settings_of_worker(settings, size), make, settings.serve.worker_memory_bytes, where)
        self._pool = WorkerPool(spec, size, ROW_SECONDS)

    @property
    def pids(self) -> list[int]:
        """Processes of the workers that are ready."""
        return self._pool.pids

    def wait_ready(self) -> bool:
        """Whether a worker could be started."""
        return self._pool.wait_ready(START_SECONDS)

    def answer(self, row: Row) -> JsonObject:
        """As ``BatchReader.answer``; waits for a worker. Safe to share between threads."""
        log_id = contract.new_log_id()
        started = time.perf_counter()
        for left in reversed(range(TRIES)):
            try:
                return self._pool.submit(RowJob(row, log_id)).result()
            except IdCardError as error:
                if not (left and isinstance(error, RecognitionError)):
                    return answered(row, contract.render_error(error, log_id), time.perf_counter() - started)
        raise AssertionError

    def stop(self) -> None:
        """End the workers."""
        self._pool.stop()
