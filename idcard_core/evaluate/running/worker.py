"""Runs worked at in the background, one after another, by one thread that no page and no click ends."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from idcard_core.evaluate.progress import Progress
from idcard_core.evaluate.running.run import carry_on
from idcard_core.reader import IdCardReader
from idcard_core.store.runs.results import RunState
from idcard_core.store.store import Store

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    run: int
    progress: Progress = field(default_factory=Progress)
    hold: ExitStack = field(default_factory=ExitStack)


class Worker:
    """Works at the runs it is given; a run is held from then until it is done with.

    ``reader`` gives the reader of an engine. The thread ends with its program, whatever it is at: the store loses
    nothing by that, and the run can be given to another one.
    """

    def __init__(self, store: Store, reader: Callable[[str], IdCardReader]) -> None:
        self._store = store
        self._reader = reader
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def take(self, id: int) -> bool:
        """Take a run on, to be worked at when those before it are done; whether nobody else was holding it."""
        job = _Job(id)
        if not job.hold.enter_context(self._store.runs.hold(id)):
            job.hold.close()
            return False
        with self._changed:
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="evaluation", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return True

    def progress(self, id: int) -> Progress | None:
        """How far a run is; None where this worker has it not. One that waits for another has a total of 0."""
        with self._changed:
            return next((job.progress for job in self._jobs if job.run == id), None)

    def current(self) -> int | None:
        """The run that is being worked at."""
        with self._changed:
            return self._jobs[0].run if self._jobs else None

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._jobs))
                job = self._jobs[0]
            try:
                self._run(job)
            except Exception as error:  # the database; the run then counts as interrupted
                _log.error("run %d was interrupted: %s", job.run, type(error).__name__)
            finally:
                job.hold.close()
                with self._changed:
                    self._jobs.popleft()

    def _run(self, job: _Job) -> None:
        run = self._store.runs.get(job.run)
        # Again where it was stopped and at once resumed.
        while run is not None and self._store.runs.state(run.id) is RunState.RUNNING:
            carry_on(self._store, run.id, partial(self._reader, run.engine), job.progress)
