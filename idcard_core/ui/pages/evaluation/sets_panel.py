"""The side bar: which set, and what becomes of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.store.errors import NotKept, StillInUse
from idcard_core.store.samples import SampleSet
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk, View
from idcard_core.ui.pages.evaluation.pictures import forget
from idcard_core.ui.pages.evaluation.results_view import forget_figures
from idcard_core.ui.strings import Texts


def choose_set(sets: list[SampleSet], at: EvaluationDesk, store: Store, texts: Texts) -> SampleSet | None:
    """The set that is worked on; the first until one is chosen."""
    found = next((each for each in sets if each.id == at.set_id), sets[0] if sets else None)
    if found is not None and found.id != at.set_id:
        at.open_set(found.id)
    st.html(f'<div class="id-section">{escape(texts("evaluation.sets"))}</div>')
    if found is not None:
        _select(sets, found, at, texts)
    with st.container(horizontal=True):
        if st.button(texts("evaluation.import"), icon=":material/upload:", key="go_import"):
            at.view = View.IMPORT
        if found is not None:
            with st.popover("", icon=":material/delete:", help=texts("evaluation.set.delete"), key="set_delete_menu"):
                st.write(texts("evaluation.set.delete.sure", name=found.name, count=found.samples))
                if st.button(texts("evaluation.delete"), type="primary", key="set_delete"):
                    _delete(found, at, store)
    return found


def _select(sets: list[SampleSet], found: SampleSet, at: EvaluationDesk, texts: Texts) -> None:
    by_id = {each.id: each for each in sets}

    def switch() -> None:
        at.open_set(st.session_state["evaluation_set"])
        if at.view is View.IMPORT:
            at.view = View.SAMPLES

    st.session_state["evaluation_set"] = found.id
    st.selectbox(
        texts("evaluation.sets"),
        list(by_id),
        format_func=lambda id: texts("evaluation.counted", name=by_id[id].name, count=by_id[id].samples),
        key="evaluation_set",
        on_change=switch,
        label_visibility="collapsed",
    )


def _delete(found: SampleSet, at: EvaluationDesk, store: Store) -> None:
    at.tell("set_deleted")
    try:
        store.samples.delete_set(found.id)
    except StillInUse:
        at.tell("deleted_in_use")
    except NotKept:
        at.tell("gone", is_good=False)
    forget()
    forget_figures()
    at.open_set(None)
    at.view = None
    st.rerun()
