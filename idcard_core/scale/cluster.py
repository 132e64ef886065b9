"""A Ray cluster, joined for as long as a command runs."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

LOCAL = "local"
"""In place of an address: a cluster of this machine alone, which ends with the command."""


class ScaleError(Exception):
    """There is no cluster to work on; the message is for the user."""


def is_installed() -> bool:
    """Whether Ray is."""
    return find_spec("ray") is not None


@contextmanager
def joined(address: str) -> Iterator[int]:
    """Join the cluster at ``address`` (``host:port``, ``auto`` or `LOCAL`); yields how many cores it has.

    Raises:
        ScaleError: Ray is not installed, or no cluster answers there.
    """
    if not is_installed():
        raise ScaleError("Ray is not installed: pip install 'idcard-core[scale]'")
    # Nothing is reported to anybody, here or by what is started from here.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    logging.getLogger("ray.data").setLevel(logging.WARNING)
    on_sigterm = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(
            address,
            include_dashboard=False if address == LOCAL else None,
            log_to_driver=False,
            logging_level=logging.WARNING,
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ScaleError(f"no Ray cluster answers at {address}") from error
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, on_sigterm)  # Ray puts its own there, which ends the process at once
    try:
        yield int(ray.cluster_resources().get("CPU", 0))
    finally:
        ray.shutdown()
