"""How far a run is, as people are told it, and the worker that all sessions share."""

from __future__ import annotations

from enum import Enum

import streamlit as st

from idcard_core.evaluate.running.run import settings_for
from idcard_core.evaluate.running.worker import Worker
from idcard_core.reader import IdCardReader
from idcard_core.store.runs.results import Run, RunState
from idcard_core.store.store import Store
from idcard_core.ui.look import Tone
from idcard_core.ui.service import reader, settings


class Phase(str, Enum):
    """A run's state, and whether anybody works at it."""

    WAITING = "waiting"
    RUNNING = "running"
    ELSEWHERE = "elsewhere"
    """Another program that shares the database works at it."""
    INTERRUPTED = "interrupted"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        return self in (Phase.WAITING, Phase.RUNNING, Phase.ELSEWHERE)

    @property
    def tone(self) -> Tone:
        if self is Phase.FINISHED:
            return Tone.GOOD
        if self.is_active:
            return Tone.INFO
        return Tone.BAD if self is Phase.FAILED else Tone.FAIR


@st.cache_resource(show_spinner=False)
def _reader_of(engine: str) -> IdCardReader:
    """One of each engine; the settings' own is the one that the other pages read with."""
    if engine == settings().engine.name:
        return reader()
    return IdCardReader(settings_for(engine, settings()))


@st.cache_resource(show_spinner=False)
def worker(_store: Store) -> Worker:
    """The one of all sessions."""
    return Worker(_store, _reader_of)


def phase_of(run: Run, store: Store) -> Phase:
    if run.state is not RunState.RUNNING:
        return Phase(run.state.value)
    here = worker(store)
    if here.current() == run.id:
        return Phase.RUNNING
    if here.progress(run.id) is not None:
        return Phase.WAITING
    return Phase.ELSEWHERE if store.runs.is_held(run.id) else Phase.INTERRUPTED
