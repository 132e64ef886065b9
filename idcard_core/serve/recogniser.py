"""A bound around the workers: so many recognitions at once, so many waiting, and the rest refused at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import anyio
import anyio.to_thread

from idcard_core import contract, intake
from idcard_core.contract import Request
from idcard_core.errors import NotReady, ResultError, ServiceBusy
from idcard_core.networks import available_cores
from idcard_core.serve.pool import Outcome, WorkerPool
from idcard_core.serve.worker import THREADS, Job, Task, WorkerSpec, make_reader, settings_of_worker
from idcard_core.settings import Settings


def workers_of(settings: Settings) -> int:
    """How many workers there are: as set, else one for each core."""
    return settings.serve.workers or available_cores()


def spec_of(settings: Settings) -> WorkerSpec:
    """Workers that read cards."""
    return WorkerSpec(
        settings_of_worker(settings, workers_of(settings), THREADS), make_reader, settings.serve.worker_memory_bytes
    )


def workers_here(settings: Settings, spec: WorkerSpec | None = None) -> WorkerPool:
    """Worker processes of this machine."""
    return WorkerPool(spec or spec_of(settings), workers_of(settings), settings.serve.recognition_seconds)


class Pool(Protocol):
    """What answers jobs: worker processes of this machine, or readers on a cluster. See `WorkerPool`."""

    @property
    def was_ready(self) -> bool:
        """Whether jobs can be answered."""

    @property
    def ready(self) -> int:
        """How many can be answered at once."""

    def wait_ready(self, seconds: float) -> bool:
        """Whether jobs can be answered within ``seconds``."""

    def submit(self, job: Task) -> Outcome:
        """Have ``job`` answered."""

    def stop(self) -> None:
        """Finish what is being read, refuse what waits with ``NotReady``, and end."""


class Recogniser:
    """Answers requests one worker each; used from one event loop."""

    def __init__(self, settings: Settings, make_pool: Callable[[], Pool]) -> None:
        self._settings, self._make_pool = settings, make_pool
        self._pool: Pool | None = None
        self._stopping = False
        self._inside = 0
        self._recognising = 0
        self._downloads = anyio.CapacityLimiter(settings.serve.downloads)

    def start(self) -> None:
        """Start the workers; they load in the background."""
        if self._pool is None:
            self._pool = self._make_pool()

    async def stop(self) -> None:
        """Finish what is being read and refuse the rest with ``NotReady``, then and from now on."""
        self._stopping = True
        if self._pool is not None:
            await anyio.to_thread.run_sync(self._pool.stop)

    @property
    def is_ready(self) -> bool:
        """Whether pictures can be read now."""
        return self._pool is not None and self._pool.was_ready and not self._stopping

    @property
    def waiting(self) -> int:
        """Requests let in that no worker reads yet, those being downloaded among them."""
        return self._inside - self.recognising

    @property
    def recognising(self) -> int:
        """Requests with a worker."""
        return min(self._recognising, workers_of(self._settings))

    @property
    def ready(self) -> int:
        """Workers that are ready."""
        return 0 if self._pool is None else self._pool.ready

    @property
    def pids(self) -> list[int]:
        """Processes of the workers of this machine that are ready."""
        return self._pool.pids if isinstance(self._pool, WorkerPool) else []

    async def get_ready(self, seconds: float) -> None:
        """Start, if that was not done, and give the workers ``seconds`` to load. Raises ``NotReady``."""
        if self._stopping:
            raise NotReady
        self.start()
        if self._pool is None or not (self.is_ready or (seconds and await self._waited(seconds))):
            raise NotReady

    async def _waited(self, seconds: float) -> bool:
        assert self._pool is not None
        return await anyio.to_thread.run_sync(self._pool.wait_ready, seconds)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place among those let in. Raises ``ServiceBusy`` at once when there is none, ``NotReady`` when stopping."""
        if self._stopping:
            raise NotReady
        if self._inside >= workers_of(self._settings) + self._settings.serve.queue:
            raise ServiceBusy
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def recognise(self, request: Request, log_id: int) -> str:
        """The contract's answer to ``request``, as JSON. Raises the contract's errors."""
        if self._pool is None or self._stopping:
            raise NotReady
        downloaded = await self._download(request)
        self._recognising += 1
        try:
            answer = await asyncio.wrap_future(self._pool.submit(Job(request, log_id, downloaded)))
        finally:
            self._recognising -= 1
        return _checked(answer)

    async def _download(self, request: Request) -> bytes | None:
        """What is behind the request's URL. It is only carried here: the worker opens it."""
        if not intake.is_url(request.image):
            return None
        return await anyio.to_thread.run_sync(
            intake.download, request.image.strip(), self._settings.limits, limiter=self._downloads
        )


def _checked(answer: object) -> str:
    """The answer in what a worker sent; its error is raised. Raises ``ResultError`` for anything else."""
    if not isinstance(answer, dict):
        raise ResultError(ResultError.PARSE)
    if isinstance(text := answer.get("answer"), str):
        return text
    raise contract.parse_error(answer)
