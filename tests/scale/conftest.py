"""One store of objects and one cluster of three machines for all tests that need them; each test gets them whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from clusters import local_cluster, make_whole
from stores import BUCKET, s3_store


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """A place in a store of objects, which this process and all it starts from now on know of."""
    with s3_store():
        yield f"s3://{BUCKET}"


@pytest.fixture(scope="session")
def running_cluster(bucket: str) -> Iterator[Any]:
    """The cluster, started when its machines can know the store."""
    with local_cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster(running_cluster: Any) -> Any:
    """The cluster, with another machine for each that a test before has lost."""
    make_whole(running_cluster)
    return running_cluster
