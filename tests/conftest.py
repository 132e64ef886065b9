"""Property tests here have no deadline: the first example of a test may load a table, and machines differ.

Where pytest runs in several processes (``--dist loadfile``), the tests of a file stay together, with the servers and
browsers they share, and those on a Ray cluster stay together, with the cluster. What takes longest goes first, so that
no process has a long file left when the others are done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
ON_A_CLUSTER = "tests/scale/"
LONGEST = ("scale", "ui", "serve")
"""Folders."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put in order."""
    folders = [Path(item.path).parent.name for item in items]
    places = {folder: place for place, folder in enumerate(LONGEST)}
    order = sorted(range(len(items)), key=lambda at: places.get(folders[at], len(LONGEST)))
    items[:] = [items[at] for at in order]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """By file, and the cluster's tests as if they were of one."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return ON_A_CLUSTER if nodeid.startswith(ON_A_CLUSTER) else str(super()._split_scope(nodeid))

    return Together(config, log)
