"""What the worker processes are made with."""

from __future__ import annotations

import pytest

from idcard_core.batch.pool import RowAnswer
from idcard_core.networks import available_cores
from idcard_core.scale import actor
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


def test_an_actor_of_a_cluster_reads_with_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is given one core; with a thread for every core of its machine, one would slow down all."""
    made: list[Settings] = []

    class Pool:
        def __init__(self, settings: Settings, *_: object) -> None:
            made.append(settings)

        def wait_ready(self) -> bool:
            return True

        def stop(self) -> None:
            pass

    monkeypatch.setattr(actor, "RowPool", Pool)
    for threads in (0, 3):
        actor.CardActor(Settings(engine=EngineSettings(threads=threads)), RowAnswer(""))
    assert [settings.engine.threads for settings in made] == [1, 3]
