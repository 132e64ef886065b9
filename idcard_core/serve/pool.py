"""Worker processes that can be stopped: each has a pipe and a thread of its own, and is replaced when it ends.

Pools that hand out jobs over one shared pipe (``concurrent.futures``, Pebble 5) are broken for good by a worker that is
killed while it is idle or while it reads a job; here a worker's end concerns the job it was given, and nothing else.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from multiprocessing import get_context
from queue import Empty, SimpleQueue
from typing import TypeAlias

from idcard_core.contract import JsonObject
from idcard_core.errors import NotReady, RecognitionError, RecognitionTimeout
from idcard_core.serve.worker import READY, Task, WorkerSpec, run_worker

_log = logging.getLogger(__name__)
_CONTEXT = get_context("spawn")
"""A fork of a process with threads may hang; a spawned one starts clean, in about two seconds."""
LOOK_SECONDS = 0.5
"""How often an idle worker is looked after."""
START_SECONDS = 120.0
"""A worker that has not loaded its networks by then is given up."""
REST_SECONDS = 2.0
"""Pause before a worker that failed to start is started again."""
END_SECONDS = 3.0

Outcome: TypeAlias = "Future[JsonObject]"


class _Ended(Exception):
    """The worker process is gone."""


class Worker:
    """One process, used by one thread at a time."""

    def __init__(self, spec: WorkerSpec) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=run_worker, args=(theirs, spec), name="idcard-worker", daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid or 0

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def wait_ready(self, seconds: float) -> bool:
        """Whether it has loaded its networks within ``seconds``."""
        try:
            return self._pipe.poll(seconds) and self._pipe.recv() == READY
        except (EOFError, OSError):
            return False

    def ask(self, job: Task, seconds: float) -> object:
        """Its answer. Raises ``RecognitionTimeout`` after ``seconds``, and ``_Ended``; the process is then gone."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            self._pipe.send(job)
            return self._pipe.recv()
        except (EOFError, OSError):
            self.end(0)
            if late.is_set():
                raise RecognitionTimeout from None
            raise _Ended from None
        finally:
            timer.cancel()

    def end(self, seconds: float = END_SECONDS) -> None:
        """End the process: by itself, within ``seconds``, or by force."""
        self._pipe.close()
        self._process.join(seconds)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


class WorkerPool:
    """``size`` workers behind one queue. The queue itself has no bound: see ``Recogniser``."""

    def __init__(self, spec: WorkerSpec, size: int, seconds: float) -> None:
        self._spec, self._seconds = spec, seconds
        self._jobs: SimpleQueue[tuple[Task, Outcome]] = SimpleQueue()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._ready: dict[int, Worker] = {}
        self._threads = [
            threading.Thread(target=self._serve, args=(number,), name=f"worker-{number}", daemon=True)
            for number in range(size)
        ]
        self._first = threading.Event()
        for thread in self._threads:
            thread.start()

    @property
    def pids(self) -> list[int]:
        """Processes of the workers that have their networks loaded."""
        with self._lock:
            return [worker.pid for worker in self._ready.values()]

    @property
    def ready(self) -> int:
        """How many workers have their networks loaded."""
        return len(self.pids)

    @property
    def was_ready(self) -> bool:
        """Whether a worker has loaded its networks; one that is being replaced does not undo it."""
        return self._first.is_set()

    def wait_ready(self, seconds: float) -> bool:
        """Whether a worker is ready within ``seconds``."""
        return self._first.wait(seconds)

    def submit(self, job: Task) -> Outcome:
        """Have ``job`` answered: an answer as of the workers' ``answer``, ``RecognitionTimeout``, or
        ``RecognitionError`` when the worker ended while it had the job."""
        outcome: Outcome = Future()
        self._jobs.put((job, outcome))
        return outcome

    def stop(self) -> None:
        """Finish what is being read, refuse what waits with ``NotReady``, and end every process; twice does no harm."""
        self._stopping.set()
        self._refuse_waiting()
        for thread in self._threads:
            thread.join()
        self._refuse_waiting()

    def _refuse_waiting(self) -> None:
        while True:
            try:
                _, outcome = self._jobs.get_nowait()
            except Empty:
                return
            if outcome.set_running_or_notify_cancel():
                outcome.set_exception(NotReady())

    def _serve(self, number: int) -> None:
        """The life of one place in the pool: a worker, and the next one when it has ended."""
        worker: Worker | None = None
        while not self._stopping.is_set():
            if worker is None or not worker.is_alive:
                worker = self._replaced(number, worker)
                continue
            try:
                job, outcome = self._jobs.get(timeout=LOOK_SECONDS)
            except Empty:
                continue
            if self._stopping.is_set() or not worker.is_alive:
                self._jobs.put((job, outcome))  # untouched: for another worker, or to be refused
                continue
            if outcome.set_running_or_notify_cancel():
                self._answer(worker, job, outcome)
        self._put_away(number)
        if worker is not None:
            worker.end()

    def _answer(self, worker: Worker, job: Task, outcome: Outcome) -> None:
        try:
            answer = worker.ask(job, self._seconds)
        except RecognitionTimeout as error:
            _log.warning("worker %d cut off after %.0f s, log_id %d", worker.pid, self._seconds, job.log_id)
            outcome.set_exception(error)
        except _Ended:
            _log.error("worker %d ended while it was reading, log_id %d", worker.pid, job.log_id)
            outcome.set_exception(RecognitionError(RecognitionError.FAILED))
        except Exception as error:  # what cannot be pickled: a fault of ours, and the thread must live on
            outcome.set_exception(error)
        else:
            outcome.set_result(answer)  # type: ignore[arg-type]  # whoever asked checks what it is

    def _replaced(self, number: int, worker: Worker | None) -> Worker | None:
        self._put_away(number)
        if worker is not None:
            worker.end(0)
        started = Worker(self._spec)
        since = time.monotonic()
        while not (ready := started.wait_ready(LOOK_SECONDS)):
            if self._stopping.is_set() or not started.is_alive or time.monotonic() - since > START_SECONDS:
                break
        if ready:
            with self._lock:
                self._ready[number] = started
            self._first.set()
            return started
        started.end(0)
        if not self._stopping.is_set():
            _log.error("a worker failed to start")
            self._stopping.wait(REST_SECONDS)
        return None

    def _put_away(self, number: int) -> None:
        with self._lock:
            self._ready.pop(number, None)
