"""Readers on a cluster, as Ray Serve keeps them: so many replicas, each with one worker process, and a pool over them.

`ClusterPool` stands in the API where `serve.pool.WorkerPool` stands without a cluster, so that everything around it,
every bound and every error, is the same.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idcard_core import contract
from idcard_core.contract import JsonObject
from idcard_core.errors import IdCardError, NotReady, RecognitionError, RecognitionTimeout
from idcard_core.serve.pool import START_SECONDS, Outcome, WorkerPool
from idcard_core.serve.worker import Job, Task, WorkerSpec, make_reader
from idcard_core.settings import Settings

if TYPE_CHECKING:
    from ray.serve import Application
    from ray.serve.handle import DeploymentHandle

    from idcard_core.service import Answering

APPLICATION, NAME = "idcard", "reader"
"""What Ray Serve calls the application and these replicas of it."""
TRIES = 3
"""Machines a job is given to, one after the other, as they are lost with it."""
WAY_SECONDS = 10.0
"""Beyond the time for a recognition: the way there and back, and the start of a worker that is being replaced."""
LOOK_SECONDS = 1.0
"""How often readers are counted."""


@dataclass(frozen=True, slots=True)
class Service:
    """So many ``readers``, one core each, with these settings."""

    readers: int
    settings: Settings
    make: Callable[[Settings], Answering] = make_reader

    def application(self) -> Application:
        """The readers, for ``ray.serve``."""
        from ray import serve

        deployment = serve.deployment(
            name=NAME,
            num_replicas=self.readers,
            ray_actor_options={"num_cpus": 1},
            max_ongoing_requests=1,
            graceful_shutdown_timeout_s=self.settings.serve.stop_seconds,
        )
        return deployment(Reader).bind(self.settings.with_threads(1), self.make)

    def pool_over(self, handle: DeploymentHandle) -> ClusterPool:
        """The pool over these readers, once they are deployed."""
        return ClusterPool(handle, self.readers, self.settings.serve.recognition_seconds + WAY_SECONDS)

    @property
    def door_settings(self) -> Settings:
        """Of an API before these readers."""
        serve = self.settings.serve.model_copy(update={"workers": self.readers})
        return self.settings.model_copy(update={"serve": serve})


class Reader:
    """One replica: a worker process that is stopped when it is late and replaced when it ends, as on one machine."""

    def __init__(self, settings: Settings, make: Callable[[Settings], Answering]) -> None:
        spec = WorkerSpec(settings, make, settings.serve.worker_memory_bytes)
        self._pool = WorkerPool(spec, 1, settings.serve.recognition_seconds)
        if not self._pool.wait_ready(START_SECONDS):
            raise RuntimeError("no worker could be started")

    async def __call__(self, job: Job) -> object:
        """What a worker says to ``job``, or an error object of the contract."""
        try:
            return await asyncio.wrap_future(self._pool.submit(job))
        except IdCardError as error:
            return contract.render_error(error, job.log_id)

    def __del__(self) -> None:
        """Ray Serve is done with this replica."""
        self._pool.stop()


class ClusterPool:
    """Gives each job to a reader that is free, and to another one when its machine is lost."""

    def __init__(self, handle: DeploymentHandle, size: int, seconds: float) -> None:
        self._handle, self._seconds = handle, seconds
        self._stopping, self._first = threading.Event(), threading.Event()
        self.ready = 0
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="cluster")
        threading.Thread(target=self._count, name="cluster-count", daemon=True).start()

    @property
    def was_ready(self) -> bool:
        """Whether a reader was ready; that it is lost does not undo it."""
        return self._first.is_set()

    def wait_ready(self, seconds: float) -> bool:
        """Whether a reader is ready within ``seconds``."""
        return self._first.wait(seconds)

    def submit(self, job: Task) -> Outcome:
        """As ``WorkerPool.submit``."""
        return self._threads.submit(self._answer, job)

    def stop(self) -> None:
        """Finish what is being read and refuse what waits with ``NotReady``; the readers stay."""
        self._stopping.set()
        self._threads.shutdown()

    def _count(self) -> None:
        while not self._stopping.is_set():
            self.ready = running_readers()
            if self.ready:
                self._first.set()
            self._stopping.wait(LOOK_SECONDS)

    def _answer(self, job: Task) -> JsonObject:
        from ray.exceptions import RayError
        from ray.serve.exceptions import RayServeException

        if self._stopping.is_set():
            raise NotReady
        for _ in range(TRIES):
            response = self._handle.remote(job)
            try:
                answer: JsonObject = response.result(timeout_s=self._seconds)
                return answer
            except TimeoutError:
                response.cancel()
                raise RecognitionTimeout from None
            except (RayError, RayServeException):
                continue
        raise RecognitionError(RecognitionError.FAILED)


def running_readers() -> int:
    """How many replicas are ready on the cluster that this process has joined."""
    from ray import serve
    from ray.exceptions import RayError
    from ray.serve.exceptions import RayServeException

    try:
        application = serve.status().applications.get(APPLICATION)
    except (RayError, RayServeException):  # the controller is lost, or being put elsewhere
        return 0
    readers = application.deployments.get(NAME) if application is not None else None
    return 0 if readers is None else int(readers.replica_states.get("RUNNING", 0))
