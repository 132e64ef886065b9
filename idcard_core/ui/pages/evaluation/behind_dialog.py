"""The cards behind a figure, in a dialog over it."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from idcard_core.evaluate.figures.behind import CardKey, cards_behind
from idcard_core.evaluate.figures.run_figures import RunFigures
from idcard_core.store.runs.results import PictureResult, Run
from idcard_core.store.store import Store
from idcard_core.ui.pages.evaluation.card_rows import LABEL_PICK, ShownResult, card_rows
from idcard_core.ui.pages.evaluation.desk import EvaluationDesk
from idcard_core.ui.pages.evaluation.pager import pager
from idcard_core.ui.pages.evaluation.picks import picks
from idcard_core.ui.pages.evaluation.questions import in_words
from idcard_core.ui.strings import Texts

PER_PAGE = 5


def show_behind(run: Run, figures: RunFigures, at: EvaluationDesk, store: Store, texts: Texts) -> None:
    """Open the dialog of the figure that was picked."""
    asked = at.question
    if asked is None:
        return

    def close() -> None:
        at.question = None

    @st.dialog(in_words(asked, texts), width="large", on_dismiss=close)
    def dialog() -> None:
        keys = cards_behind(figures.results, asked)
        if not keys:
            st.html(f'<div class="id-nothing">{escape(texts("evaluation.behind.none"))}</div>')
            return
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            counted = escape(texts("evaluation.behind.count", count=len(keys)))
            st.html(f'<div class="id-line" data-behind="{len(keys)}">{counted}</div>', width="content")
            in_clear = st.toggle(texts("evaluation.in_clear"), key="behind_in_clear", persist_state="session")
        place = min(at.place, math.ceil(len(keys) / PER_PAGE) - 1)
        results = {(result.sha256, result.page): result for result in figures.results}
        here = keys[place * PER_PAGE : (place + 1) * PER_PAGE]
        shown = [shown_result(key, run.set_id, [results[key.sha256, key.page]], store) for key in here]
        picked = picks(card_rows(shown, [run.engine], in_clear, texts), key=f"behind-{place}")
        pager(place, len(keys), PER_PAGE, at.turn_list, texts, "behind")
        if open_label(picked, shown, at):
            st.rerun()

    dialog()


def shown_result(key: CardKey, set_id: int, results: list[PictureResult], store: Store) -> ShownResult:
    return ShownResult(key, store.samples.current(set_id, key.sha256, key.page), results)


def open_label(picked: str | None, shown: list[ShownResult], at: EvaluationDesk) -> bool:
    """Open the label of a card in a list, where that was picked; whether it was."""
    place = (picked or "").removeprefix(LABEL_PICK)
    if picked is None or not place.isdecimal() or int(place) >= len(shown):
        return False
    at.open_sample(shown[int(place)].key)
    return True
