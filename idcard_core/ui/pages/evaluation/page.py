"""The page "Labels and evaluation"."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.kept_notice import with_store
from idcard_core.ui.look import Tone, badge
from idcard_core.ui.pages.evaluation.compare_view import show_comparison
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk, View, desk
from idcard_core.ui.pages.evaluation.import_view import show_import
from idcard_core.ui.pages.evaluation.picks import dress
from idcard_core.ui.pages.evaluation.run_view import show_run
from idcard_core.ui.pages.evaluation.runs_panel import run_panel
from idcard_core.ui.pages.evaluation.sample_dialog import show_sample
from idcard_core.ui.pages.evaluation.samples_view import show_samples
from idcard_core.ui.pages.evaluation.sets_panel import choose_set
from idcard_core.ui.state import session
from idcard_core.ui.strings import Texts


def render() -> None:
    """Draws the page."""
    texts = Texts(session().language)
    dress()
    with_store(lambda store: _draw(desk(), store, texts), texts)


def _draw(at: EvaluationDesk, store: Store, texts: Texts) -> None:
    sets = store.samples.sets()
    with st.sidebar:
        found = choose_set(sets, at, store, texts)
        if found is not None:
            run_panel(found, sets, at, store, texts)
    view = _head(found, at, texts)
    _notice(at, texts)
    if view is View.IMPORT or found is None:
        show_import(sets, at, store, texts)
    elif view is View.SAMPLES:
        show_samples(found, at, store, texts)
    elif view is View.RESULTS:
        show_run(found, at, store, texts)
    else:
        show_comparison(found, at, store, texts)
    if found is not None:
        show_sample(found.id, at, store, texts)


def _head(found: SampleSet | None, at: EvaluationDesk, texts: Texts) -> View:
    """The set's name, and a switch between the views."""
    view = View.IMPORT if found is None else at.view or View.SAMPLES

    def switch() -> None:
        at.view = View(st.session_state["evaluation_view"])

    name = texts("evaluation.title") if found is None else found.name
    line = texts("evaluation.lead") if found is None else texts("evaluation.samples", count=found.samples)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="evaluation-head"
    ):
        st.html(
            f'<div class="id-title"><h2 title="{escape(name)}">{escape(name)}</h2>'
            f'<div class="id-line">{escape(line)}</div></div>'
        )
        if found is not None:
            st.session_state["evaluation_view"] = view.value
            st.segmented_control(
                texts("evaluation.view"),
                [each.value for each in View],
                required=True,
                format_func=lambda value: texts(f"evaluation.view.{value}"),
                key="evaluation_view",
                label_visibility="collapsed",
                on_change=switch,
            )
    return view


def _notice(at: EvaluationDesk, texts: Texts) -> None:
    if at.notice is None:
        return
    notice, at.notice = at.notice, None
    st.html(
        f'<div role="status" data-notice="{notice.key}">'
        f"{badge(texts(f'evaluation.notice.{notice.key}'), Tone.GOOD if notice.is_good else Tone.FAIR)}</div>"
    )
