"""What the worker processes are made with."""

from __future__ import annotations

import pytest

from idcard_core.networks import available_cores
from idcard_core.serve.worker import THREADS, settings_of_worker
from idcard_core.settings import EngineSettings, Settings


@pytest.mark.parametrize(
    ("asked", "workers", "at_least", "threads"),
    [
        pytest.param(0, available_cores(), 1, 1, id="a worker a core"),
        pytest.param(0, available_cores(), THREADS, min(THREADS, available_cores()), id="a server's worker a core"),
        pytest.param(0, 4 * available_cores(), 1, 1, id="more workers than cores"),
        pytest.param(0, 1, 1, available_cores(), id="one worker has all cores"),
        pytest.param(3, 2, 1, 3, id="as told"),
    ],
)
def test_a_worker_has_threads_of_its_own(asked: int, workers: int, at_least: int, threads: int) -> None:
    settings = Settings(engine=EngineSettings(threads=asked))
    assert settings_of_worker(settings, workers, at_least).engine.threads == threads
    assert settings.engine.threads == asked, "the settings given stay as they are"
