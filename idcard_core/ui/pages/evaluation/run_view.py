"""One run: which, how far, what can be done with it, and its results."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.store.errors import StillInUse
from idcard_core.store.runs.results import Run
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.look import badge
from idcard_core.ui.pages.evaluation.behind_dialog import show_behind
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk
from idcard_core.ui.pages.evaluation.export_menu import export_menu
from idcard_core.ui.pages.evaluation.picks import picks
from idcard_core.ui.pages.evaluation.questions import from_pick
from idcard_core.ui.pages.evaluation.results_view import figures_of, forget_figures, results_html
from idcard_core.ui.pages.evaluation.run_state import Phase, phase_of
from idcard_core.ui.pages.evaluation.runs_panel import carry_on
from idcard_core.ui.strings import Texts


def show_run(found: SampleSet, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """The run that is chosen, or the newest one of the set."""
    runs = store.runs.all(found.id)
    if not runs:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.runs.none"))}</div>')
        return
    run = next((each for each in runs if each.id == at.run_id), runs[0])
    phase = phase_of(run, store)
    _head(found, runs, run, phase, at, store, texts)
    if phase in (Phase.INTERRUPTED, Phase.FAILED, Phase.STOPPED) and run.done < run.planned:
        said = texts(f"evaluation.phase.{phase.value}.line", done=run.done, total=run.planned)
        st.html(f'<div class="id-banner" data-phase="{phase.value}">{escape(said)}</div>')
    if not run.done:
        st.html(f'<div class="id-nothing">{escape(texts("evaluation.run.empty"))}</div>')
        return
    figures = figures_of(run, store)
    picked = picks(results_html(figures, texts), key="results")
    if picked is not None and (asked := from_pick(picked)) is not None:
        at.ask(asked)
    show_behind(run, figures, at, store, texts)


def run_name(run: Run, texts: Texts) -> str:
    """Engine and time."""
    started = f"{run.started.astimezone():%m-%d %H:%M:%S}"
    return f"{texts(f'evaluation.engine.{run.engine}')} · {started} · #{run.id}"


def _head(
    found: SampleSet, runs: list[Run], run: Run, phase: Phase, at: EvaluationDesk, store: Store, texts: Texts
) -> None:
    by_id = {each.id: each for each in runs}

    def switch() -> None:
        at.run_id, at.question = st.session_state["evaluation_run"], None

    st.session_state["evaluation_run"] = run.id
    with st.container(horizontal=True, vertical_alignment="center", key="run-head"):
        st.selectbox(
            texts("evaluation.run"),
            list(by_id),
            format_func=lambda id: run_name(by_id[id], texts),
            key="evaluation_run",
            on_change=switch,
            label_visibility="collapsed",
            width=330,
        )
        done = texts("evaluation.run.progress", done=run.done, total=run.planned)
        st.html(
            f'<span data-run-state="{phase.value}">{badge(texts(f"evaluation.phase.{phase.value}"), phase.tone)}'
            f' <span class="id-line">{escape(done)}</span></span>',
            width="content",
        )
        if phase in (Phase.INTERRUPTED, Phase.FAILED, Phase.STOPPED) and st.button(
            texts("evaluation.run.resume"), icon=":material/play_arrow:", type="primary", key="run_resume"
        ):
            carry_on(run, at, store)
        if run.done:
            export_menu(found, run, store, texts)
        with st.popover("", icon=":material/delete:", help=texts("evaluation.run.delete"), key="run_delete_menu"):
            st.write(texts("evaluation.run.delete.sure"))
            if st.button(texts("evaluation.delete"), type="primary", key="run_delete"):
                _delete(run, at, store)


def _delete(run: Run, at: EvaluationDesk, store: Store) -> None:
    at.tell("run_deleted")
    try:
        store.runs.delete(run.id)
    except StillInUse:
        at.tell("deleted_in_use")
    forget_figures()
    at.run_id = at.question = None
    st.rerun()
