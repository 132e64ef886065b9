"""A run: a labelled set read by one engine, picture by picture, each kept before the next one is begun."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timezone

from idcard_core.evaluate.machine import describe_machine
from idcard_core.evaluate.progress import Progress
from idcard_core.evaluate.running.reading import read_sample
from idcard_core.reader import IdCardReader
from idcard_core.release import own_version
from idcard_core.settings import Settings
from idcard_core.store.errors import NotKept
from idcard_core.store.runs.results import NewRun, RunState
from idcard_core.store.samples import Sample
from idcard_core.store.store import Store

_log = logging.getLogger(__name__)
ENGINES = ("openvino", "paddleocr")


def settings_for(engine: str, settings: Settings) -> Settings:
    """``settings`` with another engine."""
    named = type(settings.engine).model_validate({**settings.engine.model_dump(), "name": engine})
    return settings.model_copy(update={"engine": named})


def begin_run(store: Store, set_id: int, settings: Settings, author: str) -> int:
    """Begin a run over all samples of a set whose pictures are kept; its number. Raises NotKept without the set."""
    about = {"version": own_version(), "machine": describe_machine(), "engine": settings.engine.model_dump()}
    new = NewRun(
        set_id=set_id,
        engine=settings.engine.name,
        settings=json.dumps(about, ensure_ascii=False),
        author=author,
        planned=len(_wanted(store, set_id)),
        started=datetime.now(timezone.utc),
    )
    return store.runs.begin(new)


def carry_on(store: Store, id: int, reader: Callable[[], IdCardReader], progress: Progress) -> RunState | None:
    """Read what a run has not read yet, until it is done or its state says otherwise; its state at the end.

    Only who holds the run may call this. Whoever sets the run's state to stopped, or deletes it, in whatever program,
    stops it after the picture that is being read. None: the run is gone.
    """
    run = store.runs.get(id)
    if run is None or run.state is not RunState.RUNNING:
        return None if run is None else run.state
    try:
        loaded = reader()
        loaded.load()
        done = store.runs.pictures_done(id)
        wanted = [sample for sample in _wanted(store, run.set_id) if (sample.sha256, sample.page) not in done]
        progress.begin(len(wanted))
        for sample in wanted:
            if (state := store.runs.state(id)) is not RunState.RUNNING:
                return state
            store.runs.add(id, read_sample(loaded, store.pictures, sample))
            progress.step()
    except NotKept:  # deleted while the last picture was being read
        return store.runs.state(id)
    except Exception as error:  # no engine, no database; its message may hold what it read
        _log.error("run %d failed: %s", id, type(error).__name__)
        _end(store, id, RunState.FAILED)
        return RunState.FAILED
    _end(store, id, RunState.FINISHED)
    return RunState.FINISHED


def stop(store: Store, id: int) -> None:
    """Stop a run, wherever it is worked at; what it has read stays."""
    _end(store, id, RunState.STOPPED)


def _end(store: Store, id: int, state: RunState) -> None:
    store.runs.end(id, state, datetime.now(timezone.utc))


def _wanted(store: Store, set_id: int) -> list[Sample]:
    return [sample for sample in store.samples.page(set_id) if sample.has_picture]
