"""Property tests here have no deadline: the first example of a test may load a table, and machines differ.

Where pytest runs in several processes (``--dist loadgroup``), the tests of a file stay together, with the servers and
browsers they share, and those on a Ray cluster stay together, with the cluster. What takes longest goes first, so that
no process has a long file left when the others are done.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
LONGEST = ("scale", "ui", "serve")
"""Folders."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put in groups and in order."""
    items.sort(key=lambda item: LONGEST.index(_folder(item)) if _folder(item) in LONGEST else len(LONGEST))
    for item in items:
        item.add_marker(pytest.mark.xdist_group("ray" if _folder(item) == "scale" else str(item.path)))


def _folder(item: pytest.Item) -> str:
    return Path(item.path).parent.name
