"""Ray clusters of several nodes on this machine, ended as they were begun."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from idcard_core.scale.cluster import is_installed

NEEDS_RAY = pytest.mark.skipif(not is_installed(), reason="needs Ray: the extra `scale` is not installed")
OF_RAY = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore::FutureWarning")]
"""Warnings that are Ray's own."""
ROOM = 80 * 2**20
"""Of each node's store of objects, bytes."""


MACHINES = 3
"""Of the cluster, with a core each."""
TRIES = 3


@contextmanager
def local_cluster() -> Iterator[Any]:
    """A cluster of all its machines."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # What the nodes' own processes import, among it the readers of these tests.
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    from ray.cluster_utils import Cluster

    first = {"num_cpus": 1, "object_store_memory": ROOM, "include_dashboard": False}
    cluster = _again(lambda: Cluster(initialize_head=True, head_node_args=first))
    try:
        make_whole(cluster)
        yield cluster
    finally:
        cluster.shutdown()


def _again(start: Callable[[], Any]) -> Any:
    """Ray gives a machine 30 s to start, which on busy cores may be short; the last try's error is raised."""
    for _ in range(TRIES - 1):
        with suppress(Exception):
            return start()
    return start()


def make_whole(cluster: Any) -> None:
    """As many machines as it should have, whatever was lost."""
    while len(cluster.list_all_nodes()) < MACHINES:
        _again(lambda: cluster.add_node(num_cpus=1, object_store_memory=ROOM))
    cluster.wait_for_nodes()


def lose_machine(cluster: Any) -> None:
    """The youngest is gone, without a word."""
    cluster.remove_node(cluster.list_all_nodes()[-1], allow_graceful=False)
