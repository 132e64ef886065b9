"""The HTTP API before readers on a cluster: on this machine, or with a door on every one.

A door is the server of ``idcard_core.serve`` itself, not Ray Serve's HTTP proxy, which knows nothing of the contract:
what is no HTTP, stops half-way or comes when all are busy gets the same answer with a cluster and without.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from idcard_core.scale.cluster import ScaleError
from idcard_core.scale.readers import APPLICATION, ClusterPool, Service
from idcard_core.serve.api import Api
from idcard_core.serve.listener import listen
from idcard_core.serve.server import Server
from idcard_core.serve.worker import LOG_FORMAT

if TYPE_CHECKING:
    from ray.serve import Application
    from ray.serve.handle import DeploymentHandle

LOOK_SECONDS = 2.0
"""How often it is looked whether the cluster still takes what it was given."""


@contextmanager
def readers_on_cluster(service: Service) -> Iterator[ClusterPool]:
    """A pool over readers on the cluster that this process has joined. They load in the background, and end with it."""
    with _deployed(service.application()) as handle:
        yield service.pool_over(handle)


def serve_everywhere(service: Service, host: str, port: int, ended: threading.Event) -> None:
    """A door on every machine, each listening on ``port``, until ``ended`` is set; they and the readers end with it.

    Raises:
        ScaleError: they cannot be started, for example because a port is taken.
    """
    import ray
    from ray import serve

    machines = sum(node["Alive"] for node in ray.nodes())
    door = serve.deployment(
        name="door",
        num_replicas=machines,
        max_replicas_per_node=1,
        ray_actor_options={"num_cpus": 0},
        graceful_shutdown_timeout_s=service.settings.serve.stop_seconds,
    )
    with _deployed(door(Door).bind(service.application(), service, host, port)):
        while not ended.wait(LOOK_SECONDS):
            if serve.status().applications[APPLICATION].status == "DEPLOY_FAILED":
                raise ScaleError(f"the API does not start; Ray's own logs tell why. Is port {port} free everywhere?")


class Door:
    """A replica that listens: the whole API, before the readers of all machines."""

    def __init__(self, readers: DeploymentHandle, service: Service, host: str, port: int) -> None:
        logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
        self._server = Server(Api(service.door_settings, pool=lambda: service.pool_over(readers)))
        # Doors of one machine, as in tests, share the port.
        listener = listen(host, port, shared=True)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve([listener])))
        self._thread.start()

    def check_health(self) -> None:
        """Ray Serve replaces a door that does not stand."""
        if not self._thread.is_alive():
            raise RuntimeError("the server has ended")

    def __del__(self) -> None:
        """Ray Serve is done with this replica."""
        self._server.should_exit = True
        self._thread.join()


@contextmanager
def _deployed(application: Application) -> Iterator[DeploymentHandle]:
    from ray import serve

    serve.start(proxy_location="Disabled")
    try:
        target = serve.RunTarget(application, name=APPLICATION, route_prefix=None)
        yield from serve.run_many([target], wait_for_applications_running=False)
    finally:
        serve.shutdown()
