"""The HTTP API on Ray Serve: each replica is the whole API of ``idcard_core.serve`` with one worker process.

So the routes, the bounds and every answer are those of ``idcard serve``. What never reaches a replica is answered by
Ray's own HTTP server, which does not know the contract: bytes that are no HTTP, headers that stop half-way, and a
request whose replica is lost with its machine (500).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idcard_core.serve.api import Api
from idcard_core.serve.pool import START_SECONDS
from idcard_core.serve.worker import LOG_FORMAT, WorkerSpec, make_reader
from idcard_core.settings import Settings

if TYPE_CHECKING:
    from ray.serve import Application
    from starlette.applications import Starlette

    from idcard_core.service import Answering

NAME = "idcard"
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Service:
    """The API with so many ``replicas``, one core each."""

    settings: Settings
    replicas: int
    make: Callable[[Settings], Answering] = make_reader

    def application(self) -> Application:
        """The API for ``ray.serve.run``."""
        from ray import serve

        settings = _of_one_replica(self.settings)
        spec = WorkerSpec(settings, self.make, settings.serve.worker_memory_bytes)

        def build() -> Starlette:
            return _ready_api(settings, spec)

        deployment = serve.deployment(
            name=NAME,
            num_replicas=self.replicas,
            ray_actor_options={"num_cpus": 1},
            # So many that it is the API itself that refuses, in the contract's words.
            max_ongoing_requests=2 * settings.serve.receiving,
            graceful_shutdown_timeout_s=settings.serve.stop_seconds,
        )
        return deployment(serve.ingress(build)()).bind()


@contextmanager
def serving_on_cluster(service: Service, host: str, port: int, proxies: str = "EveryNode") -> Iterator[None]:
    """Serve on the cluster that this process has joined, once the replicas are ready.

    Every machine listens, or the first alone with ``HeadOnly`` for ``proxies``.
    """
    from ray import serve

    serve.start(proxy_location=proxies, http_options={"host": host, "port": port})
    try:
        serve.run(service.application(), name=NAME, route_prefix="/")
        yield
    finally:
        serve.shutdown()


def _of_one_replica(settings: Settings) -> Settings:
    engine = settings.engine.model_copy(update={"threads": settings.engine.threads or 1})
    return settings.model_copy(update={"engine": engine, "serve": settings.serve.model_copy(update={"workers": 1})})


def _ready_api(settings: Settings, spec: WorkerSpec) -> Starlette:
    """The API with its worker loaded: a replica gets no request before."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    api = Api(settings, spec=spec)
    api.recogniser.start()
    end = time.monotonic() + START_SECONDS
    while not api.recogniser.is_ready:
        if time.monotonic() > end:
            raise RuntimeError("no worker could be started")
        time.sleep(LOOK_SECONDS)
    return api.application()
