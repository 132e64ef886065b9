"""Runs over a labelled set: read, stopped, resumed, interrupted; what was read is never lost and never read twice."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from import_files import HEAD, ROW, a_png

from idcard_core.evaluate.benchmark import timed_read
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.evaluate.importing.files import FolderFiles, UploadedFiles
from idcard_core.evaluate.importing.take_in import Destination, take_in
from idcard_core.evaluate.outcomes import judge_picture
from idcard_core.evaluate.own import ThisProject
from idcard_core.evaluate.progress import Progress
from idcard_core.evaluate.running.run import begin_run, carry_on, settings_for, stop
from idcard_core.evaluate.running.worker import Worker
from idcard_core.evaluate.samples import Sample
from idcard_core.reader import IdCardReader
from idcard_core.settings import Settings
from idcard_core.specimen.labels import LABELS_FILE, write_labels
from idcard_core.specimen.samples import shipped_samples
from idcard_core.store.runs.results import RunState
from idcard_core.store.store import Store

SECONDS = 60


class ScriptedReader:
    """Fails on every picture, as a broken file would make it, and does something first."""

    def __init__(self, settings: Settings, before: Callable[[int], None] = lambda number: None) -> None:
        self.settings = settings
        self.before = before
        self.read_so_far = 0

    def load(self) -> None:
        """Nothing to load."""

    def read(self, *_: object, **__: object) -> object:
        self.read_so_far += 1
        self.before(self.read_so_far)
        raise RuntimeError("not read")


@pytest.fixture
def set_id(store: Store, settings: Settings) -> int:
    """Six pictures."""
    rows = "".join(ROW.replace("a.png", f"{number}.png") for number in range(6))
    files = {"labels.csv": (HEAD + rows).encode(), **{f"{number}.png": a_png(number) for number in range(6)}}
    limits = settings.limits.for_local_files()
    return take_in(store, UploadedFiles(files), Destination("set", "甲"), limits, Progress()).set_id


def test_a_picture_that_cannot_be_read_is_wrong_and_the_run_goes_on(
    store: Store, settings: Settings, set_id: int
) -> None:
    run = begin_run(store, set_id, settings, "甲")
    progress = Progress()
    assert carry_on(store, run, lambda: ScriptedReader(settings), progress) is RunState.FINISHED  # type: ignore[arg-type, return-value]
    results = store.runs.results(run)
    assert [result.error_code for result in results] == [464] * 6
    assert not any(card.is_right or card.found for result in results for card in result.cards)
    found = store.runs.get(run)
    assert found is not None
    assert (found.state, found.done, found.planned, found.engine) == (RunState.FINISHED, 6, 6, "openvino")
    assert (progress.done, progress.share) == (6, 1.0)


def test_a_run_that_is_stopped_keeps_what_it_has_and_goes_on_from_there(
    store: Store, settings: Settings, set_id: int
) -> None:
    run = begin_run(store, set_id, settings, "甲")
    first = ScriptedReader(settings, lambda number: stop(store, run) if number == 2 else None)
    assert carry_on(store, run, lambda: first, Progress()) is RunState.STOPPED  # type: ignore[arg-type, return-value]
    assert len(store.runs.results(run)) == 2
    assert carry_on(store, run, lambda: first, Progress()) is RunState.STOPPED  # type: ignore[arg-type, return-value]
    store.runs.resume(run)
    second, progress = ScriptedReader(settings), Progress()
    assert carry_on(store, run, lambda: second, progress) is RunState.FINISHED  # type: ignore[arg-type, return-value]
    assert (second.read_so_far, progress.total) == (4, 4)
    assert len(store.runs.results(run)) == 6


def test_a_run_that_is_deleted_while_it_reads_ends(store: Store, settings: Settings, set_id: int) -> None:
    run = begin_run(store, set_id, settings, "甲")
    reader = ScriptedReader(settings, lambda number: store.runs.delete(run) if number == 2 else None)
    assert carry_on(store, run, lambda: reader, Progress()) is None  # type: ignore[arg-type, return-value]
    assert reader.read_so_far == 2
    assert store.runs.results(run) == []


def test_an_engine_that_cannot_be_loaded_fails_the_run(store: Store, settings: Settings, set_id: int) -> None:
    def broken() -> IdCardReader:
        raise OSError("no weights")

    run = begin_run(store, set_id, settings, "甲")
    assert carry_on(store, run, broken, Progress()) is RunState.FAILED
    assert store.runs.state(run) is RunState.FAILED


def test_the_worker_reads_one_run_after_another_and_holds_both(store: Store, settings: Settings, set_id: int) -> None:
    go, reached = threading.Event(), threading.Event()

    def wait(number: int) -> None:
        reached.set()
        assert go.wait(SECONDS)

    worker = Worker(store, lambda engine: ScriptedReader(settings, wait))  # type: ignore[arg-type, return-value]
    first, second = (begin_run(store, set_id, settings, "甲") for _ in range(2))
    assert worker.take(first)
    assert worker.take(second)
    assert not worker.take(first)
    assert reached.wait(SECONDS)
    assert worker.current() == first
    assert (store.runs.is_held(first), store.runs.is_held(second)) == (True, True)
    waiting = worker.progress(second)
    assert waiting is not None
    assert waiting.total == 0
    go.set()
    wait_until(lambda: not store.runs.is_held(second))
    assert [run.state for run in store.runs.all(set_id)] == [RunState.FINISHED] * 2
    assert (worker.current(), worker.progress(first), store.runs.is_held(first)) == (None, None, False)


def test_a_run_that_was_interrupted_is_held_by_nobody_and_is_taken_up_again(
    store: Store, settings: Settings, set_id: int
) -> None:
    """A program that ends leaves a run that says that it is running; another one reads only what is left."""
    run = begin_run(store, set_id, settings, "甲")
    with pytest.raises(KeyboardInterrupt):
        carry_on(store, run, lambda: ScriptedReader(settings, _end_at_three), Progress())  # type: ignore[arg-type, return-value]
    assert store.runs.state(run) is RunState.RUNNING
    assert not store.runs.is_held(run)
    readers: list[ScriptedReader] = []

    def reader(engine: str) -> IdCardReader:
        readers.append(ScriptedReader(settings))
        return readers[-1]  # type: ignore[return-value]

    Worker(store, reader).take(run)
    wait_until(lambda: store.runs.state(run) is RunState.FINISHED)
    assert [each.read_so_far for each in readers] == [4]
    assert len(store.runs.results(run)) == 6


def _end_at_three(number: int) -> None:
    if number == 3:
        raise KeyboardInterrupt


def wait_until(is_so: Callable[[], bool]) -> None:
    still = threading.Event()
    for _ in range(SECONDS * 20):
        if is_so():
            return
        still.wait(0.05)
    pytest.fail("it never came about")


def test_another_engine_with_the_same_settings(settings: Settings) -> None:
    other = settings_for("paddleocr", settings)
    assert other.engine.name == "paddleocr"
    assert other.engine.threads == settings.engine.threads
    assert other.database_url == settings.database_url


def test_the_real_reader_is_judged_as_the_benchmark_judges_it(store: Store, settings: Settings, tmp_path: Path) -> None:
    wanted = [sample for sample in shipped_samples() if sample.label.condition in ("plain", "both_sides")][:2]
    folder = tmp_path / "set"
    folder.mkdir()
    for sample in wanted:
        shutil.copy(sample.path, folder)
    write_labels(folder / LABELS_FILE, [sample.label for sample in wanted])
    limits = settings.limits.for_local_files()
    set_id = take_in(store, FolderFiles(folder), Destination("real", "甲"), limits, Progress()).set_id
    reader = IdCardReader(settings)
    run = begin_run(store, set_id, settings, "甲")
    carry_on(store, run, lambda: reader, Progress())
    results = store.runs.results(run)
    for sample, result in zip(wanted, results, strict=True):
        answer, _ = timed_read(ThisProject(reader), str(sample.path))
        expected = judge_picture(Sample.of(sample.label, folder), answer, 0.0)
        assert result.cards == expected.cards
        assert result.status is not None
        assert set(result.stages) == {"decode", "locate", "read", "judge"}
        assert sum(result.stages.values()) == pytest.approx(result.milliseconds, rel=0.2)
    assert RunFigures.of("openvino", results).accuracy.overall.whole.rate == 1.0
