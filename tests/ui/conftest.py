"""The dashboard's tests keep nothing in the data folder of whoever runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A data folder for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IDCARD_DATA", str(tmp_path_factory.mktemp("data")))
        yield
