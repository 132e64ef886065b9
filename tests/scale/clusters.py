"""Ray clusters of several nodes on this machine, ended as they were begun."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from idcard_core.scale.cluster import is_installed

NEEDS_RAY = pytest.mark.skipif(not is_installed(), reason="needs Ray: the extra `scale` is not installed")
OF_RAY = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore::FutureWarning")]
"""Warnings that are Ray's own."""
ROOM = 80 * 2**20
"""Of each node's store of objects, bytes."""


@contextmanager
def cluster_of(*cores: int) -> Iterator[Any]:
    """A cluster with a node for each number of cores."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_raylet_start_wait_time_s"] = "120"  # noqa: SIM112  # so Ray calls it
    # What the nodes' own processes import, among it the readers of these tests.
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    from ray.cluster_utils import Cluster

    first, *others = cores
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": first, "object_store_memory": ROOM, "include_dashboard": False},
    )
    try:
        for count in others:
            cluster.add_node(num_cpus=count, object_store_memory=ROOM)
        yield cluster
    finally:
        cluster.shutdown()
