"""A store of its own for every test that keeps something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.store import Store, open_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'store.db'}", store=StoreSettings(pictures_folder=tmp_path / "pictures")
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings)
    yield opened
    opened.close()
