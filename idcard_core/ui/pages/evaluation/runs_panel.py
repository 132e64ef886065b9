"""The side bar: a set is run by an engine; runs that are being worked at, with a stop, whatever page is open."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.evaluate.running.run import ENGINES, begin_run, settings_for, stop
from idcard_core.store.errors import NotKept
from idcard_core.store.runs.results import Run
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.author import known_author
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk, View
from idcard_core.ui.pages.evaluation.run_state import Phase, phase_of, worker
from idcard_core.ui.pages.evaluation.time_left import time_left
from idcard_core.ui.service import settings
from idcard_core.ui.strings import Texts


def run_panel(found: SampleSet, sets: list[SampleSet], at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """Which engine, a button, and below it what runs now."""
    st.html(f'<div class="id-section">{escape(texts("evaluation.run"))}</div>')
    engine = st.segmented_control(
        texts("evaluation.engine"),
        ENGINES,
        default=settings().engine.name,
        required=True,
        format_func=lambda name: texts(f"evaluation.engine.{name}"),
        key="evaluation_engine",
        label_visibility="collapsed",
        width="stretch",
        persist_state="session",
    )
    if st.button(
        texts("evaluation.run.start"), type="primary", width="stretch", disabled=not found.samples, key="run_start"
    ):
        start(found, engine, at, store)
    _active({each.id: each.name for each in sets}, at, store, texts)


def start(found: SampleSet, engine: str, at: EvaluationDesk, store: Store) -> None:
    """Begin a run and show it."""
    try:
        at.run_id = begin_run(store, found.id, settings_for(engine, settings()), known_author())
    except NotKept:
        at.tell("gone", is_good=False)
        return
    worker(store).take(at.run_id)
    at.view = View.RESULTS
    st.rerun()


def carry_on(run: Run, at: EvaluationDesk, store: Store) -> None:
    """Let a run that was ended or interrupted go on."""
    store.runs.resume(run.id)
    worker(store).take(run.id)
    at.view = View.RESULTS
    st.rerun()


def _active(names: dict[int, str], at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """Looks again every second while something runs; the page is drawn anew with each tenth of a run, unless a dialog
    is open, and at its end."""
    begun = active_runs(store)
    if not begun:
        return
    before, ids = _steps(begun), _ids(begun)

    @st.fragment(run_every=0.8)
    def look() -> None:
        runs = active_runs(store)
        is_reading = at.question is not None or at.sample is not None
        if _ids(runs) != ids or (_steps(runs) != before and not is_reading):
            st.rerun()
        for run, phase in runs:
            _one(run, phase, names.get(run.set_id, "—"), store, texts)

    look()


def _ids(runs: list[tuple[Run, Phase]]) -> list[int]:
    return [run.id for run, _ in runs]


def _steps(runs: list[tuple[Run, Phase]]) -> list[tuple[int, bool]]:
    """How many tenths of each run are done, and whether anything is: then its figures are drawn anew."""
    return [(10 * run.done // max(run.planned, 1), run.done > 0) for run, _ in runs]


def active_runs(store: Store) -> list[tuple[Run, Phase]]:
    """Those that somebody works at, the oldest first."""
    found = [(run, phase_of(run, store)) for run in store.runs.running()]
    return [(run, phase) for run, phase in found if phase.is_active][::-1]


def _one(run: Run, phase: Phase, name: str, store: Store, texts: Texts) -> None:
    progress = worker(store).progress(run.id)
    left = "" if progress is None else time_left(progress, texts)
    said = texts("evaluation.run.progress", done=run.done, total=run.planned)
    if phase is not Phase.RUNNING:
        said = texts(f"evaluation.phase.{phase.value}")
    with st.container(border=True, key=f"active-{run.id}", gap="small"):
        engine = texts(f"evaluation.engine.{run.engine}")
        st.html(
            f'<div class="id-run" data-run="{run.id}"><b title="{escape(name)}">{escape(name)}</b>'
            f"<span>{escape(engine)}</span></div>"
        )
        st.progress(min(1.0, run.done / run.planned) if run.planned else 0.0, f"{said}{left}")
        if st.button(
            texts("evaluation.stop"), icon=":material/stop_circle:", key=f"run_stop_{run.id}", width="stretch"
        ):
            stop(store, run.id)
            st.rerun(scope="fragment")
